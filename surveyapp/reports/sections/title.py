"""The first page: what this is, of whom, from which file, and the contents."""

from __future__ import annotations

from surveyapp.base.i18n import _
from surveyapp.base.number import fmt_people
from surveyapp.domain.analysis import NO_WAVE, Block
from surveyapp.figures.axis import fmt_day
from surveyapp.reports.document import Content, Contents, Facts, PageBreak, Text, Title
from surveyapp.reports.request import ReportInput
from surveyapp.reports.sections.highlight import highlights
from surveyapp.reports.sections.prose import prose


def build(report: ReportInput, block: Block) -> list[Content]:
    """Title, community, what a person wrote, what stands out, the source file, the contents; then a new page."""
    wave = report.wave
    pairs = [
        (_("Census"), report.census),
        *_answered(report),
        (_("Source file"), wave.source_name),
        (_("Fingerprint (SHA-256)"), wave.source_sha256),
    ]
    if wave.id == NO_WAVE:
        pairs = [(_("About"), _("the prediction log"))]
    if report.authors:
        pairs.append((_("By"), ", ".join(report.authors)))
    return [
        Title(text=block.title or report.spec.name, block=block.id),
        Text(text=report.community or wave.title, role="subtitle"),
        *prose(block.text),
        *_in_short(report),
        Facts(pairs=tuple(pairs)),
        Contents(),
        PageBreak(),
    ]


def _answered(report: ReportInput) -> tuple[tuple[str, str], ...]:
    facts = report.method
    n = facts.n_base if facts.filters else facts.n_responses
    words = fmt_people(facts.n_responses)
    pairs = [(_("Answered"), words)]
    if facts.filters:
        pairs.append((_("Counted"), fmt_people(n)))
    points = facts.timeline.points if facts.timeline is not None else ()
    if points:
        first, last = points[0].day, points[-1].day
        days = {"first": fmt_day(first, year=first.year != last.year), "last": fmt_day(last, year=True)}
        pairs.append((_("Dates"), _("%(first)s to %(last)s") % days))
    return tuple(pairs)


def _in_short(report: ReportInput) -> list[Content]:
    """The sentences that stand out, once there is a result to speak of."""
    sentences = highlights(report) if report.results and report.wave.id != NO_WAVE else ()
    if not sentences:
        return []
    bullets = [Text(text=sentence, role="bullet") for sentence in sentences]
    return [Text(text=_("In short"), role="verdict"), *bullets, Text(text=_("About this report"), role="verdict")]
