"""The options of a cross-tab on the command line."""

from __future__ import annotations

import argparse

from surveyapp.base.i18n import _
from surveyapp.domain.analysis import AnalysisKind, AnalysisSpec, Base
from surveyapp.domain.errors import UserError
from surveyapp.services.analysis.cross_option import nets_of, with_edges, with_nets
from surveyapp.services.analysis.subject import column_key, question_of_key
from surveyapp.services.session import Session
from surveyapp.stats.table.view import Percent, SortBy


def add_cross_options(parser: argparse.ArgumentParser) -> None:
    """--by, --side-by-side, --percent, --sort, --net, --edges, --no-letters."""
    parser.add_argument(
        "--by",
        action="append",
        default=[],
        metavar="NAME",
        help=_("the columns of a cross-tab, each question within the one before; the predictors of a regression"),
    )
    parser.add_argument("--side-by-side", action="store_true", help=_("several --by beside each other: a banner"))
    parser.add_argument("--percent", choices=[kind.value for kind in Percent], help=_("what the cells show"))
    parser.add_argument(
        "--sort", choices=[SortBy.LABEL.value, SortBy.SHARE.value], help=_("the order of rows; else that of the form")
    )
    parser.add_argument(
        "--net",
        action="append",
        default=[],
        metavar="NET",
        help=_('answers of the rows counted together: "Left=Socialist|Social democrat"; may be repeated'),
    )
    parser.add_argument(
        "--edges",
        action="append",
        default=[],
        metavar="EDGES",
        help=_('where the bands of a number begin: "Age=20,30,40"; else bands of about as many people each'),
    )
    parser.add_argument("--no-letters", action="store_true", help=_("without the letters of columns"))


def cross_of_arguments(session: Session, base: Base, args: argparse.Namespace) -> AnalysisSpec:
    """The cross-tab that was asked for. Raises UserError for questions and answers the wave does not have."""
    columns = _rows(session, base, args.cross)
    by = tuple(column_key(session.find_question(base.wave_id, name)) for name in args.by)
    options = {
        "layout": "banner" if args.side_by_side else "",
        "percent": args.percent or "",
        "sort": args.sort or "",
        "letters": "off" if args.no_letters else "",
    }
    spec = AnalysisSpec(kind=AnalysisKind.CROSS, columns=columns, by=by, base=base)
    for name, value in options.items():
        spec = spec.with_option(name, value)
    for text in args.net:
        spec = _with_net(session, spec, text)
    for text in args.edges:
        spec = _with_edges(session, spec, text)
    return spec


def refuse_cross_options(args: argparse.Namespace) -> None:
    """Raise UserError if options of a cross-tab were given without one."""
    given = args.by or args.side_by_side or args.percent or args.sort or args.net or args.edges or args.no_letters
    if given:
        raise UserError(
            _("--by, --percent, --sort, --net and --edges belong to a cross-tab."),
            _("Name its rows with --cross, or the outcome of --by with --regression."),
        )


def _rows(session: Session, base: Base, name: str) -> tuple[str, ...]:
    """A question, or the items of a battery of that name."""
    items = session.codebook(base.wave_id).of_grid(name)
    if items:
        return tuple(column_key(item) for item in items)
    return (column_key(session.find_question(base.wave_id, name)),)


def _with_net(session: Session, spec: AnalysisSpec, text: str) -> AnalysisSpec:
    name, equals, answers = text.partition("=")
    labels = tuple(label.strip() for label in answers.split("|") if label.strip())
    key = spec.columns[0]
    question = question_of_key(session, spec.base.wave_id, key)
    known = {choice.label for choice in question.choices}
    unknown = next((label for label in labels if label not in known), None)
    if unknown is not None:
        raise UserError(
            _("%(question)s has no answer %(answer)s.") % {"question": question.title, "answer": unknown},
            _("There are: %(names)s.") % {"names": ", ".join(choice.label for choice in question.choices)},
        )
    if not equals or not name.strip() or not labels:
        raise UserError(_("A net is written as “Name=Answer|Answer”."))
    return with_nets(spec, key, {**nets_of(spec, key), name.strip(): labels})


def _with_edges(session: Session, spec: AnalysisSpec, text: str) -> AnalysisSpec:
    name, equals, numbers = text.rpartition("=")
    try:
        edges = tuple(float(part) for part in numbers.split(","))
    except ValueError:
        edges = ()
    if not equals or not edges:
        raise UserError(_("Edges are written as “Age=20,30,40”."))
    return with_edges(spec, column_key(session.find_question(spec.base.wave_id, name)), edges)
