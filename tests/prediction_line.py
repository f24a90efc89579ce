"""Writes a captured prediction as a line again: what is read from that line must be the same."""

from __future__ import annotations

import re
from datetime import date, timedelta

from surveyapp.domain.prediction import PredictionKind, Quantile
from surveyapp.services.prediction.capture import Captured
from surveyapp.services.prediction.when.in_full import written_day

_EPOCH = date(1970, 1, 1)


def write_line(captured: Captured) -> str:
    """A line that says the same; read again at the same time it gives the same parts."""
    words = captured.statement
    if captured.options:
        pairs = zip(captured.options, captured.probabilities, strict=True)
        mark = "" if "?" in words else ":"
        words = f"{words}{mark} {', '.join(f'{name} {_percent(share)}' for name, share in pairs)}"
    elif captured.quantiles:
        ranges = ", ".join(_ranges(captured))
        words = words.replace("…", ranges, 1) if "…" in words else f"{ranges} {words}"
    elif captured.probability is not None:
        words = f"{_percent(captured.probability)}: {words}"
    if captured.condition:
        words = _with_condition(words, captured.condition)
    tags = [f"#{tag}" for tag in captured.tags]
    decider = ["@" + re.sub(r"[^\w.-]+", "_", captured.decider)] if captured.decider else []
    return " ".join([words, *tags, *decider])


def _with_condition(words: str, condition: str) -> str:
    """Before the words, but behind the belief."""
    head = re.match(r"\d[\d.]*%: ", words)
    place = head.end() if head else 0
    return f"{words[:place]}if {condition}, {words[place:]}"


def _percent(share: float) -> str:
    return f"{100 * share:.6f}".rstrip("0").rstrip(".") + "%"


def _ranges(captured: Captured) -> list[str]:
    """Its quantiles as ranges about the middle, narrow to wide."""
    found, half = captured.quantiles, len(captured.quantiles) // 2
    pairs = zip(reversed(found[:half]), found[-half:], strict=True)
    return [
        f"{_percent(high.level - low.level)} {_value(captured, low)} to {_value(captured, high)}" for low, high in pairs
    ]


def _value(captured: Captured, one: Quantile) -> str:
    if captured.kind is PredictionKind.DATE:
        return written_day(_EPOCH + timedelta(days=int(one.value)))
    return f"{one.value:.15g}"
