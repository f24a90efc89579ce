"""Where a person was last: the pages of a workspace and what was shown on them, for Continue on Home."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from surveyapp.services.settings import SettingsStore

_KEPT = 12
_STATE = "home"


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One page left: `words` say what was shown ("" for the page itself), `arguments` open it there again.

    The words of predictions are not among them: settings lie beside the workspace, where nothing that people wrote may
    stay.
    """

    page: str
    tab: str
    words: str
    arguments: dict[str, Any]
    at: datetime


def note_visit(settings: SettingsStore, workspace: Path, visit: Visit) -> None:
    """Remember a page that was left; the same page and words once only."""
    entry = {
        "workspace": str(workspace),
        "page": visit.page,
        "tab": visit.tab,
        "words": visit.words,
        "arguments": visit.arguments,
        "at": visit.at.isoformat(),
    }
    same = ("workspace", "page", "words")
    stored = [_without_statement(old) for old in _stored(settings)]
    others = [old for old in stored if any(old.get(key) != entry[key] for key in same)]
    settings.save_page_state(_STATE, {**settings.page_state(_STATE), "visits": [entry, *others][:_KEPT]})


def visits(settings: SettingsStore, workspace: Path) -> list[Visit]:
    """The last places in this workspace, newest first; what cannot be read is left out."""
    found = []
    for entry in _stored(settings):
        if entry.get("workspace") != str(workspace):
            continue
        try:
            at = datetime.fromisoformat(str(entry["at"]))
            arguments = entry.get("arguments")
            found.append(
                Visit(
                    page=str(entry["page"]),
                    tab=str(entry.get("tab", "")),
                    words=str(entry.get("words", "")),
                    arguments={str(key): value for key, value in arguments.items()}
                    if isinstance(arguments, dict)
                    else {},
                    at=at,
                )
            )
        except (KeyError, ValueError):
            continue
    return [visit for visit in found if visit.at.tzinfo is not None]


def _without_statement(entry: dict[str, Any]) -> dict[str, Any]:
    """As earlier versions kept it, but for the words of a prediction."""
    arguments = entry.get("arguments")
    return entry | {"words": ""} if isinstance(arguments, dict) and "prediction" in arguments else entry


def _stored(settings: SettingsStore) -> list[dict[str, Any]]:
    stored = settings.page_state(_STATE).get("visits")
    return [entry for entry in stored if isinstance(entry, dict)] if isinstance(stored, list) else []
