"""Language models that find names and parse: which one, and loading it once."""
