"""A group against its control group: both numbers, the difference, and the adjusted one."""

from __future__ import annotations

from surveyapp.base.i18n import _
from surveyapp.base.number import fmt_p
from surveyapp.reports.table import Column, ColumnKind, Table, ends, interval_header
from surveyapp.stats.estimate import Estimate, NotComputed
from surveyapp.stats.group_control.result import GroupControl
from surveyapp.stats.wave_change.result import Adjusted
from surveyapp.stats.wave_change.spec import Measure

_Row = tuple[str, int | None, Estimate, str]


def control_table(result: GroupControl) -> Table:
    """Four rows; the last only where something was adjusted for."""
    rows: list[_Row] = [
        (result.us.wave, result.us.counted.n, result.us.value, ""),
        (result.them.wave, result.them.counted.n, result.them.value, ""),
        (_("Difference"), None, result.raw.value, fmt_p(result.raw.test.p)),
    ]
    notes = list(result.notes)
    if isinstance(result.adjusted, Adjusted):
        by = ", ".join(result.adjusted.by)
        name = _("Difference, adjusted for %(questions)s") % {"questions": by}
        rows.append((name, sum(result.adjusted.n), result.adjusted.change.value, fmt_p(result.adjusted.change.test.p)))
        notes += [result.adjusted.sentence, *result.adjusted.notes]
    elif isinstance(result.adjusted, NotComputed):
        notes.append(result.adjusted.reason)
    share = result.measure is Measure.SHARE
    columns = (
        Column(header=_("Group"), values=[row[0] for row in rows]),
        Column(header=_("People"), values=[row[1] for row in rows], kind=ColumnKind.COUNT),
        Column(
            header=_("Share") if share else _("Value"),
            values=[row[2].value for row in rows],
            kind=ColumnKind.SHARE if share else ColumnKind.NUMBER,
        ),
        Column(
            header=interval_header(result.level),
            values=[ends(row[2]) for row in rows],
            kind=ColumnKind.SHARE_INTERVAL if share else ColumnKind.NUMBER_INTERVAL,
        ),
        Column(header=_("p"), values=[row[3] for row in rows]),
    )
    title = f"{result.question}: {result.what}" if result.what else result.question
    return Table(title=title, columns=columns, notes=tuple(dict.fromkeys(note for note in notes if note)))
