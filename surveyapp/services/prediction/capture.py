"""One typed line becomes a prediction: "80% rain in Prague by 5 May #home".

Understood are a probability or odds, a date, #tags, who decides ("@Ada", "decided by Ada"), a range ("80% 120-180
people come"), options ("Red 60%, Blue 30%, Green 10%") and a condition ("if it rains"). English only; other text is
kept as the statement.

What is left is the statement. The date stays in it, written in full, because "rain in Prague" alone is no prediction
and "by friday" is another day a week later: "rain in Prague by 27 November 2026". A range leaves "…" where it stood.
"In 3 hours" is no date, it is as often a duration.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from datetime import date, datetime

from surveyapp.base.i18n import _, plain
from surveyapp.base.number import fmt_percent
from surveyapp.domain.choice_sum import can_add_up
from surveyapp.domain.prediction import Forecast, Prediction, PredictionKind, Quantile
from surveyapp.services.prediction.line.condition import Condition, condition_in
from surveyapp.services.prediction.line.credence import belief_in
from surveyapp.services.prediction.line.part import COVER, LinePart, PartKind, covered
from surveyapp.services.prediction.line.shape import Options, Range, options_in, range_in
from surveyapp.services.prediction.odds import Stated, find_stated, reading
from surveyapp.services.prediction.when.moment import Moment, find_moments

_TAG = re.compile(r"(?<![\w#&/])#(?P<tag>\w[\w-]{0,63})(?!\w)")
_AT = re.compile(r"(?<![\w.@/])@(?P<name>[^\W\d_](?:[\w.-]{0,62}\w)?)")
_NOT_NAME = (
    r"(?!(?:\w+day|January|February|March|April|May|June|July|August|September|October|November|December|Christmas|"
    r"Easter|New\s+Year)\b(?!\s+[A-Z])|[A-Z][a-z]{2,3}\.?\s+\d)"
)
_NAME = (
    rf"(?:the\s+\w+|me|{_NOT_NAME}[^\W\d_a-z][\w’'-]{{0,40}}(?:\s+[^\W\d_a-z][\w’'.-]{{0,40}}){{0,3}}(?![’'])(?!\w))"
)
_DECIDED = re.compile(
    rf"[,;(]?\s*\b(?:[Dd]ecided|[Jj]udged|[Rr]esolved|[Ss]ettled)\s+by\s+(?P<name>{_NAME}(?:\s+and\s+{_NAME})?)\)?"
)
_DECIDES = re.compile(rf"[,;]\s*(?P<name>{_NAME}|I)\s+(?:decides?|judges?)(?=\s*(?:$|[.,;#\x00]))")
_PASSIVE = re.compile(r"\b(?:is|are|was|were|be|been|being|gets?|not)\s*$")
"""Before "decided by Ada" these make it what the statement says, and not who settles it."""
_EPOCH = date(1970, 1, 1)
_ASIDE = " \t\r\n,;:–—~≈-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Captured:
    """What a line says. `parts` are the places of what was recognised, in order; `notes` say what was assumed.

    Of a choice there are `options` with as many `probabilities`, of a number or date `quantiles`, else at most one
    `probability`.
    """

    text: str
    statement: str
    kind: PredictionKind = PredictionKind.YES_NO
    probability: float | None = None
    options: tuple[str, ...] = ()
    probabilities: tuple[float, ...] = ()
    quantiles: tuple[Quantile, ...] = ()
    unit: str = ""
    condition: str = ""
    due: date | datetime | None = None
    tags: tuple[str, ...] = ()
    decider: str = ""
    parts: tuple[LinePart, ...] = ()
    notes: tuple[str, ...] = ()

    def prediction(self, now: datetime) -> Prediction:
        """As a prediction to write down."""
        return Prediction(
            statement=self.statement,
            kind=self.kind,
            options=self.options,
            condition=self.condition,
            unit=self.unit,
            created_at=now,
            due=self.due,
            decider=self.decider,
            tags=self.tags,
        )

    def forecasts(self, now: datetime) -> tuple[Forecast, ...]:
        """The forecasts to write down with it; none where the line says no belief."""
        if self.kind is PredictionKind.CHOICE:
            pairs = enumerate(self.probabilities)
            return tuple(Forecast(at=now, probability=share, option=number) for number, share in pairs)
        if self.quantiles:
            return (Forecast(at=now, quantiles=self.quantiles),)
        return () if self.probability is None else (Forecast(at=now, probability=self.probability),)


@dataclass(slots=True)
class _Draft:
    """What was found so far."""

    parts: list[LinePart]
    notes: list[str]
    swaps: list[tuple[int, int, str]]
    """Places of the line and what the statement has there instead."""


def read_line(text: str, now: datetime, *, conditions: bool = True) -> Captured:
    """Understand one line. `now` carries the zone of the person who types. Without `conditions` "if it rains" stays in
    the statement. Never raises."""
    draft = _Draft([], [], [])
    tags, decider = _tags(text, draft), _decider(text, draft)
    moments = find_moments(covered(text, draft.parts), now)
    dated = covered(
        text, [*draft.parts, *(LinePart(PartKind.DUE, one.start, one.end) for one in moments if not one.weak)]
    )
    stated = find_stated(dated)
    options, numbers = options_in(dated, stated), range_in(dated, stated)
    span = _date_range(text, moments, stated) if numbers is None and options is None else None
    belief: Stated | None = None
    if options is not None:
        _take_options(options, draft)
    elif numbers is not None:
        _take_range(numbers, draft)
    elif span is not None:
        _take_dates(span, draft)
    else:
        belief = _take_belief(text, dated, draft)
    only_if = _condition(text, draft, moments) if conditions else None
    due = span[2].due if span is not None else _take_due(text, moments, draft, only_if)
    condition = _take_condition(text, only_if, draft) if only_if is not None else ""
    kind = PredictionKind.CHOICE if options else PredictionKind.NUMBER if numbers else PredictionKind.YES_NO
    return Captured(
        text=text,
        statement=_statement(text, draft, options, only_if),
        kind=PredictionKind.DATE if span else kind,
        probability=belief.probability if belief else None,
        options=options.names if options else (),
        probabilities=options.probabilities if options else (),
        quantiles=numbers.quantiles if numbers else _day_quantiles(span) if span else (),
        unit=numbers.unit if numbers else "",
        condition=condition,
        due=due,
        tags=tags,
        decider=decider,
        parts=tuple(sorted(draft.parts, key=lambda part: (part.start, part.end))),
        notes=tuple(dict.fromkeys(draft.notes)),
    )


def _tags(text: str, draft: _Draft) -> tuple[str, ...]:
    found = [one for one in _TAG.finditer(text) if not one["tag"].isdecimal()]
    for one in found:
        _part(draft, PartKind.TAG, *one.span())
    return tuple(dict.fromkeys(one["tag"] for one in found))


def _decider(text: str, draft: _Draft) -> str:
    text = covered(text, draft.parts)
    found = [one for pattern in (_AT, _DECIDED, _DECIDES) for one in pattern.finditer(text)]
    found = [one for one in found if not _PASSIVE.search(text, 0, one.start())][:1]
    for one in found:
        start = one.start() + len(one[0]) - len(one[0].lstrip(_ASIDE))
        _part(draft, PartKind.DECIDER, start, one.end())
        name = " ".join(one["name"].replace("_", " ").split())
        return _("me") if name in ("I", "me") else name
    return ""


def _take_belief(text: str, dated: str, draft: _Draft) -> Stated | None:
    belief, others = belief_in(dated)
    if belief is None:
        return None
    _part(draft, PartKind.PROBABILITY, belief.start, belief.end)
    if belief.odds:
        draft.notes.append(reading(belief, text))
    elif any(not one.odds for one in others):
        draft.notes.append(
            _("%(p)s is how sure you are; the other percentage belongs to the statement.")
            % {"p": fmt_percent(belief.probability)}
        )
    return belief


def _take_options(options: Options, draft: _Draft) -> None:
    for start, end in options.places:
        _part(draft, PartKind.OPTION, start, end)
    total = sum(options.probabilities)
    if not can_add_up(options.probabilities, len(options.names)):
        words = _("The options exclude each other, but add up to %(p)s: make them 100 %%.")
        draft.notes.append(words % {"p": fmt_percent(total)})
    elif abs(total - 1) > 0.005:
        draft.notes.append(_("The options add up to %(p)s.") % {"p": fmt_percent(total)})


def _take_range(numbers: Range, draft: _Draft) -> None:
    for one in numbers.beliefs:
        _part(draft, PartKind.PROBABILITY, one.start, one.end)
        draft.notes.append(_("%(p)s that it lies in the range.") % {"p": fmt_percent(one.probability)})
    for place, (start, end) in enumerate(numbers.places):
        _part(draft, PartKind.RANGE, start, end, instead="…" if place == len(numbers.places) - 1 else "")


def _date_range(
    text: str, moments: tuple[Moment, ...], stated: tuple[Stated, ...]
) -> tuple[Stated, Moment, Moment] | None:
    """A probability with two days right behind it: "80% 3 May - 10 June the library opens"."""
    for one, other in itertools.pairwise(moments):
        for share in stated:
            behind = not text[share.end : one.start].strip(" \t:,") and share.end <= one.start
            if behind and re.fullmatch(r"\s*(?:-|–|—|to)\s*", text[one.end : other.start]) and _day(one) < _day(other):
                return (share, one, other) if 0 < share.probability < 1 and not share.odds else None
    return None


def _take_dates(span: tuple[Stated, Moment, Moment], draft: _Draft) -> None:
    share, one, other = span
    _part(draft, PartKind.PROBABILITY, share.start, share.end)
    _part(draft, PartKind.RANGE, one.start, other.end)
    draft.notes.append(_("%(p)s that the day lies in the range.") % {"p": fmt_percent(share.probability)})


def _day_quantiles(span: tuple[Stated, Moment, Moment]) -> tuple[Quantile, ...]:
    share, one, other = span
    tail = round((1 - share.probability) / 2, 9)
    return (
        Quantile(level=tail, value=float((_day(one) - _EPOCH).days)),
        Quantile(level=round(1 - tail, 9), value=float((_day(other) - _EPOCH).days)),
    )


def _day(moment: Moment) -> date:
    return moment.due.date() if isinstance(moment.due, datetime) else moment.due


def _take_due(
    text: str, moments: tuple[Moment, ...], draft: _Draft, only_if: Condition | None
) -> date | datetime | None:
    """The deadline: the last date that says by when, or else the last one; one in the condition only if there is no
    other. Dates that move are written in full."""
    rest = covered(text, draft.parts)
    usable = [one for one in moments if not _taken(one, draft) and (not one.weak or _stands_apart(rest, one))]
    if not usable:
        return None
    outside = [one for one in usable if only_if is None or not only_if.start <= one.start < only_if.end] or usable
    chosen = ([one for one in outside if one.deadline] or outside)[-1]
    for one in usable:
        if one is chosen:
            _part(draft, PartKind.DUE, one.start, one.end, instead=one.written)
        elif one.relative:
            draft.swaps.append((one.start, one.end, one.written))
    if len(usable) > 1:
        draft.notes.append(
            _("Of %(n)s dates, “%(words)s” is when you will know.")
            % {"n": len(usable), "words": text[chosen.start : chosen.end]}
        )
    if chosen.note:
        draft.notes.append(chosen.note)
    return chosen.due


def _condition(text: str, draft: _Draft, moments: tuple[Moment, ...]) -> Condition | None:
    """The condition, if words that are no date are left beside it."""
    rest = covered(text, draft.parts)
    apart = [one for one in moments if text[: one.start].rstrip().endswith(",")]  # "…, by friday" says when, no more
    found = condition_in(covered(rest, [LinePart(PartKind.DUE, one.start, one.end) for one in apart]))
    if found is None:
        return None
    spans = [(found.start, found.end), *found.void, *((one.start, one.end) for one in moments)]
    beside = covered(rest, [LinePart(PartKind.CONDITION, *span) for span in spans])
    return found if any(letter.isalnum() for letter in beside) else None


def _take_condition(text: str, only_if: Condition, draft: _Draft) -> str:
    """Take it out of the statement; a date in it is written in full there, and lights up as the date it is."""
    start, end = only_if.inner
    inside = sorted(swap for swap in draft.swaps if start <= swap[0] and swap[1] <= end)
    pieces, last = [], start
    for first, stop, instead in inside:
        pieces += [text[last:first], instead]
        last = stop
    words = " ".join("".join([*pieces, text[last:end]]).split())
    draft.swaps = [swap for swap in draft.swaps if swap not in inside]
    dates = [(part.start, part.end) for part in draft.parts if only_if.start <= part.start and part.end <= only_if.end]
    edges = [only_if.start, *itertools.chain.from_iterable(dates), only_if.end]
    for first, stop in zip(edges[::2], edges[1::2], strict=True):
        words_there = text[first:stop].strip(_ASIDE)
        if words_there:
            begin = text.index(words_there, first)
            draft.parts.append(LinePart(PartKind.CONDITION, begin, begin + len(words_there)))
    draft.swaps.append((only_if.start, only_if.end, ""))
    for first, stop in only_if.void:
        _part(draft, PartKind.CONDITION, first, stop)
    draft.notes.append(_("If “%(words)s” does not hold, it is void.") % {"words": words})
    return words


def _taken(one: Moment, draft: _Draft) -> bool:
    return any(part.start < one.end and one.start < part.end for part in draft.parts)


def _stands_apart(rest: str, one: Moment) -> bool:
    """Whether a bare name of a weekday ends the sentence: "the parcel arrives friday", but "the friday meetup"."""
    before, after = rest[: one.start].rstrip(), rest[one.end :]
    if re.search(r"\b(?:the|every|each|last|a|of|and|to|than|from)$", before, re.IGNORECASE):
        return False
    return not any(letter.isalnum() for letter in after) or after.lstrip().startswith(COVER)


def _part(draft: _Draft, kind: PartKind, start: int, end: int, *, instead: str = "") -> None:
    draft.parts.append(LinePart(kind, start, end))
    draft.swaps.append((start, end, instead))


def _statement(text: str, draft: _Draft, options: Options | None, only_if: Condition | None) -> str:
    """The line with what was recognised taken out or written in full, and the gaps closed; "" where no word is left
    but the date, which is nothing to predict."""
    pieces, words, last = [], [], 0
    head = len(text) if options is None else options.head  # behind it stand options and what was recognised
    for start, end, instead in sorted(draft.swaps):
        words.append(text[last : max(last, min(start, head))])
        pieces += [words[-1], instead or " "]
        last = end
    words.append(text[last : max(last, head)])
    statement = _closed("".join([*pieces, words[-1]]))
    if only_if is not None and text[only_if.start].isupper():  # it began the sentence
        statement = statement[:1].upper() + statement[1:]
    if any(letter.isalnum() for letter in "".join(words)):
        return statement
    if options is None:
        return ""
    *first, final = options.names
    either = plain(_("%(first)s or %(last)s") % {"first": ", ".join(first), "last": final})
    return f"{either} {statement}".strip()


def _closed(words: str) -> str:
    words = " ".join(words.split())
    words = re.sub(r"\(\s*\)|\[\s*\]|\s+(?=[,.;:?!](?!\d))", "", words)
    words = re.sub(r"[,;](?:\s*[,;])+", ",", words).strip(_ASIDE)
    words = re.sub(r"(?<=[?!:])\s*,", "", words)
    words = re.sub(r"[,;:]+(?=[.?!]?$)", "", words)
    return re.sub(r"^that\s+", "", words, flags=re.IGNORECASE).strip()
