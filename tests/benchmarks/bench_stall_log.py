"""How long the window stands still with a log of 200,000 forecasts by 3,000 people: run as a script.

The log of `bench_predictions` is imported in the window; then every page of predictions is visited, a prediction is
written, believed, settled, taken back and done again. Aim: 50 ms for each.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.bench_predictions import write_log
from benchmarks.stall_watch import Watch, main

if TYPE_CHECKING:
    from surveyapp.gui.pages.predictions.import_side import ImportSide

_LOG = "fatebook.csv"


def _side(watch: Watch) -> ImportSide:
    from surveyapp.gui.pages.predictions.import_page import PredictionImportPage

    page = watch.gui.shell.page
    assert isinstance(page, PredictionImportPage)
    assert page.side is not None
    return page.side


def visit(watch: Watch, folder: Path) -> None:
    """From the drop of the file to what is done again."""
    shell = watch.gui.shell
    watch.act("start", lambda: None, until=lambda: not watch.warm_up.running)
    watch.act("preview", lambda: shell.import_file(folder / _LOG), until=lambda: shell.current == "import_log")
    watch.act("who is me", lambda: _side(watch).me_chosen.emit("Person 5"))
    watch.act("store", watch.trigger("import_log.run"), until=lambda: shell.current == "predictions")
    for again in ("", ", again"):
        for tab, words in (("todo", "To do"), ("resolved", "Resolved"), ("all", "All")):
            watch.act(f"{words}{again}", lambda tab=tab: shell.open_page("predictions", tab))  # type: ignore[misc]
        watch.act(f"My predictions{again}", lambda: shell.open_page("calibration", "log"))
        watch.act(f"People{again}", lambda: shell.open_page("people"))
        watch.act(f"Compare two{again}", lambda: shell.open_page("compare"))
        watch.act(f"two people{again}", watch.trigger("compare.people"))
        watch.act(f"Home{again}", lambda: shell.open_page("home"))
    watch.act("Ctrl+N", watch.trigger("predict.new"))
    watch.act("typing", watch.press("The parcel arrives 70% by friday"))
    watch.act("saved", watch.press("\r"))
    watch.act("back to All", lambda: shell.open_page("predictions", "all"))
    for words, keys in (("another credence", "e"), ("typed", "35"), ("recorded", "\r"), ("came out", "y")):
        if keys in "ey":
            watch.act(words, watch.trigger("predictions.credence" if keys == "e" else "predictions.yes"))
        else:
            watch.act(words, watch.press(keys))
    watch.act("undo", watch.trigger("edit.undo"))
    watch.act("redo", watch.trigger("edit.redo"))
    watch.act("palette", watch.trigger("go.palette"))
    watch.act("a prediction in the palette", watch.press("thing 77"))


if __name__ == "__main__":
    sys.exit(main(__file__, "a log of 200,000 forecasts", visit, lambda folder: write_log(folder / _LOG)))
