"""A person of Riverside: what lies behind the answers, before any question is asked."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from riverside.dice import Dice
from riverside.place import CITIES, COUNTRY_WEIGHTS

TRAITS = ("left", "free", "tech", "social", "spirit", "know", "sure", "happy", "giving", "worry", "diligent")
"""Standard normal numbers: politics on two axes, a technical mind, ties to the community, faith, general knowledge,
self-assurance, contentment, generosity, anxiety, and patience with long forms."""

ADJECTIVES = """
    quiet amber early brisk mossy silver patient rainy sleepy curious gentle copper crooked hidden
    little merry narrow purple salty steady tidy velvet windy woolly young
""".split()  # noqa: SIM905 a list of words reads better as a paragraph
ANIMALS = """
    otter heron badger lynx magpie newt osprey pike raven stoat swift toad wren beaver crane dormouse
    eider ferret gecko hare ibex jay kestrel lapwing marten
""".split()  # noqa: SIM905


@dataclass(frozen=True, slots=True, kw_only=True)
class Wave:
    """One run of the census; `late` is 0 for the first wave and 1 for the second and picks between two weights."""

    year: int
    people: int
    late: int


WAVES = (Wave(year=2024, people=900, late=0), Wave(year=2026, people=1200, late=1))
N_RETURNING = 260
"""So many people of the first wave answer the second too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """`traits` also holds `age` and `rich`, made from the rest and roughly standardised."""

    id: str
    age: int
    gender: str
    country: str
    city: str
    token: str
    returning: bool = False
    years: float = 0.0
    traits: dict[str, float] = field(default_factory=dict)

    def score(self, loads: dict[str, float]) -> float:
        """The weighted sum of traits."""
        return sum(weight * self.traits[name] for name, weight in loads.items())


def build_person(wave: Wave, number: int) -> Person:
    """The `number`-th newcomer of a wave."""
    name = f"{wave.year}/{number}"
    dice = Dice(f"person/{name}")
    gender = dice.weighted({"Man": 0.63 - 0.05 * wave.late, "Woman": 0.28 + 0.04 * wave.late, "other": 0.09})
    age = round(15 + 12.3 * pow(2.0, 0.9 * dice.normal() + 0.08 * wave.late))
    age = min(max(age, 16), 81)
    country = dice.weighted(COUNTRY_WEIGHTS)
    traits = {trait: dice.normal() for trait in TRAITS}
    traits["age"] = (age - 30) / 10
    traits["left"] = 0.95 * traits["left"] - 0.16 * traits["age"] + (0.3 if gender != "Man" else -0.1)
    traits["happy"] = 0.9 * traits["happy"] + 0.28 * traits["social"] - 0.3 * traits["worry"]
    traits["worry"] = traits["worry"] - 0.15 * traits["age"]
    traits["tech"] = traits["tech"] + (0.15 if gender == "Man" else -0.2)
    traits["rich"] = 0.45 * traits["tech"] + 0.8 * min(traits["age"], 1.6) + 0.5 * dice.normal()
    token = f"{dice.one_of(ADJECTIVES)}-{dice.one_of(ANIMALS)}-{dice.whole(10, 99)}"
    years = min(dice.uniform(0, 1) ** 2 * 14 + 0.3 * dice.uniform(), max(age - 15, 1))
    return Person(
        id=name,
        age=age,
        gender=gender,
        country=country,
        city=dice.one_of(CITIES[country]),
        token=token,
        years=years,
        traits=traits,
    )


def _two_years_later(person: Person) -> Person:
    """The same person at the next wave: older, otherwise almost the same."""
    dice = Dice(f"later/{person.id}")
    traits = {name: value + 0.2 * dice.normal() for name, value in person.traits.items()}
    traits["age"] = (person.age + 2 - 30) / 10
    return replace(person, age=person.age + 2, years=person.years + 2, returning=True, traits=traits)


def build_people(wave: Wave) -> list[Person]:
    """Everybody who answers a wave, in no meaningful order."""
    if wave.late == 0:
        return [build_person(wave, number) for number in range(wave.people)]
    first = build_people(WAVES[0])
    fond = sorted(first, key=lambda person: -person.traits["social"] + 1.2 * Dice(f"back/{person.id}").normal())
    back = [_two_years_later(person) for person in fond[:N_RETURNING]]
    new = [build_person(wave, number) for number in range(wave.people - N_RETURNING)]
    return Dice(f"order/{wave.year}").shuffled(back + new)
