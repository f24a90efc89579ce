"""Sentences count in the singular too: "1 person", never "1 people"."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).parents[2] / "surveyapp"
COUNTED = re.compile(r"%\((?P<number>\w+)\)s(?:</b>|\*\*)? people\b")
LIMIT = re.compile(r"(fewer|more) than %\(\w+\)s people", re.IGNORECASE)
NEVER_ONE = {
    "No answer has %(n)s people with a scored forecast.": "the limit of what is shown",
    "Adjusted: %(n)s people who answered all of it, %(them)s composed as %(us)s.": "two groups",
    "Half of %(n)s people took less than %(median)s minutes, the middle half %(low)s to %(high)s.": "quantiles of many",
    "“%(first)s” and “%(second)s”: not tested, one of them is the same for all %(n)s people.": "pairs of enough people",
    "Too few of them answered: each counts as %(n)s people on average.": "a mean of weights, above 1",
    "%(bands)s people": "bounds of bands",
    "%(n)s people": "an expected count with a decimal",
    "sample imported, %(people)s people in %(waves)s waves": "the bundled sample",
    "Not computed: all %(n)s people gave the same answer to “%(question)s”.": "enough people for a correlation",
    "No verdict: all %(n)s people were wrong on this question.": "at least 30",
    "No verdict: all %(n)s people were right on this question.": "at least 30",
    "With %(n)s people, a V of up to %(high)s would fit as well.": "enough people for a test",
    "The %(n)s people who answered both times rose by %(size)s (%(level)s interval %(low)s to %(high)s).": "pairs",
    "The %(n)s people who answered both times fell by %(size)s (%(level)s interval %(low)s to %(high)s).": "pairs",
    "The targets of %(first)s add up to %(n)s people, those of %(second)s to %(k)s.": "sums of targets",
}
"""Sentences whose number is never one, each with the reason. Others ask `ngettext`, or `fmt_people` for the words."""


@cache
def sentences() -> tuple[tuple[str, str], ...]:
    """Every text given to `_`, with its place."""
    return tuple(
        (f"{path.relative_to(PACKAGE).as_posix()}:{call.lineno}", text)
        for path in sorted(PACKAGE.rglob("*.py"))
        for call, text in _asked(ast.parse(path.read_text(encoding="utf-8")))
    )


def _asked(tree: ast.Module) -> Iterator[tuple[ast.Call, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "_" and node.args:
            first = node.args[0]
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield node, first.value


def test_people_are_counted_in_the_singular_too() -> None:
    blind = [
        f"{place}: {text}"
        for place, text in sentences()
        if COUNTED.search(LIMIT.sub("", text)) and text not in NEVER_ONE
    ]
    assert len(sentences()) > 1000
    assert not blind, "\n".join(["may say '1 people'; see fmt_people and ngettext:", *blind])


def test_the_list_of_exceptions_only_shrinks() -> None:
    gone = NEVER_ONE.keys() - {text for _place, text in sentences()}
    assert not gone, f"no longer said, take them off the list: {gone}"
