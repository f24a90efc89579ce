"""What the preview asks about files as a whole, in words: problems whose fixes the page carries out."""

from __future__ import annotations

from collections.abc import Sequence

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count, fmt_people
from surveyapp.domain.wave import Fix, Problem, Severity, Wave
from surveyapp.services.intake.adding import AdditionPlan, AddMode
from surveyapp.services.intake.arrival import Arrival, Codebook, Stacking, Together
from surveyapp.services.intake.news import brings_nothing
from surveyapp.services.intake.same_people import SamePeople

CONTINUES, SEVERAL, CODEBOOK = "file_continues", "file_several", "file_codebook"
LEAVE = "leave"
"""The answer that the file is not imported."""

_NAMES = 6


def continues_problem(plan: AdditionPlan) -> Problem:
    """ "Add to Census 2026, or a new wave?" with the evidence; the proposed answer first.

    Where everything speaks for a new wave it only asks for a look.
    """
    wave, again = plan.wave.title, brings_nothing(plan)
    title = _("Add to %(wave)s, or a new wave?") % {"wave": wave}
    if again:
        title = _("%(wave)s holds all of this already") % {"wave": wave}
    answers = {
        AddMode.UPDATE: _("Update %(wave)s") % {"wave": wave},
        AddMode.ADD: _("Add all as new people"),
        AddMode.WAVE: _("A new wave"),
    }
    first = AddMode.WAVE if again else plan.mode  # again: after not importing it
    shared = plan.comparison.n_new < len(plan.new)
    if again or not shared:
        del answers[AddMode.UPDATE]
    would = shared and plan.mode is not AddMode.WAVE  # what an update would bring matters where one is proposed
    evidence = (plan.comparison.sentence(), *plan.evidence[1:]) if would else plan.evidence
    order = [first, *(mode for mode in answers if mode is not first)]
    fixes = [Fix(action=mode.value, label=answers[mode]) for mode in order]
    return Problem(
        kind=CONTINUES,
        severity=Severity.LOOK if plan.mode is AddMode.WAVE else Severity.DECIDE,
        title=title,
        detail=". ".join(evidence) + ".",
        fixes=(_leave(), *fixes) if again else tuple(fixes),
    )


def _leave() -> Fix:
    return Fix(action=LEAVE, label=_("Do not import it"))


def continues_settled(plan: AdditionPlan, mode: AddMode) -> str:
    """What was chosen."""
    if mode is AddMode.WAVE:
        return beside(plan.wave)
    return _("Goes into %(wave)s: %(what)s") % {"wave": plan.wave.title, "what": plan.sentence(mode)}


def same_problem(same: SamePeople) -> Problem:
    """ "48 of 60 people are in Census 2026 already": the columns differ, so that the file cannot update the wave.

    Where only addresses say so, they may have answered another time; then it only asks for a look.
    """
    detail = _("The columns have other names, so the file cannot update it. In a new wave, they are counted once more.")
    if not same.is_sure:
        detail = _("They may have answered another time. If these are the same answers, they are counted once more.")
    leave = _leave()
    wave = Fix(action=AddMode.WAVE.value, label=_("A new wave"))
    return Problem(
        kind=CONTINUES,
        severity=Severity.DECIDE if same.is_sure else Severity.LOOK,
        title=same.sentence(),
        detail=detail,
        count=same.n,
        out_of=same.total,
        fixes=(leave, wave) if same.is_sure else (wave, leave),
    )


def beside(wave: Wave) -> str:
    """What was chosen where the file does not go into that wave."""
    return _("A new wave, beside %(wave)s") % {"wave": wave.title}


def failed_problem(wave: str, title: str, what_to_do: str) -> Problem:
    """A comparison that could not be made; the file can still be a wave of its own."""
    return Problem(
        kind=CONTINUES,
        severity=Severity.LOOK,
        title=_("Not compared with %(wave)s") % {"wave": wave},
        detail=f"{title} {what_to_do}".strip(),
        fixes=(Fix(action=AddMode.WAVE.value, label=_("A new wave")),),
    )


def several_problem(arrival: Arrival, stacking: Stacking) -> Problem:
    """ "Two exports of the same survey? 182 of 187 columns match." """
    n = len(arrival.tables)
    ask = ngettext("%(n)s export of the same survey?", "%(n)s exports of the same survey?", n) % {"n": fmt_count(n)}
    if n == 2:
        ask = _("Two exports of the same survey?")
    match = ngettext("%(n)s of %(total)s column matches.", "%(n)s of %(total)s columns match.", stacking.n_columns)
    counts = {"n": fmt_count(stacking.n_matched), "total": fmt_count(stacking.n_columns)}
    detail = [
        _("Only in %(file)s: %(names)s.") % {"file": name, "names": listed(headers)}
        for name, headers in stacking.alone
        if headers
    ]
    if stacking.proposed is Together.UPDATE:
        detail.append(_("The longer one holds the people of the other: %(what)s.") % {"what": _shared(stacking)})
    return Problem(
        kind=SEVERAL,
        severity=Severity.DECIDE,
        title=f"{ask} {match % counts}",
        detail=" ".join(detail),
        fixes=_several_fixes(arrival, stacking),
    )


def _shared(stacking: Stacking) -> str:
    return stacking.comparison.sentence()


def _several_fixes(arrival: Arrival, stacking: Stacking) -> tuple[Fix, ...]:
    first = arrival.tables[0].sheet or arrival.tables[0].source.name
    answers = {
        Together.ADD: _("One wave of all rows"),
        Together.UPDATE: _("The longer one updates the other"),
        Together.FIRST: _("Only %(name)s") % {"name": first},
    }
    order = sorted(answers, key=lambda one: one is not stacking.proposed)
    return tuple(Fix(action=one.value, label=answers[one]) for one in order)


def several_settled(arrival: Arrival) -> str:
    """What was chosen."""
    people = fmt_people(len(arrival.plan.table))
    if arrival.together is Together.FIRST:
        return _("Only %(name)s is read: %(people)s") % {"name": arrival.tables[0].source.name, "people": people}
    if arrival.together is Together.UPDATE:
        return _("The longer export updates the other: %(people)s") % {"people": people}
    return _("One wave of %(files)s files: %(people)s") % {"files": fmt_count(len(arrival.tables)), "people": people}


def codebook_problem(codebook: Codebook, n_columns: int) -> Problem:
    """ "census-codebook.csv lies beside it. Use it?" """
    known = ngettext("It knows %(n)s of %(total)s column.", "It knows %(n)s of %(total)s columns.", n_columns)
    return Problem(
        kind=CODEBOOK,
        severity=Severity.DECIDE,
        title=_("%(name)s lies beside it. Use it?") % {"name": codebook.name},
        detail=known % {"n": fmt_count(codebook.n_known), "total": fmt_count(n_columns)},
        fixes=(Fix(action="use", label=_("Use it")), Fix(action="keep", label=_("Without it"))),
    )


def listed(headers: Sequence[str]) -> str:
    """The first of many names."""
    shown = ", ".join(f"“{' '.join(header.split())[:60]}”" for header in headers[:_NAMES])
    more = len(headers) - _NAMES
    return _("%(names)s and %(n)s more") % {"names": shown, "n": fmt_count(more)} if more > 0 else shown
