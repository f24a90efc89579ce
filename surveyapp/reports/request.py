"""What a report is built from. The services fetch it; nothing here is looked up anywhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from surveyapp.domain.analysis import Block, ReportSpec
from surveyapp.domain.question import Codebook
from surveyapp.domain.recipe import RecipePart
from surveyapp.domain.wave import Flag, Wave
from surveyapp.stats.estimate import Counted
from surveyapp.stats.result import Result, Timeline
from surveyapp.stats.weight.result import WeightingResult


@dataclass(frozen=True, slots=True, kw_only=True)
class FilterFact:
    """One filter in words and how many people it removed (0 is said too)."""

    text: str
    removed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MethodFacts:
    """How the numbers of the report came about.

    `n_base` people are left of `n_responses` after the filters. `recipe` lists what was done between the kept file
    and the answers. `version` is that of the program and its definitions.
    """

    n_responses: int
    n_base: int
    level: float
    version: str
    filters: tuple[FilterFact, ...] = ()
    flags: Mapping[Flag, int] = field(default_factory=dict)
    weights: tuple[WeightingResult, ...] = ()
    """Every scheme that numbers of the report are weighted by, once."""
    all_weighted: bool = False
    """Whether every number that has a weighted form is weighted."""
    derived: tuple[tuple[str, str], ...] = ()
    """The name of every derived question that numbers of the report rest on, and how it was made."""
    recipe: tuple[RecipePart, ...] = ()
    timeline: Timeline | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportInput:
    """Everything a document needs.

    `results` and `bases` are by block id; `bases` holds the sentences under a figure that say whom it is about beyond
    the result's own n (filters, weights). `problems` says by block id why there is no result. `counts` is by (header,
    occurrence) for the codebook of the appendix.
    """

    spec: ReportSpec
    wave: Wave
    codebook: Codebook
    method: MethodFacts
    results: Mapping[str, Result] = field(default_factory=dict)
    problems: Mapping[str, str] = field(default_factory=dict)
    bases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    counts: Mapping[tuple[str, int], Counted] = field(default_factory=dict)
    authors: tuple[str, ...] = ()
    language: str = "en"
    community: str = ""
    """Whose census it is: "Riverside"."""

    @property
    def census(self) -> str:
        """ "Riverside Census 2026": community, survey and wave."""
        return f"{self.community} {self.wave.title}".strip()

    def result(self, block: Block) -> Result | None:
        """The result of a block, if it was computed."""
        return self.results.get(block.id)
