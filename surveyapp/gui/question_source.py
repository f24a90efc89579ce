"""The questions of the wave in use, for the command palette: opened in Explore.

"a by b" is a cross-tab, of a number also its means, "regress a on b" a regression, "a with b" a pair of Correlations,
"what goes with a" all its pairs, "alpha a" a scale, "control a by b" a comparison with a control group.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from surveyapp.base.i18n import _
from surveyapp.gui.context import AppContext
from surveyapp.gui.fuzzy import match
from surveyapp.gui.palette_source import PaletteEntry
from surveyapp.gui.regression_source import regression_entries
from surveyapp.gui.scale_source import control_entries, scale_entries
from surveyapp.gui.screen_source import screen_entries

if TYPE_CHECKING:
    from surveyapp.services.cross_choice import Choice
    from surveyapp.services.question_list import ListedSection

_MOST = 40
_MOST_CROSSED, _MOST_OF_A_SIDE = 8, 6


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
        codebook = session.codebook(base.wave_id)
        sections = list_questions(codebook)
        if (regressions := regression_entries(self._context, sections, query)) is not None:
            return regressions
        if (screened := screen_entries(self._context, codebook, query)) is not None:
            return screened
        if paired := _parts(query, (_(" with "), " with ")):
            return self._pair_entries(sections, *paired)
        asked = [
            *scale_entries(self._context, codebook, sections, query),
            *control_entries(self._context, sections, query),
        ]
        if asked and _crossed(query):
            return asked
        return [*asked, *self._listed(sections, query)]

    def _listed(self, sections: Sequence[ListedSection], query: str) -> list[PaletteEntry]:
        """Cross-tabs and means of "a by b", else the questions themselves."""
        if crossed := _crossed(query):
            return self._cross_entries(sections, *crossed)
        entries = [entry for section in sections for entry in section.entries]
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

    def _cross_entries(self, sections: Sequence[ListedSection], rows: str, columns: str) -> list[PaletteEntry]:
        from surveyapp.services.cross_choice import choices

        found = [
            (left, right, one[0] + other[0])
            for left, one in _fitting(rows, choices(sections, rows=True, dates=True))
            for right, other in _fitting(columns, choices(sections, rows=False, dates=True))
            if left.keys != right.keys
        ]
        found.sort(key=lambda item: -item[2])
        return [
            PaletteEntry(
                group=_("Means") if averaged else _("Cross-tabs"),
                title=_("%(rows)s by %(columns)s") % {"rows": left.title, "columns": right.title},
                icon="chart-scatter" if averaged else "table-2",
                detail=_("in bands") if banded and not averaged else "",
                run=partial(self._open_means if averaged else self._open_cross, left.keys, right.keys),
                score=max(score, 1.0),
            )
            for left, right, score in found[:_MOST_CROSSED]
            for banded in [_is_averaged(left)]
            for averaged in ((True, False) if banded and not _is_averaged(right) else (False,))
        ]

    def _pair_entries(self, sections: Sequence[ListedSection], first: str, second: str) -> list[PaletteEntry]:
        from surveyapp.services.cross_choice import choices

        single = [choice for choice in choices(sections, rows=False) if len(choice.keys) == 1]
        found = [
            (left, right, one[0] + other[0])
            for left, one in _fitting(first, single)
            for right, other in _fitting(second, single)
            if left.keys != right.keys
        ]
        found.sort(key=lambda item: -item[2])
        return [
            PaletteEntry(
                group=_("Correlations"),
                title=_("%(first)s with %(second)s") % {"first": left.title, "second": right.title},
                icon="chart-scatter",
                run=partial(self._open_pair, left, right),
                score=max(score, 1.0),
            )
            for left, right, score in found[:_MOST_CROSSED]
        ]

    def _open_pair(self, first: Choice, second: Choice) -> None:
        titles = {"first_title": first.title, "second_title": second.title}
        keys = {"first": first.keys[0], "second": second.keys[0]}
        self._context.shell.open_page("correlations", "screen", **keys, **titles)

    def _open_cross(self, rows: tuple[str, ...], columns: tuple[str, ...]) -> None:
        self._context.shell.open_page("explore", "cross", rows=rows, by=columns)

    def _open_means(self, value: tuple[str, ...], group: tuple[str, ...]) -> None:
        self._context.shell.open_page("explore", "means", value=value[0], group=group[0])

    def _open(self, key: str) -> None:
        self._context.shell.open_page("explore", "questions", question=key)


def _is_averaged(choice: Choice) -> bool:
    """A number or probability, which has a mean first and a cross-tab only in bands."""
    from surveyapp.services.cross_choice import AVERAGED

    return choice.question.kind in AVERAGED and not choice.battery


def _crossed(query: str) -> tuple[str, str] | None:
    """The two questions of "politics by age", None for any other query."""
    return _parts(query, (_(" by "), " by "))


def _parts(query: str, words: Sequence[str]) -> tuple[str, str] | None:
    """What stands before and after one of the words, None where one of the two is missing."""
    for word in words:
        before, found, after = query.partition(word)
        if found and before.strip() and after.strip():
            return before, after
    return None


def _fitting(query: str, found: Sequence[Choice]) -> list[tuple[Choice, tuple[float, tuple[int, ...]]]]:
    """The choices that fit, best first."""
    ranked = [(choice, fit) for choice in found if (fit := match(query, choice.title)) is not None]
    return sorted(ranked, key=lambda item: -item[1][0])[:_MOST_OF_A_SIDE]
