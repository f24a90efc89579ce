"""Changes between waves: many questions, the answers of one, one number with its people, all waves of one question."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from surveyapp.base.i18n import _
from surveyapp.figures.change_words import in_percent, measure_words, on_percent, wording_words
from surveyapp.reports.table import Column, ColumnKind, Interval, Table, Value, interval_header
from surveyapp.stats.estimate import Estimate, NotComputed
from surveyapp.stats.wave_change.result import (
    Adjusted,
    AnswerChanges,
    AnswerSeries,
    Change,
    ChangeScreen,
    Returning,
    WaveChange,
)
from surveyapp.stats.wave_change.spec import Measure

Row = WaveChange | NotComputed


def screen_changes_table(result: ChangeScreen) -> Table:
    """One row for each question; one that is not compared says why."""
    first = Column(
        header=_("Question"), values=[row.title if isinstance(row, WaveChange) else row.question for row in result.rows]
    )
    notes = (f"{result.method}.", *result.notes)
    return _changes(result.question, result.rows, first, _("q"), result.level, notes)


def answer_changes_table(result: AnswerChanges) -> Table:
    """One row for each answer."""
    notes = (f"{result.method}.", _("p is Holm's over the answers."), *result.notes)
    return _changes(result.question, result.rows, None, _("p"), result.level, notes)


def _changes(
    title: str, rows: tuple[Row, ...], first: Column | None, p: str, level: float, notes: tuple[str, ...]
) -> Table:
    told = [row for row in rows if isinstance(row, WaveChange)]
    waves = (told[0].earlier.wave, told[0].later.wave) if told else (_("Earlier"), _("Later"))

    def column(header: str, value: Callable[[WaveChange], Value | Interval], kind: ColumnKind) -> Column:
        values = [value(row) if isinstance(row, WaveChange) else None for row in rows]
        numbers = kind in (ColumnKind.NUMBER, ColumnKind.NUMBER_INTERVAL)
        return Column(header=header, values=values, kind=kind, digits=1 if percent and numbers else None)

    percent = all(on_percent(row.measure, row.kind) for row in told)
    answers = [measure_words(row) if isinstance(row, WaveChange) else row.reason for row in rows]
    columns = (
        *((first,) if first is not None else ()),
        Column(header=_("Number") if first is not None else _("Answer"), values=answers),
        Column(header=_("Unit"), values=[_unit(row) if isinstance(row, WaveChange) else "" for row in rows]),
        column(waves[0], lambda row: in_percent(row.earlier.value.value, row.measure), ColumnKind.NUMBER),
        column(waves[1], lambda row: in_percent(row.later.value.value, row.measure), ColumnKind.NUMBER),
        column(_("Change"), lambda row: in_percent(row.change.value.value, row.measure), ColumnKind.NUMBER),
        column(interval_header(level), lambda row: _ends(row.change.value, row.measure), ColumnKind.NUMBER_INTERVAL),
        column(p, lambda row: row.q if row.q is not None else row.change.test.p, ColumnKind.P),
        column(_("People %(wave)s") % {"wave": waves[0]}, lambda row: row.earlier.n, ColumnKind.COUNT),
        column(_("People %(wave)s") % {"wave": waves[1]}, lambda row: row.later.n, ColumnKind.COUNT),
        Column(
            header=_("Wording"),
            values=[wording_words(row.wording) if isinstance(row, WaveChange) else "" for row in rows],
        ),
    )
    return Table(title=title, columns=columns, notes=notes)


_Row = tuple[str, Estimate | None, Estimate | None, Change]
"""Who, their value then and now, and the change."""


def change_table(result: WaveChange) -> Table:
    """All people, those of both waves apart, and the change at the earlier wave's composition."""
    returning, adjusted = result.returning, result.adjusted
    rows: list[_Row] = [(_("Everybody"), result.earlier.value, result.later.value, result.change)]
    notes = [f"{result.method}.", *result.notes]
    if isinstance(returning, Returning):
        rows += _returning_rows(returning)
        notes.append(returning.sentence)
    if isinstance(adjusted, Adjusted):
        name = _("As in %(wave)s by %(by)s") % {"wave": result.earlier.wave, "by": ", ".join(adjusted.by)}
        rows.append((name, None, None, adjusted.change))
        notes += [adjusted.sentence, f"{adjusted.method}.", *adjusted.notes]
    notes += [one.reason for one in (returning, adjusted) if isinstance(one, NotComputed)]
    title = f"{result.question} {measure_words(result)}".strip()
    return Table(title=title, columns=_change_columns(result, rows), notes=tuple(notes))


def _returning_rows(returning: Returning) -> list[_Row]:
    rows: list[_Row] = [(_("People of both waves"), returning.earlier, returning.later, returning.change)]
    if returning.against is not None and returning.newcomers is not None:
        rows.append((_("Newcomers against them"), None, returning.newcomers.value, returning.against))
    return rows


def _change_columns(result: WaveChange, rows: Sequence[_Row]) -> tuple[Column, ...]:
    digits = 1 if on_percent(result.measure, result.kind) else None
    changes = [change for _who, _then, _now, change in rows]

    def numbers(header: str, values: list[Value]) -> Column:
        return Column(header=header, values=values, kind=ColumnKind.NUMBER, digits=digits)

    def value(one: Estimate | None) -> Value:
        return in_percent(one.value, result.measure) if one is not None else None

    return (
        Column(header=_("Who"), values=[who for who, *_rest in rows]),
        numbers(_in_unit(result.earlier.wave, result), [value(then) for _who, then, _now, _change in rows]),
        numbers(_in_unit(result.later.wave, result), [value(now) for _who, _then, now, _change in rows]),
        numbers(_("Change"), [value(one.value) for one in changes]),
        Column(
            header=interval_header(result.level),
            values=[_ends(one.value, result.measure) for one in changes],
            kind=ColumnKind.NUMBER_INTERVAL,
            digits=digits,
        ),
        Column(header="p", values=[one.test.p for one in changes], kind=ColumnKind.P),
        Column(header="n", values=[one.test.n for one in changes], kind=ColumnKind.COUNT),
    )


def series_table(result: AnswerSeries) -> Table:
    """One row for each wave of each line, as the figure's dots."""
    points = [(row, place) for row in result.rows for place in range(len(row.points))]

    def step(place: int, steps: tuple[Change, ...]) -> Change | None:
        return steps[place - 1] if place else None

    changes = [step(place, row.steps) for row, place in points]
    percent = on_percent(result.rows[0].measure, result.kind)
    columns = (
        Column(header=_("Answer"), values=[row.what or row.measure.value for row, _place in points]),
        Column(header=_("Wave"), values=[row.points[place].wave for row, place in points]),
        Column(header=_("Unit"), values=["%" if percent else row.unit for row, _place in points]),
        Column(
            header=_("Value"),
            values=[in_percent(row.points[place].value.value, row.measure) for row, place in points],
            kind=ColumnKind.NUMBER,
        ),
        Column(
            header=interval_header(result.level),
            values=[_ends(row.points[place].value, row.measure) for row, place in points],
            kind=ColumnKind.NUMBER_INTERVAL,
        ),
        Column(header=_("People"), values=[row.points[place].n for row, place in points], kind=ColumnKind.COUNT),
        Column(
            header=_("Change since the wave before"),
            values=[
                in_percent(one.value.value, row.measure) if one is not None else None
                for one, (row, _place) in zip(changes, points, strict=True)
            ],
            kind=ColumnKind.NUMBER,
        ),
        Column(
            header=_("p (Holm over the steps)"),
            values=[row.p_holm[place - 1] if place else None for row, place in points],
            kind=ColumnKind.P,
        ),
    )
    return Table(title=result.question, columns=columns, notes=(f"{result.method}.", *result.notes))


def _unit(row: WaveChange) -> str:
    return "%" if on_percent(row.measure, row.kind) else row.unit


def _in_unit(wave: str, row: WaveChange) -> str:
    unit = _unit(row)
    return f"{wave}, {unit}" if unit else wave


def _ends(value: Estimate, measure: Measure) -> Interval:
    if value.low is None or value.high is None:
        return None
    return in_percent(value.low, measure), in_percent(value.high, measure)
