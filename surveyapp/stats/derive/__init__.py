"""Derived questions: answers to one question made of the answers to others."""
