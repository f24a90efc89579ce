"""One answer at a time: corrected by hand, its history, all that read alike."""
