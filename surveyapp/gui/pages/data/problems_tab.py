"""The problems of a stored wave: the same list as in the preview, each fix stored at once and undoable."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from surveyapp.base.i18n import _
from surveyapp.base.number import fmt_count
from surveyapp.domain.change import Change
from surveyapp.domain.row import row_words
from surveyapp.gui.explanation import Explanation
from surveyapp.gui.page import Page
from surveyapp.gui.pages.data.data_tab import DataTab
from surveyapp.gui.pages.data.problem_list import ProblemList
from surveyapp.gui.pages.data.problem_row import ProblemItem, count_words, fixes_of
from surveyapp.services.codebook.stored import fix_problem, open_problems, settled_problems
from surveyapp.services.jobs import JobContext
from surveyapp.store import StoredProblem


class ProblemsTab(DataTab):
    """`explained` carries what the inspector says about the open problem."""

    def __init__(self, page: Page, parent: QWidget) -> None:
        super().__init__(page, parent)
        self._stored: dict[int, StoredProblem] = {}
        self._changes: dict[int, Change] = {}
        self._order: list[int] = []
        self.list = ProblemList(page.theme, self)
        self.list.set_done(())
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 4, 24, 16)
        column.addWidget(self.list)
        self.list.fixed.connect(self._on_list_fixed)
        self.list.undone.connect(self._on_list_undone)
        self.list.current_changed.connect(lambda item: self.explained.emit(explain_problem(item)))

    def keys(self) -> list[tuple[str, str]]:
        return [
            ("J K", _("next, previous problem")),
            ("1 2 3", _("choose a fix")),
            ("Enter", _("open the column")),
            ("O", _("its texts")),
        ]

    def edit(self) -> None:
        self.open_column()

    def focus(self) -> None:
        self.list.focus_current()

    def show_wave(self, wave_id: int, _question_ids: frozenset[int] | None = None) -> None:
        """Read the problems of a wave, or read them again."""
        session = self._session
        if wave_id != self._wave_id:
            self._order = []
        self._wave_id = wave_id

        def work(_ctx: JobContext) -> tuple[list[StoredProblem], list[tuple[StoredProblem, Change]]]:
            return open_problems(session, wave_id), settled_problems(session, wave_id)

        self._page.run_job(work, self._show, label=_("Reading the problems"))

    def _show(self, found: tuple[list[StoredProblem], list[tuple[StoredProblem, Change]]]) -> None:
        opened, settled = found
        self._changes = {stored.id: change for stored, change in settled}
        self._stored = {stored.id: stored for stored in [*opened, *(stored for stored, _change in settled)]}
        ids = [*(stored.id for stored in opened), *self._changes]
        self._order = [*(n for n in self._order if n in self._stored), *(n for n in ids if n not in self._order)]
        items = []
        for number in self._order:
            change = self._changes.get(number)
            problem = self._stored[number].problem
            items.append(ProblemItem(key=number, problem=problem, settled=change.label if change else ""))
        self.list.set_items(items)
        if not any(not item.settled for item in items):
            self.explained.emit(_nothing_left())
        self._page.set_fact(_("A problem that is left alone changes nothing."))

    def fix(self, number: int) -> None:
        """1, 2, 3: choose that fix of the open problem."""
        self.list.fix(number)

    def open_column(self) -> None:
        """Enter: the column of the open problem, in the codebook; look-alikes are merged in Write-ins."""
        item = self.list.current
        if item is not None and item.problem.kind == "lookalike":
            self.open_texts()
        elif item is not None and item.problem.column:
            self.column_wanted.emit(item.problem.column, item.problem.occurrence)

    def open_texts(self) -> None:
        """O: the texts of the open problem, in Write-ins."""
        item = self.list.current
        if item is not None and item.problem.column:
            segment = "alike" if item.problem.kind == "lookalike" else "all"
            self.texts_wanted.emit(item.problem.column, item.problem.occurrence, segment)

    def _on_list_fixed(self, item: ProblemItem, number: int) -> None:
        session, wave_id, stored = self._session, self._wave_id, self._stored.get(int(str(item.key)))
        if stored is None:
            return
        fix = fixes_of(item.problem)[number]

        def work(_ctx: JobContext) -> Change | None:
            return fix_problem(session, wave_id, stored, fix)

        self._page.run_job(work, self._on_fixed, label=_("Applying the fix"), store=True)

    def _on_fixed(self, change: Change | None) -> None:
        self.announce(change)

    def _on_list_undone(self, item: ProblemItem) -> None:
        session, change = self._session, self._changes.get(int(str(item.key)))
        if change is None:
            return

        def work(_ctx: JobContext) -> list[Change]:
            from surveyapp.services.change_log import undo

            return undo(session, change.id)

        self._page.run_job(work, self._on_undone, store=True)

    def _on_undone(self, changes: list[Change]) -> None:
        labels = "; ".join(change.label for change in changes)
        self._page.context.shell.toast(_("Taken back: %(labels)s") % {"labels": labels})


def _nothing_left() -> Explanation:
    """Where what was decided stands, for whoever wants to think again."""
    return Explanation(
        kind=_("Problems"),
        title=_("Nothing left to look at"),
        words=_("What was decided stands in the recipe, with how many answers it concerns. U takes a step back there."),
    )


def explain_problem(item: ProblemItem | None) -> Explanation | None:
    """What the inspector says about a problem: its rows, and what each fix does."""
    if item is None:
        return None
    problem = item.problem
    facts = []
    if count := count_words(problem):
        facts.append((_("Concerns"), count))
    if problem.column:
        facts.append((_("Column"), " ".join(problem.column.split())[:80]))
    rows = ", ".join(row_words(row) for row in problem.rows[:30])
    more = problem.count - min(30, len(problem.rows))
    words = ""
    if rows:
        words = _("Rows as a spreadsheet shows them: %(rows)s") % {"rows": rows}
        words += _(" and %(n)s more.") % {"n": fmt_count(more)} if more > 0 else "."
    return Explanation(
        kind=_("Open problem") if not item.settled else _("Settled"),
        title=problem.title,
        subtitle=problem.detail,
        facts=tuple(facts),
        words=words,
        actions=("data.problem_column", "data.problem_texts") if problem.column else (),
        strip=problem.detail,
    )
