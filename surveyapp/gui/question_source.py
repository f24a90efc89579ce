"""The questions of the wave in use, for the command palette: found by name or wording, opened in Explore."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from surveyapp.base.i18n import _
from surveyapp.gui.context import AppContext
from surveyapp.gui.fuzzy import match
from surveyapp.gui.palette_source import PaletteEntry

_MOST = 40


class QuestionSource:
    """Lists nothing for an empty query: the palette then shows what one can do."""

    def __init__(self, context: AppContext) -> None:
        self._context = context

    def __call__(self, query: str) -> Sequence[PaletteEntry]:
        session = self._context.session
        if session is None or len(query.strip()) < 2 or "go.explore" not in self._context.actions:
            return []
        from surveyapp.services.base_state import current_base
        from surveyapp.services.question_list import list_questions

        base = current_base(session)
        if base is None:
            return []
        entries = [entry for section in list_questions(session.codebook(base.wave_id)) for entry in section.entries]
        fitting = [entry for entry in entries if match(query, entry.title) is not None]
        return [
            PaletteEntry(
                group=_("Questions"),
                title=entry.title,
                icon="chart-column",
                detail=entry.section,
                run=partial(self._open, entry.key),
            )
            for entry in fitting[:_MOST]
        ]

    def _open(self, key: str) -> None:
        self._context.shell.open_page("explore", "questions", question=key)
