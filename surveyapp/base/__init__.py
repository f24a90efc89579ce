"""Paths, translation, clock, version and logging: the standard library only."""
