"""What is kept of a fault of ours: versions and the frames it went through, never a value and never an answer."""

from __future__ import annotations

import logging
import platform
import traceback
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

from surveyapp.base.paths import config_dir
from surveyapp.base.version import program_version

_MAX_BYTES = 500_000


def log_file() -> Path:
    """Where faults are written; not created here."""
    return config_dir() / "faults.log"


def frames_without_values(trace: TracebackType | None) -> str:
    """File, line and function of every frame; no source lines, no values."""
    lines = []
    for frame in traceback.extract_tb(trace):
        parts = Path(frame.filename).parts
        lines.append(f"  {'/'.join(parts[-3:])}:{frame.lineno} {frame.name}")
    return "\n".join(lines)


def fault_report(error: BaseException, *facts: str) -> str:
    """Versions, the given facts, the kind of error and its frames; not its text, which may hold an answer."""
    return "\n".join(
        [
            f"surveyapp {program_version()}, Python {platform.python_version()}",
            f"{platform.system()} {platform.release()} {platform.machine()}",
            *facts,
            f"{type(error).__module__}.{type(error).__qualname__}",
            frames_without_values(error.__traceback__),
        ]
    )


def log_fault(report: str) -> Path | None:
    """Append a report to the log and return its path; None where nothing can be written."""
    path = log_file()
    record = logging.makeLogRecord({"levelno": logging.ERROR, "levelname": "ERROR", "msg": "%s", "args": (report,)})
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(path, maxBytes=_MAX_BYTES, backupCount=1, encoding="utf-8", delay=False)
    except OSError:
        return None
    handler.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
    try:
        handler.emit(record)
    finally:
        handler.close()
    return path
