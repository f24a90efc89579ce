"""What stands below a dumbbell chart: what its marks say, how many changes stand out, the test, the wording."""

from __future__ import annotations

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count, fmt_number, fmt_people, fmt_percent
from surveyapp.domain.question import Kind
from surveyapp.figures.caption import caption, n_line
from surveyapp.figures.change_words import wording_words
from surveyapp.stats.estimate import NotComputed, Weighting
from surveyapp.stats.wave_change.result import AnswerChanges, ChangeScreen, WaveChange
from surveyapp.stats.wave_change.spec import Wording


def caption_of(result: ChangeScreen | AnswerChanges | WaveChange, n_rows: int, n_all: int) -> str:
    """The caption, where `n_rows` of `n_all` changes are drawn."""
    level = fmt_percent(result.level)
    thick = _("Hollow: earlier, filled: later, each with its %(level)s interval.") % {"level": level}
    link = _("Thick: changed, dashed: could be chance.")
    if isinstance(result, ChangeScreen):
        link = ngettext(
            "Thick: changed, q at most %(q)s (Benjamini-Hochberg, %(n)s question); dashed: could be chance.",
            "Thick: changed, q at most %(q)s (Benjamini-Hochberg, %(n)s questions); dashed: could be chance.",
            result.n_compared,
        ) % {"q": fmt_number(1 - result.level, 2), "n": fmt_count(result.n_compared)}
    elif isinstance(result, AnswerChanges):
        link = _("Thick: changed after Holm's correction, dashed: could be chance.")
    cut = ""
    if n_rows < n_all:
        cut = _("The %(n)s that stand out most of %(all)s.") % {"n": fmt_count(n_rows), "all": fmt_count(n_all)}
    counted = "" if isinstance(result, ChangeScreen) else n_line(result.counted)
    people = ""
    if isinstance(result, ChangeScreen):
        people = _("%(people)s in both waves together.") % {"people": fmt_people(result.counted.n)}
    method = "" if isinstance(result, ChangeScreen) else _("Test: %(method)s.") % {"method": result.method}
    rest = (_mean_line(result), _wording_line(result))
    return caption(cut, thick, link, counted, people, method, *rest, weighting=weighting_of(result))


def _mean_line(result: ChangeScreen | AnswerChanges | WaveChange) -> str:
    """Means of probabilities look like shares."""
    if not isinstance(result, ChangeScreen):
        return ""
    means = any(isinstance(row, WaveChange) and row.kind is Kind.PROBABILITY for row in result.rows)
    return _("Probabilities are told by their mean.") if means else ""


def _wording_line(result: ChangeScreen | AnswerChanges | WaveChange) -> str:
    """How many questions were not asked alike; of the answers to one question, that it was not."""
    if isinstance(result, AnswerChanges):
        changes = [row.wording for row in result.rows if isinstance(row, WaveChange)]
        told = changes and changes[0] is not Wording.SAME
        return _("Wording: %(words)s.") % {"words": wording_words(changes[0])} if told else ""
    if not isinstance(result, ChangeScreen):
        return ""
    n = sum(isinstance(row, WaveChange) and row.wording is not Wording.SAME for row in result.rows)
    words = ngettext(
        "%(n)s question was reworded or had other choices.", "%(n)s questions were reworded or had other choices.", n
    )
    return words % {"n": fmt_count(n)} if n else ""


def weighting_of(result: ChangeScreen | AnswerChanges | WaveChange) -> Weighting | None:
    """What weights did to the later wave, where the numbers are weighted."""
    if isinstance(result, WaveChange):
        return result.later.weighting
    first = next((row for row in result.rows if not isinstance(row, NotComputed)), None)
    return first.later.weighting if first is not None else None


def description_of(result: ChangeScreen | AnswerChanges | WaveChange) -> str:
    """The figure in two sentences, for who cannot see it."""
    return _("A dumbbell for each number: the earlier and the later wave with their intervals. %(finding)s") % {
        "finding": result.sentence
    }
