"""Free texts: whole sentences in many languages, and English ones put together from parts (texts.toml)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class TextSource:
    """What the answers to one free-text question are drawn from."""

    join: str
    heads: list[str]
    tails: list[str]
    foreign: list[str]
    special: list[str]

    def english(self) -> list[str]:
        """Every head with every tail: more than any wave deals."""
        return [f"{head}{self.join}{tail}" for head in self.heads for tail in self.tails]


def read_texts() -> dict[str, TextSource]:
    """The sources by question key."""
    document = tomllib.loads(Path(__file__).with_name("texts.toml").read_text(encoding="utf-8"))
    return {key: TextSource(**parts) for key, parts in document.items()}
