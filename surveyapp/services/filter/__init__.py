"""Filters: whom they leave, what they are called, how they are typed, kept under a name and offered."""
