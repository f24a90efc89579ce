"""Every test: a profile of its own, no real keyring, no thread left behind; on request, no Qt at all."""

from __future__ import annotations

import importlib.abc
import os
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings
from standing_clock import fixed_clock

from surveyapp.base.clock import Clock
from surveyapp.base.paths import PROFILE_VARIABLE

if TYPE_CHECKING:
    from prepared import Make, Prepared, Preparing

    from surveyapp.services.session import Session

NO_QT = os.environ.get("SURVEYAPP_NO_QT") == "1"
"""Set by `dev.py test` outside tests/gui and tests/e2e: the second lock on "Qt is only in the window"."""

collect_ignore = ["gui", "e2e"] if NO_QT else []


# The same examples for everybody, so that a verdict is about the change at hand; SURVEYAPP_EXPLORE=1 seeks new ones.
settings.register_profile("repeatable", derandomize=True, deadline=None)
settings.register_profile("explore", deadline=None, max_examples=1000)
settings.load_profile("explore" if os.environ.get("SURVEYAPP_EXPLORE") == "1" else "repeatable")


class QtBlocker(importlib.abc.MetaPathFinder):
    """Makes PySide6 unimportable, as on a machine without it."""

    def find_spec(
        self, fullname: str, _path: Sequence[str] | None = None, _target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname.partition(".")[0] in ("PySide6", "shiboken6"):
            raise ModuleNotFoundError(f"{fullname} is blocked: only surveyapp.gui may import Qt", name=fullname)
        return None


if NO_QT:
    sys.meta_path.insert(0, QtBlocker())


def pytest_addoption(parser: pytest.Parser, pluginmanager: pytest.PytestPluginManager) -> None:
    """Without pytest-qt its settings in pyproject.toml would be unknown, which --strict-config refuses."""
    if not pluginmanager.hasplugin("pytest-qt"):
        for name in ("qt_api", "qt_log_level_fail", "qt_log_ignore"):
            parser.addini(name, "unused: pytest-qt is switched off")


def pytest_configure(config: pytest.Config) -> None:
    """Refuse a run that only looks as if Qt were blocked."""
    if NO_QT and config.pluginmanager.hasplugin("pytest-qt"):
        raise pytest.UsageError("SURVEYAPP_NO_QT=1 needs -p no:pytest-qt, which imports Qt.")


@pytest.fixture(autouse=True)
def profile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that stands for the person's own: settings, logs and workspaces of this test only."""
    folder = tmp_path / "profile"
    monkeypatch.setenv(PROFILE_VARIABLE, str(folder))
    return folder


@pytest.fixture(autouse=True)
def memory_keyring(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[tuple[str, str], str]]:
    """The secrets of this test, (service, name) -> secret; programs it starts find no keyring at all."""
    import keyring
    from memory_keyring import MemoryKeyring

    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")
    backend = MemoryKeyring()
    keyring.set_keyring(backend)
    yield backend.secrets
    keyring.set_keyring(MemoryKeyring())


@pytest.fixture(autouse=True)
def no_thread_left() -> Iterator[None]:
    """Fail, by name, on a Python thread that outlives its test by more than two seconds."""
    before = set(threading.enumerate())
    yield
    deadline = time.monotonic() + 2
    left = [thread for thread in threading.enumerate() if thread not in before]
    for thread in left:
        thread.join(max(0.0, deadline - time.monotonic()))
    names = [thread.name for thread in left if thread.is_alive()]
    if names:
        pytest.fail(f"thread left behind: {', '.join(names)}", pytrace=False)


@pytest.fixture(scope="session")
def clock() -> Clock:
    """A clock that always says 14 March 2026, 09:26:53 UTC."""
    return fixed_clock(datetime(2026, 3, 14, 9, 26, 53, tzinfo=UTC))


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory, clock: Clock) -> Preparing:
    """Makes workspaces for fixtures of the session to hand out copies of: no test has changed anything yet by then."""
    from prepared import prepare

    def made_by(make: Make) -> Prepared:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv(PROFILE_VARIABLE, str(tmp_path_factory.mktemp("profile")))
            return prepare(make, tmp_path_factory.mktemp("prepared"), clock)

    return made_by


@pytest.fixture(scope="session")
def no_wave(prepared: Preparing) -> Prepared:
    """A workspace without a wave."""
    from services_example import new_session

    return prepared(lambda folder, clock: new_session(folder / "Invented.survey", clock))


@pytest.fixture(scope="session")
def one_wave(prepared: Preparing) -> Prepared:
    """A workspace with the census of invented people, the wave 2026, id 1."""
    from services_example import fill, new_session

    def make(folder: Path, clock: Clock) -> Session:
        made = new_session(folder / "Invented.survey", clock)
        assert fill(made) == 1
        return made

    return prepared(make)


@pytest.fixture(scope="session")
def test_data() -> Path:
    """The folder of real exports for trying; the test is skipped where there is none."""
    folder = os.environ.get("SURVEYAPP_TEST_DATA")
    if not folder or not Path(folder).is_dir():
        pytest.skip("SURVEYAPP_TEST_DATA names no folder")
    return Path(folder)
