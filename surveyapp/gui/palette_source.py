"""What the command palette can find: lists of entries from sources that pages and the frame add."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from surveyapp.gui.fuzzy import match


@dataclass(frozen=True, slots=True, kw_only=True)
class PaletteEntry:
    """One line. `matched` are the positions of bold letters (filled in by the ranking unless `ranked`).

    `detail` stands muted at the right ("n 2,324"), `key` as a cap. `pin` is done by Ctrl+Enter. The group of `last`
    entries stands below all others.
    """

    group: str
    title: str
    run: Callable[[], object]
    icon: str = ""
    detail: str = ""
    key: str = ""
    pin: Callable[[], object] | None = None
    enabled: bool = True
    matched: tuple[int, ...] = ()
    score: float = 0.0
    last: bool = False


PaletteSource = Callable[[str], Sequence[PaletteEntry]]
"""Gets the query, returns entries whose titles are then matched against it; must answer within 20 ms."""

MAX_PER_GROUP = 8


def rank(query: str, entries: Sequence[PaletteEntry]) -> list[PaletteEntry]:
    """The entries that fit, best first within their group; groups in the order of their best entry.

    An entry that brings its own score keeps it, and its bold letters: the source has matched it already.
    """
    from dataclasses import replace

    groups: dict[str, list[PaletteEntry]] = {}
    for entry in entries:
        if entry.score:
            groups.setdefault(entry.group, []).append(entry)
            continue
        found = match(query, entry.title)
        if found is not None:
            groups.setdefault(entry.group, []).append(replace(entry, score=found[0], matched=found[1]))
    if query.strip():
        for found_entries in groups.values():
            found_entries.sort(key=lambda entry: -entry.score)
        ordered = sorted(groups.values(), key=lambda group: (group[0].last, -group[0].score))
    else:
        ordered = list(groups.values())
    return [entry for group in ordered for entry in group[: MAX_PER_GROUP if query.strip() else None]]
