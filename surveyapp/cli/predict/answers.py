"""surveyapp predict answers --key QUESTION --by QUESTION --workspace W [--wave WAVE] [--tag TAG ...] [--json]"""

from __future__ import annotations

import argparse

from surveyapp.base.i18n import _
from surveyapp.cli.console import add_json, add_wave, add_workspace, put, put_json, reading, say
from surveyapp.cli.predict.among import add_among, among
from surveyapp.cli.text_table import lines_of
from surveyapp.domain.codec import to_plain
from surveyapp.reports.result_table.build import further_tables, result_table
from surveyapp.services.analysis.run import run_analysis
from surveyapp.services.analysis.subject import column_key
from surveyapp.services.prediction.joined import MIN_PEOPLE, joined_score
from surveyapp.services.prediction.people_spec import answers_spec


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of `predict answers`."""
    add_workspace(parser)
    add_wave(parser)
    parser.add_argument(
        "--key", required=True, metavar="QUESTION", help=_("the question with the names or pseudonyms of the contest")
    )
    parser.add_argument("--by", required=True, metavar="QUESTION", help=_("scores by the answers to this question"))
    add_among(parser)
    add_json(parser)
    parser.description = _(
        "Census answers and a contest joined: scores of the people of the log by their answer to a question of the "
        "census. A person is the respondent who gave the same name; groups of under five people are not shown."
    )
    parser.epilog = _(
        'example: surveyapp predict answers --key "Contest name" --by Experience --tag contest --workspace mine.survey'
    )


def run(args: argparse.Namespace) -> int:
    """Print a line for each answer."""
    with reading(args.workspace) as session:
        wave = session.find_wave(args.wave)
        scope = among(session, args)
        found = joined_score(session, scope, wave_id=wave.id, key=args.key, by=args.by)
        key, by = (column_key(session.find_question(wave.id, name)) for name in (args.key, args.by))
        spec = answers_spec(scope, wave_id=wave.id, key=key, by=by)
        result = run_analysis(session, spec) if found.groups else None
    if args.json:
        put_json(
            {
                "question": found.question,
                "groups": [{"answer": label, **to_plain(one)} for label, one in found.groups],
                "hidden": list(found.hidden),
                "n_joined": found.n_joined,
                "n_unknown": found.n_unknown,
                "n_unclear": found.n_unclear,
                "counted": found.counted,
            }
        )
    elif result is None:
        say(found.sentence)
        say(_("No answer has %(n)s people with a scored forecast.") % {"n": MIN_PEOPLE})
    else:
        tables = (result_table(result), *further_tables(result))
        put("\n\n".join("\n".join([table.title, *lines_of(table), *table.notes]) for table in tables))
    return 0
