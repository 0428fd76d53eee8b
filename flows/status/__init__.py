"""How a home stands: what is looked at, what is alarming about it, and how that is said."""
