"""Which questions of all waves are one: each gets a root, the question of the earliest wave that it repeats."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from surveyapp.services.session import Session
from surveyapp.services.wave_match.evidence import How, compare
from surveyapp.services.wave_match.unit import Unit, unit_by_id, units_of
from surveyapp.store import QuestionLink

Waves = tuple[tuple[Unit, ...], ...]


def load_units(session: Session) -> Waves:
    """The questions of every wave, the oldest wave first."""
    return tuple(units_of(wave.id, session.codebook(wave.id)) for wave in session.waves())


def load_links(session: Session, units: Waves) -> dict[int, QuestionLink]:
    """What a person decided, by the id of the question, whichever column of it holds the link."""
    by_id = unit_by_id(unit for wave in units for unit in wave)
    links: dict[int, QuestionLink] = {}
    known = [link for link in session.store.links.list() if link.question_id in by_id]
    for link in sorted(known, key=lambda link: by_id[link.question_id].id != link.question_id):
        unit = by_id[link.question_id]
        links.setdefault(unit.id, replace(link, question_id=unit.id))
    return links


def find_roots(session: Session, waves: Waves, links: Mapping[int, QuestionLink]) -> dict[int, int]:
    """Root by question. In one wave no two questions have the same: a decision goes before what is sure, and among
    equals the first in the form."""
    by_id = unit_by_id(unit for wave in waves for unit in wave)
    roots: dict[int, int] = {}
    for number, wave in enumerate(waves):
        taken: set[int] = set()
        for unit in wave:
            link = links.get(unit.id)
            if link is None:
                continue
            root = unit.id if link.how == How.NONE else _root(link.canonical_id, by_id, roots)
            roots[unit.id] = unit.id if root in taken else root
            taken.add(roots[unit.id])
        for earlier in reversed(waves[:number]):
            for one, other in sure_pairs(session, earlier, [unit for unit in wave if unit.id not in roots]):
                if roots[one.id] not in taken:
                    roots[other.id] = roots[one.id]
                    taken.add(roots[one.id])
        for unit in wave:
            roots.setdefault(unit.id, unit.id)
    return roots


def sure_pairs(session: Session, earlier: Sequence[Unit], later: Sequence[Unit]) -> list[tuple[Unit, Unit]]:
    """Questions with the same wording and the same answers, in the order of the later form.

    A wording that stands several times in a form ("How sure are you?") is told by the question before it, else by its
    turn if both forms have it equally often.
    """
    groups: dict[str, tuple[list[Unit], list[Unit]]] = {}
    for side, units in enumerate((earlier, later)):
        for unit in units:
            groups.setdefault(unit.key, ([], []))[side].append(unit)
    pairs = [pair for ones, others in groups.values() for pair in _in_group(ones, others)]
    sure = [pair for pair in pairs if compare(session, *pair).sure]
    return sorted(sure, key=lambda pair: pair[1].place)


def _in_group(ones: list[Unit], others: list[Unit]) -> list[tuple[Unit, Unit]]:
    """Pairs of units that are worded alike."""
    if len(ones) == len(others) == 1:
        return [(ones[0], others[0])]
    pairs = []
    for unit in list(others):
        own = next((one for one in ones if one.before == unit.before), None)
        if own is not None:
            ones.remove(own)
            others.remove(unit)
            pairs.append((own, unit))
    return [*pairs, *zip(ones, others, strict=True)] if len(ones) == len(others) else pairs


def _root(canonical: int, by_id: Mapping[int, Unit], roots: Mapping[int, int]) -> int:
    unit = by_id.get(canonical)
    return roots.get(unit.id, unit.id) if unit is not None else canonical
