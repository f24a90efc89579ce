"""Sections: which questions a census author would have put under one heading."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from surveyapp.base.i18n import _
from surveyapp.domain.question import TOOL_ROLES, Kind, Question, Role
from surveyapp.importers.cell.wording import words
from surveyapp.importers.guess.topic import Topic, topic_scores

SMALL_FORM = 12
"""A form with fewer columns has one section."""

_MIN_NAMED = 3
_MIN_STEM = 5
_MIN_TOPIC = 2
_END = 0.9
"""Behind it, texts about nothing in particular belong to the end of the form."""
_PREFIX = re.compile(r"^(?P<name>[^:–—]{2,40}?)\s*(?::|\s[–—])\s+\S")
_GROUP_CODE = re.compile(r"^G(?P<number>\d{1,2})Q\d+")
_NO_STEM = frozenset(("number", "hours", "time", "type", "question", "more", "q", "p", "is", "do", "how", "what", "my"))
_FORM_ROLES = TOOL_ROLES | {Role.CONSENT, Role.ATTENTION}
_APART = (Topic.FORM, Topic.PROBABILITY, Topic.CALIBRATION, Topic.FEEDBACK)
"""Topics that a question without evidence never belongs to only because it stands beside."""

Heading = str | Topic


def assign_sections(questions: Sequence[Question]) -> tuple[Question, ...]:
    """The questions with their sections: named in the headers, else by topic in the order of the form.

    Where nothing at all is known, and in small forms, everything is one section "Questions".
    """
    headings: list[Heading | None] = [None] * len(questions)
    if len(questions) >= SMALL_FORM:
        headings = _smooth(_headings(questions))
    titles = [_title(heading) for heading in headings]
    return tuple(replace(question, section=title) for question, title in zip(questions, titles, strict=True))


def no_section() -> str:
    """The section of questions about nothing known."""
    return _("Questions")


def _title(heading: Heading | None) -> str:
    if heading is None:
        return no_section()
    return heading.heading if isinstance(heading, Topic) else heading


def _headings(questions: Sequence[Question]) -> list[Heading | None]:
    """What each question tells by itself, its battery and its header."""
    topics: list[Topic | None] = []
    for grid, group in groupby(enumerate(questions), key=lambda pair: pair[1].grid or pair[0]):
        members = [question for _place, question in group]
        own = [_topic(question, (len(topics) + n) / len(questions)) for n, question in enumerate(members)]
        topics += own if isinstance(grid, int) else [_common(grid, members, own)] * len(members)
    named = _named(questions, topics)
    return [named.get(place, topic) for place, topic in enumerate(topics)]


def _common(grid: str, members: list[Question], own: list[Topic | None]) -> Topic | None:
    """One topic for a battery: what its title says, else most of its items."""
    scores = Counter(topic_scores(words(grid)))
    if all(question.kind is Kind.PROBABILITY for question in members):
        return Topic.PROBABILITY
    scores.update(topic for topic in own if topic is not None)
    return max(scores, key=lambda topic: scores[topic], default=None)


def _topic(question: Question, place: float) -> Topic | None:
    """What a single question is about; `place` is where it stands in the form, from 0 to 1."""
    if question.role in _FORM_ROLES or question.kind is Kind.IDENTIFIER:
        return Topic.FORM
    if question.role in (Role.ESTIMATE, Role.CONFIDENCE):
        return Topic.CALIBRATION
    scores = topic_scores(f"{words(question.wording)} | {question.name.lower()}")
    if question.kind is Kind.PROBABILITY:
        return Topic.CALIBRATION if Topic.CALIBRATION in scores else Topic.PROBABILITY
    if place < _END:
        scores.pop(Topic.FEEDBACK, None)
    elif question.kind is Kind.TEXT and max(scores.values(), default=0) <= 1:
        return Topic.FEEDBACK
    return max(scores, key=lambda topic: scores[topic], default=None)  # the earlier topic if equal


def _named(questions: Sequence[Question], topics: Sequence[Topic | None]) -> dict[int, str]:
    """Sections that the headers name: "Money: ...", group codes, common first words of codes."""
    prefixes = {n: match["name"].strip() for n, q in enumerate(questions) if (match := _PREFIX.match(q.column))}
    codes = {
        n: _("Group %(n)s") % {"n": int(match["number"])}
        for n, q in enumerate(questions)
        if (match := _GROUP_CODE.match(q.column))
    }
    stems = {n: stem for n, q in enumerate(questions) if (stem := _stem(q)) and topics[n] not in _APART}
    lots = Counter(stems.values())
    known = {stems[n] for n in stems if topics[n] is not None}
    stems = {n: s for n, s in stems.items() if lots[s] >= _MIN_STEM or (s not in known and lots[s] >= _MIN_NAMED)}
    return {**stems, **_shared(codes), **_shared(prefixes)}


def _shared(names: dict[int, str]) -> dict[int, str]:
    tally = Counter(names.values())
    return {place: name for place, name in names.items() if tally[name] >= _MIN_NAMED}


def _stem(question: Question) -> str:
    """ "Akrasia" for "AkrasiaIllness", "" for headers that are no codes of several words."""
    code = question.column.strip()
    first = words(code).split(" ")[0]
    if " " in code or len(first) < 4 or first in _NO_STEM or len(first) == len(code):
        return ""
    return first.capitalize()


def _smooth(headings: list[Heading | None]) -> list[Heading | None]:
    """Questions without a heading go with their neighbours; one that is alone under its heading splits no run."""
    tally = Counter(heading for heading in headings if heading is not None)
    kept = list(headings)
    for place, heading in enumerate(headings[1:-1], 1):
        around = {headings[place - 1], headings[place + 1]}
        if heading is not None and tally[heading] < _MIN_TOPIC and heading not in _APART and len(around) == 1:
            kept[place] = None
    return [
        heading if heading is not None else _beside(kept, place) or headings[place]
        for place, heading in enumerate(kept)
    ]


def _beside(headings: Sequence[Heading | None], place: int) -> Heading | None:
    """The heading on both sides, else the nearest that may spread, before the question or else behind it."""
    if 0 < place < len(headings) - 1 and headings[place - 1] == headings[place + 1] is not None:
        return headings[place - 1]
    for step in (-1, 1):
        at = place + step
        while 0 <= at < len(headings):
            found = headings[at]
            if found is not None and found not in _APART:
                return found
            at += step
    return None
