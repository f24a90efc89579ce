"""Paths, translation, clock, version, logging, numbers in words and as typed: the standard library only."""
