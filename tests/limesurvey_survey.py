"""The invented census of the LimeSurvey fixtures: its questions, its columns, its people.

A database cell is None where the question was never shown, "" where it was shown and left blank.
"""

from __future__ import annotations

import json
import random
from dataclasses import dataclass, field

N = 16
SID = "642133"
TITLE = "Riverside Gardeners Census"
Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Q:
    """A question as a survey author enters it."""

    code: str
    type: str
    text: str
    subs: Pairs = ()
    answers: Pairs = ()
    other: bool = False
    relevance: str = "1"
    across: Pairs = ()  # second axis of an array of texts or numbers
    second: Pairs = ()  # answers of the second scale
    extra: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Col:
    """A database column: its code, its parts for the headings, and its question."""

    q: Q | None
    code: str
    sub: str = ""
    subtext: str = ""
    part: str = ""  # "", other, comment, filecount, rank
    scale: int = 0
    system: str = ""


OFTEN: Pairs = (("A1", "Never"), ("A2", "Every month"), ("A3", "Every week"), ("A4", "Every day"))
GROUPS: tuple[tuple[str, tuple[Q, ...]], ...] = (
    (
        "About you",
        (
            Q("CONSENT", "Y", "May your anonymous answers be published?"),
            Q("AGE", "N", "How old are you?", extra={"min_num_value_n": "16", "max_num_value_n": "99"}),
            Q("GENDER", "G", "What is your gender?"),
            Q(
                "DIST",
                "L",
                "Which part of <b>Riverside</b> do you live in?",
                answers=(("A1", "Old Town"), ("A2", "Mill Bank"), ("A3", "Upper Meadows, east")),
                other=True,
            ),
            Q("PLOT", "!", "How large is your plot?", answers=(("s", "Under 20 m²"), ("l", "20 m² and more"))),
            Q("MAIL", "S", "Your e-mail address"),
        ),
    ),
    (
        "Growing &amp; tending",
        (
            Q("INTRO", "X", "The next questions are about the past season."),
            Q(
                "GROW",
                "M",
                "What do you grow?",
                subs=(("SQ001", "Tomatoes"), ("SQ002", "Beans, peas"), ("SQ003", "Herbs [kitchen]")),
                other=True,
            ),
            Q(
                "HELP",
                "P",
                "Which of these help you, and how?",
                subs=(("SQ001", "The tool shed"), ("SQ002", "The newsletter")),
            ),
            Q("OFTEN", "F", "How often do you do this?", subs=(("SQ001", "Water"), ("SQ002", "Weed")), answers=OFTEN),
            Q("RATE", "A", "Rate these, 1 to 5", subs=(("SQ001", "Paths"), ("SQ002", "Gate"))),
            Q("TEN", "B", "Rate these, 1 to 10", subs=(("SQ001", "Soil"), ("SQ002", "Water butts"))),
            Q(
                "FAIR",
                "1",
                "How often do you go, and how do you like it?",
                subs=(("SQ001", "Market"), ("SQ002", "Seed fair")),
                answers=OFTEN[:3],
                second=(("x", "Not much"), ("y", "Well enough")),
                extra={"dualscale_headerA": "Visits", "dualscale_headerB": "Liking"},
            ),
            Q("TREND", "E", "Compared with last year?", subs=(("SQ001", "Slugs"), ("SQ002", "Bees"))),
            Q("KEEP", "C", "Should we keep these?", subs=(("SQ001", "Bonfire"), ("SQ002", "Raffle"))),
            Q(
                "HARV",
                ":",
                "How much did you harvest?",
                subs=(("R1", "Beans"), ("R2", "Plums")),
                across=(("C1", "Kilos"), ("C2", "Jars")),
            ),
            Q("LAB", ";", "Names of your beds", subs=(("R1", "Front"),), across=(("C1", "Sunny"), ("C2", "Shady"))),
            Q("COST", "K", "What did you spend?", subs=(("SQ001", "Seeds"), ("SQ002", "Tools"))),
            Q("TIPS", "Q", "Two tips for beginners", subs=(("SQ001", "First tip"), ("SQ002", "Second tip"))),
            Q(
                "RANK",
                "R",
                "Put these in order",
                answers=(("A1", "Quiet"), ("A2", "Company"), ("A3", "Vegetables")),
            ),
            Q("SAT", "5", "All in all, how satisfied are you?"),
            Q("SINCE", "D", "When did you take your plot?"),
            Q("WHY", "O", "Why did you join?", answers=(("A1", "For the food"), ("A2", "For the people"))),
            Q(
                "BUS",
                "N",
                "How many minutes is your way to the plot?",
                relevance="((DIST.NAOK == \"A1\" or DIST.NAOK == 'A2'))",
            ),
            Q("FLOOD", "S", "What did the flood take?", relevance="PLOT.NAOK == 's' and AGE.NAOK > 30"),
            Q("PHOTO", "|", "A picture of your plot"),
            Q("TOTAL", "*", "{sum(COST_SQ001.NAOK, COST_SQ002.NAOK)}"),
            Q("FREE", "T", "Anything else?"),
        ),
    ),
)
QUESTIONS = tuple(q for _name, own in GROUPS for q in own)
SYSTEM = (
    ("id", "Response ID"),
    ("submitdate", "Date submitted"),
    ("lastpage", "Last page"),
    ("startlanguage", "Start language"),
    ("seed", "Seed"),
    ("token", "Access code"),
    ("startdate", "Date started"),
    ("datestamp", "Date last action"),
    ("ipaddr", "IP address"),
    ("refurl", "Referrer URL"),
)
GERMAN = {
    "id": "Antwort ID",
    "submitdate": "Datum Abgeschickt",
    "lastpage": "Letzte Seite",
    "startlanguage": "Start-Sprache",
    "seed": "Zufallsstartwert",
}
TIMES = (
    ("interviewtime", "Total time"),
    ("groupTime12", "Group time: About you"),
    ("CONSENTTime", "Question time: CONSENT"),
    ("345Time", "Question time: 345"),
)


def columns() -> list[Col]:
    """The columns of the response table, in its order."""
    made = [Col(None, code, system=text) for code, text in SYSTEM]
    for q in QUESTIONS:
        made += _columns_of(q)
    return made + [Col(None, code, system=text) for code, text in TIMES]


def _columns_of(q: Q) -> list[Col]:
    if q.type in ":;":
        return [Col(q, q.code, f"{s}_{a}", f"{st}][{at}") for s, st in q.subs for a, at in q.across]
    if q.type == "1":
        return [Col(q, q.code, s, st, scale=n) for s, st in q.subs for n in (1, 2)]
    if q.type == "R":
        return [Col(q, q.code, str(n), f"Rank {n}", "rank") for n in range(1, len(q.answers) + 1)]
    if q.type == "|":
        return [Col(q, q.code), Col(q, q.code, "filecount", "", "filecount")]
    made = []
    for s, st in q.subs:
        made.append(Col(q, q.code, s, st))
        if q.type == "P":
            made.append(Col(q, q.code, f"{s}comment", f"{st}][Comment", "comment"))
    made = made or [Col(q, q.code)]
    if q.type == "O":
        made.append(Col(q, q.code, "comment", "Comment", "comment"))
    if q.other:
        made.append(Col(q, q.code, "other", "Other", "other"))
    return made


def people() -> list[list[str | None]]:
    """The invented answers as the database holds them."""
    rng = random.Random(5)
    rows = []
    for n in range(N):
        answers = {col.code: "" for col in columns() if col.q is None}
        row = [_system(n, col.code) if col.q is None else None for col in columns()]
        stop = {5: 6, 11: 14}.get(n, len(QUESTIONS))  # two left early
        shown = {q.code for q in QUESTIONS[:stop]}
        answers["DIST"] = ("A1", "A2", "A3", "-oth-")[n % 4]
        if answers["DIST"] not in ("A1", "A2"):
            shown.discard("BUS")
        row = [
            _cell(n, col, rng, answers) if col.q and col.q.code in shown else own
            for own, col in zip(row, columns(), strict=True)
        ]
        rows.append(row)
    return rows


def _system(n: int, code: str) -> str | None:
    left = n in (5, 11)
    day = f"2026-10-{n + 3:02d}"
    return {
        "id": str(n * 2 + 3),
        "submitdate": None if left else f"{day} 18:{n:02d}:40",
        "lastpage": "1" if n == 5 else "2",
        "startlanguage": "en",
        "seed": str(1_203_112_000 + n * 977),
        "token": f"tk{n:02d}Qx9",
        "startdate": f"{day} 18:00:00",
        "datestamp": f"{day} 18:{n:02d}:40",
        "ipaddr": f"192.0.2.{n + 1}",
        "refurl": "https://example.org/census" if n % 3 else "",
        "interviewtime": f"{61.5 + 7 * n:.2f}",
        "groupTime12": f"{20 + n}.5",
        "CONSENTTime": "4.25",
        "345Time": "" if left else "9",
    }[code]


def _cell(n: int, col: Col, rng: random.Random, row: dict[str, str]) -> str | None:
    q = col.q
    assert q is not None
    skip = rng.random() < 0.1
    if col.part == "other":
        given = row["DIST"] == "-oth-" if q.code == "DIST" else n % 5 == 0
        return ("Boat house" if q.code == "DIST" else 'Figs; "Brown Turkey"') if given else ""
    if col.part == "comment":
        return "Saves a walk\nand money" if n % 4 == 1 else ""
    if col.part == "filecount":
        return "1" if n == 2 else "0"
    if q.code == "DIST":
        return row["DIST"]
    fixed = {
        "MAIL": f"gardener{n}@example.org",
        "SINCE": f"20{10 + n}-04-01 00:00:00" if n % 7 else None,
        "FREE": {1: "=1+1 is all I grow", 2: "Tabs\tand {braces}", 3: '"Quoted" at once'}.get(n, ""),
        "FLOOD": "two spades" if n % 6 == 0 else "",
        "TOTAL": "35.5",
        "INTRO": None,
        "PHOTO": json.dumps([{"title": "", "size": "12.5", "name": "plot.png", "filename": "fu_ab12", "ext": "png"}])
        if n == 2
        else "",
    }
    if q.code in fixed:
        return fixed[q.code]
    if q.type in "MP":
        return "Y" if rng.random() < 0.5 else ""
    numeric = {
        "N": f"{rng.randint(17, 80)}.0000000000",
        "K": f"{rng.randint(1, 90)}.5000000000",
        ":": str(rng.randint(0, 30)),
    }
    if q.type in numeric:
        return (None if q.type != ":" else "") if skip and q.code != "AGE" else numeric[q.type]
    texts = {"Q": "Water early" if n % 3 == 0 else "Ask around", ";": "Dill" if n % 2 else "Mint"}
    if q.type in texts:
        return "" if skip else texts[q.type]
    codes: dict[str, list[str]] = {
        "Y": ["Y", "Y", "Y", "N"],
        "G": ["F", "M"],
        "C": ["Y", "N", "U"],
        "E": ["I", "S", "D"],
        "A": list("12345"),
        "5": list("12345"),
        "B": [str(k) for k in range(1, 11)],
    }
    if q.type == "R":
        return sorted(("A1", "A2", "A3"), key=lambda code: (n * 7 + int(code[1]) * 5) % 11)[int(col.sub) - 1]
    options = codes.get(q.type) or [code for code, _text in (q.second if col.scale == 2 else q.answers)]
    return "" if skip and q.type != "Y" else rng.choice(options)
