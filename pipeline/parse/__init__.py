"""bytes → entries: what a feed document says, whatever its dialect."""

from pipeline.parse.feed import parse_feed

__all__ = ["parse_feed"]
