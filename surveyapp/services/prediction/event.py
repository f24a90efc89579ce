"""How a prediction came out, as scores take it."""

from __future__ import annotations

import numpy as np

from surveyapp.domain.moment import to_stored
from surveyapp.domain.prediction import SETTLED, Outcome, Prediction, Resolution
from surveyapp.domain.scope import Scope
from surveyapp.services.session import Session

FAR = int(np.iinfo(np.int64).max)
"""A moment, in microseconds, that never comes."""


class Event:
    """How a prediction came out: the resolution that holds, or those of its options (`Book.holding`)."""

    def __init__(self, prediction: Prediction, resolutions: tuple[Resolution, ...], *, end: int) -> None:
        self.prediction = prediction
        self.end = end
        self.resolutions = resolutions
        self.known = min((to_stored(one.known_at) for one in self.resolutions), default=FAR)

    @property
    def outcome(self) -> Outcome | None:
        """How it came out; of options that came out in several ways one that can be scored."""
        found = [one.outcome for one in self.resolutions]
        return next((one for one in found if one in SETTLED), found[0] if found else None)

    def within(self, scope: Scope, session: Session) -> bool:
        """Whether the day on which it was known lies in the period; what is not known yet lies in every one."""
        if not self.resolutions or (scope.since is None and scope.until is None):
            return True
        day = min(one.known_at for one in self.resolutions).astimezone(session.clock().tzinfo).date()
        return (scope.since is None or scope.since <= day) and (scope.until is None or day <= scope.until)

    def truth(self, option: int) -> float | None:
        """1 or 0 for the event that a forecast of that option (-1: none) is about; None if that was not settled."""
        for one in self.resolutions:
            if one.outcome is Outcome.OPTION:
                return float(one.option == option)
            if one.outcome in (Outcome.YES, Outcome.NO) and (one.option is None or one.option == option):
                return float(one.outcome is Outcome.YES)
        return None

    @property
    def resolvers(self) -> set[int]:
        return {one.by_id for one in self.resolutions if one.by_id is not None}
