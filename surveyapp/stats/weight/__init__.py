"""Weights: how they are made (raking, post-stratification, trimming), and what they do to every standard error."""
