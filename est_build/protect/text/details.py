"""Details that together point somebody out: ages, classes, single roles, long quotations, hidden marks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from est_build.problems import catalogue_text as kinds
from est_build.protect.text.finding import Hit, View
from est_build.protect.text.lists import words_of

_AGE_WORDS = (
    "ett|två|tre|fyra|fem|sex|sju|åtta|nio|tio|elva|tolv|tretton|fjorton|femton|sexton|sjutton|arton|nitton|"
    "tjugo|trettio|fyrtio|femtio|sextio|sjuttio|åttio|nittio"
)
_AGE = re.compile(
    rf"(?<![^\W_])(?:\d{{1,2}}|{_AGE_WORDS})[- ]?(?:åring(?:en|ar|arna|s|ens)?|årig(?:a|t|e)?)(?![^\W_])"
    r"|(?<![^\W_])\d{1,2}\s?-?\s?års[- ]?åldern|(?<![^\W_])\d{1,2} år(?:s)? gam(?:mal|la|malt)"
    r"|(?:man|kvinna|mannen|kvinnan|pojke|flicka|kille|tjej|person) (?:i|på|född) (?:\d{2}|\d{4})"
    r"|\bfödd\w*\s+(?:den\s+)?\d",
    re.IGNORECASE,
)
_CLASS = re.compile(
    r"(?<![^\W_])(?:klass|åk|årskurs|årskull)\.?\s*(?:[1-9]|F)\s?[A-Ea-e]?(?![^\W_])|(?<![\w.:-])[4-9][A-E](?![\w.:-])"
    r"|(?<![^\W_])(?:ettan|tvåan|trean|fyran|femman|sexan|sjuan|åttan|nian) på (?=[A-ZÅÄÖ])",
)
_OF = {"på", "i", "vid", "för", "hos", "till", "intill", "av"}
_SCHOOL = re.compile(
    r"(?<![^\W_])(?!(?:Hög|Folkhög|Kultur|Fri|Hand|Sommar|Kör|Trafik|Grund|För|Gymnasie|Musik|Natt|Byskol)?"
    r"(?:[Ss]kola|[Gg]ymnasi|[Ff]örskola))[A-ZÅÄÖ][a-zåäöé\-]{2,}(?:skolan?|gymnasiet|förskolan?|gymnasium)"
    r"(?:s|ns)?(?![^\W_])"
    r"|(?<![^\W_])[A-ZÅÄÖ][a-zåäöé\-]+ (?:skolan?|gymnasiet|gymnasium|förskolan?)(?![^\W_])"
)
_FIRM = re.compile(
    r"(?<![^\W_])[A-ZÅÄÖ][\w&\-]*(?: [A-ZÅÄÖ&][\w&\-]*){0,3} (?:AB|HB|KB|IF|IK|BK|FF|SK|Bil|Livs|Grill|"
    r"Pizzeria|Krog|Kök|Café|Kiosk|Fastigheter|kyrka|kyrkan)(?![^\W_])"
)
_FIRM_END = re.compile(
    r" (?:AB|HB|KB|IF|IK|BK|FF|SK|Bil|Livs|Grill|Pizz|Krog|Kök|Caf|Kiosk|Fastigheter|kyrka)"
)
_QUOTE = re.compile(r'"([^"\n]{60,})"')
_PERSONS = {
    "man", "mannen", "kvinna", "kvinnan", "pojke", "pojken", "flicka", "flickan", "kille", "killen",
    "tjej", "tjejen", "tonåring", "tonåringen", "person", "personen", "elev", "eleven", "förare",
    "föraren",
}  # fmt: skip
_COUNTED = {"en", "den", "ett", "två", "tre"}
_WHEN = re.compile(
    r"(?<![^\W_])(?:måndag|tisdag|onsdag|torsdag|fredag|lördag|söndag)|(?<![^\W_])(?:kl\.?|klockan)\s?\d"
    r"|(?<![^\W_])\d{1,2} (?:januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|"
    r"december)|\d{4}-\d\d-\d\d|(?<![^\W_])i ?(?:går|förrgår)(?![^\W_])",
    re.IGNORECASE,
)
_MINUTE = re.compile(r"(?<![^\W_])(?:kl\.?|klockan)\s?\d{1,2}[.:]\d\d(?!\d)", re.IGNORECASE)
_WHY = {
    "age": "en ålder",
    "class": "en skolklass",
    "role": "en roll som bara en människa har",
    "school": "en enskild skola",
    "firm": "ett enskilt företag eller en enskild förening",
    "quote": "ett långt citat. Det kan vara någons egna ord ur enkäten",
    "who": "en människa och en tidpunkt i samma mening",
    "minute": "ett exakt klockslag",
}


def details(view: View) -> Iterator[Hit]:
    """EST426: details that may point somebody out, alone or together."""
    text = view.text
    low = text.lower()
    patterns = (
        ("age", _AGE, "år" in low or "född" in low or view.has_digits),
        ("class", _CLASS, view.has_digits or "an på" in low),
        ("quote", _QUOTE, '"' in low),
    )
    for what, pattern, likely in patterns:
        for match in pattern.finditer(text) if likely else ():
            yield _hit(what, match.start(), match.end(), match[0])
    for match in _SCHOOL.finditer(text) if "skola" in low or "gymnasi" in low else ():
        first = match[0].split()[0]
        if first not in words_of("inte_skolnamn.txt") and not first.endswith(("nings", "ande")):
            yield _hit("school", match.start(), match.end(), match[0])
    for match in _FIRM.finditer(text) if _FIRM_END.search(text) else ():
        yield from _firm(view, match.start(), match.end())
    yield from _near_words(view)


def _firm(view: View, start: int, end: int) -> Iterator[Hit]:
    quote = view.text[start:end]
    parts = [word.lower().removesuffix("s") for word in quote.split()]
    if not {parts[0], parts[-1]} & view.rules.known:
        yield _hit("firm", start, end, quote)


def _near_words(view: View) -> Iterator[Hit]:
    """A role with its place, a business with its name, a person with a time."""
    tokens = view.tokens
    for i, token in enumerate(tokens):
        following = tokens[i + 1] if i + 1 < len(tokens) else None
        if following is not None and view.gap(token, following) == " ":
            if token.low in words_of("roller.txt") and following.low in _OF and i + 2 < len(tokens):
                yield _hit("role", token.start, following.end, view.text[token.start : tokens[i + 2].end])
            elif token.low in words_of("foretagsord.txt") and following.text[0].isupper():
                yield from _firm(view, token.start, following.end)
        if token.low in _PERSONS and any(t.low in _COUNTED for t in tokens[max(0, i - 3) : i]):
            start = max(view.text.rfind(c, 0, token.start) for c in ".!?\n") + 1
            ends = [e for e in (view.text.find(c, token.end) for c in ".!?\n") if e >= 0]
            if _WHEN.search(view.text, start, min(ends, default=len(view.text))):
                yield _hit("who", token.start, token.end, token.text)


def exact_times(view: View) -> Iterator[Hit]:
    """EST423: a time to the minute, where a part of the day is enough."""
    for match in _MINUTE.finditer(view.text) if view.has_digits else ():
        values = {
            "value": match[0],
            "why": "det är ett exakt klockslag",
            "instead": "Skriv på kvällen, på natten.",
        }
        yield kinds.WORD_HINT, match.start(), match.end(), values


def hidden(view: View) -> Iterator[Hit]:
    """EST429: characters without width, or letters of another alphabet among ours."""
    if view.folded.odd:
        at = view.folded.odd[0]
        yield kinds.HIDDEN, at, at + 1, {"value": str(len(view.folded.odd))}


def _hit(what: str, start: int, end: int, quote: str) -> Hit:
    short = quote if len(quote) <= 50 else quote[:47] + "…"
    return kinds.DETAIL, start, end, {"value": short.strip(), "why": _WHY[what]}
