"""surveyapp waves --workspace W [--from 2024 --to 2026] [--confirm NEW=OLD --how reworded] [--changes] [--json]"""

from __future__ import annotations

import argparse

from surveyapp.base.i18n import _
from surveyapp.base.number import fmt_count
from surveyapp.cli.change import add_change_options, refuse_change_options, run_changes
from surveyapp.cli.console import add_json, add_workspace, put, put_json, reading, say, writing
from surveyapp.domain.errors import UserError
from surveyapp.domain.wave import Wave
from surveyapp.services.analysis.subject import column_key
from surveyapp.services.people import Returning, people_in_both
from surveyapp.services.session import Session
from surveyapp.services.wave_match.decision import Step, confirm_all, decide
from surveyapp.services.wave_match.evidence import How
from surveyapp.services.wave_match.unit import Unit, unit_by_id, units_of
from surveyapp.services.wave_match.view import State, UnitPair, WaveMatch, match_waves
from surveyapp.services.wave_match.words import how_words, summary

Pair = tuple[Wave, Wave]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of `waves`."""
    add_workspace(parser)
    parser.add_argument("--from", dest="earlier", metavar="NAME", help=_("the earlier wave; the last but one without"))
    parser.add_argument("--to", dest="later", metavar="NAME", help=_("the later wave; the newest without"))
    parser.add_argument(
        "--confirm",
        action="append",
        default=[],
        metavar="NEW=OLD",
        help=_("NEW of the later wave is OLD of the earlier; NEW alone confirms what is proposed; may be repeated"),
    )
    parser.add_argument(
        "--confirm-all", action="store_true", help=_("whatever else is proposed is right; one change with one undo")
    )
    parser.add_argument(
        "--how",
        choices=[how.value for how in How if how is not How.NONE],
        help=_("what was changed in between; as proposed without"),
    )
    parser.add_argument(
        "--not-same",
        action="append",
        default=[],
        metavar="NEW",
        help=_("NEW of the later wave repeats no earlier question; may be repeated"),
    )
    add_change_options(parser)
    add_json(parser)
    parser.epilog = "\n".join(
        [
            _("example: surveyapp waves --workspace riverside.survey --from 2024 --to 2026"),
            _("example: surveyapp waves -w riverside.survey --confirm 'What do you do for work?=Profession'"),
            _("example: surveyapp waves -w riverside.survey --changes --question Diet --composition Age"),
        ]
    )


def run(args: argparse.Namespace) -> int:
    """Decide what is asked, then list the questions of two waves and who answered both; or tell what changed."""
    if args.changes:
        return run_changes(args)
    refuse_change_options(args)
    if args.how and not args.confirm:
        raise UserError(_("--how belongs to --confirm. Nothing was changed."))
    if args.confirm or args.not_same or args.confirm_all:
        with writing(args.workspace) as session:
            _decide(session, _chosen(session, args), args)
    with reading(args.workspace) as session:
        first, second = _chosen(session, args)
        found = match_waves(session, first.id, second.id)
        try:
            returning, why_not = people_in_both(session, first.id, second.id), ""
        except UserError as fault:
            returning, why_not = None, fault.title
    if args.json:
        put_json(_plain(found, returning))
    else:
        put("\n".join([*_lines(found), "", returning.sentence() if returning else why_not]))
    return 0


def _chosen(session: Session, args: argparse.Namespace) -> Pair:
    """The two waves in their order. Raises UserError for one wave only, or the same twice."""
    waves = session.waves()
    if len(waves) < 2:
        raise UserError(_("One wave so far."), _("Import an earlier year to compare."))
    later = session.find_wave(args.later)
    others = [wave for wave in waves if wave.id != later.id]
    earlier = session.find_wave(args.earlier) if args.earlier else others[-1]
    if earlier.id == later.id:
        raise UserError(_("These are the same wave."), _("Name two with --from and --to."))
    order = [wave.id for wave in waves]
    first, second = sorted((earlier, later), key=lambda wave: order.index(wave.id))
    return first, second


def _decide(session: Session, waves: Pair, args: argparse.Namespace) -> None:
    """All is understood before the first is done."""
    steps = [(_step(session, waves, text), text) for text in args.confirm]
    decided = [(step, How(args.how) if args.how else how) for (step, how), _text in steps]
    decided += [(Step(later=_find(session, waves[1], text).id), How.NONE) for text in args.not_same]
    for step, how in decided:
        change = decide(session, [step], how)
        say(change.label if change else _("Nothing differs."))
    if args.confirm_all:
        pairs = match_waves(session, waves[0].id, waves[1].id).pairs
        proposed = [pair for pair in pairs if pair.state is State.PROPOSED]
        all_steps = [(Step(earlier=pair.earlier.id, later=pair.later.id), pair.how) for pair in proposed]
        change = confirm_all(session, all_steps)
        say(change.label if change else _("Nothing is proposed."))


def _step(session: Session, waves: Pair, text: str) -> tuple[Step, How]:
    """NEW=OLD or NEW, and how the two compare."""
    names = [(text[:n], text[n + 1 :]) for n, letter in enumerate(text) if letter == "="]  # a header may hold the sign
    for new, old in names:
        if session.codebook(waves[1].id).find(new.strip()) and session.codebook(waves[0].id).find(old.strip()):
            earlier, later = _find(session, waves[0], old), _find(session, waves[1], new)
            return Step(earlier=earlier.id, later=later.id), _proposed(session, earlier, later)
    if names and session.codebook(waves[1].id).find(text.strip()) is None:
        new, old = names[0]
        _find(session, waves[1], new)
        _find(session, waves[0], old)
    later = _find(session, waves[1], text)
    for pair in match_waves(session, waves[0].id, waves[1].id).pairs:
        if pair.later.id == later.id:
            return Step(earlier=pair.earlier.id, later=later.id), pair.how
    raise UserError(
        _("Nothing is proposed for “%(question)s”. Nothing was changed.") % {"question": later.question.title},
        _("Say which it is: --confirm NEW=OLD."),
    )


def _proposed(session: Session, earlier: Unit, later: Unit) -> How:
    from surveyapp.services.wave_match.evidence import compare

    return compare(session, earlier, later).how


def _find(session: Session, wave: Wave, name: str) -> Unit:
    """A question that can be matched. Raises UserError for any other."""
    question = session.find_question(wave.id, name.strip())
    by_id = unit_by_id(units_of(wave.id, session.codebook(wave.id)))
    units = {(unit.question.column, unit.question.occurrence): unit for unit in by_id.values()}
    unit = units.get((question.column, question.occurrence)) or by_id.get(question.id)
    if unit is None:
        raise UserError(
            _("“%(question)s” of %(wave)s is no question that people were asked. Nothing was changed.")
            % {"question": question.title, "wave": wave.name}
        )
    return unit


def _lines(found: WaveMatch) -> list[str]:
    names = {"old": found.waves[0].name, "new": found.waves[1].name}
    lines = [f"{names['old']} → {names['new']}: {summary(found)}"]
    groups = (
        (_("To confirm"), State.PROPOSED),
        (_("Confirmed"), State.CONFIRMED),
        (_("The same by text and answers"), State.SURE),
    )
    for caption, state in groups:
        some = [pair for pair in found.pairs if pair.state is state]
        if some:
            lines += ["", f"{caption} ({fmt_count(len(some))})", *map(_line, some)]
    for caption, units in ((_("Only in %(new)s"), found.only_later), (_("Only in %(old)s"), found.only_earlier)):
        if units:
            lines += ["", f"{caption % names} ({fmt_count(len(units))})", *(f"  {_flat(unit)}" for unit in units)]
    return lines


def _line(pair: UnitPair) -> str:
    if pair.state is State.SURE:
        return f"  {_flat(pair.later)}"
    earlier, later = (" ".join(text.split()) for text in pair.texts)
    return f"  {how_words(pair.how)}\t{earlier}\t→ {later}"


def _flat(unit: Unit) -> str:
    return " ".join(unit.text.split())


def _plain(found: WaveMatch, returning: Returning | None) -> dict[str, object]:
    people = None
    if returning is not None:
        people = {
            "in_both": len(returning.pairs),
            "given": list(returning.given),
            "repeated": [len(rows) for rows in returning.repeated],
            "columns": list(returning.columns),
        }
    return {
        "from": found.waves[0].name,
        "to": found.waves[1].name,
        "matched": [
            {
                "earlier": column_key(pair.earlier.question),
                "later": column_key(pair.later.question),
                "how": pair.how.value,
                "state": pair.state.value,
                "options": [list(codes) for codes in pair.matched().options],
            }
            for pair in found.pairs
        ],
        "only_earlier": [column_key(unit.question) for unit in found.only_earlier],
        "only_later": [column_key(unit.question) for unit in found.only_later],
        "returning": people,
    }
