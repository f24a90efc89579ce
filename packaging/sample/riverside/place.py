"""Countries, how people spell them, their towns, languages and money."""

from __future__ import annotations

COUNTRY_WEIGHTS: dict[str, float] = {
    "United States": 27, "United Kingdom": 12, "Germany": 13, "Poland": 7, "Netherlands": 5, "Canada": 5,
    "Russia": 4, "Ukraine": 3, "Czechia": 4, "France": 3, "Sweden": 2.5, "Finland": 2, "Israel": 2, "Greece": 2,
    "Georgia": 1.4, "Spain": 2, "Portugal": 1.5, "Italy": 1.5, "Norway": 1.3, "Austria": 1.6, "Switzerland": 1.5,
    "India": 2.4, "Australia": 2.4, "New Zealand": 0.8, "Brazil": 1.2, "Argentina": 0.6, "Japan": 1, "Taiwan": 0.7,
    "Egypt": 0.5, "Morocco": 0.4, "Ghana": 0.5, "Kenya": 0.5, "Estonia": 0.7, "Lithuania": 0.5, "Ireland": 1,
}  # fmt: skip
"""Percent, roughly."""

SPELLINGS: dict[str, dict[str, float]] = {
    "United States": {"USA": 0.2, "U.S.A.": 0.03, "US": 0.07, "United States of America": 0.04, "usa": 0.03},
    "United Kingdom": {"UK": 0.2, "U.K.": 0.03, "England": 0.06, "Scotland": 0.04, "uk": 0.02},
    "Germany": {"Deutschland": 0.06, "germany": 0.03, "GERMANY": 0.01, "Germany 🇩🇪": 0.01},
    "Netherlands": {"The Netherlands": 0.2, "the Netherlands": 0.04, "Nederland": 0.04},
    "Czechia": {"Czech Republic": 0.3, "Česko": 0.05},
    "Poland": {"Polska": 0.07, "poland": 0.02},
    "Russia": {"Россия": 0.15, "Russian Federation": 0.06},
    "Ukraine": {"Україна": 0.15},
    "Greece": {"Ελλάδα": 0.12},
    "Georgia": {"საქართველო": 0.15, "Georgia (the country)": 0.25},
    "Israel": {"ישראל": 0.1},
    "Egypt": {"مصر": 0.2},
    "Taiwan": {"台灣": 0.2},
    "Japan": {"日本": 0.15},
}
"""Other ways to write a country, with the share of its people who do."""

CITIES: dict[str, tuple[str, ...]] = {
    "United States": ("Portland", "Madison", "Boston", "Austin", "Pittsburgh", "Chicago", "Denver", "New York", "NYC"),
    "United Kingdom": ("London", "Leeds", "Bristol", "Edinburgh", "Oxford", "York", "london"),
    "Germany": ("Berlin", "München", "Köln", "Leipzig", "Hamburg", "Göttingen", "berlin", "Freiburg"),
    "Poland": ("Warszawa", "Kraków", "Wrocław", "Łódź", "Gdańsk", "Poznań"),
    "Netherlands": ("Utrecht", "Amsterdam", "Leiden", "Groningen"),
    "Canada": ("Toronto", "Montréal", "Halifax", "Vancouver"),
    "Russia": ("Москва", "Санкт-Петербург", "Новосибирск", "Казань", "Пермь"),
    "Ukraine": ("Київ", "Львів", "Одеса", "Харків"),
    "Czechia": ("Praha", "Brno", "Plzeň", "Olomouc"),
    "France": ("Lyon", "Paris", "Nantes", "Besançon"),
    "Sweden": ("Göteborg", "Stockholm", "Uppsala", "Malmö"),
    "Finland": ("Helsinki", "Tampere", "Jyväskylä"),
    "Israel": ("תל אביב", "Haifa", "ירושלים"),
    "Greece": ("Αθήνα", "Θεσσαλονίκη", "Patras"),
    "Georgia": ("თბილისი", "Batumi"),
    "Spain": ("Valencia", "Bilbao", "A Coruña"),
    "Portugal": ("Porto", "Lisboa", "Évora"),
    "Italy": ("Torino", "Bologna", "Forlì"),
    "Norway": ("Bergen", "Tromsø"),
    "Austria": ("Wien", "Graz"),
    "Switzerland": ("Zürich", "Basel", "Genève"),
    "India": ("Pune", "Bengaluru", "Kochi"),
    "Australia": ("Melbourne", "Hobart", "Perth"),
    "New Zealand": ("Dunedin", "Wellington"),
    "Brazil": ("São Paulo", "Florianópolis"),
    "Argentina": ("Rosario", "Córdoba"),
    "Japan": ("京都", "Sapporo"),
    "Taiwan": ("台北", "Tainan"),
    "Egypt": ("الإسكندرية", "Cairo"),
    "Morocco": ("Rabat", "فاس"),
    "Ghana": ("Accra", "Kumasi"),
    "Kenya": ("Nairobi", "Kisumu"),
    "Estonia": ("Tartu", "Tallinn"),
    "Lithuania": ("Vilnius", "Kaunas"),
    "Ireland": ("Galway", "Cork", "Dublin"),
}

_LANGUAGES: dict[str, str] = {
    "United States": "English", "United Kingdom": "English", "Germany": "German", "Poland": "Polish",
    "Netherlands": "Dutch", "Canada": "English", "Russia": "Russian", "Ukraine": "Ukrainian", "Czechia": "Czech",
    "France": "French", "Sweden": "Swedish", "Finland": "Finnish", "Israel": "Hebrew", "Greece": "Greek",
    "Georgia": "Georgian", "Spain": "Spanish", "Portugal": "Portuguese", "Italy": "Italian", "Norway": "Norwegian",
    "Austria": "German", "Switzerland": "German", "India": "Hindi", "Australia": "English",
    "New Zealand": "English", "Brazil": "Portuguese", "Argentina": "Spanish", "Japan": "Japanese",
    "Taiwan": "Chinese", "Egypt": "Arabic", "Morocco": "Arabic", "Ghana": "Twi", "Kenya": "Swahili",
    "Estonia": "Estonian", "Lithuania": "Lithuanian", "Ireland": "English",
}  # fmt: skip

_RARE_LANGUAGES = ("Catalan", "Welsh", "Kurdish", "Tamil", "Yoruba", "Esperanto", "Basque", "Tatar", "Sign language")


def language_of(country: str, roll: float) -> str:
    """The first language of somebody there; `roll` in [0, 1) picks the few who grew up with another."""
    if roll < 0.05:
        return _RARE_LANGUAGES[int(roll / 0.05 * len(_RARE_LANGUAGES))]
    return _LANGUAGES[country]
