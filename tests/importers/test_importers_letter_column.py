"""Letters of one column broken otherwise than the rest: told by that column, repaired there alone."""

from __future__ import annotations

import pytest
from import_build import table_of

from surveyapp.domain.mapping import Mapping
from surveyapp.domain.question import LETTERS_AS_TYPED, Choice, Kind, MissingCode, Question
from surveyapp.domain.wave import Problem
from surveyapp.importers.cell.cyrillic import reads_better
from surveyapp.importers.cell.wording import LETTER_REPAIRS, repair_text
from surveyapp.importers.coding import code_wave
from surveyapp.importers.guess.sample import build_sample
from surveyapp.importers.plan import ImportPlan, propose, with_mapping
from surveyapp.importers.problem.decision import apply_fix
from surveyapp.importers.problem.letter_column import column_only, column_repairs
from surveyapp.importers.repair import with_letters

RU = [
    *("Привет", "Не знаю", "Санкт-Петербург", "Москва", "Да, конечно", "нет", "по-разному", "Казань", "НЕТ", "ДА"),
    *("Екатеринбург", "высшее образование", "скорее согласен", "программист", "затрудняюсь ответить"),
]
FR = [
    *("Très satisfait", "à", "É", "ÇA VA", "ÉTÉ", "Où", "déjà", "ÎLE", "â", "Über", "ÄÖÜ", "Åå", "ñ", "NOËL", "Çà"),
    *("São Paulo", "AÇÃO", "não", "ação", "café", "äää"),
]
ROWS = 60


def broken(text: str, true: str, read: str) -> str:
    """The text written as `true` and read as `read`; bytes free there become control signs."""
    signs = []
    for byte in text.encode(true):
        try:
            signs.append(bytes([byte]).decode(read))
        except UnicodeDecodeError:
            signs.append(chr(byte))
    return "".join(signs)


def plan_of(*columns: list[str]) -> ImportPlan:
    headers = ["ID", *(f"Question {n}" for n in range(len(columns)))]
    return propose(table_of(headers, [[str(n), *(own[n % len(own)] for own in columns)] for n in range(ROWS)]))


def mojibake(plan: ImportPlan) -> list[Problem]:
    return [problem for problem in plan.problems if problem.kind == "mojibake"]


def words(plan: ImportPlan, place: int) -> list[object]:
    """What is read in a column, in the order of the file: labels of closed questions, else values."""
    column = code_wave(plan, name="1").columns[place]
    labels = {choice.code: choice.label for choice in column.question.choices}
    entries = [column.entries[number] for number in column.index]
    return [entry.write_in or labels.get(entry.value, entry.value) for entry in entries]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("true", "read", "repair"),
    [
        ("koi8_r", "cp1252", "cp1252>koi8_r"),
        ("koi8_r", "latin_1", "cp1252>koi8_r"),
        ("cp1251", "cp1252", "cp1252>cp1251"),
        ("cp1251", "latin_1", "cp1252>cp1251"),
        ("cp1251", "mac_roman", "mac_roman>cp1251"),
    ],
)
def test_a_russian_column_among_western_ones(true: str, read: str, repair: str) -> None:
    plan = plan_of([broken(word, true, read) for word in RU], FR, RU)
    [problem] = mojibake(plan)
    assert problem.title == "60 cells of “Question 0” have broken letters"
    assert (problem.column, problem.columns, problem.count, problem.out_of) == ("Question 0", (1,), ROWS, ROWS)
    assert problem.examples[0].before == broken("Привет", true, read)
    assert problem.examples[0].after == "Привет"
    assert [(fix.action, fix.value) for fix in problem.fixes] == [("letters", repair), ("keep", "")]
    fixed = apply_fix(plan, problem, problem.fixes[0])
    assert mojibake(fixed) == []
    assert fixed.mapping.repair_encoding == ""
    assert [question.letters for question in fixed.mapping.questions] == ["", repair, "", ""]
    assert words(fixed, 1) == [RU[n % len(RU)] for n in range(ROWS)]
    assert words(fixed, 2) == words(plan, 2)
    assert words(fixed, 3) == words(plan, 3)
    [decision] = fixed.decided
    assert [new.column for _old, new in decision.changed] == ["Question 0"]
    assert not decision.final


@pytest.mark.parametrize(("true", "read"), [("koi8_r", "cp1251"), ("cp866", "cp1251"), ("cp1251", "cp866")])
def test_russian_read_as_russian_in_one_column(true: str, read: str) -> None:
    plan = plan_of([broken(word, true, read) for word in RU], RU, FR)
    [problem] = mojibake(plan)
    assert problem.columns == (1,)
    fixed = apply_fix(plan, problem, problem.fixes[0])
    read_now = words(fixed, 1)
    wrong = [now for now, true_word in zip(read_now, RU * 4, strict=True) if now != true_word]
    assert len(wrong) <= 0.1 * ROWS  # a short word that is none in either reading stays as it came
    assert words(fixed, 2) == words(plan, 2)


@pytest.mark.parametrize(("true", "read"), [("koi8_r", "cp1252"), ("cp1251", "cp1252"), ("koi8_r", "cp1251")])
def test_cells_that_are_well_stay_as_they_are(true: str, read: str) -> None:
    mixed = [word if n % 2 else broken(word, true, read) for n, word in enumerate(RU)] + ["plain", "Très bien", "été"]
    plan = plan_of(mixed, FR, RU)
    [problem] = mojibake(plan)
    after = words(apply_fix(plan, problem, problem.fixes[0]), 1)
    for n, text in enumerate(mixed[:15]):
        if n % 2:
            assert after[n] == text
    assert after[15:18] == ["plain", "Très bien", "été"]
    assert [after[n] for n in (0, 2, 4, 6, 10, 12, 14)] == [RU[n] for n in (0, 2, 4, 6, 10, 12, 14)]


def test_an_answer_that_some_typed_whole_is_one_answer() -> None:
    yes, no = broken("Да", "cp1251", "cp1252"), broken("Нет", "cp1251", "cp1252")
    question = Question(
        column="Q",
        kind=Kind.SINGLE,
        choices=(
            Choice(code=1, label=yes),
            Choice(code=2, label="Да", aliases=("Ага",)),
            Choice(code=3, label=no, aliases=("n",)),
        ),
        missing_codes=(MissingCode(text=no),),
    )
    after = with_letters(question, "cp1252>cp1251")
    assert [(choice.code, choice.label) for choice in after.choices] == [(2, "Да"), (3, "Нет")]
    assert after.choices[0].aliases == ("Ага", yes)
    assert after.choices[1].aliases == ("n", no)
    assert after.missing_codes == (MissingCode(text="Нет"),)
    assert with_letters(after, LETTERS_AS_TYPED).choices == after.choices


def test_a_file_broken_throughout_is_repaired_throughout() -> None:
    plan = plan_of([broken(word, "koi8_r", "cp1252") for word in RU], [broken("да", "koi8_r", "cp1252"), "5"])
    [problem] = mojibake(plan)
    assert (problem.column, problem.fixes[0].action) == ("", "repair_text")
    assert problem.fixes[0].value == "cp1252>koi8_r"


def test_two_columns_broken_in_two_ways() -> None:
    plan = plan_of([broken(w, "koi8_r", "cp1252") for w in RU], [broken(w, "cp1251", "cp1252") for w in RU])
    found = mojibake(plan)
    assert {(p.columns, p.fixes[0].value) for p in found} == {((1,), "cp1252>koi8_r"), ((2,), "cp1252>cp1251")}
    for problem in found:
        plan = apply_fix(plan, problem, problem.fixes[0])
    assert words(plan, 1) == words(plan, 2)


def test_twice_utf8_in_one_column_spoils_no_other() -> None:
    twice = [
        broken(broken(word, "utf_8", "cp1252"), "utf_8", "cp1252") for word in ("Zürich", "Köln", "größer", "Très")
    ]
    plan = plan_of(twice, [word for word in FR if word != "äää"], RU)
    [problem] = mojibake(plan)
    assert (problem.columns, problem.fixes[0].action) == ((1,), "repair_text")
    fixed = apply_fix(plan, problem, problem.fixes[0])
    assert set(words(fixed, 1)) == {"Zürich", "Köln", "größer", "Très"}
    assert words(fixed, 2) == words(plan, 2)
    assert words(fixed, 3) == words(plan, 3)


def test_what_is_well_is_not_asked_about() -> None:
    assert mojibake(plan_of(RU, [word.upper() for word in RU], FR[:9])) == []
    assert column_repairs({0: RU, 1: FR, 2: [word.upper() for word in RU], 3: ["Łódź", "Gdańsk", "żółw", "źle"]}) == {}
    assert column_repairs({0: ["Καλημέρα", "Όχι", "Ναι", "Ίσως"], 1: ["漢字", "東京", "大阪"], 2: ["שלום", "כן"]}) == {}


def test_signs_and_lone_letters_prove_nothing() -> None:
    ages = [f"{n}\u00a0" for n in range(20, 50)]
    assert column_repairs({0: ages, 1: ["3 × 4", "½", "5 €", "№ 5", "25°", "±5", "→", "“so”"], 2: RU}) == {}
    for text in (*ages, "3 × 4", "½", "№ 5", "\u00a0", "5 €", "→"):
        assert {repair_text(text, repair) for repair in (*LETTER_REPAIRS, "mac_roman>cp1252")} == {text}
    assert repair_text("ñ", "mac_roman>cp1252") == repair_text("ñ", "mac_roman>cp1251") == "ñ"  # never a dash
    assert repair_text("ﬁ", "mac_roman>cp1252") == "ﬁ"


def test_a_column_is_looked_at_from_its_beginning_to_its_end() -> None:
    """Two exports in one file, the second broken."""
    texts = [f"{word} {n}" for n in range(40) for word in RU]
    second = [broken(text, "cp1251", "cp1252") for text in texts[:150]]
    assert column_repairs({0: [*texts, *second]}) == {0: "cp1252>cp1251"}
    assert column_repairs({0: texts}) == column_repairs({0: []}) == {}


def test_a_repair_that_fits_everywhere_belongs_to_the_file() -> None:
    repairs = {0: "cp1252>koi8_r"}
    bad = [broken(word, "koi8_r", "cp1252") for word in RU]
    assert column_only({0: bad, 1: bad[:2], 2: ["été", "café"]}, repairs) == {}
    assert column_only({0: bad, 1: FR}, repairs) == repairs


def test_next_year_it_is_repaired_again_and_what_was_exported_well_stays() -> None:
    bad = [broken(word, "koi8_r", "cp1252") for word in RU]
    plan = plan_of(bad, FR)
    [problem] = mojibake(plan)
    mapping = apply_fix(plan, problem, problem.fixes[0]).mapping
    assert isinstance(mapping, Mapping)
    again = with_mapping(plan_of([*bad, broken("новый ответ", "koi8_r", "cp1252")], FR), mapping)
    assert mojibake(again) == []
    assert words(again, 1)[: len(RU) + 1] == [*RU, "новый ответ"]
    well = with_mapping(plan_of(RU, FR), mapping)
    assert words(well, 1) == [RU[n % len(RU)] for n in range(ROWS)]


def test_a_column_can_be_left_as_typed_in_a_file_that_is_repaired() -> None:
    plan = plan_of([broken("Zürich", "utf_8", "cp1252"), "Köln"], [broken("Köln", "utf_8", "cp1252"), "x"])
    [problem] = mojibake(plan)
    fixed = apply_fix(plan, problem, problem.fixes[0])
    assert set(words(fixed, 1)) == {"Zürich", "Köln"}
    entry = with_letters(plan.mapping.questions[1], LETTERS_AS_TYPED)
    kept = apply_fix(with_mapping(plan, Mapping(questions=(entry,))), problem, problem.fixes[0])
    assert set(words(kept, 1)) == {broken("Zürich", "utf_8", "cp1252"), "Köln"}
    assert set(words(kept, 2)) == {"Köln", "x"}


def test_the_letters_of_a_column_come_before_those_of_the_file() -> None:
    question = Question(column="Q", letters="cp1252>koi8_r")
    assert question.repair_in("cp1252>utf_8") == "cp1252>koi8_r cp1252>utf_8"
    assert question.repair_in("") == "cp1252>koi8_r"
    assert Question(column="Q").repair_in("cp1252>utf_8") == "cp1252>utf_8"
    assert Question(column="Q", letters=LETTERS_AS_TYPED).repair_in("cp1252>utf_8") == ""
    column = table_of(["Q"], [[broken("Привет", "koi8_r", "cp1252")], [broken("Köln", "utf_8", "cp1252")]]).columns[0]
    assert list(build_sample(column, repair=question.repair_in("cp1252>utf_8")).cleaned) == ["Привет", "Köln"]


@pytest.mark.parametrize(("wrong", "right"), [("cp1251", "koi8_r"), ("koi8_r", "cp1251"), ("cp866", "cp1251")])
def test_a_russian_word_is_told_from_its_wrong_reading(wrong: str, right: str) -> None:
    """Hardly ever is a word taken for a broken one, in capitals neither."""
    both = [*RU, *(word.upper() for word in RU)]
    mended = sum(repair_text(broken(word, right, wrong), f"{wrong}>{right}") == word for word in both)
    assert mended >= 0.85 * len(both)
    assert [word for word in both if repair_text(word, f"{wrong}>{right}") != word] == []
    assert reads_better("оПХБЕР", "Привет")
    assert not reads_better("Привет", "оПХБЕР")
    assert not reads_better("", "")
    assert not reads_better("abc", "abc")
