"""Answers of a structure as choices: the text people read, and the codes that exports write instead."""

from __future__ import annotations

from collections.abc import Sequence

from surveyapp.base.i18n import _
from surveyapp.domain.question import Choice
from surveyapp.importers.codebook.limesurvey.structure import Part
from surveyapp.importers.form.markup import plain

OTHER_CODE = "-oth-"
_WORDS = {
    "de": ("Ja", "Nein", "Sonstiges", "Kommentar"),
    "fr": ("Oui", "Non", "Autre", "Commentaire"),
    "es": ("Sí", "No", "Otro", "Comentario"),
    "it": ("Sì", "No", "Altro", "Commento"),
    "pt": ("Sim", "Não", "Outro", "Comentário"),
    "nl": ("Ja", "Nee", "Anders", "Commentaar"),
    "pl": ("Tak", "Nie", "Inne", "Komentarz"),
    "ru": ("Да", "Нет", "Другое", "Комментарий"),
}
"""What exports say in other languages than English: yes, no, other, comment."""


def choices_of(answers: Sequence[Part], *, other: bool, language: str) -> tuple[Choice, ...]:
    """The answers in the survey's order; "Other" comes last."""
    made: list[Choice] = []
    seen: set[str] = set()
    for answer in answers:
        label = plain(answer.text) or answer.code
        if label in seen:  # two answers may read alike (pictures); their codes tell them apart
            label = f"{label} ({answer.code})"
        seen.add(label)
        aliases: tuple[str, ...] = (answer.code,) if answer.code != label else ()
        made.append(Choice(code=len(made) + 1, label=label, aliases=aliases))
    if other:
        aliases = tuple(word for word in (OTHER_CODE, "Other", _word(language, 2)) if word and word != _("Other"))
        label = _("Other") if _("Other") not in seen else _("Other (written in)")
        made.append(Choice(code=len(made) + 1, label=label, other=True, aliases=aliases))
    return tuple(made)


def ticked(language: str) -> tuple[Choice, ...]:
    """Yes and no of a tick. "Convert Y to 1 and N to 2" is what the export offers."""
    return (
        Choice(code=1, label=_("Yes"), aliases=_texts(_("Yes"), "Yes", "Y", "1", _word(language, 0))),
        Choice(code=0, label=_("No"), aliases=_texts(_("No"), "No", "N", "2", "0", _word(language, 1))),
    )


def yes_no(language: str) -> tuple[Choice, ...]:
    """Yes and no of a question of its own."""
    return (
        Choice(code=1, label=_("Yes"), aliases=_texts(_("Yes"), "Yes", "Y", "1", _word(language, 0))),
        Choice(code=2, label=_("No"), aliases=_texts(_("No"), "No", "N", "2", _word(language, 1))),
    )


def other_word(language: str) -> str:
    """How headings call the text of "Other", in the language of the survey."""
    return _word(language, 2) or "Other"


def comment_word(language: str) -> str:
    """How headings call a comment, in the language of the survey."""
    return _word(language, 3) or "Comment"


def points(highest: int) -> tuple[Choice, ...]:
    """The steps 1 to `highest`."""
    return tuple(Choice(code=n, label=str(n)) for n in range(1, highest + 1))


def _word(language: str, place: int) -> str:
    words = _WORDS.get(language.split("-")[0])
    return words[place] if words else ""


def _texts(label: str, *texts: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for text in texts if text and text != label))
