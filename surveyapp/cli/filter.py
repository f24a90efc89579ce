"""surveyapp filter --workspace W [--save NAME --filter CONDITION ... | --rename OLD NEW | --remove NAME] [--json]"""

from __future__ import annotations

import argparse

from surveyapp.base.i18n import _
from surveyapp.base.number import fmt_count, fmt_people_of
from surveyapp.cli.console import add_json, add_wave, add_workspace, put, put_json, reading, say, writing
from surveyapp.domain.analysis import Base, SavedFilter
from surveyapp.domain.codec import to_plain
from surveyapp.domain.errors import UserError
from surveyapp.services.base_count import count_base
from surveyapp.services.condition_text import parse_condition
from surveyapp.services.filter.listed import ListedFilter, list_filters
from surveyapp.services.filter.saved_filter import remove_filter, rename_filter, save_filter
from surveyapp.services.session import Session


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of `filter`."""
    add_workspace(parser)
    add_wave(parser)
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--save", metavar="NAME", help=_("keep the filters given with --filter under this name"))
    what.add_argument("--rename", nargs=2, metavar=("OLD", "NEW"), help=_("give a saved filter another name"))
    what.add_argument("--remove", metavar="NAME", help=_("remove a saved filter"))
    parser.add_argument(
        "--filter",
        action="append",
        default=[],
        metavar="CONDITION",
        help=_('such as "Age >= 18", "Gender = Female or Age >= 60", "not (Age refused)"; may be repeated'),
    )
    add_json(parser)
    parser.description = _(
        "List the saved filters, each with the people it leaves, or save, rename and remove one. A saved filter is "
        'used with --filter "saved NAME". A filter asks for an answer (=, !=, >=, <=), for answered or missing, for a '
        "state of missing (blank, not_shown, refused, unreadable, out_of_range) or for a flag (not identical); several "
        "stand apart by the word or, and not (...) is everybody else."
    )
    parser.epilog = _(
        'example: surveyapp filter --workspace riverside.survey --save Regulars --filter "Meetups = Regularly" '
        '--filter "Age >= 18"'
    )


def run(args: argparse.Namespace) -> int:
    """Change what is asked, then list."""
    if bool(args.filter) != bool(args.save):
        raise UserError(_("--save and --filter belong together. Nothing was changed."))
    if args.save or args.rename or args.remove:
        with writing(args.workspace) as session:
            _change(session, args)
    with reading(args.workspace) as session:
        found = list_filters(session, session.find_wave(args.wave).id)
    if args.json:
        put_json([_plain(listed) for listed in found])
    elif found:
        put("\n\n".join("\n".join(_lines(listed)) for listed in found))
    else:
        say(_("No filter is saved yet."))
    return 0


def _change(session: Session, args: argparse.Namespace) -> None:
    if args.save:
        wave_id = session.find_wave(args.wave).id
        conditions = tuple(parse_condition(session, wave_id, text) for text in args.filter)
        count_base(session, Base(wave_id=wave_id, conditions=conditions))  # what cannot be applied is not kept
        save_filter(session, SavedFilter(name=args.save.strip(), conditions=tuple(dict.fromkeys(conditions))))
    elif args.rename:
        rename_filter(session, *args.rename)
    else:
        remove_filter(session, args.remove)


def _lines(listed: ListedFilter) -> list[str]:
    if listed.fault is not None:
        return [listed.saved.name, f"  {listed.words}", f"  {listed.fault.title}"]
    return [
        f"{listed.saved.name}: {fmt_people_of(listed.n, listed.total)}",
        *(f"  {step.words} (−{fmt_count(step.removed)})" for step in listed.steps),
    ]


def _plain(listed: ListedFilter) -> dict[str, object]:
    return {
        "name": listed.saved.name,
        "words": listed.words,
        "n": None if listed.fault else listed.n,
        "total": listed.total,
        "filters": [{"filter": step.words, "removed": step.removed} for step in listed.steps],
        "conditions": to_plain(listed.saved.conditions),
        **({"reason": listed.fault.title} if listed.fault else {}),
    }
