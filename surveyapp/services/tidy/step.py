"""What a person does to texts: each one undoable change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count, fmt_number
from surveyapp.domain.change import Change
from surveyapp.domain.errors import UserError
from surveyapp.domain.question import WHOLE, Kind, Missing, Question, RangeRule
from surveyapp.domain.wave import Fix
from surveyapp.importers.alike.group import Group
from surveyapp.importers.cell.reading import read_texts
from surveyapp.importers.context import parent_of
from surveyapp.importers.problem.merge import coded, find_label, without_texts
from surveyapp.importers.problem.number_decision import NUMBER_DECISIONS, with_meaning, with_rate, with_replacements
from surveyapp.services.answer_grid import answer_words
from surveyapp.services.codebook.choice_edit import merge_groups, rename_choice
from surveyapp.services.codebook.question_diff import range_words
from surveyapp.services.codebook.stored import open_problems, update_questions
from surveyapp.services.session import Session
from surveyapp.services.tidy.item import Stand, TidyText, TidyView
from surveyapp.services.tidy.write_in import code_as_new, code_texts, leave_as_other, tick_options, uncode_texts

_IN_WRITING = frozenset({Stand.OPEN, Stand.CODED, Stand.LEFT})


def code_as(session: Session, wave_id: int, view: TidyView, rows: Sequence[TidyText], label: str) -> Change | None:
    """Count these texts as the answer of that name, a new one if there is none. None if they count so already.

    Raises UserError for a name that cannot be taken, and where no new answer is possible.
    """
    question, texts = view.question, _texts(rows)
    target = find_label(question, label)
    if question.kind is Kind.SCALE:
        return _code_step(session, wave_id, question, texts, label)
    if all(row.stand in _IN_WRITING for row in rows):
        if target is None:
            return code_as_new(session, wave_id, question, texts, label)
        if target.other:
            return leave_as_other(session, wave_id, question, texts)
        return code_texts(session, wave_id, question, texts, target.code)
    others = [text for text in texts if text != label]
    return merge_groups(session, wave_id, question, [[label, *others]]) if others else None


def _code_step(session: Session, wave_id: int, question: Question, texts: Sequence[str], label: str) -> Change | None:
    target = find_label(question, label)
    if target is None:
        raise UserError(_("“%(label)s” is no step of this scale.") % {"label": label}, _("Choose one of its steps."))
    words = ngettext("%(n)s text counted as %(label)s", "%(n)s texts counted as %(label)s", len(texts))
    after = coded(question, texts, target.code)
    label = words % {"n": fmt_count(len(texts)), "label": label}
    return update_questions(session, wave_id, [after], label=label)


def take_out(session: Session, wave_id: int, view: TidyView, rows: Sequence[TidyText]) -> Change | None:
    """Forget what was decided on these texts."""
    question = view.question
    rows = [row for row in rows if row.stand in (Stand.CODED, Stand.LEFT, Stand.REPLACED, Stand.MISSING)]
    if not rows:
        return None
    in_codes = [row for row in rows if row.stand in (Stand.CODED, Stand.LEFT)]
    if len(in_codes) == len(rows):
        return uncode_texts(session, wave_id, question, _texts(rows))
    after = without_texts(question, _texts(in_codes))
    after = with_replacements(after, [(text, "") for row in rows for text in row.texts])
    n = len(rows)
    label = ngettext("%(n)s text is read as typed again", "%(n)s texts are read as typed again", n)
    return update_questions(session, wave_id, [after], label=label % {"n": fmt_count(n)})


def call_missing(
    session: Session, wave_id: int, view: TidyView, rows: Sequence[TidyText], meaning: Missing
) -> Change | None:
    """Count these texts as no answer, for that reason. They stand in the question's cells or in the column behind its
    "Other"."""
    texts = _texts(rows)
    codebook = session.codebook(wave_id)
    if view.question.occurrence == WHOLE:
        columns = [q for q in codebook.of_multi(view.question.multi) if q.kind in (Kind.TEXT, Kind.TICK)]
    else:
        places = [n for n, q in enumerate(codebook.questions) if q.id == view.question.id]
        spelled = [q for n, q in enumerate(codebook.questions) if parent_of(codebook.questions, n) in places]
        columns = [view.question, *spelled]
    after = [
        with_meaning(without_texts(q, texts), texts, meaning) if q.kind is not Kind.TICK else without_texts(q, texts)
        for q in columns
    ]
    label = ngettext("%(n)s text counts as no answer", "%(n)s texts count as no answer", len(texts))
    return update_questions(session, wave_id, after, label=label % {"n": fmt_count(len(texts))})


def read_as(session: Session, wave_id: int, view: TidyView, rows: Sequence[TidyText], becomes: str) -> Change | None:
    """Read these texts as if `becomes` had been typed. Raises UserError if that is not read either."""
    if not reading_of(view.question, becomes):
        raise UserError(_("“%(text)s” is not read either.") % {"text": becomes}, _("Type a plain number or date."))
    texts = _texts(rows)
    after = with_replacements(view.question, [(text, becomes) for text in texts])
    label = ngettext("%(n)s text read as %(number)s", "%(n)s texts read as %(number)s", len(texts))
    return update_questions(
        session, wave_id, [after], label=label % {"n": fmt_count(len(texts)), "number": becomes.strip()}
    )


def reading_of(question: Question, text: str) -> str:
    """What a text would be read as in this column, in words; "" if it is not read."""
    plain = replace(question, replacements=())
    entry = read_texts(plain, [text]).entries[0]
    return "" if entry.missing is not None else answer_words(plain, entry)


def accept(session: Session, wave_id: int, view: TidyView, rows: Sequence[TidyText]) -> Change | None:
    """Take the suggestions of these texts; None if they have none."""
    rows = [row for row in rows if row.suggestion]
    if not rows:
        return None
    if not view.coded:
        pairs = [(text, row.suggestion) for row in rows for text in row.texts]
        label = ngettext("%(n)s text read as suggested", "%(n)s texts read as suggested", len(rows))
        after = with_replacements(view.question, pairs)
        return update_questions(session, wave_id, [after], label=label % {"n": fmt_count(len(rows))})
    if len({row.suggestion for row in rows}) == 1:
        return code_as(session, wave_id, view, rows, rows[0].suggestion)
    if view.question.occurrence == WHOLE:
        return _tick_all(session, wave_id, view, rows)
    groups: dict[str, list[str]] = {}
    for row in rows:
        groups.setdefault(row.suggestion, []).extend(text for text in row.texts if text != row.suggestion)
    problem = _settled_problem(session, wave_id, view, _texts(rows))
    return merge_groups(session, wave_id, view.question, [[k, *texts] for k, texts in groups.items()], problem=problem)


def _tick_all(session: Session, wave_id: int, view: TidyView, rows: Sequence[TidyText]) -> Change | None:
    """Each text ticks the option it is suggested for."""
    codebook = session.codebook(wave_id)
    names = {choice.code: choice.label for choice in view.question.choices}
    own = {column.id: names.get(code, "") for column, code in tick_options(codebook, view.question)}
    after = []
    for column in codebook.of_multi(view.question.multi):
        texts = [text for row in rows if row.suggestion == own.get(column.id) for text in row.texts]
        freed = without_texts(column, _texts(rows))
        after.append(coded(freed, texts, 1) if texts else freed)
    n = len(rows)
    label = ngettext("%(n)s write-in of “%(question)s” coded", "%(n)s write-ins of “%(question)s” coded", n)
    values = {"n": fmt_count(n), "question": view.question.title}
    return update_questions(session, wave_id, after, label=label % values)


def rename(session: Session, wave_id: int, view: TidyView, code: int, label: str) -> Change | None:
    """Call an answer something else. Raises UserError for a name that is taken."""
    if view.question.occurrence != WHOLE:
        return rename_choice(session, wave_id, view.question, code, label)
    columns = {own: column for column, own in tick_options(session.codebook(wave_id), view.question)}
    return update_questions(session, wave_id, [replace(columns[code], name=label.strip())])


def merge(session: Session, wave_id: int, view: TidyView, merges: Sequence[tuple[str, Sequence[str]]]) -> Change | None:
    """Of each (label, texts) make one answer; settles the problem about look-alikes when no sure one is left."""
    merged = [text for _label, texts in merges for text in texts]
    problem = _settled_problem(session, wave_id, view, merged)
    lists = [[label, *(text for text in texts if text != label)] for label, texts in merges]
    return merge_groups(session, wave_id, view.question, lists, problem=problem)


def _settled_problem(session: Session, wave_id: int, view: TidyView, merged: Sequence[str]) -> int:
    """The id of the open problem about look-alikes, if nothing sure is left of it after these; else 0."""
    rest = [member for group in view.groups for member in group.sure[1:] if member.text not in merged]
    if rest:
        return 0
    return next(
        (
            stored.id
            for stored in open_problems(session, wave_id)
            if stored.problem.kind == "lookalike" and (stored.problem.column, stored.problem.occurrence) == view.key
        ),
        0,
    )


def keep_apart(session: Session, wave_id: int, view: TidyView, group: Group) -> Change | None:
    """Remember that these texts differ: they are not proposed again, in this wave or the next."""
    question, texts = view.question, tuple(member.text for member in group.members)
    after = replace(question, apart=(*question.apart, texts))
    problem = _settled_problem(session, wave_id, view, texts)
    label = ngettext(
        "%(n)s name in “%(question)s” stays on its own", "%(n)s names in “%(question)s” stay apart", len(texts)
    )
    values = {"n": fmt_count(len(texts)), "question": question.title}
    return update_questions(session, wave_id, [after], label=label % values, problem=problem)


def apply_rule(session: Session, wave_id: int, view: TidyView, fix: Fix) -> Change | None:
    """Read a whole pattern of texts as the fix says ("ranges" by their middle)."""
    after = NUMBER_DECISIONS[fix.action](view.question, fix.value)
    label = _("“%(question)s”: %(fix)s") % {"question": view.question.title, "fix": fix.label}
    return update_questions(session, wave_id, [after], label=label)


def fix_example(question: Question, fix: Fix, text: str) -> str:
    """What an unread text would be read as by that fix, in words; "" if not at all."""
    decide = NUMBER_DECISIONS.get(fix.action)
    if decide is None:
        return ""
    after = decide(question, fix.value)
    entry = read_texts(after, [text]).entries[0]
    return "" if entry.missing is Missing.UNREADABLE else answer_words(after, entry)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A rule by which a column's texts are read now, in words, and the entry without it."""

    words: str
    without: Question


def rules_of(question: Question) -> tuple[Rule, ...]:
    """The rules for ranges, limits and other units that hold in a column."""
    found = []
    if question.ranges is not RangeRule.UNREAD:
        words = _("Ranges: %(rule)s") % {"rule": range_words(question.ranges)}
        found.append(Rule(words=words, without=replace(question, ranges=RangeRule.UNREAD)))
    if question.limits:
        found.append(Rule(words=_("Limits: as typed"), without=replace(question, limits=False)))
    for rate in question.rates:
        words = _("1 %(unit)s = %(n)s") % {"unit": rate.unit, "n": fmt_number(rate.factor)}
        found.append(Rule(words=words, without=with_rate(question, rate.unit, None)))
    return tuple(found)


def drop_rule(session: Session, wave_id: int, view: TidyView, rule: Rule) -> Change | None:
    """Let a rule hold no longer."""
    label = _("“%(question)s”: no longer %(rule)s") % {"question": view.question.title, "rule": rule.words}
    return update_questions(session, wave_id, [rule.without], label=label)


def _texts(rows: Sequence[TidyText]) -> list[str]:
    return [text for row in rows for text in row.texts]
