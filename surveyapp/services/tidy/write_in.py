"""Write-ins: what people wrote beside the answers of a closed question, and what each text was coded as.

A coded text is an alias of the answer it means, one that was looked at and left is an alias of "Other". Both are kept
in the codebook, so the next file with the same texts needs no look. Where a multiple choice is spread over columns, the
alias belongs to the tick of the option that is meant, that of a left text to a choice of the text column.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count
from surveyapp.domain.change import Change
from surveyapp.domain.errors import UserError
from surveyapp.domain.question import WHOLE, Choice, Codebook, Kind, Question, set_options
from surveyapp.importers.alike.group import suggest_groups
from surveyapp.importers.alike.key import plain_key
from surveyapp.importers.cell.wording import clean, clean_all
from surveyapp.importers.context import meanings, parent_of, set_meanings
from surveyapp.importers.matching import plain
from surveyapp.importers.problem.merge import added, coded, gathering, other_of_question, without_texts
from surveyapp.importers.problem.written import Written, alias_codes, written_texts
from surveyapp.services.codebook.choice_edit import counted_entries, load_column
from surveyapp.services.codebook.stored import update_questions
from surveyapp.services.session import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """What a text may mean: an answer by its label (`code` 0 if the question has no such answer yet), and the evidence
    in words. `sure` if it is only another spelling, or was decided in an earlier wave."""

    label: str
    code: int
    why: str
    sure: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteIn:
    """One thing that was written in: its commonest spelling, all spellings with counts, people."""

    text: str
    spellings: tuple[tuple[str, int], ...]
    count: int
    suggestion: Suggestion | None = None

    @property
    def texts(self) -> tuple[str, ...]:
        """All spellings: what is coded together."""
        return tuple(text for text, _count in self.spellings)


@dataclass(frozen=True, slots=True, kw_only=True)
class CodedText:
    """A text that was coded: as which answer, by how many people. `left` if it was left as "Other"."""

    text: str
    count: int
    label: str
    left: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteIns:
    """The write-ins of one question. `open` wait for a decision, the commonest first."""

    question: Question
    open: tuple[WriteIn, ...]
    coded: tuple[CodedText, ...]

    @property
    def n_open(self) -> int:
        """People whose text waits."""
        return sum(one.count for one in self.open)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """Where the texts of a question stand: in its own cells, or in a column of their own (`spelled`)."""

    question: Question
    spelled: Question | None = None


def write_in_questions(session: Session, wave_id: int) -> tuple[WriteIns, ...]:
    """Every question with texts written in, those with most people waiting first; without suggestions."""
    found = [_read(session, wave_id, place) for place in _places(session.codebook(wave_id))]
    some = [one for one in found if one.open or one.coded]
    return tuple(sorted(some, key=lambda one: (-one.n_open, one.question.position)))


def find_write_ins(session: Session, wave_id: int, question: Question) -> WriteIns:
    """The write-ins of one question, each with what it may mean."""
    found = _read(session, wave_id, _place_of(session.codebook(wave_id), question))
    earlier = _earlier(session, wave_id, question)
    options = _options(session.codebook(wave_id), question)
    alike = _alike(question, options, found.open)
    opened = tuple(replace(one, suggestion=_suggest(one, options, earlier, alike)) for one in found.open)
    return replace(found, open=opened)


def _places(codebook: Codebook) -> list[_Place]:
    questions = codebook.questions
    spelled = {parent: q for n, q in enumerate(questions) if (parent := parent_of(questions, n)) is not None}
    places = [
        _Place(question=q, spelled=spelled.get(n))
        for n, q in enumerate(questions)
        if q in codebook.shown and q.kind in (Kind.SINGLE, Kind.MULTI) and (n in spelled or other_of_question(q))
    ]
    for whole in codebook.sets:
        text = next((q for q in codebook.of_multi(whole.multi) if q.kind is Kind.TEXT and not q.left_out), None)
        if text is not None and whole.kind is Kind.MULTI:
            places.append(_Place(question=whole, spelled=text))
    return places


def _place_of(codebook: Codebook, question: Question) -> _Place:
    key = (question.column, question.occurrence)
    known = next((p for p in _places(codebook) if (p.question.column, p.question.occurrence) == key), None)
    return known or _Place(question=question)


def _read(session: Session, wave_id: int, place: _Place) -> WriteIns:
    repair = session.store.waves.repair_encoding(wave_id)
    question, spelled = place.question, place.spelled
    if question.occurrence == WHOLE and spelled is not None:
        codes = _tick_codes(session.codebook(wave_id), question)
        written = _sorted_out(_typed(session, wave_id, spelled, repair), codes)
        return _listed(question, written, {choice.code: choice for choice in question.choices})
    written = written_texts(question, counted_entries(load_column(session, wave_id, question)), repair=repair)
    if spelled is not None:
        means = meanings(question)
        typed = _typed(session, wave_id, spelled, repair)
        codes = {text: code for text in typed if (code := means(text)) is not None}
        written = _sorted_out(typed, codes)
    return _listed(question, written, {choice.code: choice for choice in question.choices})


def _typed(session: Session, wave_id: int, question: Question, repair: str) -> Counter[str]:
    """The cleaned texts of a column, with counts; those that stand for no answer aside."""
    pairs = counted_entries(load_column(session, wave_id, question))
    nothing = {"", *(clean(code.text) for code in question.missing_codes)}
    tally: Counter[str] = Counter()
    cells = clean_all([entry.raw for entry, _n in pairs], question.repair_in(repair))
    for text, (_entry, n) in zip(cells, pairs, strict=True):
        if text not in nothing:
            tally[text] += n
    return +tally


def _sorted_out(typed: Counter[str], codes: dict[str, int]) -> Written:
    written = Written(codes=codes)
    for text, n in typed.items():
        (written.settled if text in codes else written.open)[text] += n
    return written


def _tick_codes(codebook: Codebook, whole: Question) -> dict[str, int]:
    """Which text means which option of a multiple choice over several columns; left ones mean its "Other"."""
    codes: dict[str, int] = {}
    other = other_of_question(whole)
    for column in codebook.of_multi(whole.multi):
        if column.kind is Kind.TEXT and other is not None:
            codes |= {alias: other.code for choice in column.choices for alias in choice.aliases}
    places = {id(column): code for column, code in tick_options(codebook, whole)}
    for text, place in set_meanings(codebook.questions, whole.multi).items():
        code = places.get(id(codebook.questions[place]))
        if code is not None:
            codes[text] = code
    return codes


def tick_options(codebook: Codebook, whole: Question) -> list[tuple[Question, int]]:
    """The tick columns of a multiple choice, each with the code that its option has in the whole."""
    options = set_options(codebook.of_multi(whole.multi))
    return [(option[0], code) for code, option in enumerate(options, 1) if option[0].kind is Kind.TICK]


def _listed(question: Question, written: Written, choices: dict[int, Choice]) -> WriteIns:
    bunches: dict[str, list[tuple[str, int]]] = {}
    for text, n in sorted(written.open.items(), key=lambda one: (-one[1], one[0])):
        bunches.setdefault(plain_key(text), []).append((text, n))
    opened = [
        WriteIn(text=spellings[0][0], spellings=tuple(spellings), count=sum(n for _text, n in spellings))
        for spellings in bunches.values()
    ]
    settled = [
        CodedText(text=text, count=n, label=choice.label, left=choice.other)
        for text, n in sorted(written.settled.items(), key=lambda one: (-one[1], one[0]))
        if (choice := choices.get(written.codes[text])) is not None and text != choice.label
    ]
    return WriteIns(
        question=question,
        open=tuple(sorted(opened, key=lambda one: (-one.count, one.text))),
        coded=tuple(settled),
    )


# What a text may mean

_OFTEN = 1_000_000
"""An answer of the form counts as given by many: a text may mean it, never the reverse."""


def _options(codebook: Codebook, question: Question) -> tuple[Choice, ...]:
    """The answers a text can be coded as."""
    if question.occurrence != WHOLE:
        return tuple(choice for choice in question.choices if not choice.other)
    codes = {code for _column, code in tick_options(codebook, question)}
    return tuple(choice for choice in question.choices if choice.code in codes and not choice.other)


def _suggest(
    one: WriteIn, options: Sequence[Choice], earlier: dict[str, str], alike: dict[str, tuple[str, str, bool]]
) -> Suggestion | None:
    by_label = {choice.label: choice.code for choice in options}
    same = {plain_key(text): choice for choice in options for text in choice.texts}.get(plain_key(one.text))
    if same is not None:
        return Suggestion(label=same.label, code=same.code, why=_("the same but for its spelling"), sure=True)
    told = next((earlier[text] for text in one.texts if text in earlier), None)
    if told is not None:
        return Suggestion(label=told, code=by_label.get(told, 0), why=_("coded so in an earlier wave"), sure=True)
    if one.text in alike:
        label, why, sure = alike[one.text]
        return Suggestion(label=label, code=by_label.get(label, 0), why=why, sure=sure)
    return None


def _earlier(session: Session, wave_id: int, question: Question) -> dict[str, str]:
    """What texts were coded as in other waves' questions of this header, the newest wave first."""
    told: dict[str, str] = {}
    for wave in reversed(session.waves()):
        codebook = session.codebook(wave.id)
        known = [q for q in (*codebook.questions, *codebook.sets) if plain(q.column) == plain(question.column)]
        for one in known if wave.id != wave_id else ():
            labels = {choice.code: choice for choice in one.choices}
            codes = _tick_codes(codebook, one) if one.occurrence == WHOLE else alias_codes(one)
            for text, code in codes.items():
                if code in labels and not labels[code].other:
                    told.setdefault(text, labels[code].label)
    return told


def _alike(
    question: Question, options: Sequence[Choice], opened: Iterable[WriteIn]
) -> dict[str, tuple[str, str, bool]]:
    """By text the answer or the commoner text that it looks like, with the evidence, and whether that is sure."""
    plain_question = replace(question, choices=tuple(options))
    known = [(choice.label, _OFTEN) for choice in options]
    groups = suggest_groups(plain_question, [*known, *((one.text, one.count) for one in opened)])
    return {member.text: (group.label, member.why, member.sure) for group in groups for member in group.members[1:]}


# Decisions


def code_texts(session: Session, wave_id: int, question: Question, texts: Sequence[str], code: int) -> Change | None:
    """Code these texts as the answer of that code. Raises KeyError for a code that is no answer, UserError for a text
    that is an answer of its own."""
    choice = question.choice(code)
    if choice is None:
        raise KeyError(code)
    if question.occurrence == WHOLE:
        codebook = session.codebook(wave_id)
        if choice.other:
            return leave_as_other(session, wave_id, question, texts)
        after = _ticked(codebook, question, texts, code)
    else:
        after = [coded(question, texts, code)]
    return update_questions(session, wave_id, after, label=_sentence(len(texts), choice.label))


def _ticked(codebook: Codebook, whole: Question, texts: Sequence[str], code: int) -> list[Question]:
    """The columns of a multiple choice with these texts coded as the option of that code."""
    chosen = next(column.id for column, own in tick_options(codebook, whole) if own == code)
    freed = [without_texts(column, texts) for column in codebook.of_multi(whole.multi)]
    return [coded(column, texts, 1) if column.id == chosen else column for column in freed]


def code_as_new(session: Session, wave_id: int, question: Question, texts: Sequence[str], label: str) -> Change | None:
    """Make an answer of that name, and code these texts as it. Raises UserError for a name that is taken,
    and for a multiple choice over several columns: each of its answers is a column of the file."""
    if question.occurrence == WHOLE:
        raise UserError(
            _("“%(question)s” has a column for each answer, so it takes no new one.") % {"question": question.title},
            _("Code the text as one of its answers, or leave it as Other."),
        )
    after = added(question, label, texts)
    return update_questions(session, wave_id, [after], label=_sentence(len(texts), label.strip()))


def leave_as_other(session: Session, wave_id: int, question: Question, texts: Sequence[str]) -> Change | None:
    """Remember that these texts were looked at and stay "Other"."""
    if question.occurrence == WHOLE:
        codebook = session.codebook(wave_id)
        text = next(q for q in codebook.of_multi(question.multi) if q.kind is Kind.TEXT)
        after = [
            _left(without_texts(q, texts), texts) if q.id == text.id else without_texts(q, texts)
            for q in codebook.of_multi(question.multi)
        ]
    else:
        after = [_left(question, texts)]
    label = ngettext("%(n)s write-in left as Other", "%(n)s write-ins left as Other", len(texts))
    return update_questions(session, wave_id, after, label=label % {"n": fmt_count(len(texts))})


def _left(question: Question, texts: Sequence[str]) -> Question:
    question = gathering(question)
    other = other_of_question(question)
    assert other is not None
    return coded(question, texts, other.code)


def uncode_texts(session: Session, wave_id: int, question: Question, texts: Sequence[str]) -> Change | None:
    """Forget what these texts were coded as: they wait again."""
    whole = question.occurrence == WHOLE
    columns = session.codebook(wave_id).of_multi(question.multi) if whole else (question,)
    label = ngettext("%(n)s write-in is open again", "%(n)s write-ins are open again", len(texts))
    after = [without_texts(column, texts) for column in columns]
    return update_questions(session, wave_id, after, label=label % {"n": fmt_count(len(texts))})


def _sentence(n: int, label: str) -> str:
    words = ngettext("%(n)s write-in coded as %(label)s", "%(n)s write-ins coded as %(label)s", n)
    return words % {"n": fmt_count(n), "label": label}
