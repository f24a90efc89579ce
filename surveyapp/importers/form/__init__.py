"""One file per form tool: what its exports look like, and what they tell of their columns."""
