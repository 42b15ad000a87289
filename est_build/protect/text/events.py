"""Numbers of events and of people seen, shares, and none at all: not always wrong, never without thought."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from est_build.problems import catalogue_text as kinds
from est_build.protect.text.amounts import Sentence
from est_build.protect.text.finding import Hit, View

_EVENT = re.compile(
    r"[^\W\d_]*(?:stölder(?:na)?|inbrott(?:en)?|bränder(?:na)?|slagsmål(?:en)?|överfall(?:en)?|"
    r"misshandelsfall(?:en)?|incidenter(?:na)?|olyckor(?:na)?|tillfällen(?:a)?|bråk(?:en)?)"
    r"|(?:person|butiks|väsk|bank|ungdoms|mobil)?rån(?:en)?|fall(?:en)?|rutor(?:na)?|smällar(?:na)?"
    r"|killar(?:na)?|tjejer(?:na)?|pojkar(?:na)?|flickor(?:na)?|ungdomar(?:na)?|tonåringar(?:na)?|män(?:nen)?"
    r"|kvinnor(?:na)?|elever(?:na)?|gripna|anhållna|gripits|anhållits|skadats"
)
_ANSWERED = {"svarat", "svarade", "answered", "responded"}
_REPORTED = {"rapporterat", "rapporterade", "rapporterats", "anmält", "anmälts", "anmälde"}
_NONE = {"inga", "ingen", "inget", "no"}
_SHARE = re.compile(
    r"dubbelt|(?:för|tre)?dubbl(?:ats|ades|erats|erades|ar)|halver\w+|hälften|tredjedel\w*|fjärdedel\w*|"
    r"femtedel\w*|tion?del\w*|majoriteten|flertalet|"
    r"doubled|halved|half|tiotals?|tiotalet|hundratals?|tredubb\w+"
)
_SOURCES = {
    "skolan", "förskolan", "polisen", "biblioteket", "fritidsgården", "butiken", "hamnen", "föreningen",
    "bostadsbolaget", "väktarna", "räddningstjänsten", "fältarna", "stationen", "busschaufförerna", "byn",
}  # fmt: skip


def events(view: View) -> Iterator[Hit]:
    """EST427: numbers, shares or a nothing that may give a hidden figure away: somebody must agree."""
    for tokens in view.sentences:
        sentence = Sentence(view, tokens)
        if sentence.nouns or any(_word(token.low) for token in tokens):
            yield from _shares_and_none(sentence)
        yield from _counted(sentence)


def _shares_and_none(sentence: Sentence) -> Iterator[Hit]:
    for i, token in enumerate(sentence.tokens):
        before, following = sentence.low(i - 1), sentence.low(i + 1)
        if i in sentence.nouns and before in _NONE:
            # "Inga rapporter är inte samma sak som inga problem" is said of no place.
            if not sentence.view.page and following not in {"är", "betyder", "innebär", "kan"}:
                yield _hit(sentence, i - 1, i)
        elif token.low in _REPORTED and not sentence.view.page:
            none = next((k for k in range(max(0, i - 4), i) if sentence.low(k) in _NONE), None)
            if none is not None:
                yield _hit(sentence, none, i)
        elif sentence.nouns and (_SHARE.fullmatch(token.low) or (token.low == "par" and before == "ett")):
            yield _hit(sentence, i, i)
        elif i in sentence.nouns and before in {"en", "ett"} and following in {"från", "i"}:
            place = sentence.tokens[i + 2] if i + 2 < len(sentence.tokens) else None
            if place is not None and (place.text[0].isupper() or place.low in _SOURCES):
                yield _hit(sentence, i - 1, i + 2)


def _counted(sentence: Sentence) -> Iterator[Hit]:
    """``vid två tillfällen``, ``tre killar``, ``två har svarat``, ``tre från skolan``, ``kom in fyra``."""
    likely = [i for i, token in enumerate(sentence.tokens) if _word(token.low)]
    if not likely and not ({"från", "in"} & {token.low for token in sentence.tokens}):
        return
    for number in sentence.numbers:
        if sentence.free(number):
            continue
        for i in likely:
            reach = 3 if sentence.low(i) in _ANSWERED else 2
            # "I nio fall av tio" is a way of saying nearly always.
            often = sentence.low(i) == "fall" and sentence.low(i + 1) == "av"
            if 0 < i - number.last <= reach and not often and sentence.joined(number.last, i):
                yield _hit(sentence, number.first, i)
        after = number.last + 1
        if sentence.low(after) == "från" and sentence.low(after + 1) in _SOURCES:
            yield _hit(sentence, number.first, after + 1)
        came = {sentence.low(k) for k in range(max(0, number.first - 4), number.first)} & {"kom", "kommit"}
        if sentence.low(number.first - 1) == "in" and came and not sentence.unit(after):
            yield _hit(sentence, number.first - 1, number.last)


@cache
def _word(low: str) -> bool:
    return _EVENT.fullmatch(low) is not None or low in _ANSWERED or low in _REPORTED


def _hit(sentence: Sentence, first: int, last: int) -> Hit:
    values = {"value": sentence.words(first, last)}
    return kinds.EVENTS, sentence.tokens[first].start, sentence.tokens[last].end, values
