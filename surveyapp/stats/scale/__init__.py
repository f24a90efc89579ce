"""Scales made of several items: how well the items hang together, and which of them do not."""
