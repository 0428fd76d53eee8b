"""Every command's help, as it is read on a terminal of 80 columns."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from flows.cli import app
from flows.commands import PANEL_OF, PANELS

WIDTH = 80
MOST_IN_A_LIST = 66  # characters beside a command's name, in a panel of that width


def commands(group: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Each command and group with its path."""
    yield path, group
    for name, command in getattr(group, "commands", {}).items():
        yield from commands(command, (*path, name))


ALL = dict(commands(get_command(app)))


def help_of(path: tuple[str, ...]) -> str:
    done = CliRunner().invoke(app, [*path, "--help"], env={"COLUMNS": str(WIDTH)})
    assert done.exit_code == 0
    return done.output


@pytest.mark.parametrize("path", ALL, ids=" ".join)
def test_help_fits_80_columns_and_says_what_everything_is(path: tuple[str, ...]) -> None:
    told = help_of(path)
    assert max(map(len, told.splitlines())) <= WIDTH
    assert not [shown for shown in ("<str>", "<int", "<bool>", "<float", "<path>", "list[") if shown in told]
    summary, _, _ = (ALL[path].help or "").partition("\n\n")
    assert 0 < len(" ".join(summary.split())) <= (MOST_IN_A_LIST if path else WIDTH)
    assert [param.name for param in ALL[path].params if not param.help] == []


def test_each_command_has_its_place_in_the_list() -> None:
    assert {path[0] for path in ALL if path} - PANEL_OF.keys() == set()
    told = help_of(())
    there = {name for name in PANEL_OF if (name,) in ALL}
    assert [title for title in PANELS if f"─ {title} ─" in told] == [
        title for title, names in PANELS.items() if there & set(names)
    ]
    assert "─ Commands ─" not in told
    listed = [line.split()[1] for line in told.splitlines() if line.startswith("│ ") and line[2].islower()]
    assert listed == [name for name in PANEL_OF if name in there]


def test_what_must_be_given_and_what_is_taken_otherwise_is_shown() -> None:
    assert "backfill [OPTIONS] PATHS..." in help_of(("backfill",))
    assert "check [OPTIONS] [NAME...]" in help_of(("check",))
    told = " ".join(help_of(("rebuild",)).replace("│", " ").split())
    assert "--limit NUMBER [x>=1] Most pages to read; without it all." in told
    assert "--stage extract|tag What to do again: extract the pages, or tag the texts. [default: extract]" in told
