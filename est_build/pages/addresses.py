"""Every address of the site, written from its root. An address that has been published never dies.

Filters of the actions go one dimension at a time: a product of them would make addresses by the hundred
that must live for ever. A choice that holds nothing has no page.
"""

from __future__ import annotations

import re
import unicodedata

from est_build.model.area import Area

START = "/"
PICTURES = "/lage/"
AREAS = "/omraden/"
FIND_AREA = "/omraden/hitta/"
CATEGORIES = "/kategorier/"
MAP = "/karta/"
DEVELOPMENT = "/utveckling/"
ACTIONS = "/atgarder/"
ENDED_ACTIONS = "/atgarder/avslutade/"
ISSUES = "/fragor/"
EVALUATIONS = "/utvardering/"
PLANS = "/plan/"
METHOD = "/metod/"
QUALITY = "/metod/kvalitet/"
USUAL = "/metod/vanligt/"
PROTECTION = "/metod/skydd/"
GLOSSARY = "/metod/ord/"
CHANGES = "/andringar/"
CORRECTIONS = "/rattelser/"
OPEN_DATA = "/oppna-data/"
EDITIONS = "/oppna-data/utgavor/"
JOINT_EDITIONS = "/oppna-data/utgavor/gemensamt/"
JOIN = "/delta/"
ABOUT = "/om/"
ABOUT_EST = "/om/est/"
WHO = "/om/vilka/"
PRIVACY = "/integritet/"
ACCESSIBILITY = "/tillganglighetsredogorelse/"
EASY = "/lattlast/"
ENGLISH = "/en/"
ENGLISH_METHOD = "/en/method/"
FOLLOW = "/folj/"
HANDBOOK = "/handbok/"
MISTAKE = "/handbok/fel-publicerat/"
FAULTS = "/handbok/fel/"
CALENDAR = "/folj/kalender.ics"
SEARCH = "/sok/"
EVERYTHING = "/sok/a-o/"
NOT_FOUND = "/404.html"
_OTHER = re.compile(r"[^a-z0-9]+")


def slug(words: str) -> str:
    """Words as they stand in an address: ``Sjöbo kommun`` becomes ``sjobo-kommun``."""
    plain = unicodedata.normalize("NFKD", words.casefold()).encode("ascii", "ignore").decode("ascii")
    return _OTHER.sub("-", plain).strip("-")


def path(address: str) -> str:
    """What a page calls its address: without the first slash (``""`` for the start page)."""
    return address.removeprefix("/")


def picture(period: str) -> str:
    """A fortnight: ``/lage/2026-v45-46/``."""
    return f"{PICTURES}{period}/"


def report_file(period: str) -> str:
    """The same fortnight as one file that needs nothing beside it."""
    return f"{PICTURES}{period}/rapport.html"


def letter(period: str, town: str, kind: str = "html") -> str:
    """The letter back to the network of a municipality: ``/aterkoppling/2026-v45-46/ystad/brev.html``."""
    return f"/aterkoppling/{period}/{town}/brev.{kind}"


def feed(name: str, kind: str = "xml") -> str:
    """A feed: ``/folj/allt.xml``, ``/folj/kommun/ystad.json``."""
    return f"{FOLLOW}{name}.{kind}"


def feed_of(place: Area) -> str:
    """The name of a municipality's or an area's feed: ``omrade/kivik``."""
    return f"{place.level}/{place.id}"


def calendar_of(town: str) -> str:
    """The calendar of a municipality (its id)."""
    return f"{FOLLOW}kommun/{town}.ics"


def action(number: str) -> str:
    """An action: ``/atgarder/2026-017/``."""
    return f"{ACTIONS}{number}/"


def actions_by_status(status: str) -> str:
    """Actions with a status (code of the list, or ``uppfoljd``)."""
    return f"{ACTIONS}status/{status}/"


def actions_of_town(town: str) -> str:
    """Actions of a municipality (its id)."""
    return f"{ACTIONS}kommun/{town}/"


def actions_by_responsible(name: str) -> str:
    """Actions that an organisation answers for: the part of ``ansvarig`` before the first comma."""
    return f"{ACTIONS}ansvarig/{slug(name.partition(',')[0])}/"


def actions_of_sort(horizon: str) -> str:
    """Quick (``snabb``) or long-term (``lang``) actions."""
    return f"{ACTIONS}sort/{horizon}/"


def issue(number: str) -> str:
    """An issue: ``/fragor/2026-004/``."""
    return f"{ISSUES}{number}/"


def area(place: Area) -> str:
    """An area's page, or that of the area it is counted in."""
    return f"{AREAS}{place.merged_into or place.id}/"


def category(group: str) -> str:
    """A category group: ``/kategorier/trafik/``."""
    return f"{CATEGORIES}{group}/"


def quarter(span: str) -> str:
    """A quarterly evaluation: ``/utvardering/2026-kv3/``."""
    return f"{EVALUATIONS}{span}/"


def year(span: str) -> str:
    """A year: ``/ar/2025/``."""
    return f"/ar/{span}/"


def plan(town: str) -> str:
    """What the law asks of a municipality (its id): ``/plan/ystad/``."""
    return f"{PLANS}{town}/"


def dataset(name: str) -> str:
    """A dataset of the open data: ``/oppna-data/rapporter/``."""
    return f"{OPEN_DATA}{name}/"


def editions(town: str) -> str:
    """All that a municipality (its id) has published, edition by edition."""
    return f"{EDITIONS}{town}/"
