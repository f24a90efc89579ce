"""The pages, one file or folder each; catalogue.py lists them."""
