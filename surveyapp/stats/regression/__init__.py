"""Regression: one answer by several others, without formulas."""
