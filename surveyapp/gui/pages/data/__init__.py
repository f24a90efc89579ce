"""Data: the census as it is stored, and how it got there."""
