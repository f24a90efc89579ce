"""Texts that ask for a look: write-ins, look-alikes, numbers that are not read; and what is done to them."""
