"""Riverside, an invented community: the generator of the sample census and prediction log."""
