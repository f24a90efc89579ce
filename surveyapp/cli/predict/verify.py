"""surveyapp predict verify FILE [--given FILE | --digest CODE] [--json]"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from surveyapp.base.i18n import _
from surveyapp.cli.console import add_json, put, put_json
from surveyapp.domain.errors import UserError
from surveyapp.services.prediction.seal_text import Verified, digests_in, verify

_LARGEST = 20_000_000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of `predict verify`."""
    parser.add_argument("file", metavar="FILE", help=_("the text that opens a seal; - reads the input"))
    given = parser.add_mutually_exclusive_group()
    given.add_argument("--given", metavar="FILE", help=_("the text with the codes that you were given before"))
    given.add_argument("--digest", action="append", default=[], metavar="CODE", help=_("the code you were given"))
    add_json(parser)
    parser.description = _(
        "Check opened seals, those of other people too: whether message and nonce give the code, and whether that is "
        "the code you were given. The status is 1 if one does not fit. No workspace is needed."
    )
    parser.epilog = _("example: surveyapp predict verify opened.txt --given codes.txt")


def run(args: argparse.Namespace) -> int:
    """Tell of each whether it fits."""
    promised = digests_in("\n".join([*args.digest, _text(args.given) if args.given else ""]))
    if (args.given or args.digest) and not promised:
        raise UserError(_("There is no code of 64 digits in what was given."), _("Look whether it is the right text."))
    found = verify(_text(args.file), promised=promised)
    if not found:
        raise UserError(_("There is no opened seal in this text."), _("It holds a message, a nonce and a digest."))
    missing = [code for code in promised if code not in {one.digest for one in found}]
    if args.json:
        put_json({"seals": list(map(_plain, found)), "given_but_not_here": missing})
    else:
        put("\n\n".join("\n".join(_lines(one)) for one in found))
        if missing:
            put("\n" + _("Given, but not opened here:") + "".join(f"\n  {code}" for code in missing))
    return 0 if all(one.fits and one.promised is not False for one in found) else 1


def _lines(one: Verified) -> list[str]:
    statement = one.message.get("statement")
    told = [f"“{statement}”"] if isinstance(statement, str) else []
    if not one.fits:
        return [*told, _("DOES NOT FIT: message and nonce do not give the digest. Something was changed.")]
    fits = _("Fits: message and nonce give %(code)s.") % {"code": one.digest}
    if one.promised is None:
        return [*told, fits, _("Compare it with the code that you were given.")]
    if one.promised:
        return [*told, fits, _("It is one of the codes that were given.")]
    return [*told, fits, _("IT IS NONE OF THE CODES THAT WERE GIVEN.")]


def _plain(one: Verified) -> dict[str, object]:
    return {"digest": one.digest, "fits": one.fits, "given": one.promised, "message": one.message}


def _text(name: str) -> str:
    try:
        if name == "-":
            return sys.stdin.read(_LARGEST)
        with Path(name).open(encoding="utf-8") as file:
            return file.read(_LARGEST)
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(_("%(name)s cannot be read.") % {"name": name}, _("Check the name of the file.")) from error
