"""Mappings as JSON: a recipe a person can keep, mail and apply to next year's file."""

from __future__ import annotations

from surveyapp.domain.mapping import Mapping


def mapping_to_json(mapping: Mapping) -> str:
    """{"format": 1, ...}; fields at their default are left out."""
    raise NotImplementedError


def mapping_from_json(text: str) -> Mapping:
    """The inverse. Raises UserError on anything that is not a mapping of this or an earlier format."""
    raise NotImplementedError
