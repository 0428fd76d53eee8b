"""The brief: one HTML file, whole in itself, of what happened since a time."""
