"""Dialogs return dataclasses and touch no service."""
