"""`dateline label`: what a person says of one event mention, checked and stored at once.

What is labelled is a coding: one event in one sentence of the latest text of an article. An event is several of them
where several sentences tell of it; then the one that is meant has to be named.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from getpass import getuser
from pathlib import Path
from typing import get_args

from flows.visible import cut, one_line
from pipeline.errors import ConfigError
from pipeline.ids import stable_id
from pipeline.records import Label, Part
from pipeline.settings import Settings
from pipeline.tag.events.triggers import load_lexicon
from warehouse.evidence import Answered, Evidence, evidence_for
from warehouse.finding import checked as checked_id
from warehouse.label_file import append_label
from warehouse.labels import all_labels, coding_in
from warehouse.publish import everything
from warehouse.standing import BETWEEN, FATES, NOTHING, Coding, folded, is_right, last_ones

PARTS: tuple[Part, ...] = get_args(Part)
NEVER_NOTHING = ("event", "type", "truth")
TRUTHS = ("actual", "planned", "hypothetical", "historical", "negated")
TOLL = re.compile(rf"({'|'.join(FATES)}) \d{1, 9}")
SHOWN_SENTENCES = 8
SHOWN_WIDTH = 100
MOST_NOTE = 2_000  # characters


@dataclass(frozen=True, slots=True)
class Target:
    """An event mention that can be judged."""

    evidence: Evidence
    coding: Coding


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a person says of it: nothing wrong is right."""

    wrong: tuple[Part, ...] = ()
    should_be: Mapping[str, str]
    by: str
    note: str | None = None
    drawn_from: int | None = None


def label_one(
    settings: Settings, wanted: str, wrong: Sequence[str], right: Sequence[str], *, by: str | None, note: str | None
) -> str:
    """Check and store what is said of an id; a line on what was stored. ConfigError says what is wrong with it."""
    target = target_of(everything(settings.published), wanted)
    parts = parts_of(wrong)
    should_be = paired(wrong, right, target.coding)
    drawn_from = draw_of(settings, target)
    said = Said(
        wrong=parts, should_be=should_be, by=labeller(by), note=note and note[:MOST_NOTE], drawn_from=drawn_from
    )
    return told(store(settings, target, said))


def draw_of(settings: Settings, target: Target) -> int | None:
    """What corrects a label of the sample is of the sample, too."""
    labels, _ = all_labels(everything(settings.published), settings.labels_file)
    key = target.evidence.event_mention_id, target.evidence.source.tagger
    return next((one.drawn_from for one in last_ones(labels) if one.key == key), None)


def target_of(published: Path, wanted: str) -> Target:
    """The event mention that an id means; ConfigError where it means none, or several."""
    answered = evidence_for(published, wanted)
    found = meant(answered, wanted)
    coding = coding_in(published, found.event_mention_id, found.source.article_id, found.sentence)
    if coding is None:
        raise ConfigError(
            f"id {wanted!r}", "its text is superseded", "label what its article's latest text is coded as"
        )
    return Target(found, coding)


def meant(answered: Answered, wanted: str) -> Evidence:
    """The one sentence of an event, the first of its copies, or the event mention itself."""
    standing = [found for found in answered.evidence if found.source.is_latest] or list(answered.evidence)
    sayings = {(found.sentence, found.event.trigger.text, found.event.type) for found in standing}
    if len(sayings) == 1 and answered.found.kind != "article":
        return standing[0]
    shown = "; ".join(
        f"{found.event_mention_id} “{one_line(cut(found.sentence, SHOWN_WIDTH))}”"
        for found in standing[:SHOWN_SENTENCES]
    )
    more = f"; and {len(standing) - SHOWN_SENTENCES} more" if len(standing) > SHOWN_SENTENCES else ""
    told_in = f"is an {answered.found.kind} with {len(standing)} coded sentences"
    raise ConfigError(
        f"id {wanted!r}",
        told_in,
        f"a label is of one event mention: {shown}{more}" if shown else "label an event mention",
    )


def parts_of(names: Sequence[str]) -> tuple[Part, ...]:
    """The parts that are named, each once; ConfigError for another word."""
    for name in names:
        if name not in PARTS:
            raise ConfigError("--wrong", f"{name!r} is no part of a coding", f"one of {', '.join(PARTS)}")
    parts = tuple(part for part in PARTS if part in names)
    if "event" in parts and len(parts) > 1:
        raise ConfigError("--wrong event", "says that there is none", "then nothing else of it can be wrong")
    return parts


def paired(wrong: Sequence[str], right: Sequence[str], coding: Coding) -> dict[str, str]:
    """What should be, by part: each `PART=WORDS`, or as many words as wrong parts, in their order. ConfigError where
    that cannot be, or is what is coded."""
    given: dict[str, str] = {}
    for number, words in enumerate(right):
        part, equals, value = words.partition("=")
        if not (equals and part in PARTS):
            if len(wrong) != len(right):
                raise ConfigError("--right", f"{words!r} is of no part", "say which: --right place=Basra")
            part, value = wrong[number], words
        if part not in wrong or part == "event":
            hint = "there is nothing that it should be" if part == "event" else f"add --wrong {part}"
            raise ConfigError("--right", f"{words!r}: {part} is not said to be wrong", hint)
        given[part] = value
    kind = given.get("type", coding.coded["type"]).strip().upper()
    return {part: checked(part, given[part], coding, kind) for part in PARTS if part in given}


def checked(part: str, words: str, coding: Coding, kind: str) -> str:
    """What should be, as it is stored; `kind` is the type that is right. ConfigError where it cannot be."""
    value = " ".join(words.split())
    where = f"{part} {value!r}"
    if not value:
        raise ConfigError(
            f"{part} ''", "nothing is given", f"what is right, or {NOTHING} where nothing should be coded"
        )
    if folded(value) == NOTHING:
        value = NOTHING
        if part in NEVER_NOTHING:
            raise ConfigError(where, f"an event has a {part}", "where there is no event: --wrong event")
    else:
        value = CHECKS[part](where, value, kind) if part in CHECKS else named(where, value)
    if is_right(coding.parts[part], value):  # type: ignore[index]
        raise ConfigError(where, "is what is coded", f"leave out --wrong {part}, or see `dateline why`")
    return value


def named(where: str, value: str) -> str:
    """Who or where it was, several with ";" between them."""
    if not any(character.isalnum() for character in value):
        raise ConfigError(where, "names nobody and nowhere", f"words of the sentence or a name, or {NOTHING}")
    return value


def a_type(where: str, value: str, _: str) -> str:
    """PLOVER's type."""
    kinds = load_lexicon().types
    if value.upper() not in kinds:
        raise ConfigError(where, "is no type of PLOVER", f"one of {', '.join(kinds)}")
    return value.upper()


def a_mode(where: str, value: str, kind: str) -> str:
    """A mode of the type."""
    modes = load_lexicon().types[kind].modes
    if value.lower() not in modes:
        raise ConfigError(where, f"is no mode of {kind}", f"one of {', '.join([*modes, NOTHING])}")
    return value.lower()


def a_date(where: str, value: str, _: str) -> str:
    """A day, or first and last day, by ISO 8601; ".." is an open end."""
    ends = value.split("/")
    known: list[date] = []
    for end in ends:
        with suppress(ValueError):
            known.append(date.fromisoformat(end))
    if len(ends) > 2 or len(known) + ends.count("..") != len(ends) or not known or known != sorted(known):
        raise ConfigError(where, "is no date", f"2026-11-20, 2026-11-01/2026-11-30, 2026-11-01/.., or {NOTHING}")
    days = [end if end == ".." else date.fromisoformat(end).isoformat() for end in ends]
    return days[0] if days[0] == days[-1] else "/".join(days)


def a_toll(where: str, value: str, _: str) -> str:
    """At least so many, by fate."""
    tolls = [folded(toll) for toll in value.split(BETWEEN)]
    fates = {toll.split()[0] for toll in tolls if toll}
    if not all(TOLL.fullmatch(toll) for toll in tolls) or len(fates) != len(tolls):
        raise ConfigError(where, "is no toll", f"killed 12, wounded 3; killed 12, or {NOTHING}; of {', '.join(FATES)}")
    return f"{BETWEEN} ".join(tolls)


def a_truth(where: str, value: str, _: str) -> str:
    """Whether it happened."""
    if folded(value) not in TRUTHS:
        raise ConfigError(where, "is unknown", f"one of {', '.join(TRUTHS)}")
    return folded(value)


CHECKS = {"type": a_type, "mode": a_mode, "date": a_date, "toll": a_toll, "truth": a_truth}


def labeller(name: str | None) -> str:
    """Who labels: as named, else the name by which the system knows the user."""
    if name and name.strip():
        return " ".join(name.split())
    try:
        return getuser()
    except (OSError, KeyError) as error:  # a container's user without a name
        raise ConfigError("--by", "the system has no name for you", "give yours") from error


def store(settings: Settings, target: Target, said: Said) -> Label:
    """Write it down, for good."""
    found, coding, now = target.evidence, target.coding, datetime.now(UTC)
    label = Label(
        label_id=stable_id(found.event_mention_id, found.source.tagger, said.by, now.isoformat()),
        labelled_at=now,
        labelled_by=said.by,
        verdict="wrong" if said.wrong else "right",
        wrong=said.wrong,
        should_be=said.should_be,
        note=said.note,
        event_mention_id=found.event_mention_id,
        article_id=found.source.article_id,
        event_type=found.event.type,
        tagger=found.source.tagger,
        coded=coding.coded,
        sentence_text=found.sentence,
        trigger_start=coding.start,
        trigger_text=coding.trigger_text,
        drawn_from=said.drawn_from,
    )
    keep(settings, label)
    return label


def keep(settings: Settings, label: Label) -> None:
    """The line in the file of labels."""
    append_label(settings.labels_file, settings.lock.with_name("labels.lock"), label)


def withdraw(settings: Settings, wanted: str, *, by: str | None, note: str | None) -> str:
    """Take back the label of an event mention, found among the labels: the coding itself may be gone. A line on it."""
    prefix = checked_id(wanted, ("event", "event mention"))
    labels, _ = all_labels(everything(settings.published), settings.labels_file)
    found = [one for one in last_ones(labels) if one.event_mention_id.startswith(prefix)]
    if not found:
        told_of = {one.event_mention_id for one in evidence_for(everything(settings.published), wanted).evidence}
        found = [one for one in last_ones(labels) if one.event_mention_id in told_of]
    if len({one.event_mention_id for one in found}) != 1:
        named = ", ".join(sorted({one.event_mention_id for one in found})) or "none"
        raise ConfigError(f"id {wanted!r}", f"labels of event mentions that begin so: {named}", "give one of them")
    return told(withdraw_last(settings, max(found, key=lambda one: one.labelled_at), labeller(by), note))


def withdraw_last(settings: Settings, last: Label, by: str, note: str | None = None) -> Label:
    """A line that takes a label back."""
    now = datetime.now(UTC)
    back = replace(
        last,
        label_id=stable_id(*last.key, by, now.isoformat(), "withdrawn"),
        labelled_at=now,
        labelled_by=by,
        verdict="withdrawn",
        wrong=(),
        should_be={},
        note=note and note[:MOST_NOTE],
        drawn_from=None,
    )
    keep(settings, back)
    return back


def told(label: Label) -> str:
    """A label in a line."""
    parts = [f"{part} should be {label.should_be[part]}" if part in label.should_be else wrong_words(label, part)
             for part in label.wrong]  # fmt: skip
    what = f"{label.event_type} “{label.trigger_text}”"
    rest = f": {', '.join(parts)}" if parts else ""
    return f"event mention {label.event_mention_id} ({what}) is {label.verdict} by {label.labelled_by}{rest}"


def wrong_words(label: Label, part: Part) -> str:
    """What is wrong, where nothing is known to be right."""
    return "there is no event" if part == "event" else f"{part} is not {label.coded[part] or NOTHING}"
