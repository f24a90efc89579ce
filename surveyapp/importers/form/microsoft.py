"""Microsoft Forms: the workbook "Open in Excel", or a CSV saved from it.

One header row: ID, Start time, Completion time, Email, Name, for quizzes and by setting also Total points, Quiz
feedback, Grade posted time, Last modified time, Language; then the questions. Ticks and rankings are "A;B;" in one
cell, with a semicolon behind the last too. A Likert question is one column per statement, titled with the statement
alone. Titles may end in a no-break space or hold line breaks; headers stay as they are in the file. People who need
not sign in are "anonymous".
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from surveyapp.base.i18n import _
from surveyapp.domain.column import TextColumn
from surveyapp.domain.question import Choice, Kind, MissingCode
from surveyapp.importers.cell.option import split_cell
from surveyapp.importers.cell.wording import clean
from surveyapp.importers.form import tool_column
from surveyapp.importers.form.form_spec import FormSpec
from surveyapp.importers.form.markup import plain
from surveyapp.importers.form.tick_set import filled
from surveyapp.importers.guess.sample import Sample, build_sample
from surveyapp.importers.table import Declared, TextTable

_ID = frozenset({"id", "id."})
_START = frozenset(
    [
        "start time",
        "startzeit",
        "heure de début",
        "hora de inicio",
        "ora di inizio",
        "hora de início",
        "begintijd",
        "время начала",
        "godzina rozpoczęcia",
        "starttid",
        "starttidspunkt",
        "开始时间",
        "開始時刻",
    ]
)
_SENT = frozenset(
    [
        "completion time",
        "fertigstellungszeit",
        "heure de fin",
        "hora de finalización",
        "ora di completamento",
        "hora de conclusão",
        "tijd van voltooien",
        "время выполнения",
        "время завершения",
        "godzina ukończenia",
        "slutförandetid",
        "fullføringstidspunkt",
        "完成时间",
        "完了時刻",
    ]
)
_EMAIL = frozenset(
    [
        "email",
        "e-mail",
        "adresse de messagerie",
        "correo electrónico",
        "posta elettronica",
        "e-mailadres",
        "адрес электронной почты",
        "электронная почта",
        "e-post",
        "adres e-mail",
        "电子邮件",
        "メール",
    ]
)
_NAME = frozenset(["name", "nom", "nombre", "nome", "naam", "имя", "nazwa", "namn", "navn", "名称", "名前"])
_MOMENTS = frozenset({"last modified time", "grade posted time", "zeitpunkt der letzten änderung"})
_OTHERS = frozenset({"total points", "quiz feedback", "language", "gesamtpunktzahl"})
_GRADING = ("Points - ", "Feedback - ")
ANONYMOUS = "anonymous"
_FEW = 30


def recognise(table: TextTable) -> float:
    """ID, start and end under their names in the first columns, in one of the languages of the tool."""
    names = [clean(column.header).casefold() for column in table.columns[:6]]
    found = [any(name in known for name in names) for known in (_ID, _START, _SENT)]
    return 0.9 if all(found) and names[0] in _ID | _START else 0.0


def adapt(table: TextTable) -> TextTable:
    """The roles of the first columns, the marks of quizzes, and what the semicolons join."""
    first = _first_question(table)
    titles = [clean(column.header) for column in table.columns]
    marks = {f"{word}{title}" for title in titles[first:] for word in _GRADING}
    declared = []
    for place, column in enumerate(table.columns):
        if place < first:
            declared.append(_tool(titles[place], column))
        elif titles[place] in marks:
            declared.append(tool_column.system(plain(titles[place])))
        else:
            declared.append(_question(column))
    return replace(table, declared=tuple(declared))


def _first_question(table: TextTable) -> int:
    """The position behind the last of the unbroken run of columns that the tool fills in."""
    known = _ID | _START | _SENT | _EMAIL | _NAME | _MOMENTS | _OTHERS
    seen: set[str] = set()
    for place, column in enumerate(table.columns):
        name = clean(column.header).casefold()
        if name not in known or name in seen:
            return place
        seen.add(name)
    return len(table.columns)


def _tool(title: str, column: TextColumn) -> Declared:
    name = title.casefold()
    if name in _ID:
        return tool_column.response_id(title)
    if name in _START | _SENT | _MOMENTS:
        return tool_column.moment(title, sent=name in _SENT)
    if name in _EMAIL:
        hidden = [text for text in filled(column) if text.casefold() == ANONYMOUS]
        codes = tuple(MissingCode(text=text) for text in hidden)
        return tool_column.email(title) | {"missing_codes": codes}
    return tool_column.private(title) if name in _NAME else tool_column.system(title)


def _question(column: TextColumn) -> Declared:
    """The title in one line, and the options or the ranking of a column of "A;B;"."""
    title = plain(column.header)
    texts = filled(column)
    declared: Declared = {"text": title} if title else {}
    if not texts or not all(text.endswith(";") for text in texts):
        return declared
    if _is_ranking(texts):
        note = _("A ranking: every answer lists the same items, the first one first.")
        return declared | {"kind": Kind.TEXT, "note": note}
    return declared | _ticks(build_sample(column))


def _is_ranking(texts: list[str]) -> bool:
    """Whether all answers hold the same items, in different orders."""
    items = [split_cell(text, ";") for text in texts]
    return len(texts) > 1 and len(items[0]) > 1 and len({frozenset(own) for own in items}) == 1


def _ticks(sample: Sample) -> Declared:
    """The options, commonest first; what hardly anybody has was written in. The form lists no options itself."""
    tally: Counter[str] = Counter()
    for text, count in sample.cells:
        for item in dict.fromkeys(split_cell(text, ";")):
            tally[item] += count
    often = 2 if sample.answered < _FEW else max(3, 0.01 * sample.answered)
    labels = [item for item, count in tally.most_common() if count >= often]
    if len(labels) < len(tally) and len(labels) < 2:  # too few answers to tell
        labels = list(tally)
    choices = [Choice(code=code, label=label) for code, label in enumerate(labels, 1)]
    if len(labels) < len(tally):
        choices.append(Choice(code=len(choices) + 1, label=_("Other (written in)"), other=True))
    return {"kind": Kind.MULTI, "choices": tuple(choices), "delimiter": ";", "ordered": False}


SPEC = FormSpec(id="microsoft", title=lambda: _("Microsoft Forms"), recognise=recognise, adapt=adapt)
