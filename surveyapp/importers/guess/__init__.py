"""What a column is, from its header, its cells and its neighbours."""
