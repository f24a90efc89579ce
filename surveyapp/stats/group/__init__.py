"""Numbers by group: means, medians and shares of each group, tests of their differences, and how large these are."""
