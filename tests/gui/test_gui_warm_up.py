"""What is imported after the first paint is there, and the thread ends when it is told to."""

from __future__ import annotations

import subprocess
import sys

PROGRAM = """
import sys, threading
from surveyapp.gui import warm_up
assert "pandas" not in sys.modules
work = warm_up.WarmUp()
work.start()
if len(sys.argv) > 1:
    work.stop()
else:
    work._thread.join()
    assert set(warm_up._MODULES) <= set(sys.modules)
assert not [thread for thread in threading.enumerate() if thread.name == "warm-up"]
"""


def test_everything_is_imported() -> None:
    subprocess.run([sys.executable, "-c", PROGRAM], check=True, timeout=60)


def test_it_stops_between_modules() -> None:
    subprocess.run([sys.executable, "-c", PROGRAM, "stop"], check=True, timeout=60)


def test_stopping_what_never_began() -> None:
    from surveyapp.gui.warm_up import WarmUp

    WarmUp().stop()
