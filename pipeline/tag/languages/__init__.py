"""Texts in languages without a model of their own: their places and dates; and pipelines that an operator adds."""
