"""Events: from a parsed sentence and the lexicon to who did what to whom."""
