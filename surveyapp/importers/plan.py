"""The proposal for a file: what each column means, what looks wrong, what was matched. Nothing is stored yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from surveyapp.base.garbage import no_collecting
from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count
from surveyapp.domain.mapping import Mapping
from surveyapp.domain.question import Kind, Question
from surveyapp.domain.wave import Decision, Problem, Severity
from surveyapp.importers.cell.reading import Kept
from surveyapp.importers.cell.wording import clean_all, holds_invisible
from surveyapp.importers.form.registry import spells_hidden
from surveyapp.importers.guess.declared import declare, declare_all, declared_by
from surveyapp.importers.guess.layout import arrange
from surveyapp.importers.guess.purpose import assign_purposes, told_display
from surveyapp.importers.guess.question import guess_questions, told_months
from surveyapp.importers.guess.retype import retype
from surveyapp.importers.guess.sample import Sample, build_sample, zero_stands_for_blank
from surveyapp.importers.guess.tick_set import told_sets
from surveyapp.importers.guess.unlisted import close_list, take_in
from surveyapp.importers.mark.mark import union
from surveyapp.importers.mark.quality import flags_differ
from surveyapp.importers.mark.shift import shifted_rows
from surveyapp.importers.mark.stray import repeated_headers
from surveyapp.importers.matching import match_questions
from surveyapp.importers.problem.address import ADDRESSES, elsewhere, hashed_problems
from surveyapp.importers.problem.in_codebook import match_problems
from surveyapp.importers.problem.in_column import column_problems
from surveyapp.importers.problem.in_file import file_problems
from surveyapp.importers.problem.run import counts_of
from surveyapp.importers.problem.view import View
from surveyapp.importers.problem.zero import zero_problems
from surveyapp.importers.repair import repaired_entry, with_letters
from surveyapp.importers.table import Report, TextTable, no_report

Settled = tuple[str, str, int]
"""A problem a person has decided on: its kind, column and occurrence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportPlan:
    """A checked, not yet executed import. `mapping.questions[i]` belongs to `table.columns[i]`.

    `problems` are the open ones, worst first; `done` sentences say what was done without asking. With a mapping
    given, `matched` and `new` hold positions of columns it knew or not, `unmatched` its questions without a column.
    `decided` are the problems a person has answered, in that order. `partial` says that the mapping tells only part
    of each entry. The remaining fields spare work and may be left empty by whoever builds a plan from a stored wave.
    """

    table: TextTable
    mapping: Mapping
    problems: tuple[Problem, ...] = ()
    done: tuple[str, ...] = ()
    matched: tuple[int, ...] = ()
    new: tuple[int, ...] = ()
    unmatched: tuple[Question, ...] = ()
    settled: frozenset[Settled] = frozenset()
    decided: tuple[Decision, ...] = ()
    partial: bool = False
    samples: tuple[Sample, ...] = field(default=(), repr=False, compare=False)
    by_column: tuple[tuple[Problem, ...], ...] = field(default=(), repr=False, compare=False)
    by_file: tuple[Problem, ...] = field(default=(), repr=False, compare=False)
    by_match: tuple[Problem, ...] = field(default=(), repr=False, compare=False)
    shifted: NDArray[np.int64] | None = field(default=None, repr=False, compare=False)
    stray: NDArray[np.int64] | None = field(default=None, repr=False, compare=False)
    kept: Kept = field(default_factory=Kept, repr=False, compare=False)

    def position(self, column: str, occurrence: int = 0) -> int:
        """Where a column stands. Raises KeyError for one that is not in the file."""
        for place, own in enumerate(self.table.columns):
            if own.header == column and own.occurrence == occurrence:
                return place
        raise KeyError(column)


@no_collecting(lasting=True)
def propose(table: TextTable, *, mapping: Mapping | None = None, report: Report = no_report) -> ImportPlan:
    """Guess the codebook and find the problems. With a mapping, its decisions come first; without, those of a
    codebook that came with the table."""
    mapping = mapping or table.codebook
    repair = mapping.repair_encoding if mapping else ""
    shifted, stray = shifted_rows(table), repeated_headers(table)
    samples = _build_samples(table, [repair] * len(table.columns), report, aside=union(shifted, stray))
    zero_blank = zero_stands_for_blank(samples)
    hidden = spells_hidden(table.source.format)
    alone = guess_questions(table.columns, samples, zero_blank=zero_blank, spells_hidden=hidden)
    # neighbours are judged by what the file says of them
    guessed = arrange(declare_all(table, alone, samples), samples, table.declared)
    guessed = assign_purposes(table, declare_all(table, guessed, samples), samples)
    guessed = tuple(map(partial(close_list, repair=repair), guessed, table.columns))
    own = Mapping(
        questions=guessed,
        source_format=table.source.format,
        repair_encoding=repair,
        parts=table.parts,
        encoding=table.encoding,
        sheet=table.sheet,
    )
    done = (*_done(table, samples), *told_sets(guessed, table.declared), *told_months(guessed), *told_display(guessed))
    plan = ImportPlan(table=table, mapping=own, samples=samples, done=done, shifted=shifted, stray=stray)
    if mapping is not None:
        plan = _apply_mapping(plan, mapping)
    return _examine(plan, report)


def _build_samples(
    table: TextTable, repairs: Sequence[str], report: Report, *, aside: NDArray[np.int64]
) -> tuple[Sample, ...]:
    """What the guesses look at; cells of the shifted rows `aside` say nothing about the questions they stand under.
    `repairs[i]` are the wrong round trips undone in the i-th column."""
    samples = []
    for place, repair in enumerate(repairs):
        report(place, 2 * len(table.columns))
        samples.append(_sample(table, place, repair, aside=aside))
    return tuple(samples)


def _sample(table: TextTable, place: int, repair: str, *, aside: NDArray[np.int64]) -> Sample:
    told = table.declared[place] if table.declared else None
    return build_sample(table.columns[place], repair=repair, aside=aside, told=told)


def _done(table: TextTable, samples: tuple[Sample, ...]) -> tuple[str, ...]:
    """What was done without asking; nothing of it changes a raw cell."""
    # how each of several files was read is for the record, not for here
    done = [] if table.parts else [note for note in table.notes if note != table.source.detail]
    last = table.rows[-1] if table.rows else 0
    if n := sum(row < last for row in table.blank_rows):  # lines behind the last answer are how some tools end a file
        done.append(ngettext("%(n)s empty row left out", "%(n)s empty rows left out", n) % {"n": fmt_count(n)})
    spaces = hidden = 0
    for column in table.columns:
        cleaned = clean_all(column.texts)
        if cleaned != list(column.texts):
            odd = [number for number, text in enumerate(column.texts) if cleaned[number] != text]
            counts = counts_of(column)
            signs = [number for number in odd if holds_invisible(column.texts[number])]
            hidden += int(counts[signs].sum())
            spaces += int(counts[odd].sum() - counts[signs].sum())
    if spaces:
        sentence = ngettext("odd spaces ignored in %(n)s cell", "odd spaces ignored in %(n)s cells", spaces)
        done.append(sentence % {"n": fmt_count(spaces)})
    if hidden:
        sentence = ngettext("invisible signs ignored in %(n)s cell", "invisible signs ignored in %(n)s cells", hidden)
        done.append(sentence % {"n": fmt_count(hidden)})
    if not any(sample.cells for sample in samples):
        done.append(_("no column holds an answer"))
    return tuple(done)


def _apply_mapping(plan: ImportPlan, mapping: Mapping) -> ImportPlan:
    match = match_questions(plan.table.columns, mapping)
    questions = list(plan.mapping.questions)
    same_file = mapping.source_sha256 == plan.table.source.sha256
    for place, known in match.found.items():
        plan = _with_letters(plan, place, known, mapping.repair_encoding)
        if same_file:  # everything was decided on these very answers
            own = plan.table.columns[place]
            questions[place] = replace(known, column=own.header, occurrence=own.occurrence, position=place, id=0)
        else:
            questions[place] = _adopt(plan, place, known, partial=mapping.partial)
    return replace(
        plan,
        mapping=replace(
            plan.mapping,
            questions=tuple(questions),
            repair_encoding=mapping.repair_encoding,
            survey=mapping.survey,
            hashed=mapping.hashed if same_file else (),
            edits=mapping.edits,
            source_sha256=mapping.source_sha256,
        ),
        partial=mapping.partial,
        matched=tuple(sorted(match.found)),
        new=tuple(n for n in range(len(questions)) if n not in match.found),
        unmatched=match.unmatched,
        by_match=(*match_problems(plan.table, match), *hashed_problems(plan.table, match, mapping.hashed)),
    )


def with_adopted(plan: ImportPlan, place: int, column: str, occurrence: int) -> ImportPlan:
    """The plan in which that column takes the entry of a question of the mapping that had no column of its own.

    Raises KeyError if the mapping has no such question left.
    """
    known = next((q for q in plan.unmatched if (q.column, q.occurrence) == (column, occurrence)), None)
    if known is None:
        raise KeyError(column)
    questions = list(plan.mapping.questions)
    plan = _with_letters(plan, place, known, plan.mapping.repair_encoding)
    questions[place] = _adopt(plan, place, known, partial=plan.partial)
    plan = replace(
        plan,
        matched=tuple(sorted((*plan.matched, place))),
        new=tuple(n for n in plan.new if n != place),
        unmatched=tuple(q for q in plan.unmatched if q is not known),
    )
    return replace_questions(plan, tuple(questions), (place,))


def _adopt(plan: ImportPlan, place: int, known: Question, *, partial: bool = False) -> Question:
    """An earlier file's entry for this column, or what a `partial` mapping says of it.

    New answers become choices; a column empty then is guessed anew. What joins ticks is the file's own matter.
    """
    column = plan.table.columns[place]
    if partial:
        guess = plan.mapping.questions[place]
        guess = with_letters(guess, known.letters) if known.letters else guess
        return declare(guess, plan.samples[place], declared_by(known))
    if known.kind is Kind.EMPTY and plan.samples[place].cells:
        return plan.mapping.questions[place]
    entry = replace(known, column=column.header, occurrence=column.occurrence, position=place, id=0)
    joint = plan.table.declared[place].get("delimiter") if plan.table.declared else None
    if joint and known.kind is Kind.MULTI:  # the same form, downloaded another way
        guess = plan.mapping.questions[place]
        entry = replace(entry, delimiter=guess.delimiter or joint)
    return _with_new_choices(plan, place, entry)


def _with_new_choices(plan: ImportPlan, place: int, question: Question) -> Question:
    """With the new answers of this file as choices; what only shifted rows hold is none."""
    if question.kind is not Kind.SINGLE:
        return question
    question = take_in(question, plan.samples[place])
    return close_list(question, plan.table.columns[place], repair=plan.mapping.repair_encoding)


def with_question(plan: ImportPlan, question: Question) -> ImportPlan:
    """The plan with this codebook entry (found by column and occurrence) instead of its present one.

    Only that column is examined again. Raises KeyError if the file has no such column.
    """
    place = plan.position(question.column, question.occurrence)
    questions = list(plan.mapping.questions)
    plan = _with_letters(plan, place, question, plan.mapping.repair_encoding)
    questions[place] = _with_new_choices(plan, place, question)
    return replace_questions(plan, tuple(questions), (place,))


def with_kind(plan: ImportPlan, question: Question, kind: Kind) -> ImportPlan:
    """The plan with that column read as another kind. Raises KeyError if the file has no such column."""
    sample = plan.samples[plan.position(question.column, question.occurrence)]
    return with_question(plan, retype(question, sample, kind))


def replace_questions(plan: ImportPlan, questions: tuple[Question, ...], changed: tuple[int, ...]) -> ImportPlan:
    """The plan with another codebook of which only the `changed` positions differ."""
    before = plan.mapping.questions
    for place in changed:
        plan = _with_letters(plan, place, questions[place], plan.mapping.repair_encoding)
    plan = replace(plan, mapping=replace(plan.mapping, questions=questions))
    if not plan.samples or not plan.by_column:
        return _examine(plan, no_report)
    view = _view(plan)
    by_column = list(plan.by_column)
    for place in changed:
        by_column[place] = column_problems(view, place)
    if any(flags_differ(before[place], questions[place]) for place in changed):
        plan = replace(plan, by_file=_file_problems(plan, view))
    return _sorted_out(replace(plan, by_column=tuple(by_column)), view)


def with_mapping(plan: ImportPlan, mapping: Mapping) -> ImportPlan:
    """The plan with the decisions of an earlier file applied to it."""
    return propose(plan.table, mapping=mapping)


def with_repair(plan: ImportPlan, repair: str) -> ImportPlan:
    """The plan with the letters of all cells repaired (or, with "", as they are): closed questions are read anew."""
    mapping = replace(plan.mapping, repair_encoding=repair)
    repairs = [question.repair_in(repair) for question in mapping.questions]
    samples = _build_samples(plan.table, repairs, no_report, aside=union(_shifted(plan), _stray(plan)))
    plan = replace(plan, mapping=mapping, samples=samples)
    questions = tuple(repaired_entry(question, repair) for question in plan.mapping.questions)
    return _examine(replace(plan, mapping=replace(mapping, questions=questions)), no_report)


def _with_letters(plan: ImportPlan, place: int, question: Question, repair: str) -> ImportPlan:
    """The plan with that column looked at as the letters of this entry are repaired, if they are in another way."""
    wanted = question.repair_in(repair)
    if not plan.samples or plan.samples[place].repair == wanted:
        return plan
    samples = list(plan.samples)
    samples[place] = _sample(plan.table, place, wanted, aside=union(_shifted(plan), _stray(plan)))
    return replace(plan, samples=tuple(samples))


def refresh(plan: ImportPlan) -> ImportPlan:
    """The plan with all problems looked for again."""
    return _examine(plan, no_report)


def _shifted(plan: ImportPlan) -> NDArray[np.int64]:
    return shifted_rows(plan.table) if plan.shifted is None else plan.shifted


def _stray(plan: ImportPlan) -> NDArray[np.int64]:
    return repeated_headers(plan.table) if plan.stray is None else plan.stray


def _view(plan: ImportPlan) -> View:
    return View(
        table=plan.table,
        mapping=plan.mapping,
        samples=plan.samples,
        zero_blank=zero_stands_for_blank(plan.samples),
        shifted=_shifted(plan),
        stray=_stray(plan),
        kept=plan.kept,
    )


def _examine(plan: ImportPlan, report: Report) -> ImportPlan:
    if not plan.samples:
        shifted, stray = _shifted(plan), _stray(plan)
        aside = union(shifted, stray)
        repairs = [question.repair_in(plan.mapping.repair_encoding) for question in plan.mapping.questions]
        samples = _build_samples(plan.table, repairs, no_report, aside=aside)
        plan = replace(plan, samples=samples, shifted=shifted, stray=stray)
    view = _view(plan)
    total = len(plan.table.columns)
    by_column = []
    for place in range(total):
        report(total + place, 2 * total)
        by_column.append(column_problems(view, place))
    plan = replace(plan, by_column=tuple(by_column), by_file=_file_problems(plan, view))
    return _sorted_out(plan, view)


def _file_problems(plan: ImportPlan, view: View) -> tuple[Problem, ...]:
    told = elsewhere(view) if plan.mapping.hashed else None
    return (*file_problems(view), *((told,) if told else ()))


def _sorted_out(plan: ImportPlan, view: View) -> ImportPlan:
    """All open problems, those that change results first, then by how many answers they concern."""
    found = [*plan.by_match]
    known = {settled_key(problem) for problem in found if problem.kind == ADDRESSES}  # the codebook said it already
    found += [problem for own in plan.by_column for problem in own if settled_key(problem) not in known]
    found += [*plan.by_file, *zero_problems(view)]
    rank = {Severity.DECIDE: 0, Severity.LOOK: 1, Severity.DONE: 2}
    still = [problem for problem in found if settled_key(problem) not in plan.settled]
    still.sort(key=lambda problem: (rank[problem.severity], -problem.count, problem.columns))
    return replace(plan, problems=tuple(still))


def settled_key(problem: Problem) -> Settled:
    """What tells a settled problem."""
    return (problem.kind, problem.column, problem.occurrence)
