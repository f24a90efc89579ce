"""Make the files of the sample community: `python packaging/sample/make.py [FOLDER]`.

Without a folder they go to resources/sample. The same program makes the same bytes, on every computer.
"""

from __future__ import annotations

import sys
from pathlib import Path

from riverside.export import write_census
from riverside.fatebook import write_predictions
from riverside.person import WAVES

DEFAULT = Path(__file__).resolve().parents[2] / "resources" / "sample"


def main(arguments: list[str]) -> int:
    """Write every file and say what is in it."""
    folder = Path(arguments[0]) if arguments else DEFAULT
    folder.mkdir(parents=True, exist_ok=True)
    files = {f"riverside-census-{wave.year}.csv": write_census(wave) for wave in WAVES}
    files["riverside-predictions.csv"] = write_predictions()
    for name, (content, facts) in files.items():
        (folder / name).write_bytes(content)
        sys.stdout.write(f"{name}: {len(content):,} bytes\n")
        sys.stdout.writelines(f"  {what}: {count:,}\n" for what, count in facts.items())
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
