"""Sections of a report: each turns one block of the outline into content."""
