"""Free texts: whole sentences in many languages, and English ones put together from parts."""

from __future__ import annotations

_GOOD_THINGS = """the heron|a thermos of tea|my daughter's drawings|the first frost|a borrowed bicycle|my neighbour's piano
new boots|the night ferry|a bread starter|letters from my aunt|the swifts coming back|a window that finally closes
the Thursday meetup|learning to whistle|a second-hand accordion|the repaired kettle|the long way home|my sister's laugh
a very small tomato|the library card|the allotment|a hammock|the old map|a stranger's umbrella|rowing lessons|the moss
a good pair of scissors|the tide table|a bus driver who waits|the plum tree|a broken phone|a choir of beginners""".replace(
    "\n", "|"
).split("|")
_GOOD_WHERE = """on the way to work|under the railway bridge|every Thursday|during the power cut|which I nearly threw away
that nobody wanted|in the rain|at six in the morning|behind the school|with the radio on|after all these years
in February, of all months|by the lock gates|although it was late|and the quiet after it|from the flat upstairs
for no reason|on the kitchen table|on Linden Street|before anybody else was up|and the soup that came with it
when I needed it|across the river|in the wrong language|shared with the whole staircase""".replace("\n", "|").split("|")

_MIND_ABOUT = """cycle lanes|pineapple on pizza|fences|how loud owls are|prediction markets|school uniforms|my own handwriting
minimum wages|wolves|open-plan kitchens|nuclear power|running|standardised tests|my landlord|opera|fireworks|daylight saving
whether fish feel pain|moving to the countryside|rent control|crying at work|the usefulness of meetings|garden gnomes
what my father meant|cold water|tipping|small talk|lotteries for public office|how long things take|weather apps""".replace(
    "\n", "|"
).split("|")
_MIND_WHY = """after keeping a log for a year|because my daughter asked why|when I looked up the numbers|at a meetup, out loud
thanks to a stranger on a train|after losing a bet, 3 : 1|in one evening|slowly, then over one cup of tea
because the forecast was right and I was not|after reading the other side for a month|once more|to my own surprise
when I had to explain it|since the move|because of a single chart|after ten years""".replace("\n", "|").split("|")

_ASK_HEAD = (
    "Ask how often people|Please ask whether people|Ask why people|It would help to know how many people"
    "|Do ask if people|I would love to know when people|Next time: do people"
).split("|")
_ASK_TAIL = """walk home|borrow books|talk to their neighbours|keep a diary|mend things|change jobs|sing|know their river's length
regret a prediction|cook for others|read to children|look at the stars|write letters|sleep with the window open|bake
know all their neighbours' names|keep plants alive|like their work|forget birthdays|have a favourite bridge
have moved for a friend|trust a weather app|have been wrong in public|own a map|swim outdoors""".replace(
    "\n", "|"
).split("|")

_ELSE_HEAD = """Thank you for running this again.|Long, but kinder than last time.|I enjoyed the calibration questions.
I looked up the Danube afterwards.|My answers on politics depend on the day.|The grid is hard to use on a phone.
Greetings from the night shift.|I answered on the ferry.|This took me 25 minutes and one biscuit.
I skipped the probabilities, I never know.|The question on siblings made me call my brother.|First census, not the last.
Please keep the cake question.|I was honest except about the books.|The money question should offer ranges.
It is snowing here.|I would like to help with the analysis.|My cat filled in question 40.""".replace("\n", "|").split(
    "|"
)
_ELSE_TAIL = """See you in spring.|Good luck with the report.|Publish the median, not only the mean.|More meetups in the north, if possible.
I hope the heron is well.|Curious what changed since last time.|Do tell us how many gave up half-way.|That is all.
The soup was excellent.|Take your time with the results.|I will bring chairs.|Please say how the answers are stored.
Sorry for the typos.|Warm regards to the organisers.|Nothing else, really.|I would read 40 pages of this.""".replace(
    "\n", "|"
).split("|")

OTHER_LANGUAGES: dict[str, tuple[str, ...]] = {
    "good": (
        "Poranna kawa na balkonie, zanim wszyscy wstaną", "kot sąsiadki, który przychodzi w środy",
        "Дочка научилась кататься на велосипеде", "первый снег и тишина после него", "Бабушкино варенье из крыжовника",
        "Ранкова кава з братом по відео", "тепле світло у вікні бібліотеки", "το πρώτο μπάνιο του Μάη", "ένα γράμμα από τη γιαγιά",
        "הכלב של השכנים", "תה עם נענע בשש בבוקר", "早上六点的豆浆", "和女儿一起种的番茄", "رائحة الخبز في الصباح", "مكالمة طويلة مع أختي",
        "დილის ყავა აივანზე", "მეზობლის ძველი პიანინო", "Das Konzert im Regen, alle sind geblieben", "une lettre, une vraie",
        "近所の猫", "el pan de los domingos", "Yeni komşular ve çay", "🌱 → 🍅 → 🥗", "Kaffee ☕ und Stille",
    ),
    "mind": (
        "что опоздание — это всегда лень", "до тридцати я думал, что не умею петь", "że nie da się polubić biegania",
        "Думала, що не люблю космологію", "ότι δεν μου αρέσει ο χειμώνας", "חשבתי שאני לא אדם של בוקר", "以前觉得预测没有用",
        "كنت أظن أن الشطرنج ممل", "მეგონა, ცურვას ვეღარ ვისწავლიდი", "dass Nachbarn nur laut sind", "l'utilité des réunions",
    ),
    "ask": (
        "Спросите про сон, отдельно про будни и выходные", "Zapytajcie o ulubiony most", "问问大家的第一本书", "Ρωτήστε για τα όνειρα",
        "תשאלו על מוזיקה", "اسألوا عن الأغاني", "ჰკითხეთ მდინარეზე", "Запитайте про улюблену книгу дитинства",
    ),
    "else": (
        "Спасибо за опрос! Было интересно, особенно про Дунай.", "Вопросы про политику лучше перевести:\nполовина слов непереводима.",
        "Dziękuję, to był dobry wieczór. Pozdrowienia z Łodzi!", "Świetna ankieta, tylko \"siatka\" na telefonie boli.",
        "Дякую! Минулого разу я зупинилася на половині, цього разу — ні.", "Ευχαριστώ πολύ, καλή συνέχεια!", "תודה רבה, היה כיף",
        "谢谢大家。结果出来以后请告诉我们。", "شكرا جزيلا، وتحياتي من الإسكندرية", "დიდი მადლობა! გაზაფხულზე გნახავთ.", "Vielen Dank. Schöne Grüße vom Fluss.",
        "Merci ! « Continuez. »", "ありがとうございました 🙂", "👍🏽👏🏾🌊", "🦆🦆🦆 (three of them)", "¡Gracias! Muy bien pensado.",
    ),
}  # fmt: skip

SPECIAL: dict[str, tuple[str, ...]] = {
    "else": (
        "If you need a second reader for the report: otter.reads@example.org",
        "My old address does not work any more, use wren+census@example.org instead.\nThe phone is the same.",
        "Happy to host the spring meetup. Write to hello@linden-street.example.org",
        "=1+1 is the only thing I am sure of",
        '=HYPERLINK("https://example.org/soup","the soup recipe")',
        "+1 for more picnics",
        "@the organisers: thank you",
        "-5 for the font",
        'She said "a census is a letter to the future", and I liked that.',
        "Three things:\n1. the map is lovely\n2. the coin question is not hard\n3. thank you",
        "Question 12 says \"hours\", question 13 says \"year\";\nI mixed them up once, sorry.",
        "a comma, a \"quote\", a; semicolon and a\ttab walk into a cell",
        "tl;dr: yes",
        "My answer to P(God) is 0 and I mean zero, not blank.",
        "it’s the first census I’ve finished — promise",
    ),
    "mind": ("that I can't change my mind", "=)", "nothing\n\n(yet)"),
    "good": ("+ 1 nephew", "\"good\" coffee, in quotation marks", "sleep\nsleep\nsleep"),
    "ask": ("=COUNT(everyone)", "Shoe size (for science)"),
}  # fmt: skip


def _pairs(heads: list[str], tails: list[str], join: str = " ") -> list[str]:
    return [f"{head.strip()}{join}{tail.strip()}" for head in heads for tail in tails]


def english(deck: str) -> list[str]:
    """Every English text of a deck; more than any wave deals."""
    return {
        "good": lambda: _pairs(_GOOD_THINGS, _GOOD_WHERE),
        "mind": lambda: _pairs(_MIND_ABOUT, _MIND_WHY, ", "),
        "ask": lambda: _pairs(_ASK_HEAD, _ASK_TAIL),
        "else": lambda: _pairs(_ELSE_HEAD, _ELSE_TAIL),
    }[deck]()
