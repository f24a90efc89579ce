"""Files of SPSS and Stata in the child process (see importers.file.child), read by pyreadstat.

Numbers, dates and labels become texts here, so that a cell, its value label and its missing code are the same text.
"""

from __future__ import annotations

import io
import math
from array import array
from collections.abc import Callable, Sequence
from typing import Any, BinaryIO

from surveyapp.importers.file.child import cell_text, send, send_block
from surveyapp.importers.file.child_moment import spss_moment, stata_moment

_Text = Callable[[Any], str]


def read(out: BinaryIO, content: bytes, request: dict[str, Any]) -> None:
    """Send what the file says of itself and its variables ("about", "variables", "sets"), then all columns."""
    import pyreadstat

    spss = request["reader"] == "spss"
    load = pyreadstat.read_sav if spss else pyreadstat.read_dta
    try:
        columns, meta = load(
            io.BytesIO(content),
            output_format="dict",
            user_missing=True,
            disable_datetime_conversion=True,  # pandas-free, and no year above 9999 stops the file
            encoding=request.get("encoding"),
        )
    except Exception as error:
        if type(error).__name__ == "ReadstatError":
            send(out, {"error": _kind(str(error))})
            return
        raise
    names = list(meta.column_names)
    send(out, {"about": {"label": meta.file_label or "", "encoding": meta.file_encoding or ""}, "sets": _sets(meta)})
    texts = {name: _cell_text(name, meta, spss=spss) for name in names}
    coded = {name: _numbered(columns[name], texts[name]) for name in names}
    variables = [_variable(name, meta, columns[name], texts[name], spss=spss) for name in names]
    send(out, {"variables": variables, "n_columns": len(names)})
    for n, name in enumerate(names):
        numbers, index = coded[name]
        send_block(out, [list(numbers)], [index.tobytes()], column=n, row=0, n_rows=len(index))
    send(out, {"end": True})


def _kind(words: str) -> str:
    """The library says in words what is wrong."""
    return "encoding" if "encoding" in words or "byte sequence" in words else "damaged"


def _cell_text(name: str, meta: Any, *, spss: bool) -> _Text:
    storage = meta.readstat_variable_types.get(name, "")
    if storage == "string":
        return lambda value: "" if value is None else value.replace("\0", "")
    moment = (spss_moment if spss else stata_moment)(meta.original_variable_types.get(name) or "")

    def text(value: Any) -> str:
        if value is None or (isinstance(value, float) and math.isnan(value)):
            return ""
        if isinstance(value, str):  # Stata's extended missing values .a to .z
            return f".{value}"
        if moment is not None:
            try:
                return moment[1](float(value))
            except (OverflowError, ValueError):
                return cell_text(float(value))
        return _float32_text(value) if storage == "float" else cell_text(float(value))

    return text


def _float32_text(value: float) -> str:
    """Stata's "float" keeps seven digits: 0.1 is stored as 0.10000000149, and means 0.1."""
    import numpy as np

    return cell_text(float(str(np.float32(value))))


def _numbered(values: Sequence[Any], text: _Text) -> tuple[dict[str, int], array[int]]:
    numbers: dict[str, int] = {}
    known: dict[Any, int] = {}
    index = array("i")
    for value in values:
        number = known.get(value)
        if number is None:
            written = text(value)
            number = known[value] = numbers.setdefault(written, len(numbers))
        index.append(number)
    return numbers, index


def _variable(name: str, meta: Any, values: Sequence[Any], text: _Text, *, spss: bool) -> dict[str, Any]:
    labels = meta.variable_value_labels.get(name) or {}
    moment = (spss_moment if spss else stata_moment)(meta.original_variable_types.get(name) or "")
    return {
        "name": name or "",  # a damaged file may have a variable without
        "label": meta.column_names_to_labels.get(name) or "",
        "string": meta.readstat_variable_types.get(name) == "string",
        "moment": moment[0] if moment else "",
        "measure": meta.variable_measure.get(name) or "",
        "labels": [[text(value), str(label)] for value, label in labels.items()],
        "missing": _missing(name, meta, {*values, *labels}, text),
    }


def _missing(name: str, meta: Any, values: set[Any], text: _Text) -> list[str]:
    """The texts declared missing: of a range, those that occur or have a label."""
    if meta.readstat_variable_types.get(name) != "string":
        found = [value for value in values if isinstance(value, str)]
        ranges = meta.missing_ranges.get(name) or []
        numbers = [value for value in values if value is not None and not isinstance(value, str)]
        found += [value for value in numbers if any(one["lo"] <= value <= one["hi"] for one in ranges)]
        return sorted({text(value) for value in found})
    exact = {part for one in meta.missing_ranges.get(name) or [] for part in (one["lo"], one["hi"])}
    return sorted(text(value) for value in exact if value)


def _sets(meta: Any) -> list[dict[str, Any]]:
    """The multiple response sets; the counted value as the text of a cell."""
    return [
        {
            "name": name,
            "label": one["label"] or name,
            "dichotomy": bool(one["is_dichotomy"]),
            "counted": "" if one["counted_value"] is None else cell_text(one["counted_value"]),
            "variables": list(one["variable_list"]),
        }
        for name, one in (meta.mr_sets or {}).items()
    ]
