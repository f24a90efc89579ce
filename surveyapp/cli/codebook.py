"""surveyapp codebook --workspace W [--wave 2026] [--mapping-out M | --apply M]"""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

from surveyapp.base.i18n import _, ngettext
from surveyapp.cli.console import add_json, add_wave, add_workspace, put, put_json, reading, say, writing
from surveyapp.cli.import_ import read_mapping
from surveyapp.domain.codec import to_plain
from surveyapp.domain.question import Question
from surveyapp.importers.mapping_file import mapping_to_json
from surveyapp.reports.target import write_bytes
from surveyapp.services.codebook import kind_words, update_questions
from surveyapp.services.importing import mapping_of_wave


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of `codebook`."""
    add_workspace(parser)
    add_wave(parser)
    parser.add_argument("--mapping-out", type=Path, metavar="FILE", help=_("write the decisions as a mapping (JSON)"))
    parser.add_argument("--apply", type=Path, metavar="FILE", help=_("apply the decisions of a mapping to this wave"))
    add_json(parser)
    parser.epilog = _("example: surveyapp codebook --workspace riverside.survey --mapping-out decisions.json")


def run(args: argparse.Namespace) -> int:
    """Show the codebook, write it as a mapping, or read the wave anew by a mapping."""
    if args.apply:
        return _apply(args)
    with reading(args.workspace) as session:
        wave = session.find_wave(args.wave)
        mapping = mapping_of_wave(session, wave.id)
    if args.mapping_out:
        write_bytes(args.mapping_out, mapping_to_json(mapping).encode())
        say(_("%(name)s written.") % {"name": args.mapping_out.name})
    elif args.json:
        put_json([to_plain(question) for question in mapping.questions])
    else:
        put("\n".join(_line(question) for question in mapping.questions))
    return 0


def _apply(args: argparse.Namespace) -> int:
    mapping = read_mapping(args.apply)
    with writing(args.workspace) as session:
        wave = session.find_wave(args.wave)
        decided = {(question.column, question.occurrence): question for question in mapping.questions}
        entries = [
            replace(decided[key], id=question.id, position=question.position)
            for question in session.codebook(wave.id).questions
            if (key := (question.column, question.occurrence)) in decided
        ]
        change = update_questions(
            session, wave.id, entries, label=_("Mapping %(name)s applied") % {"name": args.apply.name}
        )
    n = len(change.command["questions"]) if change else 0
    say(ngettext("%(n)s question changed.", "%(n)s questions changed.", n) % {"n": n})
    return 0


def _line(question: Question) -> str:
    extras = [question.role.value] if question.role.value != "plain" else []
    extras += [_("section %(name)s") % {"name": question.section}] if question.section else []
    extras += [_("battery %(name)s") % {"name": question.grid}] if question.grid else []
    extras += [_("left out")] if question.left_out else []
    note = f"  ({', '.join(extras)})" if extras else ""
    return f"q{question.id}\t{question.column}\t{kind_words(question)}{note}"
