"""What a hand-written page may ask for in braces: commands, faults and files, as they are today.

The names are at hand at once, for ``check``. What makes the HTML is loaded when a page is built.
"""

from __future__ import annotations

from dataclasses import replace

from markupsafe import Markup

from est_build.pages.inserted import Piece, Pieces


def pieces() -> Pieces:
    """Everything that may be asked for, by its word."""
    return {
        "kommandon": Piece(_nothing, _all_commands, "{{ kommandon }}"),
        "kommando": Piece(_command_names, _command, "{{ kommando: est-build check }}"),
        "filer": Piece(_nothing, _all_files, "{{ filer }}"),
        "falt": Piece(_file_names, _fields, "{{ falt: atgard }}"),
        "fel": Piece(_codes, _fault, "{{ fel: EST204 }}"),
    }


def names_only() -> Pieces:
    """The same without what they bring in: for those who only ask whether a page is right."""
    return {word: replace(piece, html=lambda _: Markup("")) for word, piece in pieces().items()}


def _nothing() -> tuple[str, ...]:
    return ("",)


def _command_names() -> list[str]:
    from est_build.desk.commands import commands

    return [command.name for command in commands()]


def _file_names() -> list[str]:
    from est_build.desk.schemas import KINDS

    return list(KINDS)


def _codes() -> list[str]:
    from est_build.problems.all_kinds import all_kinds

    return list(all_kinds())


def _command(name: str) -> Markup:
    from est_build.site.handbook import command_piece

    return command_piece(name)


def _all_commands(_: str) -> Markup:
    from est_build.site.handbook import all_commands

    return all_commands()


def _fields(name: str) -> Markup:
    from est_build.site.handbook import fields_piece

    return fields_piece(name)


def _all_files(_: str) -> Markup:
    from est_build.site.handbook import all_files

    return all_files()


def _fault(name: str) -> Markup:
    from est_build.pages.faults import fault_piece

    return fault_piece(name)
