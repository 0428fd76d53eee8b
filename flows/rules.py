"""`dateline rules`: the entries that events are read by, and trials of the operator's own."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from flows.commands import Commands
from flows.visible import say
from pipeline.errors import ConfigError
from pipeline.settings import Settings, load_settings

if TYPE_CHECKING:  # the command line starts without the model's libraries
    from pipeline.records import Event
    from pipeline.tag.events.examples import Coded, Trial
    from pipeline.tag.events.triggers import Lexicon, Trigger

app = typer.Typer(cls=Commands, help="List, look at and try the rules that events are read by.", no_args_is_help=True)
Home = Annotated[
    Path | None,
    typer.Option("--home", metavar="FOLDER", help="The installation; without it DATELINE_HOME, else ./data."),
]
MOST_WORDS = 12  # shown of a class of words


@app.command(name="test")
def try_own(
    file: Annotated[Path | None, typer.Argument(help="Rules to try; without it rules.toml of the home.")] = None,
    home: Home = None,
) -> None:
    """Try your entries on their examples and counter-examples.

    Exit status 1 when one is read otherwise.
    """
    from pipeline.tag import open_model
    from pipeline.tag.events.examples import try_entries
    from pipeline.tag.events.triggers import load_lexicon

    settings = load_settings(home=home)
    lexicon = load_lexicon(file or settings.rules_file)
    own = [t for t in lexicon.triggers if t.id in lexicon.own]
    trials = try_entries(own, lexicon, open_model(settings.spacy_model, settings.label_table)) if own else []
    for line in trial_lines(trials):
        say(line)
    failed = sum(not t.is_right for t in trials)
    say(f"{len(trials) - failed} of {len(trials)} entries are read as they say; {len(lexicon.muted)} muted")
    raise typer.Exit(1 if failed else 0)


@app.command(name="list")
def list_rules(
    kind: Annotated[str | None, typer.Argument(metavar="TYPE", help="Only this type's: ASSAULT.")] = None,
    word: Annotated[
        str | None, typer.Option("--word", metavar="WORD", help="Only those whose pattern has this word: storm.")
    ] = None,
    form: Annotated[Literal["table", "csv", "json"], typer.Option("--format", help="How it is printed.")] = "table",
    home: Home = None,
) -> None:
    """List every entry with its example, a line each.

    `from` says whether it is shipped, yours or muted.
    """
    from flows.answers import WRITERS
    from warehouse.query import Answer

    lexicon = lexicon_of(load_settings(home=home))
    chosen = entries_of(lexicon, kind, word)
    if form == "table":
        return print_entries(chosen, lexicon)
    columns = ("id", "type", "mode", "pattern", "example", "from")
    return WRITERS[form](Answer(columns, [entry_row(t, lexicon) for t in chosen]), sys.stdout)


@app.command()
def show(
    rule: Annotated[
        str, typer.Argument(metavar="ID", help="An entry's or a group's: assault.attack.storm, assault.attack.")
    ],
    home: Home = None,
) -> None:
    """Show all that an entry says."""
    from pipeline.tag.events.rules import nearest

    lexicon = lexicon_of(load_settings(home=home))
    entries = {t.id: t for t in (*lexicon.triggers, *lexicon.muted)}
    groups = {".".join(i.split(".")[:2]) for i in entries}
    found = (
        [entries[rule]] if rule in entries else [t for i, t in entries.items() if rule == ".".join(i.split(".")[:2])]
    )
    if not found:
        raise ConfigError("dateline rules show", f"no rule {rule!r}", nearest(rule, {*entries, *groups}))
    for trigger in found:
        for line in entry_lines(trigger, lexicon):
            say(line)


def entries_of(lexicon: Lexicon, kind: str | None, word: str | None) -> list[Trigger]:
    """The entries by id, those of a type and with a word where these are given; ConfigError for an unknown type."""
    from pipeline.tag.events.rules import nearest

    entries = sorted((*lexicon.triggers, *lexicon.muted), key=lambda t: t.id)
    types = {t.type for t in entries}
    if kind is not None and kind.upper() not in types:
        raise ConfigError("dateline rules list", f"no type {kind!r}", nearest(kind.upper(), types))
    of_type = [t for t in entries if kind is None or t.type == kind.upper()]
    return [t for t in of_type if word is None or any(word.lower() in keys for keys in (t.head, *t.rest))]


def entry_row(trigger: Trigger, lexicon: Lexicon) -> tuple[object, ...]:
    """Id, type, mode, pattern, example and origin of an entry."""
    from pipeline.tag.events.examples import example

    return trigger.id, trigger.type, trigger.mode, trigger.pattern, example(trigger), origin(trigger, lexicon)


def print_entries(entries: Iterable[Trigger], lexicon: Lexicon) -> None:
    """A table with one line an entry; an example too long for it is cut."""
    from rich.markup import escape
    from rich.table import Table

    from flows.answers import wide_console

    table = Table(show_edge=False, header_style="bold", pad_edge=False)
    for column, width in (("id", 64), ("coded as", None), ("from", None), ("example", None)):
        table.add_column(column, no_wrap=True, overflow="ellipsis", max_width=width)
    for trigger in entries:
        rule, kind, mode, _, example, whose = entry_row(trigger, lexicon)
        table.add_row(str(rule), _kind(str(kind), str(mode) if mode else None), str(whose), escape(str(example)))
    wide_console(sys.stdout).print(table)


def lexicon_of(settings: Settings) -> Lexicon:
    """The shipped lexicon with the home's rules, where it has any."""
    from pipeline.tag.events.triggers import load_lexicon

    return load_lexicon(settings.rules_file if settings.rules_file.exists() else None)


def origin(trigger: Trigger, lexicon: Lexicon) -> str:
    """Whose entry it is, or that it is out of force."""
    if trigger.id in lexicon.own:
        return "yours"
    return "muted" if trigger in lexicon.muted else "shipped"


def trial_lines(trials: Iterable[Trial]) -> Iterator[str]:
    """A line an entry, and one more for each sentence that is read otherwise."""
    for trial in trials:
        trigger = trial.trigger
        if not trial.is_right:
            wrong = [] if trial.is_found else [f"should be {_kind(trigger.type, trigger.mode)}: {_read(trial.example)}"]
            if trial.is_misread:
                should = "an event" if trigger.type == "NONE" else f"no {trigger.type}"
                wrong.append(f"should be {should}: {_read(trial.counter)}")
            yield f"FAILED  {trigger.id}: {'; '.join(wrong)}"
        elif trial.is_by_another:
            yield f"ok      {trigger.id} (its example is coded by {', '.join(e.rule for e in trial.example.events)})"
        else:
            yield f"ok      {trigger.id}"


def _read(coded: Coded) -> str:
    return f'"{coded.text}" is {", ".join(_event(e) for e in coded.events) or "no event"}'


def _event(event: Event) -> str:
    denied = "" if event.polarity == "affirmed" else f", {event.polarity}"
    return f"{_kind(event.type, event.mode)} (by {event.rule}{denied})"


def _kind(name: str, mode: str | None) -> str:
    if name == "NONE":
        return "no event"
    return f"{name} {mode}" if mode else name


def entry_lines(trigger: Trigger, lexicon: Lexicon) -> Iterator[str]:
    """An entry's fields, those that say something."""
    from pipeline.tag.events.examples import example, sentence

    rows = {
        "from": origin(trigger, lexicon),
        "coded as": _kind(trigger.type, trigger.mode),
        trigger.kind: trigger.pattern,
        "actor": ", ".join(trigger.actor),
        "recipient": ", ".join(trigger.recipient),
        "needs one of": ", ".join(trigger.needs),
        "subject": _some(trigger.subject),
        "object": _some(trigger.object),
        "not subject": _some(trigger.not_subject),
        "not object": _some(trigger.not_object),
        "not owned by": _some(trigger.not_owner),
        "never": _some(trigger.never),
        "is": ", ".join(flag for flag in ("mutual", "plural", "passive", "effect", "alone") if getattr(trigger, flag)),
        "example": example(trigger),
        "counter": sentence(trigger.counter, trigger),
    }
    yield trigger.id
    yield from (f"  {name:<14}{value}" for name, value in rows.items() if value)


def _some(words: frozenset[str]) -> str:
    ordered = sorted(words)
    more = len(ordered) - MOST_WORDS
    return ", ".join(ordered[:MOST_WORDS]) + (f" and {more} more" if more > 0 else "")
