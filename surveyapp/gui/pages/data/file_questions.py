"""The questions that a preview asks about its files as a whole, first in the list of problems, and their answers."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from surveyapp.base.i18n import _
from surveyapp.domain.errors import UserError
from surveyapp.domain.wave import Fix, Problem, Severity, Wave
from surveyapp.gui.pages.data.file_words import (
    CODEBOOK,
    CONTINUES,
    LEAVE,
    SEVERAL,
    beside,
    codebook_problem,
    continues_problem,
    continues_settled,
    failed_problem,
    same_problem,
    several_problem,
    several_settled,
)
from surveyapp.gui.pages.data.problem_row import ProblemItem
from surveyapp.importers.several.stack import Renamed
from surveyapp.services.intake.adding import AdditionPlan, AddMode
from surveyapp.services.intake.arrival import Arrival, Together
from surveyapp.services.intake.news import SIMILAR, news
from surveyapp.services.intake.preview import Preview
from surveyapp.services.intake.same_people import SamePeople

ASKED = "asked"


class FileQuestions(QObject):
    """`changed` after every answer. What costs work is wanted from the page: another way to take the files, a codebook
    to use or to take back, columns that are the same in other words, the file not to be imported."""

    changed = Signal()
    together_wanted = Signal(Together)
    codebook_wanted = Signal(object, str)
    codebook_unwanted = Signal(str)
    renames_wanted = Signal(tuple)
    leave_wanted = Signal()

    def __init__(self, arrival: Arrival, parent: QObject) -> None:
        super().__init__(parent)
        self.arrival = arrival
        self.addition: AdditionPlan | None = None
        self.same: SamePeople | None = None
        self.comparing: Wave | None = None
        self.mode: AddMode | None = None
        self.renamed: Renamed = ()
        self._failed: Problem | None = None
        self._together_answered = False
        self._without_codebook = False
        self._apart: set[str] = set()
        self._answered: list[ProblemItem] = []

    # What the page tells

    def set_arrival(self, arrival: Arrival) -> None:
        """The files were taken another way; what they bring to a wave is compared anew."""
        self.arrival = arrival
        self.addition = self.same = self._failed = self.mode = None
        self.renamed, self._apart = (), set()

    def set_comparing(self, wave: Wave) -> None:
        """The file is being compared with a wave."""
        self.comparing = wave

    def set_addition(self, plan: AdditionPlan) -> None:
        """What the file would bring to a wave."""
        self.comparing, self.addition, self.renamed = None, plan, plan.renamed
        self.changed.emit()

    def set_same(self, same: SamePeople) -> None:
        """Most of these people are in a wave already; who has said what the file is to be is not asked again."""
        if self.mode is None:
            self.same = same
            self.changed.emit()

    def set_failed(self, error: UserError) -> None:
        """The comparison could not be made."""
        wave, self.comparing = self.comparing, None
        self._failed = failed_problem(wave.title if wave is not None else "", error.title, error.what_to_do)
        self.changed.emit()

    def forget_wave(self) -> None:
        """Another workspace was opened."""
        self.comparing = self.addition = self.same = self._failed = self.mode = None
        self.renamed, self._apart, self._answered = (), set(), []
        self.changed.emit()

    @property
    def adds(self) -> AddMode | None:
        """How the file goes into a wave that is there; None for a wave of its own, or not decided yet."""
        return self.mode if self.mode in (AddMode.UPDATE, AddMode.ADD) else None

    @property
    def must_answer(self) -> bool:
        """Whether the file seems to belong to a wave and nobody has said what it is to be."""
        if self.mode is not None:
            return False
        if self.same is not None:
            return self.same.is_sure
        return self.addition is not None and self.addition.mode is not AddMode.WAVE

    @property
    def asked_first(self) -> str:
        """The sentence that asks for that answer."""
        if self.same is not None:
            return _("%(same)s. Say first whether to import it.") % {"same": self.same.sentence()}
        wave = self.addition.wave.title if self.addition is not None else ""
        return _("Say first: does it go into %(wave)s, or is it a new wave?") % {"wave": wave}

    # Items of the list

    def items(self, preview: Preview) -> list[ProblemItem]:
        """The questions as they stand; with what a file brings if it goes into a wave."""
        items = [*self._continues(), *self._several(), *self._codebook(preview)]
        if self.addition is not None and self.adds is not None:
            for problem in news(self.addition, self.adds):
                if not (problem.kind == SIMILAR and problem.column in self._apart):
                    key = (ASKED, problem.kind, problem.column)
                    items.append(ProblemItem(key=key, problem=problem, asked=True, told=problem.kind != SIMILAR))
            items += self._joined()
        return items

    def _continues(self) -> list[ProblemItem]:
        if self.same is not None:
            return [_item(same_problem(self.same), beside(self.same.wave) if self.mode is not None else "")]
        if self._failed is not None:
            return [_item(self._failed, _("A new wave") if self.mode else "")]
        if self.addition is None:
            return []
        settled = continues_settled(self.addition, self.mode) if self.mode is not None else ""
        return [_item(continues_problem(self.addition), settled)]

    def _several(self) -> list[ProblemItem]:
        if self.arrival.stacking is None:
            return []
        settled = several_settled(self.arrival) if self._together_answered else ""
        return [_item(several_problem(self.arrival, self.arrival.stacking), settled)]

    def _codebook(self, preview: Preview) -> list[ProblemItem]:
        codebook = self.arrival.dropped or self.arrival.beside
        if codebook is None:
            return []
        used = next((step for step in preview.steps if step.proposal and codebook.name in step.label), None)
        settled = used.label if used is not None else ""
        if not settled and self._without_codebook:
            settled = _("%(name)s is not used") % {"name": codebook.name}
        return [_item(codebook_problem(codebook, len(preview.plan.table.columns)), settled)]

    def _joined(self) -> list[ProblemItem]:
        """Columns said to be the same, or two: with their Undo."""
        same = [(own, _("“%(own)s” is “%(there)s”") % {"own": own, "there": there}) for own, there in self.renamed]
        two = [(own, _("“%(own)s” is a question of its own") % {"own": own}) for own in sorted(self._apart)]
        return [
            _item(Problem(kind=SIMILAR, severity=Severity.DECIDE, title=words, column=own), words)
            for own, words in (*same, *two)
        ]

    # Answers

    def answer(self, item: ProblemItem, fix: Fix) -> None:
        """The person has chosen."""
        kind = item.problem.kind
        if fix.action == LEAVE:
            self.leave_wanted.emit()
            return
        self._answered.append(item)
        if kind == CONTINUES:
            self.mode = AddMode(fix.action)
            if self.addition is not None and self.adds is not None:
                self.codebook_wanted.emit(self.addition.mapping, self.addition.wave.title)
        elif kind == SEVERAL:
            self._together_answered = True
            if fix.action != self.arrival.together.value:
                self.together_wanted.emit(Together(fix.action))
                return
        elif kind == CODEBOOK:
            self._answer_codebook(fix)
        elif kind == SIMILAR and fix.action == "join":
            self.renames_wanted.emit((*self.renamed, (item.problem.column, fix.value)))
            return
        elif kind == SIMILAR:
            self._apart.add(item.problem.column)
        self.changed.emit()

    def _answer_codebook(self, fix: Fix) -> None:
        codebook = self.arrival.dropped or self.arrival.beside
        if codebook is None:
            return
        self._without_codebook = fix.action != "use"
        if fix.action == "use":
            self.codebook_wanted.emit(codebook.mapping, codebook.name)

    def take_back(self, item: ProblemItem) -> None:
        """The answer to a question is taken back."""
        kind, column = item.problem.kind, item.problem.column
        self._answered = [one for one in self._answered if one.key != item.key]
        if kind == CONTINUES:
            wave, adds = self.addition.wave if self.addition is not None else None, self.adds
            self.mode = None
            if wave is not None and adds is not None:
                self.codebook_unwanted.emit(wave.title)
        elif kind == SEVERAL:
            self._together_answered = False
            stacking = self.arrival.stacking
            if stacking is not None and self.arrival.together is not stacking.proposed:
                self.together_wanted.emit(stacking.proposed)
                return
        elif kind == CODEBOOK:
            codebook = self.arrival.dropped or self.arrival.beside
            self._without_codebook = False
            if codebook is not None:
                self.codebook_unwanted.emit(codebook.name)
        elif column in self._apart:
            self._apart.discard(column)
        else:
            self.renames_wanted.emit(tuple(pair for pair in self.renamed if pair[0] != column))
            return
        self.changed.emit()

    def take_back_last(self) -> bool:
        """Ctrl+Z where no decision on a column is left; False if nothing was answered."""
        if not self._answered:
            return False
        self.take_back(self._answered[-1])
        return True


def _item(problem: Problem, settled: str) -> ProblemItem:
    return ProblemItem(key=(ASKED, problem.kind, problem.column), problem=problem, settled=settled, asked=True)
