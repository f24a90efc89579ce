"""Reports: turn pinned results into a document, and see every page as it will be printed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from surveyapp.base.i18n import _
from surveyapp.domain.analysis import Block
from surveyapp.domain.errors import UserError
from surveyapp.domain.scope import EVERYBODY, Scope
from surveyapp.gui.context import AppContext
from surveyapp.gui.page import Page, PageSpec
from surveyapp.gui.pages.reports.adding import Adder
from surveyapp.gui.pages.reports.block_panel import BlockPanel
from surveyapp.gui.pages.reports.builder import PreviewBuilder, RenderedPage
from surveyapp.gui.pages.reports.commands import ReportCommands
from surveyapp.gui.pages.reports.editor import ReportEditor
from surveyapp.gui.pages.reports.exporter import Exporter, Unwritten
from surveyapp.gui.pages.reports.header import ReportHeader
from surveyapp.gui.pages.reports.notices import list_notices
from surveyapp.gui.pages.reports.outline_pane import OutlinePane
from surveyapp.gui.pages.reports.page_actions import list_actions
from surveyapp.gui.pages.reports.preview_pane import PreviewPane
from surveyapp.gui.pages.reports.start_view import StartView
from surveyapp.gui.sheet_export import ask_for_sheets
from surveyapp.gui.widgets.label import Rule
from surveyapp.services.report.preview import ReportPreview

if TYPE_CHECKING:
    from surveyapp.services.session import ChangeNotice

_OUTLINE = 268


class ReportsPage(Page):
    """Wires the parts: the editor holds the report, the builder its pages, the panel the selected block."""

    def __init__(self, context: AppContext, spec: PageSpec) -> None:
        super().__init__(context, spec)
        self.editor = ReportEditor(self)
        self.builder = PreviewBuilder(self)
        self.exporter = Exporter(self)
        self._stale = True
        self.scroll_next = False
        self._stopped = False
        self._unwritten: Unwritten | None = None
        self._sized = False
        self.start: StartView | None = None
        self._make_content()
        self.adder = Adder(self, self.editor)
        self.commands = ReportCommands(self)
        for action, handler in list_actions(self, self.commands):
            self.add_action(action, handler)
        self.head = ReportHeader(self, self.editor)
        self.panel = BlockPanel(self.theme, self)
        # Once shown the panel stands in the inspector, outside the page, where its keys would not be heard.
        self.panel.addActions([action for action in self.actions() if action.objectName() == "reports.export"])
        self.panel.hide()
        self.inspector_widget = self.panel
        self.keys = [
            ("↑ ↓", _("block")),
            ("Alt ↑ ↓", _("move it")),
            (_("Enter"), _("open source")),
            (_("Del"), _("remove")),
        ]
        self.set_fact(_("The preview is the PDF itself, same fonts and figures"))
        self._connect()
        self._show_state()

    def _make_content(self) -> None:
        box = QWidget(self)
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Rule(parent=box))
        self._stack = QStackedWidget(box)
        column.addWidget(self._stack, 1)
        self._blank = QWidget(self._stack)
        self._stack.addWidget(self._blank)
        self._splitter = QSplitter(Qt.Orientation.Horizontal, self._stack)
        self._splitter.setObjectName("composerSplitter")
        self._splitter.setHandleWidth(1)
        self._splitter.setChildrenCollapsible(False)
        self.outline = OutlinePane(self.theme, self._splitter)
        self.pane = PreviewPane(self.theme, self._splitter)
        self._splitter.setStretchFactor(0, 0)
        self._splitter.setStretchFactor(1, 1)
        self._splitter.splitterMoved.connect(self._on_splitter_moved)
        self._stack.addWidget(self._splitter)
        self.set_content(box, padded=False)
        self._place_splitter()

    def _connect(self) -> None:
        editor, builder, outline = self.editor, self.builder, self.outline
        editor.opened.connect(self._on_editor_opened)
        editor.changed.connect(self._on_editor_changed)
        editor.listed.connect(self._on_editor_listed)
        editor.selected.connect(self._on_editor_selected)
        builder.built.connect(self._on_builder_built)
        builder.failed.connect(self._on_builder_failed)
        builder.stopped.connect(self._on_builder_stopped)
        builder.rendered.connect(self._on_builder_rendered)
        builder.markdown_ready.connect(self.pane.show_text)
        self.pane.view.pages_wanted.connect(builder.render)
        self.pane.view.block_clicked.connect(self._on_page_block_clicked)
        self.pane.retry_wanted.connect(self.commands.rebuild)
        self.head.tab_chosen.connect(self._on_tab_chosen)
        self.exporter.failed.connect(self._on_exporter_failed)
        self.exporter.started.connect(self._on_exporter_started)
        listed = outline.list
        listed.current_changed.connect(editor.select)
        listed.moved.connect(self.commands.move_ids)
        listed.shifted.connect(self.commands.shift_ids)
        listed.removed.connect(self.commands.remove)
        listed.source_wanted.connect(lambda _id: self.commands.open_source())
        listed.pins_dropped.connect(self.adder.add_pins)
        outline.model.renamed.connect(self._on_block_renamed, Qt.ConnectionType.QueuedConnection)
        outline.add_wanted.connect(self.commands.add)
        outline.shelf.removed.connect(editor.unpin)
        outline.shelf.source_wanted.connect(
            lambda block_id: self.adder.add_pins(outline.shelf.selected_ids or [block_id])
        )
        outline.add_all.clicked.connect(lambda: self.adder.add_pins([block.id for block in self._waiting()]))
        self.panel.typed.connect(editor.type_block)
        self.panel.chosen.connect(editor.edit_block)
        self.panel.left.connect(editor.commit)
        self.panel.source_wanted.connect(lambda _id: self.commands.open_source())
        self.panel.remove_wanted.connect(lambda block_id: self.commands.remove([block_id]))

    # Showing

    def _waiting(self) -> list[Block]:
        """Pinned results that are not in the report yet."""
        used = {block.spec for block in self.editor.spec.blocks} if self.editor.spec is not None else set()
        return [block for block in self.editor.shelf if block.spec not in used]

    def _show_state(self) -> None:
        """The composer, the templates, or nothing while the workspace is read. The focus stays in what is shown."""
        focus = QApplication.focusWidget()
        inside = focus is None or focus is self._stack or self._stack.isAncestorOf(focus)
        has_report = self.editor.spec is not None
        if not has_report and self.editor.loaded:
            self._make_start()
        before = self._stack.currentWidget()
        self._stack.setCurrentWidget(self._splitter if has_report else self.start or self._blank)
        self.head.show_report()
        self.context.actions.changed.emit()
        if inside and self.isVisible() and self._stack.currentWidget() is not before:
            self.focus_first()

    def _make_start(self) -> None:
        old = self.start
        shell, actions = self.context.shell, self.context.actions
        self.start = StartView(
            self.theme, n_pins=len(self.editor.shelf), material=self.editor.material, parent=self._stack
        )
        self.start.template_chosen.connect(self.editor.create)
        self.start.file_wanted.connect(lambda: actions.trigger("file.open"))
        self.start.prediction_wanted.connect(lambda: actions.trigger("predict.new"))
        self.start.predictions_wanted.connect(lambda: shell.open_page("predictions", "todo"))
        self.start.sheets_wanted.connect(lambda: ask_for_sheets(self, Scope(people=(EVERYBODY,))))
        self._stack.addWidget(self.start)
        if old is not None:
            old.hide()
            old.deleteLater()

    def _show_block(self) -> None:
        block, preview = self.editor.block, self.builder.preview
        facts = preview.facts.get(block.id) if preview is not None and block is not None else None
        when = self._when(block.pinned_at) if block is not None else ""
        where = facts.question if facts is not None else ""
        self.panel.show_block(block, facts, where=where, when=when)

    def _when(self, iso: str) -> str:
        from datetime import datetime

        from surveyapp.gui.pages.home.content import when_words

        return when_words(datetime.fromisoformat(iso), self.context.clock()) if iso else ""

    def _show_notices(self) -> None:
        self.pane.notices.show_notices(list_notices(self))

    def _show_facts(self, preview: ReportPreview) -> None:
        self.outline.model.show_facts(preview.page_of_block, preview.changed, preview.problems)
        self.outline.shelf_model.show_facts({}, (), ())

    def _place_splitter(self) -> None:
        """The outline as wide as designed, until a person chose another width."""
        wide = min(self.theme.px(_OUTLINE), max(240, round(self.width() * 0.36)))
        self.outline.setMinimumWidth(min(wide, self.theme.px(200)))
        if not self._sized:
            self._splitter.setSizes([wide, max(1, self.width() - wide)])

    # Slots

    def _on_editor_opened(self) -> None:
        self.builder.clear()
        self.outline.model.show_facts({}, (), ())
        self.pane.view.show_preview(None)
        self.pane.show_error(None)
        self.pane.text.clear()
        self.head.show_preview(None)
        self._unwritten, self._stopped = None, False
        self._on_editor_changed(at_once=True)
        self._show_state()
        if self.isVisible() and self.window().isActiveWindow() and self.editor.spec is not None:
            self.outline.list.setFocus()

    def _on_editor_changed(self, *, at_once: bool = False) -> None:
        spec = self.editor.spec
        self.outline.model.show_report(spec)
        if spec is not None and self.editor.block is None:
            self.editor.block_id = spec.blocks[0].id if spec.blocks else ""
        self.outline.list.set_current(self.editor.block_id)
        self.outline.show_shelf(tuple(self._waiting()))
        self.head.show_report()
        self._show_block()
        self._show_notices()
        if spec is None:
            return
        if self.isVisible():
            self._stale = False
            self.builder.want(spec, at_once=at_once)
        else:
            self._stale = True

    def _on_editor_listed(self) -> None:
        if self.editor.spec is None:
            self._show_state()
        self.outline.show_shelf(tuple(self._waiting()))

    def _on_editor_selected(self, block_id: str) -> None:
        self.outline.list.set_current(block_id)
        self._show_block()
        self.pane.view.mark(block_id, scroll=True)

    def _on_splitter_moved(self, _at: int, _index: int) -> None:
        self._sized = True

    def _on_builder_built(self, preview: ReportPreview) -> None:
        self._stopped = False
        self.pane.show_error(None)
        self.pane.view.show_preview(preview)
        self.head.show_preview(preview)
        if preview.draft:
            return
        self._show_facts(preview)
        self.pane.view.mark(self.editor.block_id, scroll=self.scroll_next)
        if self.editor.block_id in preview.extents:  # a new text has no place before its first word
            self.scroll_next = False
        self._show_block()
        self._show_notices()
        if self.head.tabs.current == "markdown":
            self.builder.write_markdown()
        self.context.actions.changed.emit()  # "Update" may have become possible

    def _on_builder_failed(self, error: UserError) -> None:
        self.pane.show_error(error)

    def _on_builder_stopped(self) -> None:
        self._stopped = True
        self._show_notices()

    def _on_builder_rendered(self, pages: list[RenderedPage], source: ReportPreview, scale: float) -> None:
        for rendered in pages:
            self.pane.view.add_image(rendered.page, rendered.image, source, scale)

    def _on_tab_chosen(self, tab: str) -> None:
        self.pane.show_tab(tab)
        if tab == "markdown":
            self.builder.write_markdown()

    def _on_page_block_clicked(self, block_id: str) -> None:
        self.pane.view.setFocus()
        if block_id != self.editor.block_id:
            self.editor.commit()
            self.editor.block_id = block_id
            self.outline.list.set_current(block_id)
            self._show_block()
            self.pane.view.mark(block_id, scroll=False)

    @Slot(str, str)
    def _on_block_renamed(self, block_id: str, title: str) -> None:
        # queued, so that the field in the outline is closed before the outline is filled anew
        self.commands.rename_block_to(block_id, title)

    def _on_exporter_failed(self, unwritten: Unwritten) -> None:
        self._unwritten = unwritten
        self._show_notices()

    def _on_exporter_started(self) -> None:
        self._unwritten = None
        self._show_notices()

    # Hooks

    def on_shown(self) -> None:
        if not self.editor.loaded:
            self.editor.load()
        elif self._stale and self.editor.spec is not None:
            self._stale = False
            self.builder.want(self.editor.spec, at_once=True)

    def on_opened(self, **arguments: Any) -> None:
        report = arguments.get("report")
        if isinstance(report, int):
            self.editor.open(report)

    def place(self) -> tuple[str, dict[str, Any]]:
        spec = self.editor.spec
        return (spec.name, {"report": spec.id}) if spec is not None else ("", {})

    def on_session_opened(self) -> None:
        self.editor.forget()

    def on_session_changed(self, notice: ChangeNotice) -> None:
        if notice.touches("report", "shelf", "wave", "base"):
            self.editor.load()
        if notice.touches("wave") and self.editor.spec is not None:
            if self.isVisible():
                self.builder.want(self.editor.spec)
            else:
                self._stale = True

    def on_width_changed(self, narrow: bool) -> None:
        self.head.set_narrow(narrow)
        self._place_splitter()

    def find_on_page(self) -> None:
        if self.editor.spec is not None:
            self.adder.find_block(self.outline.list)

    def focus_first(self) -> None:
        if self.editor.spec is not None:
            self.outline.list.setFocus()
        elif self.start is not None:
            self.start.focus_first()
        else:
            self._stack.setFocus()

    def close_page(self) -> None:
        self.editor.commit_now()
        self.builder.clear()
        super().close_page()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_splitter()

    @property
    def notices_of_page(self) -> tuple[Unwritten | None, bool]:
        """An export that failed, and whether the preview was stopped."""
        return self._unwritten, self._stopped

    def forget_unwritten(self) -> None:
        """The person has read why the export failed."""
        self._unwritten = None
        self._show_notices()
