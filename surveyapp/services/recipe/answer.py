"""Steps that say which texts count as one answer: spellings merged, write-ins coded, codes of a form tool."""

from __future__ import annotations

from collections.abc import Sequence

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count
from surveyapp.domain.column import Entry
from surveyapp.domain.question import Kind
from surveyapp.domain.recipe import RecipeStep
from surveyapp.importers.cell.reading import codes_by_text
from surveyapp.importers.cell.step import has_top
from surveyapp.importers.cell.wording import clean
from surveyapp.services.recipe.effect import Effect
from surveyapp.services.recipe.number import MEASURED
from surveyapp.services.recipe.words import MOST_NAMES, SHOWN_FROM, about, ended, names


def answer_steps(effects: Sequence[Effect]) -> list[RecipeStep]:
    """Question by question; questions whose answers came as codes in one step. Ticks have steps of their own."""
    effects = [effect for effect in effects if effect.question.kind is not Kind.TICK]
    coded = [effect for effect in effects if _came_as_codes(effect)]
    steps = [_codes(coded)] if coded else []
    for effect in effects:
        if effect not in coded:
            steps += _merged(effect)
        steps += _folded(effect) + _with_top(effect) + _replaced(effect) + _written_in(effect)
    return steps


def _came_as_codes(effect: Effect) -> bool:
    """Whether the cells hold aliases only, as exports with answer codes do."""
    aliased = [choice for choice in effect.question.choices if choice.aliases]
    if not aliased:
        return False
    typed = {text for text, _n in effect.texts()}
    return all(len(choice.aliases) == 1 and clean(choice.label) not in typed for choice in aliased)


def _codes(effects: Sequence[Effect]) -> RecipeStep:
    words = ngettext(
        "The answers to %(n)s question came as codes: %(names)s.",
        "The answers to %(n)s questions came as codes: %(names)s.",
        len(effects),
    )
    values = {"n": fmt_count(len(effects)), "names": names([effect.question.title for effect in effects])}
    return RecipeStep(sentence=ended(words % values), reason=_("Their words are those of the form's definition."))


def _merged(effect: Effect) -> list[RecipeStep]:
    """One step for the question: how many answers in how many other texts, the common ones by name."""
    counts = dict(effect.texts())
    found = [
        (text, choice.label, counts[clean(text)])
        for choice in effect.question.choices
        for text in choice.aliases
        if counts.get(clean(text))
    ]
    if not found:
        return []
    total = sum(n for _text, _label, n in found)
    common = sorted((item for item in found if item[2] >= SHOWN_FROM), key=lambda item: -item[2])
    parts = [
        _("“%(text)s” (%(n)s) as “%(label)s”") % {"text": text, "n": fmt_count(n), "label": label}
        for text, label, n in common[:MOST_NAMES]
    ]
    if rest := len(found) - len(parts):
        words = ngettext("%(n)s rarer text", "%(n)s rarer texts", rest)
        parts.append(words % {"n": fmt_count(rest)})
    sentence = ngettext(
        "“%(question)s”: %(n)s answer in another text counts as an answer of the list: %(texts)s.",
        "“%(question)s”: %(n)s answers in other texts count as answers of the list: %(texts)s.",
        total,
    )
    values = {"question": effect.question.title, "n": fmt_count(total), "texts": ", ".join(parts)}
    return [about(effect.question, RecipeStep(sentence=sentence % values, count=total))]


def _folded(effect: Effect) -> list[RecipeStep]:
    if not effect.question.fold_labels:
        return []
    count = effect.without(fold_labels=False)
    if not count:
        return []
    sentence = ngettext(
        "“%(question)s”: %(n)s answer differs from another only in case, spaces or punctuation and counts as that.",
        "“%(question)s”: %(n)s answers differ from another only in case, spaces or punctuation and count as that.",
        count,
    )
    values = {"question": effect.question.title, "n": fmt_count(count)}
    return [about(effect.question, RecipeStep(sentence=sentence % values, count=count))]


def _with_top(effect: Effect) -> list[RecipeStep]:
    """Steps of a scale typed with its top, which the reading takes for the step alone."""
    if effect.question.kind is not Kind.SCALE:
        return []
    known = codes_by_text(effect.question)
    replaced = {clean(one.text) for one in effect.question.replacements}

    def read(cell: str, entry: Entry) -> bool:
        own = cell not in known and cell not in replaced
        return own and entry.missing is None and has_top(cell)

    count = effect.count_texts(read)
    if not count:
        return []
    sentence = ngettext(
        "“%(question)s”: %(n)s answer names the top of the scale too, such as “3/5”, and counts as its step.",
        "“%(question)s”: %(n)s answers name the top of the scale too, such as “3/5”, and count as their steps.",
        count,
    )
    values = {"question": effect.question.title, "n": fmt_count(count)}
    return [about(effect.question, RecipeStep(sentence=sentence % values, count=count))]


def _replaced(effect: Effect) -> list[RecipeStep]:
    if effect.question.kind in MEASURED or not effect.question.replacements:
        return []
    count = effect.without(replacements=())
    if not count:
        return []
    sentence = ngettext(
        "“%(question)s”: %(n)s cell is read as another text, as the form tool or a person means it.",
        "“%(question)s”: %(n)s cells are read as another text, as the form tool or a person means it.",
        count,
    )
    step = RecipeStep(
        sentence=sentence % {"question": effect.question.title, "n": fmt_count(count)},
        reason=_("The list is in the saved decisions."),
        count=count,
    )
    return [about(effect.question, step)]


def _written_in(effect: Effect) -> list[RecipeStep]:
    count = effect.count(lambda entry: bool(entry.write_in))
    if not count:
        return []
    sentence = ngettext(
        "“%(question)s”: %(n)s answer was written in and stands under “%(other)s”.",
        "“%(question)s”: %(n)s answers were written in and stand under “%(other)s”.",
        count,
    )
    other = next((choice.label for choice in effect.question.choices if choice.other), _("Other"))
    values = {"question": effect.question.title, "n": fmt_count(count), "other": other}
    return [about(effect.question, RecipeStep(sentence=sentence % values, count=count))]
