"""The first page: what this is, of whom, from which file, and the contents."""

from __future__ import annotations

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count
from surveyapp.domain.analysis import Block
from surveyapp.reports.document import Content, Contents, Facts, PageBreak, Text, Title
from surveyapp.reports.request import ReportInput
from surveyapp.reports.sections.prose import prose


def build(report: ReportInput, block: Block) -> list[Content]:
    """Title, community and wave, n, source file with its fingerprint, the summary, the contents; then a new page."""
    wave = report.wave
    people = ngettext("%(n)s person", "%(n)s people", report.method.n_responses) % {
        "n": fmt_count(report.method.n_responses)
    }
    pairs = [
        (_("Census"), report.census),
        (_("Answered"), people),
        (_("Source file"), wave.source_name),
        (_("Fingerprint (SHA-256)"), wave.source_sha256),
    ]
    if report.authors:
        pairs.append((_("By"), ", ".join(report.authors)))
    return [
        Title(text=block.title or report.spec.name, block=block.id),
        Text(text=report.community or wave.title, role="subtitle"),
        *prose(block.text),
        Facts(pairs=tuple(pairs)),
        Contents(),
        PageBreak(),
    ]
