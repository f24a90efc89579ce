"""Settings: how the program looks, counts and keeps things, on one scrolling page."""
