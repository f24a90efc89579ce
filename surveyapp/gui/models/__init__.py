"""Qt item models: rows are sorted and filtered by their numbers, the data stay where they are."""
