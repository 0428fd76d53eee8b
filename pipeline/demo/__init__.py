"""A small made-up wire served on loopback: a newcomer's first run without internet, and the tests' source.

About thirty invented stories about real places, printed by invented houses: `with DemoWire() as wire: wire.feeds`.
What a run over it must yield is `gold()`.
"""

from pipeline.demo.expected import Gold, GoldArticle, GoldEvent, GoldFailure, gold
from pipeline.demo.server import DemoWire
from pipeline.demo.stories import Story, load_stories

__all__ = ["DemoWire", "Gold", "GoldArticle", "GoldEvent", "GoldFailure", "Story", "gold", "load_stories"]
