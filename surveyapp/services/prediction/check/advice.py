"""What each rule says: one sentence on what may go wrong, one repair, and for some kinds of statement a question."""

from __future__ import annotations

from datetime import date, datetime

from surveyapp.base.i18n import _
from surveyapp.domain.prediction import Prediction
from surveyapp.figures.axis import fmt_day
from surveyapp.services.prediction.check.dates import later
from surveyapp.services.prediction.check.finding import RuleId, StatementKind
from surveyapp.services.prediction.check.look import Look
from surveyapp.services.prediction.check.subject import look_up
from surveyapp.services.prediction.words import day_of


def message(rule: RuleId, words: str, look: Look, other: Prediction | None) -> str:
    """What may go wrong."""
    text = {
        RuleId.NO_DATE: _("No date says when you will know."),
        RuleId.PAST: _("This date has passed. It will be kept as logged after the fact and left out of calibration."),
        RuleId.VAGUE: _("“%(words)s” can be read in several ways."),
        RuleId.CHANCE: _("“%(words)s” is a probability inside the statement: it would come out neither yes nor no."),
        RuleId.NORM: _("“%(words)s” says what is right; nothing that happens can show it."),
        RuleId.TASTE: _("“%(words)s” is a matter of taste."),
        RuleId.DEFINITION: _("“%(words)s” makes it true whatever happens."),
        RuleId.WORDS: _("“%(words)s” makes it a question of what a word means."),
        RuleId.UNFALSIFIABLE: _("With “%(words)s” no day shows that it is wrong."),
        RuleId.COMPOUND: _("“%(words)s” joins claims that may come out differently. Two are never likelier than one."),
        RuleId.CONDITION: _("“%(words)s” is a condition. What counts if it does not hold?"),
        RuleId.UNIT: _("“%(words)s” of what?"),
        RuleId.SOURCE: _("Nothing says who decides, or by what."),
        RuleId.PRONOUN: _("“%(words)s” will mean something else to who reads it later."),
        RuleId.NEGATION: _("“%(words)s” negates twice; yes is easily taken for no."),
        RuleId.CERTAIN: _("One miss at 0 or 100 % costs everything."),
        RuleId.INFLUENCE: _("“%(words)s”: you can bring this about yourself."),
        RuleId.DUPLICATE: _("It is nearly the same as “%(other)s”."),
        RuleId.CLASH: _clash(look),
    }[rule]
    if rule is RuleId.SOURCE and look.counted() and look_up(look):
        return _("How will you count?")
    return text % {"words": words, "other": other.statement if other else ""} if "%(" in text else text


def repair(rule: RuleId, look: Look) -> str:
    """What helps, in one sentence."""
    where = look_up(look) if rule is RuleId.SOURCE else ""
    if where:
        return _("“%(where)s” would settle it.") % {"where": where[0].upper() + where[1:]}
    return {
        RuleId.NO_DATE: _("Add “by” and a date."),
        RuleId.CLASH: _("Change one of them."),
        RuleId.PAST: _("Set a later date, or mark it as looked up afterwards."),
        RuleId.VAGUE: _("Give a number and its unit, or begin with “I will judge that …”."),
        RuleId.CHANCE: _("Leave it out, and say how sure you are in per cent."),
        RuleId.NORM: _("Predict what people will do or say."),
        RuleId.TASTE: _("Predict a rating: “X will rate it 7 of 10 or more on …”."),
        RuleId.DEFINITION: _("Say what would count as no."),
        RuleId.WORDS: _("Predict what one would see, whatever it is called."),
        RuleId.UNFALSIFIABLE: _("Set an end date, and say what no would look like."),
        RuleId.COMPOUND: _("Make a prediction of each."),
        RuleId.CONDITION: _("Add that it is void if not."),
        RuleId.UNIT: _("Add the unit."),
        RuleId.SOURCE: _("Name a person, a page or a list, and what holds if it is gone."),
        RuleId.PRONOUN: _("Write the name, the place or the date."),
        RuleId.NEGATION: _("Say what happens instead of what does not."),
        RuleId.CERTAIN: _("99 %?"),
        RuleId.DUPLICATE: _("Add a forecast to that one instead."),
        RuleId.INFLUENCE: _("Mark it, and it can be scored apart."),
    }[rule]


def question(kind: StatementKind | None) -> str:
    """What turns a statement of that kind into a prediction; never that it is none."""
    if kind is None:
        return ""
    return {
        StatementKind.TASTE: _("This states a taste. Who will say so, and on which scale?"),
        StatementKind.NORM: _("This states a value. What would you expect people to do or say?"),
        StatementKind.DEFINITION: _("This is true by its words. What could happen that would surprise you?"),
        StatementKind.WORDS: _("This is about a word. What would you see differently if it were not one?"),
        StatementKind.VAGUE: _("This names a direction. What would you count, and from which number on is it yes?"),
        StatementKind.UNFALSIFIABLE: _("This fits everything. What would you see, and by when, if it were wrong?"),
    }[kind]


def _clash(look: Look) -> str:
    found, due = later(look), look.draft.due
    if found is None or due is None:
        return ""
    return _("The date in the text (%(text)s) is after the deadline (%(deadline)s).") % {
        "text": short_day(found.due, look),
        "deadline": short_day(due, look),
    }


def short_day(due: date | datetime, look: Look) -> str:
    """ "3 Dec", with the year where it is not this one."""
    day = day_of(due, look.now)
    return fmt_day(day, year=day.year != look.now.year)
