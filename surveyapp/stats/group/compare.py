"""Numbers by group: the mean, median and share of each group of a question, and whether they differ."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count
from surveyapp.domain.question import Kind, Missing
from surveyapp.stats.answers import MISSING_CODES, Answers
from surveyapp.stats.association.formula import holm
from surveyapp.stats.check import Check, go_on
from surveyapp.stats.count import count_people, reasons
from surveyapp.stats.estimate import NotComputed
from surveyapp.stats.group import many
from surveyapp.stats.group.finding import Finding, find, find_weighted
from surveyapp.stats.group.result import GroupComparison, GroupPair, GroupRow, Pairs
from surveyapp.stats.group.row import group_row
from surveyapp.stats.group.sample import Groups, groups_of
from surveyapp.stats.group.sentence import group_sentence
from surveyapp.stats.group.value import Values, values_for
from surveyapp.stats.weight.design import Weights
from surveyapp.stats.weight.kish import weighting_of

_SMALL = 10
FEW = 10
"""With weights a smaller group takes no part in tests: R's svyglm and svyttest take its linearised variance for known,
on the degrees of freedom of the whole sample. With three groups of one mean (150, 60 and k people, weights from .5 to
2) regTermTest finds a difference at p < .05 in 37 % of 20,000 samples for k = 2, 25 % for 3, 15 % for 5, 9 % for 10."""


def compare_groups(
    values: Answers,
    groups: Answers,
    *,
    level: float = 0.95,
    share_from: float | None = None,
    weights: Weights | None = None,
    check: Check = go_on,
) -> GroupComparison | NotComputed:
    """A number, probability, scale, ordered choice or tick by the groups of a closed question or multiple choice.

    Of the people who answered both. Groups of two people or more are tested: two by Welch's t (first), Student's and
    Mann and Whitney's; more by Welch's analysis of variance (first), Fisher's and Kruskal and Wallis's, with all pairs
    up to 20 groups; with weights, groups of 10 or more (see FEW). `share_from`: see `values_for`. `check` is called
    before each group and pair of groups and may raise to stop.
    """
    title = _("%(value)s by %(group)s") % {"value": values.question.title, "group": groups.question.title}
    measured = values_for(values, share_from=share_from)
    why = _joint(values, groups, weights)
    counted = count_people(why)

    def refused(reason: str) -> NotComputed:
        return NotComputed(question=title, kind=values.question.kind, counted=counted, reason=reason)

    if measured is None:
        text = _("Not computed: “%(question)s” is neither a number nor ordered, so it has no mean.")
        return refused(text % {"question": values.question.title})
    if not (groups.is_closed or groups.question.kind is Kind.MULTI):
        text = _("Not computed: “%(question)s” has no list of answers to group by.")
        return refused(text % {"question": groups.question.title})
    if not counted.n:
        return refused(_("Not computed: nobody answered both questions."))
    members = _members(groups, why == 0)
    rows, total = _rows(measured, groups, members, why == 0, level=level, weights=weights, check=check)
    overlapping = groups.question.kind is Kind.MULTI
    compare = _compare_options if overlapping else _compare_groups
    finding, tested, notes = compare(measured, rows, members, why == 0, level, weights, check)
    inner = None if weights is None else weights.take(why == 0)
    used = [row for row in rows if row.label in tested]
    return GroupComparison(
        question=title,
        kind=values.question.kind,
        value_label=values.question.title,
        group_label=groups.question.title,
        unit=values.question.unit,
        counted=counted,
        level=level,
        method=_method(finding, weights),
        rows=rows,
        total=total,
        share_label=measured.share_label,
        overlapping=overlapping,
        difference=finding.difference,
        tests=finding.tests,
        effects=finding.effects,
        pairs=finding.pairs,
        notes=(*notes, *_notes(rows)),
        sentence=_option_sentence(values.question.title, finding, level)
        if overlapping
        else group_sentence(values.question.title, groups.question.title, used, finding, values=measured, level=level),
        weighting=None if inner is None else weighting_of(inner),
    )


def _joint(values: Answers, groups: Answers, weights: Weights | None) -> NDArray[np.int8]:
    """Why a person takes no part; who has no weight is not shown."""
    left, right = reasons(values), reasons(groups)
    why = np.where(left != 0, left, right)
    if weights is not None:
        why = np.where((why == 0) & ~(weights.of_base > 0), MISSING_CODES[Missing.NOT_SHOWN], why)
    return why.astype(np.int8)


def _members(groups: Answers, both: NDArray[np.bool_]) -> dict[int, NDArray[np.bool_]]:
    """Who is in each group, by code, in the order of the codebook."""
    found: dict[int, NDArray[np.bool_]] = {}
    for place, choice in enumerate(groups.question.choices):
        if choice.missing is None:
            inside = groups.values[:, place] if groups.question.kind is Kind.MULTI else groups.values == choice.code
            found[choice.code] = np.asarray(inside & both)
    return found


def _rows(
    measured: Values,
    groups: Answers,
    members: dict[int, NDArray[np.bool_]],
    both: NDArray[np.bool_],
    *,
    level: float,
    weights: Weights | None,
    check: Check,
) -> tuple[tuple[GroupRow, ...], GroupRow]:
    choices = {choice.code: choice for choice in groups.question.choices}
    rows: list[GroupRow] = []
    for code, inside in members.items():
        check()
        choice = choices[code]
        rows.append(
            group_row(measured, inside, choice.label, level=level, code=code, other=choice.other, weights=weights)
        )
    check()
    return tuple(rows), group_row(measured, both, _("All"), level=level, weights=weights)


def _compare_groups(
    measured: Values,
    rows: tuple[GroupRow, ...],
    members: dict[int, NDArray[np.bool_]],
    both: NDArray[np.bool_],
    level: float,
    weights: Weights | None,
    check: Check,
) -> tuple[Finding, tuple[str, ...], list[str]]:
    """The finding, the labels of the groups that were tested, and what was left out."""
    codes = np.full(len(both), -1, dtype=np.int32)
    for place, inside in enumerate(members.values()):
        codes[inside] = place
    lonely = [row.label for row in rows if row.n == 1]
    notes = []
    if weights is not None:
        lonely = []
        few = [place for place, row in enumerate(rows) if 0 < row.n < FEW]
        codes[np.isin(codes, few)] = -1
        notes += _few_note([rows[place].label for place in few])
    groups = groups_of(measured.numbers, codes, tuple(row.label for row in rows))
    if lonely:
        text = ngettext(
            "Not in the tests: %(groups)s, one person.",
            "Not in the tests, having one person each: %(groups)s.",
            len(lonely),
        )
        notes.append(text % {"groups": _listed(lonely)})
    if groups is None or len(groups.labels) < 2:
        if weights is not None:
            return Finding(), (), [*notes, _("Not tested with weights: fewer than two groups have 10 people or more.")]
        return Finding(), (), [*notes, _("Not tested: fewer than two groups have two people or more.")]
    if (groups.values == groups.values[0]).all():
        return Finding(), (), [*notes, _("Not tested: everybody in these groups gave the same answer.")]
    if len(groups.labels) > many.MOST_GROUPS:
        text = _("%(n)s groups: pairs are compared up to %(most)s.")
        notes.append(text % {"n": fmt_count(len(groups.labels)), "most": fmt_count(many.MOST_GROUPS)})
    if weights is None:
        finding = find(groups, level, check)
        if finding.tests and len(groups.labels) > 2 and not (groups.variances > 0).all():
            notes.append(_("A group whose people all gave the same answer rules out Welch's analysis of variance."))
    else:
        inside = np.isin(codes, np.flatnonzero(np.bincount(codes[codes >= 0], minlength=len(rows)) > 1))
        finding = find_weighted(groups, weights.take(inside), level)
        notes.append(_("Hedges' g has no weighted form here; the difference and its interval are weighted."))
    return finding, groups.labels, notes


def _few_note(labels: list[str]) -> list[str]:
    if not labels:
        return []
    text = ngettext(
        "Not in the tests, having fewer than %(limit)s people: %(groups)s. The weighted variance of so few is too "
        "small, and would call chance a difference.",
        "Not in the tests, having fewer than %(limit)s people each: %(groups)s. The weighted variance of so few is too "
        "small, and would call chance a difference.",
        len(labels),
    )
    return [text % {"limit": fmt_count(FEW), "groups": _listed(labels)}]


def _listed(labels: list[str]) -> str:
    return ", ".join(labels[:5]) + (_(" and others") if len(labels) > 5 else "")


def _compare_options(
    measured: Values,
    rows: tuple[GroupRow, ...],
    members: dict[int, NDArray[np.bool_]],
    both: NDArray[np.bool_],
    level: float,
    weights: Weights | None,
    check: Check,
) -> tuple[Finding, tuple[str, ...], list[str]]:
    """Each option of a multiple choice: who ticked it against who saw it and did not; p after Holm."""
    pairs: list[GroupPair] = []
    for row, inside in zip(rows, members.values(), strict=True):
        check()
        codes = np.where(both, np.where(inside, 0, 1), -1).astype(np.int32)
        groups = groups_of(measured.numbers, codes, (row.label, _("not ticked")))
        if groups is None or len(groups.labels) < 2 or (groups.values == groups.values[0]).all():
            continue
        if weights is not None and groups.sizes.min() < FEW:
            continue
        found = _option(groups, None if weights is None else weights.take(both), level)
        if found is not None:
            pairs.append(found)
    adjusted = holm(np.array([pair.p for pair in pairs])).tolist() if pairs else []
    done = tuple(replace(pair, p=p) for pair, p in zip(pairs, adjusted, strict=True))
    notes = [_("Groups overlap: each option is compared with those who saw the question and did not tick it.")]
    if len(done) < len(rows):
        text = ngettext(
            "%(n)s option has too few people on one side.",
            "%(n)s options have too few people on one side.",
            len(rows) - len(done),
        )
        notes.append(text % {"n": fmt_count(len(rows) - len(done))})
    name = _("Welch's t test, ticked less not ticked; p after Holm")
    if weights is not None:
        name = _("design-based t test, ticked less not ticked; p after Holm")
    return Finding(pairs=(Pairs(method=name, symbol="t", rows=done),) if done else ()), (), notes


def _option(groups: Groups, weights: Weights | None, level: float) -> GroupPair | None:
    finding = find(groups, level) if weights is None else find_weighted(groups, weights, level)
    t = next((test for test in finding.tests if test.symbol == "t"), None)
    if finding.difference is None or t is None:
        return None
    return GroupPair(
        first=groups.labels[0],
        second=groups.labels[1],
        difference=finding.difference,
        statistic=t.statistic,
        df=t.df[0],
        p=t.p,
        effect=finding.effects[0] if finding.effects else None,
    )


def _option_sentence(value: str, finding: Finding, level: float) -> str:
    rows = [pair for part in finding.pairs for pair in part.rows]
    out = sorted((pair for pair in rows if pair.p < 1 - level), key=lambda pair: pair.p)
    if not rows:
        return _("There are not two groups to compare.")
    if not out:
        text = _("No evidence that the mean of “%(value)s” differs between who ticked an option and who did not.")
        return text % {"value": value}
    text = ngettext(
        "The mean of “%(value)s” differs between who ticked and who did not for %(k)s of %(n)s options: %(names)s.",
        "The mean of “%(value)s” differs between who ticked and who did not for %(k)s of %(n)s options: %(names)s.",
        len(out),
    )
    names = ", ".join(_("%(option)s (%(side)s)") % {"option": p.first, "side": _side(p)} for p in out[:5])
    return text % {"value": value, "k": fmt_count(len(out)), "n": fmt_count(len(rows)), "names": names}


def _side(pair: GroupPair) -> str:
    return _("higher") if pair.difference.value > 0 else _("lower")


def _method(finding: Finding, weights: Weights | None) -> str:
    interval = _("t intervals of means") if weights is None else _("linearised intervals of means")
    if finding.tests:
        return _("%(interval)s; %(test)s") % {"interval": interval, "test": finding.tests[0].method}
    if finding.pairs:
        return _("%(interval)s; %(test)s") % {"interval": interval, "test": finding.pairs[0].method}
    return interval


def _notes(rows: tuple[GroupRow, ...]) -> list[str]:
    small = [row.label for row in rows if 0 < row.n < _SMALL]
    if not small:
        return []
    text = ngettext(
        "Fewer than %(limit)s people: %(groups)s. Read it with care.",
        "Fewer than %(limit)s people: %(groups)s. Read them with care.",
        len(small),
    )
    return [text % {"limit": _SMALL, "groups": _listed(small)}]
