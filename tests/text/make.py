"""Makes what must never be published, in many spellings. Nothing here belongs to anybody.

Telephone numbers are of the series that are set aside for fiction; personnummer are counted out.
"""

from __future__ import annotations

import random
from collections.abc import Callable

from est_build.protect.text.identity import luhn
from est_build.protect.text.lists import names

CARRIERS = (
    "Han bor nära stationen, {}, säger grannarna.",
    "{}",
    "Enligt {} var det tänt hela natten.",
    "Se {}.",
    "Vi fick veta det ({}) på mötet.",
    "Nya lampor sätts upp ({}).",
    "Kontakt: {}",
)
FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
BOLD = str.maketrans("0123456789", "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗")
WORDS = ["noll", "ett", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio"]


def national_id(rng: random.Random, *, coordination: bool = False) -> tuple[str, str, str]:
    """Century, six digits and four digits with a right Luhn; a day that exists."""
    century = rng.choice(["19", "20"])
    year = rng.randint(0, 99) if century == "19" else rng.randint(0, 26)
    month, day = rng.randint(1, 12), rng.randint(1, 28)
    six = f"{year:02}{month:02}{day + 60 * coordination:02}"
    serial = f"{rng.randint(1, 999):03}"
    check = next(c for c in "0123456789" if luhn(six + serial + c))
    return century, six, serial + check


def spaced(text: str, gap: str = " ") -> str:
    return gap.join(text)


def spoken(digits: str) -> str:
    return " ".join(WORDS[int(d)] for d in digits if d.isdigit())


ID_SPELLINGS: dict[str, Callable[[str, str, str], str]] = {
    "dash": lambda c, s, n: f"{s}-{n}",
    "none": lambda c, s, n: f"{s}{n}",
    "long dash": lambda c, s, n: f"{c}{s}-{n}",
    "long": lambda c, s, n: f"{c}{s}{n}",
    "plus": lambda c, s, n: f"{s}+{n}",
    "space": lambda c, s, n: f"{s} {n}",
    "long space": lambda c, s, n: f"{c}{s} {n}",
    "iso": lambda c, s, n: f"{c}{s[:2]}-{s[2:4]}-{s[4:]}-{n}",
    "dotted": lambda c, s, n: f"{s[:2]}.{s[2:4]}.{s[4:]}-{n}",
    "slashed": lambda c, s, n: f"{s[:2]}/{s[2:4]}/{s[4:]} {n}",
    "parts": lambda c, s, n: f"{s[:2]} {s[2:4]} {s[4:]} {n}",
    "long parts": lambda c, s, n: f"{c}{s[:2]} {s[2:4]} {s[4:]} {n}",
    "en dash": lambda c, s, n: f"{s}–{n}",
    "minus": lambda c, s, n: f"{s}−{n}",
    "no-break hyphen": lambda c, s, n: f"{s}\u2011{n}",
    "soft hyphen": lambda c, s, n: f"{s[:3]}\u00ad{s[3:]}-{n}",
    "zero width": lambda c, s, n: f"{s[:2]}\u200b{s[2:]}\u200d-{n}",
    "no-break space": lambda c, s, n: f"{s}\u00a0{n}",
    "full width": lambda c, s, n: f"{s}-{n}".translate(FULL_WIDTH),
    "arabic": lambda c, s, n: f"{s}-{n}".translate(ARABIC),
    "bold": lambda c, s, n: f"{s}-{n}".translate(BOLD),
    "every digit": lambda c, s, n: spaced(s + n),
    "every digit, long": lambda c, s, n: spaced(c + s + n),
    "every digit, dots": lambda c, s, n: spaced(s + n, "."),
    "every digit, dashes": lambda c, s, n: f"{spaced(s)} - {spaced(n)}",
    "odd groups": lambda c, s, n: f"{s[:4]} {s[4:]} {n[:2]} {n[2:]}",
    "letters for digits": lambda c, s, n: f"{s}-{n}".replace("0", "O").replace("1", "l"),
    "words": lambda c, s, n: spoken(s + n),
    "line break": lambda c, s, n: f"{s}-\n{n}",
    "in two parts": lambda c, s, n: f"{c}{s}, de sista fyra är {n}",
    "digits and words": lambda c, s, n: f"{s} {spoken(n)}",
    "masked": lambda c, s, n: f"{s}-XXXX",
    "masked stars": lambda c, s, n: f"{c}{s}-****",
}

MOBILE = [f"07017406{n:02}" for n in range(5, 100)]
LANDLINE = [*(f"03139006{n:02}" for n in range(100)), *(f"04062804{n:02}" for n in range(100))]
STOCKHOLM = [f"08465004{n:02}" for n in range(100)]
RURAL = [f"09803192{n:02}" for n in range(100)]

PHONE_SPELLINGS: dict[str, Callable[[str], str]] = {
    "joined": lambda d: d,
    "dash": lambda d: f"{d[:3]}-{d[3:]}",
    "groups": lambda d: f"{d[:3]}-{d[3:6]} {d[6:8]} {d[8:]}",
    "groups without dash": lambda d: f"{d[:3]} {d[3:6]} {d[6:8]} {d[8:]}",
    "twos": lambda d: f"{d[:3]}-{d[3:5]} {d[5:7]} {d[7:]}",
    "slash": lambda d: f"{d[:3]}/{d[3:]}",
    "dots": lambda d: f"{d[:3]}.{d[3:6]}.{d[6:8]}.{d[8:]}",
    "brackets": lambda d: f"({d[:3]}) {d[3:]}",
    "plus": lambda d: f"+46{d[1:]}",
    "plus groups": lambda d: f"+46 {d[1:3]} {d[3:6]} {d[6:8]} {d[8:]}",
    "plus zero": lambda d: f"+46 (0){d[1:3]}-{d[3:6]} {d[6:]}",
    "0046": lambda d: f"0046 {d[1:3]} {d[3:]}",
    "en dash": lambda d: f"{d[:3]}–{d[3:6]} {d[6:]}",
    "every digit": spaced,
    "every digit, dashes": lambda d: spaced(d, "-"),
    "full width": lambda d: d.translate(FULL_WIDTH),
    "zero width": lambda d: f"{d[:4]}\u200b{d[4:]}",
    "soft hyphen": lambda d: f"{d[:3]}-{d[3:6]}\u00ad{d[6:]}",
    "letters for digits": lambda d: d.replace("0", "O").replace("1", "l"),
    "words": spoken,
    "words in pairs": lambda d: "noll " + spoken(d[1:]),
    "digits and words": lambda d: f"{d[:3]} {d[3:6]} {d[6:8]} {spoken(d[8:])}",
    "no-break space": lambda d: f"{d[:3]}\u00a0{d[3:6]}\u00a0{d[6:]}",
}

EMAIL_SPELLINGS: dict[str, Callable[[str, str], str]] = {
    "plain": lambda a, h: f"{a}@{h}",
    "upper": lambda a, h: f"{a}@{h}".upper(),
    "brackets": lambda a, h: f"{a}(at){h}",
    "square": lambda a, h: f"{a} [at] {h}",
    "snabel-a": lambda a, h: f"{a} snabel-a {h}",
    "spaces": lambda a, h: f"{a} @ {h}",
    "dot in words": lambda a, h: f"{a}@{h.replace('.', ' punkt ')}",
    "dot in brackets": lambda a, h: f"{a}(at){h.replace('.', '[dot]')}",
    "full width": lambda a, h: f"{a}＠{h}",
    "mailto": lambda a, h: f"mailto:{a}@{h}",
    "zero width": lambda a, h: f"{a[:2]}\u200b{a[2:]}@{h}",
    "cyrillic": lambda a, h: f"{a}@{h}".replace("a", "а"),
    "percent": lambda a, h: f"{a}%40{h}",
}

PLATE_SPELLINGS: dict[str, Callable[[str, str], str]] = {
    "joined": lambda a, d: a + d,
    "space": lambda a, d: f"{a} {d}",
    "dash": lambda a, d: f"{a}-{d}",
    "every sign": lambda a, d: spaced(a + d),
    "dots": lambda a, d: f"{a}·{d}",
    "small, joined": lambda a, d: (a + d).lower(),
    "small, near a word": lambda a, d: f"regnr {a.lower()} {d.lower()}",
    "full width": lambda a, d: f"{a} {d.translate(FULL_WIDTH)}",
    "cyrillic": lambda a, d: a.replace("A", "А").replace("B", "В") + d,
    "no-break space": lambda a, d: f"{a}\u00a0{d}",
    "bold": lambda a, d: f"{a}{d.translate(BOLD)}",
}
STREET_NAMES = (
    "Storgatan", "Norra Långgatan", "Skolvägen", "Gamla Byavägen", "Prästgränd", "Ängsstigen",
    "Lilla torget", "Lindallén", "Backavägen", "Drottningens väg", "Sturegatan", "Kyrkogatan",
    "Strandpromenaden", "Södra vägen",
)  # fmt: skip
STREET_SPELLINGS: dict[str, Callable[[str, int], str]] = {
    "plain": lambda s, n: f"{s} {n}",
    "letter": lambda s, n: f"{s} {n} B",
    "joined letter": lambda s, n: f"{s} {n}b",
    "comma": lambda s, n: f"{s}, {n}",
    "nr": lambda s, n: f"{s} nr {n}",
    "range": lambda s, n: f"{s} {n}-{n + 4}",
    "no-break space": lambda s, n: f"{s}\u00a0{n}",
    "full width": lambda s, n: f"{s} {str(n).translate(FULL_WIDTH)}",
    "zero width": lambda s, n: f"{s[:3]}\u200b{s[3:]} {n}",
}
FLATS = (
    "lgh 1203", "lgh. 1101", "lägenhet 1203", "Lgh nr 12", "lägenhetsnummer 1302", "trapphus 4",
    "trapphus B", "uppgång C", "port 12", "trappuppgång 3", "lgh １２０３", "l\u200bgh 1203", "5 tr ö.g.",
    "2 tr till vänster",
)  # fmt: skip
POINTS = (
    "55.4295, 13.8200", "55,4295; 13,8200", "13.8200 55.4295", "N 55.4295 E 13.8200", "55.4295° N",
    "lat: 55.42950", "55° 25' 46\" N", "55°25′46″N 13°49′12″E", "N55 25.77 lon 13.82000",
    "55 grader 25 minuter", "6147000, 420000", "N 6147000 E 420000", "6 147 000, 420 000",
    "6147123.4 420456.7", "x: 6150000 y: 1370000", "///lampa.bänk.skog", "9F7JCR5M+2X",
    "55.４２９５, 13.８２００", "55.\u200b4295, 13.8200",
)  # fmt: skip
PROPERTIES = (
    "Sandskogen 2:15", "Tosteberga 1:23", "Kabusa 12:104", "fastigheten Kivik 12:30",
    "kvarteret Disponenten 4", "kv. Disponenten 4", "kv Rådmannen 12", "Östra Ljungby 14:5",
    "fastighet sandskogen 2:15", "Ystad Sandskogen 2：15", "fastigheten 2:15", "Tryde 2\u200b:15",
)  # fmt: skip
ACCOUNTS = (
    "@kalle_99", "följ @skurupsliv", "https://www.facebook.com/groups/123", "instagram.com/kalle99",
    "tiktok.com/@kalle", "t.me/skurup", "snap: kalle99", "insta: kalle", "Snapchat-konto: lampa",
    "instakontot heter kalle_99", "youtu.be/abc", "www.hitta.se/person", "https://mrkoll.se/x",
    "https://maps.app.goo.gl/abc", "＠kalle_99", "https://www.google.com/maps/place/x",
    "facebook.\u200bcom/grupp", "fаcebook.com/grupp", "discord.gg/abc",
)  # fmt: skip
COUNTS = (
    "Tre anmälningar kom in.", "Två rapporter från skolan.", "Vi fick 3 rapporter om klotter.",
    "4 iakttagelser", "Antalet steg från 4 till 9.", "antalet steg från fyra till nio",
    "Rapporterna ökade till 7.", "Rapporterna blev sju.", "Rapporter: 3",
    "Det kom in tre nya, liknande rapporter.", "tre st rapporter", "7 av rapporterna handlar om hamnen.",
    "två av skolans rapporter", "Tolv händelser har noterats.", "Vi har fått tjugotre svar.",
    "Bara en rapport kom från byn.", "En enda anmälan gjordes.", "Endast ett svar kom.",
    "Det är den tredje rapporten.", "båda rapporterna", "ett dussin rapporter",
    "Rapporterna minskade med 30 procent.", "Rapporterna minskade med 30 %.", "4–8 rapporter",
    "mellan tre och sex rapporter", "högst fyra rapporter", "färre än 5 rapporter",
    "fler än tio anmälningar", "Antalet anmälda händelser var 4.", "rapporter (3)",
    "Rapporterna kom från skolan (två) och hamnen (tre).", "Tre har rapporterat om klotter.",
    "två skolor rapporterade", "ｔｒｅ rapporter", "t\u00adre rap\u00adporter", "３ rapporter",
    "tre polisanmälningar", "fyra tips", "Antal: 3", "3\u00a0rapporter", "Nio svarande rapporterar hot.",
    "Det var 3 st rapporter.", "tre rарporter", "Rapporterna gick från fyra till nio.", "three reports",
    "Only one report", "Antalet rapporter om skräp i hamnen ökade från 4 till 9.", "6 incidenter",
    "tre stycken iakttagelser",
)  # fmt: skip


STOP_WORDS = (
    "Ett gäng samlas vid stationen.", "ungdomsgänget", "gängmedlemmarna", "Kända kriminella ses här.",
    "kriminellas", "invandrarungdomar", "några somalier", "muslimerna", "en missbrukare", "missbrukarnas",
    "narkomanerna", "HVB-hemmet", "ett skyddat boende", "behandlingshemmet", "LSS-boendet",
    "orosanmälningar", "LVU", "Huliganer", "mc-klubben", "gӓng vid stationen", "gä\u00adng", "g\u200bäng",
    "ＧÄＮＧ", "psykiskt sjuka", "självmordet", "tiggarna", "Hells Angels",
)  # fmt: skip
SIGN_OFF_WORDS = (
    "kameran vid torget", "En misstänkt person syntes.", "gripna", "åklagaren", "ICA i Borrby", "McDonald's",
    "moskén", "ett utsatt område", "no-go-zon", "äldreboendet", "tillslaget", "larmkoden", "psykisk ohälsa",
    "utsatta områden", "den värsta platsen", "danska turister", "offrets", "brottsoffret", "Folkets hus",
)  # fmt: skip
HINT_WORDS = (
    "Det ryktas om bråk.", "Åtgärden ledde till färre rapporter.", "tack vare lamporna",
    "Brotten minskade i hamnen.", "Lamporna gav effekt.", "enligt rykten",
)  # fmt: skip
MAYBE_NAMES = ("Det var Karins idé.", "enligt Svenssons", "Vi talade med Abdirahim Hirsowe om det.")
DETAILS = (
    "En 15-åring sågs.", "femtonåringen", "en man i 40-årsåldern", "14 år gammal", "i klass 8B",
    "årskurs 9", "Rektorn på skolan", "vaktmästaren i hallen", "butiksägaren vid torget",
    "på Norreportskolan", "vid Östra skolan", "utanför restaurang Lampan", "Lampans Bil AB", "född 1970",
    "En man sågs där på fredagen.", "8B slåss",
    'En sade: "Det var de där som alltid står vid porten och ropar efter oss när vi går förbi på kvällen".',
)  # fmt: skip
EVENTS = (
    "Vid två tillfällen har rutor krossats.", "tre inbrott", "fyra cykelstölder", "tre killar på moped",
    "Hälften av rapporterna kom från byn.", "Rapporterna fördubblades.", "dubbelt så många rapporter",
    "Inga rapporter från Kivik.", "Ingen i Kivik rapporterade något.", "Två har svarat.", "bara tre svarade",
    "Tre från skolan och två från polisen.", "En rapport från Kivik gällde hot.", "I Kivik kom det in fyra.",
    "ett par rapporter", "ett tiotal rapporter",
)  # fmt: skip
HIDDEN = ("st\u200bation", "ståtion med Сyrillic", "siffra ７", "𝐟et", "a\u2060b")


def full_name(rng: random.Random) -> str:
    """A first name and a surname, put together by chance."""
    first = rng.choice(sorted(names())).capitalize()
    start = rng.choice(("Al", "Berg", "Ek", "Gran", "Hed", "Lind", "Sand", "Sjö", "Väst", "Öst", "Fors"))
    return f"{first} {start}{rng.choice(('ström', 'gren', 'qvist', 'man', 'lund', 'dahl', 'mark'))}"


def names_in_text(rng: random.Random) -> list[str]:
    """Names as people write them."""
    first = [name.capitalize() for name in rng.sample(sorted(names()), 6)]
    last = full_name(rng).split()[1]
    return [
        f"Enligt {full_name(rng)} var det lugnt.",
        f"{full_name(rng)} har ringt.",
        f"Vi talade med {first[0]}-{first[1]} {last}.",
        f"Vi talade med {first[2]} von {last}.",
        f"Vi talade med {first[3]} A. {last}.",
        f"Vi talade med {first[4]} {first[5]} {last}s granne.",
        f"Fru {last} klagade.",
        f"familjen {last}",
        f"Han kallas {first[0]}.",
        "Enligt K.L. var det lugnt.",
        f"Enligt {first[0][0]}\u200b{first[0][1:]} {last} var det lugnt.",
    ]
