"""Settings: typed, versioned, written in one step, never a reason not to start."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from surveyapp.services.settings import MAX_RECENT, Settings, SettingsStore


def test_round_trip(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "settings.json"
    store = SettingsStore(path)
    store.update(theme="dark", text_size=150, level=0.99, window_size=(1200, 800), single_letter_keys=False)
    store.save_page_state("explore", {"tab": "crosstab"})
    again = SettingsStore(path)
    assert again.value == store.value
    assert again.page_state("explore") == {"tab": "crosstab"}
    assert not list(path.parent.glob("*.partial"))


def test_saved_in_the_background_the_last_value_stays(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    store = SettingsStore(path, in_background=True)
    for size in range(90, 201):
        store.update(text_size=size)
    store.close()
    assert SettingsStore(path).value.text_size == 200
    store.update(text_size=120)
    assert SettingsStore(path).value.text_size == 120, "after closing it is written at once"


@pytest.mark.parametrize(
    ("name", "bad"),
    [
        ("theme", "pink"), ("theme", 3), ("text_size", 20), ("text_size", "150"), ("text_size", True),
        ("level", 7), ("level", None), ("reduce_motion", "false"), ("recent", "x"), ("recent", [1]),
        ("window_size", ["1", 2]), ("page_state", []), ("small_cell_limit", -1),
    ],
)  # fmt: skip
def test_bad_field_gives_its_default_and_spares_the_others(tmp_path: Path, name: str, bad: object) -> None:
    path = tmp_path / "settings.json"
    path.write_text(json.dumps({"version": 1, "settings": {name: bad, "language": "ru"}}), encoding="utf-8")
    value = SettingsStore(path).value
    assert getattr(value, name) == getattr(Settings(), name)
    assert value.language == "ru"


@pytest.mark.parametrize("text", ["", "{", "[]", '{"settings": 3}', "\x00\xff"])
def test_unreadable_file_is_kept_aside(tmp_path: Path, text: str) -> None:
    path = tmp_path / "settings.json"
    path.write_text(text, encoding="utf-8")
    store = SettingsStore(path)
    assert store.value == Settings()
    assert (tmp_path / "settings.json.bad").read_text(encoding="utf-8") == text
    store.update(theme="dark")
    assert SettingsStore(path).value.theme == "dark"


def test_fields_of_a_newer_version_survive(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text(json.dumps({"version": 9, "settings": {"hologram": [1]}}), encoding="utf-8")
    SettingsStore(path).update(theme="dark")
    stored = json.loads(path.read_text(encoding="utf-8"))["settings"]
    assert stored["hologram"] == [1]
    assert stored["theme"] == "dark"


def test_recent_is_short_and_without_repeats(tmp_path: Path) -> None:
    store = SettingsStore(tmp_path / "s.json")
    for number in [*range(MAX_RECENT + 3), 5]:
        store.add_recent(tmp_path / f"{number}.survey")
    assert len(store.value.recent) == MAX_RECENT
    assert store.value.recent[0] == str(tmp_path / "5.survey") == store.value.last_workspace
    assert len(set(store.value.recent)) == MAX_RECENT


def test_listeners_hear_of_changes(tmp_path: Path) -> None:
    store, heard = SettingsStore(tmp_path / "s.json"), list[Settings]()
    store.subscribe(heard.append)
    store.update(text_size=110)
    assert [value.text_size for value in heard] == [110]


def test_a_folder_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    store = SettingsStore(blocked / "settings.json")
    store.update(theme="dark")
    assert store.value.theme == "dark"
