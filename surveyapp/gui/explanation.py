"""What the inspector shows about the selected number: the same four blocks everywhere."""

from __future__ import annotations

from dataclasses import dataclass

from surveyapp.figures.figure import Figure


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueBar:
    """The bar under the big number; all lengths are in the unit of the value.

    `low` and `high` bound the interval, `other` is the marked comparison ("everyone else 5.8 %" is `other_words`).
    """

    value: float
    end: float
    low: float | None = None
    high: float | None = None
    other: float | None = None
    start_words: str = "0"
    other_words: str = ""
    end_words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Value, facts, in words, from here. Empty parts are left out.

    `kind` is the small line on top ("Selected cell"), `title` and `subtitle` name the number, `value` is the big
    figure with `of` beside it. `facts` are (label, value) pairs. `words` may hold **bold** parts, `caution` is the
    muted note after them. `actions` are ids of actions; their titles, icons and keys are shown as rows.
    `strip` is the one line for narrow windows; empty: made from title, of and words. `figure` stands below the title,
    under its own title where that says more.
    """

    kind: str
    title: str
    subtitle: str = ""
    value: str = ""
    of: str = ""
    bar: ValueBar | None = None
    facts: tuple[tuple[str, str], ...] = ()
    words: str = ""
    caution: str = ""
    actions: tuple[str, ...] = ()
    strip: str = ""
    figure: Figure | None = None
