"""Commands by which people judge codings, and what follows from that. They write `labels.jsonl` alone, also while a run
writes."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from flows.cli_ask import Home
from flows.visible import say
from pipeline.errors import ConfigError
from pipeline.settings import load_settings

app = typer.Typer()

By = Annotated[str | None, typer.Option("--by", help="Who says so; without it the system's name for you.")]


@app.command()
def label(
    row_id: Annotated[
        str, typer.Argument(metavar="ID", help="Of an event mention, or of an event that one sentence tells of.")
    ],
    wrong: Annotated[
        list[str] | None,
        typer.Option(
            "--wrong",
            help="event (there is none), type, mode, actor, recipient, place, date, toll or truth (repeatable).",
        ),
    ] = None,
    right: Annotated[
        list[str] | None,
        typer.Option("--right", help="What it should be, for each --wrong in its order, or as place=Basra; none."),
    ] = None,
    correct: Annotated[bool, typer.Option("--correct", help="All of it is right.")] = False,
    withdraw: Annotated[bool, typer.Option("--withdraw", help="Take back what was said of it last.")] = False,
    note: Annotated[str | None, typer.Option("--note", help="Anything else.")] = None,
    by: By = None,
    home: Home = None,
) -> None:
    """Say that a coded event is right, or what is wrong in it.

    The last word on it counts.
    """
    from flows.labels.labelling import label_one
    from flows.labels.labelling import withdraw as take_back

    if bool(wrong) + correct + withdraw != 1 or (right and not wrong):
        raise ConfigError(
            "dateline label", "it is not clear what is said", "one of --wrong PART, --correct, --withdraw"
        )
    settings = load_settings(home=home)
    if withdraw:
        say(take_back(settings, row_id, by=by, note=note))
    else:
        say(label_one(settings, row_id, wrong or (), right or (), by=by, note=note))


@app.command()
def review(
    sample: Annotated[int, typer.Option("--sample", min=1, help="How many event mentions to draw.")] = 50,
    kind: Annotated[list[str] | None, typer.Option("--type", help="Only of this PLOVER type (repeatable).")] = None,
    seed: Annotated[int | None, typer.Option("--seed", help="The same draws the same; else by chance.")] = None,
    by: By = None,
    home: Home = None,
) -> None:
    """Judge event mentions drawn at random, one by one.

    The types take turns; each answer is stored at once.
    """
    from flows.labels.review import run_review
    from flows.reading import own_rules

    settings = load_settings(home=home)
    rules = own_rules(settings)
    wrong = run_review(settings, sys.stdin, sys.stdout, sample=sample, types=kind, seed=seed, by=by, rules=rules)
    warn(wrong)


@app.command()
def accuracy(
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
    home: Home = None,
) -> None:
    """State how often codings are right, from what was judged.

    By part and type, with 95 % intervals, from `dateline review`.
    """
    from flows.labels.accuracy import write_accuracy
    from warehouse.publish import everything

    settings = load_settings(home=home)
    warn(write_accuracy(everything(settings.published), settings.labels_file, sys.stdout, as_json=as_json))


def warn(lines: list[str]) -> None:
    """What is wrong in the file of labels."""
    for line in lines:
        say(f"dateline: {line}", err=True)
