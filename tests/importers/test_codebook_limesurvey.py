"""LimeSurvey structure files as codebooks."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
from limesurvey_fixture import FOLDER
from limesurvey_golden import STRUCTURES, golden, kept

from surveyapp.domain.errors import UserError
from surveyapp.domain.question import Kind, Question, Role
from surveyapp.domain.shown_if import Bound, ShownIf, Sign
from surveyapp.importers.codebook.limesurvey import structure
from surveyapp.importers.codebook.limesurvey.spec import MAX_ENTRIES, SPEC, build_codebook
from surveyapp.importers.codebook.limesurvey.structure import Asked, Part, Structure
from surveyapp.importers.codebook.registry import find_codebook, read_codebook


def entries(*asked: Asked, language: str = "en") -> dict[str, Question]:
    made = build_codebook(Structure(title="", language=language, questions=asked))
    return {question.column: question for question in made}


def parts(*texts: str, scale: int = 0) -> tuple[Part, ...]:
    return tuple(Part(code=f"A{n}", text=text, scale=scale) for n, text in enumerate(texts, 1))


@pytest.mark.parametrize("name", STRUCTURES)
def test_golden(name: str) -> None:
    assert golden(FOLDER / name) == json.loads(kept(FOLDER / name).read_text(encoding="utf-8"))


def test_text_and_both_ages_of_xml_say_the_same() -> None:
    first, *others = [read_codebook(FOLDER / name) for name in STRUCTURES]
    assert all(other == first for other in others)
    assert first.survey == "Riverside Gardeners Census"
    assert first.partial


@pytest.mark.parametrize("name", STRUCTURES)
def test_a_structure_is_known_by_its_content(name: str) -> None:
    spec = find_codebook("download", (FOLDER / name).read_bytes())
    assert spec is SPEC


@pytest.mark.parametrize("name", ["code_codes.csv", "vvexport_642133.csv", "full_full.xlsx"])
def test_answers_are_no_structure(name: str) -> None:
    assert SPEC.sniff(name, (FOLDER / name).read_bytes()) == 0


def test_texts_come_in_the_base_language_without_markup() -> None:
    questions = {question.column: question for question in read_codebook(FOLDER / "structure.lss").questions}
    assert questions["DIST"].text == "Which part of Riverside do you live in?"
    assert questions["GROW[SQ001]"].section == "Growing & tending"
    assert not any("(de)" in question.text for question in questions.values())


def test_codes_are_aliases_of_the_texts() -> None:
    book = entries(Asked(code="Q", type="L", text="Where?", answers=parts("Old Town", "Mill Bank"), other=True))
    assert [(choice.label, choice.aliases, choice.other) for choice in book["Q"].choices] == [
        ("Old Town", ("A1",), False),
        ("Mill Bank", ("A2",), False),
        ("Other", ("-oth-",), True),
    ]
    assert book["Q[other]"].other_of == "Q"


def test_answers_that_read_alike_stay_apart() -> None:
    pictures = parts("<img src='a.png'>", "<img src='b.png'>", "Same", "Same")
    labels = [choice.label for choice in entries(Asked(code="Q", type="L", text="?", answers=pictures))["Q"].choices]
    assert labels == ["A1", "A2", "Same", "Same (A4)"]


@pytest.mark.parametrize(
    ("letter", "kind"),
    [
        ("L", Kind.SINGLE),
        ("!", Kind.SINGLE),
        ("O", Kind.SINGLE),
        ("Y", Kind.SINGLE),
        ("G", Kind.SINGLE),
        ("5", Kind.SCALE),
        ("N", Kind.NUMBER),
        ("D", Kind.DATE),
        ("T", Kind.TEXT),
        ("U", Kind.TEXT),
        ("|", Kind.TEXT),
        ("X", Kind.TEXT),
        ("I", Kind.SINGLE),
        ("S", Kind.EMPTY),
        ("*", Kind.EMPTY),
        ("", Kind.EMPTY),
        ("new", Kind.EMPTY),
    ],
)
def test_types_of_one_answer(letter: str, kind: Kind) -> None:
    """EMPTY leaves the kind to the guess."""
    book = entries(Asked(code="Q", type=letter, text="What?", answers=parts("One", "Two")))
    assert book["Q"].kind is kind
    assert (book["Q"].role is Role.DISPLAY) == (letter == "X")


@pytest.mark.parametrize(
    ("letter", "kind", "steps"),
    [
        ("A", Kind.SCALE, 5),
        ("B", Kind.SCALE, 10),
        ("C", Kind.SINGLE, 3),
        ("E", Kind.SINGLE, 3),
        ("F", Kind.SINGLE, 2),
        ("H", Kind.SINGLE, 2),
        ("K", Kind.NUMBER, 0),
        ("Q", Kind.EMPTY, 0),
        ("M", Kind.TICK, 2),
        ("P", Kind.TICK, 2),
    ],
)
def test_types_of_several_rows(letter: str, kind: Kind, steps: int) -> None:
    rows = (Part(code="SQ001", text="One"), Part(code="SQ002", text="Two"))
    book = entries(Asked(code="Q", type=letter, text="What?", subs=rows, answers=parts("Yes", "No")))
    row = book["Q[SQ002]"]
    assert (row.kind, len(row.choices), row.name, row.text) == (kind, steps, "Two", "What? [Two]")
    assert bool(row.grid) == (letter in "ABCEFH")
    assert ("Q[SQ002comment]" in book) == (letter == "P")


def test_boxes_in_an_array_are_ticks() -> None:
    axes = (*parts("Beans"), Part(code="C1", text="Fresh", scale=1), Part(code="C2", text="Dry", scale=1))
    boxes = {"multiflexible_checkbox": "1"}
    book = entries(Asked(code="Q", type=":", text="Eat?", subs=axes, attributes=boxes))
    assert [(one.kind, one.multi, one.name) for one in book.values()] == [
        (Kind.TICK, "Eat? [Beans]", "Fresh"),
        (Kind.TICK, "Eat? [Beans]", "Dry"),
    ]


def test_ranks_are_as_many_as_may_be_given() -> None:
    asked = Asked(code="Q", type="R", text="Order", answers=parts("a", "b", "c"), attributes={"max_subquestions": "2"})
    assert list(entries(asked)) == ["Q[1]", "Q[2]"]


@pytest.mark.parametrize(
    ("low", "high", "wanted"),
    [
        ("16", "99", (16.0, 99.0)),
        ("", "99", (None, 99.0)),
        ("{AGE}", "99", (None, 99.0)),
        ("9", "1", (None, None)),
        ("nan", "1e999", (None, None)),
    ],
)
def test_bounds(low: str, high: str, wanted: tuple[float | None, float | None]) -> None:
    attributes = {"min_num_value_n": low, "max_num_value_n": high, "suffix": "cm"}
    question = entries(Asked(code="Q", type="N", text="Tall?", attributes=attributes))["Q"]
    assert (question.low, question.high, question.unit) == (*wanted, "cm")


def test_conditions() -> None:
    place = Asked(code="P", type="L", text="Where?", number="1X2X3", answers=parts("Town", "Hill"), other=True)
    ticks = Asked(code="T", type="M", text="What?", subs=(Part(code="SQ001", text="Beans"),))

    def follow(relevance: str, group: str = "1", sub: str = "") -> Question:
        rows = (Part(code="R1", text="Row", relevance=sub),)
        last = Asked(code="F", type="K", text="?", relevance=relevance, group_relevance=group, subs=rows)
        return entries(place, ticks, last)["F[R1]"]

    town = ShownIf(column="P", labels=("Town",))
    assert follow('P.NAOK == "A1"').shown_if == town
    assert follow("((P == 'A1'))").shown_if == town
    assert follow("1X2X3.NAOK == 'A1'").shown_if == town
    assert follow("1", group="P.NAOK == 'A1'").shown_if == town
    assert follow("", sub="P.NAOK == 'A1'").shown_if == town
    assert follow('P.NAOK == "A1" or (P.NAOK == "-oth-")').shown_if == ShownIf(column="P", labels=("Town", "Other"))
    assert follow('T_SQ001.NAOK == "Y"').shown_if == ShownIf(column="T[SQ001]", labels=("Yes",))
    for expression in ("P.NAOK != 'A1'", "P == 'A1' and T_SQ001 == 'Y'", "P == 'A9'", "Z == 'A1'", "is_empty(P)"):
        question = follow(expression)
        assert question.shown_if is None
        assert expression in question.note
    both = follow("P == 'A1'", group="T_SQ001 == 'Y'")
    assert both.shown_if is None
    assert "P == 'A1'" in both.note
    assert "T_SQ001 == 'Y'" in both.note
    assert follow("1", group="").note == ""


def test_conditions_on_numbers() -> None:
    kids = Asked(code="KIDS", type="N", text="How many children?", number="1X2X7")
    mood = Asked(code="MOOD", type="5", text="How good?")
    town = Asked(code="P", type="L", text="Where?", answers=parts("Town", "Hill"))

    def follow(relevance: str) -> Question:
        return entries(kids, mood, town, Asked(code="F", type="S", text="Names?", relevance=relevance))["F"]

    some = ShownIf(column="KIDS", bounds=(Bound(sign=Sign.ABOVE, value=0),))
    assert follow("KIDS.NAOK > 0").shown_if == some
    assert follow("{((1X2X7.NAOK > 0))}").shown_if == some
    assert follow("!is_empty(KIDS.NAOK) && KIDS.NAOK > 0").shown_if == some
    two = follow("KIDS.NAOK == 2").shown_if
    assert two == ShownIf(column="KIDS", bounds=(Bound(sign=Sign.EQUAL, value=2),))
    assert follow("MOOD.NAOK >= 4").shown_if == ShownIf(column="MOOD", labels=("4", "5"))
    for expression in ("P.NAOK > 0", "Z.NAOK > 0", "KIDS.NAOK > MOOD.NAOK", "KIDS.NAOK > 0 or MOOD.NAOK > 0"):
        question = follow(expression)
        assert question.shown_if is None
        assert expression in question.note


def test_full_answers_in_the_language_of_the_survey_are_known() -> None:
    book = entries(Asked(code="Q", type="Y", text="Ja?"), language="de")
    assert "Ja" in book["Q"].choices[0].aliases
    assert "Nein" in book["Q"].choices[1].aliases


def lss(body: str, head: str = "") -> bytes:
    start = f'<?xml version="1.0"?>{head}<document><LimeSurveyDocType>Survey</LimeSurveyDocType>'
    return f"{start}{body}</document>".encode()


QUESTION = (
    "<questions><rows><row><qid>1</qid><title>Q</title><type>N</type><question>%s</question></row></rows></questions>"
)
BOMB = '<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>'


def test_the_smallest_survey() -> None:
    (question,) = SPEC.read(lss(QUESTION % "How many?"), "a.lss").questions
    assert (question.column, question.text, question.kind) == ("Q", "How many?", Kind.NUMBER)


@pytest.mark.parametrize(
    "content",
    [
        lss(""),
        lss(QUESTION % "x")[:-20],
        lss(QUESTION % "&nosuch;"),
        lss(QUESTION % "&c;", BOMB),
        lss(QUESTION % "&e;", '<!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/hostname">]>'),
        lss(QUESTION % "x", '<!DOCTYPE d SYSTEM "http://example.org/d.dtd">'),
        lss("<a>" * 30 + "</a>" * 30 + QUESTION % "x"),
        lss("<questions><rows><row>" + "".join(f"<f{n}/>" for n in range(400)) + "</row></rows></questions>"),
        b"<other><LimeSurveyDocType/></other>",
        b"class\ttype/scale\tname\ttext\n",
        b"class\ttype/scale\tname\ttext\nQ\tN\tQ\t\xff\xfe\n",
        b"class\ttype/scale\tname\ttext\nSQ\t0\tSQ001\tlost\n",
    ],
)
def test_bad_files_are_refused_in_words(content: bytes) -> None:
    with pytest.raises(UserError) as caught:
        SPEC.read(content, "survey")
    assert caught.value.what_to_do


def test_a_table_nobody_has_is_refused() -> None:
    rows = tuple(Part(code=f"R{n}", text="") for n in range(200))
    across = tuple(Part(code=f"C{n}", text="", scale=1) for n in range(MAX_ENTRIES // 100))
    with pytest.raises(UserError, match="more than"):
        entries(Asked(code="Q", type=";", text="?", subs=(*rows, *across)))


def test_a_huge_file_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(structure, "MAX_BYTES", 1000)
    with pytest.raises(UserError, match="larger"):
        SPEC.read((FOLDER / "structure.lss").read_bytes(), "a.lss")


@pytest.mark.parametrize("name", STRUCTURES)
def test_mutated_files_give_a_codebook_or_a_sentence(name: str) -> None:
    rng = random.Random(11)
    content = (FOLDER / name).read_bytes()
    for _n in range(60):
        broken = bytearray(content)
        for _change in range(rng.randint(1, 6)):
            place = rng.randrange(len(broken))
            broken[place : place + rng.randint(0, 30)] = rng.randbytes(rng.randint(0, 5))
        try:
            mapping = SPEC.read(bytes(broken), Path(name).name)
        except UserError as error:
            assert error.title
        else:
            assert mapping.questions


def test_a_quote_inside_a_text_does_not_swallow_the_rest() -> None:
    text = 'class\ttype/scale\tname\ttext\nQ\tN\tA\tHow "many"?\nQ\tN\tB\t"Quoted ""so"""\n'
    assert [question.text for question in SPEC.read(text.encode(), "s.txt").questions] == [
        'How "many"?',
        'Quoted "so"',
    ]
