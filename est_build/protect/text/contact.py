"""Telephone numbers, e-mail addresses, accounts and links that lead to a person."""

from __future__ import annotations

import re
from collections.abc import Iterator

from est_build.problems import catalogue_text as kinds
from est_build.protect.text.digits import Run, runs
from est_build.protect.text.finding import NOTHING, Hit, View
from est_build.protect.text.lists import names, words_of

_AREA3 = {
    "010", "011", "013", "016", "018", "019", "021", "023", "026", "031", "033", "035", "036", "040",
    "042", "044", "046", "054", "060", "063", "090",
}  # fmt: skip
_MOBILE = re.compile(r"07[02369]\d{7}")
_SERVICE = ("020", "077", "0200", "0900", "0939", "0944")
"""Free calls and national service numbers lead to no person."""
_NATIONAL = frozenset({8, 9, 10})
_ABROAD = (8, 15)
_AT = r"\s{0,2}(?:@|[(\[{<]\s?(?:at|a|@|ät|snabel-?a)\s?[)\]}>]|\ssnabel-?a\s)\s?"
_DOT = r"(?:\s?\.\s?|\s?[(\[{]\s?(?:dot|punkt|\.)\s?[)\]}]\s?|\s(?:punkt|dot)\s)"
_EMAIL = re.compile(
    rf"(?P<local>[\w+%]+(?:[.\-][\w+%]+)*){_AT}(?P<host>[\w\-]+(?:{_DOT}[\w\-]+)*?{_DOT}[a-zA-Z]{{2,18}})(?![\w@])",
    re.IGNORECASE,
)
_AT_SIGN = re.compile(r"@|snabel|[(\[{<]\s?(?:at|a|ät)\s?[)\]}>]", re.IGNORECASE)
_DOTTED = re.compile(r"[^\W_]\.[a-z]", re.IGNORECASE)
_HANDLE = re.compile(r"(?<![\w.@/])@[A-Za-zÅÄÖåäö0-9_.]{2,}")
_ACCOUNT = re.compile(
    r"\b(?:snap(?:chat)?|insta(?:gram)?|tik ?tok|facebook|fb|discord|telegram|kik|jodel|signal|whatsapp|"
    r"youtube|twitter|twitch|steam)(?:-?(?:konto(?:t)?|namn(?:et)?|grupp(?:en)?))?"
    r"\s*(?P<how>:|=|\bheter\b|\bsom\b|\bunder namnet\b|\bmed namnet\b)\s*\"?(?P<name>[\w.\-]*[\w])",
    re.IGNORECASE,
)
_NICKNAMED = ("snap", "insta", "tik", "kik", "discord", "telegram")
"""Where a bare word after a colon is a nickname; after "Facebook:" it is as often plain prose."""
_HOST = re.compile(r"(?<![\w@.\-])(?:[a-z0-9\-]+\.)+[a-z]{2,}(?![\w@])(?:/[^\s)>\]\"']*)?", re.IGNORECASE)
_MAP_LINK = re.compile(r"google\.[a-z.]+/maps|openstreetmap\.org/[?#]|bing\.com/maps", re.IGNORECASE)


def phones(view: View) -> Iterator[Hit]:
    """EST412: a telephone number that is not 112, 114 14, 1177, a service number or a listed one."""
    for folded in view.digit_views:
        for run in runs(folded.text, 8):
            i = 0
            while i < len(run.groups):
                last, number = _phone(run, i)
                if last is None:
                    i += 1
                    continue
                if number not in view.rules.phones and not number.startswith(_SERVICE):
                    start, end = run.groups[i][1], run.groups[last][2]
                    yield kinds.PHONE, folded.back(start), folded.back(end - 1) + 1, NOTHING
                i = last + 1


def _phone(run: Run, i: int) -> tuple[int | None, str]:
    """The last group of a number that begins with group ``i``, and the number with its leading zero."""
    plus = run.before(i).endswith("+")
    joined = ""
    best: tuple[int | None, str] = (None, "")
    for j in range(i, len(run.groups)):
        joined += run.groups[j][0]
        if len(joined) > 16:
            break
        number = _national(joined, plus=plus)
        if number is not None and _looks_right(run, (i, j), number, plus=plus):
            best = (j, number)
    if best[0] is None and plus and i == 0 and _ABROAD[0] <= len(run.digits) <= _ABROAD[1]:
        return len(run.groups) - 1, run.digits
    return best


def national(digits: str) -> str:
    """Digits of a listed number as they are compared: with a leading zero, no country code."""
    plain = re.sub(r"\D", "", digits)
    if plain.startswith("0046"):
        plain = plain[4:]
    elif plain.startswith("46") and digits.strip().startswith("+"):
        plain = plain[2:]
    else:
        return plain
    return "0" + plain.lstrip("0")


def _national(digits: str, *, plus: bool) -> str | None:
    if plus and digits.startswith("46"):
        return "0" + digits[2:].lstrip("0")
    if digits.startswith("0046"):
        return "0" + digits[4:].lstrip("0")
    return digits if digits.startswith("0") and not plus else None


def _looks_right(run: Run, part: tuple[int, int], number: str, *, plus: bool) -> bool:
    if len(number) not in _NATIONAL:
        return False
    i, j = part
    groups = [group for group, _, _ in run.groups[i : j + 1]]
    if _MOBILE.fullmatch(number):
        return i == 0 or run.before(i)[-1:] not in {"-", "."}
    code = "08" if number.startswith("08") else number[:3] if number[:3] in _AREA3 else number[:4]
    local = number[len(code) :]
    if code.startswith("07") or local[:1] == "0" or len(local) < (6 if code == "08" else 5):
        return False
    if len(code) == 4 and len(number) < 9:
        return False
    if plus or groups[0].startswith("00"):
        return True
    if i and (len(groups[0]) < 3 or run.before(i)[-1:] in {"-", "."}):
        return False
    # 08-12-2026 is a day, not a number in Stockholm.
    if [len(group) for group in groups] == [2, 2, 4] and groups[2].startswith(("19", "20")):
        return False
    return (
        groups[0] == code or len(groups[0]) >= 8 or (run.single and i == 0) or len(groups) == 2 == j - i + 1
    )


def emails(view: View) -> Iterator[Hit]:
    """EST413: an e-mail address that is not a listed or a functional mailbox."""
    if not _AT_SIGN.search(view.text):
        return
    for match in _EMAIL.finditer(view.text):
        local, host = match["local"].lower(), _plain_host(match["host"])
        address = f"{local}@{host}"
        if _personal(local):
            yield kinds.EMAIL, match.start(), match.end(), NOTHING
        elif address in view.rules.emails:
            continue
        elif not (host in view.rules.domains and local in words_of("funktionsbrevlador.txt")):
            yield kinds.EMAIL, match.start(), match.end(), NOTHING


def _plain_host(host: str) -> str:
    return re.sub(_DOT, ".", host.lower())


def _personal(local: str) -> bool:
    """True for ``anna.andersson``: a person's address is never functional, not even when it is listed."""
    first, dot, last = local.partition(".")
    return bool(dot) and len(last) > 1 and first in names()


def accounts(view: View) -> Iterator[Hit]:
    """EST419: accounts in social media, and links to them, to people search and to points on maps."""
    blocked = words_of("sparrade_adresser.txt")
    for match in _HOST.finditer(view.text) if _DOTTED.search(view.text) else ():
        host = match[0].partition("/")[0].lower()
        parts = host.split(".")
        tails = {".".join(parts[i:]) for i in range(len(parts) - 1)}
        if tails & blocked or _MAP_LINK.search(match[0]):
            yield kinds.ACCOUNT, match.start(), match.end(), NOTHING
    for match in _HANDLE.finditer(view.text):
        yield kinds.ACCOUNT, match.start(), match.end(), NOTHING
    for match in _ACCOUNT.finditer(view.text):
        odd = any(c.isdigit() or c in "._-" for c in match["name"])
        if odd or (match["how"] in {":", "="} and match[0].lower().startswith(_NICKNAMED)):
            yield kinds.ACCOUNT, match.start(), match.end(), NOTHING
