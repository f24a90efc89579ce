"""Containers: the bytes of a file become a table of text."""
