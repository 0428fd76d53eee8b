"""`dateline review`: a walk through event mentions drawn by chance; each answer is on the disk before the next.

Answers are lines, so that the same works at a terminal, through a pipe and over a slow connection.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from rich.console import Console
from rich.text import Text

from flows.answers import wide_console
from flows.coding import facts_of
from flows.labels.labelling import (
    Said,
    Target,
    checked,
    labeller,
    parts_of,
    store,
    target_of,
    withdraw_last,
    wrong_words,
)
from flows.showing import show_facts, show_heading, show_legend, show_sentence
from flows.visible import exact, one_line
from flows.why import minute
from pipeline.errors import ConfigError
from pipeline.records import Label, Part
from pipeline.settings import Settings
from pipeline.tag.events.triggers import load_lexicon
from warehouse.labels import Drawn, all_labels, draw
from warehouse.publish import everything
from warehouse.standing import last_ones

KEYS: dict[str, Part] = {
    "t": "type", "m": "mode", "a": "actor", "r": "recipient", "p": "place", "d": "date", "c": "toll", "u": "truth",
    "n": "event",
}  # fmt: skip
HELP = (
    "y right; wrong: t type, m mode, a actor, r recipient, p place, d date, c casualties, u happened or not "
    "(several at once: ap); n no event; s skip, b back, q quit"
)


@dataclass(slots=True)
class Tally:
    """What was done."""

    right: int = 0
    wrong: int = 0
    skipped: int = 0


class Quit(Exception):
    """No more is to be asked."""


class Review:
    """One walk. `given` is where answers come from."""

    def __init__(self, settings: Settings, console: Console, given: IO[str], by: str, rules: Path | None) -> None:
        self.settings = settings
        self.console = console
        self.given = given
        self.by = by
        self.rules = rules
        self.answers: dict[int, Label] = {}
        self.skipped: set[int] = set()

    def walk(self, drawn: Sequence[Drawn]) -> Tally:
        """Ask for each in turn; the tally when all are judged or no more is wanted."""
        place = 0
        try:
            while place < len(drawn):
                target = self.still(drawn[place])
                if target is None:
                    self.say(f"{place + 1} of {len(drawn)}: a run has coded it anew meanwhile")
                    self.skipped.add(place)
                    place += 1
                    continue
                self.show(target, place, len(drawn))
                place = max(0, place + self.ask(target, drawn[place], place))
        except Quit:
            pass
        wrong = sum(bool(label.wrong) for label in self.answers.values())
        return Tally(len(self.answers) - wrong, wrong, len(self.skipped))

    def still(self, drawn: Drawn) -> Target | None:
        """The event mention as it is coded now; None where that is not what was drawn."""
        try:
            target = target_of(everything(self.settings.published), drawn.event_mention_id)
        except ConfigError:
            return None
        return target if target.evidence.source.tagger == drawn.tagger else None

    def show(self, target: Target, place: int, of: int) -> None:
        """The sentence with its parts marked, and what was made of it; not what the coder thinks of itself."""
        found = target.evidence
        self.console.print()
        kind = " ".join(filter(None, (found.event.type, found.event.mode)))
        show_heading(self.console, f"{place + 1} of {of} · {kind} · event mention {found.event_mention_id}")
        show_sentence(self.console, found.event, found.sentence, found.dates, found.quantities)
        told = [
            fact
            for fact in facts_of(found.event, found.names, self.rules)
            if fact.label in ("what", "actor", "recipient", "place", "date", "tolls", "truth", "says")
        ]
        show_facts(self.console, told)
        published = f"{minute(found.source.published_at)}, {found.source.agency or found.source.feed_id}: "
        self.console.print(Text(f"    {exact(published + (found.source.title or 'without a title'))}", "dim"))
        if place in self.answers:
            self.console.print(Text(f"    so far: {self.answers[place].verdict}"), soft_wrap=True)

    def ask(self, target: Target, drawn: Drawn, place: int) -> int:
        """Take one answer and store it; how far to go on from here."""
        while True:
            answer = "".join(self.line("y t m a r p d c u n s b q ? ").lower().split())
            if answer == "q":
                raise Quit
            if answer == "b":
                return -1
            if answer == "s":
                return self.skip(place)
            if answer == "y" or (answer and set(answer) <= set(KEYS)):
                try:
                    self.judge(target, drawn, place, "" if answer == "y" else answer)
                except ConfigError as error:
                    self.say(str(error))
                    continue
                return 1
            self.say(HELP)

    def skip(self, place: int) -> int:
        """No judgement; one that was given on an earlier visit is taken back."""
        self.skipped.add(place)
        if place in self.answers:
            withdraw_last(self.settings, self.answers.pop(place), self.by)
        return 1

    def judge(self, target: Target, drawn: Drawn, place: int, keys: str) -> None:
        """Store what the keys say, after asking what would be right."""
        wrong = parts_of([KEYS[key] for key in keys])
        should_be: dict[str, str] = {}
        for part in wrong:
            if part != "event" and (words := self.right(target, part, should_be)):
                should_be[part] = words
        said = Said(wrong=wrong, should_be=should_be, by=self.by, drawn_from=drawn.drawn_from)
        label = store(self.settings, target, said)
        self.answers[place] = label
        self.skipped.discard(place)
        self.say(f"stored: {label.verdict}" + "".join(f", {wrong_words(label, part)}" for part in wrong))

    def right(self, target: Target, part: Part, before: dict[str, str]) -> str | None:
        """What a part should be, asked for until it can be so; None where the labeller does not say."""
        while True:
            words = self.line(f"{part} should be (nothing: not said; none: nothing is told): ").strip()
            if not words:
                return None
            try:
                return checked(part, words, target.coding, before.get("type", target.coding.coded["type"]))
            except ConfigError as error:
                self.say(str(error))

    def line(self, prompt: str) -> str:
        """One line of the labeller's; Quit where there are no more."""
        self.console.print(Text(prompt), end="", soft_wrap=True)
        self.console.file.flush()
        line = self.given.readline()
        if not line:
            self.console.print()
            raise Quit
        if not self.given.isatty():
            self.console.print(Text(one_line(line.rstrip("\n"))), soft_wrap=True)  # a pipe echoes nothing
        return line

    def say(self, words: str) -> None:
        """A line under the sentence."""
        self.console.print(Text(f"    {one_line(words)}"), soft_wrap=True)


def run_review(
    settings: Settings,
    given: IO[str],
    target: IO[str],
    *,
    sample: int,
    types: Sequence[str] | None,
    seed: int | None,
    by: str | None,
    rules: Path | None,
) -> list[str]:
    """Draw, walk, and sum up; lines on what is wrong in the file of labels. ConfigError for an unknown type."""
    kinds = load_lexicon().types
    chosen = [kind.upper() for kind in types] if types else None
    for kind in chosen or ():
        if kind not in kinds:
            raise ConfigError(f"--type {kind}", "is no type of PLOVER", f"one of {', '.join(kinds)}")
    published = everything(settings.published)
    labels, wrong = all_labels(published, settings.labels_file)
    lot = secrets.randbelow(1_000_000) if seed is None else seed
    drawn = draw(published, last_ones(labels), sample, chosen, lot)
    console = wide_console(target)
    if not drawn:
        console.print("No event mention is left to be judged: all are, or none is coded.")
        return wrong
    console.print(f"{len(drawn)} event mentions, drawn with --seed {lot}. {HELP}", soft_wrap=True, markup=False)
    show_legend(console)
    tally = Review(settings, console, given, labeller(by), rules).walk(drawn)
    done = f"{tally.right + tally.wrong} judged ({tally.right} right, {tally.wrong} wrong), {tally.skipped} skipped"
    console.print(f"\n{done}; `dateline accuracy` states what follows", soft_wrap=True, markup=False)
    return wrong
