"""A codebook from elsewhere used for a stored wave: what it knows of its columns, what it would change, the change."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count
from surveyapp.domain.change import Change
from surveyapp.domain.column import TextColumn
from surveyapp.domain.errors import UserError
from surveyapp.domain.mapping import Mapping
from surveyapp.domain.question import Question
from surveyapp.importers.guess.declared import declare, declared_by
from surveyapp.importers.guess.sample import build_sample
from surveyapp.importers.matching import match_questions
from surveyapp.services.codebook.change_preview import preview_change
from surveyapp.services.codebook.column_edit import with_own_letters
from surveyapp.services.codebook.stored import update_questions
from surveyapp.services.session import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnUse:
    """A column that the codebook knows: its entry now and its entry by the codebook.

    `answers` is how many of its answers would read differently.
    """

    before: Question
    after: Question
    answers: int = 0

    @property
    def changes(self) -> bool:
        """Whether anything of the entry would be another."""
        return self.before != self.after


@dataclass(frozen=True, slots=True, kw_only=True)
class CodebookUse:
    """What using a codebook would do.

    `unknown` are columns of the wave that it does not know, in the order of the file, `spare` its entries without a
    column here. `answers` counts all answers that would read differently.
    """

    name: str
    known: tuple[ColumnUse, ...]
    unknown: tuple[Question, ...]
    spare: tuple[Question, ...]
    answers: int = 0

    @property
    def changed(self) -> tuple[ColumnUse, ...]:
        """The known columns whose entry would be another."""
        return tuple(use for use in self.known if use.changes)

    @property
    def n_columns(self) -> int:
        """All columns of the wave."""
        return len(self.known) + len(self.unknown)


def plan_use(session: Session, wave_id: int, mapping: Mapping, *, name: str) -> CodebookUse:
    """What using this codebook would do; nothing is stored. Raises UserError if it knows none of the columns."""
    questions = session.codebook(wave_id).questions
    columns = session.store.answers.load(wave_id, [question.id for question in questions])
    texts = [columns[question.id].text_column() for question in questions]
    match = match_questions(texts, mapping)
    if not match.found:
        raise UserError(
            _("“%(name)s” knows none of the columns of this wave. Nothing was changed.") % {"name": name},
            _("It was saved for another form."),
        )
    known = {
        place: ColumnUse(
            before=questions[place],
            after=_adopted(questions[place], entry, texts[place], partial=mapping.partial),
        )
        for place, entry in sorted(match.found.items())
    }
    return CodebookUse(
        name=name,
        known=tuple(known.values()),
        unknown=tuple(question for n, question in enumerate(questions) if n not in known),
        spare=match.unmatched,
    )


def count_use(session: Session, wave_id: int, use: CodebookUse) -> CodebookUse:
    """The same with the answers counted that would read differently, which reads the changed columns anew."""
    preview = preview_change(session, wave_id, [one.after for one in use.changed])
    known = tuple(replace(one, answers=preview.by_question.get(one.before.id, 0)) for one in use.known)
    return replace(use, known=known, answers=preview.count)


def apply_use(session: Session, wave_id: int, use: CodebookUse, *, leave: Collection[int] = ()) -> Change | None:
    """Change the columns, but for those whose question ids are to be left; None if nothing differs."""
    taken = [one.after for one in use.known if one.before.id not in leave]
    n = sum(one.before.id not in leave for one in use.changed)
    label = ngettext("Codebook %(name)s used: %(n)s column changed", "Codebook %(name)s used: %(n)s columns changed", n)
    return update_questions(session, wave_id, taken, label=label % {"name": use.name, "n": fmt_count(n)})


def use_mapping(session: Session, wave_id: int, mapping: Mapping, *, name: str) -> Change | None:
    """Apply saved decisions to the columns they know; None if nothing differs.

    Raises UserError if they know none of the columns.
    """
    return apply_use(session, wave_id, plan_use(session, wave_id, mapping, name=name))


def _adopted(own: Question, known: Question, column: TextColumn, *, partial: bool) -> Question:
    """The stored entry as the mapping has it, or with what a partial mapping says of it."""
    if partial:
        own = with_own_letters(own, known.letters) if known.letters else own
        return declare(own, build_sample(column, repair=own.repair_in("")), declared_by(known))
    return replace(known, id=own.id, position=own.position, column=own.column, occurrence=own.occurrence)
