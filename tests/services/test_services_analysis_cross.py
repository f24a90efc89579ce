"""Cross-tabs through the services: what is computed, what is only shown, and what is refused."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from small_census import small_session

from surveyapp.base.clock import Clock
from surveyapp.domain.analysis import AnalysisKind, AnalysisSpec, Base, Condition, Operator, ShowAs
from surveyapp.domain.errors import UserError
from surveyapp.domain.question import Kind
from surveyapp.domain.weight import Margin, MarginQuestion, Target, WeightKind, WeightScheme
from surveyapp.figures.build import figure_for
from surveyapp.figures.cross_words import interval_words
from surveyapp.reports.cross_hiding import hidden_cells
from surveyapp.reports.markdown import markdown_text
from surveyapp.reports.result_table.build import result_table
from surveyapp.reports.result_table.cross import cross_grid, shown_rows
from surveyapp.reports.small_cell import n_small, without_small
from surveyapp.reports.table import interval_header
from surveyapp.services.analysis.cross_option import nets_of, with_edges, with_nets
from surveyapp.services.analysis.cross_people import people_of_cell
from surveyapp.services.analysis.run import result_fingerprint, run_analysis
from surveyapp.services.analysis.subject import column_key
from surveyapp.services.base_count import count_base
from surveyapp.services.codebook.stored import update_questions
from surveyapp.services.export import export_tables
from surveyapp.services.intake.importing import plan_import, run_import
from surveyapp.services.method_line import method_line
from surveyapp.services.report.build import build_report
from surveyapp.services.report.preview import small_cells
from surveyapp.services.report.spec import analysis_title, pin, report_of_pins, shelf
from surveyapp.services.result_plain import result_to_plain
from surveyapp.services.saved_analysis import spec_as_text, spec_from_text
from surveyapp.services.session import Session
from surveyapp.services.weighting import save_scheme
from surveyapp.services.workspace import create_session
from surveyapp.stats.estimate import NotComputed
from surveyapp.stats.group.result import GroupComparison
from surveyapp.stats.table.result import CrossTable, LeafRole, RowKind
from surveyapp.stats.table.view import Percent

BASE = Base(wave_id=1)
VIEWS = ("Views [Parks]", "Views [Roads]")


@pytest.fixture
def session(tmp_path: Path, clock: Clock) -> Iterator[Session]:
    made = small_session(tmp_path, clock)
    yield made
    made.close()


def spec(*by: str, rows: tuple[str, ...] = ("Colour",), base: Base = BASE, **options: str) -> AnalysisSpec:
    return AnalysisSpec(kind=AnalysisKind.CROSS, columns=rows, by=by, base=base, options=tuple(sorted(options.items())))


def table(session: Session, asked: AnalysisSpec) -> CrossTable:
    found = run_analysis(session, asked)
    assert isinstance(found, CrossTable), found
    return found


def test_counts_are_those_of_the_answers(session: Session) -> None:
    found = table(session, spec(VIEWS[0]))
    colour = session.dataset.answers(1, session.find_question(1, "Colour"))
    parks = session.dataset.answers(1, session.find_question(1, VIEWS[0]))
    both = (colour.missing == 0) & (parks.missing == 0)
    assert found.counted.n == int(both.sum()) == 54
    for row, head in enumerate(found.rows):
        for column, top in enumerate(found.columns):
            if top.role is LeafRole.TOTAL:
                continue
            expected = np.count_nonzero(both & (colour.values == int(head.key)) & (parks.values == int(top.key)))
            assert found.counts[row][column] == expected
    parks_question = session.find_question(1, VIEWS[0])
    assert found.view.steps is (parks_question.ordered or parks_question.kind is Kind.SCALE)
    assert not table(session, spec("Colour", rows=(VIEWS[0],))).view.steps


def test_a_view_is_computed_once(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = table(session, spec(VIEWS[0]))
    monkeypatch.setattr("surveyapp.services.analysis.cross.cross_table", None)
    seen = table(session, spec(VIEWS[0], percent="row", letters="off", arrows="on", sort="share"))
    assert seen.view.percent is Percent.ROW
    assert seen.shares == plain.of_row
    assert seen.counts is plain.counts
    assert not seen.view.letters
    assert seen.view.arrows
    assert result_fingerprint(seen) != result_fingerprint(plain)


def test_unknown_views_are_refused(session: Session) -> None:
    with pytest.raises(UserError, match="no option"):
        run_analysis(session, spec(VIEWS[0], percent="thirds"))
    with pytest.raises(UserError, match="nets of this cross-tab"):
        run_analysis(session, spec(VIEWS[0], nets="[1"))


def test_filters_and_sorting(session: Session) -> None:
    red = Condition(column="Colour", operator=Operator.IS, values=("red", "green"))
    found = table(session, spec(VIEWS[0], base=Base(wave_id=1, conditions=(red,))))
    assert {head.label: sum(found.counts[row][:-1]) for row, head in enumerate(found.rows)}["blue"] == 0
    by_label = result_table(table(session, spec(VIEWS[0], sort="label", sort_up="on")))
    assert list(by_label.columns[0].values[:3]) == ["blue", "green", "red"]


def test_several_deep_and_side_by_side(session: Session) -> None:
    deep = table(session, spec(VIEWS[1], VIEWS[0]))
    assert len(deep.groups) == 4  # three answers about roads, and everybody
    assert deep.columns[0].path[:3:2] == ("Roads", "Parks")
    beside = table(session, spec(VIEWS[1], VIEWS[0], layout="banner"))
    assert [group.path for group in beside.groups][:2] == [("Roads",), ("Parks",)]
    assert analysis_title(session, spec(VIEWS[1], VIEWS[0])) == "Colour by Parks within Roads"
    assert analysis_title(session, spec(VIEWS[1], VIEWS[0], layout="banner")) == "Colour by Roads, Parks"


def test_multiple_choice_and_battery(session: Session) -> None:
    fruits = table(session, spec("Colour", rows=("Fruits",)))
    assert fruits.row_kind is RowKind.MANY
    assert fruits.rows[-1].role is LeafRole.NONE_TICKED
    battery = table(session, spec("Colour", rows=VIEWS))
    assert battery.row_kind is RowKind.ITEMS
    steps = table(session, spec(rows=VIEWS))
    assert steps.view.percent is Percent.ROW
    assert [head.label for head in steps.columns][:3] == ["against", "neither", "for"]
    assert analysis_title(session, spec(rows=VIEWS)) == "Views"


def test_numbers_are_cut_into_bands_and_said(session: Session) -> None:
    found = table(session, spec("Age"))
    assert len(found.columns) == 5
    assert any("Age is cut at" in note for note in found.notes)
    own = table(session, with_edges(spec("Age"), "Age", (25, 30)))
    assert [head.label for head in own.columns] == ["Under 25", "25–29", "30 and over", "All"]
    assert not any("is cut at" in note for note in own.notes)


def test_nets(session: Session) -> None:
    asked = with_nets(spec(VIEWS[0]), "Colour", {"warm": ("red", "nothing like it"), "gone": ("mauve",)})
    assert nets_of(asked, "Colour") == {"warm": ("red", "nothing like it"), "gone": ("mauve",)}
    found = table(session, asked)
    net = next(row for row, head in enumerate(found.rows) if head.role is LeafRole.NET)
    red = next(row for row, head in enumerate(found.rows) if head.label == "red")
    assert found.counts[net] == found.counts[red]
    assert any("gone" in note for note in found.notes)
    assert with_nets(asked, "Colour", {}).option("nets") == ""


def test_what_cannot_be_crossed_says_why(session: Session) -> None:
    same = run_analysis(session, spec("Colour"))
    assert isinstance(same, NotComputed)
    assert "in the rows and in the columns" in same.reason
    text = run_analysis(session, spec("Remark"))
    assert isinstance(text, NotComputed)
    assert "needs a question with choices" in text.reason
    with pytest.raises(UserError, match="needs a question for its columns"):
        run_analysis(session, spec())
    nobody = Condition(column="Colour", operator=Operator.IS, values=("red",))
    both = (nobody, Condition(column="Colour", operator=Operator.IS, values=("blue",)))
    empty = run_analysis(session, spec(VIEWS[0], base=Base(wave_id=1, conditions=both)))
    assert isinstance(empty, NotComputed)


def test_as_text_json_and_files(session: Session, tmp_path: Path) -> None:
    asked = with_nets(spec(VIEWS[0], percent="row"), "Colour", {"'); DROP TABLE": ("red",)})
    assert spec_from_text(spec_as_text(asked), wave_id=1) == asked
    plain = result_to_plain(table(session, asked))
    assert plain["n"] == 54
    assert plain["view"]["percent"] == "row"
    assert len(plain["counts"]) == len(plain["rows"])
    assert export_tables(session, [asked], tmp_path / "t.csv") == 1
    text = (tmp_path / "t.csv").read_text(encoding="utf-8-sig")
    assert "Base: answered both" in text
    assert export_tables(session, [asked], tmp_path / "t.xlsx") == 1


def test_pinned_and_printed(session: Session) -> None:
    asked = spec(VIEWS[0])
    block = pin(session, asked, title=analysis_title(session, asked))
    pins = shelf(session)
    assert pins is not None
    built = build_report(session, report_of_pins(session, session.wave(1), pins.blocks, name="Post"))
    assert not built.problems
    assert not built.changed
    text = markdown_text(built.document, folder="figures")
    assert "Colour by Parks" in text
    assert table(session, asked).sentence in text
    assert "χ²" in text or "Fisher" in text
    assert block.title == "Colour by Parks"


def test_few_people_are_found_and_hidden_beyond_recovery(session: Session) -> None:
    found = table(session, with_nets(spec("Age"), "Colour", {"warm": ("red", "green")}))
    below = 5
    hidden = set(hidden_cells(found, below))
    small = {
        (row, column) for row, line in enumerate(found.counts) for column, count in enumerate(line) if 0 < count < below
    }
    assert n_small(found, below=below) > 0
    assert len(small_cells(found)) == n_small(found)
    assert small <= hidden
    answers = [row for row, head in enumerate(found.rows) if head.role is not LeafRole.NET]
    for column in range(len(found.columns)):
        assert sum((row, column) in hidden for row in answers) != 1
    for row in answers:
        assert sum((row, column) in hidden for column in range(len(found.columns))) != 1
    published = result_table(without_small(found, below=below))
    for row, column in hidden:
        people = published.columns[
            [c.header for c in published.columns].index(f"{found.columns[column].label}, people")
        ]
        assert people.values[row] is None


@pytest.mark.parametrize(
    ("rows", "by", "options"),
    [
        (("Colour",), (VIEWS[0],), {}),
        (("Colour",), (VIEWS[1], VIEWS[0]), {}),
        (("Colour",), (VIEWS[1], "Age"), {"layout": "banner"}),
        (("Age",), ("P(rain)",), {}),
        (("P(rain)",), (VIEWS[1], "Age"), {}),
        (("Fruits",), ("Colour",), {}),
        (("Colour",), ("Fruits",), {}),
        (VIEWS, ("Colour",), {}),
        (VIEWS, (), {}),
        (("Colour",), (VIEWS[0],), {"nets": '{"Colour": {"warm": ["red", "green"]}}'}),
    ],
)
def test_filters_leave_the_people_of_a_cell(
    session: Session, rows: tuple[str, ...], by: tuple[str, ...], options: dict[str, str]
) -> None:
    asked = spec(*by, rows=rows)
    for name, value in options.items():
        asked = asked.with_option(name, value)
    found = table(session, asked)
    for row in range(len(found.rows)):
        for column, head in enumerate(found.columns):
            if head.path[0] == "Everybody" and options:
                continue  # of a banner: everybody who answered the rows
            conditions = people_of_cell(session, asked, found, (row, column))
            left = count_base(session, Base(wave_id=1, conditions=tuple(conditions))).n
            assert left == found.counts[row][column], (found.rows[row].label, head.path)


def test_weights_reach_tables_and_means_and_are_said(session: Session) -> None:
    question = session.find_question(1, "Colour")
    labels = [choice.label for choice in question.choices if choice.missing is None]
    shares = {"red": 0.5, "green": 0.3, "blue": 0.2}
    targets = tuple(Target(answers=(label,), value=shares[label]) for label in labels)
    margin = Margin(questions=(MarginQuestion(column="Colour"),), targets=targets)
    save_scheme(session, BASE, WeightScheme(name="Colours", kind=WeightKind.RAKE, margins=(margin,)))
    base = Base(wave_id=1, weight="Colours")
    weighted, plain = table(session, spec(VIEWS[0], base=base)), table(session, spec(VIEWS[0]))
    assert weighted.weighting is not None
    shown = {head.label: weighted.of_column.value[row][-1] for row, head in enumerate(weighted.rows)}
    assert shown == pytest.approx(shares, abs=1e-6)
    assert weighted.counts == plain.counts  # people are people
    assert "Weighted by Colours" in method_line(session, count_base(session, base), weighted)
    figure = figure_for(weighted, width=600)
    assert figure is not None
    assert "Weighted by Colours" in figure.caption
    means = run_analysis(session, AnalysisSpec(kind=AnalysisKind.GROUPS, columns=("Age",), by=(VIEWS[0],), base=base))
    assert isinstance(means, GroupComparison)
    assert means.weighting is not None


@pytest.mark.parametrize("odd", ["A|B|1|2", "__import__('os')", "'); DROP TABLE wave; --", "C", "אבג 🙂", "x" * 180])
def test_headers_of_any_kind_work(tmp_path: Path, clock: Clock, odd: str) -> None:
    path = tmp_path / "odd.csv"
    lines = [[f"{odd} [{item}]" for item in ("one", "two")] + [odd]]
    lines += [[("no", "yes")[n % 2], ("no", "yes")[n // 2 % 2], ("left", "right")[n % 3 == 0]] for n in range(40)]
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(lines)
    made = create_session(tmp_path / "odd.survey", name="Odd", clock=clock, me="Sam")
    run_import(made, plan_import(path), wave="2026", survey="Census")
    first, second, third = made.codebook(1).questions
    update_questions(made, 1, [replace(first, grid="Grid"), replace(second, grid="Grid")])
    rows = (column_key(first), column_key(second))
    found = table(made, spec(column_key(third), rows=rows))
    for row in range(len(found.rows)):
        for column in range(len(found.columns)):
            assert found.place(found.key(row, column)) == (row, column)
            people_of_cell(made, spec(column_key(third), rows=rows), found, (row, column))
    assert figure_for(found, width=500) is not None
    assert result_table(found).n_rows == 3
    made.close()


def test_a_battery_by_itself_has_no_shares_of_columns(session: Session) -> None:
    steps = table(session, spec(rows=VIEWS, percent="count"))
    assert steps.view.percent is Percent.COUNT
    for percent in ("column", "total"):
        with pytest.raises(UserError, match="same people again"):
            run_analysis(session, spec(rows=VIEWS, percent=percent))


def test_a_pinned_cross_tab_is_a_table_first(session: Session) -> None:
    assert pin(session, spec(VIEWS[0]), title="One").show is ShowAs.BOTH
    assert pin(session, spec(*VIEWS, layout="banner"), title="Many").show is ShowAs.TABLE


def test_arrows_are_copied_and_their_residuals_exported(session: Session) -> None:
    plain, marked = table(session, spec(VIEWS[0])), table(session, spec(VIEWS[0], arrows="on"))
    cells = [cell for line in cross_grid(marked)[1:-1] for cell in line[1:]]
    assert any("↑ " in cell for cell in cells)
    assert any("↓ " in cell for cell in cells)
    assert not any("↑" in cell for line in cross_grid(plain) for cell in line)
    column = next(c for c in result_table(marked).columns if c.header.endswith(", adjusted residual"))
    assert column.values[0] == marked.residual[shown_rows(marked)[0]][0]
    assert not any(c.header.endswith("residual") for c in result_table(plain).columns)


@pytest.mark.parametrize("percent", ["column", "row", "total", "count"])
def test_a_copied_table_has_the_intervals_of_the_exported_one(session: Session, percent: str) -> None:
    found = table(session, spec(VIEWS[0], percent=percent))
    bare, copied = cross_grid(found), cross_grid(found, intervals=True)
    assert [line[:1] + line[1::2] for line in copied] == bare
    assert {len(line) for line in copied} == {2 * len(found.columns) + 1}
    assert copied[-1][2::2] == [""] * len(found.columns)
    names = copied[0][2::2]
    if percent == "count":
        assert all(name.endswith(", column %") for name in names)
        return
    assert names == [f"{name}, {interval_header(found.level)}" for name in (head.label for head in found.columns)]
    shares = found.shares
    for number, row in enumerate(shown_rows(found)):
        for place in range(len(found.columns)):
            said = copied[number + 1][2 * place + 2]
            low, high = shares.low[row][place], shares.high[row][place]
            few = found.counts[row][place] < found.small and found.columns[place].role is not LeafRole.TOTAL
            if low is not None and high is not None and not few:
                assert said == interval_words(low, high)
