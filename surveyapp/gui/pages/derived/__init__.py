"""Derived questions: made of others without code, with what they would give beside them."""
