"""What answers mean the same: merging choices, taking one off again, coding write-ins, as functions of an entry.

All of it is kept in Choice.aliases, so the next file gets it with the codebook. Codes of the choices that stay never
change, and no cell is touched: the column is read anew by the new entry.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from surveyapp.base.i18n import _
from surveyapp.domain.errors import UserError
from surveyapp.domain.question import Choice, Question
from surveyapp.importers.cell.reading import codes_by_text
from surveyapp.importers.cell.wording import clean, fold


def merged(question: Question, codes: Collection[int], into: int) -> Question:
    """The entry in which the choices of these codes are the choice `into`; their texts become its aliases.

    Raises KeyError for a code that is no choice.
    """
    gone = [_choice(question, code) for code in dict.fromkeys(codes) if code != into]
    target = _choice(question, into)
    aliases = (*target.aliases, *(text for choice in gone for text in choice.texts))
    choices = [choice for choice in question.choices if choice not in gone]
    return _put(replace(question, choices=tuple(choices)), replace(target, aliases=aliases))


def split_off(question: Question, texts: Sequence[str]) -> Question:
    """The entry in which these aliases are a choice of their own, called by the first of them.

    It stands behind the one it was taken from. Raises KeyError for a text that is no alias.
    """
    holder = next((choice for choice in question.choices if texts[0] in choice.aliases), None)
    known = {alias for choice in question.choices for alias in choice.aliases}
    if holder is None or not known.issuperset(texts):
        raise KeyError(next(text for text in texts if text not in known))
    freed = Choice(code=_next_code(question), label=texts[0], aliases=tuple(texts[1:]))
    question = without_texts(question, texts)
    place = next(n for n, choice in enumerate(question.choices) if choice.code == holder.code)
    return replace(question, choices=(*question.choices[: place + 1], freed, *question.choices[place + 1 :]))


def without_texts(question: Question, texts: Iterable[str]) -> Question:
    """The entry in which these texts are aliases of no choice; a cell that holds one is read as if nobody knew it."""
    gone = set(texts)
    choices = (
        replace(choice, aliases=tuple(a for a in choice.aliases if a not in gone)) for choice in question.choices
    )
    return replace(question, choices=tuple(choices))


def renamed(question: Question, code: int, label: str) -> Question:
    """The entry with another label for that choice; cells with the old one mean it still.

    Raises UserError for an empty label and for one that another choice has.
    """
    label = clean(label)
    own = _choice(question, code)
    _ensure_free(question, label, code)
    if label == own.label:
        return question
    aliases = tuple(alias for alias in dict.fromkeys((own.label, *own.aliases)) if alias != label)
    return _put(question, replace(own, label=label, aliases=aliases))


def added(question: Question, label: str, texts: Iterable[str] = ()) -> Question:
    """The entry with one choice more, before the one that gathers write-ins; `texts` mean it too.

    Raises UserError for an empty label and for one that a choice has.
    """
    label = clean(label)
    _ensure_free(without_texts(question, [label, *texts]), label, 0)
    new = Choice(code=_next_code(question), label=label)
    question = without_texts(question, [label])
    place = next((n for n, choice in enumerate(question.choices) if choice.other), len(question.choices))
    question = replace(question, choices=(*question.choices[:place], new, *question.choices[place:]))
    return coded(question, texts, new.code)


def coded(question: Question, texts: Iterable[str], code: int) -> Question:
    """The entry in which these texts mean that choice (and no other). "Left as other" is the choice that gathers them.

    Raises KeyError for a code that is no choice, UserError for a text that is the label of another choice.
    """
    wanted = tuple(dict.fromkeys(text for text in map(clean, texts) if text))
    target = _choice(question, code)
    for choice in question.choices:
        if choice.label in wanted and choice.code != code:
            raise UserError(
                _("“%(text)s” is an answer of its own.") % {"text": choice.label}, _("Merge the two answers instead.")
            )
    question = without_texts(question, wanted)
    target = _choice(question, target.code)
    fresh = tuple(text for text in wanted if text != target.label)
    return _put(question, replace(target, aliases=(*target.aliases, *fresh)))


def gathering(question: Question) -> Question:
    """The entry with a choice that gathers write-ins, a new one if it has none."""
    if other_of_question(question) is not None:
        return question
    named = next((choice for choice in question.choices if fold(choice.label) == fold(_("Other"))), None)
    if named is not None:
        return _put(question, replace(named, other=True))
    new = Choice(code=_next_code(question), label=_("Other (written in)"), other=True)
    return replace(question, choices=(*question.choices, new))


def rare_codes(question: Question, counts: Mapping[int, int], below: int) -> tuple[int, ...]:
    """The codes of the choices that somebody, but fewer than `below` people, gave."""
    open_ones = [choice for choice in question.choices if not choice.other and choice.missing is None]
    return tuple(choice.code for choice in open_ones if 0 < counts.get(choice.code, 0) < below)


def other_of_question(question: Question) -> Choice | None:
    """The choice that gathers write-ins."""
    return next((choice for choice in question.choices if choice.other), None)


def find_label(question: Question, label: str) -> Choice | None:
    """The choice of just that label."""
    return next((choice for choice in question.choices if choice.label == label), None)


def find_choice(question: Question, text: str) -> Choice | None:
    """The choice that a person means by this text: a label or alias, exact first, then regardless of case and signs."""
    codes = codes_by_text(question)
    code = codes.get(clean(text))
    if code is None:
        folded: dict[str, int] = {}
        for known, own in codes.items():
            folded.setdefault(fold(known), own)
        code = folded.get(fold(clean(text)))
    return None if code is None else question.choice(code)


def _choice(question: Question, code: int) -> Choice:
    found = question.choice(code)
    if found is None:
        raise KeyError(code)
    return found


def _put(question: Question, choice: Choice) -> Question:
    """The entry with this choice in place of the one of its code; each alias once, and never the label."""
    aliases = tuple(alias for alias in dict.fromkeys(choice.aliases) if alias != choice.label)
    choice = replace(choice, aliases=aliases)
    return replace(
        question, choices=tuple(choice if known.code == choice.code else known for known in question.choices)
    )


def _next_code(question: Question) -> int:
    return max((choice.code for choice in question.choices), default=0) + 1


def _ensure_free(question: Question, label: str, code: int) -> None:
    if not label:
        raise UserError(_("An answer needs a name."), "")
    taken = next((c for c in question.choices if c.code != code and label in c.texts), None)
    if taken is not None:
        raise UserError(
            _("“%(question)s” has the answer %(label)s already.") % {"question": question.title, "label": label},
            _("Merge the two answers instead."),
        )
