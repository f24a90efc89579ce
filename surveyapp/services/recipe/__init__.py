"""The recipe of a wave in words: built from its codebook, marks, edits and changes; written as text."""
