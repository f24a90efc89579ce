"""The sentence below the name of a file, and what the button beside it will do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count, fmt_people
from surveyapp.importers.plan import ImportPlan
from surveyapp.services.intake.adding import AddMode

if TYPE_CHECKING:
    from surveyapp.gui.pages.data.preview_view import PreviewView


def head_words(plan: ImportPlan) -> str:
    """ "LimeSurvey export, 24 people, 31 columns. Nothing is stored yet. Semicolon-separated, UTF-8." """
    detail = plan.table.source.detail
    n, columns = len(plan.table), len(plan.table.columns)
    people = fmt_people(n)
    wide = ngettext("%(n)s column", "%(n)s columns", columns) % {"n": fmt_count(columns)}
    title, _parting, more = detail.partition(": " if plan.table.parts else ", ")
    if title[:1].islower():  # no form tool is known, only how the file is written
        title, more = "", detail
    facts = [", ".join(filter(None, (title, people, wide))) + ".", _("Nothing is stored yet.")]
    if plan.matched or plan.unmatched:
        counts = {"n": len(plan.matched), "new": len(plan.new), "gone": len(plan.unmatched)}
        words = ngettext(
            "%(n)s column matched, %(new)s new, %(gone)s without a column.",
            "%(n)s columns matched, %(new)s new, %(gone)s without a column.",
            counts["n"],
        )
        facts.append(words % {key: fmt_count(count) for key, count in counts.items()})
    elif more and not plan.table.parts:  # the names of several files stand above
        facts.append(f"{more[:1].upper()}{more[1:]}.")
    return " ".join(facts)


def import_words(view: PreviewView) -> str:
    """What the button will do."""
    questions = view.questions
    n = len(view.preview.plan.table)
    if questions.addition is None or questions.adds is None:
        return ngettext("Import %(n)s person", "Import %(n)s people", n) % {"n": fmt_count(n)}
    wave = questions.addition.wave.title
    if questions.adds is AddMode.UPDATE:
        n = questions.addition.comparison.n_new
    if not n:
        return _("Update %(wave)s") % {"wave": wave}
    words = ngettext("Add %(n)s person to %(wave)s", "Add %(n)s people to %(wave)s", n)
    return words % {"n": fmt_count(n), "wave": wave}
