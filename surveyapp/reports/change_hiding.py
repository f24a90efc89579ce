"""Changes between waves, and groups against their control, without what tells the answers of few people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from surveyapp.base.i18n import _
from surveyapp.base.number import fmt_count, fmt_p
from surveyapp.domain.question import Kind
from surveyapp.reports.complement import hidden_places
from surveyapp.stats.estimate import Counted, NotComputed
from surveyapp.stats.group_control.result import Balance, GroupControl
from surveyapp.stats.wave_change.result import (
    Adjusted,
    AnswerChanges,
    AnswerSeries,
    ChangeScreen,
    Returning,
    WaveChange,
    WavePoint,
)
from surveyapp.stats.wave_change.spec import Measure
from surveyapp.stats.wave_change.words import linked_words

Cells = list[tuple[str, int]]
Row = WaveChange | NotComputed


def change_cells(result: WaveChange | AnswerChanges | ChangeScreen | GroupControl) -> Cells:
    """Who gave an answer in a wave (a group), who gave another one, and of a mean how many it is of."""
    match result:
        case WaveChange():
            return [*_main_cells(result), *_returning_cells(result), *_adjusted_cells(result.adjusted)]
        case GroupControl():
            points = _point_cells(result.what, result.measure, result.kind, (result.us, result.them))
            balance = [(f"{one.name}: {one.label}", n) for one in result.balance for n in _apart(one)]
            return [*points, *balance, *_adjusted_cells(result.adjusted)]
        case AnswerChanges():
            rows = _compared(result.rows)
            return _line_cells([row.what for row in rows], [_waves(row) for row in rows], adding_up=_add_up(rows))
        case ChangeScreen():
            return [cell for row in _compared(result.rows) for cell in _main_cells(row)]


def series_cells(result: AnswerSeries) -> Cells:
    """As of two waves; of one answer alone also who gave another one."""
    if len(result.rows) == 1:
        row = result.rows[0]
        return _point_cells(row.what, row.measure, result.kind, row.points)
    names, lines = [row.what for row in result.rows], [row.points for row in result.rows]
    return _line_cells(names, lines, adding_up=result.kind is not Kind.MULTI)


def _line_cells(names: Sequence[str], lines: Sequence[Sequence[WavePoint]], *, adding_up: bool) -> Cells:
    """Each answer in each wave; where they add up to all, also who gave an answer without a line."""
    words = _("%(answer)s, %(wave)s")
    cells = [
        (words % {"answer": name, "wave": point.wave}, said_by(point))
        for name, points in zip(names, lines, strict=True)
        for point in points
    ]
    rest = [
        (words % {"answer": _("other answers"), "wave": wave[0].wave}, _rest(wave)) for wave in zip(*lines, strict=True)
    ]
    return [*cells, *rest] if adding_up else cells


def _rest(wave: Sequence[WavePoint]) -> int:
    """Who of a wave gave none of these answers."""
    return max(wave[0].n - sum(said_by(point) for point in wave), 0)


def _add_up(rows: Sequence[WaveChange]) -> bool:
    return all(row.kind is not Kind.MULTI for row in rows)


def _waves(row: WaveChange) -> tuple[WavePoint, WavePoint]:
    return row.earlier, row.later


def _compared(rows: Sequence[Row]) -> list[WaveChange]:
    return [row for row in rows if isinstance(row, WaveChange)]


def _main_cells(row: WaveChange) -> Cells:
    return [(f"{row.title}: {label}", n) for label, n in _point_cells(row.what, row.measure, row.kind, _waves(row))]


def _point_cells(what: str, measure: Measure, kind: Kind, points: Sequence[WavePoint]) -> Cells:
    """Of a share also the others, unless the answers of a question do not exclude each other."""
    if measure is not Measure.SHARE:
        return [(point.wave, point.n) for point in points]
    words = _("%(answer)s, %(wave)s")
    other = _("not “%(answer)s”, %(wave)s")
    cells: Cells = []
    for point in points:
        said, names = said_by(point), {"answer": what, "wave": point.wave}
        cells.append((words % names, said))
        if kind is not Kind.MULTI:
            cells.append((other % names, point.n - said))
    return cells


def said_by(point: WavePoint) -> int:
    """How many people gave the answer whose share a point is."""
    return round(point.value.value * point.n) if point.n_said is None else point.n_said


def _returning_cells(row: WaveChange) -> Cells:
    """People of both waves, newcomers and those who left. Of the first only the sums with the others are told: they
    are what the other two leave."""
    found = row.returning
    if not isinstance(found, Returning):
        return []
    parts = [
        (_("people of both waves"), row.earlier, found.left),
        (_("people of both waves"), row.later, found.newcomers),
    ]
    share = row.measure is Measure.SHARE
    cells: Cells = []
    for name, point, others in parts:
        n_others, said_others = (others.n, said_by(others)) if others is not None else (0, 0)
        groups = [(name, point.n - n_others, said_by(point) - said_others), (_("the others"), n_others, said_others)]
        for group, n, said in groups:
            label = _("%(answer)s, %(wave)s") % {"answer": group, "wave": point.wave}
            if not share:
                cells.append((label, n))
            else:
                cells += [(label, said)] if row.kind is Kind.MULTI else [(label, said), (label, n - said)]
    return cells


def _adjusted_cells(adjusted: Adjusted | NotComputed | None) -> Cells:
    """Who answered the questions adjusted for, too."""
    return [(_("adjusted"), n) for n in adjusted.n] if isinstance(adjusted, Adjusted) else []


def _apart(one: Balance) -> tuple[int, ...]:
    """An answer's people in either group; a number has none to tell apart. What few gave in all is not listed."""
    return (one.n_us, one.n - one.n_us) if one.label and one.n else ()


def _few(cells: Cells, below: int) -> bool:
    return any(0 < count < below for _label, count in cells)


def without_few_control(result: GroupControl, below: int) -> GroupControl | NotComputed:
    """Not at all where one of the two groups, or an answer in it, is of few people: the difference and one group tell
    the other. An answer adjusted for is not listed where few of a group gave it."""
    if any(0 < point.n < below for point in (result.us, result.them)):
        words = _("Not shown: one of the two groups holds fewer than %(n)s people.")
    elif _few(_point_cells(result.what, result.measure, result.kind, (result.us, result.them)), below):
        words = _("Not shown: in one of the two groups fewer than %(n)s people gave this answer, or another one.")
    else:
        kept = tuple(one for one in result.balance if not any(0 < n < below for n in _apart(one)))
        adjusted = _without_few_adjusted(result.adjusted, result.question, result.kind, result.counted, below)
        return replace(result, balance=kept, adjusted=adjusted)
    return _refused(result.question, result.kind, result.counted, words, below)


def without_few_change(row: WaveChange, below: int) -> Row:
    """Not at all where an answer of few people is compared, or a mean of few; without the people of both waves where
    these, or the others, are few."""
    if _few(_main_cells(row), below):
        words = _("Not shown: in one of the waves fewer than %(n)s people gave this answer, or another one.")
        if row.measure is not Measure.SHARE:
            words = _("Not shown: in one of the waves fewer than %(n)s people answered.")
        return _refused(row.title, row.kind, row.counted, words, below)
    if isinstance(row.returning, Returning) and _few(_returning_cells(row), below):
        words = _("Not shown: of the people of both waves, or of the others, fewer than %(n)s gave one of the answers.")
        told = linked_words(row.returning.n)
        hidden = _refused(row.title, row.kind, row.counted, words, below)
        row = replace(row, returning=hidden, notes=tuple(note for note in row.notes if note != told))
    return replace(row, adjusted=_without_few_adjusted(row.adjusted, row.title, row.kind, row.counted, below))


def _without_few_adjusted(
    adjusted: Adjusted | NotComputed | None, question: str, kind: Kind, counted: Counted, below: int
) -> Adjusted | NotComputed | None:
    if not _few(_adjusted_cells(adjusted), below):
        return adjusted
    words = _("Not shown adjusted: fewer than %(n)s people of one side answered all of these questions.")
    return _refused(question, kind, counted, words, below)


def without_few_changes(result: ChangeScreen, below: int) -> ChangeScreen:
    """Each question by itself: their people add up to nothing."""
    rows = tuple(without_few_change(row, below) if isinstance(row, WaveChange) else row for row in result.rows)
    hidden = [
        isinstance(row, NotComputed) and isinstance(before, WaveChange)
        for row, before in zip(rows, result.rows, strict=True)
    ]
    if not any(hidden):
        return replace(result, rows=rows)
    short = tuple(
        replace(row, reason=_("Not shown: few people")) if gone and isinstance(row, NotComputed) else row
        for row, gone in zip(rows, hidden, strict=True)
    )
    words = _("Not shown: in one of the waves fewer than %(n)s people gave the answer, or another one.")
    return replace(result, rows=short, notes=(*result.notes, words % {"n": fmt_count(below)}))


def without_few_answers(result: AnswerChanges, below: int) -> AnswerChanges:
    """Without answers of few people in a wave, and the next smallest where the answers of a wave add up to all."""
    compared = [place for place, row in enumerate(result.rows) if isinstance(row, WaveChange)]
    rows = _compared(result.rows)
    gone = _hidden([_waves(row) for row in rows], below, adding_up=_add_up(rows))
    if not gone:
        return result
    told = list(result.rows)
    for place in gone:
        row = rows[place]
        told[compared[place]] = _hidden_answer(row.what, row.kind, row.counted)
    moved = [row.what for row in rows if row.q is not None and row.q <= 1 - result.level]
    names = {rows[place].what for place in gone}
    sentence = result.sentence
    if any(name in names for name in moved):
        p = fmt_p(result.overall.p) if result.overall is not None else ""
        sentence = _moved(result.title, [name for name in moved if name not in names], p)
    return replace(result, rows=tuple(told), sentence=sentence, notes=(*result.notes, _why_hidden(below)))


def without_few_series(result: AnswerSeries, below: int) -> AnswerSeries | NotComputed:
    """As of two waves; a line is shown through all waves or in none."""
    rows = result.rows
    if len(rows) == 1:
        if not _few(series_cells(result), below):
            return result
        words = _("Not shown: in one of the waves fewer than %(n)s people gave this answer, or another one.")
        return _refused(result.question, result.kind, result.counted, words, below)
    gone = _hidden([row.points for row in rows], below, adding_up=result.kind is not Kind.MULTI)
    if not gone:
        return result
    if len(gone) == len(rows):
        words = _("Not shown: every line would tell the answers of fewer than %(n)s people.")
        return _refused(result.question, result.kind, result.counted, words, below)
    kept = [place for place in range(len(rows)) if place not in gone]
    moved = [rows[place].what for place in kept if result.p[place] <= 1 - result.level]
    hidden = tuple(_hidden_answer(rows[place].what, result.kind, result.counted).reason for place in sorted(gone))
    return replace(
        result,
        rows=tuple(rows[place] for place in kept),
        p=tuple(result.p[place] for place in kept),
        notes=(*result.notes, *(f"{words}." for words in hidden), _why_hidden(below)),
        sentence=_moved(result.title, moved, "") if _names_any(result, gone) else result.sentence,
    )


def _names_any(result: AnswerSeries, gone: frozenset[int]) -> bool:
    return any(result.p[place] <= 1 - result.level for place in gone)


def _hidden(rows: Sequence[Sequence[WavePoint]], below: int, *, adding_up: bool) -> frozenset[int]:
    """Rows that are hidden in every wave, because of one. Who gave an answer that was not compared is what the others
    leave, and counts as an answer of its own."""
    gone: frozenset[int] = frozenset()
    for wave in zip(*rows, strict=True):
        counts = [said_by(point) for point in wave]
        few = frozenset(place for place, count in enumerate(counts) if 0 < count < below)
        gone |= hidden_places([*counts, _rest(wave)], below) if adding_up else few
    return gone & frozenset(range(len(rows)))


def _hidden_answer(what: str, kind: Kind, counted: Counted) -> NotComputed:
    words = _("“%(answer)s”: not shown, few people")
    return NotComputed(question=what, kind=kind, counted=counted, reason=words % {"answer": what})


def _why_hidden(below: int) -> str:
    words = _("Not shown: in a wave fewer than %(n)s people gave the answer, or it would tell how many gave another.")
    return words % {"n": fmt_count(below)}


def _moved(title: str, names: Sequence[str], p: str) -> str:
    """The finding by the answers that are shown."""
    if names:
        listed = ", ".join(_("“%(name)s”") % {"name": one} for one in names)
        return _("Of the answers to “%(name)s” that are shown, by more than chance changed: %(list)s.") % {
            "name": title,
            "list": listed,
        }
    if p:
        return _("The answers to “%(name)s” changed by more than chance (%(p)s).") % {"name": title, "p": p}
    return _("Of the answers to “%(name)s” that are shown, none changed by more than chance.") % {"name": title}


def _refused(question: str, kind: Kind, counted: Counted, words: str, below: int) -> NotComputed:
    return NotComputed(question=question, kind=kind, counted=counted, reason=words % {"n": fmt_count(below)})
