"""Numbers of reports in prose: one sentence with an exact number undoes all protection of the tables."""

from __future__ import annotations

import re
from collections.abc import Iterator

from est_build.problems import catalogue_text as kinds
from est_build.protect.text.amounts import MONTH, Number, Sentence
from est_build.protect.text.finding import Hit, View
from est_build.protect.text.numbers import number_of, ordinal_words

_ABOUT = re.compile(
    r"rapport|iakttag|observ|händels|incident|anmäl|tips|svar|klagomål|larm|antal|summa|report|answer|"
    r"response|sighting|tip-?off|complaint|inkom",
    re.IGNORECASE,
)
_BETWEEN = {
    "st", "stycken", "till", "fler", "färre", "mer", "dessa", "de", "våra", "sådana", "ytterligare", "more",
    "new", "similar", "other", "different", "of", "the", "our", "anonymous", "separate", "av", "utav",
}  # fmt: skip
_MOVES = {
    "var", "är", "blev", "blir", "blivit", "uppgår", "uppgick", "summeras", "landade", "stannade", "ökade",
    "ökat", "ökar", "minskade", "minskat", "minskar", "steg", "stigit", "stiger", "sjönk", "sjunkit",
    "sjunker", "gick", "gått", "går", "föll", "fallit", "hamnade", "nådde", "växte", "krympte", "utgör",
    "utgjorde", "rose", "fell", "increased", "decreased", "dropped", "went", "was", "were", "is", "are",
    "grew", "totalled",
}  # fmt: skip
_TO = {
    "till", "på", "från", "med", "bara", "endast", "enbart", "nu", "totalt", "sammanlagt", "alltså", "hela",
    "exakt", "precis", "cirka", "ca", "ungefär", "omkring", "över", "under", "nästan", "drygt", "knappt",
    "högst", "minst", "to", "from", "by", "only", "at", "just", "about", "i", "mellan", "between",
}  # fmt: skip
_FROM, _UNTIL = {"från", "from"}, {"till", "to"}
_ONE = {"en", "ett", "one"}
_ONLY = {"bara", "endast", "enbart", "blott", "enda", "exakt", "precis", "only", "single", "just", "ensam"}
_REPORTED = {
    "rapporterat", "rapporterade", "anmält", "anmälde", "anmälts", "anmäldes", "tipsat", "tipsade",
    "inrapporterats", "rapporterats", "rapporterades", "inkommit", "inkom", "reported", "larmat", "larmade",
}  # fmt: skip
_TIME = re.compile(rf"{MONTH}|veck|dag|period|år|månad|kväll|timm|minut|gång|kvartal")
_PERCENT = re.compile(r"\d\s?(?:%|procent\b|percent\b|per cent\b)|\w\s(?:procent|percent)\b", re.IGNORECASE)
_ORDINAL = re.compile(r"\d+[ea]")


def counts(view: View) -> Iterator[Hit]:
    """EST420: a number of reports that is no published interval and no number of the rules."""
    if not _ABOUT.search(view.text):
        return
    for tokens in view.sentences:
        sentence = Sentence(view, tokens)
        verbs = [i for i, token in enumerate(tokens) if token.low in _REPORTED]
        if not (sentence.nouns or sentence.amounts or verbs):
            continue
        for number in sentence.numbers:
            last = None if sentence.free(number) else _counts_reports(sentence, number, verbs)
            if last is not None:
                yield _hit(sentence, number.first, last)
        for noun in sentence.nouns:
            first = _one_report(sentence, noun)
            if first is not None:
                yield _hit(sentence, first, noun)
        if sentence.nouns:
            yield from _shares(sentence)


def _hit(sentence: Sentence, first: int, last: int) -> Hit:
    values = {"value": sentence.words(first, last)}
    return kinds.COUNT, sentence.tokens[first].start, sentence.tokens[last].end, values


def _counts_reports(sentence: Sentence, number: Number, verbs: list[int]) -> int | None:
    """The last word of what tells the number of reports; ``None`` if the number counts other things."""
    for noun in sentence.nouns:
        if noun > number.last and _leads_to(sentence, number.last, noun):
            return noun
    for verb in verbs:
        if 0 < verb - number.last <= 4 and _acts(sentence, number.last, verb):
            return verb
    if sentence.unit(number.last + 1):
        return None
    return number.last if _beside(sentence, number) or _told(sentence, number) else None


def _leads_to(sentence: Sentence, last: int, noun: int) -> bool:
    """``tre nya rapporter``, ``två av skolans rapporter``: only words that describe the noun between."""
    if noun - last > 6 or not sentence.joined(last, noun):
        return False
    of = False
    for i in range(last + 1, noun):
        low = sentence.low(i)
        of = of or low in {"av", "utav", "of"}
        describes = low in _BETWEEN or low.endswith("igt") or (low[-1] in "ae" and not sentence.unit(i))
        if not describes and not (of and low.endswith(("s", "r"))):
            return False
    return True


def _acts(sentence: Sentence, last: int, verb: int) -> bool:
    """``tre skolor har rapporterat``, but not "två veckor senare rapporterades"."""
    between = [sentence.low(i) for i in range(last + 1, verb)]
    return sentence.joined(last, verb) and not any(_TIME.match(low) for low in between)


def _beside(sentence: Sentence, number: Number) -> bool:
    """``Rapporter: 3``, ``rapporter (3)``, ``skolan (två)``, ``varav tre``, ``tre från skolan``."""
    gap = sentence.gap(number.first)
    if number.first - 1 in sentence.nouns and gap in {":", "=", "(", "|", "-"}:
        return True
    if gap in {":", "="} and (sentence.nouns or sentence.amounts):
        return True
    if number.first - 1 in sentence.nouns and sentence.amounts and not gap:
        return True
    if not sentence.nouns:
        return False
    right = sentence.view.text[sentence.tokens[number.last].end :].lstrip()
    if gap == "(" and right.startswith((")", "st")):
        return True
    return sentence.low(number.first - 1) == "varav"


def _told(sentence: Sentence, number: Number) -> bool:
    """``rapporterna blev sju``, ``antalet steg från 4 till 9``."""
    i = number.first - 1
    while i >= 0 and (sentence.low(i) in _TO or number_of(sentence.low(i)) is not None):
        i -= 1
    words = [sentence.low(k) for k in range(i + 1, number.first)]
    if sentence.low(i) in _MOVES:
        near = any(0 < i - noun <= 8 for noun in sentence.nouns)
        return near or any(k < i and _bare(sentence, k, i) for k in sentence.amounts)
    last = words[-1] if words else ""
    onward = sentence.low(number.last + 1) in _UNTIL and number_of(sentence.low(number.last + 2)) is not None
    moved = (last in _FROM and onward) or (last in _UNTIL and any(number_of(w) is not None for w in words))
    if moved and (sentence.nouns or "antalet" in {sentence.low(k) for k in sentence.amounts}):
        return True
    return i in sentence.amounts and not words


def _bare(sentence: Sentence, amount: int, verb: int) -> bool:
    """True if ``antalet`` does not count some other thing: "antalet lampor är 14"."""
    following = amount + 1
    known = sentence.low(following) in {"har", "anmälda", "rapporterade", "inkomna"}
    return following == verb or following in sentence.nouns or known


def _one_report(sentence: Sentence, noun: int) -> int | None:
    """First word of ``bara en rapport``, ``en enda anmälan``, ``den tredje rapporten``."""
    near = range(max(0, noun - 3), noun)
    for i in near[-2:]:
        if sentence.low(i) in ordinal_words() or _ORDINAL.fullmatch(sentence.low(i)):
            return i
    ones = [i for i in near if sentence.low(i) in _ONE]
    only = [i for i in near if sentence.low(i) in _ONLY]
    return min(*ones, *only) if ones and only else None


def _shares(sentence: Sentence) -> Iterator[Hit]:
    """``rapporterna minskade med 30 procent``: a share of an interval gives the count away."""
    start, end = sentence.tokens[0].start, sentence.tokens[-1].end
    match = _PERCENT.search(sentence.view.text, start, end + 2)
    if match is not None:
        yield kinds.COUNT, match.start(), match.end(), {"value": match[0].strip()}
