"""What goes with what, as options of `analyse`: --screen [QUESTION], --pair A B, --matrix Q1 Q2 ..."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from surveyapp.base.i18n import _


def add_association(add: Callable[..., argparse.Action]) -> None:
    """The three, with the `add_argument` of the group of what can be asked for."""
    add(
        "--screen",
        nargs="?",
        const="",
        metavar="QUESTION",
        help=_("all pairs of questions, or one question with everything, the strongest first"),
    )
    add("--pair", nargs=2, metavar=("A", "B"), help=_("how two questions go together, exactly"))
    add("--matrix", nargs="+", metavar="NAME", help=_("the correlations of these questions with each other"))
