"""What one can do on the Reports page, as data."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from surveyapp.base.i18n import _
from surveyapp.gui.actions import ActionSpec, key_text
from surveyapp.gui.pages.reports.exporter import FORMS, Form
from surveyapp.services.report.template import Template, template_name

if TYPE_CHECKING:
    from surveyapp.gui.pages.reports.commands import ReportCommands
    from surveyapp.gui.pages.reports.page import ReportsPage

Listed = tuple[ActionSpec, Callable[[], object]]


def list_actions(page: ReportsPage, do: ReportCommands) -> list[Listed]:
    """Every action of the page with what it does."""
    return [*_export(do), *_blocks(do), *_reports(page, do)]


def _no_report() -> str:
    return _("There is no report yet.")


def _no_block() -> str:
    return _("Select a block first.")


def _export(do: ReportCommands) -> list[Listed]:
    titles: dict[Form, Callable[[], str]] = {
        "pdf": lambda: _("Export as PDF"),
        "markdown": lambda: _("Export as Markdown with figures"),
        "xlsx": lambda: _("Export the tables as XLSX"),
        "csv": lambda: _("Export the tables as CSV"),
    }
    listed: list[Listed] = [
        (
            ActionSpec(
                id="reports.export",
                title=lambda: _("Export"),
                shortcut="Ctrl+E",
                icon="download",
                page="reports",
                enabled=do.has_report,
                why_not=_no_report,
                foot=lambda: _("export"),
            ),
            do.open_export_menu,
        ),
        (
            ActionSpec(
                id="reports.update",
                title=lambda: _("Update the figures that changed"),
                shortcut="U",
                icon="refresh-cw",
                page="reports",
                enabled=do.has_changed,
                why_not=lambda: _("Every figure is up to date."),
            ),
            do.update_changed,
        ),
    ]
    for form in FORMS:
        action = ActionSpec(
            id=f"reports.export_{form}",
            title=titles[form],
            icon="download",
            page="reports",
            enabled=do.has_report,
            why_not=_no_report,
        )
        listed.append((action, lambda chosen=form: do.export(chosen)))  # type: ignore[misc]
    return listed


def _blocks(do: ReportCommands) -> list[Listed]:
    adds: dict[str, Callable[[], str]] = {
        "text": lambda: _("Add a text"),
        "figure": lambda: _("Add a figure"),
        "table": lambda: _("Add a table"),
        "heading": lambda: _("Add a heading"),
    }
    listed: list[Listed] = []
    for kind, title in adds.items():
        spec = ActionSpec(
            id=f"reports.add_{kind}",
            title=title,
            icon="plus",
            page="reports",
            enabled=do.has_report,
            why_not=_no_report,
        )
        listed.append((spec, lambda chosen=kind: do.add(chosen)))  # type: ignore[misc]
    rows: list[tuple[str, Callable[[], str], str, str, Callable[[], object]]] = [
        ("move_up", lambda: _("Move the block up"), "arrow-up", "Alt+Up", lambda: do.shift(-1)),
        ("move_down", lambda: _("Move the block down"), "arrow-down", "Alt+Down", lambda: do.shift(1)),
        ("open_source", lambda: _("Open the source of the block"), "external-link", "Return", do.open_source),
        ("remove", lambda: _("Remove the block"), "trash-2", "Del", do.remove_selected),
        ("rename_block", lambda: _("Rename the block"), "pencil", "F2", do.rename_block),
    ]
    for name, title, icon, key, handler in rows:
        spec = ActionSpec(
            id=f"reports.{name}",
            title=title,
            icon=icon,
            page="reports",
            enabled=do.has_block,
            why_not=_no_block,
            key=key_text(key),
        )
        listed.append((spec, handler))
    return listed


def _reports(page: ReportsPage, do: ReportCommands) -> list[Listed]:
    listed: list[Listed] = []
    rows: list[tuple[str, Callable[[], str], str, Callable[[], object]]] = [
        ("rename", lambda: _("Rename the report"), "pencil", do.rename_report),
        ("duplicate", lambda: _("Duplicate the report"), "copy", page.editor.duplicate),
        ("remove_report", lambda: _("Remove the report"), "trash-2", page.editor.remove),
        ("whole_page", lambda: _("Preview: whole page"), "zoom-out", lambda: page.pane.view.set_zoom(0.0)),
        ("hide_small", lambda: _("Hide every count of fewer than 5 people"), "eye-off", do.hide_small),
    ]
    for name, title, icon, handler in rows:
        spec = ActionSpec(
            id=f"reports.{name}",
            title=title,
            icon=icon,
            page="reports",
            enabled=do.has_report,
            why_not=_no_report,
        )
        listed.append((spec, handler))
    for template in Template:
        spec = ActionSpec(
            id=f"reports.new_{template.value}",
            title=lambda chosen=template: _("New report: %(name)s") % {"name": template_name(chosen)},  # type: ignore[misc]
            icon="file-plus",
            page="reports",
            enabled=lambda: page.editor.has_material,
            why_not=lambda: _("Import a census first."),
        )
        listed.append((spec, lambda chosen=template: page.editor.create(chosen)))  # type: ignore[misc]
    begin = ActionSpec(
        id="reports.begin",
        title=lambda: _("Begin with the first template"),
        shortcut="Ctrl+Return",
        icon="file-plus",
        page="reports",
        enabled=do.can_begin,
        why_not=lambda: _("There is a report already."),
        in_palette=False,
    )
    listed.append((begin, do.begin))
    return listed
