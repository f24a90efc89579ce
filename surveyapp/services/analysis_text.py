"""An analysis as text that carries what it uses: saved filters, derived questions, weights. For other workspaces.

What is brought is kept there like anything else of its kind; where another one bears its name, it gets a new one. What
the other workspace lacks is said, and then nothing is brought.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from surveyapp.base.i18n import _
from surveyapp.domain.analysis import NO_WAVE, OF_NO_WAVE, AnalysisSpec, Condition, Operator, SavedFilter
from surveyapp.domain.change import Change
from surveyapp.domain.codec import from_plain, to_plain
from surveyapp.domain.derived import Derived
from surveyapp.domain.errors import UserError
from surveyapp.domain.question import DERIVED
from surveyapp.domain.weight import WeightScheme
from surveyapp.services.analysis.subject import question_of_key
from surveyapp.services.base_count import count_base
from surveyapp.services.change_log import COMMANDS, Command, command, perform
from surveyapp.services.derived.question import RECIPES, roots_of
from surveyapp.services.filter.saved_filter import FILTERS
from surveyapp.services.prediction.scope_text import scope_of
from surveyapp.services.saved import Collection, set_item
from surveyapp.services.saved_analysis import no_analysis
from surveyapp.services.saved_reference import renamed
from surveyapp.services.session import Session
from surveyapp.services.weighting import SCHEMES, weights_of

_KINDS: dict[str, Collection[Any]] = {"filter": FILTERS, "derived": RECIPES, "weight": SCHEMES}
_PLACES = {"derived": "derived", "filter": "filters", "weight": "weights"}
_BRING = "analysis.bring"


@dataclass(frozen=True, slots=True, kw_only=True)
class AnalysisText:
    """An analysis and the definitions it uses, those that others rest on first."""

    analysis: AnalysisSpec
    filters: tuple[SavedFilter, ...] = ()
    derived: tuple[Derived, ...] = ()
    weights: tuple[WeightScheme, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """An analysis that can be asked here; `change` is what it brought with it, None if all of that was here."""

    spec: AnalysisSpec
    change: Change | None = None


# Out


def analysis_as_text(session: Session, spec: AnalysisSpec) -> str:
    """A specification as JSON, with the definitions it uses as far as they are kept."""
    found = _Used(session, spec)
    held = AnalysisText(
        analysis=spec,
        filters=tuple(found.filters.values()),
        derived=tuple(found.derived.values()),
        weights=tuple(found.weights.values()),
    )
    return json.dumps(to_plain(held), ensure_ascii=False, indent=1)


class _Used:
    """What an analysis uses, each after what it rests on itself."""

    def __init__(self, session: Session, spec: AnalysisSpec) -> None:
        self._session, self._wave_id = session, spec.base.wave_id
        self._seen: set[tuple[str, str]] = set()
        self.filters: dict[str, SavedFilter] = {}
        self.derived: dict[str, Derived] = {}
        self.weights: dict[str, WeightScheme] = {}
        self._keys((*spec.columns, *spec.by))
        self._conditions(spec.base.conditions)
        scheme = SCHEMES.find(session, spec.base.weight) if spec.base.weight else None
        if scheme is not None:
            for margin in scheme.margins:
                for asked in margin.questions:
                    self._place(asked.column, asked.occurrence)
            self.weights[scheme.name] = scheme

    def _keys(self, keys: Iterable[str]) -> None:
        for key in keys:
            try:
                question = question_of_key(self._session, self._wave_id, key)
            except UserError:  # gone: it is carried by name alone
                continue
            self._place(question.column, question.occurrence)

    def _place(self, column: str, occurrence: int) -> None:
        recipe = RECIPES.find(self._session, column) if occurrence == DERIVED else None
        if recipe is not None and self._first("derived", recipe.name):
            self._keys(recipe.columns)
            self._conditions(recipe.conditions)
            self.derived[recipe.name] = recipe

    def _conditions(self, conditions: Sequence[Condition]) -> None:
        for part in (part for condition in conditions for part in condition.parts):
            self._place(part.column, part.occurrence)
            for name in part.values if part.operator is Operator.SAVED else ():
                saved = FILTERS.find(self._session, name)
                if saved is not None and self._first("filter", saved.name):
                    self._conditions(saved.conditions)
                    self.filters[saved.name] = saved

    def _first(self, kind: str, name: str) -> bool:
        """Whether it is met for the first time: nothing goes round in circles."""
        new = (kind, name) not in self._seen
        self._seen.add((kind, name))
        return new


# In


def read_text(text: str, *, wave_id: int) -> AnalysisText:
    """What a text holds, for a wave of this workspace; a bare specification too. Raises UserError for any other text;
    nothing in it is ever executed."""
    try:
        plain = json.loads(text)
        about_none = plain["analysis"]["kind"] in OF_NO_WAVE
        plain["analysis"]["base"]["wave_id"] = NO_WAVE if about_none else wave_id  # ids belong to one workspace
        return from_plain(AnalysisText, plain)
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise no_analysis() from error


def take_text(session: Session, text: str, *, wave_id: int) -> Taken:
    """Bring an analysis here: what it uses and is not kept here yet is saved, in one change that can be undone.

    Raises UserError, with nothing kept, for another text, and where this wave lacks what it asks for.
    """
    found, steps = _named_for_here(session, read_text(text, wave_id=wave_id))
    if not steps:
        ensure_askable(session, found.analysis)
        return Taken(spec=found.analysis)
    label = _("%(names)s brought with an analysis") % {"names": ", ".join(f"“{step['name']}”" for step in steps)}
    do: Command = {"do": _BRING, "steps": steps, "asked": to_plain(found.analysis)}
    back: Command = {"do": _BRING, "steps": [{**step, "item": None} for step in reversed(steps)]}
    return Taken(spec=found.analysis, change=perform(session, label=label, do=do, inverse=back))


@command(_BRING)
def _apply_bring(session: Session, step: Command) -> tuple[str, ...]:
    """Save items, or remove them; with `asked` only if that analysis can then be asked, else nothing is done."""
    touched: list[str] = []
    try:
        for each in step["steps"]:
            touched += COMMANDS[each["do"]](session, each)
            session.forget(*touched)  # the next one may rest on it
        if "asked" in step:
            ensure_askable(session, from_plain(AnalysisSpec, step["asked"]))
    except UserError:
        session.forget(*touched)
        raise
    return tuple(dict.fromkeys(touched))


def ensure_askable(session: Session, spec: AnalysisSpec) -> None:
    """Raises UserError, naming all that this workspace lacks, where an analysis cannot be asked here."""
    wave_id = spec.base.wave_id
    if wave_id == NO_WAVE:
        scope_of(spec)
        return
    lacking = dict.fromkeys(name for key in (*spec.columns, *spec.by) for name in _lacking(session, wave_id, key))
    faults = []
    if lacking:
        faults.append(_("It does not ask %(names)s.") % {"names": ", ".join(f"“{name}”" for name in lacking)})
    name = spec.base.weight
    try:
        people = count_base(session, spec.base)
        if name and SCHEMES.find(session, name) is None:
            faults.append(_("The weights “%(name)s” are not kept here.") % {"name": name})
        else:
            weights_of(session, people)
    except UserError as fault:
        faults.append(fault.title)
    if faults:
        wave = session.wave(wave_id).title
        raise UserError(_("This analysis cannot be asked of %(wave)s.") % {"wave": wave}, " ".join(faults))


def _lacking(session: Session, wave_id: int, key: str) -> list[str]:
    """The questions of the form that a key needs and the wave has not got."""
    try:
        roots_of(session, wave_id, question_of_key(session, wave_id, key))
    except UserError:
        name, _sign, rest = key.rpartition("#")
        recipe = RECIPES.find(session, name) if rest == str(DERIVED + 1) else None
        if recipe is None:
            return [key]
        asked = [missing for each in recipe.columns for missing in _lacking(session, wave_id, each)]
        return asked or [recipe.name]
    return []


def _named_for_here(session: Session, read: AnalysisText) -> tuple[AnalysisText, list[Command]]:
    """The text with the names its definitions get here, and what has to be saved for it."""
    plain, wave_id = to_plain(read), read.analysis.base.wave_id
    while (clash := _clash(session, wave_id, plain)) is not None:  # a new name may change what others rest on
        kind, number, item = clash
        new = _free_name(session, kind, wave_id, plain, item)
        plain = renamed(plain, kind, item.name.casefold(), new)
        plain[_PLACES[kind]][number]["name"] = new
    found = from_plain(AnalysisText, plain)
    bring = [
        set_item(kind, to_plain(item))
        for kind, place in _PLACES.items()
        for item in getattr(found, place)
        if _KINDS[kind].find(session, item.name) is None
    ]
    return found, bring


def _clash(session: Session, wave_id: int, plain: Any) -> tuple[str, int, Any] | None:
    """A definition, by kind and place, whose name stands here for something else."""
    found = from_plain(AnalysisText, plain)
    for kind, place in _PLACES.items():
        for number, item in enumerate(getattr(found, place)):
            held = _KINDS[kind].find(session, item.name)
            other = held is not None and not _same(held, item)
            if other or (held is None and _is_question(session, wave_id, kind, item.name)):
                return kind, number, item
    return None


def _is_question(session: Session, wave_id: int, kind: str, name: str) -> bool:
    return kind == "derived" and session.dataset.codebook(wave_id).find(name) is not None


def _same(held: Any, item: Any) -> bool:
    """Whether it is the same definition, whatever its name."""
    return bool(held == replace(item, name=held.name))


def _free_name(session: Session, kind: str, wave_id: int, plain: Any, item: Any) -> str:
    """Another name: one that nothing has, or that stands here for just this."""
    taken = {each["name"].casefold() for each in plain.get(_PLACES[kind], ())}
    number = 2
    while True:
        free = f"{item.name} ({number})"
        held = _KINDS[kind].find(session, free)
        known = held is not None and _same(held, item)
        if free.casefold() not in taken and (
            known or (held is None and not _is_question(session, wave_id, kind, free))
        ):
            return free
        number += 1
