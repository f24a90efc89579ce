"""What a person decides about questions of two waves: one change each, undone like any."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count
from surveyapp.domain.change import Change
from surveyapp.domain.errors import UserError
from surveyapp.services.change_log import Command, command, perform
from surveyapp.services.session import Session
from surveyapp.services.wave_match.chain import Waves, find_roots, load_links, load_units
from surveyapp.services.wave_match.evidence import How
from surveyapp.services.wave_match.memory import Decided, decided_under, save_decided
from surveyapp.services.wave_match.option import Labels
from surveyapp.services.wave_match.unit import Unit, unit_by_id
from surveyapp.store import QuestionLink


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One question of the later wave and the one it is, both by id; `earlier` is 0 for How.NONE.

    `labels` pair the answers, None as they match by themselves.
    """

    later: int
    earlier: int = 0
    labels: Labels | None = None


def decide(session: Session, steps: Sequence[Step], how: How) -> Change | None:
    """Say what these questions of one wave are to an earlier one; None if that is what they are already.

    A question of the later wave that was linked to the same earlier one before is free again: none is used twice.
    Raises UserError for questions that are not there, or not of two waves in their order.
    """
    waves = load_units(session)
    checked = [_checked(waves, step, how) for step in steps]
    return _store(session, waves, checked, _label(session, checked, how)) if checked else None


def confirm_all(session: Session, steps: Sequence[tuple[Step, How]]) -> Change | None:
    """Say yes to proposals about questions of one wave, each for what it is proposed as; one change.

    None if all of this was said already. Raises UserError as `decide` does.
    """
    waves = load_units(session)
    checked = [_checked(waves, step, how) for step, how in steps]
    return _store(session, waves, checked, _confirmed_label(session, checked)) if checked else None


def _store(session: Session, waves: Waves, checked: Sequence[_Checked], label: str) -> Change | None:
    do, inverse = _commands(session, waves, checked)
    if do == inverse:
        return None
    return perform(session, label=label, detail=session.wave(checked[0].later.wave_id).title, do=do, inverse=inverse)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Checked:
    """A step whose questions are there."""

    earlier: Unit | None
    later: Unit
    how: How
    labels: Labels | None


def _checked(waves: Waves, step: Step, how: How) -> _Checked:
    by_id = unit_by_id(unit for wave in waves for unit in wave)
    order = {unit.id: n for n, wave in enumerate(waves) for unit in wave}
    later, earlier = by_id.get(step.later), by_id.get(step.earlier)
    if later is None or (earlier is None and how is not How.NONE):
        raise UserError(_("This question is not in the codebook any more."), _("Nothing was changed."))
    if how is How.NONE:
        return _Checked(earlier=None, later=later, how=how, labels=None)
    assert earlier is not None
    if order[earlier.id] >= order[later.id]:
        raise UserError(
            _("“%(question)s” is not of an earlier wave. Nothing was changed.") % {"question": earlier.question.title},
            _("A question is matched with one of an earlier wave."),
        )
    return _Checked(earlier=earlier, later=later, how=how, labels=step.labels)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """What stands before the decision."""

    waves: Waves
    links: dict[int, QuestionLink]
    roots: dict[int, int]
    decided: dict[tuple[int, int], Decided]

    def siblings(self, unit: Unit) -> tuple[Unit, ...]:
        """All questions of its wave."""
        return next(wave for wave in self.waves if any(one.id == unit.id for one in wave))

    def place(self, number: int) -> int:
        """The place of the wave of a question, -1 if it is in none."""
        return next((n for n, wave in enumerate(self.waves) if any(number in one.ids for one in wave)), -1)


@dataclass(frozen=True, slots=True)
class _Writing:
    """What is written: links and decided pairs, None takes away."""

    links: dict[int, QuestionLink | None]
    decided: dict[tuple[int, int], Decided | None]

    def command(self, wave_id: int) -> Command:
        """As data."""
        links = [
            {"question_id": number, "canonical_id": link.canonical_id if link else 0, "how": link.how if link else ""}
            for number, link in sorted(self.links.items())
        ]
        decided = [
            one.plain(*pair) if one is not None else {"earlier": pair[0], "later": pair[1], "how": ""}
            for pair, one in sorted(self.decided.items())
        ]
        return {"do": "match.set", "wave_id": wave_id, "links": links, "decided": decided}


def _commands(session: Session, waves: Waves, checked: Sequence[_Checked]) -> tuple[Command, Command]:
    links = load_links(session, waves)
    wave_id = checked[0].later.wave_id
    known = _Known(
        waves=waves, links=links, roots=find_roots(session, waves, links), decided=decided_under(session, wave_id)
    )
    after = _Writing({}, {})
    for one in checked:
        _link(known, one, after)
    before = _Writing(
        {number: links.get(number) for number in after.links},
        {pair: known.decided.get(pair) for pair in after.decided},
    )
    return after.command(wave_id), before.command(wave_id)


def _link(known: _Known, one: _Checked, after: _Writing) -> None:
    earlier, later, how = one.earlier, one.later, one.how
    stale = {pair for pair in known.decided if pair[1] == later.id}
    if earlier is None:
        after.links[later.id] = QuestionLink(question_id=later.id, canonical_id=later.id, how=how.value)
    elif _joins_before(known, earlier, later):
        after.links[earlier.id] = QuestionLink(
            question_id=earlier.id, canonical_id=known.roots[later.id], how=how.value
        )
        stale = set()
    else:
        canonical = known.roots[earlier.id]
        after.links[later.id] = QuestionLink(question_id=later.id, canonical_id=canonical, how=how.value)
        for other in known.siblings(later):
            if other.id in known.links and other.id not in after.links and known.roots[other.id] == canonical:
                after.links[other.id] = None
                stale |= {pair for pair in known.decided if pair[1] == other.id}
    for pair in stale:
        after.decided.setdefault(pair, None)
    if earlier is not None:
        after.decided[earlier.id, later.id] = Decided(how=how, labels=one.labels)


def _joins_before(known: _Known, earlier: Unit, later: Unit) -> bool:
    """Whether the later one is already a question of a still earlier wave, which the one between joins."""
    root = known.roots[later.id]
    if known.roots[earlier.id] != earlier.id or root == later.id or earlier.id in known.links:
        return False
    if not 0 <= known.place(root) < known.place(earlier.id):
        return False
    return all(known.roots[unit.id] != root for unit in known.siblings(earlier))


@command("match.set")
def _apply_set(session: Session, step: Command) -> tuple[str, ...]:
    wave_id = step["wave_id"]
    for plain in step["links"]:
        if plain["how"]:
            session.store.links.set(QuestionLink(**plain))
        else:
            session.store.links.remove(plain["question_id"])
    for plain in step["decided"]:
        save_decided(session, wave_id, (plain["earlier"], plain["later"]), _decided(plain))
    return tuple(f"wave:{wave_id}/match:{plain['question_id']}" for plain in step["links"])


def _decided(plain: dict[str, Any]) -> Decided | None:
    if not plain["how"]:
        return None
    labels = plain["labels"]
    return Decided(how=How(plain["how"]), labels=None if labels is None else tuple((a, b) for a, b in labels))


def _label(session: Session, checked: Sequence[_Checked], how: How) -> str:
    earlier, later = checked[0].earlier, checked[0].later
    names = {
        "later": later.question.title,
        "new": session.wave(later.wave_id).name,
        "earlier": earlier.question.title if earlier else "",
        "old": session.wave(earlier.wave_id).name if earlier else "",
        "n": fmt_count(len(checked)),
    }
    if len(checked) > 1:
        return _many(len(checked), how) % names
    words = _words_alike(how) if names["earlier"] == names["later"] else _words(how)
    return words % names


def _confirmed_label(session: Session, checked: Sequence[_Checked]) -> str:
    earlier, n = checked[0].earlier, len(checked)
    words = ngettext(
        "%(n)s proposed pair of %(old)s and %(new)s confirmed",
        "%(n)s proposed pairs of %(old)s and %(new)s confirmed",
        n,
    )
    return words % {
        "n": fmt_count(n),
        "old": session.wave(earlier.wave_id).name if earlier else "",
        "new": session.wave(checked[0].later.wave_id).name,
    }


def _words(how: How) -> str:
    return {
        How.SAME: _("“%(later)s” of %(new)s is the same question as “%(earlier)s” of %(old)s"),
        How.REWORDED: _("“%(later)s” of %(new)s is “%(earlier)s” of %(old)s in other words"),
        How.OPTIONS_CHANGED: _("“%(later)s” of %(new)s is “%(earlier)s” of %(old)s with other answers"),
        How.NONE: _("“%(later)s” of %(new)s repeats no earlier question"),
    }[how]


def _words_alike(how: How) -> str:
    """Where both have one title."""
    return {
        How.SAME: _("“%(later)s” of %(new)s is the same question as in %(old)s"),
        How.REWORDED: _("“%(later)s” of %(new)s is that of %(old)s in other words"),
        How.OPTIONS_CHANGED: _("“%(later)s” of %(new)s is that of %(old)s with other answers"),
        How.NONE: _("“%(later)s” of %(new)s repeats no earlier question"),
    }[how]


def _many(n: int, how: How) -> str:
    match how:
        case How.SAME:
            return ngettext(
                "%(n)s item of %(new)s is the same as in %(old)s",
                "%(n)s items of %(new)s are the same as in %(old)s",
                n,
            )
        case How.REWORDED:
            return ngettext(
                "%(n)s item of %(new)s is one of %(old)s in other words",
                "%(n)s items of %(new)s are those of %(old)s in other words",
                n,
            )
        case How.OPTIONS_CHANGED:
            return ngettext(
                "%(n)s item of %(new)s is one of %(old)s with other answers",
                "%(n)s items of %(new)s are those of %(old)s with other answers",
                n,
            )
        case _:
            return ngettext(
                "%(n)s item of %(new)s repeats no earlier question",
                "%(n)s items of %(new)s repeat no earlier question",
                n,
            )
