"""The numbers of each kind of result as a table: a new kind is a file here, and a line in build.py."""
