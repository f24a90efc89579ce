"""surveyapp predict compare [A B | --name NAME [--between A B] [--see TEXT=P,P ...]] --workspace W [--json]"""

from __future__ import annotations

import argparse
from dataclasses import replace

from surveyapp.base.i18n import _
from surveyapp.cli.console import add_json, add_workspace, put, put_json, reading, say, writing
from surveyapp.domain.codec import to_plain
from surveyapp.domain.comparison import Comparison, Observation
from surveyapp.domain.errors import UserError
from surveyapp.services.prediction.comparing import (
    COMPARISONS,
    as_text,
    bet_of,
    compare,
    of_people,
    remove_comparison,
    save_comparison,
)
from surveyapp.services.prediction.typed import read_share
from surveyapp.services.session import Session


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of `predict compare`."""
    parser.add_argument("people", nargs="*", metavar="PERSON", help=_("two people of the log"))
    add_workspace(parser)
    parser.add_argument("--name", metavar="NAME", help=_("a comparison kept under this name; made if there is none"))
    parser.add_argument("--between", nargs=2, metavar=("A", "B"), help=_("its two sides: people, hypotheses"))
    parser.add_argument(
        "--see",
        action="append",
        default=[],
        metavar="TEXT=P,P",
        help=_('what one could see, and how likely each side holds it: "The bus is late=80%%,30%%"; may be repeated'),
    )
    parser.add_argument(
        "--moves", action="append", default=[], metavar="TEXT", help=_("seeing this would move both; may be repeated")
    )
    parser.add_argument("--remove", action="store_true", help=_("remove the comparison of that name"))
    parser.add_argument("--list", action="store_true", help=_("the names of those that are kept"))
    add_json(parser)
    parser.description = _(
        "Two people or two hypotheses side by side: what each expects of the same observations, the largest distance "
        "first; cruxes are those on which they part and that would move one of them."
    )
    parser.epilog = _("example: surveyapp predict compare Anna Boris --workspace mine.survey")


def run(args: argparse.Namespace) -> int:
    """Print the comparison as text; keep what was said of a named one first."""
    if args.list:
        return _list(args)
    if args.remove:
        with writing(args.workspace) as session:
            remove_comparison(session, args.name or "")
        return 0
    if args.name and (args.between or args.see or args.moves):
        with writing(args.workspace) as session:
            save_comparison(session, _changed(session, args))
    with reading(args.workspace) as session:
        one = _asked(session, args)
        found = compare(session, one)
    if args.json:
        lines = [
            {**to_plain(line.observation), "gap": line.gap, "crux": line.crux, "bet": _bet(one, line.observation)}
            for line in found.lines
        ]
        put_json({"name": one.name, "first": one.first, "second": one.second, "lines": lines})
    elif not found.lines:
        say(found.sentence)
    else:
        put(as_text(found).rstrip("\n"))
    return 0


def _list(args: argparse.Namespace) -> int:
    with reading(args.workspace) as session:
        kept = COMPARISONS.all(session)
    if args.json:
        put_json(to_plain(kept))
    elif kept:
        put("\n".join(one.name for one in kept))
    else:
        say(_("No comparison is kept yet."))
    return 0


def _bet(one: Comparison, observation: Observation) -> object:
    bet = bet_of(one, observation)
    return to_plain(bet) if bet is not None else None


def _asked(session: Session, args: argparse.Namespace) -> Comparison:
    if args.name:
        return COMPARISONS.get(session, args.name)
    if len(args.people) != 2:
        raise UserError(_("Name two people of the log."), _("Or a comparison that is kept, by --name."))
    return of_people(session, *args.people)


def _changed(session: Session, args: argparse.Namespace) -> Comparison:
    kept = COMPARISONS.find(session, args.name)
    if kept is None and not args.between:
        raise UserError(_("There is no comparison %(name)s.") % {"name": args.name}, _("--between A B makes one."))
    one = kept or Comparison(name=args.name, first=args.between[0], second=args.between[1])
    if args.between:
        one = replace(one, first=args.between[0], second=args.between[1])
    seen = {observation.text: observation for observation in one.observations}
    for text in args.see:
        read = _read(text)
        before = seen.get(read.text, read)
        seen[read.text] = replace(before, first=read.first, second=read.second)
    for text in args.moves:
        if text not in seen:
            raise UserError(_("There is no observation “%(text)s”.") % {"text": text}, ", ".join(seen))
        seen[text] = replace(seen[text], moves_first=True, moves_second=True)
    return replace(one, observations=tuple(seen.values()))


def _read(text: str) -> Observation:
    words, sign, shares = text.rpartition("=")
    first, comma, second = shares.partition(",")
    if not sign or not comma:
        raise UserError(
            _("“%(text)s” is no observation with two probabilities.") % {"text": text},
            _("Write it as: The bus is late=80%%,30%%") % {},
        )
    return Observation(text=words.strip(), first=read_share(first.strip()), second=read_share(second.strip()))
