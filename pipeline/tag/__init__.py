"""From article to tags: mentions, places, dates, numbers of people, and events in PLOVER's terms."""

from pipeline.tag.tagger import Tagger

__all__ = ["Tagger"]
