"""Bounds of a number in words."""

from __future__ import annotations

from collections.abc import Sequence

from surveyapp.base.i18n import _
from surveyapp.base.number import fmt_number
from surveyapp.domain.shown_if import Bound, Sign


def bounds_words(bounds: Sequence[Bound]) -> str:
    """ "more than 0", "at least 1 and less than 10"."""
    return _(" and ").join(_words(bound) for bound in bounds)


def _words(bound: Bound) -> str:
    words = {
        Sign.ABOVE: _("more than %(number)s"),
        Sign.AT_LEAST: _("at least %(number)s"),
        Sign.BELOW: _("less than %(number)s"),
        Sign.AT_MOST: _("at most %(number)s"),
        Sign.EQUAL: _("exactly %(number)s"),
        Sign.NOT: _("anything but %(number)s"),
    }[bound.sign]
    return words % {"number": fmt_number(bound.value)}
