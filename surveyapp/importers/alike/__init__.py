"""Answers that may mean the same: evidence and proposals, nothing is merged here."""
