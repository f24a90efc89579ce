"""What is asked about the people of a log, as an analysis: kept under a name, pinned, printed."""

from __future__ import annotations

from dataclasses import dataclass, replace

from surveyapp.base.i18n import _
from surveyapp.domain.analysis import AnalysisKind, AnalysisSpec
from surveyapp.domain.errors import UserError
from surveyapp.domain.scope import EVERYBODY, Scope
from surveyapp.services.prediction.scope_text import scope_of, scope_spec
from surveyapp.stats.calibration.leaderboard import MIN_N, Measure

SHARED = "yes"
PRIVATE = "private"
"""The option of a crowd that puts private predictions there in their words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardChoice:
    """How people are ranked: by which score, over what everybody forecast only, from how many predictions on."""

    measure: Measure = Measure.PEER
    shared: bool = False
    min_n: int = MIN_N
    private: bool = False
    """Of a crowd: private predictions in their words."""


def people_spec(kind: AnalysisKind, scope: Scope, choice: BoardChoice | None = None) -> AnalysisSpec:
    """The analysis of a scope (no people: everybody). What stands at its default is no option."""
    everybody = EVERYBODY in scope.people
    spec, chosen = scope_spec(kind, replace(scope, people=()) if everybody else scope), choice or BoardChoice()
    if kind is AnalysisKind.CROWD:
        return spec.with_option(PRIVATE, SHARED if chosen.private else "")
    if kind is not AnalysisKind.LEADERBOARD:
        return spec
    spec = spec.with_option("measure", chosen.measure.value if chosen.measure is not Measure.PEER else "")
    spec = spec.with_option("shared", SHARED if chosen.shared else "")
    return spec.with_option("min_n", str(chosen.min_n) if chosen.min_n != MIN_N else "")


def answers_spec(scope: Scope, *, wave_id: int, key: str, by: str) -> AnalysisSpec:
    """Scores by the answers to the question `by` of a wave, people found by their names in `key`; both are keys."""
    spec = people_spec(AnalysisKind.ANSWERS, scope)
    return replace(spec, base=replace(spec.base, wave_id=wave_id), columns=(key,), by=(by,))


def people_scope(spec: AnalysisSpec) -> Scope:
    """Whose forecasts of what. Raises UserError for options that cannot be read."""
    return among(scope_of(spec))


def board_choice(spec: AnalysisSpec) -> BoardChoice:
    """How people are ranked, and what a crowd shows. Raises UserError, naming the option, where one cannot be read."""
    measure, shared, least = (spec.option(name) for name in ("measure", "shared", "min_n"))
    if measure not in ("", *Measure):
        raise _unreadable(measure, "measure", ", ".join(Measure))
    if shared not in ("", SHARED):
        raise _unreadable(shared, "shared", SHARED)
    private = spec.option(PRIVATE)
    if private not in ("", SHARED):
        words = _("“%(value)s” does not say whether private predictions are shown.") % {"value": private}
        raise UserError(words, _("There are: %(names)s.") % {"names": SHARED})
    if least and not (least.isascii() and least.isdigit() and int(least[:9]) > 0):
        raise _unreadable(least, "min_n", _("a number from 1"))
    return BoardChoice(
        measure=Measure(measure or Measure.PEER),
        shared=bool(shared),
        min_n=int(least[:9]) if least else MIN_N,
        private=bool(private),
    )


def people_title(spec: AnalysisSpec) -> str:
    """What it is called in an outline, and above its table: "People by peer score, #rain"."""
    titles = {
        AnalysisKind.LEADERBOARD: _board_title(spec.option("measure")),
        AnalysisKind.CROWD: _("What all say together"),
        AnalysisKind.SITES: _("Scores of other sites"),
        AnalysisKind.RANGES: _("Ranges of numbers and dates"),
        AnalysisKind.ANSWERS: _("Forecasts by answers"),
    }
    scope = scope_of(spec)
    alone = scope.people if len(scope.people) == 1 and EVERYBODY not in scope.people else ()
    return ", ".join([titles[spec.kind], *alone, *(f"#{tag}" for tag in scope.tags)])


def _board_title(measure: str) -> str:
    """By which score; an unknown one is told of where it is asked for."""
    return {
        Measure.BRIER.value: _("People by Brier score"),
        Measure.LOG.value: _("People by log score"),
    }.get(measure, _("People by peer score"))


def among(scope: Scope) -> Scope:
    """The same; everybody where it names nobody."""
    return replace(scope, people=scope.people or (EVERYBODY,))


def _unreadable(value: str, option: str, known: str) -> UserError:
    words = _("“%(value)s” is no %(option)s of a leaderboard.") % {"value": value, "option": option}
    return UserError(words, _("There are: %(names)s.") % {"names": known})
