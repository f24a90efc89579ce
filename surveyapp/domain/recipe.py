"""The recipe of a wave: what was done between the raw file and the answers, step by step, in words."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class RecipeStep:
    """One step: what was done, why, and to how many answers or people (0 where nothing is counted).

    `column` and `occurrence` name the one column that is meant ("" for none or several), `change` the change that did
    it and can be undone (0: it came with the file or its codebook).
    """

    sentence: str
    reason: str = ""
    count: int = 0
    column: str = ""
    occurrence: int = 0
    change: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class RecipePart:
    """Steps of one kind under a title; never empty."""

    title: str
    steps: tuple[RecipeStep, ...]
