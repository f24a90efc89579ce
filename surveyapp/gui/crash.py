"""Faults of ours: a report without values, a dialog to copy it from, and crash.log offered at the next start."""

from __future__ import annotations

import faulthandler
import logging
import platform
import sys
import threading
from collections import deque
from pathlib import Path
from types import TracebackType
from typing import IO

from PySide6.QtCore import QObject, QtMsgType, Signal, qInstallMessageHandler, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from surveyapp.base.fault import frames_without_values
from surveyapp.base.i18n import _
from surveyapp.base.paths import config_dir
from surveyapp.base.version import program_version
from surveyapp.domain.errors import UserError
from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets.button import Button
from surveyapp.gui.widgets.label import Label

_MAX_ACTIONS = 20
_log = logging.getLogger(__name__)


def crash_file() -> Path:
    """Where faulthandler writes; not created here."""
    return config_dir() / "crash.log"


class FaultCatcher(QObject):
    """Receives every exception nobody handled. In worker threads it only logs and posts to the main thread."""

    user_failed = Signal(object)
    faulted = Signal(str)
    _posted = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._actions: deque[str] = deque(maxlen=_MAX_ACTIONS)
        self.page = ""
        self._posted.connect(self.take)
        self._file: IO[str] | None = None

    def install(self) -> None:
        """Hook into the interpreter, its threads and Qt's log."""
        sys.excepthook = self._on_exception
        threading.excepthook = lambda args: self._posted.emit(args.exc_value)
        qInstallMessageHandler(_on_qt_message)

    def uninstall(self) -> None:
        """Give the hooks back and close crash.log, which is then empty and removed."""
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__
        qInstallMessageHandler(None)
        if self._file is not None:
            faulthandler.disable()
            self._file.close()
            self._file = None
            crash_file().unlink(missing_ok=True)

    def watch_crashes(self) -> str:
        """Write hard crashes to crash.log from now on; returns what the last run left there, "" if nothing."""
        path = crash_file()
        try:
            left = path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""
            path.parent.mkdir(parents=True, exist_ok=True)
            self._file = path.open("w", encoding="utf-8")
        except OSError:
            return ""
        faulthandler.enable(self._file)
        return left

    def note_action(self, action_id: str) -> None:
        """Remember what the person did, by id only."""
        self._actions.append(action_id)

    def take(self, error: BaseException) -> None:
        """A UserError becomes its two sentences; anything else a report."""
        if isinstance(error, UserError):
            self.user_failed.emit(error)
            return
        report = self.report(error)
        _log.error("%s", report)
        self.faulted.emit(report)

    def report(self, error: BaseException) -> str:
        """Versions, page, actions and frames; never a value, never the text of the exception."""
        return "\n".join(
            [
                f"surveyapp {program_version()}, Python {platform.python_version()}, Qt {qVersion()}",
                f"{platform.system()} {platform.release()} {platform.machine()}",
                f"page: {self.page or '-'}",
                f"actions: {', '.join(self._actions) or '-'}",
                f"{type(error).__module__}.{type(error).__qualname__}",
                frames_without_values(error.__traceback__),
            ]
        )

    def _on_exception(self, _kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
        if isinstance(error, KeyboardInterrupt):
            QGuiApplication.quit()
        else:
            self._posted.emit(error)


def _on_qt_message(kind: QtMsgType, _where: object, message: str) -> None:
    level = logging.WARNING if kind in (QtMsgType.QtWarningMsg, QtMsgType.QtCriticalMsg) else logging.INFO
    _log.log(level, "Qt: %s", message)


class CrashDialog(QDialog):
    """Says that the data is safe, shows the report, copies it."""

    def __init__(self, theme: Theme, report: str, parent: QWidget, *, last_time: bool = False) -> None:
        super().__init__(parent)
        self.setObjectName("crashDialog")
        title = _("The program stopped last time.") if last_time else _("Something went wrong on our side.")
        self.setWindowTitle(title)
        self._report = report
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(10)
        column.addWidget(Label(theme, title, role="section", parent=self))
        words = _("Your data is safe and saved. The report below holds no answers; you can copy it.")
        column.addWidget(Label(theme, words, ink="text-2", wrap=True, parent=self))
        text = QPlainTextEdit(report, self)
        text.setReadOnly(True)
        text.setObjectName("crashReport")
        text.setAccessibleName(_("Report"))
        text.setFont(theme.font("small"))
        text.setMinimumSize(theme.px(520), theme.px(180))
        column.addWidget(text)
        row = QHBoxLayout()
        row.addStretch(1)
        self.copy_button = Button(theme, _("Copy the report"), icon="copy", parent=self)
        self.copy_button.setObjectName("copyReport")
        self.copy_button.clicked.connect(self._on_copy_clicked)
        close = Button(theme, _("Go on"), kind="primary", parent=self)
        close.setObjectName("goOn")
        close.clicked.connect(self.accept)
        row.addWidget(self.copy_button)
        row.addWidget(close)
        column.addLayout(row)

    def _on_copy_clicked(self) -> None:
        QGuiApplication.clipboard().setText(self._report)
