"""How `--help` shows the commands: grouped by purpose, in an order to be read in, in plain words.

A new command takes one line in `PANELS`. The first paragraph of its docstring is its line in the list, 66 characters at
most; exit statuses go into a second one.
"""

from __future__ import annotations

from typing import Any

import typer
from typer.core import TyperArgument, TyperGroup

PANELS: dict[str, tuple[str, ...]] = {
    "Run": (
        "demo",
        "up",
        "ingest",
        "serve",
        "backfill",
        "rebuild",
    ),
    "Look": (
        "brief",
        "show",
        "why",
    ),
    "Ask": (
        "sql",
        "questions",
        "shell",
        "search",
        "export",
    ),
    "Judge": (
        "label",
        "review",
        "accuracy",
    ),
    "Care": (
        "status",
        "doctor",
        "check",
        "reap",
        "prune",
        "backup",
        "restore",
        "settings",
    ),
    "Feeds, rules and models": (
        "feeds",
        "rules",
        "gazetteer",
        "train",
    ),
    "One stage at a time, files in, JSON Lines out": (
        "parse-feed",
        "extract",
        "tag",
    ),
}
PANEL_OF = {name: panel for panel, names in PANELS.items() for name in names}
ORDER = {name: place for place, name in enumerate(PANEL_OF)}
PLACEHOLDERS = {  # of values whose option has no metavar of its own
    "str": "TEXT",
    "list[str]": "TEXT",
    "path": "PATH",
    "list[Path]": "PATH",
    "int": "NUMBER",
    "int range": "NUMBER",
    "float": "NUMBER",
    "float range": "NUMBER",
    "bool": "",
}


class Commands(TyperGroup):
    """The commands of `dateline` by purpose; those of a group (`feeds`, `rules`) as they are listed in it."""

    def list_commands(self, ctx: typer.Context) -> list[str]:  # type: ignore[override]
        """The names, in the order of `PANELS`."""
        names = super().list_commands(ctx)
        return names if ctx.parent else sorted(names, key=lambda name: ORDER.get(name, len(ORDER)))

    def get_command(self, ctx: typer.Context, cmd_name: str) -> Any:  # type: ignore[override]
        """A command with its panel, whose help names values in plain words."""
        command = super().get_command(ctx, cmd_name)
        if command is not None:
            if not ctx.parent:
                command.rich_help_panel = PANEL_OF.get(cmd_name)  # type: ignore[attr-defined]
            speak_plainly(command, ctx)
        return command

    def get_params(self, ctx: typer.Context) -> Any:  # type: ignore[override]
        """The group's own options, named likewise."""
        found = super().get_params(ctx)
        for param in found:
            name_value(param, ctx)
        return found


def speak_plainly(command: Any, ctx: typer.Context) -> None:
    """Name a command's values ("--limit NUMBER") instead of their types in Python ("<int range>")."""
    for param in command.get_params(ctx):
        name_value(param, ctx)


def name_value(param: Any, ctx: typer.Context) -> None:
    """A value's name: its metavar, else by its type; an argument is its name in capitals, without a type beside it."""
    if isinstance(param, TyperArgument):
        several = "..." if param.nargs != 1 else ""
        param.metavar = f"{(param.metavar or param.name.upper()).removesuffix('...')}{several}"
        usage = param.metavar if param.required else f"[{param.metavar.strip('[]')}]"
        param.get_usage_pieces = lambda ctx: [usage]  # type: ignore[method-assign]
        param.display_type_rich = lambda ctx: None  # type: ignore[method-assign]
    elif param.metavar is None:
        kind = (param.display_type(ctx) or "").strip("<>")
        param.metavar = PLACEHOLDERS.get(kind, kind)
