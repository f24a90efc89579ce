"""What a question is about, by the words of its header (English and Russian)."""

from __future__ import annotations

import re
from enum import StrEnum

from surveyapp.base.i18n import _


class Topic(StrEnum):
    """The sections that census authors use, in the order in which equal evidence decides."""

    FORM = "form"
    FEEDBACK = "feedback"
    CALIBRATION = "calibration"
    PROBABILITY = "probability"
    GIVING = "giving"
    TECHNOLOGY = "technology"
    POLITICS = "politics"
    BELIEF = "belief"
    COMMUNITY = "community"
    HABIT = "habit"
    WORK = "work"
    YOU = "you"

    @property
    def heading(self) -> str:
        """The section's name."""
        return {
            Topic.FORM: _("About the form"),
            Topic.FEEDBACK: _("Anything else"),
            Topic.CALIBRATION: _("Calibration"),
            Topic.PROBABILITY: _("Probabilities"),
            Topic.GIVING: _("Giving"),
            Topic.TECHNOLOGY: _("Technology and the future"),
            Topic.POLITICS: _("Politics"),
            Topic.BELIEF: _("Beliefs and values"),
            Topic.COMMUNITY: _("Community"),
            Topic.HABIT: _("Well-being and habits"),
            Topic.WORK: _("Work and education"),
            Topic.YOU: _("About you"),
        }[self]


_STRONG: dict[Topic, str] = {
    Topic.FORM: r"timestamp|consent\w*|instructions?|(?:read the )?introduction|(?:return )?token|paying attention|"
    r"attention check|pass ?phrase|published|privacy|отметка времени|согласи\w*|инструкци\w*",
    Topic.FEEDBACK: r"anything else|feedback|any (?:other |more )?comments|final thoughts|next (?:census|survey)|"
    r"что[- ]нибудь ещ[её]|что ещ[её]|замечани\w*|пожелани\w*|обратная связь",
    Topic.CALIBRATION: r"calibrat\w*|how (?:sure|certain) are you|насколько вы уверены",
    Topic.GIVING: r"charit\w*|donat\w*|volunteer\w*|altruis\w*|given money|благотворител\w*|пожертвован\w*|"
    r"волонт[её]р\w*",
    Topic.TECHNOLOGY: r"singularity|cryonic\w*|catastroph\w*|existential|x ?risks?|machines|transhuman\w*|"
    r"life extension|genomics|сингулярност\w*|крион\w*|катастроф\w*|искусственн\w+ интеллект\w*",
    Topic.POLITICS: r"vot(?:e|es|ed|ing)|elections?|basic income|minimum wage|abortion|immigra\w*|taxes|feminis\w*|"
    r"social justice|gun|military|nuclear power|(?:american|political) part(?:y|ies)|political question|issues|"
    r"biodiversity|stagnation|голосова\w*|выбор(?:ы|ах|ов)|налог\w*|аборт\w*|\w*миграц\w*|парти[яию]",
    Topic.BELIEF: r"relig\w*|moral\w*|ethic(?:s|al)|philosoph\w*|metaethic\w*|god|atheis\w*|spiritual\w*|"
    r"political(?: (?:identification|views?|position|affiliation))?|complex affiliation|newcomb\w*|"
    r"религи\w*|морал\w*|этик\w*|философ\w*|политическ\w+ взгляд\w*",
    Topic.COMMUNITY: r"communit(?:y|ies)|meet ?ups?|forum|sequences|karma|\w*referrals?|hear about|find us|found us|"
    r"less ?wrong|lw|(?:previous|earlier) (?:surveys?|census)|an earlier census|hpmor|cfar|workshops|"
    r"сообществ\w*|митап\w*|встреч\w*|форум\w*|узнали",
    Topic.HABIT: r"health\w*|mental\w*|depress\w*|anxiety|sleep|diet|vegetarian|vegan|akrasia\w*|procrastinat\w*|"
    r"medicines?|medication|meditation|therapy|satisf\w*|well ?being|lonely|happ(?:y|iness)|have you felt|you felt|"
    r"diagnos\w*|illness\w*|exercise|smok\w*|alcohol|здоровь\w*|депресси\w*|сна|сон|диет\w*|прокрастинац\w*|"
    r"настроени\w*|счасть\w*|счастлив\w*|терапи\w*|привыч\w*",
    Topic.WORK: r"profession|occupation|work status|paid work|for work|job|unemploy\w*|employ\w*|income|salary|wages?|"
    r"degree|education|field of study|iq|sat|act score\w*|test scores?|entrepreneur\w*|career|"
    r"работ\w*|професси\w*|доход\w*|зарплат\w*|образовани\w*|уч[её]б\w*|университет\w*",
    Topic.YOU: r"age|how old|gender|sex|sexual|race|ethnic\w*|country|city|languages?|relationship\w*|partners?|"
    r"marital|children|kids|siblings?|\w*siblings|live with|living with|handed\w*|height|romance|born|"
    r"birth|nationality|возраст\w*|лет|пол|гендер\w*|стран[аеуы]|город\w*|язык\w*|отношени\w*|дет(?:и|ей)|семь\w*|рост|жив[её]те",
}
_WEAK: dict[Topic, str] = {
    Topic.GIVING: r"causes?|giv(?:e|en|ing)",
    Topic.TECHNOLOGY: r"ai|robots?|future|simulation|будущ\w*",
    Topic.POLITICS: r"politic\w*|government|policy|welfare|law|party|полити\w*",
    Topic.BELIEF: r"trust\w*|values?|views|beliefs?|довер\w*|ценност\w*|взгляд\w*",
    Topic.COMMUNITY: r"census|blogs?|newsletter|discord|telegram|members?|friends|events?|чат\w*|опрос\w*",
    Topic.HABIT: r"feel|habits?|books?|tv|online|blood|supplements?|mind|drugs?|sport|move|книг\w*|спорт\w*",
    Topic.WORK: r"work\w*|stud(?:y|ies|ent)|school|university|company|earn\w*|skills?|стаж\w*",
    Topic.YOU: r"you live|family|home|house\w*|married|first name|weight|семейн\w*|живут",
}


def _compiled(patterns: dict[Topic, str]) -> dict[Topic, re.Pattern[str]]:
    return {topic: re.compile(rf"\b(?:{pattern})\b") for topic, pattern in patterns.items()}


_EVIDENCE = ((2, _compiled(_STRONG)), (1, _compiled(_WEAK)))


def topic_scores(text: str) -> dict[Topic, int]:
    """How much lower-case words speak for each topic, weak words only where no strong ones do; topics without evidence
    are left out."""
    scores: dict[Topic, int] = {}
    for topic in Topic:
        for weight, patterns in _EVIDENCE:
            if topic in patterns and (found := len(set(patterns[topic].findall(text)))):
                scores[topic] = weight * found
                break
    return scores
