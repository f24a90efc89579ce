"""The same question in several waves: what changed, by how much, and whether it could be chance."""
