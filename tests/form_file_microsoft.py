"""Write the Microsoft Forms files: `python tests/form_file_microsoft.py`."""

from __future__ import annotations

from datetime import datetime

from form_people import (
    AGE,
    CAUSES,
    COIN,
    GENDER,
    LIFE,
    MEETUP,
    PEOPLE,
    REMARK,
    TRUSTED,
    Person,
    number,
    write_csv,
    write_xlsx,
)

RANKING = "Put these in order, best first"
RANKED = ("Boats", "Cake", "Chess")
NBSP = "\u00a0"

START = ("ID", "Start time", "Completion time", "Email", "Name")
QUESTIONS = (
    AGE,
    f"{GENDER}{NBSP}",
    f"{CAUSES}\n(tick all that apply)",
    *(f"How much do you trust {row}?" for row in TRUSTED),
    RANKING,
    LIFE,
    MEETUP,
    COIN,
    REMARK,
)


def american(moment: datetime) -> str:
    """As a CSV saved from the workbook holds it: 11/3/26 9:05:07."""
    return f"{moment.month}/{moment.day}/{moment:%y} {moment.hour}:{moment:%M:%S}"


def joined(*parts: str) -> str:
    """Every item is followed by a semicolon, the last one too."""
    return "".join(f"{part};" for part in parts if part)


def answers(person: Person) -> tuple[str, ...]:
    """The questions."""
    turn = person.number % 3
    ranking = "" if person.number == 11 else joined(*RANKED[turn:], *RANKED[:turn])
    return (
        person.age,
        person.gender or person.gender_other,
        joined(*person.causes, person.cause_other),
        *person.trust,
        ranking,
        person.life,
        person.meetup,
        person.coin,
        person.remark,
    )


def as_cells(person: Person) -> tuple[object, ...]:
    """The row of a workbook: moments and ratings are cells of their kind, numbers typed into a text box are text."""
    cells: list[object] = list(answers(person))
    cells[QUESTIONS.index(LIFE)] = number(person.life)
    return (person.number + 1, person.start, person.end, "anonymous", "", *cells)


def quiz_row(person: Person) -> tuple[object, ...]:
    """A quiz of one question in a form for members of the organisation."""
    points = int(person.coin == "50")
    return (
        person.number + 1,
        person.start,
        person.end,
        f"person{person.number}@example.org",
        f"Person {person.number}",
        points,
        "",
        "",
        person.age,
        "",
        "",
        person.coin,
        points,
        "Heads or tails" if person.coin == "40" else "",
    )


def german_row(person: Person) -> tuple[str, ...]:
    """As saved by a German Excel: semicolons cannot part the columns, so ticks with them are quoted."""
    start, end = (f"{moment:%d.%m.%Y %H:%M:%S}" for moment in (person.start, person.end))
    return (str(person.number + 1), start, end, "anonymous", "", person.age, joined(*person.causes))


def main() -> None:
    """All files."""
    header = (*START, *QUESTIONS)
    write_xlsx("microsoft/responses.xlsx", [header, *map(as_cells, PEOPLE)], sheet="Sheet1")
    plain = [(str(p.number + 1), american(p.start), american(p.end), "anonymous", "", *answers(p)) for p in PEOPLE]
    write_csv("microsoft/responses.csv", [header, *plain], line_end="\r\n", mark=True)
    points = [part for question in (AGE, COIN) for part in (question, f"Points - {question}", f"Feedback - {question}")]
    quiz = (*START, "Total points", "Quiz feedback", "Last modified time", *points)
    write_xlsx("microsoft/quiz.xlsx", [quiz, *map(quiz_row, PEOPLE)], sheet="Sheet1")
    german = ("ID", "Startzeit", "Fertigstellungszeit", "E-Mail", "Name", "Wie alt bist du?", "Wofür gibst du Geld?")
    write_csv("microsoft/german.csv", [german, *map(german_row, PEOPLE)], line_end="\r\n", mark=True)


if __name__ == "__main__":
    main()
