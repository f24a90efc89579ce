"""Margins typed, pasted and imported; what is wrong is told with its line."""

from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from surveyapp.domain.errors import UserError
from surveyapp.domain.question import Choice, Codebook, Kind, Missing, Question
from surveyapp.domain.weight import Margin, MarginQuestion, Target, TargetUnit
from surveyapp.importers.margin import read_margin_file, read_margins, write_margins


def closed(column: str, *labels: str, name: str = "", occurrence: int = 0, id_: int = 0) -> Question:
    choices = tuple(Choice(code=code, label=label) for code, label in enumerate(labels))
    return Question(column=column, name=name, kind=Kind.SINGLE, choices=choices, occurrence=occurrence, id=id_)


STRANGE = ("__import__('os')", "=C+1", 'I("x"), y', "'); DROP TABLE", "🙂 ש", "50 %", "ü" * 180)
AGE = closed("How old are you?", "18–29", "30–44", "45 or over", name="Age")
GENDER = Question(
    column="Gender",
    kind=Kind.SINGLE,
    choices=(
        Choice(code=1, label="Woman", aliases=("F",)),
        Choice(code=2, label="Man", aliases=("M",)),
        Choice(code=3, label="Prefer not to say", missing=Missing.REFUSED),
    ),
)
CODEBOOK = Codebook(
    questions=(
        AGE,
        GENDER,
        Question(column="Years", kind=Kind.NUMBER),
        closed("I(x); y", *STRANGE, id_=7),
        closed("Gender", "Yes", "No", occurrence=1, name="Gender again"),
        closed("Gender", "Yes", "No", occurrence=2, id_=9),
    )
)


def asked(*columns: str) -> tuple[MarginQuestion, ...]:
    return tuple(MarginQuestion(column=column) for column in columns)


def one_question(column: str, values: dict[str, float], unit: TargetUnit = TargetUnit.SHARE) -> Margin:
    targets = tuple(Target(answers=(label,), value=value) for label, value in values.items())
    return Margin(questions=asked(column), targets=targets, unit=unit)


SEXES = one_question("Gender", {"Woman": 0.48, "Man": 0.52})
AGES = one_question("How old are you?", {"18–29": 0.2, "30–44": 0.305, "45 or over": 0.495})


@pytest.mark.parametrize(
    "text",
    [
        "Gender, Woman, 48 %\nGender, Man, 52 %\n",
        "Gender, Woman, 48%\n, Man, 52%",
        "gender\tF\t0.48\n\tm\t0.52\n",
        "question;answer;share\r\nGender;Woman;48\r\nGender;Man;52\r\n",
        "Frage;Antwort;Anteil in Prozent\nGender;Woman;48,0\nGender;Man;52,0",
        "\ufeff\n\nGender | Woman | 48\nGender | Man | 52 | | \n\n",
        'Gender, "Woman", "48,0 %"\nGender, "Man", "52,0 %"',
        "Gender,share\nWoman,48\nMan,52",
        "Gender;%\nWoman;48\nMan;52",
        "variable,level,proportion\nGender,Woman,.48\nGender,Man,.52",
        "Gender, Woman, 48\u202f%\nGender, Man, 52\u00a0%",
        "Gender, Woman, 48 per cent\nGender, Man, 52 percent",
    ],
)
def test_the_same_margin_in_many_ways(text: str) -> None:
    assert read_margins(text, CODEBOOK) == (SEXES,)


def test_several_margins() -> None:
    text = "Age, 18–29, 20 %\nAge, 30–44, 30.5 %\nGender, Woman, 48 %\nGender, Man, 52 %\nAge, 45 or over, 49.5 %"
    assert read_margins(text, CODEBOOK) == (AGES, SEXES)


def test_a_table_of_several_questions_and_one_of_its_own() -> None:
    text = "Age;Gender;people\n18–29;Woman;1 200\n18–29;Man;1 150\n30–44;Man;12\n\nGender;Woman;48 %\nGender;Man;52 %"
    joint, sexes = read_margins(text, CODEBOOK)
    assert joint == Margin(
        questions=asked("How old are you?", "Gender"),
        targets=(
            Target(answers=("18–29", "Woman"), value=1200),
            Target(answers=("18–29", "Man"), value=1150),
            Target(answers=("30–44", "Man"), value=12),
        ),
        unit=TargetUnit.COUNT,
    )
    assert sexes == SEXES


def test_what_adds_up_to_nothing_in_particular_is_counts() -> None:
    (margin,) = read_margins("Gender, Woman, 41200\nGender, Man, 40100", CODEBOOK)
    assert margin == one_question("Gender", {"Woman": 41200, "Man": 40100}, TargetUnit.COUNT)
    (said,) = read_margins("a,b,count\nGender,Woman,48\nGender,Man,52", CODEBOOK)
    assert said == one_question("Gender", {"Woman": 48, "Man": 52}, TargetUnit.COUNT)


def test_shares_that_do_not_add_up_stay_as_they_are() -> None:
    """Where weights are made it is told by how much they miss the whole."""
    (margin,) = read_margins("Gender, Woman, 40 %\nGender, Man, 53 %", CODEBOOK)
    assert margin == one_question("Gender", {"Woman": 0.4, "Man": 0.53})
    (said,) = read_margins("Gender,share\nWoman,.4\nMan,.53", CODEBOOK)
    assert said == margin


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("", "There are no margins here."),
        ("question, answer, share", "There are no margins here."),
        ("Gender, Woman, 48 %\nGender, Men, 52 %", "Line 2: Gender has no answer called “Men”."),
        ("Gender, Prefer not to say, 48 %", "Line 1: Gender has no answer called “Prefer not to say”."),
        ("Gender, Woman, 48 %\n\nSex, Man, 52 %", "Line 3: there is no question called “Sex”."),
        ("Gender, Woman, many\nGender, Man, 52 %", "Line 1: “many” is not a share or a number of people."),
        ("Gender, Woman, 48 %\nGender, Man, -52 %", "Line 2: “-52” is not a number above 0."),
        ("Gender, Woman, 48 %\nGender, Man, nan", "Line 2: “nan” is not a share or a number of people."),
        ("Gender, Woman, 48 %\nGender, Man", "Line 2: a question, an answer and a share are expected."),
        ("Gender, Woman, 48,5 %\nGender, Man, 52 %", "Line 1: a question, an answer and a share are expected."),
        (", Woman, 48 %", "Line 1: the question is missing."),
        ("Years, 18, 48 %", "Line 1: Years has no list of single answers."),
        ("Age,Years,share\n18–29,3,1", "Line 1: Years has no list of single answers."),
        ("Gender, Woman, 48 %\nGender, F, 52 %", "Line 2: “Woman” has a target already."),
        (
            "Age,Gender,share\n18–29,Woman,.5\n18–29,.5",
            "Line 3: 3 cells are expected, as in the first line of this table.",
        ),
        ("Age,Gender,share\n18–29,Woman,.5\n18–29,Manx,.5", "Line 3: Gender has no answer called “Manx”."),
        (
            "Gender, Woman, 48 %\nGender, Man, 52",
            "Line 2: some targets of this question have a per cent sign, and some do not.",
        ),
        ('Gender, "Woman, 48 %\nGender, Man, 52', "Line 1: a quotation mark is not closed."),
        ("Gender Woman 48", "Line 1: a question, an answer and a share are expected."),
    ],
)
def test_what_is_wrong_is_told_with_its_line(text: str, title: str) -> None:
    with pytest.raises(UserError) as caught:
        read_margins(text, CODEBOOK)
    assert caught.value.title == title
    assert caught.value.what_to_do


def test_a_line_number_counts_lines_within_quotation_marks() -> None:
    with pytest.raises(UserError, match=r"Line 3: Gender has no answer called “Men”"):
        read_margins('Gender, "\nWoman", 48 %\nGender, Men, 52 %', CODEBOOK)


def test_labels_are_only_labels_and_read_back() -> None:
    margin = Margin(
        questions=asked("I(x); y"),
        targets=tuple(Target(answers=(label,), value=10.25 + n) for n, label in enumerate(STRANGE)),
        unit=TargetUnit.COUNT,
    )
    assert read_margins(write_margins([margin], CODEBOOK), CODEBOOK) == (margin,)


def test_files_in_any_encoding() -> None:
    text = "Age;18–29;20 %\nAge;30–44;30,5 %\nAge;45 or over;49,5 %"
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "cp1252"):
        assert read_margin_file(text.encode(encoding), CODEBOOK, encoding=None if "utf" in encoding else encoding) == (
            AGES,
        )


def sheet_of(*rows: tuple[object, ...]) -> bytes:
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        percent, page = book.add_format({"num_format": "0 %"}), book.add_worksheet()
        for number, row in enumerate(rows):
            for place, cell in enumerate(row):
                page.write(number, place, cell, percent if isinstance(cell, float) else None)
    return out.getvalue()


def test_a_spreadsheet_holds_what_a_text_holds() -> None:
    """A cell shown as 20 % holds 0.2; a blank row begins another table, as an empty line does."""
    content = sheet_of(
        ("Question", "Answer", "Share"),
        ("Age", "18–29", 0.2),
        ("", "30–44", 0.305),
        ("", "45 or over", 0.495),
        (),
        ("Gender", "Woman", 0.48),
        ("Gender", "Man", 0.52),
    )
    assert read_margin_file(content, CODEBOOK, name="targets.xlsx") == (AGES, SEXES)
    assert read_margin_file(content, CODEBOOK) == (AGES, SEXES)
    crossed = sheet_of(("Age", "Gender", "count"), ("18–29", "Woman", 1200), ("18–29", "Man", 1150))
    (joint,) = read_margin_file(crossed, CODEBOOK, name="targets.xlsx")
    assert joint.unit is TargetUnit.COUNT
    assert [(one.answers, one.value) for one in joint.targets] == [
        (("18–29", "Woman"), 1200),
        (("18–29", "Man"), 1150),
    ]


def test_a_spreadsheet_that_cannot_be_read_says_why() -> None:
    wrong = sheet_of(("", "", ""), ("Gender", "Woman", 0.48), ("Gender", "Men", 0.52))
    with pytest.raises(UserError, match=r"Line 3: Gender has no answer called “Men”"):
        read_margin_file(wrong, CODEBOOK, name="targets.xlsx")
    with pytest.raises(UserError, match="There are no margins here"):
        read_margin_file(sheet_of(), CODEBOOK, name="targets.xlsx")
    with pytest.raises(UserError, match="damaged"):
        read_margin_file(b"PK\x03\x04[Content_Types].xml", CODEBOOK, name="targets.xlsx")


def test_what_is_written_is_read_back() -> None:
    again = Margin(
        questions=(MarginQuestion(column="Gender", occurrence=1),),
        targets=(Target(answers=("Yes",), value=1 / 3), Target(answers=("No",), value=2 / 3)),
    )
    third = Margin(
        questions=(MarginQuestion(column="Gender", occurrence=2), *asked("How old are you?")),
        targets=(Target(answers=("Yes", "18–29"), value=1e-7), Target(answers=("No", "30–44"), value=0.9999999)),
    )
    counted = one_question("Gender", {"Woman": 48, "Man": 52}, TargetUnit.COUNT)
    for margins in ((AGES, SEXES), (AGES, again), (third, AGES, counted), (counted,), (again, third)):
        assert read_margins(write_margins(margins, CODEBOOK), CODEBOOK) == margins
    assert write_margins((SEXES,), CODEBOOK) == "Gender,Woman,48 %\nGender,Man,52 %\n"


@settings(deadline=None)
@given(st.lists(st.floats(0.001, 1e9), min_size=3, max_size=3), st.booleans())
def test_any_numbers_are_read_back(values: list[float], shares: bool) -> None:
    total = sum(values) if shares else 1.0
    unit = TargetUnit.SHARE if shares else TargetUnit.COUNT
    labels = ("18–29", "30–44", "45 or over")
    margin = one_question("How old are you?", {k: v / total for k, v in zip(labels, values, strict=True)}, unit)
    (read,) = read_margins(write_margins([margin], CODEBOOK), CODEBOOK)
    assert read.unit is unit
    assert [target.value for target in read.targets] == pytest.approx([t.value for t in margin.targets], rel=1e-12)


@settings(deadline=None, max_examples=300)
@given(st.text(alphabet='Gender,Woman;Man\t|"% 0123456789.-\n\r\x00ü', max_size=80))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        read_margins(text, CODEBOOK)
    except UserError as error:
        assert error.title
