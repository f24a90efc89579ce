"""The problems of a stored wave: the same list as in the preview, each fix stored at once and undoable.

What was decided in the preview is listed too, with its way back.
"""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count
from surveyapp.domain.change import Change
from surveyapp.domain.row import row_words
from surveyapp.domain.wave import Problem
from surveyapp.gui.explanation import Explanation
from surveyapp.gui.page import Page
from surveyapp.gui.pages.data.data_tab import DataTab
from surveyapp.gui.pages.data.problem_list import ProblemList
from surveyapp.gui.pages.data.problem_row import ProblemItem, count_words, fixes_of
from surveyapp.services.change_log import undo
from surveyapp.services.codebook.settled import SettledProblem, settled_problems, take_up
from surveyapp.services.codebook.stored import fix_problem, leave_problems, open_problems
from surveyapp.services.intake.preview import is_left, is_recommended
from surveyapp.services.jobs import JobContext
from surveyapp.store import StoredProblem

_Found = tuple[list[StoredProblem], list[SettledProblem]]


class ProblemsTab(DataTab):
    """`explained` carries what the inspector says about the open problem."""

    def __init__(self, page: Page, parent: QWidget) -> None:
        super().__init__(page, parent)
        self._open: dict[int, StoredProblem] = {}
        self._settled: dict[int, SettledProblem] = {}
        self._order: list[int] = []
        self.list = ProblemList(page.theme, self, offers_all=True)
        self.list.set_done(())
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 4, 24, 16)
        column.addWidget(self.list)
        self.list.fixed.connect(self._on_list_fixed)
        self.list.accepted.connect(self._on_list_accepted)
        self.list.left.connect(self._on_list_left)
        self.list.undone.connect(self._on_list_undone)
        self.list.current_changed.connect(lambda item: self.explained.emit(explain_problem(item)))

    def keys(self) -> list[tuple[str, str]]:
        return [
            ("J K", _("next, previous problem")),
            ("1 2 3", _("choose a fix")),
            ("A", _("all at once")),
            ("Enter", _("open the column")),
            ("O", _("its texts")),
        ]

    def edit(self) -> None:
        self.open_column()

    def focus(self) -> None:
        self.list.focus_current()

    def show_subject(self, wave_id: int, _question_ids: frozenset[int] | None = None) -> None:
        """Read the problems of a wave, or read them again."""
        session = self._session
        if wave_id != self._wave_id:
            self._order = []
        self._wave_id = wave_id

        def work(_ctx: JobContext) -> _Found:
            return open_problems(session, wave_id), settled_problems(session, wave_id)

        self._page.run_job(work, self._show, label=_("Reading the problems"))

    def _show(self, found: _Found) -> None:
        opened, settled = found
        self._open = {stored.id: stored for stored in opened}
        self._settled = {one.stored.id: one for one in settled}
        ids = [*self._open, *self._settled]
        self._order = [*(n for n in self._order if n in ids), *(n for n in ids if n not in self._order)]
        items = [_item(number, self._open.get(number), self._settled.get(number)) for number in self._order]
        self.list.set_items(items)
        if not self._open:
            self.explained.emit(_nothing_left())
        self.set_fact(_("A problem that is left alone changes nothing."))

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
        session, wave_id, stored = self._session, self._wave_id, self._open.get(int(str(item.key)))
        if stored is None:
            return
        fix = fixes_of(item.problem)[number]

        def work(_ctx: JobContext) -> Change | None:
            return fix_problem(session, wave_id, stored, fix)

        self._page.run_job(work, self.announce, label=_("Applying the fix"), store=True)

    def _on_list_accepted(self) -> None:
        """A: the recommended fix of each, in changes of their own."""
        session, wave_id = self._session, self._wave_id
        wanted = [stored for stored in self._open.values() if is_recommended(stored.problem)]

        def work(ctx: JobContext) -> list[Change]:
            made = []
            for number, stored in enumerate(wanted):
                ctx.report(number, len(wanted))
                made.append(fix_problem(session, wave_id, stored, stored.problem.fixes[0]))
            return [change for change in made if change is not None]

        def done(changes: list[Change]) -> None:
            n = len(changes)
            words = ngettext("%(n)s problem settled as recommended.", "%(n)s problems settled as recommended.", n)
            self._announce_all(words % {"n": fmt_count(n)}, changes)

        self._page.run_job(work, done, label=_("Applying the fixes"), store=True)

    def _on_list_left(self) -> None:
        """A once more: all else is left as it is."""
        session, wave_id = self._session, self._wave_id
        wanted = [stored for stored in self._open.values() if is_left(stored.problem)]

        def work(_ctx: JobContext) -> list[Change]:
            return leave_problems(session, wave_id, wanted)

        def done(changes: list[Change]) -> None:
            n = len(changes)
            words = ngettext("%(n)s problem left as it is.", "%(n)s problems left as they are.", n)
            self._announce_all(words % {"n": fmt_count(n)}, changes)

        self._page.run_job(work, done, label=_("Leaving them as they are"), store=True)

    def _announce_all(self, words: str, changes: list[Change]) -> None:
        session, page = self._session, self._page

        def work(_ctx: JobContext) -> list[Change]:
            return [undone for change in reversed(changes) for undone in undo(session, change.id)]

        page.context.shell.toast(words, lambda: page.run_job(work, self._on_undone, store=True))

    def _on_list_undone(self, item: ProblemItem) -> None:
        session, wave_id = self._session, self._wave_id
        settled = self._settled.get(int(str(item.key)))
        if settled is None:
            return

        def work(_ctx: JobContext) -> list[Change]:
            return take_up(session, wave_id, settled)

        def done(changes: list[Change]) -> None:
            if settled.change is not None:
                self._on_undone(changes)
            elif changes:
                self.announce(changes[0])

        self._page.run_job(work, done, store=True)

    def _on_undone(self, changes: list[Change]) -> None:
        labels = "; ".join(change.label for change in changes)
        self._page.context.shell.toast(_("Taken back: %(labels)s") % {"labels": labels})


def _item(number: int, opened: StoredProblem | None, settled: SettledProblem | None) -> ProblemItem:
    if settled is None:
        assert opened is not None  # it is one or the other
        return ProblemItem(key=number, problem=opened.problem)
    note = _("Decided before the file was stored. To decide otherwise, undo the import and import it again.")
    return ProblemItem(
        key=number,
        problem=settled.stored.problem,
        settled=settled.label,
        final=settled.final,
        note=note if settled.final else "",
    )


def _nothing_left() -> Explanation:
    """Where what was decided stands, for whoever wants to think again."""
    return Explanation(
        kind=_("Problems"),
        title=_("Nothing left to look at"),
        words=_(
            "What was decided stands here under its problem, with the way back, and in the recipe with its reason."
        ),
    )


def _column_words(problem: Problem) -> str:
    """ "P(God) and 10 more"."""
    name, others = " ".join(problem.column.split())[:80], len(problem.columns) - 1
    if others < 1:
        return name
    return _("%(column)s and %(n)s more") % {"column": name, "n": fmt_count(others)}


def explain_problem(item: ProblemItem | None) -> Explanation | None:
    """What the inspector says about a problem: its rows, and what each fix does."""
    if item is None:
        return None
    problem = item.problem
    facts = []
    if count := count_words(problem):
        facts.append((_("Concerns"), count))
    if problem.column:
        facts.append((_("Column"), _column_words(problem)))
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
