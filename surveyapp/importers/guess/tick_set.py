"""Neighbouring columns that are the options of one multiple choice, in files whose form tool is not known.

A set is taken only for evidence that a grid of yes/no questions does not have:

- every column holds nothing but its own option's text ("Radio" under "Which media? [Radio]" or under "Radio"), or
  under numbered headers (Q5_1, Q5_2) one text of its own each: nobody types that, a form writes it. Two columns do.
- the columns share a question (text or code before the option) and one single text ("x", "Yes", "1"), all else is
  blank: in a grid of yes/no questions somebody would have said no. Three columns.
- the columns share a question in words, each has a short label, and the cells are 0 / 1 or TRUE / FALSE: codes that no
  form shows to people. Three columns. Without a question in words, 0 / 1 are left alone.
- the same with yes / no, but only where the question asks to choose ("Which ...", "all that apply"): "Do you own [a
  car]" stays a grid.

Only plain neighbours that the file itself says nothing about are looked at. The text behind an "Other" of the same
question goes with the set.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from surveyapp.base.i18n import _
from surveyapp.base.number import fmt_count
from surveyapp.domain.question import Choice, Kind, Question, Role
from surveyapp.importers.cell import lexicon
from surveyapp.importers.cell.wording import clean, fold, grid_parts
from surveyapp.importers.form.tick_set import own_title
from surveyapp.importers.guess.sample import Sample
from surveyapp.importers.table import Declared

_ALIKE = 3
"""Columns it takes where only their common text or code tells."""
_LONGEST_LABEL = 60
_LONGEST_NAME = 80
_LONGEST_HEADER = 2_000
"""A longer header is no question and its option; looking for them takes a time that grows with its square."""
_MOST_TEXTS = 2
_PARTED = re.compile(r"^(?P<stem>.*?\S)(?:: | [-–—] |/)(?P<option>\S.*)$", re.DOTALL)
_NUMBERED = re.compile(r"^(?P<stem>.*[A-Za-z].*?)[ _.\-]?(?P<option>\d{1,2})$", re.DOTALL)
_CODES = (frozenset({"0", "1"}), frozenset({"true", "false"}))
_YES_NO = (frozenset({"yes", "no"}), frozenset({"y", "n"}), frozenset({"ja", "nein"}), frozenset({"oui", "non"}))
_OTHER = re.compile(r"\bother\b|\bandere|\bautre|\botr[ao]|другое", re.IGNORECASE)
_CHOOSE = re.compile(
    r"\bwhich\b|\ball that apply\b|\ball which apply\b|\b(?:select|choose|tick|check|mark)\b"
    r"|\bwelche|\bzutreffende|\blesquel|\bquel(?:le)?s\b|\bcu[aá]les\b|\bкакие\b|\bвыберите\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Column:
    """`stem` is the question before the option, "" if the header has none; `worded` says that it is in words."""

    place: int
    stem: str
    option: str
    worded: bool
    texts: tuple[str, ...]
    blanks: bool

    @property
    def folded(self) -> frozenset[str]:
        return frozenset(text.casefold() for text in self.texts)

    @property
    def titled(self) -> bool:
        return len(self.texts) == 1 and fold(self.texts[0]) == fold(self.option)


def tick_sets(questions: Sequence[Question], samples: Sequence[Sample], declared: Sequence[Declared]) -> list[Question]:
    """The questions with the columns of each multiple choice marked; `declared` is () or as long as they are."""
    done = list(questions)
    told = declared or [{}] * len(done)
    columns = [
        None if known else _column(question, sample)
        for question, sample, known in zip(done, samples, told, strict=True)
    ]
    taken = {known["multi"] for known in told if known.get("multi")}
    for run in _runs(columns):
        multi, labels = _named(run)
        multi = own_title(multi, taken)
        for column, label in zip(run, labels, strict=True):
            done[column.place] = _tick(done[column.place], column, multi, label)
        for place in _other_texts(columns, run):
            done[place] = _other(done[place], multi)
    return done


def name_set(headers: Sequence[str]) -> tuple[str, list[str]]:
    """What columns that are known to be one multiple choice are called together, and each option alone."""
    parts = [_parts(clean(header)) for header in headers]
    if parts[0][0] and len({stem for stem, _option, _worded in parts}) == 1:
        return parts[0][0], [option for _stem, option, _worded in parts]
    labels = [clean(header) for header in headers]
    return _cut(" / ".join(labels)), labels


def told_sets(questions: Sequence[Question], declared: Sequence[Declared]) -> list[str]:
    """What was taken together without asking: a sentence for each multiple choice but those the file tells."""
    told = declared or [{}] * len(questions)
    counts = Counter(q.multi for q, known in zip(questions, told, strict=True) if q.multi and "multi" not in known)
    words = _("%(n)s columns taken as one multiple choice: %(name)s")
    return [words % {"n": fmt_count(n), "name": _cut(name)} for name, n in counts.items()]


def _cut(name: str) -> str:
    return name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1].rstrip()}…"


def _column(question: Question, sample: Sample) -> _Column | None:
    """What the header and the cells say, None for a column that is no plain question."""
    if question.role is not Role.PLAIN or question.left_out or question.kind in (Kind.IDENTIFIER, Kind.TICK):
        return None
    stem, option, worded = _parts(clean(question.column))
    return _Column(
        place=question.position,
        stem=stem,
        option=option,
        worded=worded,
        texts=sample.labels[: _MOST_TEXTS + 1],
        blanks=sample.answered < sample.n,
    )


def _parts(header: str) -> tuple[str, str, bool]:
    if len(header) > _LONGEST_HEADER:
        return "", header, False
    if parts := grid_parts(header):
        return parts[0], parts[1].strip(), True
    if match := _PARTED.match(header):
        return match["stem"].strip(), match["option"].strip(), True
    if match := _NUMBERED.match(header):
        return match["stem"].strip(), header, False
    return "", header, False


def _runs(columns: Sequence[_Column | None]) -> list[list[_Column]]:
    """The columns of each set that is there."""
    found = []
    for stem, group in groupby(columns, key=lambda column: column.stem if column is not None else None):
        members = [column for column in group if column is not None]
        if stem is None:
            continue
        if not stem:
            found += [run for run in _titled_runs(members) if len(run) > 1]
            continue
        options = [column for column in members if not _is_other_text(column, members)]
        if _is_set(options):
            found.append(options)
    return found


def _titled_runs(columns: Sequence[_Column]) -> list[list[_Column]]:
    return [list(run) for titled, run in groupby(columns, key=lambda column: column.titled) if titled]


def _is_set(columns: Sequence[_Column]) -> bool:
    """Whether columns of one question are options by what they hold."""
    used = [column for column in columns if column.texts]
    if len(used) < 2 or len({column.option for column in columns}) < len(columns):
        return False
    if all(len(column.texts) == 1 for column in used) and any(column.blanks for column in used):
        return _each_its_own(used) or _one_text(used)
    if len(used) < _ALIKE or not all(column.worded and len(column.option) <= _LONGEST_LABEL for column in columns):
        return False
    together = frozenset().union(*(column.folded for column in used))
    if any(len(column.texts) > _MOST_TEXTS for column in used):
        return False
    return together in _CODES or (together in _YES_NO and bool(_CHOOSE.search(columns[0].stem)))


def _each_its_own(used: Sequence[_Column]) -> bool:
    """Every column its own text: the title of the option, or its number in their order."""
    texts = [column.texts[0] for column in used]
    if all(column.titled for column in used):
        return True
    if len(set(map(fold, texts))) < len(texts) or len(used) < _ALIKE:
        return False
    if all(text.isdecimal() for text in texts):
        return all(int(before) < int(after) for before, after in pairwise(texts))
    return not any(column.worded or column.texts[0].isdecimal() for column in used)


def _one_text(used: Sequence[_Column]) -> bool:
    """All columns the same text, one that can mean "ticked"."""
    texts = frozenset().union(*(column.folded for column in used))
    if len(texts) > 1 or len(used) < _ALIKE:
        return False
    (text,) = texts
    return fold(text) not in lexicon.UNTICKED and (not text.isdecimal() or text == "1")


def _named(run: Sequence[_Column]) -> tuple[str, list[str]]:
    """What the set and its options are called."""
    labels = [column.option for column in run]
    stem = run[0].stem
    if not stem:
        return _cut(" / ".join(labels)), labels
    if not run[0].worded:
        # Q5_1, Q5_2: the cells name the options, if each has its own words.
        texts = [column.texts[0] if len(column.texts) == 1 else "" for column in run]
        own = len(set(texts) - {""}) == sum(map(bool, texts)) and not any(text.isdecimal() for text in texts)
        labels = [text if text and own else label for text, label in zip(texts, labels, strict=True)]
    return stem, labels


def _tick(question: Question, column: _Column, multi: str, label: str) -> Question:
    """The entry of one option. The texts of the file stand behind "Yes" and "No"."""
    yes = [text for text in column.texts if fold(text) not in lexicon.UNTICKED]
    no = [text for text in column.texts if text not in yes]
    return replace(
        question,
        kind=Kind.TICK,
        multi=multi,
        name=label,
        text=f"{multi} [{label}]",
        grid="",
        ordered=False,
        missing_codes=(),
        choices=(
            Choice(code=1, label=_("Yes"), aliases=tuple(text for text in yes if text != _("Yes"))),
            Choice(code=0, label=_("No"), aliases=tuple(text for text in no if text != _("No"))),
        ),
        low=None,
        high=None,
        unit="",
    )


def _other(question: Question, multi: str) -> Question:
    """The entry of the text behind "Other"."""
    _stem, label, _worded = _parts(clean(question.column))
    text = f"{multi} [{label}]"
    return replace(question, kind=Kind.TEXT, multi=multi, name=label, text=text, grid="", ordered=False, choices=())


def _is_other_text(column: _Column, members: Sequence[_Column]) -> bool:
    """Whether people wrote there what no option says."""
    if not column.texts or not _OTHER.search(column.option) or column.titled:
        return False
    beside = frozenset().union(*(other.folded for other in members if other is not column))
    return column.folded.isdisjoint(beside) and not any(column.folded <= pair for pair in (*_CODES, *_YES_NO))


def _other_texts(columns: Sequence[_Column | None], run: Sequence[_Column]) -> list[int]:
    """The places of the "Other" texts of the same question; one asked again elsewhere has its own."""
    stem, inside = run[0].stem, {column.place for column in run}
    blocks = (list(block) for _stem, block in groupby(columns, key=lambda one: one.stem if one is not None else None))
    block = next(block for block in blocks if run[0] in block)
    members = [column for column in block if column is not None]
    return [c.place for c in members if stem and c.place not in inside and _is_other_text(c, members)]
