"""Page → article: clean text with what the page says about itself; and the isolation that this needs."""

from pipeline.extract.article import EXTRACTOR, extract_article
from pipeline.extract.child import step_limit
from pipeline.extract.cleaner import Cleaned, clean
from pipeline.extract.grouped import Grouped
from pipeline.extract.worker import Crash, Workers, WorkersError

__all__ = [
    "EXTRACTOR",
    "Cleaned",
    "Crash",
    "Grouped",
    "Workers",
    "WorkersError",
    "clean",
    "extract_article",
    "step_limit",
]
