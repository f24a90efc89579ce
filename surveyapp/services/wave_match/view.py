"""Two waves side by side: which questions are the same, which may be, which have no counterpart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from surveyapp.domain.question import Question
from surveyapp.domain.wave import Wave
from surveyapp.importers.matching import ALIKE
from surveyapp.services.session import Session
from surveyapp.services.wave_match.chain import Waves, find_roots, load_links, load_units
from surveyapp.services.wave_match.evidence import Evidence, How, answer_keys, compare, score
from surveyapp.services.wave_match.memory import Decided, load_decided
from surveyapp.services.wave_match.option import Labels, codes_of
from surveyapp.services.wave_match.unit import Unit
from surveyapp.store import QuestionLink

Answers = frozenset[str]


class State(StrEnum):
    """How far one can rely on a pair."""

    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    """A person said so, for this pair or for a wave between."""
    SURE = "sure"
    """Wording and answers are equal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchedPair:
    """One question in two waves. `options` are pairs of codes (earlier, later) that mean the same answer; an answer in
    no pair has no counterpart, one in several was split or merged. Not `confirmed` is only a proposal."""

    earlier: Question
    later: Question
    how: How
    options: tuple[tuple[int, int], ...]
    confirmed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitPair:
    """The same with what it rests on. `labels` pair the answers as they count now."""

    earlier: Unit
    later: Unit
    how: How
    state: State
    labels: Labels
    evidence: Evidence

    @property
    def texts(self) -> tuple[str, str]:
        """Both wordings as they were asked."""
        if not self.evidence.adopted:
            return self.earlier.text, self.later.text
        return self.earlier.question.column.strip(), self.later.question.column.strip()

    def matched(self) -> MatchedPair:
        """For statistics."""
        return MatchedPair(
            earlier=self.earlier.question,
            later=self.later.question,
            how=self.how,
            options=codes_of(self.labels, self.earlier.options, self.later.options),
            confirmed=self.state is not State.PROPOSED,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class WaveMatch:
    """`pairs` in the order of the later form; each question is in one pair at most, or in one of the other lists."""

    waves: tuple[Wave, Wave]
    pairs: tuple[UnitPair, ...]
    only_earlier: tuple[Unit, ...]
    only_later: tuple[Unit, ...]

    @property
    def n_matched(self) -> int:
        """Pairs that count."""
        return sum(pair.state is not State.PROPOSED for pair in self.pairs)

    @property
    def n_waiting(self) -> int:
        """Questions that wait for a person."""
        return len(self.pairs) - self.n_matched


def match_waves(session: Session, wave_a: int, wave_b: int) -> WaveMatch:
    """Everything about two waves. Raises KeyError for a wave that is not there, ValueError for one and itself."""
    order = [wave.id for wave in session.waves()]
    if wave_a not in order or wave_b not in order:
        raise KeyError(wave_a, wave_b)
    if wave_a == wave_b:
        raise ValueError("a wave is not compared with itself")
    first, second = sorted((wave_a, wave_b), key=order.index)
    waves = load_units(session)
    links = load_links(session, waves)
    roots = find_roots(session, waves, links)
    decided = load_decided(session, first, second)
    earlier, later = waves[order.index(first)], waves[order.index(second)]
    by_root = {roots[unit.id]: unit for unit in earlier}
    hows = _hows(waves[: order.index(second) + 1], roots, links)
    pairs: dict[int, UnitPair] = {}
    for unit in later:
        own = by_root.get(roots[unit.id])
        if own is not None:
            how = hows.get(roots[unit.id])
            pairs[unit.id] = _pair(session, own, unit, decided.get((own.id, unit.id)), how)
    used = {pair.earlier.id for pair in pairs.values()}
    free = [unit for unit in earlier if unit.id not in used]
    asked = [
        unit for unit in later if unit.id not in pairs and not (unit.id in links and links[unit.id].how == How.NONE)
    ]
    for one, other in propose(free, asked, telling_answers(earlier, later)):
        evidence = compare(session, one, other)
        labels = evidence.options.pairs if evidence.options else ()
        pairs[other.id] = UnitPair(
            earlier=one, later=other, how=evidence.how, state=State.PROPOSED, labels=labels, evidence=evidence
        )
    used = {pair.earlier.id for pair in pairs.values()}
    return WaveMatch(
        waves=(session.wave(first), session.wave(second)),
        pairs=tuple(pairs[unit.id] for unit in later if unit.id in pairs),
        only_earlier=tuple(unit for unit in earlier if unit.id not in used),
        only_later=tuple(unit for unit in later if unit.id not in pairs),
    )


def _hows(waves: Waves, roots: Mapping[int, int], links: Mapping[int, QuestionLink]) -> dict[int, How]:
    """By root what the latest decision in these waves says."""
    return {
        roots[unit.id]: How(links[unit.id].how)
        for wave in waves
        for unit in wave
        if unit.id in links and links[unit.id].how != How.NONE
    }


def propose(earlier: Sequence[Unit], later: Sequence[Unit], telling: Collection[Answers]) -> list[tuple[Unit, Unit]]:
    """Pairs worth asking about, the likeliest first, each question once; equal ones in the order of the forms.

    `telling` are sets of answers that name a question whatever its words, see `telling_answers`.
    """
    scored = sorted(
        (
            (found, -one.place, -other.place, one, other)
            for one in earlier
            for other in later
            if (found := score(one, other, telling)) >= ALIKE
        ),
        key=lambda item: item[:3],
        reverse=True,
    )
    pairs: list[tuple[Unit, Unit]] = []
    used: set[int] = set()
    for _score, _place, _other_place, one, other in scored:
        if one.id not in used and other.id not in used:
            used |= {one.id, other.id}
            pairs.append((one, other))
    return pairs


def telling_answers(earlier: Sequence[Unit], later: Sequence[Unit]) -> set[Answers]:
    """The sets of answers that no two questions of a wave share, as those of a scale do."""
    sides = [Counter(answer_keys(unit) for unit in units) for units in (earlier, later)]
    return {keys for side in sides for keys in side if keys and all(one[keys] <= 1 for one in sides)}


def _pair(session: Session, earlier: Unit, later: Unit, decided: Decided | None, how_linked: How | None) -> UnitPair:
    """A pair that counts: as decided for these two waves, else as sure, else as decided on the way."""
    evidence = compare(session, earlier, later)
    labels = evidence.options.pairs if evidence.options else ()
    if decided is not None:
        how, state, labels = decided.how, State.CONFIRMED, decided.labels if decided.labels is not None else labels
    elif evidence.sure:
        how, state = evidence.how, State.CONFIRMED if evidence.adopted else State.SURE
    elif how_linked is not None:
        how, state = how_linked, State.CONFIRMED
    else:  # sure from wave to wave, but not over all of them
        how, state = evidence.how, State.PROPOSED
    return UnitPair(earlier=earlier, later=later, how=how, state=state, labels=labels, evidence=evidence)
