"""What a column holds, for the preview: a few bars, a sentence, counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count
from surveyapp.domain.column import CodedColumn, Entry
from surveyapp.domain.question import TOOL_ROLES, Kind, Missing, Question, Role
from surveyapp.importers.cell.number_reader import asks_year
from surveyapp.importers.coding import code_plan_column
from surveyapp.importers.mark.quality import expected_answers
from surveyapp.importers.plan import ImportPlan

MAX_BARS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnProfile:
    """One line of the preview. `label` is what it is read as ("One choice + other"), `role` the small line below
    ("Attention check", "Pair 1", ""), `spark` at most 20 bar heights (counts). n_blank + n_unread + n_read = responses;
    `n_unread` are unreadable and out of range, `n_read` includes `n_write_in`. `examples` are the commonest texts
    with their counts, at most five."""

    label: str
    role: str
    spark: tuple[int, ...]
    summary: str
    n_blank: int
    n_read: int
    n_unread: int
    n_write_in: int = 0
    examples: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class _Counted:
    """A coded column with how often each entry comes."""

    question: Question
    entries: Sequence[Entry]
    counts: NDArray[np.int64]

    def total(self, *missing: Missing | None) -> int:
        return sum(int(n) for entry, n in zip(self.entries, self.counts, strict=True) if entry.missing in missing)

    def answers(self) -> list[tuple[Entry, int]]:
        return [
            (entry, int(n)) for entry, n in zip(self.entries, self.counts, strict=True) if n and entry.missing is None
        ]


def profile(plan: ImportPlan, question: Question) -> ColumnProfile:
    """The profile of that question's column as it would be read now. Raises KeyError for an unknown column."""
    column = code_plan_column(plan, plan.position(question.column, question.occurrence))
    return profile_column(column)


def profile_column(column: CodedColumn) -> ColumnProfile:
    """The profile of any coded column, stored ones included."""
    counted = _Counted(
        column.question, column.entries, np.bincount(np.array(column.index), minlength=len(column.entries))
    )
    unread = counted.total(Missing.UNREADABLE, Missing.OUT_OF_RANGE)
    read = counted.total(None)
    spark, summary = _picture(counted, read, unread)
    return ColumnProfile(
        label=kind_label(column.question),
        role=role_label(column.question),
        spark=spark,
        summary=summary,
        n_blank=len(column) - read - unread,
        n_read=read,
        n_unread=unread,
        n_write_in=sum(n for entry, n in counted.answers() if entry.write_in),
        examples=_commonest(counted),
    )


def kind_label(question: Question) -> str:
    """What the column is read as, in words."""
    if question.kind is Kind.SINGLE:
        return _single_label(question)
    if question.kind is Kind.SCALE and question.choices:
        return _("Scale %(low)s–%(high)s") % {"low": question.choices[0].label, "high": question.choices[-1].label}
    return {
        Kind.MULTI: _("Several choices"),
        Kind.NUMBER: _("Estimate") if question.role is Role.ESTIMATE else _("Number"),
        Kind.PROBABILITY: _("Confidence") if question.role is Role.CONFIDENCE else _("Probability"),
        Kind.SCALE: _("Scale"),
        Kind.TICK: _("Ticked or not"),
        Kind.DATE: _("Date and time") if question.role is Role.TIMESTAMP else _("Date"),
        Kind.TEXT: _("Text"),
        Kind.IDENTIFIER: _("Identifier"),
        Kind.EMPTY: _("Empty"),
    }[question.kind]


def _single_label(question: Question) -> str:
    if {choice.label.casefold() for choice in question.choices} == {"yes", "no"}:
        return _("Yes or no")
    if question.ordered:
        return _("Ordered choice")
    return _("One choice + other") if any(choice.other for choice in question.choices) else _("One choice")


def role_label(question: Question) -> str:
    """The small line below the kind."""
    if question.role in (Role.ESTIMATE, Role.CONFIDENCE):
        pair = _("Pair %(n)s") % {"n": question.pair}
        if question.key is not None:
            return _("%(pair)s, key %(key)s ± %(share)s %%") % {
                "pair": pair,
                "key": f"{question.key.value:g}",
                "share": f"{100 * question.key.tolerance:g}",
            }
        return pair
    if question.role in TOOL_ROLES:
        return _("System")
    return {Role.CONSENT: _("Consent"), Role.ATTENTION: _("Attention check")}.get(question.role, "")


def _commonest(counted: _Counted) -> tuple[tuple[str, int], ...]:
    tally: Counter[str] = Counter()
    for entry, n in zip(counted.entries, counted.counts, strict=True):
        if entry.raw:
            tally[entry.raw] += int(n)
    return tuple(tally.most_common(5))


def _picture(counted: _Counted, read: int, unread: int) -> tuple[tuple[int, ...], str]:
    question = counted.question
    if not read:
        return (), _("%(n)s not read") % {"n": fmt_count(unread)} if unread else _("no answers")
    if question.role is Role.ATTENTION:
        return _spark(counted), _attention(counted, read)
    match question.kind:
        case Kind.NUMBER | Kind.PROBABILITY:
            return _spark(counted), _numbers(counted, read, unread)
        case Kind.SINGLE | Kind.SCALE | Kind.MULTI:
            return _spark(counted), _choices(counted)
        case Kind.TICK:
            ticked = sum(int(n) for entry, n in counted.answers() if entry.value == 1)
            return _spark(counted), _("%(n)s ticked") % {"n": fmt_count(ticked)}
        case Kind.DATE:
            dates = sorted(str(entry.value) for entry, _n in counted.answers())
            first, last = dates[0][:10], dates[-1][:10]
            if first == last:
                return _spark(counted), first
            return _spark(counted), f"{first} – {last[5:] if first[:4] == last[:4] else last}"
        case Kind.IDENTIFIER:
            different = len(counted.answers())
            return (), _("%(n)s different") % {"n": fmt_count(different)}
        case _:
            sentence = ngettext("%(n)s text", "%(n)s texts", read)
            return _spark(counted), sentence % {"n": fmt_count(read)}


def _attention(counted: _Counted, read: int) -> str:
    right = expected_answers(counted.question)
    passed = sum(n for entry, n in counted.answers() if entry.raw.strip() in right)
    return _("%(right)s in %(n)s of %(all)s") % {
        "right": right[0] if right else "",
        "n": fmt_count(passed),
        "all": fmt_count(read),
    }


def _values(counted: _Counted) -> NDArray[np.float64]:
    pairs = [(float(entry.value), n) for entry, n in counted.answers() if isinstance(entry.value, (int, float))]
    return np.sort(np.repeat([value for value, _n in pairs], [n for _value, n in pairs]))


def _numbers(counted: _Counted, read: int, unread: int) -> str:
    values = _values(counted)
    form = ".6g" if asks_year(counted.question) and _are_years(values) else ",.6g"
    low, middle, high = (format(value, form) for value in (values[0], np.median(values), values[-1]))
    if counted.question.kind is Kind.PROBABILITY:
        return _("median %(n)s") % {"n": middle}
    if unread > 0.01 * read:
        return _("%(read)s read, %(unread)s not") % {"read": fmt_count(read), "unread": fmt_count(unread)}
    return _("median %(middle)s, range %(low)s–%(high)s") % {"middle": middle, "low": low, "high": high}


def _are_years(values: NDArray[np.float64]) -> bool:
    """Whether these read as calendar years: 2013, not 2,013."""
    low, high = np.quantile(values, (0.25, 0.75))
    return bool(low >= 1500 and high <= 2200 and (values == np.round(values)).all())


def _choices(counted: _Counted) -> str:
    question = counted.question
    options = [choice for choice in question.choices if not choice.other]
    if question.kind is Kind.SCALE:
        return _("mean %(n)s") % {"n": f"{float(_values(counted).mean()):.3g}"}
    if question.ordered and options:
        return f"{options[0].label} … {options[-1].label}"
    written = sum(n for entry, n in counted.answers() if entry.write_in)
    parts = [ngettext("%(n)s option", "%(n)s options", len(options)) % {"n": fmt_count(len(options))}]
    if written:
        parts.append(ngettext("%(n)s write-in", "%(n)s write-ins", written) % {"n": fmt_count(written)})
    return ", ".join(parts)


def _spark(counted: _Counted) -> tuple[int, ...]:
    """Bar heights: per choice for closed questions, per bin for numbers and dates, by length for texts."""
    question, answers = counted.question, counted.answers()
    if question.kind in (Kind.SINGLE, Kind.SCALE, Kind.MULTI, Kind.TICK):
        tally: Counter[int] = Counter()
        for entry, n in answers:
            for code in entry.value if isinstance(entry.value, tuple) else (entry.value,):
                tally[code] += n  # type: ignore[index]  # closed questions hold codes
        heights = [tally[choice.code] for choice in question.choices]
        if not question.ordered:
            heights.sort(reverse=True)
        return tuple(heights[:MAX_BARS])
    if question.kind is Kind.PROBABILITY:
        top = 100.0 if question.percent else 1.0
        return _binned(_values(counted), 0.0, top, 10)
    if question.kind is Kind.NUMBER:
        values = _values(counted)
        low, high = (float(edge) for edge in np.quantile(values, (0.01, 0.99)))
        return _binned(np.clip(values, low, high), low, high, min(12, len(np.unique(values))))
    if question.kind is Kind.DATE:
        days = np.array([str(entry.value)[:10] for entry, _n in answers], dtype="datetime64[D]").astype(np.float64)
        spread = np.repeat(days, [n for _entry, n in answers])
        return _binned(spread, float(spread.min()), float(spread.max()), MAX_BARS)
    lengths = np.repeat([len(entry.raw) for entry, _n in answers], [n for _entry, n in answers])
    return _binned(np.log1p(lengths), 0.0, float(np.log1p(lengths.max())), 8)


def _binned(values: NDArray[np.float64], low: float, high: float, bins: int) -> tuple[int, ...]:
    if high <= low:
        return (len(values),)
    heights, _edges = np.histogram(values, bins=max(1, bins), range=(low, high))
    return tuple(int(height) for height in heights)
