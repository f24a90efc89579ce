"""What of a report tells of people by name: who publishes it should have asked them."""

from __future__ import annotations

from collections.abc import Mapping

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count
from surveyapp.stats.calibration.people_result import BoardResult, CrowdResult, SitesResult
from surveyapp.stats.result import Result


def naming_words(results: Mapping[str, Result]) -> str:
    """ "This report names 12 people and prints 40 predictions word for word.", "" where it does neither."""
    names: set[str] = set()
    statements: set[int] = set()
    for result in results.values():
        if isinstance(result, BoardResult | SitesResult):
            names |= {line.name for line in result.lines}
        elif isinstance(result, CrowdResult):
            statements |= {row.number for row in result.rows if not row.hidden}
    parts = []
    if names:
        words = ngettext("names %(n)s person", "names %(n)s people", len(names))
        parts.append(words % {"n": fmt_count(len(names))})
    if statements:
        words = ngettext(
            "prints %(n)s prediction word for word", "prints %(n)s predictions word for word", len(statements)
        )
        parts.append(words % {"n": fmt_count(len(statements))})
    return _("This report %(does)s: ask before you publish it.") % {"does": _(" and ").join(parts)} if parts else ""
