"""Bytes of an answer → the story in its page: what it is, its tree, its blocks, and which of them are the story."""
