"""Cross-tabs: one question by others, with shares, intervals, letters, tests and a sentence."""
