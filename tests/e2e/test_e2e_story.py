"""The whole path in a real window: a file is dropped, accepted, reported and exported, all by the mouse."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pypdf
import pytest
from real_window import RealWindow

from surveyapp.base.clock import system_clock
from surveyapp.base.paths import bundled
from surveyapp.services.workspace import require_session

SAMPLE = "sample/riverside-census-2026.csv"


@pytest.fixture
def window(window_environment: dict[str, str]) -> Iterator[RealWindow]:
    """The program on the display, in a profile of its own, without a workspace."""
    if shutil.which("xdotool") is None:
        pytest.skip("xdotool clicks here; packaging/dev.py test installs it")
    opened = RealWindow(window_environment)
    yield opened
    opened.kill()


def test_from_a_dropped_file_to_a_pdf(window: RealWindow, tmp_path: Path) -> None:
    people = len(bundled(SAMPLE).read_text(encoding="utf-8-sig").splitlines())
    window.wait("state")
    window.picture("start")

    assert window.ask("drop", path=str(bundled(SAMPLE)))
    window.wait("where", name="import.run")
    window.picture("preview")
    window.click("import.run")
    stored = window.wait("state", lambda state: state["waves"] and not state["busy"])
    assert stored["waves"] == ["2026"]
    assert 1000 < stored["people"] < people
    window.picture("imported")

    window.click("sidebar.reports")
    window.wait("where", name="template.everything")
    window.picture("reports")
    window.click("template.everything")
    window.wait("state", lambda state: state["reports"] == 1 and not state["busy"])
    window.picture("report")

    target = tmp_path / "riverside.pdf"
    window.click("reports.export")
    window.click("export.pdf")
    window.wait("save_button")
    assert window.ask("file_name", path=str(target))
    window.picture("export")
    window.click_at(window.wait("save_button"))
    window.wait("state", lambda state: target.exists() and not state["busy"])
    window.picture("exported")
    workspace = Path(window.ask("state")["workspace"])

    status, said = window.close()
    assert (status, "FAULT" in said) == (0, False), said
    _look_at(target)
    _look_into(workspace, stored["people"])


def _look_at(target: Path) -> None:
    """The PDF is the report of everything."""
    document = pypdf.PdfReader(target)
    text = "\n".join(page.extract_text() for page in document.pages)
    assert len(document.pages) > 10
    assert len(document.outline) > 3
    for words in ("2026", "riverside-census-2026.csv", "95"):
        assert words in text


def _look_into(workspace: Path, people: int) -> None:
    """What was done is in the file, which is closed and sound."""
    session = require_session(workspace, clock=system_clock, read_only=True)
    try:
        assert [wave.n_responses for wave in session.waves()] == [people]
        labels = [change.label for change in session.store.changes.list()]
        assert any("imported" in label for label in labels)
    finally:
        session.close()
    assert not workspace.with_name(workspace.name + ".lock").exists()
