#!/usr/bin/env python3
"""Every command a developer needs; the standard library only, so that it starts on a bare machine.

    python3 packaging/dev.py run                 the window, or without a display the same job headless
    python3 packaging/dev.py test                every check and every test
    python3 packaging/dev.py check               formatting, rules, types and layers
    python3 packaging/dev.py shots [FOLDER]      pictures of every page
    python3 packaging/dev.py bench [NAME ...]    the benchmarks
    python3 packaging/dev.py migration "slug"    a new migration from the difference between models and schema
    python3 packaging/dev.py lock [--upgrade]    the locked dependencies, from pyproject.toml

Each sets up what is missing first (libraries, .venv, dependencies) and skips that the next time.
"""

from __future__ import annotations

import argparse
import sys

if sys.version_info < (3, 11):  # noqa: UP036 -- said before anything that an older Python cannot read
    sys.exit(
        "surveyapp needs Python 3.11 or newer; this is {}.{}. Start this file with a newer one, "
        "for example: python3.12 packaging/dev.py run".format(*sys.version_info[:2])
    )

import dev_command
from dev_step import CommandError


def parse(arguments: list[str]) -> argparse.Namespace:
    """The command and its words; exits with a usage line when they make no sense."""
    parser = argparse.ArgumentParser(prog="dev.py", description="Run, test and maintain surveyapp.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    commands.add_parser("run", help="open the window with the sample community; headless without a display")
    commands.add_parser("test", help="every check and every test")
    commands.add_parser("check", help="formatting, rules, types and layers")
    shots = commands.add_parser("shots", help="pictures of every page")
    shots.add_argument("folder", nargs="?", default=None, help="where to write them (default: build/shots)")
    bench = commands.add_parser("bench", help="the benchmarks")
    bench.add_argument("names", nargs="*", help="only these, without bench_ and .py")
    migration = commands.add_parser("migration", help="a new migration from the models")
    migration.add_argument("slug", help='a few words, for example "add weight scheme"')
    lock = commands.add_parser("lock", help="lock the dependencies, with hashes")
    lock.add_argument("--upgrade", action="store_true", help="take the newest allowed versions")
    return parser.parse_args(arguments)


def main(arguments: list[str]) -> int:
    """Run one command; the exit status is what counts: 0 only if every step succeeded."""
    words = parse(arguments)
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(line_buffering=True, errors="replace")  # type: ignore[union-attr]
    try:
        return dev_command.COMMANDS[words.command](words)
    except CommandError as failure:
        print(f"\n{failure}", file=sys.stderr)
        return failure.status
    except KeyboardInterrupt:
        print("\nInterrupted. The same command goes on from here.", file=sys.stderr)
        return 130


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
