"""What a kind of codebook declares."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from surveyapp.domain.mapping import Mapping


@dataclass(frozen=True, slots=True, kw_only=True)
class CodebookSpec:
    """One kind of file that says what columns mean.

    `sniff` says from name and bytes how likely the file is of it (0 = no, 1 = sure); `read` raises UserError. What
    does not tell everything gives a `partial` mapping.
    """

    id: str
    title: Callable[[], str]
    suffixes: tuple[str, ...]
    sniff: Callable[[str, bytes], float]
    read: Callable[[bytes, str], Mapping]
