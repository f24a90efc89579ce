"""The command line: one file per sub-command, on the same services as the window."""
