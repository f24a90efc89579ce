"""Groups of answers that may mean the same, each with its evidence; a person decides what is merged.

Sure are: spellings that differ only in capitals, spaces, punctuation or accents, and different names of one country,
language or city where the question is about such. Everything else (a code, a part, an ending, initials, a letter or two
in a rare text beside a common one) is only shown.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace

from surveyapp.base.i18n import _
from surveyapp.domain.question import Question
from surveyapp.importers.alike.key import LONGEST, initials, is_short_form, is_typo, loose_key, plain_key, without_note
from surveyapp.importers.alike.name import Names, names_for
from surveyapp.importers.cell import lexicon
from surveyapp.importers.cell.wording import clean, fold

COMMON = 3
"""A mistyped text is compared with what at least so many people gave, ..."""
RARER = 4
"""... so many times as many as gave it itself."""
CASED = 10
"""A spelling with a capital in front names the answer, unless so many times as many people typed none or only such."""
_SHORT_NAME = 4
"""Capitals that may be right: "USSR"."""
MAX_TEXTS = 3000


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One text of a group: how many people gave it, the evidence in words, and whether it is `sure` to belong."""

    text: str
    count: int
    why: str
    sure: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Texts that may mean the same. `label` is the proposed one, a member: the first, which is the commonest choice or,
    of those that differ in capitals only, the one with a capital in front. `official` is the name of the thing in the
    lists, "" if it has none."""

    label: str
    members: tuple[Member, ...]
    official: str = ""

    @property
    def count(self) -> int:
        """People in the group."""
        return sum(member.count for member in self.members)

    @property
    def sure(self) -> tuple[Member, ...]:
        """The members that can be merged without a look, the label's own included; () if it stands alone."""
        found = tuple(member for member in self.members if member.sure)
        return found if len(found) > 1 else ()


@dataclass(slots=True)
class _Bunch:
    """Texts of one key: the first names them."""

    texts: list[tuple[str, int]]
    official: str = ""

    @property
    def head(self) -> str:
        return self.texts[0][0]

    @property
    def count(self) -> int:
        return sum(count for _text, count in self.texts)


def suggest_groups(question: Question, counted: Sequence[tuple[str, int]]) -> tuple[Group, ...]:
    """The groups among these texts (choices and write-ins, with how many people gave each), the largest first.

    Labels of choices come before write-ins as the group's label. Texts that are aliases already should be left out.
    Steps of an order are compared by their spelling only: "agree" and "disagree" are not alike.
    """
    labels = {choice.label for choice in question.choices}
    aside = {choice.label for choice in question.choices if choice.other or choice.missing is not None}
    short = [(text, count) for text, count in counted if len(text) <= LONGEST]
    some = sorted(short, key=lambda one: (one[0] not in labels, -one[1], one[0]))[:MAX_TEXTS]
    some = [(text, count) for text, count in some if text not in aside and not _says_nothing(text)]
    names = None if question.ordered else names_for(f"{question.name} {question.wording} {question.column}", some)
    bunches = _bunches(some, names, labels)
    attached = {} if question.ordered else _attach(bunches, names)
    groups = [_group(bunch, names, attached.get(n, [])) for n, bunch in enumerate(bunches) if n not in _taken(attached)]
    found = [group for group in (_settled(group, question) for group in groups) if len(group.members) > 1]
    return tuple(sorted(found, key=lambda group: (-group.count, group.label)))


def _settled(group: Group, question: Question) -> Group:
    """Without the members of which a person said that they mean something else than the label."""
    other = {text for texts in question.apart if group.label in texts for text in texts} - {group.label}
    if not other:
        return group
    return replace(group, members=tuple(member for member in group.members if member.text not in other))


def _says_nothing(text: str) -> bool:
    return not any(map(str.isalnum, text)) or fold(text) in lexicon.OTHER or fold(text) in lexicon.REFUSED


def _taken(attached: dict[int, list[tuple[_Bunch, str, int]]]) -> set[int]:
    return {number for own in attached.values() for _bunch, _why, number in own}


def _bunches(counted: Sequence[tuple[str, int]], names: Names | None, labels: Collection[str]) -> list[_Bunch]:
    """Texts that are surely one thing, in the order of their commonest; `labels` are those of choices."""
    found: dict[str, _Bunch] = {}
    for text, count in counted:
        named = names.find(text) if names else None
        official = named.name if named and named.sure else ""
        key = f"= {official}" if official else plain_key(clean(text))
        found.setdefault(key, _Bunch([], official)).texts.append((text, count))
    for bunch in found.values():
        _lead_by_case(bunch.texts, labels)
    return list(found.values())


def _lead_by_case(texts: list[tuple[str, int]], labels: Collection[str]) -> None:
    """Put "Canada" before "CANADA" and "canada", though more people typed it so: the first names the answer."""
    head, count = texts[0]
    if not (head.islower() or (head.isupper() and sum(map(str.isalpha, head)) > _SHORT_NAME)):
        return
    for place, (text, own) in enumerate(texts):
        same = fold(clean(text)) == fold(clean(head)) and (text in labels) == (head in labels)
        if same and CASED * own >= count and text[:1].isupper() and not text.isupper():
            texts.insert(0, texts.pop(place))
            return


def _attach(bunches: list[_Bunch], names: Names | None) -> dict[int, list[tuple[_Bunch, str, int]]]:
    """For the number of a bunch those that may belong to it: (bunch, evidence, number). No chains: what is attached
    has nothing attached."""
    order = sorted(range(len(bunches)), key=lambda n: (not bunches[n].official, -bunches[n].count))
    finders = (_by_name(bunches, names), _by_ending(bunches, order), _by_initials(bunches), _by_typo(bunches))
    attached: dict[int, list[tuple[_Bunch, str, int]]] = defaultdict(list)
    taken: set[int] = set()
    for number in reversed(order):  # the rarest first
        if bunches[number].official or number in attached:
            continue
        for find in finders:
            target, why = find(number)
            if target is not None and target != number and target not in taken:
                attached[target].append((bunches[number], why, number))
                taken.add(number)
                break
    return dict(attached)


_Find = Callable[[int], tuple[int | None, str]]


def _by_name(bunches: list[_Bunch], names: Names | None) -> _Find:
    """A code or a part of a thing that others called by its name."""
    places = {bunch.official: n for n, bunch in enumerate(bunches) if bunch.official}

    def find(number: int) -> tuple[int | None, str]:
        named = names.find(bunches[number].head) if names else None
        return (places.get(named.name), _("perhaps the same")) if named else (None, "")

    return find


def _by_ending(bunches: list[_Bunch], order: list[int]) -> _Find:
    keys = [loose_key(bunch.head) for bunch in bunches]
    places: dict[str, int] = {}
    for n in order:
        places.setdefault(keys[n], n)

    def find(number: int) -> tuple[int | None, str]:
        place, head = places[keys[number]], bunches[number].head
        if place != number:
            return place, _("the same but for an ending")
        bare = without_note(head)
        return (None if bare == head else places.get(loose_key(bare))), _("the same but for a note in brackets")

    return find


def _by_initials(bunches: list[_Bunch]) -> _Find:
    places: dict[str, list[int]] = defaultdict(list)
    for n, bunch in enumerate(bunches):
        if short := initials(bunch.head):
            places[short].append(n)

    def find(number: int) -> tuple[int | None, str]:
        head = bunches[number].head
        found = places.get(plain_key(head), []) if is_short_form(head) else []
        return (found[0], _("its initials")) if len(found) == 1 else (None, "")

    return find


def _by_typo(bunches: list[_Bunch]) -> _Find:
    """A rare text a letter or two away from a common one; two that are both known names never."""
    common: dict[tuple[str, int], list[tuple[str, int]]] = defaultdict(list)  # by first letter and length
    for n, bunch in enumerate(bunches):
        if bunch.count >= COMMON:
            for text, _count in bunch.texts[:4]:
                key = plain_key(text)
                common[key[:1], len(key)].append((text, n))

    def find(number: int) -> tuple[int | None, str]:
        head, count = bunches[number].head, bunches[number].count
        key = plain_key(head)
        for step in (0, 1, -1, 2, -2):
            for other, n in common.get((key[:1], len(key) + step), ()):
                if bunches[n].count >= RARER * count and is_typo(head, other):
                    return n, _("nearly the same letters")
        return None, ""

    return find


def _group(bunch: _Bunch, names: Names | None, attached: list[tuple[_Bunch, str, int]]) -> Group:
    head = bunch.head
    members = [Member(text=head, count=bunch.texts[0][1], why="", sure=True)]
    for text, count in bunch.texts[1:]:
        members.append(Member(text=text, count=count, why=_spelling(head, text, names), sure=True))
    for other, why, _number in attached:
        members += [Member(text=text, count=count, why=why, sure=False) for text, count in other.texts]
    return Group(label=head, members=tuple(members), official=bunch.official)


def _spelling(head: str, text: str, names: Names | None) -> str:
    if fold(clean(head)) == fold(clean(text)):
        return _("only capitals, spaces or punctuation differ")
    if plain_key(clean(head)) == plain_key(clean(text)):
        return _("only accents differ")
    return names.evidence if names else ""
