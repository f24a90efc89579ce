"""What a table says in words: the finding, no stronger than it is, and where it shows most."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count, fmt_number, fmt_percent
from surveyapp.stats.estimate import NotComputed
from surveyapp.stats.table.association import Found
from surveyapp.stats.table.result import Association, Group, Standout

_LONG = 48
_NAMED = 3
_VERY_WEAK, _WEAK, _CLEAR = 0.1, 0.3, 0.5
"""Cohen's (1988) w, in which V of tables of any size compares: V times the root of the smaller dimension less one."""


def named(title: str) -> str:
    """A question inside a sentence: short names as they are, whole questions in quotes and cut."""
    plain = " ".join(title.split())
    if len(plain) > _LONG:
        plain = plain[: _LONG - 1].rstrip() + "…"
    return f"“{plain}”" if len(plain.split()) > 4 or plain.endswith(("?", "…", ".", ":")) else plain


def finding(
    rows: str,
    columns: str,
    found: Found,
    *,
    adjusted: Sequence[float],
    alpha: float,
    directed: bool,
    room: int,
    battery: bool = False,
) -> str:
    """The sentence of one section. `adjusted` are the corrected p of `found.looks`; `directed` says that both sides
    have steps one can call higher; `room` is the smaller number of rows or columns less one; `battery` that each row is
    a question of its own."""
    words = {"rows": named(rows), "columns": named(columns)}
    if found.items:
        return _items_sentence(words, found, adjusted, alpha=alpha, battery=battery)
    together = bool(adjusted) and min(adjusted) < alpha
    if not together:
        return _("No sign that %(rows)s and %(columns)s go together.") % words
    trending = found.trend is not None and adjusted[-1] < alpha and found.trend_effect is not None
    if trending and directed and found.trend_effect is not None:
        return _trend_sentence(words, found.trend_effect.value.value)
    strength = found.effect.value.value * math.sqrt(max(room, 1)) if found.effect else 0.0
    if found.trend is not None and not trending and directed:
        return _("%(rows)s and %(columns)s go together, but not in one direction.") % words
    if strength < _VERY_WEAK:
        return _("%(rows)s and %(columns)s go together, but very weakly.") % words
    if strength < _WEAK:
        return _("%(rows)s and %(columns)s go together, but weakly.") % words
    if strength < _CLEAR:
        return _("%(rows)s and %(columns)s clearly go together.") % words
    return _("%(rows)s and %(columns)s go together strongly.") % words


@dataclass(frozen=True, slots=True, kw_only=True)
class Slope:
    """Shares that only rise or only fall from the first to the last column."""

    first: str
    last: str
    start: float
    end: float


def detail_of(
    found: Found, standouts: Sequence[Standout], slopes: Mapping[str, Slope], *, together: bool, n: int
) -> str:
    """Where it shows most, rows with a slope by that; without a finding, what the data leave possible."""
    if not together:
        high = found.effect.value.high if found.effect else None
        if high is None:
            return ""
        return _("With %(n)s people, a V of up to %(high)s would fit as well.") % {
            "n": fmt_count(n),
            "high": fmt_number(high, 2),
        }
    lines = [_sloping(cell.row, slopes[cell.row]) if cell.row in slopes else _standing_out(cell) for cell in standouts]
    return " ".join(dict.fromkeys(lines))


def _standing_out(cell: Standout) -> str:
    return _("%(row)s: %(share)s in %(column)s, %(elsewhere)s elsewhere.") % {
        "row": _quoted(cell.row),
        "share": fmt_percent(cell.share),
        "column": _quoted(cell.column),
        "elsewhere": fmt_percent(cell.elsewhere),
    }


def _sloping(row: str, slope: Slope) -> str:
    return _("%(row)s: from %(start)s (%(first)s) to %(end)s (%(last)s).") % {
        "row": _quoted(row),
        "start": fmt_percent(slope.start),
        "first": _quoted(slope.first),
        "end": fmt_percent(slope.end),
        "last": _quoted(slope.last),
    }


def table_sentence(rows: str, groups: Sequence[Group], alpha: float) -> str:
    """The finding of a whole table of several sections; of one, its own."""
    tested = [group for group in groups if group.association is not None]
    if len(tested) == 1:
        only = tested[0].association
        if only is None:
            return ""
        return only.reason if isinstance(only, NotComputed) else only.sentence
    done = [group for group in tested if isinstance(group.association, Association)]
    found = [g for g in done if isinstance(g.association, Association) and g.association.p_adjusted < alpha]
    if not done:
        return _("Not computed: no part of this table has two rows and two columns with people in them.")
    if not found:
        sentence = _("No sign that %(rows)s goes with any of %(n)s sets of columns.")
        return sentence % {"rows": named(rows), "n": fmt_count(len(done))}
    names = _listed([_group_name(group) for group in found])
    return ngettext(
        "%(rows)s goes with %(k)s of %(n)s set of columns: %(names)s.",
        "%(rows)s goes with %(k)s of %(n)s sets of columns: %(names)s.",
        len(done),
    ) % {"rows": named(rows), "k": fmt_count(len(found)), "n": fmt_count(len(done)), "names": names}


def _items_sentence(
    words: dict[str, str], found: Found, adjusted: Sequence[float], *, alpha: float, battery: bool
) -> str:
    pairs = zip(found.items, adjusted, strict=True)
    differ = list(dict.fromkeys(item.row for item, p in sorted(pairs, key=lambda pair: pair[1]) if p < alpha))
    if not differ and battery:
        return _("No sign that any item of %(rows)s differs by %(columns)s.") % words
    if not differ:
        return _("No sign that any answer to %(rows)s differs by %(columns)s.") % words
    n = len({item.row for item in found.items})
    values = {**words, "k": fmt_count(len(differ)), "n": fmt_count(n), "names": _listed([_quoted(d) for d in differ])}
    if battery:
        return _("%(k)s of %(n)s items of %(rows)s differ by %(columns)s: %(names)s.") % values
    return _("%(k)s of %(n)s answers to %(rows)s differ by %(columns)s: %(names)s.") % values


def _trend_sentence(words: dict[str, str], tau: float) -> str:
    strong = abs(tau)
    if strong < _VERY_WEAK:
        up = _("Higher answers to %(rows)s go with higher ones to %(columns)s, but very weakly.")
        down = _("Higher answers to %(rows)s go with lower ones to %(columns)s, but very weakly.")
    elif strong < _WEAK:
        up = _("Higher answers to %(rows)s go with higher ones to %(columns)s, but weakly.")
        down = _("Higher answers to %(rows)s go with lower ones to %(columns)s, but weakly.")
    elif strong < _CLEAR:
        up = _("Higher answers to %(rows)s clearly go with higher ones to %(columns)s.")
        down = _("Higher answers to %(rows)s clearly go with lower ones to %(columns)s.")
    else:
        up = _("Higher answers to %(rows)s strongly go with higher ones to %(columns)s.")
        down = _("Higher answers to %(rows)s strongly go with lower ones to %(columns)s.")
    return (up if tau >= 0 else down) % words


def _group_name(group: Group) -> str:
    return named(" · ".join(group.path[1:]) or group.path[-1])


def _quoted(label: str) -> str:
    plain = " ".join(label.split())
    return plain if len(plain) <= _LONG else plain[: _LONG - 1].rstrip() + "…"


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(names[:_NAMED])
    if len(names) <= _NAMED:
        return shown
    return _("%(names)s and %(n)s more") % {"names": shown, "n": fmt_count(len(names) - _NAMED)}
