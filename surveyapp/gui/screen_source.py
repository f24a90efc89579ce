"""One question with all others, for the command palette: "what goes with cryonics"."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from surveyapp.base.i18n import _
from surveyapp.domain.question import Codebook, Kind
from surveyapp.gui.context import AppContext
from surveyapp.gui.fuzzy import match
from surveyapp.gui.palette_source import PaletteEntry

if TYPE_CHECKING:
    from surveyapp.domain.question import Question

_MOST = 8


def screen_entries(context: AppContext, codebook: Codebook, query: str) -> list[PaletteEntry] | None:
    """The questions that fit, best first, each compared with everything; None for a query that asks for something
    else."""
    name = _asked(query)
    if name is None:
        return None
    from surveyapp.services.analysis.screen import screenable
    from surveyapp.services.analysis.subject import column_key

    left_out = (Kind.TEXT, Kind.IDENTIFIER)
    found: list[tuple[float, Question]] = [
        (fit[0], question)
        for question in codebook.asked
        if screenable(question) and question.kind not in left_out
        if (fit := match(name, question.title)) is not None
    ]
    found.sort(key=lambda item: -item[0])
    return [
        PaletteEntry(
            group=_("Correlations"),
            title=_("What goes with %(question)s") % {"question": question.title},
            icon="chart-scatter",
            run=partial(_open, context, column_key(question)),
            score=max(score, 1.0),
        )
        for score, question in found[:_MOST]
    ]


def _asked(query: str) -> str | None:
    """The question of "what goes with a", None for any other query."""
    text = query.strip()
    starts: Sequence[str] = (_("what goes with "), _("what else goes with "), "what goes with ", "what else goes with ")
    for start in starts:
        if text.casefold().startswith(start.casefold()):
            return text[len(start) :].strip(' "“”?') or None
    return None


def _open(context: AppContext, key: str) -> None:
    context.shell.open_page("correlations", "screen", question=key)
