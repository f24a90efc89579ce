"""Assemble the recipe of a wave. Nothing of it names what a single person answered."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count
from surveyapp.domain.recipe import RecipePart, RecipeStep
from surveyapp.reports.markdown import escape
from surveyapp.reports.target import write_bytes
from surveyapp.services.recipe.answer import answer_steps
from surveyapp.services.recipe.blank import blank_steps
from surveyapp.services.recipe.decision import decision_steps, edit_steps
from surveyapp.services.recipe.effect import Effect
from surveyapp.services.recipe.mark import mark_steps
from surveyapp.services.recipe.number import number_steps
from surveyapp.services.recipe.source import source_steps
from surveyapp.services.recipe.tick import date_steps, tick_steps
from surveyapp.services.recipe.words import ended, names
from surveyapp.services.session import Session


def build_recipe(session: Session, wave_id: int) -> tuple[RecipePart, ...]:
    """Every step from the kept file to the answers, with its count and reason; parts without a step are left out."""
    questions = session.codebook(wave_id).questions
    repair = session.store.waves.repair_encoding(wave_id)
    columns = session.store.answers.load(wave_id, [question.id for question in questions])
    effects = [Effect(columns[question.id], repair=repair) for question in questions]
    parts = (
        (_("The file"), source_steps(session, wave_id, effects)),
        (_("What counts as no answer"), blank_steps(effects)),
        (_("Multiple choices over columns"), tick_steps(session, wave_id)),
        (_("Dates over columns"), date_steps(session, wave_id)),
        (_("Numbers"), number_steps(effects)),
        (_("Answers merged and coded"), answer_steps(effects)),
        (_("Columns left out"), _left_out(effects)),
        (_("Marks on responses"), mark_steps(session, wave_id)),
        (_("Cells corrected by hand"), edit_steps(session, wave_id)),
        (_("Decisions, in their order"), decision_steps(session, wave_id)),
    )
    return tuple(RecipePart(title=title, steps=tuple(steps)) for title, steps in parts if steps)


def _left_out(effects: list[Effect]) -> list[RecipeStep]:
    left = [effect.question.title for effect in effects if effect.question.left_out]
    if not left:
        return []
    words = ngettext("%(n)s column is left out: %(names)s.", "%(n)s columns are left out: %(names)s.", len(left))
    sentence = ended(words % {"n": fmt_count(len(left)), "names": names(left)})
    return [RecipeStep(sentence=sentence, reason=_("They stay in the kept file."), count=len(left))]


def recipe_text(session: Session, wave_id: int) -> str:
    """The recipe as Markdown, for a file or the methods section of a post."""
    return recipe_markdown(session.wave(wave_id).title, build_recipe(session, wave_id))


def recipe_markdown(wave: str, parts: Sequence[RecipePart]) -> str:
    """These parts of the recipe of a wave (by its title) as Markdown; no header or answer in it becomes markup."""
    lines = [f"# {_line(_('How %(wave)s was cleaned') % {'wave': wave})}"]
    for part in parts:
        lines += ["", f"## {part.title}", "", *(f"- {_line(step_words(step))}" for step in part.steps)]
    return "\n".join(lines) + "\n"


def _line(text: str) -> str:
    return escape(" ".join(text.split()))


def write_recipe(session: Session, wave_id: int, path: Path) -> int:
    """Write the recipe as Markdown; the number of steps. Raises UserError if the file cannot be written."""
    parts = build_recipe(session, wave_id)
    write_bytes(path, recipe_markdown(session.wave(wave_id).title, parts).encode())
    return sum(len(part.steps) for part in parts)


def step_words(step: RecipeStep) -> str:
    """One step in a line: what was done and why."""
    return f"{step.sentence} {step.reason}".strip()
