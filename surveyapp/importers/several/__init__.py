"""Several files of one survey: stacked, compared, kept as one archive."""
