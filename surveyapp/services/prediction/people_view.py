"""One view of the people of a log, as the window asks for it: a result, its tables, and why there is nothing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from surveyapp.base.i18n import _
from surveyapp.domain.analysis import AnalysisKind, AnalysisSpec
from surveyapp.domain.errors import UserError
from surveyapp.domain.question import Kind
from surveyapp.domain.scope import EVERYBODY, Scope
from surveyapp.reports.result_table.build import further_tables, result_table
from surveyapp.reports.table import Table
from surveyapp.services.analysis.run import run_analysis
from surveyapp.services.analysis.subject import column_key
from surveyapp.services.prediction.book import book_of
from surveyapp.services.prediction.people_spec import (
    BoardChoice,
    answers_spec,
    board_choice,
    people_scope,
    people_spec,
)
from surveyapp.services.result_text import TextTable, text_of
from surveyapp.services.session import Session
from surveyapp.stats.calibration.leaderboard import MIN_N, Measure
from surveyapp.stats.calibration.people_result import PeopleResult


class PeopleKind(StrEnum):
    """What is asked about the people of a log."""

    BOARD = "board"
    CROWD = "crowd"
    SITES = "sites"
    RANGES = "ranges"
    ANSWERS = "answers"


_KINDS = {
    PeopleKind.BOARD: AnalysisKind.LEADERBOARD,
    PeopleKind.CROWD: AnalysisKind.CROWD,
    PeopleKind.SITES: AnalysisKind.SITES,
    PeopleKind.RANGES: AnalysisKind.RANGES,
    PeopleKind.ANSWERS: AnalysisKind.ANSWERS,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleAsk:
    """`key` and `by` are keys of questions of the wave `wave_id` (0: the newest), for ANSWERS.

    `scope` says whose forecasts of what, but for the tag, which one chooses ("": those of the scope), and `who`, the
    one person whose ranges are asked for ("": everybody of the scope).
    """

    kind: PeopleKind = PeopleKind.BOARD
    measure: Measure = Measure.PEER
    shared: bool = False
    min_n: int = MIN_N
    private: bool = False
    tag: str = ""
    who: str = ""
    key: str = ""
    by: str = ""
    wave_id: int = 0
    scope: Scope = Scope(people=(EVERYBODY,))  # noqa: RUF009 (it cannot be changed)


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleView:
    """`result` is None where there is only `reason`; `texts` are its `tables` in words.

    `tags`, `people` (of ranges, `me` first), `keys` and `groups` (keys of questions) are what one can choose from.
    """

    ask: PeopleAsk
    spec: AnalysisSpec | None = None
    result: PeopleResult | None = None
    tables: tuple[Table, ...] = ()
    texts: tuple[TextTable, ...] = ()
    reason: str = ""
    tags: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    me: str = ""

    @property
    def title(self) -> str:
        """What the result is called, "" without one."""
        return self.result.question if self.result is not None else ""

    @property
    def sentence(self) -> str:
        """What was found, in a sentence."""
        return self.result.sentence if self.result is not None else ""


def people_view(session: Session, ask: PeopleAsk) -> PeopleView:
    """The view that is asked for; the reason in its place where there is none."""
    book = book_of(session)
    keys, groups = _questions(session) if ask.kind is PeopleKind.ANSWERS else ((), ())
    view = PeopleView(
        ask=ask,
        tags=tuple(sorted({tag for one in book.predictions.values() for tag in one.tags}, key=str.casefold)),
        people=_names(session) if ask.kind is PeopleKind.RANGES else (),
        keys=keys,
        groups=groups,
        me=book.me.name if book.me is not None else "",
    )
    if ask.kind is PeopleKind.ANSWERS and not session.waves():
        return replace(view, reason=_("There is no census here to join the forecasts with."))
    if ask.kind is PeopleKind.ANSWERS and not (ask.key and ask.by):
        words = _("Choose the question in which people gave their name or pseudonym, and one to group them by.")
        return replace(view, reason=words)
    spec = spec_of_ask(session, ask)
    try:
        result = run_analysis(session, spec)
    except UserError as error:
        return replace(view, reason=str(error))
    assert isinstance(result, PeopleResult)
    tables = (result_table(result), *further_tables(result))
    return replace(view, spec=spec, result=result, tables=tables, texts=tuple(text_of(table) for table in tables))


def spec_of_ask(session: Session, ask: PeopleAsk) -> AnalysisSpec:
    """The analysis of what is asked."""
    scope = replace(ask.scope, tags=(ask.tag,)) if ask.tag else ask.scope
    if ask.kind is PeopleKind.ANSWERS:
        wave_id = ask.wave_id or session.waves()[-1].id
        return answers_spec(scope, wave_id=wave_id, key=ask.key, by=ask.by)
    if ask.kind is PeopleKind.RANGES and ask.who:
        scope = replace(scope, people=(ask.who,))
    choice = BoardChoice(measure=ask.measure, shared=ask.shared, min_n=ask.min_n, private=ask.private)
    return people_spec(_KINDS[ask.kind], scope, choice)


def ask_of_spec(spec: AnalysisSpec) -> PeopleAsk | None:
    """What an analysis asks; None for one that is about something else. Raises UserError for unreadable options."""
    kind = next((kind for kind, analysis in _KINDS.items() if analysis is spec.kind), None)
    if kind is None:
        return None
    scope, choice = people_scope(spec), board_choice(spec)
    tag = scope.tags[0] if len(scope.tags) == 1 else ""
    alone = kind is PeopleKind.RANGES and len(scope.people) == 1 and scope.people[0] != EVERYBODY
    who = scope.people[0] if alone else ""
    scope = replace(scope, people=(EVERYBODY,)) if alone else scope
    return PeopleAsk(
        kind=kind,
        measure=choice.measure,
        shared=choice.shared,
        min_n=choice.min_n,
        private=choice.private,
        tag=tag,
        who=who,
        key=spec.columns[0] if spec.columns else "",
        by=spec.by[0] if spec.by else "",
        wave_id=spec.base.wave_id,
        scope=replace(scope, tags=()) if tag else scope,
    )


def _names(session: Session) -> tuple[str, ...]:
    """Who forecasts, me first."""
    book = book_of(session)
    me = book.me.name if book.me is not None else ""
    return tuple(
        sorted((one.name for one in book.forecasters.values()), key=lambda name: (name != me, name.casefold()))
    )


def _questions(session: Session) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Which questions of the newest wave can hold names, and which can make groups."""
    waves = session.waves()
    if not waves:
        return (), ()
    book = session.codebook(waves[-1].id)
    questions = [*book.questions, *book.derived]
    names = tuple(column_key(one) for one in questions if one.kind in (Kind.IDENTIFIER, Kind.TEXT))
    groups = tuple(column_key(one) for one in questions if one.kind in (Kind.SINGLE, Kind.SCALE, Kind.TICK))
    return names, groups
