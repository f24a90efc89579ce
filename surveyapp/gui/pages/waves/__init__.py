"""Waves: the same questions in several years, matched, compared, and the people who answered both."""
