"""LimeSurvey structure files as codebooks: texts, types, answers, sections and simple conditions.

What the types of questions mean for the responses was read from LimeSurvey/LimeSurvey
application/helpers/common_helper.php (field map) and export_helper.php.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from surveyapp.base.i18n import _
from surveyapp.domain.errors import UserError
from surveyapp.domain.mapping import Mapping
from surveyapp.domain.question import Kind, Question
from surveyapp.domain.shown_if import ShownIf
from surveyapp.importers.codebook.codebook_spec import CodebookSpec
from surveyapp.importers.codebook.limesurvey.entry import entries
from surveyapp.importers.codebook.limesurvey.lss import is_lss, read_lss
from surveyapp.importers.codebook.limesurvey.relevance import NAME, equalities, is_condition
from surveyapp.importers.codebook.limesurvey.structure import Asked, Part, Structure, broken, ensure_size
from surveyapp.importers.codebook.limesurvey.tab_text import is_tab_text, read_tab_text
from surveyapp.importers.codebook.number_rule import number_rule, texts_within
from surveyapp.importers.form.markup import plain
from surveyapp.importers.form.tick_set import Titles

MAX_ENTRIES = 10_000
"""No table has so many columns; an array of thousands by thousands is no survey."""


def sniff(name: str, content: bytes) -> float:  # noqa: ARG001
    """By the first bytes; the suffix says little (.txt)."""
    return 0.95 if is_lss(content[:4000]) or is_tab_text(content[:20_000]) else 0.0


def read(content: bytes, name: str) -> Mapping:  # noqa: ARG001
    """A partial mapping: short texts and computed fields are left to the guess. Raises UserError."""
    ensure_size(content)
    structure = read_lss(content) if is_lss(content[:4000]) else read_tab_text(content)
    questions = build_codebook(structure)
    if not questions:
        raise broken()
    return Mapping(questions=questions, survey=plain(structure.title), partial=True)


def build_codebook(structure: Structure) -> tuple[Question, ...]:
    """The entries of all questions, conditions included. Raises UserError above MAX_ENTRIES."""
    made: list[tuple[Asked, Question]] = []
    names: dict[str, Question] = {}
    titles = Titles()
    for asked in structure.questions:
        titles.next_question()
        for told in entries(asked, structure.language):
            entry = replace(told, multi=titles.own("multi", told.multi), grid=titles.own("grid", told.grid))
            made.append((asked, entry))
            names |= {name: entry for name in _names(asked, entry) if name not in names}
            if len(made) > MAX_ENTRIES:
                raise UserError(
                    _("This structure has more than %(most)s columns.") % {"most": f"{MAX_ENTRIES:,}"},
                    _("No file of responses can be that wide. Check the structure in LimeSurvey."),
                )
    return tuple(_conditional(asked, entry, names) for asked, entry in made)


def _names(asked: Asked, entry: Question) -> tuple[str, ...]:
    """What conditions call a column: Q1_SQ001, or 642133X12X104SQ001."""
    sub = entry.column.removeprefix(asked.code).strip("[]").replace("][", "_")
    by_code = f"{asked.code}_{sub}" if sub else asked.code
    return (by_code, asked.number + sub) if asked.number else (by_code,)


def _conditional(asked: Asked, entry: Question, names: dict[str, Question]) -> Question:
    """The entry with whom it was asked of: as data if the condition is simple, else as a note."""
    conditions = [asked.group_relevance, asked.relevance, _own_relevance(asked, entry)]
    telling = [condition.strip() for condition in conditions if is_condition(condition)]
    if len(set(telling)) == 1 and (shown := _shown_if(telling[0], names)):
        return replace(entry, shown_if=shown)
    if not telling:
        return entry
    note = _("Asked only if: %(condition)s") % {"condition": "; ".join(dict.fromkeys(telling))}
    return replace(entry, note=f"{entry.note} {note}".strip())


def _own_relevance(asked: Asked, entry: Question) -> str:
    """The condition of the row (or option) that this column stands for."""
    sub = entry.column.removeprefix(asked.code).strip("[]").split("]")[0]
    own: Sequence[Part] = [part for part in asked.axis(0) if sub in (part.code, f"{part.code}comment")]
    own = own or [part for part in asked.axis(0) if sub.startswith(f"{part.code}_")]
    return own[0].relevance if own else ""


def _shown_if(condition: str, names: dict[str, Question]) -> ShownIf | None:
    """The condition as data, if it asks for choices of one column, or for a number."""
    simple = equalities(condition)
    column = names.get(simple[0]) if simple else None
    if simple is None or column is None or not column.choices:
        return _by_number(condition, names)
    labels = []
    for value in simple[1]:
        meant = next((choice.label for choice in column.choices if value in choice.texts), None)
        if meant is None:
            return None
        labels.append(meant)
    return ShownIf(column=column.column, occurrence=column.occurrence, labels=tuple(labels))


def _by_number(condition: str, names: dict[str, Question]) -> ShownIf | None:
    found = number_rule(condition.strip().removeprefix("{").removesuffix("}"), NAME)
    column = names.get(found[0]) if found else None
    if found is None or column is None:
        return None
    if column.kind is Kind.NUMBER:
        return ShownIf(column=column.column, occurrence=column.occurrence, bounds=found[1])
    texts = {choice.aliases[0] if choice.aliases else choice.label: choice.label for choice in column.choices}
    labels = texts_within(texts, found[1]) if texts else None
    return ShownIf(column=column.column, occurrence=column.occurrence, labels=labels) if labels else None


SPEC = CodebookSpec(
    id="limesurvey_structure",
    title=lambda: _("LimeSurvey structure (.lss, .txt)"),
    suffixes=(".lss", ".txt", ".tsv"),
    sniff=sniff,
    read=read,
)
