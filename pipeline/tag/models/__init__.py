"""Language models that find names and parse: which one, and loading it once."""

from pipeline.tag.models.choose import open_model
from pipeline.tag.models.spacy_model import load_model, model_version

__all__ = ["load_model", "model_version", "open_model"]
