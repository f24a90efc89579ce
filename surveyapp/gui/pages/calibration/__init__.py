"""Calibration: how sure people were, and how often they were right."""
