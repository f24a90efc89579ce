"""The first steps: which file, what the reader did, which letters were repaired."""

from __future__ import annotations

from collections.abc import Sequence

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count
from surveyapp.domain.mapping import Mapping, Part
from surveyapp.domain.question import LETTERS_AS_TYPED
from surveyapp.domain.recipe import RecipeStep
from surveyapp.importers.cell.round_trip import trip_words
from surveyapp.services.recipe.effect import Effect
from surveyapp.services.recipe.words import about
from surveyapp.services.session import Session


def source_steps(session: Session, wave_id: int, effects: Sequence[Effect]) -> list[RecipeStep]:
    """The kept file and what was done to all of it."""
    wave, mapping = session.wave(wave_id), session.store.waves.mapping(wave_id)
    n, n_columns = wave.n_responses, len(effects)
    kept = _("The answers come from “%(file)s”: %(responses)s, %(columns)s. SHA-256 %(sha)s.") % {
        "file": wave.source_name,
        "responses": ngettext("%(n)s response", "%(n)s responses", n) % {"n": fmt_count(n)},
        "columns": ngettext("%(n)s column", "%(n)s columns", n_columns) % {"n": fmt_count(n_columns)},
        "sha": wave.source_sha256,
    }
    steps = [RecipeStep(sentence=kept, reason=_("The file is kept unchanged."), count=wave.n_responses)]
    if mapping.hashed:
        steps = [RecipeStep(sentence=kept, count=wave.n_responses), _hashed(mapping.hashed)]
    steps += [_part(part) for part in mapping.parts]
    steps += _notes(wave.notes)
    if mapping.repair_encoding:
        of_file = [effect for effect in effects if not effect.question.letters]
        steps.append(_repaired(mapping, sum(effect.unrepaired() for effect in of_file)))
    steps += [_own_letters(effect) for effect in effects if effect.question.letters]
    return steps


def _hashed(columns: Sequence[str]) -> RecipeStep:
    sentence = _("The addresses in %(columns)s were replaced by a keyed hash before the file was kept.")
    reason = _("People can be recognised in another year, but not named; the addresses themselves were not kept.")
    return RecipeStep(sentence=sentence % {"columns": ", ".join(f"“{name}”" for name in columns)}, reason=reason)


def _part(part: Part) -> RecipeStep:
    if part.update:
        sentence = _("Responses of “%(file)s” replace earlier ones of the same “%(key)s”; the others were added.")
        if not part.key:
            sentence = _("Responses of “%(file)s” that were not there yet were added.")
        return RecipeStep(sentence=sentence % {"file": part.name, "key": part.key})
    return RecipeStep(sentence=_("All responses of “%(file)s” are in.") % {"file": part.name})


def _notes(notes: Sequence[str]) -> list[RecipeStep]:
    """What the reader noted: sentences as they are, scraps joined to one."""
    scraps = "; ".join(dict.fromkeys(note for note in notes if note and not note.endswith(".")))
    joined = [f"{scraps[0].upper()}{scraps[1:]}."] if scraps else []
    sentences = dict.fromkeys(note for note in notes if note.endswith("."))
    return [RecipeStep(sentence=sentence) for sentence in (*joined, *sentences)]


def _repaired(mapping: Mapping, count: int) -> RecipeStep:
    sentence = ngettext("Letters of %(n)s cell were repaired.", "Letters of %(n)s cells were repaired.", count)
    reason = _("Before it reached us, the text was broken on the way: %(trips)s.") % {
        "trips": trip_words(mapping.repair_encoding)
    }
    return RecipeStep(sentence=sentence % {"n": fmt_count(count)}, reason=reason, count=count)


def _own_letters(effect: Effect) -> RecipeStep:
    """Letters of one column: broken otherwise than the rest of the file, or left as they are."""
    question = effect.question
    if question.letters == LETTERS_AS_TYPED:
        sentence = _("Letters of “%(question)s” are left as typed.") % {"question": question.title}
        return about(question, RecipeStep(sentence=sentence))
    count = effect.unrepaired()
    words = ngettext(
        "“%(question)s”: letters of %(n)s cell were repaired.",
        "“%(question)s”: letters of %(n)s cells were repaired.",
        count,
    )
    reason = _("This column alone was broken on the way: %(trips)s.") % {"trips": trip_words(question.letters)}
    sentence = words % {"question": question.title, "n": fmt_count(count)}
    return about(question, RecipeStep(sentence=sentence, reason=reason, count=count))
