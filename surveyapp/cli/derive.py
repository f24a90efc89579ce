"""surveyapp derive --workspace W [--save NAME --kind banded --of Age --edges 18,35 | --recipe FILE | --remove NAME]"""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from pathlib import Path

from surveyapp.base.i18n import _
from surveyapp.cli.console import add_json, add_wave, add_workspace, put, put_json, reading, say, writing
from surveyapp.cli.text_table import table_text
from surveyapp.domain.analysis import Base
from surveyapp.domain.codec import to_plain
from surveyapp.domain.derived import Derived, DerivedKind
from surveyapp.domain.errors import UserError
from surveyapp.services.analysis.subject import column_key
from surveyapp.services.condition_text import parse_condition
from surveyapp.services.derived.question import remove_derived, rename_derived, save_derived
from surveyapp.services.derived.text import edges_of_text, group_of_text, kind_words, recipe_from_text
from surveyapp.services.derived.view import DerivedEntry, list_derived, preview
from surveyapp.services.result_plain import result_to_plain
from surveyapp.services.session import Session


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of `derive`."""
    add_workspace(parser)
    add_wave(parser)
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--save", metavar="NAME", help=_("make a question of this name, or make it anew"))
    what.add_argument("--recipe", metavar="FILE", help=_("make the question of a JSON recipe; - reads standard input"))
    what.add_argument("--rename", nargs=2, metavar=("OLD", "NEW"), help=_("give a derived question another name"))
    what.add_argument("--remove", metavar="NAME", help=_("remove a derived question"))
    _add_recipe(parser)
    add_json(parser)
    parser.description = _(
        "List the questions that were made of others, or make, rename and remove one. A recipe is data and follows the "
        "answers: it is computed anew in every wave that has what it needs."
    )
    parser.epilog = "\n".join(
        [
            _('example: surveyapp derive -w riverside.survey --save "Age group" --kind banded --of Age --edges 18,35'),
            _('example: surveyapp derive -w riverside.survey --save Left --kind grouped --of Politics --group "L=a|b"'),
        ]
    )


def _add_recipe(parser: argparse.ArgumentParser) -> None:
    recipe = parser.add_argument_group(_("what a question is made of, with --save"))
    recipe.add_argument("--kind", choices=[kind.value for kind in DerivedKind], help=_("how it is made"))
    recipe.add_argument("--of", action="append", default=[], metavar="QUESTION", help=_("of what; may be repeated"))
    recipe.add_argument(
        "--reversed", action="append", default=[], metavar="QUESTION", help=_("an item that is turned round")
    )
    recipe.add_argument("--edges", default="", metavar="NUMBERS", help=_("where bands begin: 18,25,35"))
    recipe.add_argument(
        "--group", action="append", default=[], metavar="GROUP=ANSWERS", help=_('"Women=Female|F"; may be repeated')
    )
    recipe.add_argument("--least", type=int, default=0, metavar="N", help=_("answered items that a score needs; all"))
    recipe.add_argument("--sum", action="store_true", help=_("the sum of the items instead of their mean"))
    recipe.add_argument("--offset", type=float, default=0.0, metavar="X", help=_("added before a logarithm"))
    recipe.add_argument(
        "--any", action="append", default=[], metavar="CONDITION", help=_("one of these must hold; may be repeated")
    )
    recipe.add_argument("--note", default="", metavar="TEXT", help=_("kept with the question"))


def run(args: argparse.Namespace) -> int:
    """Make, rename or remove what is asked and show it; else list."""
    if not args.save and (args.kind or args.of or args.edges or args.group or args.any):
        raise UserError(_("What a question is made of belongs to --save NAME. Nothing was changed."))
    if args.save or args.recipe:
        return _make(args)
    if args.rename or args.remove:
        with writing(args.workspace) as session:
            rename_derived(session, *args.rename) if args.rename else remove_derived(session, args.remove)
    with reading(args.workspace) as session:
        found = list_derived(session, session.find_wave(args.wave).id)
    if args.json:
        put_json([_plain(entry) for entry in found])
    elif found:
        put("\n".join(line for entry in found for line in _lines(entry)))
    else:
        say(_("No question was derived yet."))
    return 0


def _make(args: argparse.Namespace) -> int:
    text = _recipe_text(args.recipe) if args.recipe else ""
    with writing(args.workspace) as session:
        wave_id = session.find_wave(args.wave).id
        recipe = recipe_from_text(text) if text else _recipe_of_arguments(session, wave_id, args)
        save_derived(session, wave_id, recipe)
        result = preview(session, Base(wave_id=wave_id), recipe).result
    if args.json:
        put_json(result_to_plain(result, level=0.95))
    else:
        put(table_text(result))
    return 0


def _recipe_text(name: str) -> str:
    try:
        return sys.stdin.read() if name == "-" else Path(name).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(_("%(name)s cannot be read.") % {"name": name}, _("Nothing was changed.")) from error


def _recipe_of_arguments(session: Session, wave_id: int, args: argparse.Namespace) -> Derived:
    if not args.kind:
        raise UserError(_("--save needs --kind. Nothing was changed."))

    def keys(names: list[str]) -> tuple[str, ...]:
        return tuple(column_key(session.find_question(wave_id, name)) for name in names)

    turned = keys(args.reversed)
    recipe = Derived(
        name=args.save.strip(),
        kind=DerivedKind(args.kind),
        columns=keys(args.of),
        groups=tuple(group_of_text(text) for text in args.group),
        reversed_columns=turned,
        least_answered=args.least,
        summed=args.sum,
        offset=args.offset,
        conditions=tuple(parse_condition(session, wave_id, text) for text in args.any),
        note=args.note,
    )
    strange = [key for key in turned if key not in recipe.columns]
    if strange:
        raise UserError(
            _("%(question)s is reversed but not an item.") % {"question": strange[0]}, _("Name it with --of too.")
        )
    return replace(recipe, edges=edges_of_text(args.edges)) if args.edges else recipe


def _lines(entry: DerivedEntry) -> list[str]:
    lines = [f"{entry.recipe.name}: {entry.words}"]
    return [*lines, f"  {entry.fault.title}"] if entry.fault is not None else lines


def _plain(entry: DerivedEntry) -> dict[str, object]:
    return {
        "name": entry.recipe.name,
        "kind": kind_words(entry.recipe.kind),
        "words": entry.words,
        "derived": to_plain(entry.recipe),
        **({"reason": entry.fault.title} if entry.fault else {}),
    }
