"""From article to tags: mentions, places, dates, quantities, and events in PLOVER's terms."""

from pipeline.tag.events.coders import EventCoder, check_coder
from pipeline.tag.events.triggers import check_rules
from pipeline.tag.languages.reader import check_models
from pipeline.tag.learned import check_learned
from pipeline.tag.models import open_model
from pipeline.tag.tagger import Options, Tagger, open_tagger

__all__ = [
    "EventCoder", "Options", "Tagger", "check_coder", "check_learned", "check_models", "check_rules", "open_model",
    "open_tagger",
]  # fmt: skip
