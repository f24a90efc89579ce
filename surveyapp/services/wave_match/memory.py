"""What a person decided about a pair beyond its link: how the wording counts, and which answers are the same."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from surveyapp.services.session import Session
from surveyapp.services.wave_match.evidence import How
from surveyapp.services.wave_match.option import Labels

KIND = "question_match"
"""The documents that hold it: one per pair, under the later wave, so that they go with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """`labels` is None where the answers are taken as they match by themselves."""

    how: How
    labels: Labels | None = None

    def plain(self, earlier: int, later: int) -> dict[str, Any]:
        """As JSON."""
        labels = None if self.labels is None else [list(pair) for pair in self.labels]
        return {"earlier": earlier, "later": later, "how": self.how.value, "labels": labels}


def load_decided(session: Session, earlier: int, later: int) -> dict[tuple[int, int], Decided]:
    """By the ids of both questions, for two waves; also what was decided while they stood in the other order."""
    found = {
        (document.plain["later"], document.plain["earlier"]): _decided(document.plain, turned=True)
        for document in session.store.documents.list(KIND, wave_id=earlier)
    }
    return found | decided_under(session, later)


def decided_under(session: Session, wave_id: int) -> dict[tuple[int, int], Decided]:
    """By the ids of both questions, all pairs whose later one is of that wave."""
    return {
        (document.plain["earlier"], document.plain["later"]): _decided(document.plain)
        for document in session.store.documents.list(KIND, wave_id=wave_id)
    }


def save_decided(session: Session, wave_id: int, pair: tuple[int, int], decided: Decided | None) -> None:
    """Keep it in place of what was known of the pair; None forgets."""
    known = [
        document
        for document in session.store.documents.list(KIND, wave_id=wave_id)
        if (document.plain["earlier"], document.plain["later"]) == pair
    ]
    for document in known[1:] if decided is not None else known:
        session.store.documents.remove(document.id)
    if decided is not None:
        number = known[0].id if known else None
        session.store.documents.save(KIND, "", decided.plain(*pair), wave_id, id=number)


def _decided(plain: dict[str, Any], *, turned: bool = False) -> Decided:
    labels = plain["labels"]
    if labels is not None:
        labels = tuple((str(b), str(a)) if turned else (str(a), str(b)) for a, b in labels)
    return Decided(how=How(plain["how"]), labels=labels)
