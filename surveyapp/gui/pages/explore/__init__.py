"""Explore: one question at a time, each number with its base and interval."""
