"""Numbers by group in words: values in their unit, a group as a sentence, tests and pairs."""

from __future__ import annotations

from surveyapp.base.i18n import _
from surveyapp.base.number import fmt_count, fmt_interval, fmt_number, fmt_p, fmt_people, fmt_percent
from surveyapp.domain.question import Kind
from surveyapp.figures.evidence import words_of_effect, words_of_test
from surveyapp.figures.option import FigureOptions
from surveyapp.stats.estimate import Estimate
from surveyapp.stats.group.result import GroupComparison, GroupPair, GroupRow, Pairs

_MOST_PAIRS = 12

WHISKERS_FROM = 20
"""Of fewer people a twentieth is less than one: whiskers would end beside the lowest and highest answer of all."""


def is_share(result: GroupComparison) -> bool:
    """Whether values are shares, 0-1."""
    return result.kind is Kind.PROBABILITY


def value_words(result: GroupComparison, value: float) -> str:
    """A value as people read it."""
    return fmt_percent(value, 1) if is_share(result) else fmt_number(value)


def span_words(result: GroupComparison, estimate: Estimate) -> str:
    """An interval as people read it, "" without one."""
    if estimate.low is None or estimate.high is None:
        return ""
    percent = is_share(result)
    return fmt_interval(estimate.low, estimate.high, digits=1 if percent else None, percent=percent)


def row_sentence(result: GroupComparison, row: GroupRow) -> str:
    """One group in words: mean, interval, people."""
    values = {"group": row.label, "value": result.value_label, "people": fmt_people(row.n)}
    if row.mean is None:
        return _("%(group)s: nobody answered “%(value)s”.") % values
    values |= {"mean": value_words(result, row.mean.value), "level": fmt_percent(result.level)}
    values["interval"] = span_words(result, row.mean)
    if not values["interval"]:
        return _("%(group)s: mean of “%(value)s” %(mean)s; %(people)s.") % values
    return _("%(group)s: mean of “%(value)s” %(mean)s (%(level)s interval %(interval)s); %(people)s.") % values


def group_key(row: GroupRow) -> str:
    """The key of a group's mark."""
    return f"group:{row.code}"


def arranged(result: GroupComparison, options: FigureOptions, *, by_median: bool = False) -> list[GroupRow]:
    """The largest groups that have people, by their mean or median where they have no order; "other" last."""
    known = [row for row in result.rows if row.mean is not None]
    largest = sorted(known, key=lambda row: -row.n)[: options.most_rows]
    if result.ordered or not options.largest_first:
        return [row for row in known if row in largest]

    def height(row: GroupRow) -> float:
        value = row.median if by_median else row.mean
        return -value.value if value is not None else 0.0

    return sorted(largest, key=lambda row: (row.other, height(row)))


def left_out_words(result: GroupComparison, n_shown: int) -> str:
    """That a figure shows the largest groups only; "" where it shows all."""
    known = sum(row.mean is not None for row in result.rows)
    if n_shown >= known:
        return ""
    values = {"n": fmt_count(n_shown), "all": fmt_count(known)}
    return _("The %(n)s largest of %(all)s groups; the table has all.") % values


def whiskers(row: GroupRow) -> tuple[float, float] | None:
    """Between which values 5 to 95 of 100 people of a group lie; None where they would tell single people's answers."""
    if row.quantiles is None or row.n < WHISKERS_FROM:
        return None
    return row.quantiles[0], row.quantiles[-1]


def box_sentence(result: GroupComparison, row: GroupRow) -> str:
    """One group's box in words: median, middle half, whiskers."""
    five = row.quantiles
    if five is None:
        return row_sentence(result, row)

    def span(low: float, high: float) -> str:
        return span_words(result, Estimate(value=low, low=low, high=high))

    values = {
        "group": row.label,
        "value": result.value_label,
        "median": value_words(result, five[2]),
        "half": span(five[1], five[3]),
        "people": fmt_people(row.n),
    }
    reach = whiskers(row)
    if reach is None:
        return _("%(group)s: median of “%(value)s” %(median)s, middle half %(half)s; %(people)s.") % values
    values["reach"] = span(*reach)
    words = _("%(group)s: median of “%(value)s” %(median)s, middle half %(half)s, whiskers %(reach)s; %(people)s.")
    return words % values


def evidence_words(result: GroupComparison) -> tuple[str, ...]:
    """Each test and effect; the default test first."""
    tests = [f"{test.method}: {words_of_test(test)}" if test.df else words_of_test(test) for test in result.tests]
    notes = [test.note for test in result.tests if test.note]
    return (*tests, *(words_of_effect(effect) for effect in result.effects), *notes)


def pair_words(result: GroupComparison, pair: GroupPair) -> str:
    """ "Liberal – Conservative: 2.1 (0.4–3.8), p = .012"; of shares "8.1 points (4.2–12)"."""
    gap = pair.difference
    scale = 100.0 if is_share(result) else 1.0
    value = fmt_number(scale * gap.value)
    if is_share(result):
        value = _("%(n)s points") % {"n": value}
    known = gap.low is not None and gap.high is not None
    interval = fmt_interval(scale * (gap.low or 0.0), scale * (gap.high or 0.0)) if known else ""
    words = f"{pair.first} – {pair.second}: {value}"
    return f"{words} ({interval}), {fmt_p(pair.p)}" if interval else f"{words}, {fmt_p(pair.p)}"


def pair_notes(result: GroupComparison) -> tuple[str, ...]:
    """The pairs that differ beyond chance, by the first method; how many there are in all."""
    if not result.pairs or not result.pairs[0].rows:
        return ()
    part = result.pairs[0]
    out = sorted((pair for pair in part.rows if pair.p < 1 - result.level), key=lambda pair: pair.p)
    head = _("%(k)s of %(n)s pairs differ beyond chance (%(method)s).") % {
        "k": fmt_count(len(out)),
        "n": fmt_count(len(part.rows)),
        "method": part.method,
    }
    shown = "; ".join(pair_words(result, pair) for pair in out[:_MOST_PAIRS])
    return (f"{head} {shown}. {together_words(part)}" if shown else head,)


def together_words(part: Pairs) -> str:
    """Whether intervals are corrected for all pairs as p is."""
    if part.together:
        return _("Intervals hold for all pairs together.")
    return _("Each interval stands for its own pair alone; only p is corrected for all pairs.")
