"""The capture panel: the line or the form over any page, closed by Esc, the focus back where it was."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import QFrame, QGraphicsDropShadowEffect, QVBoxLayout, QWidget
from shiboken6 import isValid

from surveyapp.base.i18n import _
from surveyapp.domain.prediction import Forecast, Prediction
from surveyapp.gui.capture.advice import add_to
from surveyapp.gui.capture.doing import Doer
from surveyapp.gui.capture.form import PredictionForm
from surveyapp.gui.capture.line import CaptureLine, Written, saved_words
from surveyapp.gui.context import AppContext
from surveyapp.gui.main_window import MainWindow
from surveyapp.gui.soon import soon_if_there
from surveyapp.gui.widgets.label import Label
from surveyapp.gui.widgets.overlay import Dim

if TYPE_CHECKING:
    from surveyapp.services.session import Session

WIDTH = 680
TOP = 96


class CapturePanel(QFrame):
    """`saved` carries the id of a prediction that was kept or edited."""

    saved = Signal(int)

    def __init__(self, context: AppContext, parent: QWidget) -> None:
        self._dim = Dim(context.theme, parent)
        super().__init__(self._dim)
        self._host = parent
        self._context, self._theme = context, context.theme
        self._doer = Doer(context, self)
        self._before: QWidget | None = None
        self._edited: Prediction | None = None
        self.setObjectName("capturePanel")
        self.setProperty("card", "popup")
        self.setAccessibleName(_("Predict something"))
        self._dim.dismissed.connect(self._on_dim_dismissed)
        self._dim.resized.connect(self._place)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 14, 14, 12)
        column.setSpacing(9)
        self.line = CaptureLine(context, self)
        self.line.saved.connect(self._on_line_saved)
        self.line.left.connect(self.dismiss)
        self.line.other_opened.connect(self.dismiss)
        self.line.more_wanted.connect(lambda: self.open_form(self.line.written()))
        column.addWidget(self.line)
        self.form = PredictionForm(context, self)
        self.form.kept.connect(self._on_form_kept)
        self.form.left.connect(self.dismiss)
        self.form.other_wanted.connect(self._on_other_wanted)
        column.addWidget(self.form, 1)
        words = _("Enter saves · Shift Enter opens the form: other kinds, what “no” looks like, who decides · Esc")
        self._hint = Label(self._theme, words, role="small", ink="muted", wrap=True, parent=self)
        column.addWidget(self._hint)
        shadow = QGraphicsDropShadowEffect(self)
        shadow.setBlurRadius(40)
        shadow.setOffset(0, 12)
        shadow.setColor(QColor(0, 0, 0, 80))
        self.setGraphicsEffect(shadow)
        self.line.laid_out.connect(lambda: soon_if_there(self, self._place))
        self.line.edit.document().documentLayout().documentSizeChanged.connect(self._place)
        self._theme.changed.connect(self._place)

    @property
    def open(self) -> bool:
        """Whether it is shown."""
        return self._dim.isVisible()

    def open_line(self) -> None:
        """Show the line, with what was typed in it before."""
        self._show(form=False)
        self.line.focus()

    def open_form(self, start: Written | None = None) -> None:
        """Show the form for a new prediction, which begins with `start`."""
        self._edited = None
        blank = Prediction(statement="", created_at=self._context.clock())
        self.form.show_new(start.prediction if start else blank, start.forecasts if start else ())
        self._show(form=True)
        self.form.focus()

    def open_edit(self, prediction: Prediction) -> None:
        """Show the form with a prediction that is there."""
        self._edited = prediction
        self.form.show_edit(prediction)
        self._show(form=True)
        self.form.focus()

    def dismiss(self) -> None:
        """Close, and put the focus back; what was typed stays for the next time."""
        self.form.advice.stop()
        self._dim.hide()
        before, self._before = self._before, None
        if before is not None and isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        elif before is not None and isinstance(self._host, MainWindow):  # the page was made anew meanwhile
            self._host.focus_page()

    def _on_dim_dismissed(self) -> None:
        if not self.form.isVisible():  # a click beside it loses no form that is half filled in
            self.dismiss()

    def _on_other_wanted(self, prediction_id: int) -> None:
        self.line.clear()
        self.dismiss()
        add_to(self._context, prediction_id, self.form.credence.share)

    def _on_line_saved(self, number: int) -> None:
        self.saved.emit(number)

    def _on_form_kept(self, made: Prediction, forecasts: tuple[Forecast, ...]) -> None:
        if self._doer.busy:
            return  # Enter twice is one prediction
        edited = self._edited

        def work(session: Session) -> Prediction:
            from surveyapp.services.prediction.log import edit, write_down

            if edited is None:
                return write_down(session, made, forecasts=forecasts)
            names = [item.name for item in fields(Prediction)]
            changes = {name: getattr(made, name) for name in names if getattr(made, name) != getattr(edited, name)}
            return edit(session, edited.id, **changes)

        def said(kept: Prediction) -> str:
            if edited is None:
                return saved_words(kept, self._context.clock())
            return _("Prediction changed. What it said before stays in its history.") if kept != edited else ""

        def done(kept: Prediction) -> None:
            self.line.clear()
            self.dismiss()
            self.saved.emit(kept.id)

        if self._context.session is None and self._context.make_workspace is not None:
            self._context.make_workspace(lambda: self._doer.do(work, said, done))
        else:
            self._doer.do(work, said, done)

    def _show(self, *, form: bool) -> None:
        if not self._dim.isVisible():
            self._before = self.window().focusWidget()
        self.line.setVisible(not form)
        self._hint.setVisible(not form)
        self.form.setVisible(form)
        self._dim.cover()
        self._place()

    def _place(self) -> None:
        if not self._dim.isVisible():
            return
        area = self._dim.rect()
        width = min(self._theme.px(WIDTH), area.width() - 48)
        self.setFixedWidth(width)
        layout = self.layout()
        assert layout is not None
        if not self.form.isHidden():
            top = 32
            self.setFixedHeight(min(self._theme.px(700), area.height() - 2 * top))
        else:
            top = min(self._theme.px(TOP), area.height() // 6)
            self.setMinimumHeight(0)
            self.setMaximumHeight(16777215)
            layout.activate()
            self.resize(width, self.heightForWidth(width) if self.hasHeightForWidth() else self.sizeHint().height())
        self.move((area.width() - width) // 2, top)

    # Qt overrides

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes round within the panel: what lies behind it is out of reach until it is closed."""
        start = self.window().focusWidget()
        one: QWidget | None = start
        for _step in range(len(self.window().findChildren(QWidget))):
            one = (one or self).nextInFocusChain() if forward else (one or self).previousInFocusChain()
            if one is not None and self.isAncestorOf(one) and one is not start and _takes_tab(one):
                one.setFocus(Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason)
                break
        return True

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(WIDTH), super().sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        else:
            super().keyPressEvent(event)


def _takes_tab(one: QWidget) -> bool:
    takes = bool(one.focusPolicy() & Qt.FocusPolicy.TabFocus) and one.focusProxy() is None
    return takes and one.isVisible() and one.isEnabled()
