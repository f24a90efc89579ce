"""How long the window stands still with a census of 10,000 people and 150 questions: run as a script.

The file is imported in the window; then every page and tab is visited, a filter is set and taken away, questions are
crossed, a report is begun and written, the palette is opened. Aim: 50 ms for each.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.census_file import write_census
from benchmarks.stall_watch import Watch, main

if TYPE_CHECKING:
    from surveyapp.domain.analysis import Condition
    from surveyapp.domain.question import Question

_CENSUS = "census.csv"


def visit(watch: Watch, folder: Path) -> None:
    """From the drop of the file to a report."""
    shell, actions = watch.gui.shell, watch.gui.context.actions
    watch.act("start", lambda: None, until=lambda: not watch.warm_up.running)
    watch.act("preview", lambda: shell.import_file(folder / _CENSUS), until=lambda: actions.is_enabled("import.run"))
    watch.act("store", watch.trigger("import.run"), until=lambda: shell.current == "data")
    for spec in [one for one in shell.specs.values() if not one.parent or one.by_itself]:
        for tab in [one.id for one in spec.tabs] or [""]:
            watch.act(f"{spec.id} {tab}".strip(), lambda p=spec.id, t=tab: shell.open_page(p, t))  # type: ignore[misc]
    _ask(watch)
    _report(watch, folder)
    watch.act("palette", watch.trigger("go.palette"))
    watch.act("a question in the palette", watch.press("people"))


def _ask(watch: Watch) -> None:
    """Results that the pages do not show by themselves, each without and with a filter."""
    from surveyapp.domain.question import Kind
    from surveyapp.gui.base_page import BasePage

    shell, session = watch.gui.shell, watch.gui.context.session
    assert session is not None
    questions = session.codebook(session.waves()[0].id).questions
    closed = [one for one in questions if one.kind is Kind.SINGLE]
    choices = [one.column for one in closed]
    numbers = [one.column for one in questions if one.kind is Kind.NUMBER]

    def filtered(name: str) -> None:
        page = shell.page
        assert isinstance(page, BasePage)
        condition = _condition(closed[5])
        watch.act(f"{name}, filtered", lambda: page.add_filters([condition]))
        watch.act(f"{name}, of all again", lambda: page.remove_filter(0))

    watch.act("a question", lambda: shell.open_page("explore", "questions"))
    filtered("a question")
    watch.act("a cross-tab", lambda: shell.open_page("explore", "cross", rows=choices[:1], by=choices[1:2]))
    filtered("a cross-tab")
    watch.act("another cross-tab", lambda: shell.open_page("explore", "cross", rows=choices[2:3], by=choices[3:4]))
    watch.act("means", lambda: shell.open_page("explore", "means", value=numbers[0], group=choices[0]))
    filtered("means")
    watch.act(
        "a regression",
        lambda: shell.open_page("correlations", "regression", outcome=numbers[1], by=[numbers[2], choices[0]]),
    )
    watch.act("the screen", lambda: shell.open_page("correlations", "screen"))
    filtered("the screen")


def _condition(question: Question) -> Condition:
    from surveyapp.domain.analysis import Condition, Operator

    first = question.choices[0].label
    return Condition(column=question.column, operator=Operator.IS, values=(first,))


def _report(watch: Watch, folder: Path) -> None:
    """A report of two pins, seen as pages and written."""
    from surveyapp.gui.pages.reports.page import ReportsPage

    shell = watch.gui.shell

    def quiet() -> bool:
        shown = shell.page
        return isinstance(shown, ReportsPage) and not shown.builder.busy and not shown.pane.view.asking

    watch.act("a question to pin", lambda: shell.open_page("explore", "questions"))
    watch.act("pinned", watch.trigger("explore.pin"))
    watch.act("reports", lambda: shell.open_page("reports"), until=quiet)
    watch.act("a report with its pages", watch.trigger("reports.begin"), until=quiet)
    page = shell.page if isinstance(shell.page, ReportsPage) else None
    assert page is not None and page.editor.spec is not None
    spec = page.editor.spec
    watch.act("the report as PDF", lambda: page.exporter.write(spec, "pdf", folder / "report.pdf"), until=quiet)
    watch.act("and as tables", lambda: page.exporter.write(spec, "xlsx", folder / "report.xlsx"), until=quiet)


if __name__ == "__main__":
    sys.exit(main(__file__, "a census of 10,000 x 150", visit, lambda folder: write_census(folder / _CENSUS, 10_000)))
