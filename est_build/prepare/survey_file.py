"""``enkat.yml`` as text: what ``survey`` and ``prepare --gissa`` write, with a comment for each part."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from est_build.schema.survey import Survey

_PLAIN = re.compile(r"[A-Za-zÅÄÖåäö][A-Za-zÅÄÖåäö0-9_./-]*(?: [A-Za-zÅÄÖåäö0-9_./()-]+)*")
_WORDS_OF_YAML = {"true", "false", "yes", "no", "on", "off", "null", "y", "n", "ja", "nej"}
_WIDTH = 100
_COMMENTS = {
    "verktyg": "Ett känt verktygs namn gör att dess egna kolumner känns igen, på svenska och engelska.",
    "kolumner": "Våra namn och rubrikerna i exporten. Av flera rubriker gäller den som är ifylld.",
    "iakttagelser": "Iakttagelserna står bredvid varandra på samma rad.",
    "koppling": "Iakttagelserna står i en egen tabell. Så hör dess rader ihop med svaren.",
    "inget_kolumn": "Frågan om det finns något att rapportera, och svaret som betyder nej.",
    "ignorera": "Kolumner som inte används. Allt som inte står här eller ovan blir ett fel.",
    "blad": "Bladet med svaren.",
    "flerval": "Tecknet mellan flera svar i samma ruta.",
    "rad_per_svar": "Verktyget har inget nummer på svaren: varje rad är ett svar.",
    "oavslutade": "Rader utan inskickat är påbörjade svar och räknas inte.",
    "tidszon": "Vad klockan i exporten visar: svensk eller UTC.",
    "datumformat": "Hur verktyget skriver tidpunkter.",
    "varden": "Orden i exporten och våra koder. Namnen i kodlistorna behöver inte stå här.",
}
_ORDER = (
    *("verktyg", "kolumner", "iakttagelser", "koppling", "inget_kolumn", "inget", "flerval", "ignorera"),
    *("blad", "rad_per_svar", "oavslutade", "tidszon", "datumformat", "varden", "medlemmar"),
)


@dataclass(frozen=True, slots=True)
class Unsure:
    """What nobody could tell: columns left out, and words without a code, by our column."""

    columns: tuple[str, ...] = ()
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


SURE = Unsure()


def survey_text(survey: Survey, top: Sequence[str], unsure: Unsure = SURE) -> str:
    """The file, with ``top`` as comments first. Only what ``survey`` says of its own accord is written."""
    lines = [*(f"# {line}" for line in top), 'format: "1"']
    data = survey.model_dump(mode="json", exclude_unset=True)
    for key in _ORDER:
        if key in data and data[key] not in ((), [], {}, None):
            star = " * är svarsalternativet." if "[*]" in repr(data[key]) or "/*" in repr(data[key]) else ""
            lines += ["", f"# {_COMMENTS[key]}{star}"] if key in _COMMENTS else []
            lines += _entry(key, data[key], 0)
    for column, words in unsure.words.items():
        lines += ["", f"# {column}: de här orden går inte att tolka. Ta bort # och skriv en kod efter kolon."]
        lines += ["# varden:", f"#   {column}:", *(f"#     {scalar(word)}: " for word in words)]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _entry(key: str, value: object, depth: int) -> list[str]:
    pad = "  " * depth
    if isinstance(value, Mapping):
        return [f"{pad}{key}:", *(line for k, v in value.items() for line in _entry(scalar(k), v, depth + 1))]
    if isinstance(value, list):
        return _list(key, value, pad)
    return [f"{pad}{key}: {scalar(value)}"]


def _list(key: str, values: Sequence[object], pad: str) -> list[str]:
    if values and isinstance(values[0], Mapping):
        lines = [f"{pad}{key}:"]
        for value in values:
            inner = [line for k, v in dict(value).items() for line in _entry(str(k), v, 2)]  # type: ignore[call-overload]
            lines += [f"{pad}  - {inner[0].strip()}", *(f"{pad}{line}" for line in inner[1:])]
        return lines
    words = [scalar(value) for value in values]
    if len(words) == 1 and key not in _LISTS:
        return [f"{pad}{key}: {words[0]}"]
    flow = f"{pad}{key}: [{', '.join(words)}]"
    if len(flow) <= _WIDTH:
        return [flow]
    return [f"{pad}{key}:", *(f"{pad}  - {word}" for word in words)]


_LISTS = {"ignorera", "datumformat", "inget"}
"""Fields that are a list also with a single value."""


def scalar(value: object) -> str:
    """A value that YAML reads as it is: in quotes where it must."""
    if isinstance(value, bool):
        return "ja" if value else "nej"
    text = str(value)
    plain = _PLAIN.fullmatch(text) and text.casefold() not in _WORDS_OF_YAML
    return text if plain else json.dumps(text, ensure_ascii=False)
