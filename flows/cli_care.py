"""Commands that look after an installation: how it goes, what is wrong with it, and copies of it for a bad day."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from flows.cli_ask import Home
from flows.visible import say
from pipeline.settings import load_settings

app = typer.Typer()


@app.command()
def status(
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
    home: Home = None,
) -> None:
    """Tell in one glance whether all is well.

    Alerts, runs, backlog, failures and what tries them again, feeds, disk, versions.

    Exit status 0 well, 1 worth a look, 2 broken.
    """
    from flows.status.command import run_status

    raise typer.Exit(run_status(load_settings(home=home), as_json=as_json, target=sys.stdout))


@app.command()
def doctor(
    repair: Annotated[
        bool, typer.Option("--repair", help="Put right what can be mended safely, and nothing else.")
    ] = False,
    thorough: Annotated[bool, typer.Option("--thorough", help="Read every raw file and every block.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="JSON Lines: an object an ailment.")] = False,
    home: Home = None,
) -> None:
    """Find what is wrong, why it matters, how it is mended.

    Exit status 0 well, 1 worth a look, 2 broken.
    """
    from flows.doctor import run_doctor
    from flows.opening import check_one_file

    settings = load_settings(home=home)
    check_one_file(settings, "doctor")
    raise typer.Exit(run_doctor(settings, mend=repair, as_json=as_json, thorough=thorough, target=sys.stdout))


@app.command()
def backup(
    folder: Annotated[Path, typer.Argument(help="Folder of the backup; an earlier one there is renewed.")],
    home: Home = None,
) -> None:
    """Copy warehouse, raw pages and your own files; also during a run."""
    from flows.backup import back_up
    from flows.opening import check_one_file

    settings = load_settings(home=home)
    check_one_file(settings, "backup")
    say(back_up(settings, folder))


@app.command()
def restore(
    folder: Annotated[Path, typer.Argument(help="Folder of the backup.")],
    force: Annotated[bool, typer.Option("--force", help="Move a home that is there aside.")] = False,
    home: Home = None,
) -> None:
    """Verify a backup, and make a home of it."""
    from flows.opening import check_one_file
    from flows.restore import restore as put_back

    settings = load_settings(home=home)
    check_one_file(settings, "restore")
    for line in put_back(settings, folder, force=force):
        say(line)
