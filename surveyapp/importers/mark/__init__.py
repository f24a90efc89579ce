"""Marks on responses, a file for each: what deserves one, with evidence. Nothing is removed."""
