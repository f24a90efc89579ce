"""What goes with what: one pair of questions exactly, all pairs of a census at once, and a matrix of correlations."""
