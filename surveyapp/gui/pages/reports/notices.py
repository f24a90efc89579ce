"""Which quiet lines stand above the preview."""

from __future__ import annotations

from typing import TYPE_CHECKING

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count
from surveyapp.gui.pages.reports.notice import Notice
from surveyapp.services.report.naming import naming_words
from surveyapp.services.report.preview import ReportPreview

if TYPE_CHECKING:
    from surveyapp.gui.pages.reports.page import ReportsPage

_SHOWN_LETTERS = 12


def list_notices(page: ReportsPage) -> list[Notice]:
    """Worst first: not written, not computed, undecided, stopped, letters of other fonts."""
    unwritten, stopped = page.notices_of_page
    found: list[Notice] = []
    if unwritten is not None:
        error, form = unwritten.error, unwritten.form
        again = (_("Save as…"), lambda: page.commands.export(form))
        away = (_("Close"), page.forget_unwritten)
        found.append(Notice("negative", str(error), (again, away)))
    preview = page.builder.preview
    if preview is not None and not preview.draft:
        found += [*_lost(page, preview), *_undecided(page, preview)]
        if named := naming_words(preview.results):
            found.append(Notice("muted", named))
    if stopped:
        button = (_("Set the pages"), page.commands.rebuild)
        found.append(Notice("muted", _("Stopped. These pages are from before the last edit."), (button,)))
    if preview is not None:
        found += _letters(preview)
    return found


def _lost(page: ReportsPage, preview: ReportPreview) -> list[Notice]:
    ids = tuple(block_id for block_id in preview.problems if not preview.facts[block_id].base)
    if not ids:
        return []
    words = ngettext(
        "%(n)s block cannot be computed any more. The report says so in its place.",
        "%(n)s blocks cannot be computed any more. The report says so in their place.",
        len(ids),
    )
    button = (_("Show"), lambda: page.commands.show_next(ids))
    return [Notice("negative", words % {"n": fmt_count(len(ids))}, (button,))]


def _undecided(page: ReportsPage, preview: ReportPreview) -> list[Notice]:
    ids = preview.undecided
    if not ids:
        return []
    words = ngettext(
        "%(n)s block shows fewer than 5 people. Hide these counts or keep them.",
        "%(n)s blocks show fewer than 5 people. Hide these counts or keep them.",
        len(ids),
    )
    show = (_("Show next"), lambda: page.commands.show_next(ids))
    hide = (_("Hide all"), page.commands.hide_small)
    return [Notice("warn", words % {"n": fmt_count(len(ids))}, (show, hide))]


def _letters(preview: ReportPreview) -> list[Notice]:
    found = []
    if preview.missing_letters:
        letters = " ".join(dict.fromkeys(letter for letter, _page in preview.missing_letters))
        page = preview.missing_letters[0][1]
        words = _("No font here has these letters: %(letters)s (first on page %(page)s). Their names are printed.")
        found.append(Notice("muted", words % {"letters": _short(letters), "page": fmt_count(page)}))
    if preview.borrowed_letters:
        letters = "".join(dict.fromkeys("".join(item.letters for item in preview.borrowed_letters)))
        pages = sorted({item.page for item in preview.borrowed_letters})
        fonts = ", ".join(dict.fromkeys(_font_name(item.font) for item in preview.borrowed_letters))
        where = ngettext("on page %(pages)s", "on pages %(pages)s", len(pages))
        shown = ", ".join(fmt_count(page) for page in pages[:6]) + (", …" if len(pages) > 6 else "")
        words = _("Letters not in the report font: %(letters)s %(where)s. They will be printed with %(fonts)s.")
        values = {"letters": _short(letters), "where": where % {"pages": shown}, "fonts": fonts}
        found.append(Notice("muted", words % values))
    return found


def _short(letters: str) -> str:
    return letters if len(letters) <= _SHOWN_LETTERS else f"{letters[:_SHOWN_LETTERS]}…"


def _font_name(font: str) -> str:
    """ "NotoSansHebrew-Regular" as people call it."""
    plain = font.split("-")[0]
    return "".join(f" {c}" if c.isupper() and n and not plain[n - 1].isupper() else c for n, c in enumerate(plain))
