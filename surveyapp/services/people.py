"""Returning people: who is in two waves, by equal pseudonyms; nobody's name is needed for it."""

from __future__ import annotations

from dataclasses import dataclass

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count
from surveyapp.domain.column import CodedColumn
from surveyapp.domain.errors import UserError
from surveyapp.domain.question import Question
from surveyapp.domain.wave import Wave
from surveyapp.importers.cell.pseudonym import is_pseudonym
from surveyapp.importers.cell.wording import clean
from surveyapp.importers.matching import plain
from surveyapp.services.pseudonym import wave_print
from surveyapp.services.session import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class Returning:
    """People of two waves. `pairs` are their response ids (in the first, in the second), by the first.

    Only a pseudonym that one person of each wave has makes a pair. `given` count people with one at all, `repeated`
    the response ids of those who share theirs with others of the same wave (sent twice, or one address for two).
    """

    waves: tuple[Wave, Wave]
    columns: tuple[str, str]
    pairs: tuple[tuple[int, int], ...]
    given: tuple[int, int]
    repeated: tuple[tuple[int, ...], tuple[int, ...]]

    def sentence(self) -> str:
        """ "312 people are in both 2024 (of 907) and 2026 (of 1,222)", of those with a pseudonym."""
        n = len(self.pairs)
        words = {"n": fmt_count(n), "first": self.waves[0].name, "second": self.waves[1].name}
        words |= {"before": fmt_count(self.given[0]), "after": fmt_count(self.given[1])}
        said = ngettext(
            "%(n)s person is in both %(first)s (of %(before)s) and %(second)s (of %(after)s)",
            "%(n)s people are in both %(first)s (of %(before)s) and %(second)s (of %(after)s)",
            n,
        )
        return said % words


def people_in_both(session: Session, wave_a: int, wave_b: int) -> Returning:
    """Who answered both waves. Raises UserError if one has no linked column, or they were hashed with two keys."""
    waves = session.wave(wave_a), session.wave(wave_b)
    prints = [wave_print(session, wave.id) for wave in waves]
    if all(prints) and prints[0] != prints[1]:
        raise UserError(
            _("%(first)s and %(second)s were linked with two different keys.")
            % {"first": waves[0].name, "second": waves[1].name},
            _("Nobody can be found in both. With the key of the first, the second can be imported again."),
        )
    first, second = _linked_columns(session, waves)
    people = [_people(session, wave, question) for wave, question in zip(waves, (first, second), strict=True)]
    once = [{own: rows[0] for own, rows in found.items() if len(rows) == 1} for found in people]
    pairs = sorted((row, once[1][own]) for own, row in once[0].items() if own in once[1])
    repeated = [tuple(sorted(row for rows in found.values() if len(rows) > 1 for row in rows)) for found in people]
    return Returning(
        waves=waves,
        columns=(first.column, second.column),
        pairs=tuple(pairs),
        given=(sum(map(len, people[0].values())), sum(map(len, people[1].values()))),
        repeated=(repeated[0], repeated[1]),
    )


def linked_columns(session: Session, wave_id: int) -> tuple[Question, ...]:
    """The columns of a wave that hold pseudonyms."""
    hashed = session.store.waves.mapping(wave_id).hashed
    return tuple(question for question in session.codebook(wave_id).questions if question.column in hashed)


def _linked_columns(session: Session, waves: tuple[Wave, Wave]) -> tuple[Question, Question]:
    """The same linked column of both, else the first of each."""
    found = [linked_columns(session, wave.id) for wave in waves]
    for wave, questions in zip(waves, found, strict=True):
        if not questions:
            raise UserError(
                _("%(wave)s has no linked column: nobody can be followed from or to it.") % {"wave": wave.name},
                _("Import its file again and replace its column of addresses by a keyed hash."),
            )
    by_header = {plain(question.column): question for question in found[1]}
    for question in found[0]:
        if plain(question.column) in by_header:
            return question, by_header[plain(question.column)]
    return found[0][0], found[1][0]


def _people(session: Session, wave: Wave, question: Question) -> dict[str, list[int]]:
    """Pseudonym -> response ids."""
    column: CodedColumn = session.store.answers.load(wave.id, [question.id])[question.id]
    texts = [clean(entry.raw) for entry in column.entries]
    known = {text for text in texts if is_pseudonym(text)}
    found: dict[str, list[int]] = {}
    for row, number in zip(session.store.answers.rows(wave.id), column.index, strict=True):
        if texts[number] in known:
            found.setdefault(texts[number], []).append(row)
    return found
