"""One cell: its words, numbers, moments and options, and how it is read by a codebook entry."""
