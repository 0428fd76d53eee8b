"""Places: the gazetteer, how it is built, and which of its places a name means."""
