"""What the small field offers: answers to count a text as, a number to read it as, another name for an answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from surveyapp.base.i18n import _
from surveyapp.gui.palette_source import PaletteEntry
from surveyapp.services.tidy.item import TidyText, TidyView
from surveyapp.services.tidy.step import reading_of

Done = Callable[[str], object]


def targets(view: TidyView, rows: Sequence[TidyText], done: Done, query: str) -> list[PaletteEntry]:
    """The answers these texts can count as, what is suggested first, and a new one if the question takes it."""
    suggested = list(dict.fromkeys(row.suggestion for row in rows if row.suggestion))
    why = {row.suggestion: row.why for row in rows}
    labels = [choice.label for choice in view.targets]
    others = {choice.label for choice in view.targets if choice.other}
    entries = [_entry(_("Suggested"), label, "check", why[label], done) for label in suggested]
    for label in labels:
        if label not in suggested:
            detail = _("left as it is") if label in others else ""
            entries.append(_entry(_("Answers"), label, "", detail, done))
    new = " ".join(query.split())
    known = {label.casefold() for label in (*labels, *suggested)}
    if new and view.takes_new and new.casefold() not in known:
        title = _("New answer “%(label)s”") % {"label": new}
        entries.append(PaletteEntry(group=_("New"), title=title, icon="plus", run=lambda: done(new), score=0.001))
    elif not new and view.takes_new and len(rows) == 1 and rows[0].text.casefold() not in known:
        text = rows[0].text
        title = _("New answer “%(label)s”") % {"label": " ".join(text.split())[:60]}
        entries.append(_entry(_("New"), title, "plus", "", lambda _title: done(text)))
    return entries


def _entry(group: str, title: str, icon: str, detail: str, done: Done) -> PaletteEntry:
    return PaletteEntry(group=group, title=title, icon=icon or "list", detail=detail, run=lambda: done(title))


def readings(view: TidyView, rows: Sequence[TidyText], done: Done, query: str) -> list[PaletteEntry]:
    """What a typed number or date would be read as, at once."""
    typed = " ".join(query.split())
    group = _("Read as")
    if not typed:
        found = list(dict.fromkeys(row.suggestion for row in rows if row.suggestion))
        return [_entry(group, text, "check", rows[0].why, done) for text in found]
    words = reading_of(view.question, typed)
    if not words:
        title = _("“%(text)s” is not read either") % {"text": typed}
        return [PaletteEntry(group=group, title=title, icon="x", run=lambda: None, enabled=False, score=1.0)]
    title = _("%(before)s → %(after)s") % {
        "before": " ".join(rows[0].text.split())[:24] if rows else "",
        "after": words,
    }
    return [PaletteEntry(group=group, title=title, icon="check", run=lambda: done(typed), score=1.0)]


def names(old: str, done: Done, query: str) -> list[PaletteEntry]:
    """Another name for what is called `old`."""
    new = " ".join(query.split())
    if not new or new == old:
        return []
    title = _("Call it “%(label)s”") % {"label": new}
    return [PaletteEntry(group=old, title=title, icon="pencil", run=lambda: done(new), score=1.0)]
