"""Sources: the feed list in feeds.toml, and the one that is shipped."""

from pipeline.sources.edit import add_feed, ensure_feeds_file, remove_feed
from pipeline.sources.feeds import feed_id_from, is_private_host, load_feeds

__all__ = ["add_feed", "ensure_feeds_file", "feed_id_from", "is_private_host", "load_feeds", "remove_feed"]
