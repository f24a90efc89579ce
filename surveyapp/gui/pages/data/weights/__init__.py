"""The tab Weights: schemes, their margins, and what they make."""
