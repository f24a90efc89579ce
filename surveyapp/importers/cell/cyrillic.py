"""How Russian a text reads: which letters it has, how often they come, and which stand beside each other.

A reading in a wrong encoding puts each letter in the place of another one, so its pairs are those of no language.
Capitals, which some encodings make of small letters, prove nothing: "НЕТ" is a word.
"""

from __future__ import annotations

import math
import re
from functools import lru_cache

_PER_MILLE = """
    о 110 е 85 а 80 и 74 н 67 т 63 с 55 р 47 в 45 л 44 к 35 м 32 д 30 п 28 у 26 я 20 ы 19 ь 17 г 17 з 17 б 16 ч 14 й 12
    х 10 ж 9 ш 7 ю 6 ц 5 щ 4 э 3 ф 3 ё 2 ъ 1 і 1 ї 1 є 1 ў 1
"""
_COUNTED = _PER_MILLE.split()
_LETTERS = {letter: math.log(float(n)) / 2 for letter, n in zip(_COUNTED[::2], _COUNTED[1::2], strict=True)}
"""How common a letter is; half of it, for the pairs tell a part of it too."""

_PAIRS = """
    ст но то на ен ов ни ра во ко по пр го не ро ал ер от ос ли ре ка ан ор ол ть ва ет ла ес ль ло та ин те ел ом да ри
    ит де ле об од ог ве ны тр мо за ав им со ди бы ки сь ме ся ви до ил ск ши че жи ам ак ой ий ый ая ое ые их ых ем ар
    ат ас ад аз ах бо бе бл бр вс вы вр гр гд ду дн др ед ее ей ек ех еч еж ез жд же зн зд из ив ид ие ик ис ич кт кр ку
    кл лу лю ля лн лы ма ми мы му мн ну нн ня нт оо оп ош ож оз ок па пе пи пл пу ру рн рт ры ря рь са се си сл сн сп сс
    су сч св ти тв ту ты тс уд уж ум ут уч ую ус ук ха хо ци ца чи чт ча чн ша ше шк шл шь ще щи ым ыл ью эт юд ют яв яз
    як ят ял аю уб ги га ба би жа жу зв зо зм зу ии ию ия йн йс йт кс кв лж лк мп мс нд нк нс нц ои оч оя пт рв рг рд рж
    рк рм рс сб см тк тн хн хр цу цы чк шт эк эл юб юл ян ап аб аг ае ай аш ач уг ул ур ух уп ув ша щу вк вл вн дв дл
    дь дя ип иб иг ищ ев еб ег её ём ён ёт ёр ёл лё мё нё дё жё вё ёк зя мя нь сё тя тю ср дк ыс сш съ ъе
    ью ья фо фе фи ыв ып ыт яд яр юс юч ям яс ях ящ
"""
_WORD = re.compile("[\u0400-\u052f]+")
_READ_SO = re.compile("[\u0400-\u052f\u2500-\u259f]")
"""Letters, and the frames that stand among them in CP866 and KOI8-R."""
_USUAL = {pair: 3.5 if place < 60 else 2.5 for place, pair in enumerate(_PAIRS.split())}
"""By the logarithm, how much likelier such a pair is than one of the others."""
_SHAPE = 4.0
"""What a capital behind a small letter, or a sign in place of a letter, takes away."""
_MARKS = frozenset("“”„‘’«»–—…№\u00a0")
"""Signs that stand beside words."""
_CLEAR = 1.0


@lru_cache(maxsize=50_000)
def _likelihood_of_word(word: str) -> float:
    small = word.casefold()
    score = sum(_LETTERS.get(letter, -1.0) for letter in small)
    score += sum(_USUAL.get(small[n : n + 2], 0.0) for n in range(len(small) - 1))
    score -= len(word) > 1 and word.isupper()
    return score - _SHAPE * sum(word[n].islower() and word[n + 1].isupper() for n in range(len(word) - 1))


def _likelihood(text: str) -> float:
    score = sum(map(_likelihood_of_word, _WORD.findall(text)))
    rest = _WORD.sub("", text)
    if rest.isascii():
        return score
    return score - _SHAPE * sum(not (char.isascii() or char.isalpha() or char in _MARKS) for char in rest)


def reads_better(text: str, mended: str) -> bool:
    """Whether the second is clearly more likely to be Russian than the first, both of as many signs, and the first has
    some that a reading as Cyrillic leaves."""
    if not _READ_SO.search(text):
        return False
    return _likelihood(mended) >= _likelihood(text) + _CLEAR
