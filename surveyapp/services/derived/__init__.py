"""Derived questions: recipes that stand beside the codebook and are asked like any other question."""
