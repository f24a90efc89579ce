"""Names of a prediction's fields, and what is in them, as people read them."""

from __future__ import annotations

from datetime import date, datetime

from surveyapp.base.i18n import _
from surveyapp.domain.prediction import StatementEdit, Visibility
from surveyapp.figures.axis import fmt_day

_DAYS = ("due", "review_on")
_SWITCHES = ("exclusive", "influence", "retrodiction")
_USUAL = {
    "exclusive": "True",
    "influence": "False",
    "retrodiction": "False",
    "visibility": Visibility.PRIVATE.value,
}


def edit_words(edit: StatementEdit, now: datetime) -> str:
    """ "Statement changed: “A” became “B”", "Who decides: “Ada”", "I can influence this: yes"."""
    old, new = (_shown(edit.field, text, now) for text in (edit.old, edit.new))
    values = {"field": field_words(edit.field), "old": old, "new": new}
    if edit.field in _SWITCHES:
        return _("%(field)s: %(new)s") % values
    if not old:
        return _("%(field)s: “%(new)s”") % values
    if not new:
        return _("%(field)s: “%(old)s” taken away") % values
    return _("%(field)s changed: “%(old)s” became “%(new)s”") % values


def _shown(field: str, text: str, now: datetime) -> str:
    """A value as it is kept (empty where it is as in a new prediction); as it stands where it is of a later version."""
    text = text or _USUAL.get(field, "")
    if field in _SWITCHES:
        return {"True": _("yes"), "False": _("no")}.get(text, text)
    if field == "visibility" and text in set(Visibility):
        return seen_by(Visibility(text))
    if field in _DAYS and text:
        try:
            return _day(text, now)
        except ValueError:
            return text
    return text


def _day(text: str, now: datetime) -> str:
    if len(text) == len("2026-11-22"):
        return fmt_day(date.fromisoformat(text), year=True)
    local = datetime.fromisoformat(text).astimezone(now.tzinfo)
    return f"{fmt_day(local.date(), year=True)} {local:%H:%M}"


def seen_by(visibility: Visibility) -> str:
    """Who may see a prediction."""
    return {
        Visibility.PRIVATE: _("you only"),
        Visibility.SHARED: _("those you share it with"),
        Visibility.PUBLIC: _("everybody"),
    }[visibility]


def field_words(field: str) -> str:
    """The name of a field of a prediction, as the form has it."""
    return {
        "statement": _("Statement"),
        "kind": _("Kind"),
        "options": _("Options"),
        "exclusive": _("Only one can happen"),
        "condition": _("Only if"),
        "unit": _("Unit"),
        "due": _("You will know by"),
        "review_on": _("Look again on"),
        "decider": _("Who decides"),
        "source": _("By what source"),
        "no_means": _("What would “no” look like?"),
        "background": _("Background"),
        "tags": _("Tags"),
        "visibility": _("Seen by"),
        "influence": _("I can influence this"),
        "retrodiction": _("Looked up afterwards"),
    }.get(field, field)
