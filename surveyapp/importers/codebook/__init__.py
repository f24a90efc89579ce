"""Files that say what columns mean, one file per kind; each becomes a Mapping."""
