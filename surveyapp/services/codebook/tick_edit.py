"""What a person can say about the columns of one multiple choice, as functions from entries to the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from surveyapp.base.i18n import _
from surveyapp.domain.errors import UserError
from surveyapp.domain.question import Choice, Codebook, DatePart, Kind, Question
from surveyapp.importers.guess.tick_set import name_set

BETWEEN = " | "
"""Stands between several texts that mean the same."""


def are_together(questions: Sequence[Question]) -> bool:
    """Whether these are columns of one and the same multiple choice (or date)."""
    return len({q.multi for q in questions}) == 1 and bool(questions[0].multi)


def taken_together(questions: Sequence[Question], name: str = "") -> tuple[Question, ...]:
    """The entries as options of one multiple choice; free text among them is what was written behind "Other".

    Without a `name` it is the one some of them have, or what their headers share. The columns without choices learn
    from their cells what is a tick (see column_edit.learned). Raises UserError for fewer than two columns.
    """
    if len(questions) < 2:
        raise UserError(_("A multiple choice over columns has at least two."), _("Select all of its columns."))
    known = next((q.multi or q.grid for q in questions if q.multi or q.grid), "")
    shared, options = name_set([q.column for q in questions])
    multi = name.strip() or known or shared
    written = [q.kind is Kind.TEXT for q in questions]
    if all(written):
        written = [False] * len(questions)
    return tuple(
        _option(question, multi, question.name if question.multi or question.grid else option, is_text=is_text)
        for question, option, is_text in zip(questions, options, written, strict=True)
    )


def _option(question: Question, multi: str, label: str, *, is_text: bool) -> Question:
    told = replace(
        question, multi=multi, part=DatePart.NONE, name=label or question.title, text=f"{multi} [{label}]", grid=""
    )
    if is_text or question.kind is Kind.TICK:
        return told
    return replace(told, kind=Kind.TICK, choices=(), ordered=False, closed=False, delimiter="", missing_codes=())


def set_columns(codebook: Codebook, name: str) -> tuple[Question, ...]:
    """The columns of the multiple choice or date of that name. Raises UserError, naming those there are."""
    columns = codebook.of_multi(name)
    if columns:
        return columns
    names = ", ".join(dict.fromkeys(q.multi for q in codebook.questions if q.multi)) or _("none")
    raise UserError(
        _("There is no multiple choice or date %(name)s over several columns.") % {"name": name},
        _("There are: %(names)s.") % {"names": names},
    )


def taken_apart(questions: Sequence[Question]) -> tuple[Question, ...]:
    """The entries as questions of their own; each keeps how its cells are read."""
    return tuple(replace(question, multi="", part=DatePart.NONE) for question in questions)


def tick_texts(question: Question, code: int) -> str:
    """The texts that mean ticked (1) or not (0), as the editor shows them."""
    choice = question.choice(code)
    return BETWEEN.join(choice.texts) if choice is not None else ""


def with_tick_texts(question: Question, code: int, typed: str) -> Question:
    """The entry in which these texts mean ticked (1) or not (0); they mean nothing else any more.

    The first is what people read; nothing typed is "Yes" or "No".
    """
    texts = [part.strip() for part in typed.split(BETWEEN.strip()) if part.strip()]
    texts = list(dict.fromkeys(texts)) or [_("Yes") if code else _("No")]
    other = question.choice(1 - code)
    left = [text for text in (other.texts if other is not None else ()) if text not in texts]
    spare = next(text for text in (_("No") if code else _("Yes"), "0" if code else "1", "-") if text not in texts)
    left = left or [spare]
    own = Choice(code=code, label=texts[0], aliases=tuple(texts[1:]))
    rest = Choice(code=1 - code, label=left[0], aliases=tuple(left[1:]))
    return replace(question, choices=(own, rest) if code else (rest, own))
