"""Codebooks from elsewhere that no workspace could hold are refused in words."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from surveyapp.domain.errors import UserError
from surveyapp.domain.question import Choice, Kind
from surveyapp.importers.codebook.registry import read_codebook
from surveyapp.importers.codebook.sound import MOST_TEXTS


def written(folder: Path, entry: dict[str, Any], **more: Any) -> Path:
    path = folder / "codebook.json"
    path.write_text(json.dumps({"format": 1, "questions": [{"column": "Pop", **entry}], **more}), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "entry",
    [
        {"unit_factor": float("nan")},
        {"high": float("inf")},
        {"unit_factor": 10**400},
        {"rates": [{"unit": "USD", "factor": float("-inf")}]},
        {"key": {"value": float("nan")}},
        {"choices": [{"code": 1, "label": "a"}, {"code": 1, "label": "b"}]},
        {"choices": [{"code": 2**63, "label": "a"}]},
        {"choices": [{"code": -(2**63) - 5, "label": "a"}]},
        {"pair": 2**70},
        {"name": "\ud800"},
        {"choices": [{"code": 1, "label": "a", "aliases": ["\udfff"]}]},
    ],
)
def test_what_cannot_be_stored_is_refused(tmp_path: Path, entry: dict[str, Any]) -> None:
    with pytest.raises(UserError, match="codebook"):
        read_codebook(written(tmp_path, entry))


def test_the_column_is_named_and_what_stands_beside_the_questions_counts_too(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="of “Pop”, two of its answers have the same code"):
        read_codebook(written(tmp_path, {"choices": [{"code": 1, "label": "a"}, {"code": 1, "label": "b"}]}))
    with pytest.raises(UserError, match="cannot be stored"):
        read_codebook(written(tmp_path, {}, survey="\ud800"))


@pytest.mark.parametrize("name", ["choices", "missing_codes", "replacements"])
def test_a_question_of_more_answers_than_anybody_lists_is_refused(tmp_path: Path, name: str) -> None:
    def entry(n: int) -> dict[str, Any]:
        made = {
            "choices": [{"code": code, "label": f"a{code}"} for code in range(n)],
            "missing_codes": [{"text": f"a{code}"} for code in range(n)],
            "replacements": [{"text": f"a{code}", "becomes": "a"} for code in range(n)],
        }
        return {name: made[name]}

    with pytest.raises(UserError, match=r"of “Pop”, it lists more than 20,000 answers"):
        read_codebook(written(tmp_path, entry(MOST_TEXTS + 1)))
    assert len(getattr(read_codebook(written(tmp_path, entry(MOST_TEXTS))).questions[0], name)) == MOST_TEXTS


def test_odd_but_possible_entries_are_taken(tmp_path: Path) -> None:
    (question,) = read_codebook(
        written(tmp_path, {"kind": "single", "choices": [{"code": -3, "label": "𝒜"}, {"code": 2**63 - 1, "label": ""}]})
    ).questions
    assert question.kind is Kind.SINGLE
    assert question.choices == (Choice(code=-3, label="𝒜"), Choice(code=2**63 - 1, label=""))
