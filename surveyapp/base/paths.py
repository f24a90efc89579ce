"""Where things are: bundled files (checkout, wheel or frozen) and the person's own folders."""

from __future__ import annotations

import os
import sys
from pathlib import Path

PROFILE_VARIABLE = "SURVEYAPP_PROFILE"
"""Names a folder that holds settings, logs and workspaces instead of the person's own (development, tests)."""

_PACKAGE = Path(__file__).resolve().parents[1]


def bundled(name: str) -> Path:
    """A folder or file shipped with the program: `migrations`, or one of resources/ by its relative name.

    Tries the packaged place first (wheel and frozen program), then the checkout: hatchling's force-include
    does not apply to editable installs. Raises FileNotFoundError if it is in neither.
    """
    if name == "migrations":
        candidates = [_PACKAGE / "_migrations", _PACKAGE.parent / "migrations"]
    else:
        candidates = [_PACKAGE / "_resources" / name, _PACKAGE.parent / "resources" / name]
    for candidate in candidates:
        if candidate.exists():
            return candidate
    raise FileNotFoundError(name)


def _profile_or(default: Path) -> Path:
    profile = os.environ.get(PROFILE_VARIABLE)
    return Path(profile) if profile else default


def config_dir() -> Path:
    """The folder of settings and logs; not created here."""
    home = Path.home()
    if sys.platform == "win32":
        default = Path(os.environ.get("APPDATA", home / "AppData/Roaming")) / "surveyapp"
    elif sys.platform == "darwin":
        default = home / "Library/Application Support/surveyapp"
    else:
        default = Path(os.environ.get("XDG_CONFIG_HOME") or home / ".config") / "surveyapp"
    return _profile_or(default)


def documents_dir() -> Path:
    """Where a new workspace is proposed; not created here."""
    return _profile_or(Path.home() / "Documents" / "surveyapp")
