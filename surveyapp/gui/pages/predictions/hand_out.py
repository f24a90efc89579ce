"""What leaves the page: the dates as a calendar file, seals, and a check of the seal that somebody else opened."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count
from surveyapp.gui.actions import ActionSpec
from surveyapp.gui.pages.predictions.private_dialog import ask_private
from surveyapp.gui.saved_name import with_ending
from surveyapp.gui.widgets.button import Button
from surveyapp.services.jobs import JobContext

if TYPE_CHECKING:
    from surveyapp.gui.page import Page
    from surveyapp.gui.pages.predictions.seal_panel import SealPanel
    from surveyapp.reports.sections.sheet import PersonSheet
    from surveyapp.services.prediction.exporting import LogForm, Written
    from surveyapp.services.prediction.seal_text import Verified


def add_hand_outs(page: Page, panel: SealPanel) -> None:
    """Into the palette: seal, open, copy, check what the clipboard holds, write the calendar and the sheet."""

    def add(name: str, title: Callable[[], str], do: Callable[[], object], enabled: Callable[[], bool]) -> None:
        spec = ActionSpec(
            id=f"predictions.{name}",
            title=title,
            page=page.spec.id,
            enabled=enabled,
            why_not=lambda: _("Choose a prediction for which this can be done."),
        )
        page.add_action(spec, do)

    def has_session() -> bool:
        return page.context.session is not None

    def has_seal() -> bool:
        return panel.state is not None and panel.state.seal is not None

    add("seal", lambda: _("Seal the prediction"), panel.ask, lambda: panel.can_seal)
    add("open_seal", lambda: _("Open the seal"), panel.open, lambda: panel.is_closed)
    add("copy_seal", lambda: _("Copy the seal"), panel.copy, has_seal)
    add("verify_seal", lambda: _("Check the opened seal on the clipboard"), lambda: check_clipboard(page), lambda: True)
    log = ActionSpec(
        id="predictions.export",
        title=lambda: _("Write the whole log to a file…"),
        shortcut="Ctrl+E",
        page=page.spec.id,
        enabled=has_session,
    )
    page.add_action(log, lambda: write_log(page))
    add("calendar", lambda: _("Write the dates as a calendar file…"), lambda: write_dates(page), has_session)
    add("sheet", lambda: _("Write my sheet…"), lambda: write_sheet(page), has_session)


def sheet_button(page: Page) -> Button:
    """Beside what came out: a page with one's diagram and scores. Hidden until that tab is shown."""
    button = Button(page.theme, _("My sheet"), icon="file-text", parent=page)
    button.setObjectName("mySheet")
    button.setToolTip(_("A page with your diagram, scores, and surest hits and misses"))
    button.clicked.connect(lambda: page.context.actions.trigger("predictions.sheet"))
    button.hide()
    return button


def check_clipboard(page: Page) -> None:
    """Say whether the seals in the text on the clipboard fit."""
    from surveyapp.services.prediction.seal_text import verify

    page.context.shell.toast(_verdict(verify(QGuiApplication.clipboard().text())))


def _verdict(found: tuple[Verified, ...]) -> str:
    if not found:
        return _("The clipboard holds no opened seal. Copy the whole text: message, nonce and digest.")
    n = len(found)
    wrong = sum(not one.fits for one in found)
    if wrong:
        words = ngettext("%(n)s of %(all)s seals does not fit.", "%(n)s of %(all)s seals do not fit.", wrong)
        return f"{words % {'n': fmt_count(wrong), 'all': fmt_count(n)}} {_('Something was changed.')}"
    if n == 1:
        code = found[0].digest[:16]
        return _("It fits. Compare the code %(code)s… with the one you were given.") % {"code": code}
    return _("All %(n)s fit. Compare their codes with those you were given.") % {"n": fmt_count(n)}


def write_log(page: Page) -> None:
    """Ask for a file and its kind, and write all predictions into it with what was said of them."""
    from surveyapp.services.prediction.exporting import LogForm

    kinds = {
        _("Everything, with its history (*.json)"): (LogForm.JSON, ".json"),
        _("A row for each forecast, for spreadsheets (*.xlsx)"): (LogForm.SHEET, ".xlsx"),
        _("A row for each forecast, exact (*.csv)"): (LogForm.CSV, ".csv"),
        _("My predictions for Fatebook (*.csv)"): (LogForm.FATEBOOK, ".csv"),
    }
    session = page.context.session
    chosen, kind = QFileDialog.getSaveFileName(
        page.window(), _("Write the log"), str(Path.home() / "predictions.json"), ";;".join(kinds)
    )
    if session is None or not chosen:
        return
    form, ending = kinds.get(kind) or next(iter(kinds.values()))
    path = with_ending(Path(chosen), ending)  # the dialog keeps the name when another kind is chosen

    def write(private: bool) -> None:
        _write_log(page, path, form, private)

    if form is LogForm.JSON:  # the copy that one keeps
        write(True)
        return
    note = _("They are seen by you only. What is written can be handed on, so they stay out unless you say otherwise.")
    ask_private(page, write, note=note, needed=True)


def _write_log(page: Page, path: Path, form: LogForm, private: bool) -> None:
    session = page.context.session
    if session is None:
        return

    def work(_ctx: JobContext) -> Written:
        from surveyapp.services.prediction.exporting import export_log

        return export_log(session, path, form=form, private=private)

    def done(written: Written) -> None:
        page.context.shell.toast(" ".join(written.sentences(path.name)))

    page.run_job(work, done, label=_("Writing the log"))


def write_dates(page: Page) -> None:
    """Ask for a file, and write what is open and has a date into it."""
    session = page.context.session
    path = _ask(page, _("Write the dates"), ".ics")
    if session is None or path is None:
        return

    def work(_ctx: JobContext) -> int:
        from surveyapp.services.prediction.calendar_file import calendar_predictions, write_calendar

        return write_calendar(session, path, calendar_predictions(session))

    def done(n: int) -> None:
        words = ngettext("%(n)s date written to %(file)s.", "%(n)s dates written to %(file)s.", n)
        page.context.shell.toast(words % {"n": fmt_count(n), "file": path.name})

    page.run_job(work, done, label=_("Writing the dates"))


def write_sheet(page: Page) -> None:
    """Ask for a file, and write the page of "me" into it, as PDF or Markdown."""
    path = _ask(page, _("Write my sheet"), ".pdf", ".md")
    if path is None:
        return
    note = _("They count in the scores in any case. The words of your surest hits and misses stand on the sheet.")
    ask_private(page, lambda private: _write_sheet(page, path, private), note=note)


def _write_sheet(page: Page, path: Path, private: bool) -> None:
    session = page.context.session
    if session is None:
        return

    def work(ctx: JobContext) -> PersonSheet:
        from surveyapp.domain.scope import Scope
        from surveyapp.services.prediction.sheet import sheets_of, write_sheets

        sheets = sheets_of(session, Scope(), statements=True, private=private, report=ctx.report)
        write_sheets(session, path, sheets)
        return sheets[0]

    def done(sheet: PersonSheet) -> None:
        words = _("%(file)s written.")
        if sheet.hits or sheet.misses:
            words = _("%(file)s written, with your surest hits and misses.")
        page.context.shell.toast(" ".join(filter(None, (words % {"file": path.name}, sheet.reason))))

    page.run_job(work, done, label=_("Writing the sheet"))


def _ask(page: Page, title: str, *endings: str) -> Path | None:
    """A path with one of the endings, the first proposed; None if the person thought better of it."""
    proposed, kinds = str(Path.home() / f"predictions{endings[0]}"), " ".join(f"*{ending}" for ending in endings)
    chosen, _kind = QFileDialog.getSaveFileName(page.window(), title, proposed, kinds)
    return with_ending(Path(chosen), *endings) if chosen else None
