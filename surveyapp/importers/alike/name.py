"""Things with several names: countries, languages, big cities (resources/names)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from surveyapp.base.i18n import _
from surveyapp.base.paths import bundled
from surveyapp.importers.alike.key import LONGEST, name_key
from surveyapp.importers.cell.wording import words

_ENOUGH = 0.5
_ENOUGH_ASKED = 0.2
"""So many answers must be known names, so many if the question asks for such a thing by name."""


class Thing(StrEnum):
    """What a list of names is about."""

    COUNTRY = "country"
    CITY = "city"
    LANGUAGE = "language"


_ASKED = {
    Thing.COUNTRY: ("country", "countries", "nation", "nationality", "страна", "стране", "land"),
    Thing.CITY: ("city", "town", "cities", "metro", "город", "городе", "stadt"),
    Thing.LANGUAGE: ("language", "languages", "язык", "sprache"),
}


@dataclass(frozen=True, slots=True)
class Named:
    """What a text is the name of. Not `sure`: a code or a part of it, or a word that may mean another thing."""

    name: str
    sure: bool


@dataclass(frozen=True, slots=True)
class Names:
    """The names of one kind of thing."""

    thing: Thing
    known: dict[str, Named]

    def find(self, text: str) -> Named | None:
        """The thing of that name, or of the name before a comma ("Paris, France")."""
        if len(text) > LONGEST:
            return None
        found = self.known.get(name_key(text))
        if found is None and self.thing is Thing.CITY and "," in text:
            before = self.known.get(name_key(text.split(",", 1)[0]))
            return None if before is None else Named(before.name, False)
        return found

    @property
    def evidence(self) -> str:
        """ "same country"."""
        return {
            Thing.COUNTRY: _("same country"),
            Thing.CITY: _("same city"),
            Thing.LANGUAGE: _("same language"),
        }[self.thing]


@lru_cache(maxsize=3)
def load_names(thing: Thing) -> Names:
    """The names of one kind of thing. A name given twice is nobody's."""
    known: dict[str, Named] = {}
    unsure: dict[str, Named | None] = {}
    for line in bundled(f"names/{thing.value}.txt").read_text("utf-8").splitlines():
        sure, sign, rest = line.partition("\t|\t")
        if not sign:
            sure, _sign, rest = line.partition("\t~\t")
        names = sure.split("\t")
        for name in names:
            known.setdefault(name_key(name), Named(names[0], True))
        for other in rest.split("\t"):
            if len(other) > 1:
                key = name_key(other)
                unsure[key] = Named(names[0], False) if key not in unsure else None
    found = {key: named for key, named in unsure.items() if named is not None}
    return Names(thing, found | known)


def names_for(question_words: str, counted: Sequence[tuple[str, int]]) -> Names | None:
    """The names that the answers of a question are mostly made of; None for an ordinary question.

    `question_words` is its wording, `counted` its different texts with how many people gave them.
    """
    asked = set(words(question_words).replace("?", " ").replace(",", " ").split())
    total = sum(count for _text, count in counted)
    best, found = 0.0, None
    for thing in Thing:
        names = load_names(thing)
        sure = sum(count for text, count in counted if (named := names.find(text)) is not None and named.sure)
        share = sure / total if total else 0.0
        if share >= (_ENOUGH_ASKED if asked.intersection(_ASKED[thing]) else _ENOUGH) and share > best:
            best, found = share, names
    return found
