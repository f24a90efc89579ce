"""Lines between answers that a person has drawn and not yet kept."""

from __future__ import annotations

from collections.abc import Collection

from surveyapp.services.wave_match.option import Labels
from surveyapp.services.wave_match.row import Key, MatchRow


class LineDraft:
    """For each row every state of its lines since the stored one, so that each line can be taken back."""

    def __init__(self) -> None:
        self._states: dict[Key, list[Labels]] = {}

    def drawn(self, row: MatchRow) -> Labels | None:
        """The lines as they were last drawn, None if nobody drew any."""
        states = self._states.get(row.key)
        return states[-1] if states else None

    def labels(self, row: MatchRow) -> Labels:
        """The lines to show: as drawn, else as stored."""
        drawn = self.drawn(row)
        return row.labels if drawn is None else drawn

    def toggle(self, row: MatchRow, pair: tuple[str, str]) -> None:
        """Draw a line, or take it away."""
        labels = self.labels(row)
        self._draw(row, tuple(one for one in labels if one != pair) if pair in labels else (*labels, pair))

    def cut(self, row: MatchRow, later: str) -> None:
        """Take away every line of an answer of the later wave."""
        self._draw(row, tuple(one for one in self.labels(row) if one[1] != later))

    def take_back(self, row: MatchRow) -> bool:
        """Undo the last step; False if there is none."""
        states = self._states.get(row.key)
        if not states:
            return False
        states.pop()
        if not states:
            self.forget(row)
        return True

    def forget(self, row: MatchRow) -> None:
        """The row was decided."""
        self._states.pop(row.key, None)

    def keep_only(self, keys: Collection[Key]) -> None:
        """Forget rows that are not there any more."""
        self._states = {key: states for key, states in self._states.items() if key in keys}

    def _draw(self, row: MatchRow, labels: Labels) -> None:
        self._states.setdefault(row.key, []).append(labels)
