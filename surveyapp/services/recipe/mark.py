"""Steps that say which responses bear a mark; none was removed or merged."""

from __future__ import annotations

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count
from surveyapp.domain.recipe import RecipeStep
from surveyapp.services.answer_grid import flag_words
from surveyapp.services.session import Session


def mark_steps(session: Session, wave_id: int) -> list[RecipeStep]:
    """One step for each mark that somebody bears; the last says what marks are for."""
    flags = session.store.flags.get(wave_id)
    words = [
        (ngettext("%(n)s response is marked: %(why)s.", "%(n)s responses are marked: %(why)s.", len(rows)), flag, rows)
        for flag, rows in flags.items()
        if rows
    ]
    steps = [
        RecipeStep(sentence=sentence % {"n": fmt_count(len(rows)), "why": flag_words(flag)}, count=len(rows))
        for sentence, flag, rows in words
    ]
    if steps:
        steps.append(
            RecipeStep(
                sentence=_("Nobody was removed and no rows were merged."),
                reason=_("A filter leaves marked responses out where that is wanted."),
            )
        )
    return steps
