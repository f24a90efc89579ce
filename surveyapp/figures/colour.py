"""Colours by role. A role "on:<role>" is the ink that reads best on that role's colour, in light and in dark."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache

from surveyapp.base.paths import bundled

ON = "on:"


@cache
def token_sets() -> dict[str, dict[str, str]]:
    """The token file: "light" and "dark", each role -> "#RRGGBB"."""
    sets: dict[str, dict[str, str]] = json.loads(bundled("style/tokens.json").read_text(encoding="utf-8"))
    return sets


def paper_tokens() -> dict[str, str]:
    """What PDF and exported figures use: the light set on white."""
    return {**token_sets()["light"], "bg": "#FFFFFF", "surface": "#FFFFFF"}


def plain_role(role: str, tokens: Mapping[str, str]) -> str:
    """The token that stands for a role: "on:<role>" becomes "text" or "surface", others stay as they are."""
    if not role.startswith(ON):
        return role
    ground = tokens[role.removeprefix(ON)]
    return max(("text", "surface"), key=lambda ink: contrast(tokens[ink], ground))


def resolve(role: str, tokens: Mapping[str, str]) -> str:
    """The colour of a role as "#RRGGBB"; raises KeyError for an unknown role."""
    return tokens[plain_role(role, tokens)]


def contrast(one: str, other: str) -> float:
    """The WCAG 2 contrast ratio of two colours, 1-21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
