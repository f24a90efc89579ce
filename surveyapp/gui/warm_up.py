"""After the first paint: what the pages need is imported in a worker, so that opening one does not stop the window, and
the first cross-tab or screen does not wait for scipy (half a second)."""

from __future__ import annotations

import sys
import threading
from importlib import import_module

# In the order in which a person is likely to need them.
_MODULES = (
    "pandas",
    "surveyapp.services.workspace",
    "surveyapp.services.prediction.capture",
    "surveyapp.services.prediction.check.checker",
    "surveyapp.gui.capture.panel",
    "surveyapp.gui.pages.predictions.page",
    "surveyapp.gui.pages.data.import_page",
    "surveyapp.gui.pages.data.page",
    "surveyapp.gui.pages.explore.page",
    "scipy.special",
    "surveyapp.gui.pages.calibration.page",
    "surveyapp.gui.pages.reports.page",
    "surveyapp.gui.pages.settings.page",
    "surveyapp.gui.pages.waves.page",
    "surveyapp.gui.pages.correlations.page",
    "scipy.stats",
    "surveyapp.gui.pages.calibration.people_page",
    "surveyapp.gui.pages.predictions.import_page",
    "surveyapp.gui.pages.predictions.compare_page",
    "surveyapp.gui.pages.derived.page",
    "surveyapp.gui.pages.data.codebook_use_page",
    "surveyapp.gui.widgets.themed_figure",
    "surveyapp.services.backup",
)
_SWITCH_S = 0.0001


def share_the_interpreter() -> None:
    """Let the window take its turn after a tenth of a millisecond instead of five.

    Every call into Qt gives the interpreter away and has to get it back from a worker that computes; a paint is
    hundreds of such calls. Measured while 10,000 x 150 are imported: the longest stall falls by more than half.
    """
    sys.setswitchinterval(_SWITCH_S)


class WarmUp:
    """A thread that imports one module after the other until it is stopped."""

    def __init__(self) -> None:
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="warm-up")

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    @property
    def running(self) -> bool:
        """Whether there is anything left to import."""
        return self._thread.is_alive()

    def stop(self) -> None:
        """Return when the module at hand is imported; harmless if it never began."""
        self._stopped.set()
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        for name in _MODULES:
            if self._stopped.is_set():
                return
            import_module(name)
