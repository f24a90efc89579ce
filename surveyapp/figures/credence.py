"""How sure somebody was over time: a step line with the value at each change."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count, fmt_percent
from surveyapp.figures.axis import fmt_day
from surveyapp.figures.figure import Figure
from surveyapp.figures.measure import text_width
from surveyapp.figures.sketch import MICRO, Sketch, snap, text_box

Step = tuple[datetime, float | None]
"""A moment and the share believed from then on; None: withdrawn."""

Place = Callable[[datetime, float], tuple[float, float]]

_DEPTH, _TOP, _LEFT = 78.0, 16.0, 30.0


def build(steps: Sequence[Step], *, now: datetime, width: float = 276.0) -> Figure | None:
    """Steps in order of time up to now, on the days of its zone; None without one.

    Labels that would lie on others are left to the marks.
    """
    steps = [(moment.astimezone(now.tzinfo), share) for moment, share in steps]
    steps = [step for step in steps if step[0] <= now] or steps[:1]
    if not steps:
        return None
    sketch, right, base = Sketch(width), width - 6.0, _TOP + _DEPTH
    for line in (0.0, 0.5, 1.0):
        y = snap(base - line * _DEPTH)
        sketch.line((_LEFT, y), (right, y), stroke="grid")
        sketch.text((_LEFT - 6, y + 4), f"{100 * line:.0f}", size=MICRO, fill="muted", anchor="end")
    first, span = steps[0][0], (now - steps[0][0]).total_seconds() or 1.0

    def place(moment: datetime, share: float) -> tuple[float, float]:
        part = max(0.0, (moment - first).total_seconds()) / span
        return (_LEFT + part * (right - _LEFT), base - share * _DEPTH)

    _draw_line(sketch, steps, place=place, end=right)
    for number, (moment, share) in enumerate(steps):
        if share is not None:
            _draw_step(sketch, moment, share, at=place(moment, share), before=steps[number - 1][1] if number else None)
    _draw_days(sketch, [step[0] for step in steps], now, place=place, baseline=base + 18)
    return sketch.figure(
        base + 24,
        title=_("Your credence"),
        caption=changed_words(len(steps)),
        description=_describe(steps),
        header=(_("Day"), _("Credence")),
    )


def changed_words(n_steps: int) -> str:
    """ "changed twice, never overwritten"."""
    n = n_steps - 1
    if n < 1:
        return _("never changed")
    if n == 2:
        return _("changed twice, never overwritten")
    words = ngettext("changed once, never overwritten", "changed %(n)s times, never overwritten", n)
    return words % {"n": fmt_count(n)} if n > 1 else words


def _draw_line(sketch: Sketch, steps: Sequence[Step], *, place: Place, end: float) -> None:
    points: list[tuple[float, float]] = []
    for number, (moment, share) in enumerate(steps):
        x = place(moment, 0.0)[0]
        if points:
            points.append((x, points[-1][1]))
        if share is None:
            _stroke(sketch, points)
            points = []
            continue
        points.append(place(moment, share))
        if number == len(steps) - 1:
            points.append((max(end, points[-1][0]), points[-1][1]))
    _stroke(sketch, points)


def _stroke(sketch: Sketch, points: list[tuple[float, float]]) -> None:
    if len(points) > 1:
        sketch.path(points, stroke="accent", width=1.8)


def _draw_step(
    sketch: Sketch, moment: datetime, share: float, *, at: tuple[float, float], before: float | None
) -> None:
    x, y = at
    words = fmt_percent(share)
    sentence = _("%(p)s from %(day)s on.") % {"p": words, "day": fmt_day(moment.date(), year=True)}
    sketch.mark(
        moment.isoformat(), sentence, cells=(fmt_day(moment.date(), year=True), words), box=(x - 7, y - 7, 14, 14)
    )
    sketch.dot(at, 3.5, "accent")
    places = [(x, y - 8), (x, y + 16)]
    if before is not None and share < before:
        places.reverse()
    half = text_width(words, MICRO, 500) / 2
    places = [(min(max(middle, _LEFT + half), sketch.width - half), baseline) for middle, baseline in places]
    inside = (0.0, 0.0, sketch.width, _TOP + _DEPTH)
    sketch.text_if_free(places, words, inside=inside, size=MICRO, weight=500, anchor="middle")


def _draw_days(sketch: Sketch, moments: Sequence[datetime], now: datetime, *, place: Place, baseline: float) -> None:
    """ "today" at the right end, then the first day, then the others that have room."""
    end = sketch.text((sketch.width - 6, baseline), _("today"), size=MICRO, fill="muted", anchor="end")
    taken = [text_box(end)]
    years = moments[0].year != now.year
    for moment in moments:
        if moment.date() == now.date():
            continue
        words = fmt_day(moment.date(), year=years and moment is moments[0])
        x, width = place(moment, 0.0)[0], text_width(words, MICRO)
        left = max(_LEFT, x - width / 2)
        if all(left + width + 6 < box[0] or left > box[0] + box[2] + 6 for box in taken):
            label = sketch.text((left, baseline), words, size=MICRO, fill="muted")
            taken.append(text_box(label))


def _describe(steps: Sequence[Step]) -> str:
    said = [
        _("%(p)s on %(day)s")
        % {"p": fmt_percent(share) if share is not None else _("withdrawn"), "day": fmt_day(at.date())}
        for at, share in steps
    ]
    return _("Your credence: %(steps)s.") % {"steps": ", ".join(said)}
