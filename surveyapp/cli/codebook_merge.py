"""surveyapp codebook --merge 'QUESTION=Answer<-text|text' and --write-ins [QUESTION]"""

from __future__ import annotations

import argparse

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count, fmt_people
from surveyapp.cli.console import put, put_json, reading, say, writing
from surveyapp.domain.change import Change
from surveyapp.domain.errors import UserError
from surveyapp.domain.question import WHOLE, Kind, Question
from surveyapp.importers.problem.merge import find_choice
from surveyapp.services.codebook.choice_edit import merge_groups
from surveyapp.services.session import Session
from surveyapp.services.tidy.write_in import WriteIns, code_texts, find_write_ins, write_in_questions

_ARROW = "<-"


def add_merge(what: argparse._MutuallyExclusiveGroup) -> None:
    """The arguments, among the others of `codebook`."""
    what.add_argument(
        "--merge",
        action="append",
        metavar="QUESTION=ANSWER<-TEXT|TEXT",
        help=_(
            "count these answers or write-ins as ANSWER, a new one if there is none of that name; the next file gets "
            "it with the mapping; may be repeated"
        ),
    )
    what.add_argument(
        "--write-ins",
        nargs="?",
        const="",
        metavar="QUESTION",
        help=_("list what was written in and waits to be coded, with counts; without QUESTION, the questions"),
    )


def merge_examples() -> list[str]:
    """Lines for the epilog."""
    return [
        _("example: surveyapp codebook --workspace riverside.survey --write-ins Religion"),
        _("example: surveyapp codebook --workspace riverside.survey --merge 'Country=United States<-USA|U.S.A.'"),
    ]


def run_merge(args: argparse.Namespace) -> int:
    """Merge answers and code write-ins as --merge says; all are understood before the first is done."""
    with writing(args.workspace) as session:
        wave = session.find_wave(args.wave)
        for text in args.merge:
            _parsed(session, wave.id, text)
        for text in args.merge:
            question, label, texts = _parsed(session, wave.id, text)  # anew: an earlier one may have changed it
            change = _merge(session, wave.id, question, label, texts)
            say(change.label if change else _("%(label)s: nothing differs.") % {"label": label})
    return 0


def _merge(session: Session, wave_id: int, question: Question, label: str, texts: list[str]) -> Change | None:
    choice = find_choice(question, label)
    if question.occurrence == WHOLE and choice is not None:
        return code_texts(session, wave_id, question, texts, choice.code)
    return merge_groups(session, wave_id, question, [[choice.label if choice else label, *texts]])


def _parsed(session: Session, wave_id: int, text: str) -> tuple[Question, str, list[str]]:
    """Question, answer and texts of one --merge. Raises UserError for anything else, and for an unknown question."""
    told, arrow, listed = text.partition(_ARROW)
    texts = [one.strip() for one in listed.split("|") if one.strip()]
    name, sign, label = told.partition("=")
    while sign and session.codebook(wave_id).find(name.strip()) is None and "=" in label:  # a header may hold the sign
        more, _sign, label = label.partition("=")
        name = f"{name}={more}"
    if not (arrow and sign and label.strip() and texts):
        raise UserError(
            _("%(text)s is not understood. Nothing was changed.") % {"text": text},
            _('Write "Country=United States<-USA|U.S.A.".'),
        )
    question = session.find_question(wave_id, name.strip())
    if question.kind not in (Kind.SINGLE, Kind.MULTI, Kind.SCALE):
        raise UserError(
            _("“%(question)s” has no list of answers. Nothing was changed.") % {"question": question.title},
            _("Read it as one choice or as several first."),
        )
    if question.occurrence == WHOLE and find_choice(question, label) is None:
        raise UserError(
            _("“%(question)s” has no answer %(label)s.") % {"question": question.title, "label": label},
            _("Its answers are: %(labels)s") % {"labels": "; ".join(one.label for one in question.choices)},
        )
    return question, label.strip(), texts


def run_write_ins(args: argparse.Namespace) -> int:
    """List what waits to be coded; only texts and counts, never who wrote them."""
    with reading(args.workspace) as session:
        wave = session.find_wave(args.wave)
        if not args.write_ins:
            found = write_in_questions(session, wave.id)
            if args.json:
                put_json(
                    [{"question": one.question.column, "texts": len(one.open), "people": one.n_open} for one in found]
                )
            else:
                put("\n".join(map(_question_line, found)) or _("Nothing was written in."))
            return 0
        one = find_write_ins(session, wave.id, session.find_question(wave.id, args.write_ins))
    if args.json:
        put_json(_plain(one))
    else:
        put("\n".join(_lines(one)) or _("Nothing was written in."))
    return 0


def _question_line(one: WriteIns) -> str:
    texts = ngettext("%(n)s text", "%(n)s texts", len(one.open)) % {"n": fmt_count(len(one.open))}
    people = fmt_people(one.n_open)
    return f"{one.question.title}\t{texts}\t{people}"


def _lines(found: WriteIns) -> list[str]:
    lines = []
    for one in found.open:
        told = one.suggestion
        hint = f"\t{told.label}? ({told.why})" if told else ""
        lines.append(f"{fmt_count(one.count)}\t{' '.join(one.text.split())}{hint}")
    lines += [f"{fmt_count(one.count)}\t{' '.join(one.text.split())}\t→ {one.label}" for one in found.coded]
    return lines


def _plain(found: WriteIns) -> dict[str, object]:
    opened = [
        {
            "text": one.text,
            "spellings": [list(spelling) for spelling in one.spellings],
            "count": one.count,
            "suggestion": one.suggestion.label if one.suggestion else None,
        }
        for one in found.open
    ]
    coded = [{"text": one.text, "count": one.count, "answer": one.label, "left": one.left} for one in found.coded]
    return {"question": found.question.column, "open": opened, "coded": coded}
