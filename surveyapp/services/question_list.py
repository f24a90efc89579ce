"""The questions of a wave as one walks through them: by section, a battery as one entry."""

from __future__ import annotations

from dataclasses import dataclass

from surveyapp.base.i18n import _
from surveyapp.domain.analysis import AnalysisKind, AnalysisSpec, Base
from surveyapp.domain.question import TOOL_ROLES, Codebook, Kind, Question
from surveyapp.services.analysis.subject import column_key

_CLOSED = (Kind.SINGLE, Kind.SCALE, Kind.TICK)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedQuestion:
    """One line of the list: a question, or the items of a battery that share their answers."""

    key: str
    title: str
    section: str
    questions: tuple[Question, ...]
    grid: str = ""

    @property
    def kind(self) -> Kind:
        """How the answers are read; a battery's items are alike."""
        return self.questions[0].kind

    @property
    def ordered(self) -> bool:
        """Whether the answers have an order."""
        return self.questions[0].ordered or self.kind is Kind.SCALE

    def spec(self, base: Base) -> AnalysisSpec:
        """What to ask about it."""
        kind = AnalysisKind.GRID if self.grid else AnalysisKind.QUESTION
        return AnalysisSpec(kind=kind, columns=tuple(column_key(question) for question in self.questions), base=base)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedSection:
    """A section of the form and what it asks."""

    title: str
    entries: tuple[ListedQuestion, ...]


def list_questions(codebook: Codebook) -> list[ListedSection]:
    """Every question a page can show, sections in the order of the form; one section of a name.

    Identifiers and what the form filled in are no questions. A multiple choice over several columns is one entry, as is
    a question with the text behind its "Other". Items of a battery whose answers differ are listed one by one.
    """
    sections: dict[str, list[ListedQuestion]] = {}
    seen: set[str] = set()
    for question in codebook.asked:
        if question.kind is Kind.IDENTIFIER or question.role in TOOL_ROLES:
            continue
        items = codebook.of_grid(question.grid)
        if not share_answers(items):
            sections.setdefault(question.section, []).append(_single(question))
        elif question.grid not in seen:
            seen.add(question.grid)
            sections.setdefault(question.section, []).append(_battery(question, items))
    return [ListedSection(title=title or _("Questions"), entries=tuple(found)) for title, found in sections.items()]


def share_answers(items: tuple[Question, ...]) -> bool:
    """Whether these are a battery: two or more closed questions with the same steps (an item may lack some)."""
    if len(items) < 2 or any(item.kind not in _CLOSED for item in items):
        return False
    steps = [{choice.label for choice in item.choices if choice.missing is None} for item in items]
    longest = max(steps, key=len)
    return len(longest) >= 2 and all(own <= longest for own in steps)


def _single(question: Question) -> ListedQuestion:
    return ListedQuestion(
        key=column_key(question), title=question.title, section=question.section, questions=(question,)
    )


def _battery(question: Question, items: tuple[Question, ...]) -> ListedQuestion:
    return ListedQuestion(
        key=f"grid:{question.grid}",
        title=question.grid,
        section=question.section,
        questions=tuple(item for item in items if not item.left_out),
        grid=question.grid,
    )
