"""Commands and files as the pages of the handbook show them, from where they are written down."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup, escape

from est_build.desk.commands import Command, commands
from est_build.desk.file_kinds import Field, FileKind, Part, file_kind
from est_build.figures.table import Content, data_table
from est_build.pages.addresses import slug
from est_build.pages.hyphens import hyphenated
from est_build.pages.links import render

COLUMNS = ("Fält", "Vad det är")
GROUPS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    (
        "Det du skriver varannan vecka",
        "De här filerna skriver du själv, ofta med hjälp av `est-build new`.",
        ("lagesbild", "rad-bedomning", "atgard", "fraga", "rattelser"),
    ),
    (
        "Det du skriver varje kvartal och år",
        "Utvärderingar, planer och mått som andra har tagit fram.",
        ("utvardering", "uppfoljning", "plan", "indikator"),
    ),
    (
        "Inställningar",
        "De skrivs en gång, när webbplatsen är ny. Regler, områden och koder ändras bara vid ett årsskifte.",
        ("webbplats", "skydd", "kodlistor", "omraden", "rad-kalender"),
    ),
    (
        "Listor bredvid sidorna",
        "De ligger i mappen `content`, tillsammans med sidorna.",
        ("andringar", "omradestexter", "ordlista", "platser", "tillganglighet", "godkannanden"),
    ),
    (
        "Det som verktyget skriver",
        "De här filerna skriver `est-build prepare` och `est-build liggare`. Ändra aldrig i dem för hand. "
        "Då säger bygget nej.",
        (
            "rad-rapporter",
            "rad-deltagande",
            "intyg",
            "rad-verkligheter",
            "rad-bekraftade-rutor",
            "rad-liggare",
        ),
    ),
    (
        "Det som är privat",
        "De här två filerna ligger i din privata mapp. De får aldrig ligga i förrådet.",
        ("enkat", "rad-medlemmar"),
    ),
)
"""Title of a part of the page of files, what is said above it, and the schemas of its files."""


@dataclass(frozen=True, slots=True)
class KindOnPage:
    """A kind of file: an anchor, where such files are, and its fields."""

    anchor: str
    files: str
    tables: Markup


@dataclass(frozen=True, slots=True)
class Group:
    """Files of one sort."""

    anchor: str
    title: str
    about: Markup
    kinds: tuple[KindOnPage, ...]


@dataclass(frozen=True, slots=True)
class FilesPage:
    """All kinds of files."""

    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class CommandsPage:
    """All commands."""

    commands: tuple[Command, ...]


def command_piece(name: str) -> Markup:
    """What one command says of itself."""
    return render("command_piece.html.j2", next(one for one in commands() if one.name == name))


def all_commands() -> Markup:
    """Every command, each under a heading."""
    return render("commands.html.j2", CommandsPage(commands()))


def fields_piece(name: str) -> Markup:
    """The fields of one kind of file."""
    kind = file_kind(name)
    return Markup('<div class="filslag">{}</div>').format(_tables(kind, kind.files))


def all_files() -> Markup:
    """Every kind of file with its fields."""
    groups = (Group(slug(t), t, _coded(about), tuple(map(_kind, names))) for t, about, names in GROUPS)
    return render("files.html.j2", FilesPage(tuple(groups)))


def _kind(name: str) -> KindOnPage:
    kind = file_kind(name)
    return KindOnPage(f"fil-{name}", kind.files, _tables(kind, kind.files))


def _tables(kind: FileKind, files: str) -> Markup:
    return Markup("").join(_table(part, files) for part in kind.parts)


def _table(part: Part, files: str) -> Markup:
    """One part of a file; the rows of a list stand under the name of the list."""
    caption = Markup("Fälten i <code>{}</code>").format(files)
    if part.within:
        caption = Markup("I <code>{}</code>").format(part.within)
    table = data_table(caption, COLUMNS, list(_rows(part.fields)), hide_caption=not part.within)
    return Markup(hyphenated(table))


def _coded(text: str) -> Markup:
    """A text whose words for machines stand between grave accents."""
    plain, *rest = text.split("`")
    parts = [Markup("<code>{}</code>" if i % 2 == 0 else "{}").format(part) for i, part in enumerate(rest)]
    return escape(plain) + Markup("").join(parts)


def _rows(fields: Iterable[Field]) -> Iterable[list[Content]]:
    for field in fields:
        must = Markup("<strong>Måste finnas.</strong> ") if field.needed else Markup("")
        text = must + _coded(field.text)
        if field.choices:
            words = Markup(", ").join(Markup("<code>{}</code>").format(one) for one in field.choices)
            text += Markup(" Välj: {}.").format(words)
        yield [Markup("<code>{}</code>").format(field.name), text]
