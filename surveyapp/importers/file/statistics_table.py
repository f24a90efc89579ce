"""From the child's answer about an SPSS or Stata file to a table."""

from __future__ import annotations

from array import array

from surveyapp.base.i18n import _
from surveyapp.domain.errors import UserError
from surveyapp.importers.file.child_call import Answer, ask_child
from surveyapp.importers.file.encoding import encoding_title
from surveyapp.importers.file.gather import build_columns
from surveyapp.importers.file.labelled import declare
from surveyapp.importers.refusal import header_only, too_many_columns
from surveyapp.importers.table import (
    MAX_COLUMNS,
    EncodingCandidate,
    EncodingChoice,
    Report,
    TextTable,
    build_source,
    no_report,
)

_TRIED = ("utf-8", "cp1252", "cp1251", "cp1250", "cp1253")
_SAMPLES = 5
_SAMPLE_LENGTH = 60


def read_statistics(
    content: bytes, name: str, *, reader: str, program: str, report: Report, encoding: str | None
) -> TextTable:
    """The table of an SPSS or Stata file. Raises UserError (EncodingChoice if its letters are in another encoding
    than the file says); `reader` names the child's reader, `program` is for people."""
    answer = ask_child(content, {"reader": reader, "encoding": encoding}, report)
    if answer.error == "encoding" and encoding is None:
        raise _ask_encoding(content, reader, program)
    if answer.n_columns > MAX_COLUMNS:
        raise too_many_columns(answer.n_columns)
    if answer.error or not answer.complete:
        raise _refusal(answer.error, program)
    n_rows = len(answer.indices[0]) if answer.indices else 0
    if n_rows == 0:
        raise header_only()
    about = answer.said["about"]
    stored = encoding or about["encoding"]
    detail = _("%(program)s data file") % {"program": program} + (f", {encoding_title(stored)}" if stored else "")
    return TextTable(
        columns=build_columns([one["name"] for one in answer.said["variables"]], answer.indices, answer.texts),
        rows=array("i", range(2, n_rows + 2)),
        source=build_source(name, content, format_id=reader, detail=detail),
        notes=(detail, *([about["label"]] if about["label"].strip() else [])),
        declared=declare(answer.said["variables"], answer.said["sets"], answer.texts),
    )


def _ask_encoding(content: bytes, reader: str, program: str) -> UserError:
    """The question which encoding it is, with lines of the file in each that fits; a refusal if none does."""
    candidates = []
    for encoding in _TRIED:
        answer = ask_child(content, {"reader": reader, "encoding": encoding}, no_report)
        if answer.complete and not answer.error:
            candidates.append(
                EncodingCandidate(encoding=encoding, title=encoding_title(encoding), sample=_sample(answer))
            )
    if not candidates:
        return _refusal("damaged", program)
    return EncodingChoice(
        _("The letters of the file are in another encoding than it says."),
        _("Choose the reading in which they look right."),
        tuple(candidates),
    )


def _sample(answer: Answer) -> tuple[str, ...]:
    """Texts with odd letters: they tell the readings apart."""
    labels = [label for one in answer.said["variables"] for label in (one["label"], *(x[1] for x in one["labels"]))]
    odd = dict.fromkeys(text for texts in (labels, *answer.texts) for text in texts if not text.isascii())
    return tuple(text[:_SAMPLE_LENGTH] for text in list(odd)[:_SAMPLES])


def _refusal(error: str, program: str) -> UserError:
    if error == "encoding":
        return UserError(_("The file is not in that encoding."), _("Choose another encoding, or let the app find it."))
    if error and error != "memory":
        return UserError(
            _("The %(program)s file is damaged or cut off.") % {"program": program},
            _("Copy or export it again; if that does not help, export the data as CSV."),
            error,
        )
    return UserError(
        _("The %(program)s file needs more memory than is sensible.") % {"program": program},
        _("Export the data as CSV and import that, or leave out what is not needed."),
    )
