"""The people behind one row of a comparison: who answered, and how many gave each answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from surveyapp.services.session import Session
from surveyapp.services.wave_match.counting import count_answered, count_options
from surveyapp.services.wave_match.row import MatchRow
from surveyapp.services.wave_match.unit import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class RowDetail:
    """(earlier, later): people who answered, None where there is no question; `counts` by what can be paired, which
    is an answer, or an item of a battery."""

    answered: tuple[int | None, int | None]
    counts: tuple[Mapping[str, int], Mapping[str, int]] = field(default=({}, {}))


def load_detail(session: Session, row: MatchRow) -> RowDetail:
    """Count; of a battery `answered` are those of the item most people answered."""
    if row.alone is not None:
        n, counts = count_answered(session, row.alone), count_options(session, row.alone)
        return RowDetail(
            answered=(None, n) if row.later_alone else (n, None),
            counts=({}, counts) if row.later_alone else (counts, {}),
        )
    earlier, later = [pair.earlier for pair in row.pairs], [pair.later for pair in row.pairs]
    if not row.battery:
        return RowDetail(
            answered=(count_answered(session, earlier[0]), count_answered(session, later[0])),
            counts=(count_options(session, earlier[0]), count_options(session, later[0])),
        )
    counted = _by_item(session, earlier), _by_item(session, later)
    return RowDetail(answered=(max(counted[0].values()), max(counted[1].values())), counts=counted)


def _by_item(session: Session, units: Sequence[Unit]) -> dict[str, int]:
    return {unit.question.title: count_answered(session, unit) for unit in units}
