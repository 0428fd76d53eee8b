"""Names in the text: which they are, of what kind, and who is meant."""
