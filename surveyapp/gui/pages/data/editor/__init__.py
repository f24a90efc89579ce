"""The editor of a column: a block for each thing one can decide about it, or about several at once."""
