"""What the inspector says about one column, and about several."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count
from surveyapp.domain.question import Kind, Question, Role
from surveyapp.domain.wave import Severity
from surveyapp.gui.explanation import Explanation
from surveyapp.gui.pages.data.column_cells import state_words
from surveyapp.services.codebook.change_preview import ChangePreview
from surveyapp.services.codebook.column_view import ColumnProfile, ColumnRow, kind_label, role_label
from surveyapp.services.codebook.question_diff import part_of_date, shown_words


def explain_column(row: ColumnRow) -> Explanation:
    """What the inspector says about a column."""
    question, profile = row.question, row.profile
    facts = [(_("Read as"), kind_label(question))]
    if role := role_label(question):
        facts.append((_("Role"), role))
    if question.section:
        facts.append((_("Section"), question.section))
    if question.grid:
        facts.append((_("Battery"), question.grid))
    if part := part_of_date(question):
        facts.append((_("Part of a date"), part))
    elif question.multi:
        facts.append((_("Option of"), question.multi))
    if question.other_of:
        facts.append((_("“Other” of"), " ".join(question.other_of.split())))
    if asked := shown_words(question):
        facts.append((_("Asked of"), asked))
    if question.replacements:
        facts.append((_("Read instead"), fmt_count(len(question.replacements))))
    if profile is not None:
        facts += [
            (_("Read"), fmt_count(profile.n_read)),
            (_("Blank"), fmt_count(profile.n_blank)),
            (_("Not read"), fmt_count(profile.n_unread)),
        ]
        if profile.n_write_in:
            facts.append((_("Written in"), fmt_count(profile.n_write_in)))
    examples = "; ".join(_example(*one) for one in profile.examples) if profile is not None else ""
    return Explanation(
        kind=_("Column %(n)s") % {"n": fmt_count(question.position + 1)},
        title=question.title,
        subtitle=question.wording if question.wording != question.title else "",
        value=fmt_count(profile.n_read) if profile is not None else "",
        of=_("answers") if profile is not None else "",
        facts=tuple(facts),
        words=f"{examples_head(question, profile)}: {examples}" if profile is not None and examples else "",
        caution=state_words(row.severity).capitalize() + "."
        if row.severity in (Severity.DECIDE, Severity.LOOK)
        else "",
        actions=("data.edit", "data.kind", "data.leave_out"),
    )


def examples_head(question: Question, profile: ColumnProfile) -> str:
    """What the examples of a column are: of identifiers and times no text is commoner than another."""
    told_apart = question.kind is Kind.IDENTIFIER or question.role in (Role.TIMESTAMP, Role.RESPONSE_ID)
    if told_apart or all(n == 1 for _text, n in profile.examples):
        return _("For example, as typed")
    return _("Commonest, as typed")


def _example(text: str, n: int) -> str:
    words = " ".join(text.split())[:60]
    return f"{words} ({fmt_count(n)})" if n > 1 else words


def explain_columns(rows: Sequence[ColumnRow]) -> Explanation:
    """What the inspector says about several selected columns."""
    kinds = Counter(kind_label(row.question) for row in rows)
    facts = [(kind, fmt_count(n)) for kind, n in kinds.most_common(6)]
    left = sum(row.question.left_out for row in rows)
    if left:
        facts.append((_("Left out"), fmt_count(left)))
    title = ngettext("%(n)s column", "%(n)s columns", len(rows)) % {"n": fmt_count(len(rows))}
    return Explanation(
        kind=_("Together"),
        title=title,
        facts=tuple(facts),
        words=_("What is changed now holds for all of them, in one change that can be taken back."),
        actions=("data.edit", "data.kind", "data.role", "data.missing", "data.section", "data.leave_out"),
        strip=_("%(columns)s selected: Y kind, R role, M no answer, S section, O leave out.") % {"columns": title},
    )


def effect_words(preview: ChangePreview) -> str:
    """What a change would do, with examples: "Would change 41 answers: “40s” → 45 (12) ..."."""
    if not preview.count:
        return _("Would change no answer.")
    words = ngettext("Would change %(n)s answer", "Would change %(n)s answers", preview.count)
    told = words % {"n": fmt_count(preview.count)}
    examples = []
    for one in preview.examples:
        typed, after = _short(one.typed) or _("blank"), _short(one.after)
        examples.append(f"“{typed}” → {after}" + (f" ({fmt_count(one.count)})" if one.count > 1 else ""))
    return _("%(told)s: %(examples)s") % {"told": told, "examples": "; ".join(examples)}


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 28 else f"{words[:27]}…"
