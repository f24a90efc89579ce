"""Schemes that are being changed: drafts with their steps back, kept while the tab is open."""

from __future__ import annotations

from dataclasses import dataclass, field

from surveyapp.services.weight_draft import Draft, Preview

NEW = ""
"""The key of a scheme that has no name yet."""


@dataclass(slots=True)
class Work:
    """One scheme on the desk: as it is `saved` (None for a new one), the `draft`, and the drafts before it."""

    draft: Draft
    saved: Draft | None = None
    earlier: list[Draft] = field(default_factory=list)
    preview: Preview | None = None

    @property
    def changed(self) -> bool:
        """Whether something is not saved."""
        return self.draft != self.saved

    def put(self, draft: Draft) -> bool:
        """Another draft, which can be taken back; False if it is the same."""
        if draft == self.draft:
            return False
        self.earlier.append(self.draft)
        self.draft = draft
        return True

    def take_back(self) -> bool:
        """The draft before; False if there is none."""
        if not self.earlier:
            return False
        self.draft = self.earlier.pop()
        return True
