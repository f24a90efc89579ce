"""The composition root of the window: everything is made and connected here."""

from __future__ import annotations

import signal
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTimer, QTranslator
from PySide6.QtGui import QGuiApplication, QIcon
from PySide6.QtWidgets import QApplication

from surveyapp.base import i18n, number
from surveyapp.base.clock import Clock, system_clock
from surveyapp.gui.actions import ActionRegistry
from surveyapp.gui.capture.anywhere import CaptureAnywhere
from surveyapp.gui.context import AppContext
from surveyapp.gui.crash import CrashDialog, FaultCatcher
from surveyapp.gui.field_keys import FieldKeys
from surveyapp.gui.filter_source import FilterSource
from surveyapp.gui.gc_guard import GcGuard
from surveyapp.gui.global_actions import GlobalActions
from surveyapp.gui.jobs import JobBridge
from surveyapp.gui.key_guard import KeyGuard
from surveyapp.gui.main_window import MainWindow
from surveyapp.gui.page import PageSpec
from surveyapp.gui.pages.catalogue import page_specs
from surveyapp.gui.prediction_source import PredictionSource
from surveyapp.gui.question_source import QuestionSource
from surveyapp.gui.shell import WindowShell
from surveyapp.gui.tab_source import TabSource
from surveyapp.gui.theme import Mode, Theme
from surveyapp.gui.warm_up import WarmUp, share_the_interpreter
from surveyapp.gui.weight_source import WeightSource
from surveyapp.services.jobs import Jobs
from surveyapp.services.settings import Settings, SettingsStore

DEFAULT_SIZE = (1440, 900)


@dataclass(slots=True)
class Gui:
    """All parts of the running window; `close` ends them in the right order."""

    context: AppContext
    window: MainWindow
    shell: WindowShell
    global_actions: GlobalActions
    faults: FaultCatcher

    def close(self) -> None:
        """Cancel jobs, wait for them, close the workspace (which backs it up if it changed)."""
        self.shell.close_all()
        self.context.jobs.shutdown()
        self.shell.opener.close_left()
        session = self.context.session
        self.context.blockSignals(True)  # no page shows anything any more: there are no workers to ask
        self.context.set_session(None)
        if session is not None:
            session.close()
        self.context.settings.close()
        self.context.theme.deleteLater()
        self.context.actions.deleteLater()
        _empty_clipboard_of_process()


def build(
    app: QApplication,
    *,
    clock: Clock = system_clock,
    settings: SettingsStore | None = None,
    specs: tuple[PageSpec, ...] | None = None,
) -> Gui:
    """Make the window and all it needs, without showing it and without opening a workspace."""
    store = settings or SettingsStore(in_background=True)
    value = store.value
    i18n.install(value.language or None)
    number.install(value.language or None)
    mode: Mode = "dark" if value.theme == "dark" else "light" if value.theme == "light" else "system"
    theme = Theme(app, mode=mode, text_size=value.text_size)
    theme.set_comfort(reduced_motion=value.reduce_motion, compact=value.row_height == "compact")
    store.subscribe(
        lambda now: theme.set_comfort(reduced_motion=now.reduce_motion, compact=now.row_height == "compact")
    )
    actions = ActionRegistry(app)
    actions.set_letters(value.single_letter_keys)
    window = MainWindow(theme, actions)
    jobs = JobBridge(Jobs(), window)
    context = AppContext(theme=theme, jobs=jobs, actions=actions, settings=store, clock=clock, parent=window)
    faults = FaultCatcher(window)
    shell = WindowShell(context, window, specs if specs is not None else page_specs())
    global_actions = GlobalActions(context, shell)
    CaptureAnywhere(context, shell)
    FieldKeys(app, actions, window)
    KeyGuard(context, shell)
    context.palette_sources.append(QuestionSource(context))
    context.palette_sources.append(WeightSource(context))
    context.palette_sources.append(FilterSource(context, shell))
    context.palette_sources.append(PredictionSource(context))
    context.palette_sources.append(TabSource(shell))
    window.sidebar.watch_control_key(window)
    _restore_size(window, value)
    window.closing.connect(lambda: _save_size(window, store))
    context.session_opened.connect(actions.changed)
    actions.triggered.connect(faults.note_action)
    window.stack.currentChanged.connect(lambda: setattr(faults, "page", shell.current))
    jobs.faulted.connect(faults.take)
    faults.user_failed.connect(shell.show_error)
    faults.faulted.connect(lambda report: _show_report(context, window, report))
    return Gui(context, window, shell, global_actions, faults)


def run(*, workspace: Path | None = None, sample: bool = False, qt_options: Sequence[str] = ()) -> int:
    """Show the window, then import the heavy libraries and open a workspace; returns the exit status.

    `workspace` may also be a census file to preview; without it and without `sample` the workspace of last time is
    opened. `qt_options` go to Qt ("-platform", "offscreen").
    """
    QCoreApplication.setApplicationName("surveyapp")
    share_the_interpreter()
    app = QApplication([sys.argv[0], *qt_options])
    guard = GcGuard(app)
    gui = build(app)
    _translate_qt(app, gui.context.settings.value.language)
    app.setWindowIcon(QIcon(gui.context.theme.pixmap("chart-scatter", "accent", size=64)))
    gui.faults.install()
    _quit_on_signals()
    left = gui.faults.watch_crashes()
    gui.shell.open_page("home")
    gui.window.show()
    warm_up = WarmUp()
    QTimer.singleShot(0, gui.window, gui.context.jobs.start_workers)
    QTimer.singleShot(0, gui.window, lambda: _after_first_paint(gui, workspace, left, sample=sample))
    QTimer.singleShot(0, gui.window, warm_up.start)
    status = app.exec()
    warm_up.stop()
    gui.close()
    gui.faults.uninstall()
    guard.release()
    return status


def _quit_on_signals() -> None:
    """Being asked to end (by the system that shuts down, by `kill`) closes as the close button does.

    Python hears of a signal when it next runs in the main thread: with the timer of GcGuard within a second.
    """
    for name in ("SIGTERM", "SIGHUP"):  # Windows has no SIGHUP
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), lambda _number, _frame: QCoreApplication.quit())


def _empty_clipboard_of_process() -> None:
    """Without a desktop Qt keeps what was copied until the process ends, longer than Python, whose object it is:
    deleting it then crashes. Nobody else could have pasted it."""
    if QGuiApplication.platformName() in ("offscreen", "minimal"):
        QGuiApplication.clipboard().clear()


def _after_first_paint(gui: Gui, workspace: Path | None, left: str, *, sample: bool) -> None:
    if workspace is not None:
        gui.shell.import_file(workspace.absolute())
    elif sample:
        gui.shell.opener.open_sample()
    else:
        gui.shell.opener.open_last()
    if left.strip():
        _show_report(gui.context, gui.window, left, last_time=True)


def _show_report(context: AppContext, window: MainWindow, report: str, *, last_time: bool = False) -> None:
    dialog = CrashDialog(context.theme, report, window, last_time=last_time)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()


def _restore_size(window: MainWindow, value: Settings) -> None:
    size = value.window_size if len(value.window_size) == 2 else DEFAULT_SIZE
    screen = window.screen().availableSize()
    window.resize(min(size[0], screen.width()), min(size[1], screen.height()))
    if len(value.panes) == 2:
        window.chosen_panes = (value.panes[0], value.panes[1])


def _save_size(window: MainWindow, store: SettingsStore) -> None:
    if not window.isMaximized() and not window.isFullScreen():
        store.update(window_size=(window.width(), window.height()), panes=window.chosen_panes)


def _translate_qt(app: QApplication, language: str) -> None:
    """Qt's own dialogs speak the language of the settings."""
    translator = QTranslator(app)
    locale = QLocale(language) if language else QLocale()
    if translator.load(locale, "qtbase", "_", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(translator)
