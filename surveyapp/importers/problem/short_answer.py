"""Yes and no typed as a letter beside the words: "Y" where others said "Yes" and "No"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from surveyapp.base.i18n import _
from surveyapp.domain.question import Question
from surveyapp.importers.alike.group import Group, Member
from surveyapp.importers.cell.wording import fold

_PAIRS = (("yes", "no"), ("ja", "nein"), ("oui", "non"), ("sí", "no"), ("да", "нет"), ("true", "false"))


def with_short_answers(
    question: Question, counted: Sequence[tuple[str, int]], groups: Sequence[Group]
) -> tuple[Group, ...]:
    """The groups, and in those of yes and no their first letters; only where both words are answers of the list."""
    labels = {fold(choice.label): choice.label for choice in question.choices if choice.missing is None}
    pair = next((pair for pair in _PAIRS if all(word in labels for word in pair)), None)
    if pair is None:
        return tuple(groups)
    counts = dict(counted)
    found = [group for group in groups if fold(group.label) not in (pair[0][0], pair[1][0])]
    for word in pair:
        label = labels[word]
        letters = [text for text in counts if fold(text) == word[0] and not _apart(question, label, text)]
        if not letters:
            continue
        place = next((n for n, group in enumerate(found) if fold(group.label) == word), None)
        if place is None:
            found.append(Group(label=label, members=(_member(label, counts.get(label, 0), ""),)))
            place = len(found) - 1
        more = [_member(text, counts[text], _("the first letter of the answer")) for text in letters]
        found[place] = replace(found[place], members=(*found[place].members, *more))
    return tuple(found)


def _member(text: str, count: int, why: str) -> Member:
    return Member(text=text, count=count, why=why, sure=True)


def _apart(question: Question, label: str, text: str) -> bool:
    """Whether a person said that they mean something else."""
    return any(label in texts and text in texts for texts in question.apart)
