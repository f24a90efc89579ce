"""The codebook of a stored wave: seen, edited, used from elsewhere, written; each change undoable."""
