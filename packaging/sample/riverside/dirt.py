"""Dirt as real exports have it. Each function changes the rows and returns how many cells or rows it touched."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from riverside.belief import ISSUES, PROBABILITIES, TRUST
from riverside.census import QUESTIONS, Row
from riverside.dice import Dice
from riverside.person import Wave

KEYS = tuple(question.key for question in QUESTIONS)

TEXTUAL = ("good", "mind", "ask", "else", "city", "gender", "profession", "found")
PROBABILITY_KEYS = tuple(PROBABILITIES)


def _pick(rows: list[Row], seed: str, count: int, fits: Callable[[Row], bool]) -> list[Row]:
    """So many different rows that fit."""
    return Dice(f"dirt/{seed}").shuffled([row for row in rows if fits(row)])[:count]


def zeros_for_blanks(rows: list[Row], wave: Wave) -> int:
    """The first wave's form wrote 0 for people who left the probabilities out."""
    if wave.late:
        return 0
    last = KEYS.index(PROBABILITY_KEYS[-1])
    left_out = [row for row in rows if "probability" in row.skipped and row.seen > last]
    for row in left_out:
        row.cells.update(dict.fromkeys(PROBABILITY_KEYS, "0"))
    return len(left_out)


def odd_ages(rows: list[Row], wave: Wave) -> int:
    """Ages that cannot be, and ages in words."""
    typed = ("3", "999", "7", "104", "30 ish", "mid-30s", "thirty-one") if wave.late else ("3", "999", "40s")
    chosen = _pick(rows, f"age/{wave.year}", len(typed), lambda row: bool(row.cells.get("age")))
    for row, age in zip(chosen, typed, strict=True):
        row.cells["age"] = age
    return len(chosen)


def joke_numbers(rows: list[Row], wave: Wave) -> int:
    """Credences above 100 and countries off the map."""
    jokes: tuple[tuple[str, str], ...] = (
        ("P(aliens)", "120"),
        ("P(God)", "9999"),
        ("country", "The Moon"),
        ("country", "a boat"),
        ("hours", "168"),
    )
    if not wave.late:
        jokes = (("P(simulation)", "110"), ("country", "Atlantis"))
    for number, (key, typed) in enumerate(jokes):

        def answered(row: Row, wanted: str = key) -> bool:
            return bool(row.cells.get(wanted))

        for row in _pick(rows, f"joke/{wave.year}/{number}", 1, answered):
            row.cells[key] = typed
    return len(jokes)


def rubber_stamps(rows: list[Row], wave: Wave) -> int:
    """People who answer the middle of everything."""
    whole = _pick(
        rows, f"stamp/{wave.year}", 8 if wave.late else 4, lambda row: row.seen == len(KEYS) and not row.skipped
    )
    for row in whole:
        row.cells.update({f"issue {issue}": "neither" for issue in ISSUES})
        row.cells.update({f"trust {name}": "3" for name in TRUST})
        row.cells.update(dict.fromkeys(PROBABILITY_KEYS, "50"))
    return len(whole)


def odd_spaces(rows: list[Row], wave: Wave) -> int:
    """No-break spaces and trailing blanks, in answers of closed questions too."""
    spaced = ("country", "city", "education", "work", "politics", "meetups", "found", "profession", "religion")
    touched = 0
    for number in range(96 if wave.late else 61):
        dice = Dice(f"space/{wave.year}/{number}")
        key = dice.one_of(spaced)
        row = dice.one_of(rows)
        cell = row.cells.get(key, "")
        if not cell or cell != cell.strip() or "\u00a0" in cell:
            continue
        if " " in cell and dice.chance(0.6):
            row.cells[key] = cell.replace(" ", "\u00a0", 1)
        else:
            row.cells[key] = cell + dice.one_of((" ", " ", "\u00a0", "  "))
        touched += 1
    return touched


def _broken(cell: str, wave: Wave) -> str:
    """The cell after a wrong round trip of encodings; the cell itself where that cannot be undone."""
    wrong = ("cp1252", "utf-8", "cp1252") if wave.late else ("mac_roman", "cp1252", "mac_roman")
    try:
        result = cell.encode(wrong[1]).decode(wrong[0])
        undone = result.encode(wrong[2]).decode(wrong[1])
    except UnicodeError:
        return cell
    return result if undone == cell and result.isprintable() and "\u00a0" not in cell else cell


def mojibake(rows: list[Row], wave: Wave) -> int:
    """UTF-8 read as Windows-1252 (second wave), Windows-1252 read as Mac Roman (first)."""
    touched, wanted = 0, 11 if wave.late else 7
    for row in Dice(f"dirt/mojibake/{wave.year}").shuffled(rows):
        for key in TEXTUAL:
            cell = row.cells.get(key, "")
            if touched < wanted and _broken(cell, wave) != cell:
                row.cells[key] = _broken(cell, wave)
                touched += 1
                break
    return touched


def shifted(rows: list[Row], wave: Wave) -> int:
    """Rows whose answers after the income slipped one column to the right; the last column was empty."""
    start = KEYS.index("income") + 1
    chosen = _pick(
        rows,
        f"shift/{wave.year}",
        7 if wave.late else 3,
        lambda row: row.seen == len(KEYS) and not row.cells.get("else") and bool(row.cells.get("status")),
    )
    for row in chosen:
        moved = [row.cells.get(key, "") for key in KEYS[start:-1]]
        row.cells[KEYS[start]] = ""
        row.cells.update(zip(KEYS[start + 1 :], moved, strict=True))
    return len(chosen)


def bots(rows: list[Row], wave: Wave) -> int:
    """Rows of random letters, seconds apart."""
    number = 4 if wave.late else 2
    at = rows[len(rows) * 2 // 3].at
    for bot in range(number):
        dice = Dice(f"bot/{wave.year}/{bot}")
        cells = {"consent": "Yes (recommended)", "age": str(dice.whole(18, 99)), "coin": str(dice.whole(0, 100))}
        for key in ("gender", "country", "city", "profession", "found", "politics", "good", "mind", "else"):
            cells[key] = "".join(dice.one_of("bcdfghjklmnpqrstvwxz") for _ in range(dice.whole(5, 14)))
        cells.update({key: str(dice.whole(0, 100)) for key in PROBABILITY_KEYS})
        moment = at + timedelta(seconds=2 * bot + 1, milliseconds=bot * 31)
        rows.append(Row(at=moment, cells=cells, skipped=frozenset(), seen=len(KEYS)))
    rows.sort(key=lambda row: row.at)
    return number


def near_twins(rows: list[Row], wave: Wave) -> int:
    """People who sent the form again some minutes later, with a little changed."""
    chosen = _pick(rows, f"twin/{wave.year}", 2, lambda row: row.seen == len(KEYS) and bool(row.cells.get("token")))
    for number, row in enumerate(chosen):
        cells = dict(row.cells)
        cells["city"] = ""
        cells["satisfaction"] = "7" if cells.get("satisfaction") != "7" else "8"
        cells["else"] = ("I pressed send too early.", "Second try, the first had a typo.")[number]
        later = row.at + timedelta(minutes=4 + 3 * number, seconds=17)
        rows.append(Row(at=later, cells=cells, skipped=row.skipped, seen=row.seen))
    rows.sort(key=lambda row: row.at)
    return len(chosen)


STEPS: dict[str, Callable[[list[Row], Wave], int]] = {
    "people whose blank probabilities became 0": zeros_for_blanks,
    "odd ages": odd_ages,
    "joke answers": joke_numbers,
    "rubber stamps": rubber_stamps,
    "cells with odd spaces": odd_spaces,
    "mojibake cells": mojibake,
    "shifted rows": shifted,
    "bots": bots,
    "near twins": near_twins,
}


def soil(rows: list[Row], wave: Wave) -> dict[str, int]:
    """All dirt inside rows, in place; how much of each kind."""
    return {name: step(rows, wave) for name, step in STEPS.items()}
