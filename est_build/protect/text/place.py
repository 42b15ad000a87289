"""Where somebody lives: street addresses, stairwells, flats, coordinates, properties."""

from __future__ import annotations

import re
from collections.abc import Iterator

from est_build.problems import catalogue_text as kinds
from est_build.protect.text.finding import NOTHING, Hit, View
from est_build.protect.text.numbers import number_words

_ENDINGS = (
    "gatan", "gata", "vägen", "gränd", "gränden", "stigen", "torget", "torg", "allén", "allé", "backen",
    "leden", "promenaden", "esplanaden", "kajen", "slingan", "svängen", "ringen", "stråket", "rundeln",
    "vången", "platsen", "planen", "parken", "gården", "kullen", "höjden", "åsen", "brinken", "kroken",
    "passagen", "gången", "liden", "bergen", "hagen", "dalen", "skogen", "udden", "stranden",
)  # fmt: skip
_STREETS = ("gatan", "gata", "vägen", "gränd", "gränden", "stigen", "torget", "torg", "allén", "backen")
"""Endings that make an address also when the name is written small."""
# A word for a kind of street, not the name of one: gångvägen 12 december, infartsvägen.
_KINDS = {
    "", "gång", "cykel", "gångcykel", "motor", "bil", "buss", "grus", "gå", "genomfarts", "infarts",
    "utfarts", "väg", "lokal", "om", "av", "ut", "in", "hem", "fram", "rid", "löp", "tvär",
}  # fmt: skip
_SMALL_KINDS = _KINDS | {
    "skol", "lands", "skogs", "huvud", "bi", "arbets", "bakom", "affärs",
    "själva", "sido", "bak", "fram", "natur", "vandrings", "motions",
}  # fmt: skip
_SIDES = {
    "norra", "södra", "östra", "västra", "gamla", "nya", "stora", "lilla", "övre", "nedre", "yttre",
    "inre",
}  # fmt: skip
_STREET = re.compile(
    r"(?<![\w\-])(?P<name>[^\W\d_](?:[^\W\d_]|[-:'])*),?[ ]*(?:nr\.?[ ]*|nummer[ ]*)?"
    r"(?P<no>\d{1,3}(?!\d|[.,:]\d|-?\d{2}-)(?:\s?-\s?\d{1,3})?(?:\s?[A-Ha-h](?![^\W_]))?)"
)
_STREET_WORD = re.compile(
    r"(?<![\w\-])(?P<name>[A-ZÅÄÖ][\w\-]*)[ ]+(?P<no>[^\W\d_]+)(?:\s[A-Ha-h])?(?=\s*(?:[.,;)!?\n]|$))"
)
_ANY_STREET = re.compile("|".join(rf"{ending}\s" for ending in _STREETS))
_UNIT_AFTER = re.compile(
    r"\s*(?:%|procent|januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december|"
    r"jan\b|feb\b|apr\b|aug\b|sept?\b|okt\b|nov\b|dec\b|vecko|dag|kväll|gång|meter|m\b|km\b|kilometer|tim|"
    r"minut|månad|år\b|lampor|stolpar|bänkar|träd|papperskorgar|nya\b|stycken|st\b|personer|"
    r"perioder|kvartal|kronor|procent|grader|bilar|hållplatser|platser|hus\b|punkter)",
    re.IGNORECASE,
)
_FLAT = re.compile(
    r"\b(?:lgh|lägenhet(?:en|s)?(?:nummer)?|lghnr|lägenhetsnr)\.?\s*(?:nr\.?|nummer)?\s*:?\s*\d{1,4}\b"
    r"|\b(?:trapphus(?:et)?|trappuppgång(?:en)?|uppgång(?:en)?|portuppgång(?:en)?|port(?:en)?|trappa(?:n)?)"
    r"\s+(?:nr\.?|nummer)?\s*(?:\d{1,3}\s?[A-Ha-h]?|[A-H])(?![^\W_]|[.,:]\d)"
    r"|\b\d\s?(?:tr|trappor)\b\.?,?\s*(?:ö\.?\s?g|n\.?\s?b|till (?:höger|vänster)|höger|vänster|mitten)?",
    re.IGNORECASE,
)
_MAYBE_FLAT = re.compile(r"lgh|lägenhet|trapp|uppgång|\bport|\d\s?tr", re.IGNORECASE)
_FLAT_BARE = re.compile(r"\d\s?trappor?$|\d\s?tr$", re.IGNORECASE)
_COORDINATES = re.compile(
    r"(?<![\d.,])(?:5[4-9]|6\d)[.,]\d{3,}\s?°?\s?[NnSs]?\s*[,;/ ]\s*(?:lon|long|lng|[ EeÖö])?[:=]?\s*"
    r"[12]?\d[.,]\d{3,}"
    r"|(?<![\d.,])[12]?\d[.,]\d{3,}\s?°?\s?[EeÖö]?\s*[,;/ ]\s*(?:5[4-9]|6\d)[.,]\d{3,}"
    r"|(?<![^\W_])(?:lat|latitud|lon|long|longitud|N|E|Ö)\s?[:=]?\s?\d{1,2}[.,]\d{3,}"
    r"|\d{1,3}[.,]\d{3,}\s?°"
    r"|\d{1,3}\s?°\s?\d{1,2}(?:[.,]\d+)?\s?'"
    r"|\d{1,3}\s?grader\s(?:och\s)?\d{1,2}(?:[.,]\d+)?\s?minuter"
    r"|(?<![\d.,])[67][ ]?\d{3}[ ]?\d{3}(?:[.,]\d+)?\s*[,;/ ]\s*"
    r"(?:[XYNEÖxyneö]\s?[:=]?\s?)?[1-9]\d{2}[ ]?\d{3}(?!\d)"
    r"|(?<![\d.,])6[1-9]\d{5}(?:[.,]\d+)?\s*[,;/ ]\s*"
    r"(?:[XYNEÖxyneö]\s?[:=]?\s?)?1[2-8]\d{5}(?!\d)"
    r"|///\s?[^\W\d_]+\.[^\W\d_]+\.[^\W\d_]+"
    r"|(?<![^\W_])(?=[2-9CFGHJMPQRVWX]*\d)[2-9CFGHJMPQRVWX]{4}(?:[2-9CFGHJMPQRVWX]{4})?\+[2-9CFGHJMPQRVWX]{2,3}(?![^\W_])"
)
_MAYBE_POINT = re.compile(r"\d\d\d|°|\d grader|///|\+")
_PROPERTY = re.compile(
    r"(?P<word>[^\W\d_][\w\-.]{0,60})[ ](?P<block>\d{1,4})\s?:\s?(?P<unit>\d{1,4})(?![\d:]|[.,]\d)"
)
_QUARTER = re.compile(
    r"\b(?:kv\.?|kvarteret|fastigheten|fastighet|tomten|tomt)\s+(?:[A-ZÅÄÖ][\w\-]*\s+){1,3}\d{1,3}(?:\s?:\s?\d{1,4})?(?!\d|[.,]\d)"
)
_NO_PROPERTY = {
    "lag", "lagen", "förordning", "förordningen", "sfs", "sou", "ds", "prop", "rå", "ref", "skala",
    "skalan", "karta", "kartan", "kl", "klockan", "klockslaget", "tid", "start", "slut", "till", "från",
    "och", "mellan", "cirka", "ca", "måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag",
    "psalm", "vid", "avsnitt", "kapitel", "matchen", "resultatet", "vann", "med", "blev", "version",
    "scale", "act", "at",
}  # fmt: skip
_OF_PROPERTY = re.compile(r"(?:fastighet|tomt|gård|beteckning|kvarter|adress)[^.!?\n]{0,40}$", re.IGNORECASE)


def streets(view: View) -> Iterator[Hit]:
    """EST415: a street with a number. Roads (Riksväg 83, väg 13) have numbers that are no homes."""
    text = view.text
    for match in _STREET.finditer(text) if view.has_digits else ():
        if _is_street(text, match) and _UNIT_AFTER.match(text, match.end("no")) is None:
            yield kinds.STREET, match.start(), match.end(), NOTHING
    for match in _STREET_WORD.finditer(text) if _ANY_STREET.search(text) else ():
        number = number_words().get(match["no"].lower(), 1000)
        if number < 200 and match["name"].lower().endswith(_STREETS) and _is_street(text, match):
            yield kinds.STREET, match.start(), match.end(), NOTHING


def _is_street(text: str, match: re.Match[str]) -> bool:
    """True if the word before the number is the name of a street, not a word for one (gångvägen)."""
    name = match["name"].rstrip("-:'")
    low = name.lower()
    before = re.findall(r"[^\W\d_]+", text[max(0, match.start() - 30) : match.start()])
    last = before[-1] if before else ""
    if low == "väg":
        return last[:1].isupper() and last.endswith("s")
    ending = max((e for e in _ENDINGS if low.endswith(e)), key=len, default=None)
    if ending is None:
        return False
    stem = low[: -len(ending)]
    if not stem:
        return last.lower() in _SIDES and last[:1].isupper()
    if name[0].isupper():
        return stem not in _KINDS
    return ending in _STREETS and stem not in _SMALL_KINDS and len(stem) > 2


def flats(view: View) -> Iterator[Hit]:
    """EST416: a flat, a stairwell or a floor."""
    for match in _FLAT.finditer(view.text) if _MAYBE_FLAT.search(view.text) else ():
        if _FLAT_BARE.fullmatch(match[0].strip(" .,")):
            continue  # "två trappor" are stairs as often as a floor.
        yield kinds.FLAT, match.start(), match.end(), NOTHING


def coordinates(view: View) -> Iterator[Hit]:
    """EST417: a point on a map: degrees, minutes, SWEREF 99, RT 90, plus codes, three words."""
    if not _MAYBE_POINT.search(view.text):
        return
    for match in _COORDINATES.finditer(view.text):
        yield kinds.COORDINATES, match.start(), match.end(), NOTHING


def properties(view: View) -> Iterator[Hit]:
    """EST418: a fastighetsbeteckning (Sandskogen 2:15, kvarteret Disponenten 4), not a time of day."""
    text = view.text
    if not view.has_digits:
        return
    for match in _QUARTER.finditer(text):
        yield kinds.PROPERTY, match.start(), match.end(), NOTHING
    for match in _PROPERTY.finditer(text):
        word = match["word"]
        named = _OF_PROPERTY.search(text[max(0, match.start() - 60) : match.end("word")]) is not None
        if word.lower().rstrip(".") in _NO_PROPERTY or len(match["block"]) == 4:
            continue
        if named or (word[0].isupper() and not _clock(match["block"], match["unit"])):
            yield kinds.PROPERTY, match.start(), match.end(), NOTHING


def _clock(hour: str, minute: str) -> bool:
    """True for 11:30 and 09:05; 2:15 is how a property is written, not a time."""
    return len(hour) == 2 and len(minute) == 2 and int(hour) < 25 and int(minute) < 60
