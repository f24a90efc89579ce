"""Steps that say which texts are no answer, and of whom a question was not asked."""

from __future__ import annotations

from collections.abc import Sequence

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count
from surveyapp.domain.question import Kind, Missing, MissingCode, Question
from surveyapp.domain.recipe import RecipeStep
from surveyapp.importers.cell.reading import stands_for
from surveyapp.importers.problem.bound_words import bounds_words
from surveyapp.services.recipe.effect import Effect
from surveyapp.services.recipe.words import SHOWN_FROM, about, ended, missing_words, names

_SHORT = 4
"""“N/A”, “-99”, “?” say nothing about anybody."""


def blank_steps(effects: Sequence[Effect]) -> list[RecipeStep]:
    """One step for the texts that mean the same in the same questions; then the conditional questions."""
    found: dict[tuple[MissingCode, bool], list[Effect]] = {}
    for effect in effects:
        for code in effect.question.missing_codes:
            if code.meaning is not Missing.UNREADABLE:  # cells of slipped rows: counted, but what one person wrote
                found.setdefault((code, _is_amid(code, effect.question)), []).append(effect)
    alike: dict[tuple[object, ...], list[MissingCode]] = {}
    for (code, amid), own in found.items():
        alike.setdefault((code.meaning, code.only_with_neighbours, amid, *map(id, own)), []).append(code)
    steps = [_rule(codes, found[codes[0], bool(key[2])]) for key, codes in alike.items()]
    return [
        *(step for step in steps if step.count),  # a code of the tool that nobody's cell holds is no step
        *_kept(effects),
        *(_conditional(effect) for effect in effects if effect.question.shown_if is not None),
    ]


def _is_amid(code: MissingCode, question: Question) -> bool:
    """Whether the code holds amid blanks of any kind, not only in a run of its own."""
    return code.only_with_neighbours and question.kind is Kind.NUMBER


def _kept(effects: Sequence[Effect]) -> list[RecipeStep]:
    """The texts that were said to be answers, though they look like blanks."""
    found: dict[str, list[Effect]] = {}
    for effect in effects:
        for text in effect.question.answers:
            found.setdefault(text, []).append(effect)
    steps = []
    for text, own in found.items():
        counts = [_typed(effect, text) for effect in own]
        words = ngettext(
            "Read as an answer: %(texts)s in %(n)s question, %(names)s.",
            "Read as an answer: %(texts)s in %(n)s questions, %(names)s.",
            len(own),
        )
        sentence = words % {
            "texts": _texts([(text, sum(counts))]),
            "n": fmt_count(len(own)),
            "names": names([effect.question.title for effect in own]),
        }
        step = RecipeStep(sentence=ended(sentence), reason=_("The codebook says so."), count=sum(counts))
        steps.append(about(own[0].question, step) if len(own) == 1 else step)
    return steps


def _typed(effect: Effect, text: str) -> int:
    return effect.count(lambda entry: entry.raw.strip() == text)


def _rule(codes: Sequence[MissingCode], effects: Sequence[Effect]) -> RecipeStep:
    counts = [sum(_coded(effect, code) for effect in effects) for code in codes]
    texts = _texts([(code.text, n) for code, n in zip(codes, counts, strict=True)])
    words = ngettext(
        "Read as “%(meaning)s”: %(texts)s in %(n)s question, %(names)s.",
        "Read as “%(meaning)s”: %(texts)s in %(n)s questions, %(names)s.",
        len(effects),
    )
    sentence = words % {
        "texts": texts,
        "meaning": missing_words(codes[0].meaning),
        "n": fmt_count(len(effects)),
        "names": names([effect.question.title for effect in effects]),
    }
    reason = ""
    if codes[0].only_with_neighbours:
        reason = _("Only where a person gave it in all questions beside too; a lone one is an answer.")
        if _is_amid(codes[0], effects[0].question):
            reason = _("Only where a person left at least half of the questions around blank; elsewhere an answer.")
    step = RecipeStep(sentence=ended(sentence), reason=reason, count=sum(counts))
    return about(effects[0].question, step) if len(effects) == 1 else step


def _texts(counted: Sequence[tuple[str, int]]) -> str:
    """The texts with their counts. A rarer one is quoted only if it is short: whole words could be one person's."""
    shown = [(text, n) for text, n in counted if n >= SHOWN_FROM or len(text) <= _SHORT]
    parts = [f"“{text}” ({fmt_count(n)})" for text, n in shown]
    if rest := len(counted) - len(shown):
        words = ngettext("%(n)s rarer text", "%(n)s rarer texts", rest)
        parts.append(words % {"n": fmt_count(rest)})
    return ", ".join(parts)


def _coded(effect: Effect, code: MissingCode) -> int:
    texts = {text for text, _n in effect.texts() if stands_for(effect.question, code, text)}
    return effect.count(lambda entry: entry.missing is code.meaning and entry.raw.strip() in texts)


def _conditional(effect: Effect) -> RecipeStep:
    shown = effect.question.shown_if
    assert shown is not None  # asked by the caller
    count = effect.missing(Missing.NOT_SHOWN)
    sentence = _("“%(question)s” was asked only of people who answered %(answers)s to “%(parent)s”.") % {
        "question": effect.question.title,
        "answers": " / ".join(
            (*(f"“{label}”" for label in shown.labels), *([bounds_words(shown.bounds)] if shown.bounds else []))
        ),
        "parent": " ".join(shown.column.split()),
    }
    words = ngettext("%(n)s blank counts as not shown.", "%(n)s blanks count as not shown.", count)
    return about(effect.question, RecipeStep(sentence=sentence, reason=words % {"n": fmt_count(count)}, count=count))
