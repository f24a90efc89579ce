"""Golden results of the LimeSurvey fixtures: what each file itself says of its columns.

Run `python tests/limesurvey_golden.py` to write them anew; look at the difference before committing it.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from limesurvey_fixture import FOLDER

from surveyapp.domain.codec import to_plain
from surveyapp.importers.codebook.registry import read_codebook
from surveyapp.importers.registry import read_table

STRUCTURES = ("structure.lss", "structure_old.lss", "structure.txt")


def responses() -> list[Path]:
    """The files that hold answers."""
    return sorted(path for path in FOLDER.iterdir() if path.suffix != ".json" and path.name not in STRUCTURES)


def golden(path: Path) -> dict[str, Any]:
    """What must not change by accident. Defaults are left out."""
    if path.name in STRUCTURES:
        plain: dict[str, Any] = to_plain(read_codebook(path))
        return plain
    table = read_table(path)
    return {
        "format": table.source.format,
        "detail": table.source.detail,
        "rows": [table.rows[0], table.rows[-1], len(table)],
        "columns": [
            {"header": column.header, **to_plain(declared)}
            for column, declared in zip(table.columns, table.declared, strict=True)
        ],
    }


def kept(path: Path) -> Path:
    """Where the golden result of a file lies."""
    return path.with_suffix(path.suffix + ".json")


def main() -> None:
    """Write all golden results."""
    for path in [*responses(), *(FOLDER / name for name in STRUCTURES)]:
        kept(path).write_text(json.dumps(golden(path), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
