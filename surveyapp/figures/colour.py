"""The colours of exported figures; in the window the theme knows its own."""

from __future__ import annotations

import json
from functools import cache

from surveyapp.base.paths import bundled


@cache
def token_sets() -> dict[str, dict[str, str]]:
    """The token file: "light" and "dark", each role -> "#RRGGBB"."""
    sets: dict[str, dict[str, str]] = json.loads(bundled("style/tokens.json").read_text(encoding="utf-8"))
    return sets


def paper_colour(role: str) -> str:
    """A role as "#RRGGBB" on paper: always the light set, whose surface is white; KeyError for an unknown role."""
    return token_sets()["light"][role]
