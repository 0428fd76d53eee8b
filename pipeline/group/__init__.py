"""articles → stories: which texts are the same news."""

from pipeline.group.signature import band_keys, minhash, similarity
from pipeline.group.stories import Candidate, Membership, assign_stories

__all__ = ["Candidate", "Membership", "assign_stories", "band_keys", "minhash", "similarity"]
