"""The preview of a file: columns left, problems or the column editor right. Decisions queue up and run in jobs."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QScrollArea, QStackedWidget, QWidget

from surveyapp.base.i18n import _
from surveyapp.domain.errors import UserError
from surveyapp.domain.question import Question
from surveyapp.domain.wave import Problem
from surveyapp.gui.page import Page
from surveyapp.gui.pages.data.column_menu import (
    Change,
    kind_menu,
    missing_menu,
    role_menu,
)
from surveyapp.gui.pages.data.column_table import ColumnTable
from surveyapp.gui.pages.data.editor.column_editor import ColumnEditor
from surveyapp.gui.pages.data.file_questions import FileQuestions
from surveyapp.gui.pages.data.link_strip import LinkStrip
from surveyapp.gui.pages.data.problem_list import ProblemList
from surveyapp.gui.pages.data.problem_row import ProblemItem, fixes_of
from surveyapp.gui.pages.data.words import import_note
from surveyapp.gui.widgets.card import Card
from surveyapp.services.codebook.column_view import ColumnProfile, ColumnRow, plan_profiles, severities
from surveyapp.services.intake.preview import (
    Preview,
    Step,
    accept_recommended,
    change_step,
    differing,
    fix_step,
    leave_others,
    mapping_label,
    problem_key,
    take_back,
    take_step,
)
from surveyapp.services.jobs import JobContext

_SIDE, _SIDE_SMALL, _STACK_BELOW = 403, 330, 880
_CHUNK = 8

Work = Callable[[Preview], Preview]
Outcome = tuple[Preview, dict[int, ColumnProfile]]


class PreviewView(QWidget):
    """`changed` after every decision; `preview` is what would be imported now, `questions` is about the files."""

    changed = Signal()

    def __init__(self, page: Page, preview: Preview, questions: FileQuestions, parent: QWidget) -> None:
        super().__init__(parent)
        self._page, self.preview, self.questions = page, preview, questions
        self._queue: deque[Work] = deque()
        self._busy = False
        self._resting = True
        self._order: list[tuple[str, str, int]] = []
        self._unprofiled: deque[int] = deque(range(len(preview.plan.mapping.questions)))
        theme = page.theme
        self.columns = ColumnTable(theme, with_changed=True, parent=self)
        self.problems = ProblemList(theme, self, offers_all=True)
        self.link = LinkStrip(page, self.problems)
        self.problems.add_above_foot(self.link)
        self.editor = ColumnEditor(theme)
        self._side = QStackedWidget(self)
        self._side.addWidget(self.problems)
        self._side.addWidget(self._editor_card())
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(24, 4, 24, 16)
        self._box.setSpacing(16)
        self._box.setSizeConstraint(QBoxLayout.SizeConstraint.SetNoConstraint)
        self._box.addWidget(self.columns, 1)
        self._box.addWidget(self._side)
        self.columns.opened.connect(self.open_editor)
        self.columns.kind_wanted.connect(lambda at: self._open_menu(kind_menu, at))
        self.problems.fixed.connect(self._on_problems_fixed)
        self.problems.accepted.connect(self.accept_recommended)
        self.problems.left.connect(lambda: self._do(leave_others))
        self.problems.undone.connect(self._on_problems_undone)
        self.problems.current_changed.connect(self._on_problems_current_changed)
        self.editor.edited.connect(lambda questions: self.take(change_step(questions)))
        self.editor.closed.connect(self.close_editor)
        self.columns.set_rows(self._rows({}))
        self.problems.set_done((*preview.plan.done,))
        self.problems.set_items(self._items())
        questions.changed.connect(self._on_questions_changed)

    def begin(self) -> None:
        """Look into the columns, in jobs of a few; called when the view stands in the window.

        While the list of problems is still being made, the columns wait: a worker would slow each of its rows.
        """
        self._resting = False
        if self.problems.complete:
            self._profile_next()
        else:
            self.problems.completed.connect(self._profile_next, Qt.ConnectionType.SingleShotConnection)

    def rest(self) -> None:
        """Look into no further columns until `begin`: the answers are being stored."""
        self._resting = True

    def _editor_card(self) -> QWidget:
        card = Card(self._page.theme, edge_to_edge=True, parent=self)
        area = QScrollArea(card)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(self.editor)
        card.add(area, 1)
        return card

    # What the page's actions do

    @property
    def busy(self) -> bool:
        """Whether decisions are still being worked out."""
        return self._busy or bool(self._queue)

    @property
    def complete(self) -> bool:
        """Whether every column has been looked into."""
        return not self._unprofiled and not self._resting

    @property
    def editing(self) -> bool:
        """Whether the column editor is open."""
        return self._side.currentIndex() == 1

    def take(self, step: Step) -> None:
        """One decision more."""
        if self.questions.adds is not None and not step.proposal:
            words = _("The codebook of %(wave)s holds here. Change it on the Data page, once the file is added.")
            addition = self.questions.addition
            title = addition.wave.title if addition is not None else ""
            self._page.context.shell.toast(words % {"wave": title})
            return
        self._do(lambda preview: take_step(preview, step))

    def take_back(self) -> bool:
        """Ctrl+Z: without the last decision; False if there is none."""
        if self.questions.adds is not None or (not self.preview.steps and not self.busy):
            return self.questions.take_back_last()
        self._do(lambda preview: take_back(preview) if preview.steps else preview)
        return True

    def drop_proposal(self, name: str) -> None:
        """Without the codebook of that name; what was decided since holds."""
        label = mapping_label(name)

        def work(preview: Preview) -> Preview:
            number = next((n for n, step in enumerate(preview.steps) if step.proposal and step.label == label), None)
            return preview if number is None else take_back(preview, number)

        self._do(work)

    def accept_recommended(self) -> None:
        """A: every recommended fix; Ctrl+Z takes them back one by one."""
        if self.problems.n_recommended:
            self._do(accept_recommended)

    def change(self, change: Change) -> None:
        """Change every selected column."""
        questions = self.selected_questions()
        try:
            after = [change(question) for question in questions]
        except UserError as error:
            self.say(str(error))
            return
        if after != questions:
            self.take(change_step(after))

    def say(self, words: str) -> None:
        """A sentence that goes by itself."""
        self._page.context.shell.toast(words)

    def selected_questions(self) -> list[Question]:
        """The codebook entries of the selected columns."""
        return [self.columns.rows[place].question for place in self.columns.selected()]

    def open_menu(self, kind: str) -> None:
        """Y, R, M: the menu of kinds, roles or missing codes at the current row."""
        menus = {"kind": kind_menu, "role": role_menu, "missing": missing_menu}
        self._open_menu(menus[kind], self.columns.kind_point())

    def _open_menu(self, menu: Callable[..., object], at: QPoint) -> None:
        questions = self.selected_questions()
        if questions:
            menu(questions, self.change, self, at)

    def toggle_left_out(self) -> None:
        """O: leave the selected columns out, or take them in again."""
        out = not all(question.left_out for question in self.selected_questions())
        self.change(lambda question: replace(question, left_out=out))

    def open_editor(self, field: str = "kindField") -> None:
        """Enter: the editor for the selected columns."""
        if self.columns.selected():
            self._show_editor()
            self._side.setCurrentIndex(1)
            self.editor.focus_field(field)

    def open_problem_column(self) -> None:
        """Enter on a problem: its column, or all its columns together, in the editor."""
        item = self.problems.current
        place = self._place_of(item.problem) if item is not None else -1
        if item is not None and place >= 0:
            self.columns.choose_all(item.problem.columns or (place,))
            self.open_editor()

    def close_editor(self) -> bool:
        """Back to the problems; False if the editor was not open."""
        if not self.editing:
            return False
        self._side.setCurrentIndex(0)
        self.columns.focus_table()
        return True

    # Decisions, one after another

    def _do(self, work: Work) -> None:
        self._queue.append(work)
        self._next()

    def _next(self) -> None:
        if self._busy or not self._queue:
            return
        self._busy = True
        work, before = self._queue.popleft(), self.preview

        def job(_ctx: JobContext) -> Outcome:
            after = work(before)
            return after, plan_profiles(after.plan, differing(before.plan, after.plan))

        self._page.context.jobs.start(job, done=self._on_done, owner=self)

    def _on_done(self, outcome: Outcome) -> None:
        self._busy = False
        self.preview, profiles = outcome
        rows = self._rows(profiles)
        if len(rows) == len(self.columns.rows):
            self.columns.update_rows({n: row for n, row in enumerate(rows) if row != self.columns.rows[n]})
        else:
            self.columns.set_rows(rows)
            self._unprofiled.clear()  # all were looked into with the decision
        self.problems.set_done(self.preview.plan.done)
        self.problems.set_items(self._items())
        if self.editing:
            self._show_editor()
        self.changed.emit()
        self._next()

    def _show_editor(self) -> None:
        rows = [self.columns.rows[place] for place in self.columns.selected()]
        questions = self.preview.plan.mapping.questions
        self.editor.show_questions(
            [row.question for row in rows],
            profile=rows[0].profile if len(rows) == 1 else None,
            sections=list(dict.fromkeys(q.section for q in questions if q.section)),
            grids=list(dict.fromkeys(q.grid for q in questions if q.grid)),
            sets=list(dict.fromkeys(q.multi for q in questions if q.multi)),
            around=questions,
        )

    # Rows and items

    def _rows(self, profiles: dict[int, ColumnProfile]) -> list[ColumnRow]:
        plan = self.preview.plan
        worst = severities(plan.mapping.questions, plan.problems)
        changed = set(self.preview.changed())
        old = self.columns.rows
        return [
            ColumnRow(
                question=question,
                profile=profiles.get(n) or (old[n].profile if n < len(old) else None),
                severity=worst.get(n),
                changed=n in changed,
            )
            for n, question in enumerate(plan.mapping.questions)
        ]

    def _profile_next(self) -> None:
        """Profiles come in small jobs, so that decisions never wait for them."""
        if self._resting:
            return
        places = [self._unprofiled.popleft() for _n in range(min(_CHUNK, len(self._unprofiled)))]
        if not places:
            return
        plan = self.preview.plan

        def job(ctx: JobContext) -> dict[int, ColumnProfile]:
            ctx.let_paint()
            return plan_profiles(plan, places)

        def done(profiles: dict[int, ColumnProfile]) -> None:
            now = self.preview.plan.mapping.questions
            rows = {
                n: replace(self.columns.rows[n], profile=profile)
                for n, profile in profiles.items()
                if n < len(now) and plan.mapping.questions[n] == now[n]  # else its own decision has brought a newer one
            }
            self.columns.update_rows(rows)
            self._profile_next()

        self._page.context.jobs.start(job, done=done, owner=self)

    def _items(self) -> list[ProblemItem]:
        """Questions about the files, then problems; a file that goes into a wave shows what it brings instead."""
        asked = self.questions.items(self.preview)
        return asked if self.questions.adds is not None else [*asked, *self._problem_items()]

    def _problem_items(self) -> list[ProblemItem]:
        """Open problems and settled ones, each where it stood before; new ones by their weight."""
        opened = {problem_key(problem): problem for problem in self.preview.plan.problems}
        settled = {problem_key(s.problem): s for s in self.preview.steps if s.problem is not None}
        known = set(self._order)
        order = [key for key in self._order if key in opened or key in settled]
        ranked = [problem_key(problem) for problem in self.preview.plan.problems]
        for place, key in enumerate(ranked):
            if key not in known:
                known.add(key)
                after = next((other for other in reversed(ranked[:place]) if other in order), None)
                order.insert(order.index(after) + 1 if after is not None else 0, key)
        self._order = order
        items = []
        for key in order:
            if key in opened:
                items.append(ProblemItem(key=key, problem=opened[key], note=import_note(opened[key])))
            else:
                step = settled[key]
                assert step.problem is not None  # chosen above
                items.append(ProblemItem(key=key, problem=step.problem, settled=step.label))
        return items

    def _place_of(self, problem: Problem) -> int:
        if problem.columns:
            return problem.columns[0] if problem.columns[0] < len(self.preview.plan.mapping.questions) else -1
        questions = self.preview.plan.mapping.questions
        wanted = (problem.column, problem.occurrence)
        return next((n for n, q in enumerate(questions) if problem.column and (q.column, q.occurrence) == wanted), -1)

    def _on_questions_changed(self) -> None:
        self.problems.set_items(self._items())
        self.changed.emit()

    def _on_problems_fixed(self, item: ProblemItem, number: int) -> None:
        if item.asked:
            self.questions.answer(item, fixes_of(item.problem)[number])
            return
        self.take(fix_step(item.problem, fixes_of(item.problem)[number]))

    def _on_problems_undone(self, item: ProblemItem) -> None:
        if item.asked:
            self.questions.take_back(item)
            return

        def work(preview: Preview) -> Preview:
            for n, step in enumerate(preview.steps):
                if step.problem is not None and problem_key(step.problem) == item.key:
                    return take_back(preview, n)
            return preview

        self._do(work)

    def _on_problems_current_changed(self, item: ProblemItem | None) -> None:
        place = self._place_of(item.problem) if item is not None else -1
        if place >= 0 and self.columns.table.frame.view_row(place) >= 0:
            self.columns.table.choose(place)

    # Qt overrides

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() and not self.editing:
            self.open_problem_column()
        else:
            super().keyPressEvent(event)

    def minimumSizeHint(self) -> QSize:
        # What lies side by side here must not widen the other pages of the stack.
        return QSize(480, 300)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        theme, width = self._page.theme, self.width()
        stacked = width < theme.px(_STACK_BELOW)
        self._box.setDirection(QBoxLayout.Direction.TopToBottom if stacked else QBoxLayout.Direction.LeftToRight)
        side = theme.px(_SIDE if width >= theme.px(1100) else _SIDE_SMALL)
        self._side.setMinimumWidth(0 if stacked else side)
        self._side.setMaximumWidth(16777215 if stacked else side)
        self._box.setStretchFactor(self._side, 1 if stacked else 0)
