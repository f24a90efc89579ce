"""The texts of one question, as the tab Write-ins shows them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from surveyapp.base.i18n import _
from surveyapp.domain.column import CodedColumn, Entry
from surveyapp.domain.question import WHOLE, Choice, Kind, Missing, Question
from surveyapp.importers.alike.group import Group
from surveyapp.importers.cell.reading import stands_for
from surveyapp.importers.cell.wording import clean, clean_all
from surveyapp.importers.context import parent_of
from surveyapp.importers.problem.merge import find_label
from surveyapp.importers.problem.unread import UnreadGroup, unread_groups
from surveyapp.importers.problem.written import alias_codes
from surveyapp.services.answer_grid import answer_words, missing_words
from surveyapp.services.codebook.choice_edit import counted_entries, counts_in, groups_in, load_column
from surveyapp.services.session import Session
from surveyapp.services.tidy.item import Key, Stand, TidyText, TidyView
from surveyapp.services.tidy.write_in import WriteIns, find_write_ins, tick_options

_Hint = tuple[str, str, bool]
"""What a text may mean, why, and whether that is sure."""


def find_question(session: Session, wave_id: int, key: Key) -> Question:
    """The question of that key, a multiple choice over several columns included. Raises KeyError if it is gone."""
    codebook = session.codebook(wave_id)
    for question in (*codebook.questions, *codebook.sets):
        if (question.column, question.occurrence) == key:
            return question
    raise KeyError(key)


def tidy_key(session: Session, wave_id: int, column: str, occurrence: int) -> Key:
    """Under which question the texts of a column are tidied: a tick's or an "Other"'s under that of its choice."""
    codebook = session.codebook(wave_id)
    for n, question in enumerate(codebook.questions):
        if (question.column, question.occurrence) != (column, occurrence):
            continue
        if question.multi and not question.part and question.kind in (Kind.TICK, Kind.TEXT):
            return question.multi, WHOLE
        parent = parent_of(codebook.questions, n)
        if parent is not None:
            return codebook.questions[parent].column, codebook.questions[parent].occurrence
    return column, occurrence


def load_tidy(session: Session, wave_id: int, key: Key) -> TidyView:
    """Everything that can be tidied in one question. Raises KeyError if it is gone."""
    question = find_question(session, wave_id, key)
    if question.kind in (Kind.SINGLE, Kind.MULTI):
        return _chosen(session, wave_id, question)
    return _typed(session, wave_id, question)


# Choices


def _chosen(session: Session, wave_id: int, question: Question) -> TidyView:
    written = find_write_ins(session, wave_id, question)
    column = None if question.occurrence == WHOLE else load_column(session, wave_id, question)
    groups: tuple[Group, ...] = ()
    texts = _coded(question, written)
    if column is not None:
        repair = session.store.waves.repair_encoding(wave_id)
        groups = groups_in(column, repair)
        texts += _answers(column, written, _hints(groups))
        texts += _decided(column, repair, unread=True)
    texts += _open(question, written)
    return TidyView(
        question=question,
        texts=tuple(sorted(texts, key=lambda one: (not one.waiting, -one.count, one.text))),
        groups=groups,
        targets=_targets(session, wave_id, question),
    )


def _targets(session: Session, wave_id: int, question: Question) -> tuple[Choice, ...]:
    choices = question.choices
    if question.occurrence == WHOLE:
        codes = {code for _column, code in tick_options(session.codebook(wave_id), question)}
        choices = tuple(choice for choice in choices if choice.other or choice.code in codes)
    return tuple(sorted(choices, key=lambda choice: choice.other))


def _hints(groups: Sequence[Group]) -> dict[str, _Hint]:
    return {
        member.text: (group.label, member.why, member.sure and bool(group.sure))
        for group in groups
        for member in group.members
        if member.text != group.label
    }


def _open(question: Question, written: WriteIns) -> list[TidyText]:
    other = next((choice for choice in question.choices if choice.other), None)
    rows = []
    for one in written.open:
        told = one.suggestion
        rows.append(
            TidyText(
                text=one.text,
                texts=one.texts,
                count=one.count,
                stand=Stand.OPEN,
                counts_as=other.label if other else _("Beside the answers"),
                code=other.code if other else 0,
                suggestion=told.label if told else "",
                why=told.why if told else "",
                sure=told is not None and told.sure,
            )
        )
    return rows


def _answers(column: CodedColumn, written: WriteIns, hints: dict[str, _Hint]) -> list[TidyText]:
    """The answers themselves; people whose text was coded as one are counted there."""
    question, counts = column.question, counts_in(column)
    coded = Counter({one.label: 0 for one in written.coded})
    for one in written.coded:
        coded[one.label] += one.count
    rows = []
    for choice in question.choices:
        count = max(0, counts.get(choice.code, 0) - coded[choice.label])
        if choice.other or not count:
            continue
        label, why, sure = hints.get(choice.label, ("", "", False))
        rows.append(
            TidyText(
                text=choice.label,
                texts=(choice.label,),
                count=count,
                stand=Stand.ANSWER,
                counts_as=choice.label if choice.missing is None else missing_words(choice.missing),
                code=choice.code,
                suggestion=label,
                why=why,
                sure=sure,
            )
        )
    return rows


def _coded(question: Question, written: WriteIns) -> list[TidyText]:
    codes = {choice.label: choice.code for choice in question.choices}
    return [
        TidyText(
            text=one.text,
            texts=(one.text,),
            count=one.count,
            stand=Stand.LEFT if one.left else Stand.CODED,
            counts_as=one.label,
            code=codes.get(one.label, 0),
        )
        for one in written.coded
    ]


# Numbers, dates, scales


def _typed(session: Session, wave_id: int, question: Question) -> TidyView:
    column = load_column(session, wave_id, question)
    repair = session.store.waves.repair_encoding(wave_id)
    rows = session.store.answers.rows(wave_id)
    groups = unread_groups(column, rows, repair=repair)
    texts = [*_unread(groups), *_decided(column, repair)]
    return TidyView(
        question=question,
        texts=tuple(sorted(texts, key=lambda one: (not one.waiting, -one.count, one.text))),
        unread=groups,
        targets=question.choices if question.kind is Kind.SCALE else (),
    )


def _unread(groups: Sequence[UnreadGroup]) -> list[TidyText]:
    return [
        TidyText(
            text=cell.text,
            texts=(cell.text,),
            count=cell.count,
            stand=Stand.UNREAD,
            counts_as=_("not read"),
            suggestion=cell.becomes,
            why=group.title,
        )
        for group in groups
        for cell in group.cells
    ]


def _decided(column: CodedColumn, repair: str, *, unread: bool = False) -> list[TidyText]:
    """What a person has decided on the cells of a column, and what is out of range."""
    question, pairs = column.question, counted_entries(column)
    becomes = {clean(one.text): one.becomes for one in question.replacements}
    aliases = alias_codes(question) if question.kind is Kind.SCALE else {}
    tally: Counter[str] = Counter()
    rows: dict[str, tuple[Stand, str, int]] = {}
    cells = clean_all([entry.raw for entry, _n in pairs], question.repair_in(repair))
    for (entry, count), cell in zip(pairs, cells, strict=True):
        found = _stand(question, entry, cell, becomes, aliases) if cell and count else None
        if found is None and unread and cell and count and entry.missing is Missing.UNREADABLE:
            found = Stand.UNREAD, _("not read"), 0
        if found is not None:
            rows[cell] = found
            tally[cell] += count
    return [
        TidyText(text=text, texts=(text,), count=tally[text], stand=stand, counts_as=words, code=code)
        for text, (stand, words, code) in rows.items()
    ]


def _stand(
    question: Question, entry: Entry, cell: str, becomes: dict[str, str], aliases: dict[str, int]
) -> tuple[Stand, str, int] | None:
    if cell in becomes:
        return Stand.REPLACED, becomes[cell] if entry.missing is not None else answer_words(question, entry), 0
    if entry.missing is Missing.OUT_OF_RANGE:
        return Stand.OUT_OF_RANGE, missing_words(Missing.OUT_OF_RANGE), 0
    code = next((code for code in question.missing_codes if stands_for(question, code, cell)), None)
    if code is not None and entry.missing is not None and not code.only_with_neighbours:
        return Stand.MISSING, missing_words(code.meaning), 0
    if cell in aliases and find_label(question, cell) is None:
        return Stand.CODED, answer_words(question, entry), aliases[cell]
    return None
