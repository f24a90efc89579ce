"""What changed between waves: all questions at once, or one of them with its answers, people and composition."""

from __future__ import annotations

from dataclasses import dataclass, replace

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count
from surveyapp.domain.analysis import AnalysisSpec
from surveyapp.domain.errors import UserError
from surveyapp.domain.question import Kind
from surveyapp.domain.wave import Wave
from surveyapp.services.analysis.asked import Asked
from surveyapp.services.analysis.change_base import WavePeople, waves_compared
from surveyapp.services.analysis.change_one import run_one
from surveyapp.services.analysis.change_side import (
    CannotCompareError,
    aspect_of,
    check_kinds,
    comparable,
    derived_pairs,
    mapped_codes,
    side_of,
    wording_of,
)
from surveyapp.services.analysis.subject import column_key
from surveyapp.services.session import Session
from surveyapp.services.wave_match.view import MatchedPair, WaveMatch, match_waves
from surveyapp.stats.count import count_people
from surveyapp.stats.estimate import Counted, NotComputed
from surveyapp.stats.result import Result
from surveyapp.stats.wave_change.compare import Comparison, people_of, wave_changes
from surveyapp.stats.wave_change.result import ChangeScreen, WaveChange
from surveyapp.stats.wave_change.spec import Measure

SORTS = ("rise", "fall", "size", "form")


@dataclass(frozen=True, slots=True, kw_only=True)
class Matched:
    """The two waves, the pairs that count and the whole matching."""

    match: WaveMatch
    pairs: tuple[MatchedPair, ...]
    waiting: tuple[MatchedPair, ...]


def run_change(asked: Asked) -> Result:
    """The later wave is that of the base. Without `columns` every question that is surely the same in both waves, one
    number each; with one, this question.

    Options: `from` names the earlier wave (the one before); `sort` of all questions: rise (largest first, default),
    fall, size or form. Of one question: `answers` (labels, | between) or `measure` mean or median choose one number,
    without them every answer is compared; `waves` at "all" goes through all waves instead of two; `returning` "on"
    tells the people of both waves apart. `by` are the questions whose composition is held as it was in the earlier
    wave, `adjust` cells or regression (else what fits). Pairs that only wait to be confirmed are never compared.
    """
    spec = asked.spec
    if spec.columns:
        return run_one(asked, matched(asked.session, spec))
    sort = spec.option("sort") or SORTS[0]
    if sort not in SORTS:
        raise UserError(
            _("Changes cannot be sorted by %(name)s.") % {"name": sort},
            _("There are: %(names)s.") % {"names": ", ".join(SORTS)},
        )
    plain = spec.with_option("sort", SORTS[-1])
    if spec != plain:
        from surveyapp.services.analysis.run import run_analysis  # which knows this runner

        found = run_analysis(asked.session, plain, check=asked.check)
        return _sorted(found, sort) if isinstance(found, ChangeScreen) else found
    return _screen(asked, matched(asked.session, spec))


def earlier_wave(session: Session, spec: AnalysisSpec) -> Wave:
    """The wave a specification compares with. Raises UserError if there is none."""
    waves = session.waves()
    order = [wave.id for wave in waves]
    place = order.index(spec.base.wave_id) if spec.base.wave_id in order else 0
    name = spec.option("from")
    if not name:
        if place == 0:
            raise UserError(_("No wave is earlier than this one."), _("Import an earlier year to compare."))
        return waves[place - 1]
    wave = session.find_wave(name)
    if order.index(wave.id) >= place:
        raise UserError(
            _("%(wave)s is not earlier than the wave it is compared with.") % {"wave": wave.name},
            _("Choose another earlier wave."),
        )
    return wave


def matched(session: Session, spec: AnalysisSpec) -> Matched:
    """What the two waves have in common."""
    earlier = earlier_wave(session, spec)
    return matched_with(session, earlier.id, spec.base.wave_id)


def matched_with(session: Session, earlier: int, later: int) -> Matched:
    """The same by the ids of the waves; derived questions come last."""
    match = match_waves(session, earlier, later)
    pairs = [pair.matched() for pair in match.pairs]
    derived = derived_pairs(session.codebook(earlier), session.codebook(later))
    return Matched(
        match=match,
        pairs=(*(pair for pair in pairs if pair.confirmed), *derived),
        waiting=tuple(pair for pair in pairs if not pair.confirmed),
    )


def _screen(asked: Asked, found: Matched) -> Result:
    session, waves = asked.session, found.match.waves
    sides, notes = waves_compared(session, asked.spec.base, [(waves[0], found.pairs)])
    pairs = [pair for pair in found.pairs if comparable(pair)]
    rows: list[Comparison | NotComputed] = []
    for pair in pairs:
        asked.check()
        rows.append(_asked(session, pair, (sides[0], sides[1])))
    compared = [row for row in rows if isinstance(row, Comparison)]
    screen = wave_changes(compared, level=asked.level, check=asked.check)
    computed = iter(screen.rows)
    told = tuple(row if isinstance(row, NotComputed) else next(computed) for row in rows)
    refused = sum(isinstance(row, NotComputed) for row in told)
    return replace(
        screen,
        question=_("What moved from %(old)s to %(new)s") % {"old": waves[0].name, "new": waves[1].name},
        waves=(waves[0].name, waves[1].name),
        counted=people_of([_everybody(side) for side in sides]),
        rows=told,
        keys=tuple(column_key(pair.later) for pair in pairs),
        n_waiting=len(found.waiting),
        n_unmatched=len(found.match.only_later),
        notes=(*_left_words(found, len(pairs), waves), *notes, *screen.notes),
        sentence=_sentence(screen, refused),
    )


def _everybody(side: WavePeople) -> Counted:
    n = side.people.n
    return Counted(total=n, base=n, n=n)


def _asked(session: Session, pair: MatchedPair, people: tuple[WavePeople, WavePeople]) -> Comparison | NotComputed:
    """What is compared of a question, or why it is not."""
    waves = (people[0].wave, people[1].wave)
    kind = pair.later.kind
    later = side_of(session, people[1], pair.later, kind)
    try:
        check_kinds(pair, waves)
        earlier = side_of(session, people[0], pair.earlier, kind)
        aspect = aspect_of(pair, earlier.answers, later.answers)
        codes = mapped_codes(pair, aspect.codes, waves) if aspect.measure is Measure.SHARE else ()
    except CannotCompareError as error:
        counted = count_people(later.answers.missing)
        return NotComputed(question=pair.later.title, kind=kind, counted=counted, reason=str(error))
    return Comparison(
        earlier=replace(earlier, codes=codes),
        later=replace(later, codes=aspect.codes),
        measure=aspect.measure,
        wording=wording_of(pair),
    )


def _sentence(screen: ChangeScreen, refused: int) -> str:
    from surveyapp.stats.wave_change.words import screen_words

    if not screen.n_compared:
        return _("No question of the two waves can be compared.")
    return screen_words(screen.n_changed, screen.n_compared, refused)


def _left_words(found: Matched, compared: int, waves: tuple[Wave, Wave]) -> tuple[str, ...]:
    """What is not compared, and why."""
    said = []
    waiting = len(found.waiting)
    if waiting:
        words = ngettext(
            "%(n)s question waits to be confirmed in Matching and is not compared.",
            "%(n)s questions wait to be confirmed in Matching and are not compared.",
            waiting,
        )
        said.append(words % {"n": fmt_count(waiting)})
    others = len(found.pairs) - compared
    if others:
        words = ngettext(
            "%(n)s question in words, a date, consent or attention check is not compared.",
            "%(n)s questions in words, dates, consent and attention checks are not compared.",
            others,
        )
        said.append(words % {"n": fmt_count(others)})
    alone = len(found.match.only_later)
    if alone:
        words = ngettext(
            "%(n)s question of %(new)s has no match in %(old)s.",
            "%(n)s questions of %(new)s have no match in %(old)s.",
            alone,
        )
        said.append(words % {"n": fmt_count(alone), "old": waves[0].name, "new": waves[1].name})
    return tuple(said)


def _sorted(screen: ChangeScreen, sort: str) -> ChangeScreen:
    """Shares and probabilities by their points, then numbers, whose units differ, then what is not compared."""

    def key(row: WaveChange | NotComputed) -> tuple[int, float]:
        if isinstance(row, NotComputed):
            return (2, 0.0)
        size = row.change.value.value * (100 if row.measure is Measure.SHARE else 1)
        order = {"rise": -size, "fall": size, "size": -abs(size)}[sort]
        return (0, order) if on_points(row) else (1, 0.0)

    if sort == SORTS[-1]:
        return screen
    order = sorted(range(len(screen.rows)), key=lambda n: key(screen.rows[n]))
    return replace(screen, rows=tuple(screen.rows[n] for n in order), keys=tuple(screen.keys[n] for n in order))


def on_points(row: WaveChange) -> bool:
    """Whether a change is one of percentage points."""
    return row.measure is Measure.SHARE or row.kind is Kind.PROBABILITY
