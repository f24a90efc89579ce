"""What is asked, and of whom: the options that `analyse`, `report` and `export` share."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import replace

from surveyapp.base.i18n import _
from surveyapp.cli.association import add_association, add_association_options, refuse_association_options, with_turned
from surveyapp.cli.cross import add_cross_options, cross_of_arguments, refuse_cross_options
from surveyapp.cli.log_subject import add_log_subject, in_wave, is_of_no_wave, log_subject
from surveyapp.domain.analysis import INTERVALS, NO_WAVE, AnalysisKind, AnalysisSpec, Base
from surveyapp.domain.errors import UserError
from surveyapp.services.analysis.subject import column_key, grid_spec
from surveyapp.services.analysis_text import ensure_askable
from surveyapp.services.base_state import proposed_conditions
from surveyapp.services.condition_text import parse_condition
from surveyapp.services.report.offer import Offer, list_offers
from surveyapp.services.report.spec import full_report
from surveyapp.services.saved_analysis import ANALYSES
from surveyapp.services.session import Session
from surveyapp.services.weighting import SCHEMES
from surveyapp.stats.question.interval_choice import OF_SHARES


def add_subject(parser: argparse.ArgumentParser, *, required: bool) -> None:
    """What is asked: --question, --grid, --screen, --regression ...; with `required` also --all."""
    what = parser.add_mutually_exclusive_group(required=required)
    what.add_argument("--question", "-q", metavar="NAME", help=_("a question, by header, short name or q-number"))
    what.add_argument("--grid", metavar="NAME", help=_("a battery of items"))
    what.add_argument(
        "--cross", metavar="ROWS", help=_("a cross-tab: a question or battery in the rows, --by in the columns")
    )
    what.add_argument("--means", metavar="NUMBER", help=_("a number in the groups of --by, compared"))
    what.add_argument("--calibration", metavar="NAME", help=_("the estimate of a calibration pair"))
    what.add_argument("--timeline", action="store_true", help=_("responses over time"))
    what.add_argument("--drop-off", action="store_true", help=_("where people stopped answering"))
    what.add_argument(
        "--control", metavar="OUTCOME", help=_("one group against another, told apart by --by; more --by to adjust for")
    )
    what.add_argument("--regression", metavar="OUTCOME", help=_("what goes with an outcome, all of --by together"))
    what.add_argument("--scale", nargs="+", metavar="ITEM", help=_("whether items measure one thing; or one battery"))
    what.add_argument(
        "--saved", metavar="NAME", help=_("an analysis saved in the workspace, of the people it is about")
    )
    parser.add_argument(
        "--option",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help=_("a choice of the analysis, such as model=logit; may be repeated"),
    )
    parser.add_argument(
        "--interval",
        choices=INTERVALS,
        help=_("with --question: the method of the intervals of shares, wilson without it"),
    )
    add_association(what.add_argument)
    add_log_subject(what.add_argument)
    if required:
        what.add_argument("--all", action="store_true", help=_("everything a full report would hold"))
    add_cross_options(parser)
    add_association_options(parser)


def add_base(parser: argparse.ArgumentParser) -> None:
    """--filter, --usual-filters, --weight, --level."""
    parser.add_argument(
        "--filter",
        action="append",
        default=[],
        metavar="CONDITION",
        help=_('keep people, such as "Gender = Female", "Age >= 18", "Age answered", "not identical"; may be repeated'),
    )
    parser.add_argument("--usual-filters", action="store_true", help=_("consented, attentive, no identical rows"))
    parser.add_argument("--weight", default="", metavar="NAME", help=_("weights saved in the workspace"))
    parser.add_argument("--level", type=float, default=0.95, metavar="SHARE", help=_("interval level, 0.95"))


def base_of_arguments(session: Session, args: argparse.Namespace) -> Base:
    """The wave, filters, weights and level that were asked for; no wave for the prediction log.

    Raises UserError for what the wave does not have."""
    if not 0.5 <= args.level < 1:
        raise UserError(_("The interval level lies between 0.5 and 1, such as 0.95."))
    if is_of_no_wave(session, args):
        if args.wave or args.filter or args.usual_filters or args.weight:
            raise UserError(_("The prediction log has no waves, filters and weights."), _("Leave them out."))
        return Base(wave_id=NO_WAVE, level=args.level)
    wave = session.find_wave(args.wave)
    usual = proposed_conditions(session, wave.id) if args.usual_filters else []
    typed = [parse_condition(session, wave.id, text) for text in args.filter]
    return Base(
        wave_id=wave.id,
        conditions=tuple(dict.fromkeys([*usual, *typed])),
        level=args.level,
        weight=SCHEMES.get(session, args.weight).name if args.weight else "",
    )


def asks_for_base(args: argparse.Namespace) -> bool:
    """Whether filters, weights or a level were given."""
    return bool(args.filter or args.usual_filters or args.weight or args.level != 0.95)


def all_specs(session: Session, base: Base) -> list[AnalysisSpec]:
    """Everything a full report would hold; without a census what there is of the prediction log."""
    if base.wave_id == NO_WAVE:
        return [replace(offer.spec, base=replace(offer.spec.base, level=base.level)) for offer in _offers(session)]
    blocks = full_report(session, session.wave(base.wave_id), base=base).blocks
    return [block.spec for block in blocks if block.spec is not None]


def _offers(session: Session) -> list[Offer]:
    offers = list_offers(session, None)
    if not offers:
        raise UserError(
            _("There is nothing to report yet."), _("Import a census, or resolve a prediction that has a forecast.")
        )
    return offers


def subject_of_arguments(session: Session, base: Base, args: argparse.Namespace) -> AnalysisSpec | None:
    """The one thing that was asked for, None if nothing was. One that is saved keeps its own people."""
    if args.interval and not (args.question or args.calibration):
        raise UserError(_("--interval goes with --question."), _("Leave it out; every result names its method."))
    if args.saved:
        return _saved(session, args)
    refuse_association_options(args)
    of_log = log_subject(base, args)
    if of_log is not None:
        return of_log
    if args.timeline:
        return AnalysisSpec(kind=AnalysisKind.TIMELINE, base=base)
    if args.drop_off:
        return AnalysisSpec(kind=AnalysisKind.DROP_OFF, base=base)
    if args.grid:
        return _grid(session, base, args.grid)
    if args.cross:
        return cross_of_arguments(session, base, args)
    if args.control:
        return _asked(session, base, AnalysisKind.CONTROL, [args.control], args)
    if args.means:
        return _asked(session, base, AnalysisKind.GROUPS, [args.means], args)
    if args.regression:
        return _asked(session, base, AnalysisKind.REGRESSION, [args.regression], args)
    refuse_cross_options(args)
    if args.scale:
        spec = _asked(session, base, AnalysisKind.RELIABILITY, _items(session, base, args.scale), args)
        return with_turned(session, spec, args.turned)
    if args.screen is not None:
        return _asked(session, base, AnalysisKind.SCREEN, [args.screen] if args.screen else [], args)
    if args.matrix:
        return _asked(session, base, AnalysisKind.MATRIX, args.matrix, args)
    if args.pair:
        spec = _asked(session, base, AnalysisKind.PAIR, [*args.pair, *args.given], args)
        return replace(spec, columns=spec.columns[:1], by=spec.columns[1:])
    name = args.calibration or args.question
    if not name:
        return None
    question = session.find_question(base.wave_id, name)
    kind = AnalysisKind.CALIBRATION if args.calibration else AnalysisKind.QUESTION
    if args.interval and (args.calibration or question.kind not in OF_SHARES or base.weight):
        raise UserError(
            _("--interval is for the shares of one question, unweighted."),
            _("Leave it out; every result names its method."),
        )
    spec = AnalysisSpec(kind=kind, columns=(column_key(question),), base=base)
    return spec.with_option("interval", args.interval or "")


def _asked(
    session: Session, base: Base, kind: AnalysisKind, names: Sequence[str], args: argparse.Namespace
) -> AnalysisSpec:
    """The specification of questions by their names, those of --by, and what was chosen by --option."""
    columns, by = (
        tuple(column_key(session.find_question(base.wave_id, name)) for name in each) for each in (names, args.by)
    )
    options = []
    for text in args.option:
        name, sign, value = text.partition("=")
        if not sign:
            raise UserError(_("The option %(text)s has no value.") % {"text": text}, _("Write it as model=logit."))
        options.append((name.strip(), value.strip()))
    return AnalysisSpec(kind=kind, columns=columns, by=by, options=tuple(sorted(options)), base=base)


def _saved(session: Session, args: argparse.Namespace) -> AnalysisSpec:
    spec = ANALYSES.get(session, args.saved).spec
    if asks_for_base(args):
        raise UserError(
            _("A saved analysis has its own filters, weights and level."),
            _("Leave out --filter, --weight and --level."),
        )
    if args.wave:
        spec = in_wave(spec, session.find_wave(args.wave).id)
    ensure_askable(session, spec)
    return spec


def _items(session: Session, base: Base, names: Sequence[str]) -> list[str]:
    """The items of a scale: those named, or those of the one battery that is named."""
    items = session.codebook(base.wave_id).of_grid(names[0]) if len(names) == 1 else ()
    return [column_key(item) for item in items] or list(names)


def _grid(session: Session, base: Base, name: str) -> AnalysisSpec:
    codebook = session.codebook(base.wave_id)
    if not codebook.of_grid(name):
        grids = ", ".join(sorted({q.grid for q in codebook.questions if q.grid})) or _("none")
        raise UserError(
            _("There is no battery %(name)s.") % {"name": name}, _("There are: %(names)s.") % {"names": grids}
        )
    return grid_spec(codebook, name, base)
