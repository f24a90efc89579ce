"""An open workspace and everything one can ask of it: the object that the window and the command line hold."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from surveyapp.base.clock import Clock
from surveyapp.base.i18n import _
from surveyapp.domain.analysis import AnalysisKind, AnalysisSpec, Base
from surveyapp.domain.errors import UserError
from surveyapp.domain.question import Codebook, Question
from surveyapp.domain.wave import Wave
from surveyapp.services.dataset import Dataset
from surveyapp.stats.answers import Answers
from surveyapp.stats.result import Result
from surveyapp.stats.weight.result import Weighted
from surveyapp.store import Store

if TYPE_CHECKING:
    from surveyapp.services.base_count import BaseCount
    from surveyapp.stats.table.side import Side


_DEFINITIONS = frozenset({"filter", "weight", "derived"})
"""What results use by its name: after a change of one of these, none of them is known any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeNotice:
    """What a change touched: "wave:1", "wave:1/question:12", "report:3", "base". Pages decide what to refresh."""

    subjects: frozenset[str]

    def touches(self, *kinds: str) -> bool:
        """Whether any subject is of one of these kinds ("wave", "report", ...)."""
        return any(subject.split(":")[0] in kinds for subject in self.subjects)


class Session:
    """One open workspace: its store, its answers in memory, its clock and those who want to hear of changes.

    Use cases are functions of services that take a session; this class only holds what they share.
    """

    def __init__(self, store: Store, *, clock: Clock) -> None:
        self.store = store
        self.clock = clock
        self.dataset = Dataset(store, derive=self._derive)
        self._derived: dict[tuple[int, int], tuple[Question, ...]] = {}
        self.results: dict[tuple[AnalysisSpec, tuple[int, ...]], Result] = {}
        """Results by analysis and version of the wave: what is asked again is not computed again."""
        self.bases: dict[tuple[object, ...], BaseCount] = {}
        """People by base and version of the wave."""
        self.weights: dict[tuple[object, ...], Weighted] = {}
        """Weights by wave, who is weighted, scheme and version of the wave."""
        self.sides: dict[tuple[object, ...], Side] = {}
        """Closed questions coded for cross-tabs, by wave, question and version of the wave."""
        self.keys: dict[int, tuple[int, dict[str, Question]]] = {}
        """Questions of a wave as specifications name them, with the version of the wave that they are of."""
        self.n_matchings = 0
        """Grows with every decision which questions of two waves are the same: part of the key of what compares."""
        self.reading_base: Base | None = None
        """The base while the file is open for reading only: kept here, as nothing can be kept there."""
        self.kept: dict[type, object] = {}
        """What services keep of the prediction log, by its type: forgotten with any change of the log. Who takes long
        to find it out asks for this dict before and puts it in there: after a change there is another one."""
        self.log_lock = threading.RLock()
        """Held while the log is read, so that several who ask at once wait for one reading."""
        self.looks: dict[str, list[str]] = {}
        """Tables looked at today, by a mark of each question in them (`services.look`); `looks_day` says which day."""
        self.looks_day = ""
        self._listeners: list[Callable[[ChangeNotice], None]] = []
        self._listeners_lock = threading.Lock()

    @property
    def name(self) -> str:
        """The name of the community."""
        return self.store.name

    @property
    def me(self) -> str:
        """Who the person at this workspace is, in words; "" if nobody said."""
        return self.store.me

    @property
    def path(self) -> Path:
        """The workspace file."""
        return self.store.path

    @property
    def read_only(self) -> bool:
        """Whether nothing can be changed."""
        return self.store.read_only

    def waves(self) -> list[Wave]:
        """The waves, the oldest first by its name: the numbers in it count as numbers."""
        return sorted(self.store.waves.list(), key=lambda wave: (_in_order(wave.name), wave.id))

    def wave(self, wave_id: int) -> Wave:
        """A wave by its id."""
        return self.store.waves.get(wave_id)

    def find_wave(self, name: str | None) -> Wave:
        """A wave by name, the newest for None. Raises UserError, naming the waves there are."""
        waves = self.waves()
        if not waves:
            raise UserError(_("There is no wave in this workspace yet."), _("Import a file first."))
        if name is None:
            return waves[-1]
        for wave in waves:
            if name in (wave.name, wave.title):
                return wave
        names = ", ".join(wave.name for wave in waves)
        raise UserError(_("There is no wave %(name)s.") % {"name": name}, _("There are: %(names)s.") % {"names": names})

    def codebook(self, wave_id: int) -> Codebook:
        """The codebook of a wave, derived questions included."""
        from surveyapp.services.derived.question import derived_questions  # it asks the session itself
        from surveyapp.services.derived.text import with_words

        key = (wave_id, self.dataset.version(wave_id))
        derived = self._derived.get(key)
        if derived is None:
            derived = self._derived[key] = derived_questions(self, wave_id)  # what tells how they were made asks for it
            derived = self._derived[key] = with_words(self, wave_id, derived)
        codebook = self.dataset.codebook(wave_id)
        return replace(codebook, derived=derived) if derived else codebook

    def _derive(self, wave_id: int, name: str) -> Answers:
        from surveyapp.services.derived.question import derived_answers  # it asks the session itself

        return derived_answers(self, wave_id, name)

    def find_question(self, wave_id: int, name: str) -> Question:
        """A question by header, short name or id. Raises UserError, with near names."""
        question = self.codebook(wave_id).find(name)
        if question is not None:
            return question
        near = [q.column for q in self.codebook(wave_id).questions if name.casefold() in q.column.casefold()][:5]
        advice = _("Near: %(names)s.") % {"names": ", ".join(near)} if near else _("The codebook lists them.")
        raise UserError(_("There is no question %(name)s.") % {"name": name}, advice)

    def subscribe(self, listener: Callable[[ChangeNotice], None]) -> Callable[[], None]:
        """Hear of every change once, on the thread that made it; returns what ends the subscription."""
        with self._listeners_lock:
            self._listeners.append(listener)

        def unsubscribe() -> None:
            with self._listeners_lock:
                if listener in self._listeners:
                    self._listeners.remove(listener)

        return unsubscribe

    def notify(self, *subjects: str) -> None:
        """Tell the listeners what was touched, once the transaction is over.

        What is cached of it is forgotten: whoever read between the change and its commit has the old state.
        """
        self.forget(*subjects)
        with self._listeners_lock:
            listeners = list(self._listeners)
        notice = ChangeNotice(subjects=frozenset(subjects))
        for listener in listeners:
            listener(notice)

    def forget(self, *subjects: str) -> None:
        """Drop what is cached of the waves and questions among the subjects, results and bases too.

        The only place where a change meets the caches: `notify` calls it after the commit, the change log between the
        steps of one transaction.
        """
        if any(subject.split(":")[0] in _DEFINITIONS for subject in subjects):
            self.results.clear()
            self.bases.clear()
            self.weights.clear()
            self.sides.clear()
            self._derived.clear()
            self.dataset.forget_derived()
        if any(subject.startswith("hidden_pair:") for subject in subjects):
            for key in [key for key in list(self.results) if key[0].kind is AnalysisKind.SCREEN]:
                if key[0].option("hidden") != "show":  # those list every pair
                    self.results.pop(key, None)
        if any(subject.startswith("log:") for subject in subjects):
            self.kept = {}
        self.n_matchings += any("/match:" in subject for subject in subjects)
        for wave_id, question_ids in _touched(subjects).items():
            self.dataset.forget(wave_id, question_ids or None)
            for key in [key for key in list(self.results) if key[0].base.wave_id == wave_id]:
                self.results.pop(key, None)
            for base in [base for base in list(self.bases) if base[0] == wave_id]:
                self.bases.pop(base, None)
            for made in [made for made in list(self.weights) if made[0] == wave_id]:
                self.weights.pop(made, None)
            for side in [side for side in list(self.sides) if side[0] == wave_id]:
                self.sides.pop(side, None)

    def close(self) -> None:
        """Close the file; a backup is made if anything changed."""
        self.store.close()


def _in_order(name: str) -> str:
    """What names sort by: numbers with as many digits as it takes, so that Wave 2 comes before Wave 10."""
    return re.sub(r"\d+", lambda number: number[0].zfill(12), name.casefold())


def _touched(subjects: tuple[str, ...]) -> dict[int, set[int]]:
    """The waves among the subjects, with the questions touched; no questions: the whole wave."""
    found: dict[int, set[int]] = {}
    whole: set[int] = set()
    for subject in subjects:
        kind, _sign, rest = subject.partition(":")
        number, _slash, part = rest.partition("/")
        if kind != "wave":
            continue
        if part.startswith("question:"):
            found.setdefault(int(number), set()).add(int(part.removeprefix("question:")))
        elif not part:
            found.setdefault(int(number), set())
            whole.add(int(number))
    return {wave_id: set() if wave_id in whole else ids for wave_id, ids in found.items()}
