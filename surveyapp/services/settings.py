"""The person's settings: one typed, versioned JSON file, written in one step."""

from __future__ import annotations

import dataclasses
import json
import os
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from surveyapp.base.paths import config_dir
from surveyapp.domain.analysis import INTERVALS

VERSION = 1
MAX_RECENT = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Every setting with its default.

    `theme` is "system", "light" or "dark"; `text_size` percent (90-200); `language` "" (the system's) or a code;
    `row_height` "normal" or "compact"; `level` the interval level (0-1);
    `interval` the method of intervals of shares (domain.analysis.INTERVALS);
    `small_cell_limit` people; `recent` the paths of workspaces, newest first; `window_size` and `panes` are logical
    pixels, empty until the window was closed once; `page_state` holds what a page remembers (tab, widths), by page id.
    """

    theme: str = "system"
    text_size: int = 100
    language: str = ""
    row_height: str = "normal"
    reduce_motion: bool = False
    single_letter_keys: bool = True
    level: float = 0.95
    interval: str = "wilson"
    small_cell_limit: int = 10
    last_workspace: str = ""
    recent: tuple[str, ...] = ()
    window_size: tuple[int, ...] = ()
    panes: tuple[int, ...] = ()
    inspector_open: bool = True
    page_state: dict[str, dict[str, Any]] = dataclasses.field(default_factory=dict)


_CHOICES: dict[str, tuple[object, ...]] = {
    "theme": ("system", "light", "dark"),
    "row_height": ("normal", "compact"),
    "interval": INTERVALS,
}
_RANGES: dict[str, tuple[float, float]] = {"text_size": (90, 200), "level": (0.5, 0.999), "small_cell_limit": (1, 1000)}


class SettingsStore:
    """Holds the Settings in force, saves each change, tells listeners.

    An unreadable file or field gives the default (the file is kept as settings.json.bad); fields written by a newer
    version survive a save. With `in_background` a thread of its own writes, until `close`: taking the place of a file
    waits for the disk, a third of a second while a workspace is being written.
    """

    def __init__(self, path: Path | None = None, *, in_background: bool = False) -> None:
        self.path = path or config_dir() / "settings.json"
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="settings") if in_background else None
        self._saving: Future[None] | None = None
        self._unknown: dict[str, Any] = {}
        self._listeners: list[Callable[[Settings], None]] = []
        self.value = self._load()

    def update(self, **changes: Any) -> None:
        """Change fields, save, tell the listeners. A folder that cannot be written loses nothing but the memory."""
        self.value = dataclasses.replace(self.value, **changes)
        if self._writer is None:
            self._save()
        elif self._saving is None or self._saving.running() or self._saving.done():
            self._saving = self._writer.submit(self._save)  # else one waits, and will write this value too
        for listener in list(self._listeners):
            listener(self.value)

    def close(self) -> None:
        """Return when all is written; later changes are written at once."""
        if self._writer is not None:
            self._writer.shutdown()
            self._writer = None

    def add_recent(self, path: Path) -> None:
        """Note that a workspace was opened."""
        name = str(path)
        recent = (name, *(other for other in self.value.recent if other != name))[:MAX_RECENT]
        self.update(recent=recent, last_workspace=name)

    def page_state(self, page_id: str) -> dict[str, Any]:
        """What a page remembered, {} at first."""
        return dict(self.value.page_state.get(page_id, {}))

    def save_page_state(self, page_id: str, state: dict[str, Any]) -> None:
        """Remember JSON-able things of a page."""
        if self.page_state(page_id) != state:
            self.update(page_state={**self.value.page_state, page_id: state})

    def forget_workspace(self, path: Path) -> None:
        """Forget what pages remember of a workspace: what was looked at there, and asked, may name what is deleted."""
        kept = _without(self.value.page_state, str(path))
        if kept != self.value.page_state:
            self.update(page_state=kept)

    def subscribe(self, listener: Callable[[Settings], None]) -> None:
        """Hear of every change."""
        self._listeners.append(listener)

    def _load(self) -> Settings:
        try:
            document = json.loads(self.path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return Settings()
        except (OSError, ValueError):
            self._keep_bad_file()
            return Settings()
        stored = document.get("settings") if isinstance(document, dict) else None
        if not isinstance(stored, dict):
            self._keep_bad_file()
            return Settings()
        known = {field.name: field for field in dataclasses.fields(Settings)}
        self._unknown = {name: value for name, value in stored.items() if name not in known}
        defaults = Settings()
        values = {name: _checked(name, stored[name], getattr(defaults, name)) for name in known if name in stored}
        return Settings(**values)

    def _keep_bad_file(self) -> None:
        try:
            self.path.replace(self.path.with_name(self.path.name + ".bad"))
        except OSError:
            return

    def _save(self) -> None:
        document = {"version": VERSION, "settings": {**self._unknown, **dataclasses.asdict(self.value)}}
        text = json.dumps(document, ensure_ascii=False, indent=1)
        partial = self.path.with_name(self.path.name + ".partial")
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            partial.write_text(text, encoding="utf-8")
            os.replace(partial, self.path)  # noqa: PTH105 (the one atomic step, named as such)
        except OSError:
            return


def _without(value: Any, workspace: str) -> Any:
    """The same data without what stands under the name of a workspace, or says that it is of it."""
    if isinstance(value, dict):
        return {name: _without(item, workspace) for name, item in value.items() if name != workspace}
    if isinstance(value, list):
        kept = (item for item in value if not (isinstance(item, dict) and item.get("workspace") == workspace))
        return [_without(item, workspace) for item in kept]
    return value


def _checked(name: str, value: object, default: Any) -> Any:
    """The stored value if it has the type and range of its field, else the default."""
    if isinstance(default, tuple):
        kind = int if name in ("window_size", "panes") else str
        good = isinstance(value, list) and all(isinstance(item, kind) for item in value)
        return tuple(value) if good and isinstance(value, list) else default
    if isinstance(default, bool) or isinstance(value, bool):
        return value if isinstance(value, bool) and isinstance(default, bool) else default
    if isinstance(default, float) and isinstance(value, int):
        value = float(value)
    if type(value) is not type(default):
        return default
    if name in _CHOICES and value not in _CHOICES[name]:
        return default
    low, high = _RANGES.get(name, (float("-inf"), float("inf")))
    return default if isinstance(value, int | float) and not low <= value <= high else value
