"""Settings: one scrolling page."""
