"""From article to tags: mentions, places, dates, quantities, and events in PLOVER's terms."""

from pipeline.tag.languages.reader import check_models
from pipeline.tag.tagger import Options, Tagger, open_tagger

__all__ = ["Options", "Tagger", "check_models", "open_tagger"]
