"""import --into WAVE: one more file for a wave that is there."""

from __future__ import annotations

import argparse

from surveyapp.base.i18n import _
from surveyapp.cli.console import Progress, put_json, say, writing
from surveyapp.domain.errors import UserError
from surveyapp.services.intake.adding import AdditionPlan, AddMode, plan_addition, run_addition, with_renamed
from surveyapp.services.pseudonym import read_key_file, use_key


def run_into(args: argparse.Namespace) -> int:
    """Add the files to the wave the way the evidence says, or as --as does, and tell what that brought."""
    given = (("--wave", args.wave), ("--mapping", args.mapping), ("--link", args.link), ("--new-key", args.new_key))
    unfit = [word for word, value in given if value]
    if unfit:
        raise UserError(
            _("%(option)s does not go with --into: the wave has its decisions.") % {"option": unfit[0]},
            _("Leave it out."),
        )
    with writing(args.workspace) as session:
        wave = session.find_wave(args.into)
        if args.key_file is not None:  # of a wave whose addresses were replaced
            use_key(session, read_key_file(args.key_file))
        with Progress(_("Reading")) as progress:
            plan = plan_addition(
                session, wave.id, args.files, encoding=args.encoding, sheet=args.sheet, report=progress
            )
            if args.same:
                plan = with_renamed(session, plan, tuple(map(tuple, args.same)))
        mode = AddMode(args.mode) if args.mode else plan.mode
        for sentence in plan.evidence:
            say(f"  {sentence}")
        if mode is AddMode.WAVE:
            raise UserError(
                _("This looks like another wave, not more of %(wave)s. Nothing was changed.") % {"wave": wave.title},
                _("Import it with --wave, or say --as update or --as add."),
            )
        with Progress(_("Storing")) as progress:
            run_addition(session, plan, mode=mode, report=progress)
        total = session.wave(wave.id).n_responses
    say(f"{wave.title}: {plan.sentence(mode)}.")
    for own, there in plan.similar:
        words = {"own": " ".join(own.split()), "there": " ".join(there.split())}
        say(_("  “%(own)s” may be “%(there)s” in other words: undo, then say so with --same") % words)
    if args.json:
        put_json(_plain(plan, mode, total))
    return 0


def _plain(plan: AdditionPlan, mode: AddMode, total: int) -> dict[str, object]:
    compared = plan.comparison
    update = mode is AddMode.UPDATE
    return {
        "wave": plan.wave.name,
        "mode": mode.value,
        "proposed": plan.mode.value,
        "people": total,
        "new": compared.n_new if update else len(plan.new),
        "changed": compared.n_changed if update else 0,
        "as_before": compared.n_same if update else 0,
        "gone_but_kept": compared.n_gone if update else 0,
        "key": compared.key if update else "",
        "new_columns": [plan.new.columns[place].header for place in plan.columns.new],
        "similar_columns": [list(pair) for pair in plan.similar],
        "evidence": list(plan.evidence),
    }
