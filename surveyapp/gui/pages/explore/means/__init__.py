"""Means: a number in the groups of another question, compared."""
