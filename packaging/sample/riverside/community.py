"""The second part: how people came here and what they do together."""

from __future__ import annotations

from riverside.question import Asking, Question, Weights, ordered, single, steep, ticks

FOUND_WORDS = (
    "my dentist", "a poster at the ferry terminal", "my sister would not stop talking about it", "library notice board",
    "a footnote", "wrong turn", "I was looking for the chess club", "the bakery on Linden Street", "choir", "a podcast",
    "Мне показал брат", "по ссылке в письме", "znajoma z pracy", "από έναν φίλο", "חבר מהעבודה", "同事推荐的", "Oma",
    "ერთმა მეგობარმა მითხრა", "عن طريق زميلة", "через книжковий клуб", "radio", "my own search history",
)  # fmt: skip


def _years(asking: Asking) -> str:
    years = asking.person.years
    if asking.dice.chance(0.015):
        return asking.dice.one_of(("2 or 3", "since spring", "~4", "about 6", "too long", "1½"))
    if years < 1 and asking.dice.chance(0.5):
        return asking.dice.one_of(("0.5", "0,5", "0.3"))
    return str(round(years))


def _earlier(asking: Asking) -> str:
    if asking.person.returning:
        return asking.dice.weighted({"Yes": 0.95, "Not sure": 0.05})
    took = 0.2 if asking.wave.late == 0 and asking.person.years > 2 else 0.03
    return asking.dice.weighted({"Yes": took, "No": 0.93 - took, "Not sure": 0.04})


def _token(asking: Asking) -> str:
    person, dice = asking.person, asking.dice
    keen = 0.8 if person.returning else 0.2 + (0.25 if person.traits["social"] > 0.3 and not asking.wave.late else 0)
    if not dice.chance(keen):
        return ""
    if dice.chance(0.08):
        return person.token.upper() if dice.chance(0.5) else person.token.replace("-", " ")
    return person.token


MEETUPS: Weights = {
    "Never": (0.52, 0.44),
    "Once": (0.13, 0.0),
    "A few times": (0.24, 0.0),
    "Once or twice": (0.0, 0.2),
    "Now and then": (0.0, 0.21),
    "Regularly": (0.11, 0.15),
}
"""The middle options changed between the waves."""

MORE_OF: Weights = {
    "Meetups in smaller towns": 0.31,
    "Reading groups": 0.27,
    "Calibration games": 0.24,
    "Walks, picnics and swimming": 0.33,
    "Talks by members, with slides or without": 0.22,
    "Help with jobs, flats and forms": 0.17,
    "Events with children": 0.13,
    "Online evenings": 0.2,
}

TOKEN = Question(key="token", header="Return token (optional)", answer=_token, skip=0.0)

QUESTIONS = (
    Question(
        key="found",
        header="How did you find us?",
        answer=single(
            {
                "A friend or relative": 0.29,
                "A blog or newsletter": 0.24,
                "The forum": (0.2, 0.16),
                "A book": 0.08,
                "A search engine": 0.09,
                "A meetup or talk": (0.06, 0.1),
            },
            tilt={"A meetup or talk": {"social": 0.4}},
            other=FOUND_WORDS,
            other_share=0.05,
        ),
    ),
    Question(key="years", header="Years in the community", answer=_years),
    Question(
        key="origin",
        header="Community you came from",
        answer=single(
            {
                "None in particular": 0.36,
                "Science or skeptics": 0.19,
                "Open source": 0.15,
                "Philosophy": 0.1,
                "Giving and volunteering": 0.08,
                "Games and puzzles": 0.07,
                "Faith or its exit": 0.04,
            },
            tilt={
                "Open source": {"tech": 0.6, "free": 0.2},
                "Giving and volunteering": {"giving": 0.7, "left": 0.2},
                "Faith or its exit": {"spirit": 0.6},
            },
            other=("birdwatching", "amateur radio", "improvised theatre", "a choir that argued"),
            other_share=0.01,
        ),
        skip=0.04,
    ),
    Question(
        key="neighbours",
        header="Which neighbouring communities do you also belong to?",
        answer=ticks(
            {
                "Harbour Debating Society": 0.12,
                "Effective giving, local group": (0.18, 0.21),
                "Skeptics, humanists or secular groups": 0.14,
                "Makers, repair cafés and open hardware": 0.16,
                "Long-distance letter writers": 0.04,
                "None of these": 0.42,
            },
            tilt={
                "Effective giving, local group": {"giving": 0.7},
                "Makers, repair cafés and open hardware": {"tech": 0.4},
            },
            other=("chess club", "my allotment", "parish council", "sea shanty evening"),
            other_share=0.03,
            alone=("None of these",),
        ),
        skip=0.05,
    ),
    Question(key="meetups", header="Do you attend meetups?", answer=ordered(MEETUPS, loads={"social": 0.6}), skip=0.01),
    Question(
        key="barriers",
        header="If you come rarely or never: what keeps you away?",
        answer=ticks(
            {
                "There is none near me": 0.38,
                "I am shy, or tired in the evening": 0.3,
                "Work, study or children": 0.33,
                "The hours or the place": 0.12,
                "I prefer reading, writing and letters": 0.19,
                "I did not know there were any": 0.08,
            },
            tilt={"I am shy, or tired in the evening": {"worry": 0.5, "social": -0.4}},
            other=("the hill", "my cat objects", "Ребёнок засыпает в восемь", "last train is at 21:40"),
            other_share=0.03,
        ),
        skip=0.3,
    ),
    Question(
        key="forum",
        header="How often do you read the forum?",
        answer=ordered(
            {
                "Never": (0.05, 0.08),
                "A few times a year": (0.09, 0.12),
                "Monthly": (0.14, 0.17),
                "Weekly": (0.37, 0.34),
                "Daily": (0.35, 0.29),
            },
            loads={"social": 0.35, "age": -0.1},
        ),
    ),
    Question(
        key="posting",
        header="How often do you post or comment?",
        answer=ordered(
            {"Never": 0.46, "A few times a year": 0.28, "Monthly": 0.14, "Weekly": 0.09, "Daily": 0.03},
            loads={"social": 0.45, "sure": 0.2},
        ),
    ),
    Question(key="friends", header="Close friends in the community", answer=steep(1.3, 1.0, {"social": 0.8}, high=60)),
    Question(
        key="belong",
        header="I feel part of the community",
        answer=ordered({"1": 0.09, "2": 0.19, "3": 0.29, "4": 0.28, "5": 0.15}, loads={"social": 0.65, "happy": 0.2}),
    ),
    Question(
        key="disagree",
        header="I can disagree here without being punished for it",
        answer=ordered({"1": 0.03, "2": 0.08, "3": 0.22, "4": 0.4, "5": 0.27}, loads={"happy": 0.25, "sure": 0.25}),
    ),
    Question(
        key="more_of",
        header="What should there be more of?",
        answer=ticks(
            MORE_OF,
            tilt={"Events with children": {"age": 0.5}, "Walks, picnics and swimming": {"social": 0.3}},
            other=("soup", "board games, long ones", "silence", "więcej spotkań rano", "больше прогулок", "maps"),
            other_share=0.04,
        ),
        skip=0.06,
    ),
    Question(key="earlier", header="Did you take an earlier census?", answer=_earlier, skip=0.01),
)
