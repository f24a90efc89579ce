"""Numbers by group without what tells the answers of a group of few people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from surveyapp.base.i18n import _
from surveyapp.base.number import fmt_count, fmt_p
from surveyapp.domain.question import Kind
from surveyapp.reports.complement import hidden_places
from surveyapp.stats.estimate import NotComputed
from surveyapp.stats.group.result import GroupComparison, GroupRow


def without_few(result: GroupComparison, below: int) -> GroupComparison | NotComputed:
    """The comparison without groups of fewer than `below` people.

    Everybody's mean less those of the other groups is theirs: the next smallest group goes with them, into one row
    without numbers, while they hold fewer than `below` people or are one group. Options of a multiple choice add up to
    nothing printed and are left out by themselves. No pair, note or sentence speaks of a group that was taken out.
    Where few of a group gave the answers that a share is of, or others, no share is told.
    """
    few = [place for place, row in enumerate(result.rows) if 0 < row.n < below]
    if _tells_answers_of_few(result, below):
        if result.kind is Kind.TICK:  # its mean is that share
            words = _("Not shown: in a group of “%(group)s” fewer than %(n)s people gave one of the answers.")
            values = {"group": result.group_label, "n": fmt_count(below)}
            return NotComputed(
                question=result.question, kind=result.kind, counted=result.counted, reason=words % values
            )
        shareless = tuple(replace(row, share=None) for row in result.rows)
        result = replace(result, rows=shareless, total=replace(result.total, share=None))
    if not few:
        return result
    taken = frozenset(few) if result.overlapping else hidden_places([row.n for row in result.rows], below)
    gone = [row for place, row in enumerate(result.rows) if place in taken]
    rows = tuple(row for place, row in enumerate(result.rows) if place not in taken)
    if not result.overlapping:
        rows = (*rows, _shared_row(gone))
    labels = {row.label for row in gone}
    pairs = tuple(
        replace(part, rows=tuple(pair for pair in part.rows if not labels & {pair.first, pair.second}))
        for part in result.pairs
    )
    notes = tuple(note for note in result.notes if not any(label in note for label in labels))
    kept = replace(result, rows=rows, pairs=tuple(part for part in pairs if part.rows), notes=notes)
    if result.overlapping:
        return kept if kept.pairs == result.pairs else replace(kept, sentence=_of_options(result))
    if (
        result.difference is not None or len(_known(result.rows)) < 3
    ):  # of two, each number tells one group by the other
        return replace(kept, tests=(), effects=(), difference=None, sentence=_untold(result, below))
    return replace(kept, sentence=_of_groups(result))


def _tells_answers_of_few(result: GroupComparison, below: int) -> bool:
    """Whether of a group that stays fewer than `below` people are within the share that is told, or without."""
    for row in result.rows:
        if row.n >= below and row.share is not None:
            said = round(row.share.value * row.n)
            if 0 < said < below or 0 < row.n - said < below:
                return True
    return False


def _known(rows: Sequence[GroupRow]) -> list[GroupRow]:
    return [row for row in rows if row.mean is not None]


def _shared_row(gone: Sequence[GroupRow]) -> GroupRow:
    return GroupRow(
        code=None,
        label=_("Groups of few people"),
        n=sum(row.n for row in gone),
        mean=None,
        sd=None,
        median=None,
        quantiles=None,
        minimum=None,
        maximum=None,
        share=None,
        other=True,
    )


def _untold(result: GroupComparison, below: int) -> str:
    text = _("A group of “%(group)s” holds fewer than %(n)s people: how the groups differ is not told.")
    return text % {"group": result.group_label, "n": fmt_count(below)}


def _of_groups(result: GroupComparison) -> str:
    if not result.tests:
        return result.sentence
    values = {"value": result.value_label, "group": result.group_label, "p": fmt_p(result.tests[0].p)}
    if result.tests[0].p >= 1 - result.level:
        text = _("No evidence that the mean of “%(value)s” differs between the groups of “%(group)s” (%(p)s).")
    else:
        text = _("The mean of “%(value)s” differs between the groups of “%(group)s” (%(p)s).")
    return text % values


def _of_options(result: GroupComparison) -> str:
    """The sentence names options; one of them may have been taken out."""
    found = any(pair.p < 1 - result.level for part in result.pairs for pair in part.rows)
    if not found:
        return result.sentence
    text = _("The mean of “%(value)s” differs between who ticked an option and who did not, for some of them.")
    return text % {"value": result.value_label}
