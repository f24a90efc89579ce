"""surveyapp predict check STATEMENT [--workspace W] [--due DATE] [--json]"""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

from surveyapp.base.clock import system_clock
from surveyapp.base.i18n import _
from surveyapp.cli.console import add_json, put, put_json, reading, say
from surveyapp.cli.predict.field import add_fields, fields_of
from surveyapp.domain.prediction import Prediction
from surveyapp.services.prediction.book import book_of
from surveyapp.services.prediction.capture import read_line
from surveyapp.services.prediction.check.checker import check
from surveyapp.services.prediction.check.finding import Finding
from surveyapp.services.prediction.check.part import StatementPart, parts_of


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of `predict check`."""
    parser.add_argument("statement", metavar="STATEMENT", help=_('such as "80%% it will probably rain soon"'))
    parser.add_argument("--workspace", "-w", type=Path, metavar="FILE", help=_("look for the same prediction there"))
    add_fields(parser)
    add_json(parser)
    parser.description = _(
        "Say what in the wording may make it hard to tell yes from no, what spoils most first, each with a repair; and "
        "which of the parts of a good prediction it has. Advice only, in English only; nothing is stored."
    )
    parser.epilog = _('example: surveyapp predict check "Things will probably get better soon"')


def run(args: argparse.Namespace) -> int:
    """Print the advice."""
    now = system_clock()
    captured = read_line(args.statement, now)
    draft = replace(captured.prediction(now), **fields_of(args, now))
    others: tuple[Prediction, ...] = ()
    if args.workspace:
        with reading(args.workspace) as session:
            book = book_of(session)
            others = tuple(one for one in book.predictions.values() if book.is_open(one.id))
    for note in captured.notes:
        say(note)
    found = check(draft, others=others, probability=captured.probability, now=now)
    parts = parts_of(draft, now, findings=found)
    if args.json:
        put_json({"statement": draft.statement, "findings": list(map(_plain, found)), "parts": list(map(_part, parts))})
        return 0
    lines = [line for one in found for line in advice_lines(one)]
    if lines:
        put("\n".join(lines))
    else:
        say(_("Nothing to find fault with."))
    missing = [f"  {part.question}" for part in parts if not part.there]
    if missing:
        put("\n".join([_("Not said yet:"), *missing]))
    return 0


def advice_lines(one: Finding) -> list[str]:
    """What may go wrong, and what helps."""
    return [one.message, f"  {one.question or one.repair}"]


def _plain(one: Finding) -> dict[str, object]:
    return {
        "rule": one.rule.value,
        "words": one.words,
        "start": one.start,
        "end": one.end,
        "message": one.message,
        "repair": one.repair,
        "kind": one.kind.value if one.kind else None,
        "question": one.question,
        "same_as": one.other,
    }


def _part(part: StatementPart) -> dict[str, object]:
    return {"part": part.id.value, "there": part.there, "question": part.question}
