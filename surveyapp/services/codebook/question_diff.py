"""In what two codebook entries differ, field by field and in words: for a person who decides between them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count, fmt_number
from surveyapp.domain.question import LETTERS_AS_TYPED, Choice, DatePart, Question, RangeRule
from surveyapp.importers.cell.round_trip import trip_title, trip_words
from surveyapp.importers.problem.bound_words import bounds_words
from surveyapp.importers.profile import kind_label, role_label
from surveyapp.services.answer_grid import missing_words

_SHOWN = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldDiff:
    """One difference: what it is called, what it is and what it would be ("" = nothing)."""

    label: str
    before: str
    after: str


def differences(before: Question, after: Question) -> tuple[FieldDiff, ...]:
    """Every difference, what decides on the reading first; () for entries that are alike."""
    found = [
        FieldDiff(label=label, before=words(before), after=words(after))
        for label, words in _parts()
        if words(before) != words(after)
    ]
    if before.choices != after.choices:
        found.insert(0, _answers(before, after))
    if not found and before != after:
        found.append(FieldDiff(label=_("Details"), before="", after=_("changed")))
    return tuple(found)


def _answers(before: Question, after: Question) -> FieldDiff:
    """The answers that would go and those that would come; what else is different if they are the same."""
    old, new = [_choice(choice) for choice in before.choices], [_choice(choice) for choice in after.choices]
    gone, come = [words for words in old if words not in new], [words for words in new if words not in old]
    if gone or come:
        return FieldDiff(label=_("Answers"), before=_listed(gone), after=_listed(come))
    if [choice.label for choice in before.choices] != [choice.label for choice in after.choices]:
        return FieldDiff(label=_("Order of answers"), before=_listed(old), after=_listed(new))
    return FieldDiff(label=_("Codes of answers"), before=_numbers(before), after=_numbers(after))


def _numbers(question: Question) -> str:
    return _listed([f"{choice.code} = {choice.label}" for choice in question.choices])


def _parts() -> list[tuple[str, Callable[[Question], str]]]:
    return [
        (_("Read as"), kind_label),
        (_("Role"), lambda q: role_label(q) or q.role.value.replace("plain", "")),
        (_("Answers have an order"), lambda q: _yes(q.ordered)),
        (_("No other answers"), lambda q: _yes(q.closed)),
        (_("Capitals ignored"), lambda q: _yes(q.fold_labels)),
        (_("No answer"), _codes),
        (_("Read instead"), lambda q: _listed([f"{one.text} → {one.becomes}" for one in q.replacements])),
        (_("Ticks parted by"), lambda q: q.delimiter.strip()),
        (_("Unit"), lambda q: q.unit),
        (_("Lowest"), lambda q: _number(q.low)),
        (_("Highest"), lambda q: _number(q.high)),
        (_("Larger numbers divided by"), lambda q: _number(q.unit_factor or None)),
        (_("Ranges"), lambda q: range_words(q.ranges) if q.ranges else ""),
        (_("Limits"), lambda q: _yes(q.limits)),
        (_("Rates"), lambda q: _listed([f"1 {rate.unit} = {fmt_number(rate.factor)}" for rate in q.rates])),
        (_("Typed as"), lambda q: "" if q.percent else _("0 to 1")),
        (_("Shares told by"), lambda q: " ".join(q.shares.column.split()) if q.shares is not None else ""),
        (_("Letters"), lambda q: letters_words(q.letters)),
        (_("Kept apart"), lambda q: _listed([" / ".join(texts) for texts in q.apart])),
        (_("Is an answer"), lambda q: _listed(list(q.answers))),
        (_("Asked only of"), lambda q: shown_words(q)),
        (_("Other of"), lambda q: q.other_of),
        (_("Multiple choice"), lambda q: "" if q.part else q.multi),
        (_("Part of a date"), part_of_date),
        (_("Battery"), lambda q: q.grid),
        (_("Short name"), lambda q: q.name),
        (_("Question"), lambda q: q.text),
        (_("Section"), lambda q: q.section),
        (_("Pair"), lambda q: fmt_count(q.pair) if q.pair else ""),
        (_("Answer key"), lambda q: _number(q.key.value) if q.key else ""),
        (_("Right answer"), lambda q: q.expected),
        (_("Out of public files"), lambda q: _yes(q.sensitive)),
        (_("Left out"), lambda q: _yes(q.left_out)),
        (_("Note"), lambda q: q.note),
    ]


def part_of_date(question: Question) -> str:
    """Which part of which date a column holds: "year of “Birth date”", "" for no date."""
    if not question.part:
        return ""
    words = {
        DatePart.YEAR: _("year of “%(date)s”"),
        DatePart.MONTH: _("month of “%(date)s”"),
        DatePart.DAY: _("day of “%(date)s”"),
    }[question.part]
    return words % {"date": question.multi}


def range_words(rule: RangeRule) -> str:
    """What number a typed range counts as."""
    return {
        RangeRule.UNREAD: _("unreadable"),
        RangeRule.LOW: _("their lower end"),
        RangeRule.MIDDLE: _("their middle"),
        RangeRule.HIGH: _("their upper end"),
    }[rule]


def letters_words(letters: str) -> str:
    """How the letters of a column are repaired, "" if as those of the file."""
    return _("as typed") if letters == LETTERS_AS_TYPED else trip_words(letters)


def letters_title(letters: str) -> str:
    """The same in few words, for a menu."""
    return trip_title(letters)


def shown_words(question: Question) -> str:
    """Of whom a question was asked, "" for everybody."""
    shown = question.shown_if
    if shown is None:
        return ""
    labels = " / ".join((*shown.labels, *([bounds_words(shown.bounds)] if shown.bounds else [])))
    return _("%(labels)s in “%(column)s”") % {"labels": labels, "column": " ".join(shown.column.split())[:60]}


def _choice(choice: Choice) -> str:
    parts = [choice.label]
    if choice.aliases:
        words = ngettext("+ %(n)s text", "+ %(n)s texts", len(choice.aliases))
        parts.append(words % {"n": fmt_count(len(choice.aliases))})
    if choice.missing is not None:
        parts.append(f"({missing_words(choice.missing)})")
    return " ".join(parts)


def _codes(question: Question) -> str:
    found = []
    for code in question.missing_codes:
        words = f"{code.text} = {missing_words(code.meaning)}"
        found.append(_("%(code)s, only among others") % {"code": words} if code.only_with_neighbours else words)
    return _listed(found)


def _listed(items: list[str]) -> str:
    shown = "; ".join(items[:_SHOWN])
    more = len(items) - _SHOWN
    return _("%(items)s and %(n)s more") % {"items": shown, "n": fmt_count(more)} if more > 0 else shown


def _yes(on: bool) -> str:
    return _("yes") if on else _("no")


def _number(value: float | None) -> str:
    return "" if value is None else fmt_number(value)
