"""Sentences with their events, written for Dateline, and what is learnt from them."""
