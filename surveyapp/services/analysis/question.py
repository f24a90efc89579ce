"""One question by itself, or the items of a battery side by side."""

from __future__ import annotations

from surveyapp.base.i18n import _
from surveyapp.domain.errors import UserError
from surveyapp.services.analysis.asked import Asked
from surveyapp.stats.interval import METHODS, WILSON
from surveyapp.stats.question.describe import describe
from surveyapp.stats.question.grid import grid_table
from surveyapp.stats.question.interval_choice import with_method
from surveyapp.stats.result import Result


def run_question(asked: Asked) -> Result:
    """What a question is described by depends on its kind. Option: `interval`, the method of the intervals of shares.

    Raises UserError for an unknown method.
    """
    question = asked.question(asked.spec.columns[0])
    method = asked.spec.option("interval", WILSON)
    if method not in METHODS:
        words = _("“%(value)s” is no method for the interval of a share.") % {"value": method}
        raise UserError(words, _("There are: %(names)s.") % {"names": ", ".join(METHODS)})
    found = describe(asked.answers(question), level=asked.level, seen=asked.seen(question), weights=asked.weights)
    return with_method(found, method)


def run_grid(asked: Asked) -> Result:
    """The columns are the items."""
    questions = [asked.question(key) for key in asked.spec.columns]
    return grid_table(
        [asked.answers(each) for each in questions], name=questions[0].grid, level=asked.level, weights=asked.weights
    )
