"""surveyapp self-test: tries an installed copy from import to PDF, in a folder of its own."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from surveyapp.base.clock import system_clock
from surveyapp.base.i18n import _
from surveyapp.base.paths import PROFILE_VARIABLE
from surveyapp.cli.console import add_json, put, put_json, say
from surveyapp.domain.errors import UserError
from surveyapp.services import secrets
from surveyapp.services.self_check import (
    SelfCheckError,
    try_report,
    try_sample,
    try_upgrade,
    versions,
)

_WINDOW_LIMIT_S = 120
_OPENING_LIMIT_S = 60.0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of `self-test`."""
    add_json(parser)
    parser.add_argument("--window-only", type=Path, metavar="FILE", help=argparse.SUPPRESS)
    parser.description = _(
        "Print versions and where secrets are kept; make and upgrade a workspace, import the sample community, write "
        "its report as PDF and open the window offscreen. Nothing of yours is touched."
    )
    parser.epilog = _("example: surveyapp self-test")


def run(args: argparse.Namespace) -> int:
    """Every step, also after one failed; 0 if all went well, else 1."""
    if args.window_only:
        return _show_window(args.window_only)
    found = {**versions(), "secrets": secrets.where()}
    if not args.json:
        for name, value in found.items():
            put(f"{name:<20} {value}")
    with tempfile.TemporaryDirectory(prefix="surveyapp-self-test-") as name:
        steps = _run_steps(Path(name), quiet=args.json)
    passed = all(step["ok"] for step in steps)
    if args.json:
        put_json({"versions": found, "steps": steps, "passed": passed})
    else:
        put(_("The self-test passed.") if passed else _("The self-test failed."))
    return 0 if passed else 1


def _run_steps(folder: Path, *, quiet: bool) -> list[dict[str, object]]:
    workspace = folder / "sample.survey"
    steps: list[tuple[str, Callable[[], str]]] = [
        (_("workspace"), lambda: try_upgrade(folder, clock=system_clock)),
        (_("import"), lambda: try_sample(folder, clock=system_clock)[1]),
        (_("report"), lambda: try_report(workspace, clock=system_clock)),
        (_("window"), lambda: _window(folder, workspace)),
    ]
    told = []
    for title, step in steps:
        started = time.monotonic()
        good, sentence = _outcome(step)
        seconds = time.monotonic() - started
        told.append({"step": title, "ok": good, "sentence": sentence, "seconds": round(seconds, 3)})
        if not quiet:
            mark = _("ok") if good else _("FAILED")
            (put if good else say)(f"{mark:<7}{title}: {sentence} ({seconds:.1f} s)")
    return told


def _outcome(step: Callable[[], str]) -> tuple[bool, str]:
    """Whether the step went well, and its sentence. A fault is told with its place: that is what one looks for."""
    from surveyapp.base.fault import frames_without_values

    try:
        return True, step()
    except (SelfCheckError, UserError) as error:
        return False, str(error)
    except Exception as error:  # noqa: BLE001 (every step is tried, whatever became of the one before)
        return False, f"{type(error).__name__}\n{frames_without_values(error.__traceback__)}"


def _window(folder: Path, workspace: Path) -> str:
    """The window in a process of its own: where a system library is missing, Qt ends the whole process."""
    command = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "surveyapp"]
    done = subprocess.run(
        [*command, "self-test", "--window-only", str(workspace)],
        env={**os.environ, PROFILE_VARIABLE: str(folder / "profile"), "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        timeout=_WINDOW_LIMIT_S,
        check=False,
    )
    if done.returncode != 0:
        raise SelfCheckError(done.stderr.strip()[-2000:] or f"exit status {done.returncode}")
    return done.stdout.strip()


def _show_window(workspace: Path) -> int:
    """Open the window on a workspace, paint it, close it."""
    from surveyapp.gui.offscreen import show_once

    width, height = show_once(workspace, limit_s=_OPENING_LIMIT_S)
    put(_("window opened and painted, %(width)s × %(height)s") % {"width": width, "height": height})
    return 0
