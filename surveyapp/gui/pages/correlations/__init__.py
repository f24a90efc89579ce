"""Correlations: what goes with what."""
