"""A person at the real window: looks, waits, clicks with xdotool."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

PICTURES_VARIABLE = "SURVEYAPP_E2E_PICTURES"
"""Names a folder for a picture of the screen after each step; without it none are kept."""

LIMIT_S = 60.0
DRIVER = Path(__file__).parent / "e2e" / "window_driver.py"


class RealWindow:
    """The program in a process of its own, seen from outside."""

    def __init__(self, environment: dict[str, str], *arguments: object) -> None:
        self._environment = environment
        self._steps = 0
        self.process = subprocess.Popen(
            [sys.executable, str(DRIVER), *map(str, arguments)],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def ask(self, do: str, **words: object) -> Any:
        """A question to the driver."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps({"do": do, **words}) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            self.process.kill()
            _out, errors = self.process.communicate()
            raise AssertionError(f"the program ended: {errors[-3000:]}")
        return json.loads(line)

    def wait(self, do: str, wanted: Any = None, **words: object) -> Any:
        """Ask until the answer is not empty and `wanted(answer)` holds, twice the same: nothing moves any more."""
        deadline, before = time.monotonic() + LIMIT_S, None
        while time.monotonic() < deadline:
            answer = self.ask(do, **words)
            if answer and answer == before and (wanted is None or wanted(answer)):
                return answer
            before = answer
            time.sleep(0.1)
        self.picture("gave-up")
        raise AssertionError(f"{do} {words} did not come; the last state: {self.ask('state')}")

    def click(self, name: str) -> None:
        """Wait for a thing of that object name, then click into its middle."""
        self.click_at(self.wait("where", name=name))

    def click_at(self, point: list[int]) -> None:
        """Move the mouse there and press it."""
        x, y = map(str, point)
        subprocess.run(
            ["xdotool", "mousemove", "--sync", x, y, "click", "1"], env=self._environment, check=True, timeout=30
        )

    def picture(self, name: str) -> None:
        """Keep a picture of the screen if a folder for them was named."""
        folder = os.environ.get(PICTURES_VARIABLE)
        if folder:
            Path(folder).mkdir(parents=True, exist_ok=True)
            self._steps += 1
            assert self.ask("picture", path=str(Path(folder) / f"{self._steps:02d}-{name}.png"))

    def close(self) -> tuple[int, str]:
        """Close the window; the exit status and what was said on stderr."""
        self.ask("quit")
        _out, errors = self.process.communicate(timeout=LIMIT_S)
        return self.process.returncode, errors

    def kill(self) -> None:
        """End it, however it is."""
        if self.process.poll() is None:
            self.process.kill()
            self.process.communicate()
