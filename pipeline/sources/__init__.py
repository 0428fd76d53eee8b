"""Sources: the list in feeds.toml and the shipped one, lists from elsewhere (OPML), feeds that a page names."""

from pipeline.sources.addresses import is_private_host
from pipeline.sources.discover import FeedLink, common_paths, feed_links, sitemap_links
from pipeline.sources.edit import add_feed, add_feeds, ensure_feeds_file, remove_feed, set_enabled
from pipeline.sources.feeds import feed_id_from, load_feeds
from pipeline.sources.opml import OpmlFeed, OpmlList, read_opml, write_opml

__all__ = [
    "FeedLink",
    "OpmlFeed",
    "OpmlList",
    "add_feed",
    "add_feeds",
    "common_paths",
    "ensure_feeds_file",
    "feed_id_from",
    "feed_links",
    "is_private_host",
    "load_feeds",
    "read_opml",
    "remove_feed",
    "set_enabled",
    "sitemap_links",
    "write_opml",
]
