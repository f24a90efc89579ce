"""What a column of somebody's own table of predictions can hold, and which header most likely means it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from surveyapp.base.i18n import _
from surveyapp.domain.errors import UserError
from surveyapp.importers.cell.wording import words


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One thing that a column can hold; `guesses` are headers that mean it, likeliest first."""

    name: str
    title: Callable[[], str]
    guesses: tuple[str, ...]


FIELDS: tuple[Field, ...] = (
    Field(
        name="statement",
        title=lambda: _("Statement"),
        guesses=(
            "statement",
            "prediction",
            "question",
            "question title",
            "questiontitle",
            "claim",
            "event",
            "title",
            "text",
            "forecast question",
            "what",
        ),
    ),
    Field(
        name="probability",
        title=lambda: _("How sure"),
        guesses=(
            "probability",
            "credence",
            "confidence",
            "forecast",
            "p",
            "prob",
            "chance",
            "likelihood",
            "percent",
            "pct",
            "my probability",
            "my forecast",
            "my credence",
            "how sure",
            "estimate",
            "certainty",
            "how likely",
            "likeliness",
            "guess",
        ),
    ),
    Field(
        name="date",
        title=lambda: _("Forecast on"),
        guesses=(
            "forecast date",
            "date of forecast",
            "forecast created at",
            "fcreatedat",
            "forecast at",
            "predicted on",
            "prediction date",
            "made on",
            "date made",
            "date",
            "timestamp",
            "made",
            "logged",
            "when",
            "created",
            "created at",
            "time",
            "on",
        ),
    ),
    Field(
        name="who",
        title=lambda: _("Who"),
        guesses=(
            "who",
            "forecaster",
            "user",
            "username",
            "person",
            "predictor",
            "participant",
            "player",
            "name",
            "author",
            "forecast created by",
            "by",
        ),
    ),
    Field(
        name="outcome",
        title=lambda: _("Outcome"),
        guesses=(
            "outcome",
            "resolution",
            "result",
            "resolved as",
            "came true",
            "happened",
            "correct",
            "right",
            "true",
            "answer",
            "actual",
            "did it happen",
        ),
    ),
    Field(
        name="due",
        title=lambda: _("Known on"),
        guesses=(
            "due",
            "known on",
            "deadline",
            "resolve by",
            "resolveby",
            "resolves",
            "resolve date",
            "resolution date",
            "by when",
            "end date",
            "close date",
            "closes",
        ),
    ),
    Field(
        name="resolved",
        title=lambda: _("Resolved on"),
        guesses=("resolved at", "resolvedat", "resolved on", "resolved", "date resolved", "judged", "judged on"),
    ),
    Field(
        name="created",
        title=lambda: _("Question asked on"),
        guesses=("question created at", "qcreatedat", "question created", "question date", "asked on", "opened"),
    ),
    Field(
        name="option",
        title=lambda: _("Option"),
        guesses=("option", "multiple choice option", "choice", "answer option"),
    ),
    Field(name="tags", title=lambda: _("Tags"), guesses=("tags", "tag", "category", "categories", "topic", "area")),
    Field(
        name="comment",
        title=lambda: _("Comment"),
        guesses=("comment", "comments", "reason", "reasoning", "rationale", "remark"),
    ),
    Field(
        name="notes",
        title=lambda: _("Background"),
        guesses=("notes", "note", "background", "details", "description", "notesextra"),
    ),
    Field(
        name="id", title=lambda: _("Number of the question"), guesses=("id", "question id", "key", "number", "no", "nr")
    ),
)
NEEDED = ("statement", "probability")


def guess_columns(headers: Iterable[str]) -> dict[str, str]:
    """Field to header: the likeliest header of each field, no header twice."""
    plain: dict[str, str] = {}
    for header in headers:
        plain.setdefault(words(header.replace("_", " ")), header)
        plain.setdefault(words(header.replace("_", " ").split("(")[0]), header)
    plain.pop("", None)
    taken: dict[str, str] = {}
    for field in FIELDS:
        for guess in field.guesses:
            header = plain.get(guess, "")
            if header and header not in taken.values():
                taken[field.name] = header
                break
    return taken


def chosen_columns(headers: tuple[str, ...], said: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The guess with what the person said in its place; "" takes a field away. Raises UserError for unknown names."""
    known = {field.name for field in FIELDS}
    chosen, own = guess_columns(headers), dict(said)
    for name, header in own.items():
        if name not in known:
            raise UserError(
                _("“%(name)s” is nothing a column can hold.") % {"name": name},
                _("Columns hold: %(names)s.") % {"names": ", ".join(field.name for field in FIELDS)},
            )
        if header and header not in headers:
            raise UserError(
                _("There is no column “%(name)s”.") % {"name": header},
                _("The columns are: %(names)s.") % {"names": ", ".join(headers)},
            )
    used = {header for header in own.values() if header}
    chosen = {name: header for name, header in chosen.items() if name not in own and header not in used}
    return chosen | {name: header for name, header in own.items() if header}
