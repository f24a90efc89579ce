"""surveyapp weights --workspace W [--name NAME (--margins FILE | --column QUESTION) [--trim LOW HIGH]] [--show NAME]
[--rename OLD NEW | --remove NAME | --export NAME] [--json]"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from surveyapp.base.i18n import _
from surveyapp.base.number import fmt_count, fmt_number
from surveyapp.cli.console import add_json, add_wave, add_workspace, put, put_json, reading, say, writing
from surveyapp.cli.text_table import lines_of
from surveyapp.domain.analysis import Base
from surveyapp.domain.codec import to_plain
from surveyapp.domain.errors import UserError
from surveyapp.domain.weight import Trim, WeightKind, WeightScheme
from surveyapp.importers.margin import read_margin_file, write_margins
from surveyapp.reports.sections.weight import weights_sentence
from surveyapp.reports.weight_table import weight_table
from surveyapp.services.base_state import proposed_conditions
from surveyapp.services.session import Session
from surveyapp.services.weighting import (
    SCHEMES,
    ListedScheme,
    list_schemes,
    make,
    remove_scheme,
    rename_scheme,
    save_scheme,
)
from surveyapp.stats.weight.result import WeightingResult


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of `weights`."""
    add_workspace(parser)
    add_wave(parser)
    parser.add_argument("--name", metavar="NAME", help=_("make weights and keep them under this name"))
    parser.add_argument(
        "--margins",
        type=Path,
        metavar="FILE",
        help=_("the known shares or counts, as CSV, TSV or a spreadsheet: question, answer, share"),
    )
    parser.add_argument("--column", metavar="QUESTION", help=_("a column of weights, taken as given"))
    parser.add_argument(
        "--trim",
        nargs=2,
        type=float,
        metavar=("LOW", "HIGH"),
        help=_("hold weights between these, in units of the mean weight: 0.3 3"),
    )
    parser.add_argument(
        "--trim-median", type=float, metavar="M", help=_("hold weights between median / M and median × M")
    )
    parser.add_argument("--usual-filters", action="store_true", help=_("weight the consented, attentive, unlike rows"))
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--show", metavar="NAME", help=_("show what the weights moved"))
    what.add_argument("--rename", nargs=2, metavar=("OLD", "NEW"), help=_("give weights another name"))
    what.add_argument("--remove", metavar="NAME", help=_("remove weights"))
    what.add_argument("--export", metavar="NAME", help=_("write the margins as --margins reads them"))
    add_json(parser)
    parser.description = _(
        "List the weights of the workspace with what they cost in a wave, or make, show, rename and remove some. "
        "Several margins are raked, one is post-stratified. Weights are used with analyse --weight NAME."
    )
    parser.epilog = _(
        'example: surveyapp weights --workspace riverside.survey --name "Age and gender" --margins targets.csv'
    )


def run(args: argparse.Namespace) -> int:
    """Change what is asked, then show it, or list all."""
    _check(args)
    if args.export:
        return _export(args)
    shown = args.show
    if args.name or args.rename or args.remove:
        with writing(args.workspace) as session:
            shown = _change(session, args)
    with reading(args.workspace) as session:
        base = _base(session, args)
        if shown:
            _put_one(make(session, base, SCHEMES.get(session, shown)).result, args)
        else:
            _put_all(list_schemes(session, base), args)
    return 0


def _check(args: argparse.Namespace) -> None:
    made_of = [word for word, value in (("--margins", args.margins), ("--column", args.column)) if value]
    if bool(made_of) != bool(args.name) or len(made_of) > 1:
        raise UserError(_("--name belongs together with --margins or --column. Nothing was changed."))
    if not args.name and (args.trim or args.trim_median):
        raise UserError(_("--trim belongs to weights that are made. Nothing was changed."))
    if args.name and (args.show or args.rename or args.remove or args.export):
        raise UserError(_("Making weights goes alone. Nothing was changed."))


def _base(session: Session, args: argparse.Namespace) -> Base:
    wave = session.find_wave(args.wave)
    conditions = tuple(proposed_conditions(session, wave.id)) if args.usual_filters else ()
    return Base(wave_id=wave.id, conditions=conditions)


def _change(session: Session, args: argparse.Namespace) -> str | None:
    if args.remove:
        remove_scheme(session, args.remove)
        return None
    if args.rename:
        rename_scheme(session, *args.rename)
        return None
    base = _base(session, args)
    save_scheme(session, base, _scheme(session, base, args))
    return str(args.name).strip()


def _scheme(session: Session, base: Base, args: argparse.Namespace) -> WeightScheme:
    trim = None
    if args.trim or args.trim_median:
        low, high = args.trim or (None, None)
        trim = Trim(low=low, high=high, times_median=args.trim_median)
    name = args.name.strip()
    if args.column:
        question = session.find_question(base.wave_id, args.column)
        return WeightScheme(
            name=name, kind=WeightKind.COLUMN, column=question.column, occurrence=question.occurrence, trim=trim
        )
    try:
        content = args.margins.read_bytes()
    except OSError as error:
        raise UserError(
            _("%(file)s cannot be read.") % {"file": args.margins.name}, _("Is the name right?"), error.strerror or ""
        ) from error
    margins = read_margin_file(content, session.codebook(base.wave_id), name=args.margins.name)
    kind = WeightKind.RAKE if len(margins) > 1 else WeightKind.POST_STRATIFY
    return WeightScheme(name=name, kind=kind, margins=margins, trim=trim)


def _export(args: argparse.Namespace) -> int:
    with reading(args.workspace) as session:
        scheme = SCHEMES.get(session, args.export)
        if not scheme.margins:
            raise UserError(
                _("%(name)s has no margins: it is a column of weights.") % {"name": scheme.name},
                _("Export the column with the answers."),
            )
        if args.json:
            put_json(to_plain(scheme))
        else:
            put(write_margins(scheme.margins, session.codebook(session.find_wave(args.wave).id)).rstrip("\n"))
    return 0


def _put_one(made: WeightingResult, args: argparse.Namespace) -> None:
    if args.json:
        put_json(to_plain(made))
    else:
        put("\n".join([weights_sentence(made), made.sentence, *lines_of(weight_table(made)), *made.notes]))


def _put_all(listed: tuple[ListedScheme, ...], args: argparse.Namespace) -> None:
    if args.json:
        put_json([_plain(one) for one in listed])
    elif listed:
        put("\n".join(map(_line, listed)))
    else:
        say(_("No weights are saved yet."))


def _line(one: ListedScheme) -> str:
    if one.made is None:
        return f"{one.scheme.name}: {one.fault.title if one.fault else ''}"
    return _("%(name)s: effective n %(k)s of %(n)s, design effect %(effect)s, weights %(least)s to %(most)s") % {
        "name": one.scheme.name,
        "k": fmt_count(round(one.made.weighting.n_effective)),
        "n": fmt_count(one.made.n),
        "effect": fmt_number(one.made.weighting.design_effect, 2),
        "least": fmt_number(one.made.smallest, 2),
        "most": fmt_number(one.made.largest, 2),
    }


def _plain(one: ListedScheme) -> dict[str, Any]:
    reason = {"reason": one.fault.title} if one.fault else {}
    made = to_plain(one.made) if one.made else None
    return {"name": one.scheme.name, "scheme": to_plain(one.scheme), "made": made, **reason}
