"""The real window, offscreen, with a watch on how long it stands still while something is done in it.

A stall is a pause of a 10 ms timer beyond those 10 ms. On a machine that others use too a pause may be theirs, so
beside the clock stands how much processor time all our threads had in the pause (no pause of ours is longer than that,
but for waits on the disk), and how much of it the GUI thread had: the rest is a worker's hold on the interpreter. With
`--where` a signal writes down what every thread does while the GUI thread does not tick. It is handled below Python
(faulthandler), which needs no interpreter, so that who holds it is seen, and makes no frame: one that Python makes to
look at keeps what it sees alive, a painter longer than its paint event, which crashes Qt.
"""

from __future__ import annotations

import argparse
import faulthandler
import itertools
import json
import os
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING

from benchmarks.measure import load

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from surveyapp.gui.app import Gui

AIM_MS = 50.0
RUNS = 3
_TICK_MS = 10
_KEY_MS = 60
_QUIET_S = 1.3
"""So long nothing runs before an action counts as over: long enough for the collection of garbage after it."""
_LONGEST_S = 180.0
_NOTE_FROM_S, _NOTE_EACH_S = 0.035, 0.005
_DEEP = 9
_CALL = re.compile(r'File "(.*)", line (\d+) in (.*)')


@dataclass(frozen=True, slots=True)
class Stall:
    """The longest pause in milliseconds by the clock, of the processor for all our threads, and for the GUI thread."""

    wall: float
    processor: float
    own: float

    @property
    def ours(self) -> float:
        """How long it would have been without others on the machine."""
        return min(self.wall, self.processor)


class Watch:
    """The window of one process; `act` does something in it and remembers the longest stall under a name."""

    def __init__(self, *, where: bool = False) -> None:
        from PySide6.QtCore import Qt, QTimer
        from PySide6.QtWidgets import QApplication

        from surveyapp.gui.app import build
        from surveyapp.gui.gc_guard import GcGuard
        from surveyapp.gui.warm_up import WarmUp, share_the_interpreter

        share_the_interpreter()
        self.app = QApplication([sys.argv[0]])
        self.stalls: dict[str, Stall] = {}
        self.stacks: dict[str, Counter[str]] = {}
        self._guard = GcGuard(self.app)
        self.gui: Gui = build(self.app)
        self.warm_up = WarmUp()
        self.gui.shell.open_page("home")
        self.gui.window.show()
        self.gui.context.jobs.start_workers()
        self.warm_up.start()
        self._timer = QTimer(self.gui.window, interval=_TICK_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._ticks: list[tuple[float, float, float]] = []
        self._busy_at = self._began = 0.0
        self._notes = tempfile.TemporaryFile(buffering=0) if where else None  # noqa: SIM115 (as long as the process)
        if self._notes is not None:
            faulthandler.register(signal.SIGALRM, file=self._notes, all_threads=False)

    def act(self, name: str, do: Callable[[], object], *, until: Callable[[], object] = lambda: True) -> None:
        """Do it in the event loop, and go on until nothing runs and `until` holds."""
        from PySide6.QtCore import QTimer

        self._until = until
        self._ticks = [_times()]
        self._began = self._busy_at = time.monotonic()
        self._timer.start()
        QTimer.singleShot(0, self._owner, do)
        self.app.exec()
        self._timer.stop()
        gaps = (
            Stall(*((later - earlier) * 1000 for earlier, later in zip(a, b, strict=True)))
            for a, b in itertools.pairwise(self._ticks)
        )
        longest = max(gaps, key=lambda gap: gap.ours)
        self.stalls[name] = Stall(longest.wall - _TICK_MS, longest.processor, longest.own)
        if self._notes is not None:
            self.stacks[name] = _noted(self._notes)

    def press(self, keys: str) -> Callable[[], None]:
        """What types `keys` into the field that has the focus, each on its own."""

        def type_in() -> None:
            from PySide6.QtCore import QTimer
            from PySide6.QtTest import QTest

            for place, key in enumerate(keys):
                QTimer.singleShot(
                    _KEY_MS * place, self._owner, lambda key=key: QTest.keyClicks(self.gui.window.focusWidget(), key)
                )

        return type_in

    def trigger(self, action_id: str) -> Callable[[], None]:
        """What does an action, if it can be done now."""
        actions = self.gui.context.actions

        def do() -> None:
            if not actions.is_enabled(action_id):
                raise RuntimeError(action_id)
            actions.trigger(action_id)

        return do

    def close(self) -> None:
        """End as the program does."""
        self.warm_up.stop()
        self.gui.close()
        self._guard.release()

    @property
    def _owner(self) -> QObject:
        return self.gui.window

    def _tick(self) -> None:
        now = time.monotonic()
        self._ticks.append(_times())
        if self._notes is not None:
            signal.setitimer(signal.ITIMER_REAL, _NOTE_FROM_S, _NOTE_EACH_S)
        if self.gui.context.jobs.busy or not self._until():
            self._busy_at = now
        if now - self._busy_at > _QUIET_S or now - self._began > _LONGEST_S:
            if self._notes is not None:
                signal.setitimer(signal.ITIMER_REAL, 0)
            self.app.quit()


def _noted(notes: IO[bytes]) -> Counter[str]:
    """What the GUI thread did whenever it was written down, innermost call first; the notes are then empty."""
    notes.seek(0)
    text = notes.read().decode("utf-8", "replace")
    notes.seek(0)
    notes.truncate()
    found: Counter[str] = Counter()
    for calls in text.split("Stack (most recent call first):\n")[1:]:
        places = [f"{Path(path).name}:{line} {call}" for path, line, call in _CALL.findall(calls)]
        found[" < ".join(places[:_DEEP])] += 1
    return found


def _times() -> tuple[float, float, float]:
    """Seconds of the clock, of the processor for this process, and for this thread."""
    return time.perf_counter(), time.process_time(), time.thread_time()


def main(script: str, about: str, scenario: Callable[[Watch, Path], None], prepare: Callable[[Path], object]) -> int:
    """Run `scenario` in processes of their own, each with a fresh copy of what `prepare` puts into a folder; print the
    median stall of each action; 1 if one is beyond the aim."""
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("--where", action="store_true", help="print what the GUI thread did in the stalls")
    parser.add_argument("--runs", type=int, default=RUNS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.folder is not None:
        return _run_once(scenario, asked.folder, where=asked.where)
    runs: list[dict[str, list[float]]] = []
    with tempfile.TemporaryDirectory() as name:
        for number in range(asked.runs):
            folder = Path(name) / str(number)
            folder.mkdir()
            prepare(folder)
            environment = {"QT_QPA_PLATFORM": "offscreen", **os.environ, "SURVEYAPP_PROFILE": str(folder / "profile")}
            command = [sys.executable, script, "--folder", str(folder), *(["--where"] if asked.where else [])]
            done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True)
            *words, last = done.stdout.splitlines()
            sys.stdout.write("".join(f"{word}\n" for word in words))
            runs.append(json.loads(last))
    return _tell(about, runs)


def _run_once(scenario: Callable[[Watch, Path], None], folder: Path, *, where: bool) -> int:
    watch = Watch(where=where)
    scenario(watch, folder)
    watch.close()
    for name, found in watch.stacks.items():
        sys.stdout.write(f"{name}: {watch.stalls[name].ours:.0f} ms\n")
        for stack, n in found.most_common(6):
            sys.stdout.write(f"   {n:3} x {stack}\n")
    sys.stdout.write(json.dumps({name: astuple(stall) for name, stall in watch.stalls.items()}) + "\n")
    return 0


def _tell(about: str, runs: list[dict[str, list[float]]]) -> int:
    sys.stdout.write(f"{about}; {load()}; longest stall in ms, medians of {len(runs)}\n")
    sys.stdout.write(f"{'':44} {'ours':>6} {'clock':>6} {'GUI thread':>10}\n")
    beyond = 0
    for name in runs[0]:
        found = [Stall(*run[name]) for run in runs]
        ours, wall, own = (statistics.median(getattr(one, part) for one in found) for part in ("ours", "wall", "own"))
        beyond += ours > AIM_MS
        sys.stdout.write(f"{name:44} {ours:6.0f} {wall:6.0f} {own:10.0f}{'  BEYOND' if ours > AIM_MS else ''}\n")
    return 1 if beyond else 0
