"""articles → stories: which texts are the same news; event mentions → events: which tell of one happening."""

from pipeline.group.events import cluster
from pipeline.group.likeness import LOOKS_BACK_DAYS, Side, Spot, Telling, likeness
from pipeline.group.signature import band_keys, minhash, similarity
from pipeline.group.stories import REWRITE, UPDATE, Candidate, Membership, Overlap, assign_stories
from pipeline.group.terms import article_terms, content_words, party_words

__all__ = [
    "LOOKS_BACK_DAYS",
    "REWRITE",
    "UPDATE",
    "Candidate",
    "Membership",
    "Overlap",
    "Side",
    "Spot",
    "Telling",
    "article_terms",
    "assign_stories",
    "band_keys",
    "cluster",
    "content_words",
    "likeness",
    "minhash",
    "party_words",
    "similarity",
]
