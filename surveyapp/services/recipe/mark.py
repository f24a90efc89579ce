"""The step that says which responses bear a mark; none was removed or merged."""

from __future__ import annotations

from surveyapp.base.i18n import _
from surveyapp.base.number import fmt_count
from surveyapp.domain.recipe import RecipeStep
from surveyapp.services.base_count import flag_words
from surveyapp.services.session import Session


def mark_steps(session: Session, wave_id: int) -> list[RecipeStep]:
    """Every mark that somebody bears with its number, and what marks are for."""
    flags = {flag: len(rows) for flag, rows in session.store.flags.get(wave_id).items() if rows}
    if not flags:
        return []
    listed = ", ".join(f"{flag_words(flag)} ({fmt_count(n)})" for flag, n in flags.items())
    return [
        RecipeStep(
            sentence=_("Marked responses: %(marks)s.") % {"marks": listed},
            reason=_(
                "Nobody was removed and no rows were merged; a filter leaves marked ones out where that is wanted."
            ),
            count=sum(flags.values()),
        )
    ]
