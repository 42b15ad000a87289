"""What the commands say of themselves, taken from the commands: the source of ``desk/kommandon.yml``."""

from __future__ import annotations

import re
from collections.abc import Iterator

import click

from est_build.desk.commands import Command, Option, Paragraph

_EVERYWHERE = frozenset({"--lang", "--help"})
"""Options that say the same of every command."""
_AS_IT_IS = "\b"
_COLUMNS = re.compile(r" {2,}")


def described(top: click.Command, name: str = "est-build") -> Iterator[Command]:
    """The commands of a group, and of the groups in it, in the order of their names.

    Args:
        top: the group of all commands.
        name: how it is called.
    """
    context = click.Context(top, info_name=name)
    if not isinstance(top, click.Group):
        return
    for word in top.list_commands(context):
        command = top.get_command(context, word)
        if command is not None and not command.hidden:
            yield _told(command, click.Context(command, info_name=word, parent=context))
            yield from described(command, f"{name} {word}")


def _told(command: click.Command, context: click.Context) -> Command:
    usage = " ".join([context.command_path, *command.collect_usage_pieces(context)])
    options = [
        Option(*(" ".join(part.split()) for part in record))
        for param in command.get_params(context)
        if not _EVERYWHERE & {*param.opts} and (record := param.get_help_record(context)) and record[1]
    ]
    text = tuple(map(_paragraph, (command.help or "").strip().split("\n\n")))
    return Command(context.command_path, usage, text, tuple(options))


def _paragraph(text: str) -> Paragraph:
    """Words, or a list that click is told to leave as it is: two columns with blanks between them."""
    if not text.startswith(_AS_IT_IS):
        return Paragraph(" ".join(text.split()))
    lines = text.removeprefix(_AS_IT_IS).strip().splitlines()
    return Paragraph(rows=tuple(Option(*_COLUMNS.split(line.strip(), maxsplit=1)) for line in lines))
