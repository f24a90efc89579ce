"""The header of the composer: name, pages and figures, PDF or Markdown, update, export."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count
from surveyapp.gui.pages.reports.exporter import FORMS, form_words
from surveyapp.gui.pages.reports.field import TitleField
from surveyapp.gui.widgets.button import Button
from surveyapp.gui.widgets.label import Label
from surveyapp.gui.widgets.menu import passing_menu
from surveyapp.gui.widgets.plain_text import in_menu
from surveyapp.gui.widgets.segmented import Segmented
from surveyapp.services.report.preview import ReportPreview
from surveyapp.services.report.template import Template, template_name

if TYPE_CHECKING:
    from surveyapp.gui.page import Page
    from surveyapp.gui.pages.reports.editor import ReportEditor


class ReportHeader(QWidget):
    """Lives in the title's place; its other controls are tools of the page header. `tab_chosen`: "pdf", "markdown"."""

    tab_chosen = Signal(str)

    def __init__(self, page: Page, editor: ReportEditor) -> None:
        super().__init__(page.header)
        theme = page.theme
        self._page, self._editor = page, editor
        self._shown: tuple[int, str] | None = (-1, "")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        self.name = TitleField(theme, name=_("Name of the report"), parent=self)
        self.name.named.connect(editor.rename)
        self.chooser = Button(theme, kind="quiet", icon="chevron-down", name=_("Reports"), small=True, parent=self)
        self.chooser.setObjectName("reportsMenuButton")
        self.chooser.clicked.connect(self.open_menu)
        row.addWidget(self.name)
        row.addWidget(self.chooser)
        row.addStretch(1)
        header = page.header
        header.use_title_widget(self)
        self._sums = Label(theme, ink="text-2", parent=header)
        self._sums.setObjectName("pagesAndFigures")
        self.tabs = Segmented(
            theme, [("pdf", _("PDF")), ("markdown", _("Markdown"))], name=_("Form of the preview"), parent=header
        )
        self.tabs.chosen.connect(self.tab_chosen)
        self._update = Button(theme, icon="refresh-cw", parent=header)
        self._update.follow(page.context.actions, "reports.update")
        self._export = Button(theme, _("Export"), kind="primary", icon="download", parent=header)
        self._export.follow(page.context.actions, "reports.export")
        header.add_tool(self._sums)
        header.add_tool(self.tabs)
        header.set_buttons(self._update, self._export)
        self.show_report()
        self.show_preview(None)

    def show_report(self) -> None:
        """The name of the open report, or that of the page."""
        spec = self._editor.spec
        shown = (spec.id, spec.name) if spec is not None else None
        if shown == self._shown:
            return  # while a person types in a block, the header stands still
        self._shown = shown
        header = self._page.header
        header.set_breadcrumb([(_("Reports"), self.open_menu), ("", None)] if spec is not None else [])
        self.name.setReadOnly(spec is None)
        self.name.show_name(spec.name if spec is not None else _("Reports"))
        for widget in (self.chooser, self.tabs, self._export, self._sums):
            widget.setVisible(spec is not None)
        if spec is None:
            self._update.setVisible(False)

    def show_preview(self, preview: ReportPreview | None) -> None:
        """Pages, figures, and how many are out of date."""
        if preview is None or preview.draft:
            self._sums.setText("")
            self._update.setVisible(False)
            return
        pages = ngettext("%(n)s page", "%(n)s pages", preview.pages) % {"n": fmt_count(preview.pages)}
        figures = ngettext("%(n)s figure", "%(n)s figures", preview.n_figures) % {"n": fmt_count(preview.n_figures)}
        self._sums.setText(f"{pages}, {figures}")
        n = len(preview.changed)
        words = ngettext("Update %(n)s figure", "Update %(n)s figures", n) % {"n": fmt_count(n)}
        self._update.setText(words)
        self._update.setAccessibleName(words)
        self._update.updateGeometry()
        self._update.setVisible(n > 0)

    def set_narrow(self, narrow: bool) -> None:
        """Without room, the sums are left to the zoom bar and the outline."""
        self._sums.setMaximumWidth(0 if narrow else 16777215)

    def open_menu(self) -> None:
        """Switch to another report, make one, copy or remove this one."""
        menu = passing_menu(self, "reportsMenu")
        actions, editor = self._page.context.actions, self._editor
        for spec in editor.reports:
            action = menu.addAction(in_menu(spec.name))
            action.setCheckable(True)
            action.setChecked(editor.spec is not None and spec.id == editor.spec.id)
            action.triggered.connect(lambda _checked=False, report_id=spec.id: editor.open(report_id))
        menu.addSeparator()
        new = menu.addMenu(_("New from template"))
        for template in Template:
            action = new.addAction(template_name(template))
            action.triggered.connect(lambda _checked=False, chosen=template: editor.create(chosen))
        menu.addAction(actions.action("reports.rename"))
        menu.addAction(actions.action("reports.duplicate"))
        menu.addAction(actions.action("reports.remove_report"))
        menu.popup(self.chooser.mapToGlobal(QPoint(0, self.chooser.height() + 4)))

    def open_export_menu(self) -> None:
        """Ctrl+E: the forms, PDF first, so that Enter takes it."""
        menu = passing_menu(self, "exportMenu")
        for form in FORMS:
            action = menu.addAction(form_words(form))
            action.setObjectName(f"export.{form}")
            action.triggered.connect(
                lambda _checked=False, chosen=form: self._page.context.actions.trigger(f"reports.export_{chosen}")
            )
        menu.setActiveAction(menu.actions()[0])
        corner = self._export.mapToGlobal(
            QPoint(self._export.width() - menu.sizeHint().width(), self._export.height() + 4)
        )
        menu.popup(corner)
