"""Answers to a closed question that surely mean the same: another spelling, another name of the same country."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count
from surveyapp.domain.question import Kind, Question
from surveyapp.domain.wave import Fix, Problem, Severity
from surveyapp.importers.alike.group import Group, suggest_groups
from surveyapp.importers.alike.name import Thing, names_for
from surveyapp.importers.cell.wording import clean, fold
from surveyapp.importers.problem.column_problem import build_problem, keep_fix
from surveyapp.importers.problem.merge import coded, find_label, merged
from surveyapp.importers.problem.short_answer import with_short_answers
from surveyapp.importers.problem.view import View
from surveyapp.importers.problem.written import written_texts


def lookalikes(view: View, place: int) -> Problem | None:
    """The groups that can be merged without a look, as one problem; None without any. What only may be alike is shown
    where answers are merged by hand."""
    question = view.questions[place]
    counted = answers_of(view, place)
    suggested = with_short_answers(question, counted, suggest_groups(question, counted))
    groups = [group for group in suggested if _mergeable(question, group)]
    if not groups:
        return None
    into = {clean(member.text): group.label for group in groups for member in group.sure[1:]}
    texts = [[member.text for member in group.sure] for group in groups]
    responses = view.places(place, lambda raw: clean(raw) in into)
    n = sum(map(len, texts))
    return build_problem(
        view,
        place,
        "lookalike",
        severity=Severity.LOOK,
        title=_title(question, counted, n) % {"n": fmt_count(n), "name": question.title},
        detail=_detail(groups),
        responses=responses,
        fixes=(Fix(action="merge", label=_("Count as one"), value=json.dumps(texts, ensure_ascii=False)), keep_fix()),
        after=lambda raw: into.get(clean(raw), raw),
    )


def answers_of(view: View, place: int) -> list[tuple[str, int]]:
    """What people answered, with counts: the choices by their labels, and what was written in."""
    question = view.questions[place]
    if question.kind is Kind.MULTI:
        return _ticked(view, place)
    known = {clean(alias) for choice in question.choices for alias in choice.aliases}
    return [(text, count) for text, count in view.samples[place].cells if text not in known]


def _ticked(view: View, place: int) -> list[tuple[str, int]]:
    reading = view.read(place)
    counts = dict(view.samples[place].cells)
    counted = [(entry, counts.get(clean(entry.raw), 0)) for entry in reading.entries]
    written = written_texts(reading.question, counted)
    tally = dict.fromkeys((choice.code for choice in reading.question.choices), 0)
    for entry, count in counted:
        for code in entry.value if isinstance(entry.value, tuple) else ():
            tally[code] += count
    labels: Counter[str] = Counter()
    for choice in reading.question.choices:
        labels[choice.label] += tally[choice.code]
    return [*labels.items(), *written.open.items()]


def _mergeable(question: Question, group: Group) -> bool:
    """Whether the group has a choice to be merged into, and more than the reading folds already."""
    if not group.sure or find_label(question, group.label) is None:
        return False
    folded = question.fold_labels and len({fold(member.text) for member in group.sure}) == 1
    return not folded


def _title(question: Question, counted: Sequence[tuple[str, int]], n: int) -> str:
    names = None if question.ordered else names_for(f"{question.name} {question.wording}", counted)
    match names.thing if names else None:
        case Thing.COUNTRY:
            return ngettext("%(n)s country name looks alike", "%(n)s country names look alike", n)
        case Thing.CITY:
            return ngettext("%(n)s city name looks alike", "%(n)s city names look alike", n)
        case Thing.LANGUAGE:
            return ngettext("%(n)s language name looks alike", "%(n)s language names look alike", n)
        case _:
            return _("%(n)s answers to “%(name)s” look alike")


def _detail(groups: Sequence[Group]) -> str:
    why = sorted({member.why for group in groups for member in group.sure[1:]})
    return _("Evidence: %(why)s.") % {"why": "; ".join(why)}


def merge_texts(question: Question, value: str) -> Question:
    """The entry in which, of each list of texts in `value` (JSON), all mean the choice named by the first.

    Without a value, choices that differ only in capitals, spaces or punctuation are one: of each the first.
    """
    groups = json.loads(value) if value else _folded_groups(question)
    spelled = any(fold(text) == fold(group[0]) for group in groups for text in group[1:])
    for head, *others in groups:
        target = find_label(question, head)
        if target is None:
            continue
        choices = [choice.code for text in others if (choice := find_label(question, text)) is not None]
        question = merged(question, choices, target.code)
        question = coded(question, [text for text in others if find_label(question, text) is None], target.code)
    if spelled and not question.fold_labels:  # the next file may hold yet other spellings
        question = replace(question, fold_labels=True)
    return question


def _folded_groups(question: Question) -> list[list[str]]:
    groups: dict[str, list[str]] = {}
    for choice in question.choices:
        groups.setdefault(fold(choice.label), []).append(choice.label)
    return [labels for labels in groups.values() if len(labels) > 1]
