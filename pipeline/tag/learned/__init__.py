"""The learned coder: a small network that reads a sentence and tells what each word of it tells; see model/CARD.md."""
