"""Words in headers that tell what a column is for. Matched against wording.words(header), lower case."""

from __future__ import annotations

import re

TIMESTAMP = re.compile(
    r"^(?:timestamp|отметка времени|date submitted|submit ?date|datestamp|start ?date|start date|"
    r"end ?date|recorded ?date|date last action|date started|submission (?:date|time)|completion time)\b"
)
IDENTIFIER = re.compile(
    r"\btoken\b|^(?:id|response ?id|respondent ?id|participant ?id|row ?id|token|seed|ip ?addr(?:ess)?|uuid|user ?id|"
    r"collector ?id|network ?id|refurl|#)$"
)
CONSENT = re.compile(
    r"\b(?:consent|privacy|permission|anonym\w+)\b|\bmay (?:we|i|your)\b.*\b(?:publish|share|public|use)\b|"
    r"\bpublic (?:data|release)\b"
)
ATTENTION = re.compile(
    r"\battention\b|\bfair coin\b|\bcoin (?:flip|toss|lands?)\b|\bcontrol question\b|\btrap question\b|"
    r"\bto show (?:that )?you(?: a|')re (?:reading|awake)\b|\bselect the (?:first|second|third|last) option\b"
)
PROBABILITY = re.compile(
    r"\bprobab\w*|\bp ?\(|\bpercent\b|\bper cent\b|%|\bchances?\b|\bhow likely\b|\blikelihood\b|\bconfiden\w+|"
    r"\bhow sure\b|\bhow certain\b|\bcertainty\b|\bcalibrat\w*|\bcredence\b|вероятност"
)
CONFIDENCE = re.compile(
    r"\bconfiden\w+|\bhow (?:sure|certain)\b|\bcalibrat\w*|\bcertainty\b|\bprobability (?:that )?(?:your|the) "
    r"(?:answer|estimate|guess)|уверен"
)
SHORT_PROBABILITY = re.compile(r"^P(?:[A-Z][a-z]|\()")
COUNT = re.compile(
    r"\bnumber|\bnumbers?\b|\bhow (?:many|long|old|tall)\b|\bhow much (?:money|time)\b|"
    r"\bcount\b|\bchildren\b|\bkids\b|siblings?\b|"
    r"\bbrothers?\b|"
    r"\bsisters?\b|\bpartners?\b|\bhours?\b|\bdays?\b|\byears?\b|\btimes\b|\blanguages?\b|\bage\b|\bminutes?\b|\bmonths?\b"
)
SENSITIVE = re.compile(
    r"\b(?:gender|sex|sexual|orientation|race|ethnic\w*|religio\w*|politic\w*|party|parties|income|salary|wage|health|mental|"
    r"illness|diagnos\w*|depress\w*|anxiety|adhd|autis\w*|medic\w*|therap\w*|disab\w*|drug\w*|e-?mail|phone|address|"
    r"birth\w*|ip ?addr\w*|pass ?phrase|password|abortion|suicid\w*|partners?|relationship\w*|vot(?:e|ing)|iq|sat|"
    r"unemploy\w*|full name|first name|last name|your name)\b"
)
REFUSED = frozenset(
    (
        "prefernottosay",
        "prefernottoanswer",
        "prefernottoanswerthisquestion",
        "rathernotsay",
        "iprefernottosay",
        "iprefernottoanswer",
        "iwouldrathernotsay",
        "declinetostate",
        "declinetoanswer",
        "declined",
        "refused",
        "nocomment",
        "keineangabe",
        "keineangaben",
        "keineantwort",
        "möchteichnichtsagen",
        "предпочитаюнеотвечать",
        "предпочитаюнеговорить",
        "отказываюсьотвечать",
        "jepréfèrenepasrépondre",
        "prefieronocontestar",
        "prefieronoresponder",
    )
)
_NO_ANSWER = """
    na dontknow idontknow dk idk noidea unknown unsure notsure noclue cantremember dontremember idontremember
    notapplicable noanswer blank skip pass unclear dunno havenoidea ihavenoidea notanswered missing nodata
    незнаю weissnicht keineahnung tbd
"""
UNKNOWN = frozenset(_NO_ANSWER.split())
"""Folded texts of somebody who has no answer."""

_NONE = "none nothing zero nil never no nope nada нет ноль никогда keine null"
NOTHING = frozenset(_NONE.split())
"""Folded texts that say there is none; of a number, 0."""

OTHER = frozenset(["other", "otherpleasespecify", "otherwritein", "otherspecify", "другое"])

_NO = """
    no n 0 false off notselected notchecked unselected unchecked unticked notticked
    nein falsch non faux нет ложь nee não nie ні hayır
"""
UNTICKED = frozenset(_NO.split())
"""Folded texts of an option that was not chosen, and of anything else that is not so."""
