"""Waves: what came in from files."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from surveyapp.domain.column import CodedWave, Source
from surveyapp.domain.mapping import Mapping
from surveyapp.domain.wave import Wave
from surveyapp.store.session import Session

Report = Callable[[int, int], None]
"""Called with (done, total) cells between chunks; may raise domain.errors.Cancelled."""


class WaveRepo:
    """The waves of a workspace. A removed wave is hidden, not gone, until purge_removed."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, coded: CodedWave, *, mapping: Mapping, at: datetime, report: Report | None = None) -> Wave:
        """Store a coded file: source, codebook, answers, flags, problems, in one transaction.

        Question ids in `coded` and `mapping` are ignored; new ones are given, in the order of the columns.
        Raises UserError, with the file as it was, on over 1,900 data columns, and whatever `report` raises.
        """
        raise NotImplementedError

    def list(self, *, include_removed: bool = False) -> tuple[Wave, ...]:
        """All waves in the order they came in."""
        raise NotImplementedError

    def get(self, wave_id: int) -> Wave:
        """The wave, removed or not. Raises KeyError if it never was."""
        raise NotImplementedError

    def mapping(self, wave_id: int) -> Mapping:
        """The decisions the wave was imported with."""
        raise NotImplementedError

    def source(self, wave_id: int) -> Source:
        """The file the wave came from, with its bytes."""
        raise NotImplementedError

    def rename(self, wave_id: int, *, name: str, survey: str) -> None:
        """Give the wave another name."""
        raise NotImplementedError

    def set_notes(self, wave_id: int, notes: tuple[str, ...]) -> None:
        """Replace what is noted about the wave."""
        raise NotImplementedError

    def set_removed(self, wave_id: int, removed: bool) -> None:
        """Hide the wave, or bring it back."""
        raise NotImplementedError

    def purge_removed(self) -> tuple[int, ...]:
        """Delete the removed waves for good, with everything that belongs to them; their ids are never used again."""
        raise NotImplementedError
