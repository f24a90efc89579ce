"""surveyapp codebook --workspace W [--mapping-out M | --table-out T | --apply M [--preview] | --recipe | --key ...]"""

from __future__ import annotations

import argparse
from pathlib import Path

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import THIN_SPACE, fmt_count, fmt_number
from surveyapp.base.typed_number import read_number
from surveyapp.cli.codebook_merge import add_merge, merge_examples, run_merge, run_write_ins
from surveyapp.cli.console import add_json, add_wave, add_workspace, put, put_json, reading, say, writing
from surveyapp.domain.codec import to_plain
from surveyapp.domain.errors import UserError
from surveyapp.domain.mapping import Mapping
from surveyapp.domain.question import WHOLE, AnswerKey, Question, Role
from surveyapp.services.analysis.subject import find_pair
from surveyapp.services.codebook.answer_key import set_answer_key
from surveyapp.services.codebook.change_label import kind_words
from surveyapp.services.codebook.date_edit import taken_as_date
from surveyapp.services.codebook.mapping import read_mapping, write_mapping
from surveyapp.services.codebook.question_diff import differences, part_of_date
from surveyapp.services.codebook.stored import change_columns
from surveyapp.services.codebook.table import SUFFIXES
from surveyapp.services.codebook.tick_edit import set_columns, taken_apart, taken_together
from surveyapp.services.codebook.use import count_use, plan_use, use_mapping
from surveyapp.services.recipe.build import recipe_text
from surveyapp.services.session import Session


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of `codebook`."""
    add_workspace(parser)
    add_wave(parser)
    what = parser.add_mutually_exclusive_group()
    what.add_argument(
        "--mapping-out",
        type=Path,
        metavar="FILE",
        help=_("write the decisions as a mapping (.json), or the codebook as a table to edit (.csv, .xlsx)"),
    )
    what.add_argument(
        "--table-out", type=Path, metavar="FILE", help=_("write the codebook as a table to edit (.csv, .xlsx)")
    )
    what.add_argument(
        "--recipe", action="store_true", help=_("print how the wave was cleaned, step by step, with counts and reasons")
    )
    what.add_argument(
        "--apply",
        type=Path,
        metavar="FILE",
        help=_("apply a mapping or a codebook (JSON, CSV, XLSX, ODS) to this wave"),
    )
    what.add_argument(
        "--key",
        action="append",
        metavar="QUESTION=VALUE",
        help=_("the right answer of an estimate, for calibration; QUESTION= removes it; may be repeated"),
    )
    what.add_argument(
        "--together",
        nargs="+",
        metavar=("NAME", "COLUMN"),
        help=_("take these columns as the options of one multiple choice of that name"),
    )
    what.add_argument(
        "--date",
        nargs="+",
        metavar=("NAME", "COLUMN"),
        help=_("take these columns as year, month and perhaps day of one date of that name"),
    )
    what.add_argument(
        "--apart", metavar="NAME", help=_("take the columns of a multiple choice or a date as separate questions")
    )
    add_merge(what)
    parser.add_argument(
        "--preview", action="store_true", help=_("with --apply: only tell what would change, column by column")
    )
    parser.add_argument(
        "--tolerance", type=float, default=0.1, metavar="SHARE", help=_("with --key: what still counts as right, 0.1")
    )
    parser.add_argument(
        "--unit-factor",
        type=float,
        default=0.0,
        metavar="FACTOR",
        help=_("with --key: 1e6 where some people answered in persons and the key is in millions"),
    )
    add_json(parser)
    parser.epilog = "\n".join(
        [
            _("example: surveyapp codebook --workspace riverside.survey --mapping-out decisions.json"),
            _("example: surveyapp codebook --workspace riverside.survey --recipe > methods.md"),
            _("example: surveyapp codebook --workspace riverside.survey --key 'Population=744' --unit-factor 1e6"),
            _("example: surveyapp codebook --workspace riverside.survey --date 'Date of birth' birth_year birth_month"),
            _("example: surveyapp codebook --workspace riverside.survey --together 'Media you follow' Q5_1 Q5_2 Q5_3"),
            *merge_examples(),
        ]
    )


def run(args: argparse.Namespace) -> int:
    """Show the codebook or the recipe, write it as a mapping, read the wave anew by a mapping, or change entries."""
    if args.apply:
        return _apply(args)
    if args.key:
        return _set_keys(args)
    if args.together or args.date or args.apart:
        return _change_set(args)
    if args.merge:
        return run_merge(args)
    if args.write_ins is not None:
        return run_write_ins(args)
    with reading(args.workspace) as session:
        wave = session.find_wave(args.wave)
        questions = session.codebook(wave.id).questions
        text = recipe_text(session, wave.id) if args.recipe else ""
        out = args.mapping_out or args.table_out
        if out:
            _ensure_table(out, asked=bool(args.table_out))
            write_mapping(session, wave.id, out)
    if args.recipe:
        put(text.rstrip())
    elif out:
        say(_("%(name)s written.") % {"name": out.name})
    elif args.json:
        put_json([to_plain(question) for question in questions])
    else:
        put("\n".join(_line(question) for question in questions))
    return 0


def _apply(args: argparse.Namespace) -> int:
    mapping = read_mapping(args.apply)
    if args.preview:
        return _tell_use(args, mapping)
    with writing(args.workspace) as session:
        wave = session.find_wave(args.wave)
        change = use_mapping(session, wave.id, mapping, name=args.apply.name)
    n = len(change.command["questions"]) if change else 0
    say(ngettext("%(n)s question changed.", "%(n)s questions changed.", n) % {"n": fmt_count(n)})
    return 0


def _ensure_table(path: Path, *, asked: bool) -> None:
    if asked and path.suffix.lower() not in SUFFIXES:
        raise UserError(_("A codebook is written as .csv or .xlsx."), _("Give the output one of these endings."))


def _tell_use(args: argparse.Namespace, mapping: Mapping) -> int:
    """What --apply would do: the columns known, and each that would change with the fields that differ."""
    with reading(args.workspace) as session:
        wave = session.find_wave(args.wave)
        use = count_use(session, wave.id, plan_use(session, wave.id, mapping, name=args.apply.name))
    words = ngettext(
        "%(known)s of %(total)s columns are known, %(changed)s would change, %(answers)s answer reads differently.",
        "%(known)s of %(total)s columns are known, %(changed)s would change, %(answers)s answers read differently.",
        use.answers,
    )
    counts = {"known": len(use.known), "total": use.n_columns, "changed": len(use.changed), "answers": use.answers}
    say(words % {key: fmt_count(n) for key, n in counts.items()})
    for one in use.changed:
        parts = ", ".join(part.label for part in differences(one.before, one.after))
        put(f"{' '.join(one.before.column.split())}\t{parts}\t{one.answers}")
    for question in use.unknown:
        put(f"{' '.join(question.column.split())}\t{_('not known')}\t0")
    return 0


def _change_set(args: argparse.Namespace) -> int:
    """Make a multiple choice or a date of columns, or take one apart."""
    with writing(args.workspace) as session:
        wave = session.find_wave(args.wave)
        if args.together or args.date:
            name, *columns = args.together or args.date
            join = taken_together if args.together else taken_as_date
            after = join([_column(session, wave.id, column) for column in columns], name)
        else:
            after = taken_apart(set_columns(session.codebook(wave.id), args.apart))
        change = change_columns(session, wave.id, after)
    n = len(change.command["questions"]) if change else 0
    say(ngettext("%(n)s question changed.", "%(n)s questions changed.", n) % {"n": fmt_count(n)})
    return 0


def _column(session: Session, wave_id: int, name: str) -> Question:
    question = session.find_question(wave_id, name)
    if question.occurrence != WHOLE:
        return question
    raise UserError(
        _("%(name)s stands in several columns already.") % {"name": name},
        _("Name its columns, or take it apart first with --apart."),
    )


def _set_keys(args: argparse.Namespace) -> int:
    with writing(args.workspace) as session:
        wave = session.find_wave(args.wave)
        wanted = [_key(session, wave.id, text, args) for text in args.key]
        for estimate, key in wanted:  # all of them are understood before the first is set
            set_answer_key(session, wave.id, estimate, key)
            say(_key_sentence(estimate, key))
    return 0


def _key(session: Session, wave_id: int, text: str, args: argparse.Namespace) -> tuple[Question, AnswerKey | None]:
    name, sign, value = text.rpartition("=")
    if not sign:
        raise UserError(_("The key %(text)s is not understood.") % {"text": text}, _('Write "Question=739".'))
    question = session.find_question(wave_id, name.strip())
    estimate, _confidence = find_pair(session.codebook(wave_id), question)
    if question.role is not Role.ESTIMATE:
        raise UserError(
            _("%(question)s is the confidence of a pair.") % {"question": question.title},
            _("Give the key to its estimate, %(estimate)s.") % {"estimate": estimate.title},
        )
    if not value.strip():
        return estimate, None
    number = _number(value)
    return estimate, AnswerKey(value=number, tolerance=args.tolerance, unit_factor=args.unit_factor)


def _number(text: str) -> float:
    number = read_number(text)
    if number is None:
        raise UserError(_("The key %(text)s is not a number.") % {"text": text}, _('Write "Question=739".'))
    return number


def _key_sentence(estimate: Question, key: AnswerKey | None) -> str:
    if key is None:
        return _("%(question)s has no key any more.") % {"question": estimate.title}
    return _("%(question)s: %(value)s is right, within %(tolerance)s.") % {
        "question": estimate.title,
        "value": fmt_number(key.value),
        "tolerance": f"{fmt_number(100 * key.tolerance)}{THIN_SPACE}%",
    }


def _line(question: Question) -> str:
    extras = [question.role.value] if question.role.value != "plain" else []
    extras += [_("section %(name)s") % {"name": question.section}] if question.section else []
    extras += [_("battery %(name)s") % {"name": question.grid}] if question.grid else []
    joined = part_of_date(question) or (_("option of %(name)s") % {"name": question.multi} if question.multi else "")
    extras += [joined] if joined else []
    extras += [_("left out")] if question.left_out else []
    note = f"  ({', '.join(extras)})" if extras else ""
    return f"q{question.id}\t{' '.join(question.column.split())}\t{kind_words(question)}{note}"
