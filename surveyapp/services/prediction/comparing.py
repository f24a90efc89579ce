"""Where two people or two hypotheses part: observations ranked by the distance of what each expects.

The distance is |logit p1 - logit p2| (.9 and .6: 1.79; .99 and .9: 2.40; .55 and .45: .40): as many nats of evidence
as lie between them. 0 and 100 % count as 0.1 and 99.9 %.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count, fmt_number, fmt_percent
from surveyapp.domain.comparison import Comparison, Observation
from surveyapp.domain.errors import UserError
from surveyapp.services.prediction.book import Book, book_of
from surveyapp.services.prediction.odds import odds_text
from surveyapp.services.saved import Collection
from surveyapp.services.session import Session
from surveyapp.stats.calibration.score import CLIP

COMPARISONS = Collection("comparison", Comparison)

WORDS_GAP = 0.5
"""Nearer than this (a factor of 1.65 in odds: 50 % and 62 %) two sides expect the same."""

FEW = 3
"""Of fewer observations nothing is said about words: there may be one on which they part."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """An observation with the distance of the two sides in log odds, None where one did not say.

    `crux`: they differ, and it would move one of them; `double`: it would move both.
    """

    observation: Observation
    gap: float | None
    outcome: bool | None = None

    @property
    def differs(self) -> bool:
        """Whether the two sides expect different things here."""
        return self.gap is not None and self.gap >= WORDS_GAP

    @property
    def crux(self) -> bool:
        """Whether they differ on it, and it would move one of them."""
        return self.differs and (self.observation.moves_first or self.observation.moves_second)

    @property
    def double(self) -> bool:
        """Whether they differ on it, and it would move both."""
        return self.differs and self.observation.moves_first and self.observation.moves_second


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """Lines by distance, the largest first, those that one side did not say at the end. `sentence` is translated."""

    comparison: Comparison
    lines: tuple[Line, ...]
    sentence: str

    @property
    def cruxes(self) -> tuple[Line, ...]:
        """What would move one of them and on which they differ: double ones first, then by distance."""
        return tuple(sorted((line for line in self.lines if line.crux), key=lambda line: not line.double))


@dataclass(frozen=True, slots=True, kw_only=True)
class Bet:
    """The prices between two sides of one observation: every one of them looks good to both. All translated.

    `middle` is the probability half way in log odds (the geometric mean of odds), `gain_first` and `gain_second` what
    each expects to gain there per 1 paid out.
    """

    middle: float
    gain_first: float
    gain_second: float
    prices: str
    takes_first: str
    takes_second: str


def gap_of(first: float, second: float) -> float:
    """The distance of two probabilities in log odds."""
    return abs(_logit(first) - _logit(second))


def compare(session: Session, comparison: Comparison) -> Compared:
    """The comparison as it stands: of people what they say now is read from the log, of hypotheses it is kept."""
    book = book_of(session)
    observations = _of_log(session, comparison) if comparison.people else comparison.observations
    lines = [
        Line(
            observation=one,
            gap=None if one.first is None or one.second is None else gap_of(one.first, one.second),
            outcome=_outcome(book, one),
        )
        for one in observations
    ]
    lines.sort(key=lambda line: (line.gap is None, -round(line.gap or 0.0, 9), line.observation.text))
    return Compared(comparison=comparison, lines=tuple(lines), sentence=_sentence(comparison, lines))


def of_people(session: Session, first: str, second: str) -> Comparison:
    """The comparison of two people of the log, with what was marked before. Raises UserError for a name nobody bears
    or the same twice."""
    from surveyapp.services.prediction.typed import find_person

    names = find_person(session, first).name, find_person(session, second).name
    if names[0] == names[1]:
        raise UserError(_("These are one person."), _("Choose two."))
    for kept in COMPARISONS.all(session):
        if kept.people and {kept.first, kept.second} == set(names):
            return kept if (kept.first, kept.second) == names else _turned(kept)
    return Comparison(name=_name(*names), first=names[0], second=names[1], people=True)


def save_comparison(session: Session, comparison: Comparison, *, replacing: str | None = None) -> None:
    """Keep a comparison under its name; undoable. Raises UserError if it has no name, one that is taken, a side
    without a name, or a probability that is none."""
    for side in (comparison.first, comparison.second):
        if not side.strip():
            raise UserError(_("Both sides need a name."), _("Say who or what is compared."))
    for one in comparison.observations:
        if any(p is not None and not 0 <= p <= 1 for p in (one.first, one.second)):
            raise UserError(_("A probability lies between 0 and 100 %."), one.text)
        if not one.text.strip():
            raise UserError(_("An observation needs words."), _("Say what one would see."))
    label = _("Comparison “%(name)s” saved") % {"name": comparison.name}
    COMPARISONS.save(session, comparison, label=label, replacing=replacing)


def keep(session: Session, comparison: Comparison, *, before: Comparison | None = None) -> Comparison:
    """Keep a comparison of hypotheses as it is now, in the place of what it was `before`; undoable.

    One without a name of its own is named after its two sides, and renamed with them.
    """
    old = before.name if before is not None else ""
    named_after = not comparison.name or (before is not None and old == _name(before.first, before.second))
    changed = comparison
    if named_after:
        taken = {one.name.casefold() for one in COMPARISONS.all(session)} - {old.casefold()}
        changed = replace(comparison, name=_free(_name(comparison.first, comparison.second), taken))
    save_comparison(session, changed, replacing=old or None)
    return changed


def _free(name: str, taken: set[str]) -> str:
    found, n = name, 2
    while found.casefold() in taken:
        found, n = f"{name} {n}", n + 1
    return found


def remove_comparison(session: Session, name: str) -> None:
    """Remove a comparison; undo brings it back."""
    COMPARISONS.remove(session, name, label=_("Comparison “%(name)s” removed") % {"name": name})


def mark(session: Session, comparison: Comparison, observation: Observation) -> Comparison:
    """Keep what would move whom (`moves_first`, `moves_second`) of one observation; undoable."""
    kept = list(comparison.observations)
    places = [n for n, one in enumerate(kept) if _same(one, observation)]
    plain = replace(observation, first=None, second=None) if comparison.people else observation
    if places:
        kept[places[0]] = plain
    else:
        kept.append(plain)
    if comparison.people:
        kept = [one for one in kept if one.moves_first or one.moves_second]
    changed = replace(comparison, observations=tuple(kept))
    save_comparison(session, changed)
    return changed


def bet_of(comparison: Comparison, observation: Observation) -> Bet | None:
    """What each side would take from the other; None where they agree or one did not say."""
    a, b = observation.first, observation.second
    if a is None or b is None or gap_of(a, b) < 1e-9:
        return None
    a, b = _clipped(a), _clipped(b)
    middle = 1 / (1 + math.exp(-(_logit(a) + _logit(b)) / 2))
    low, high = min(a, b), max(a, b)
    first, second = (
        name if comparison.people else _("Who holds “%(name)s”") % {"name": name}
        for name in (comparison.first, comparison.second)
    )
    prices = _("Any odds between %(low)s and %(high)s look good to both; in the middle %(odds)s, %(p)s.") % {
        "low": odds_text(low),
        "high": odds_text(high),
        "odds": odds_text(middle),
        "p": fmt_percent(middle),
    }
    return Bet(
        middle=middle,
        gain_first=abs(a - middle),
        gain_second=abs(b - middle),
        prices=prices,
        takes_first=_takes(first, a, a > b, middle),
        takes_second=_takes(second, b, b > a, middle),
    )


def _takes(who: str, p: float, yes: bool, middle: float) -> str:
    words = {
        "who": who,
        "own": odds_text(p),
        "gain": fmt_number(abs(p - middle), digits=2),
        "odds": odds_text(middle),
    }
    if yes:
        return _("%(who)s takes yes at any odds under %(own)s, and at %(odds)s expects %(gain)s per 1.") % words
    return _("%(who)s takes no at any odds over %(own)s, and at %(odds)s expects %(gain)s per 1.") % words


def as_text(compared: Compared) -> str:
    """The comparison as plain text (Markdown), to hand on."""
    one = compared.comparison
    told = [f"# {one.name}", "", compared.sentence, ""]
    told += [f"| {_('Observation')} | {_cell(one.first)} | {_cell(one.second)} | {_('Distance')} | {_('Would move')} |"]
    told += ["| --- | ---: | ---: | ---: | --- |"]
    for line in compared.lines:
        seen = line.observation
        gap = "–" if line.gap is None else fmt_number(line.gap, digits=2)
        told.append(f"| {_cell(seen.text)} | {share(seen.first)} | {share(seen.second)} | {gap} | {moves(one, seen)} |")
    cruxes = compared.cruxes
    if cruxes:
        told += ["", f"## {_('Cruxes')}", ""]
        for line in cruxes:
            bet = bet_of(one, line.observation)
            told.append(f"- {line.observation.text}")
            told += [f"  {words}" for words in ((bet.prices, bet.takes_first, bet.takes_second) if bet else ())]
    return "\n".join(told) + "\n"


def share(p: float | None) -> str:
    """A probability in a table; "–" where none was said."""
    return "–" if p is None else fmt_percent(p, digits=0 if abs(100 * p - round(100 * p)) < 1e-6 else 1)


def moves(comparison: Comparison, observation: Observation) -> str:
    """Whom it would move: "both", a name, or nothing."""
    if observation.moves_first and observation.moves_second:
        return _("both")
    if observation.moves_first:
        return comparison.first
    return comparison.second if observation.moves_second else ""


def _sentence(comparison: Comparison, lines: list[Line]) -> str:
    said = [line for line in lines if line.gap is not None]
    differ = [line for line in said if line.differs]
    if not said:
        return _("There is nothing yet of which both said how likely it is.")
    words = {"n": fmt_count(len(said)), "first": comparison.first, "second": comparison.second}
    if not differ:
        if len(said) < FEW:
            return _("They expect the same so far. Add an observation that would surprise one of them.")
        return (
            _("%(first)s and %(second)s expect the same of all %(n)s observations: here they differ about words.")
            % words
        )
    n_cruxes = sum(line.crux for line in differ)
    parted = ngettext(
        "They part on %(k)s of %(n)s observation.", "They part on %(k)s of %(n)s observations.", len(said)
    ) % {"k": fmt_count(len(differ)), "n": fmt_count(len(said))}
    if not n_cruxes:
        return _("%(parted)s None is marked as one that would move either: mark it, or look for one that would.") % {
            "parted": parted
        }
    cruxes = ngettext("%(n)s would move one of them.", "%(n)s would move one of them.", n_cruxes)
    return f"{parted} {cruxes % {'n': fmt_count(n_cruxes)}}"


def _of_log(session: Session, comparison: Comparison) -> tuple[Observation, ...]:
    """What both people said last of the same predictions, marks from the comparison kept."""
    book = book_of(session)
    ids = {one.name: one.id for one in book.forecasters.values()}
    said = [_last(book, ids.get(name, -1)) for name in (comparison.first, comparison.second)]
    marks = {(one.uid, one.option): one for one in comparison.observations}
    found = []
    for key in said[0].keys() & said[1].keys():
        one = book.predictions.get(key[0])
        if one is None:
            continue
        option = None if key[1] < 0 else key[1]
        marked = marks.get((one.uid, option))
        found.append(
            Observation(
                text=one.statement if option is None else f"{one.statement} – {one.options[option]}",
                first=said[0][key],
                second=said[1][key],
                moves_first=marked is not None and marked.moves_first,
                moves_second=marked is not None and marked.moves_second,
                uid=one.uid,
                option=option,
            )
        )
    return tuple(found)


def _last(book: Book, person: int) -> dict[tuple[int, int], float]:
    """What somebody said last, by prediction and option; what was withdrawn is not said."""
    columns, newest = book.columns, dict[tuple[int, int], tuple[int, int, float]]()
    own = np.flatnonzero(np.array(columns.forecaster_id, dtype=np.int64) == person)
    for place in own.tolist():
        key = (columns.prediction_id[place], columns.option[place])
        one = (columns.at[place], columns.id[place], columns.probability[place])
        newest[key] = max(newest.get(key, one), one)
    return {key: p for key, (_at, _id, p) in newest.items() if p >= 0}


def _outcome(book: Book, observation: Observation) -> bool | None:
    if not observation.uid:
        return None
    number = next((one.id for one in book.predictions.values() if one.uid == observation.uid), 0)
    return book.came_out(number, observation.option) if number else None


def _same(one: Observation, other: Observation) -> bool:
    if one.uid or other.uid:
        return (one.uid, one.option) == (other.uid, other.option)
    return one.text == other.text


def _turned(kept: Comparison) -> Comparison:
    """The same comparison from the other side."""
    return replace(
        kept,
        first=kept.second,
        second=kept.first,
        observations=tuple(
            replace(
                one,
                first=one.second,
                second=one.first,
                moves_first=one.moves_second,
                moves_second=one.moves_first,
            )
            for one in kept.observations
        ),
    )


def _name(first: str, second: str) -> str:
    return _("%(first)s and %(second)s") % {"first": first, "second": second}


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def _clipped(p: float) -> float:
    return min(max(p, CLIP), 1 - CLIP)


def _logit(p: float) -> float:
    clipped = _clipped(p)
    return math.log(clipped) - math.log1p(-clipped)
