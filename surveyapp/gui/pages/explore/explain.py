"""What the inspector says about a number of a question: value, facts, in words."""

from __future__ import annotations

import math

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count, fmt_interval, fmt_number, fmt_people, fmt_people_of, fmt_percent
from surveyapp.domain.question import DERIVED, Missing
from surveyapp.figures.caption import method_name
from surveyapp.gui.explanation import Explanation, ValueBar
from surveyapp.services.question_list import ListedQuestion
from surveyapp.stats.calibration.log_result import LogResult
from surveyapp.stats.calibration.people_result import PeopleResult
from surveyapp.stats.estimate import Counted, Estimate, NotComputed
from surveyapp.stats.result import (
    FrequencyRow,
    FrequencyTable,
    GridItem,
    GridTable,
    MultiTable,
    NumericSummary,
    ProbabilitySummary,
    Result,
    TextSummary,
)

Facts = tuple[tuple[str, str], ...]


def caution() -> str:
    """What no interval covers."""
    return _("A census is answered by volunteers. The interval covers sampling noise only, not who chose to answer.")


def explain(
    result: Result, entry: ListedQuestion, key: str, *, sentence: str, actions: tuple[str, ...], small: int
) -> Explanation:
    """The selected mark (or, with `key` "", the question). `small` is the limit under which a count is small."""
    found: Explanation | None = None
    match result:
        case FrequencyTable() | MultiTable() if key:
            row = next((row for row in result.rows if str(row.code) == key), None)
            found = _explain_row(result, entry, row, actions, small) if row is not None else None
        case GridTable() if key:
            found = _explain_item(result, key, actions, small)
        case NumericSummary() | ProbabilitySummary() if key.isdigit():
            found = _explain_bin(result, entry, int(key), sentence, actions)
    if found is not None:
        return found
    if key and sentence:
        return _explain_sentence(result, entry, sentence, actions)
    return explain_question(result, entry, actions)


def explain_question(result: Result, entry: ListedQuestion, actions: tuple[str, ...]) -> Explanation:
    """The question as a whole: who answered, and what the figure rests on."""
    if isinstance(result, GridTable):
        sizes = [item.counted.n for item in result.items]
        counted = Counted(total=result.total, base=result.total, n=min(sizes, default=0))
        of = _("answered the item with the fewest answers, of %(people)s")
    else:
        counted = counted_of(result)
        of = _("of %(people)s answered")
    words = {
        True: _("Select a bar or a cell to see how it was counted."),
        False: result.reason if isinstance(result, NotComputed) else _("Free text is read, not counted."),
    }[not isinstance(result, NotComputed | TextSummary)]
    return Explanation(
        kind=_("Question"),
        title=entry.title,
        subtitle=_subtitle(entry),
        value=fmt_count(counted.n),
        of=of % {"people": fmt_people(counted.base)},
        facts=(*_summary_facts(result), *missing_facts(counted)),
        words=words,
        caution="" if isinstance(result, NotComputed | TextSummary) else caution(),
        actions=tuple(action for action in actions if not action.endswith((".filter_to", ".rows", ".copy_sentence"))),
        strip=words,
    )


def _subtitle(entry: ListedQuestion) -> str:
    """The question as asked, or how it was made of others."""
    question = entry.questions[0]
    if question.occurrence == DERIVED:
        return question.note
    return question.wording if not entry.grid and question.wording != entry.title else ""


def counted_of(result: Result) -> Counted:
    """Who a result is about; for a battery everybody in its base."""
    if isinstance(result, GridTable):
        return Counted(total=result.total, base=result.total, n=result.total)
    if isinstance(result, LogResult | PeopleResult):
        raise TypeError("a prediction log counts forecasts, not people: its own page explains it")
    return result.counted


def missing_facts(counted: Counted) -> Facts:
    """How many are missing, by kind."""
    words = {
        Missing.BLANK: _("Blank"),
        Missing.NOT_SHOWN: _("Not shown"),
        Missing.REFUSED: _("Did not want to say"),
        Missing.UNREADABLE: _("Unreadable"),
        Missing.OUT_OF_RANGE: _("Out of range"),
    }
    return tuple((words[kind], fmt_count(counted.missing[kind])) for kind in words if counted.missing.get(kind))


def interval_facts(estimate: Estimate, *, level: float, method: str, digits: int = 1) -> Facts:
    """The interval and how it was made."""
    if estimate.low is None or estimate.high is None:
        return ((_("Interval"), _("none")),)
    label = _("%(level)s interval") % {"level": fmt_percent(level)}
    interval = fmt_interval(estimate.low, estimate.high, digits=digits, percent=True)
    return ((label, interval), (_("Method"), method_name(method)))


def share_bar(estimate: Estimate, largest: float) -> ValueBar:
    """The bar under a share, to the next ten per cent above everything shown."""
    end = min(1.0, math.ceil(max(largest, estimate.high or 0.0, 0.1) * 10 - 1e-9) / 10)
    return ValueBar(
        value=estimate.value, end=end, low=estimate.low, high=estimate.high, start_words="0", end_words=fmt_percent(end)
    )


def _explain_row(
    result: FrequencyTable | MultiTable, entry: ListedQuestion, row: FrequencyRow, actions: tuple[str, ...], small: int
) -> Explanation:
    multi = isinstance(result, MultiTable)
    counted = result.counted
    base = counted.base if multi else counted.n
    estimate = Estimate(value=row.share, low=row.low, high=row.high)
    share = fmt_percent(row.share, 1)
    people = fmt_people_of(row.count, base)
    values = {"share": share, "label": row.label, "people": people}
    if multi:
        words = _("**%(people)s** who saw the question ticked “%(label)s”. They could tick several.")
    else:
        words = _("**%(people)s** who answered said “%(label)s”.")
    likely = _likely(estimate, result.level)
    return Explanation(
        kind=_("Selected answer"),
        title=row.label,
        subtitle=entry.title,
        value=share,
        of=people,
        bar=share_bar(estimate, max(other.high for other in result.rows)),
        facts=(
            *interval_facts(estimate, level=result.level, method=result.method),
            (_("Count"), fmt_count(row.count)),
            (_("Base: saw the question") if multi else _("Base: answered"), fmt_count(base)),
            *missing_facts(counted),
        ),
        words=f"{words % values} {likely}".strip(),
        caution=" ".join(filter(None, (few_words(row.count, small), caution()))),
        actions=actions,
    )


def _explain_item(result: GridTable, key: str, actions: tuple[str, ...], small: int) -> Explanation | None:
    name, _bar, step = key.rpartition("|")
    item = next((item for item in result.items if item.question in (key, name)), None)
    if item is None:
        return None
    if item.question == key or not step.isdigit():
        return _explain_upper(result, item, actions)
    number = int(step)
    count, label = item.counts[number], result.steps[number]
    from surveyapp.stats.interval import share_estimate

    estimate = share_estimate(count, item.counted.n, result.level)
    if item.weighting is not None:  # the interval of a single step is not kept with weights
        estimate = Estimate(value=item.shares[number])
    people = fmt_people_of(count, item.counted.n)
    values = {"people": people, "label": label, "item": item.label}
    words = _("**%(people)s** who answered “%(item)s” said “%(label)s”.") % values
    return Explanation(
        kind=_("Selected step"),
        title=label,
        subtitle=item.label,
        value=fmt_percent(item.shares[number], 1),
        of=people,
        bar=share_bar(estimate, max(item.shares)),
        facts=(
            *interval_facts(estimate, level=result.level, method=result.method),
            (_("Count"), fmt_count(count)),
            (_("Base: answered"), fmt_count(item.counted.n)),
            *missing_facts(item.counted),
        ),
        words=f"{words} {_likely(estimate, result.level)}".strip(),
        caution=" ".join(filter(None, (few_words(count, small), caution()))),
        actions=actions,
    )


def _explain_upper(result: GridTable, item: GridItem, actions: tuple[str, ...]) -> Explanation:
    share = fmt_percent(item.upper.value, 1)
    values = {"share": share, "steps": result.upper_label, "item": item.label}
    return Explanation(
        kind=_("Selected item"),
        title=item.label,
        subtitle=result.question,
        value=share,
        of=result.upper_label,
        bar=share_bar(item.upper, 1.0),
        facts=(
            *interval_facts(item.upper, level=result.level, method=result.method),
            *((step, fmt_count(count)) for step, count in zip(result.steps, item.counts, strict=True)),
            (_("Base: answered"), fmt_count(item.counted.n)),
            *missing_facts(item.counted),
        ),
        words=_("**%(share)s** answered “%(steps)s” to “%(item)s”.") % values,
        caution=caution(),
        actions=actions,
    )


def _explain_bin(
    result: NumericSummary | ProbabilitySummary,
    entry: ListedQuestion,
    number: int,
    sentence: str,
    actions: tuple[str, ...],
) -> Explanation:
    count = result.histogram.counts[number]
    share = result.histogram.share(number)
    people = fmt_people_of(count, result.counted.n)
    return Explanation(
        kind=_("Selected bar"),
        title=sentence.partition(":")[0],
        subtitle=entry.title,
        value=fmt_percent(share, 1),
        of=people,
        facts=((_("Count"), fmt_count(count)), *_summary_facts(result), *missing_facts(result.counted)),
        words=_("**%(people)s** who answered gave a value in this range.") % {"people": people},
        caution=caution(),
        actions=actions,
    )


def _explain_sentence(result: Result, entry: ListedQuestion, sentence: str, actions: tuple[str, ...]) -> Explanation:
    """A mark that is no single count: the middle half, folded answers, a row of measures."""
    counted = counted_of(result)
    return Explanation(
        kind=_("Selected"),
        title=entry.title,
        facts=(*_summary_facts(result), *missing_facts(counted)),
        words=sentence,
        caution=caution(),
        actions=tuple(action for action in actions if not action.endswith((".filter_to", ".rows"))),
    )


def _summary_facts(result: Result) -> Facts:
    """Median and mean with their intervals; ticks of a multiple choice; texts."""
    match result:
        case NumericSummary():
            return _measure_facts(result, share=False)
        case ProbabilitySummary():
            return _measure_facts(result, share=True)
        case MultiTable():
            return ((_("Ticks"), fmt_count(result.ticks)), (_("Ticked nothing"), fmt_count(result.none_ticked)))
        case TextSummary():
            return ((_("Different texts"), fmt_count(result.n_distinct)),)
        case _:
            return ()


def _measure_facts(result: NumericSummary | ProbabilitySummary, *, share: bool) -> Facts:
    def words(value: float) -> str:
        return fmt_percent(value, 1) if share else fmt_number(value)

    facts: list[tuple[str, str]] = []
    for name, estimate in ((_("Median"), result.median), (_("Mean"), result.mean)):
        facts.append((name, words(estimate.value)))
        if estimate.low is not None and estimate.high is not None:
            label = _("%(level)s interval") % {"level": fmt_percent(result.level)}
            digits = 1 if share else None
            facts.append((label, fmt_interval(estimate.low, estimate.high, digits=digits, percent=share)))
    if result.sd is not None:
        facts.append((_("Standard deviation"), words(result.sd)))
    return tuple(facts)


def _likely(estimate: Estimate, level: float) -> str:
    if estimate.low is None or estimate.high is None:
        return ""
    return _("Shares from %(low)s to %(high)s fit this count (%(level)s).") % {
        "low": fmt_percent(estimate.low, 1),
        "high": fmt_percent(estimate.high, 1),
        "level": fmt_percent(level),
    }


def few_words(count: int, limit: int = 10) -> str:
    """That a number rests on few people, "" where it does not."""
    if not 0 < count < limit:
        return ""
    words = ngettext("Only %(n)s person: read it with care.", "Only %(n)s people: read it with care.", count)
    return words % {"n": fmt_count(count)}
