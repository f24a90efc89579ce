"""The screenshot tour: every page and state, light and dark, narrow and wide, at 100 and 200 %, with sample data.

Run by `packaging/dev.py shots FOLDER`. The pictures are the review: look at them. With `--readme` it takes the pictures
of the README instead, into resources/help/images.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from surveyapp.base.paths import bundled
from surveyapp.gui.app import Gui, build
from surveyapp.gui.dialogs.undo_dialog import UndoDialog
from surveyapp.gui.pages.waves.page import WavesPage
from surveyapp.gui.theme import Mode
from surveyapp.gui.widgets.figure_view import FigureView
from surveyapp.services.sample import create_sample
from surveyapp.services.workspace import Damaged, Locked, NeedsUpgrade, NotOpened, NotOurs, Reason, TooNew, Unreachable
from surveyapp.store import LockHolder

NARROW, WIDE = (1024, 680), (1440, 900)
SETTLED_S, LONGEST_S = 0.4, 20.0
MOMENT = datetime.fromisoformat("2026-11-21T14:02:00+01:00")


@dataclass(frozen=True, slots=True)
class Look:
    """One way to look at every page."""

    mode: Mode
    size: tuple[int, int]
    text_size: int = 100

    @property
    def name(self) -> str:
        """For the file name."""
        return f"{self.size[0]}x{self.size[1]}-{self.mode}-{self.text_size}"


LOOKS = (
    Look("light", WIDE),
    Look("dark", WIDE),
    Look("light", NARROW),
    Look("dark", NARROW),
    Look("light", WIDE, 200),
    Look("dark", NARROW, 200),
)


def main(folder: Path, *, readme: bool = False) -> int:
    """Take the pictures; the exit status."""
    app = QApplication([])
    with tempfile.TemporaryDirectory() as place:
        gui = build(app, clock=lambda: MOMENT)
        gui.context.settings.update(reduce_motion=True)
        gui.window.show()
        show(gui, LOOKS[0])
        if not readme:
            for page_id in gui.shell.specs:
                picture(gui, folder / f"empty-{page_id}.png", page=page_id)
        gui.context.set_session(create_sample(Path(place) / "riverside.survey", clock=gui.context.clock))
        if readme:
            from gui.tour_readme import take

            take(gui, bundled("help") / "images")
        else:
            for look in LOOKS:
                _tour(gui, look, folder)
        gui.close()
        gui.window.close()
    return 0


def _tour(gui: Gui, look: Look, folder: Path) -> None:
    show(gui, look)
    for page_id, spec in gui.shell.specs.items():
        for tab in [tab.id for tab in spec.tabs] or [""]:
            name = f"{page_id}-{tab}" if tab else page_id
            picture(gui, folder / f"{name}-{look.name}.png", page=page_id, tab=tab)
    for name, begin, end in _states(gui):
        begin()
        picture(gui, folder / f"{name}-{look.name}.png")
        end()
    dialog = _undo_dialog(gui)
    picture(gui, folder / f"undo-{look.name}.png", of=dialog)
    dialog.close()
    dialog.deleteLater()


def show(gui: Gui, look: Look) -> None:
    """Give the window a look."""
    gui.context.theme.set_mode(look.mode)
    gui.context.theme.set_text_size(look.text_size)
    gui.window.resize(*look.size)


State = tuple[str, Callable[[], object], Callable[[], object]]


def _states(gui: Gui) -> list[State]:
    """(name, what brings it about, what ends it): states that no page shows by itself."""
    shell, window, palette = gui.shell, gui.window, gui.global_actions.palette
    sample = bundled("sample") / "riverside-census-2026.csv"
    nothing: Callable[[], object] = lambda: None  # noqa: E731
    states: list[State] = [
        ("import-preview", lambda: shell.import_file(sample), nothing),
        ("inspector", lambda: _open_inspector(gui), lambda: _close_inspector(gui)),
        (
            "explore-cross-table",
            lambda: shell.open_page("explore", "cross", rows=["Gender"], by=["Education"]),
            nothing,
        ),
        ("explore-means-shown", lambda: shell.open_page("explore", "means", value="Age", group="Gender"), nothing),
        (
            "correlations-regression-shown",
            lambda: shell.open_page(
                "correlations",
                "regression",
                outcome="Close friends in the community",
                by=["Age", "Gender", "Do you attend meetups?"],
            ),
            nothing,
        ),
        ("waves-question-shown", lambda: shell.open_page("waves", "one", question="Diet"), nothing),
        ("waves-answers", lambda: _open_answers(gui), nothing),
        ("help", lambda: shell.help.show_page("explore"), shell.help.close),
        ("palette", lambda: palette.open_with("political"), palette.dismiss),
        ("keys", lambda: palette.open_with("?"), palette.dismiss),
        ("drop", window.drop_frame.cover, window.drop_frame.hide),
        ("toast", lambda: shell.toast("1,212 people imported.", nothing), lambda: shell.toast("")),
    ]
    for outcome in _outcomes():
        name = f"outcome-{type(outcome).__name__.lower()}"
        states.append((name, lambda o=outcome: shell.opener.show_obstacle(o), shell.close_panel))  # type: ignore[misc]
    return states


def _open_inspector(gui: Gui) -> None:
    """Explore with its first number selected, and the pane open even in a narrow window."""
    gui.shell.open_page("explore")
    settle(gui)
    select_first_mark(gui)
    if gui.window.narrow:
        gui.shell.toggle_inspector()


def _open_answers(gui: Gui) -> None:
    """Waves, in the answers of the first question whose options changed."""
    gui.shell.open_page("waves", "matching")
    settle(gui)
    page = gui.shell.page
    if isinstance(page, WavesPage) and page.matching is not None:
        page.matching.finder.setText("meetups")
        page.matching.pane.focus()
        settle(gui)
        page.matching.finder.clear()


def select_first_mark(gui: Gui, *, title: str = "") -> None:
    """Select the first number of the first figure that is shown, or of the one whose title holds these words."""
    for view in gui.window.stack.findChildren(FigureView):
        if view.isVisible() and view.figure is not None and view.figure.marks and title in view.figure.title:
            view.setFocus()
            view.select(view.figure.marks[0].key)
            view.mark_selected.emit(view.selected_key())
            return


def _close_inspector(gui: Gui) -> None:
    if gui.window.narrow:
        gui.shell.toggle_inspector()


def _outcomes() -> list[NotOpened]:
    path = Path("Riverside.survey")
    backup = path.with_name("2026-11-20_21-14-07.sqlite")
    holder = LockHolder(pid=4711, host="laptop", since=MOMENT)
    return [
        TooNew(path, "2.3"),
        Locked(path, holder),
        Damaged(path, backup, "database disk image is malformed"),
        NotOurs(path, "a picture"),
        NeedsUpgrade(path, "0001", path.parent),
        Unreachable(path, Reason.MISSING),
    ]


def _undo_dialog(gui: Gui) -> QDialog:
    session = gui.context.session
    if session is None:
        raise RuntimeError("the tour needs the sample community")
    first, *later = sorted(session.store.changes.list(), key=lambda change: change.id)
    dialog = UndoDialog(gui.context.theme, first, later, gui.window)
    dialog.show()
    return dialog


def picture(gui: Gui, path: Path, *, page: str = "", tab: str = "", of: QWidget | None = None) -> None:
    """Wait until nothing moves, then save the window, or one widget of it."""
    if page:
        gui.shell.open_page(page, tab)
    settle(gui)
    (of or gui.window).grab().save(str(path))
    sys.stdout.write(f"{path.name}\n")


def settle(gui: Gui) -> None:
    """Let jobs end and the window be quiet for a moment."""
    end, quiet_since = time.monotonic() + LONGEST_S, time.monotonic()
    while time.monotonic() < end and time.monotonic() - quiet_since < SETTLED_S:
        QCoreApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        if gui.context.jobs.busy:
            quiet_since = time.monotonic()
        time.sleep(0.01)


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1]))
    raise SystemExit(main(Path(sys.argv[1]), readme="--readme" in sys.argv))
