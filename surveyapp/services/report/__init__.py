"""Reports: their outline as data, what goes into them, how they look, and how they leave the program."""
