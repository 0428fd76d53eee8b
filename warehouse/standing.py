"""What became of a coding that a person judged: pure comparison of a label with what the sentence is coded as now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pipeline.records import Label, Part, Standing

FATES = ("killed", "wounded", "arrested", "captured", "displaced")
BETWEEN = ";"
NOTHING = "none"  # what a person gives as right where nothing should be coded


@dataclass(frozen=True, slots=True)
class Thing:
    """Something that a part is coded as, in the words that are stored, and all words by which a person may name it."""

    text: str
    forms: frozenset[str]  # casefolded


@dataclass(frozen=True, slots=True, kw_only=True)
class Coding:
    """An event mention, by parts; offsets are code points from the beginning of its sentence."""

    event_mention_id: str
    start: int
    end: int
    trigger_text: str
    parts: Mapping[Part, tuple[Thing, ...]]
    words: Mapping[str, tuple[str, ...]]  # as the sentence has them: actor, recipient, place, date

    @property
    def coded(self) -> dict[str, str]:
        """As a label stores it."""
        return {part: f"{BETWEEN} ".join(thing.text for thing in things) for part, things in self.parts.items()}


@dataclass(frozen=True, slots=True)
class Now:
    """What the latest text of a label's article has. `is_told`: the sentence still stands in it."""

    is_told: bool = False
    codings: tuple[Coding, ...] = ()


def coding_of(row: Mapping[str, Any]) -> Coding:
    """A row of `label_codings`."""
    return Coding(
        event_mention_id=row["event_mention_id"],
        start=row["trigger_start"],
        end=row["trigger_start"] + len(row["trigger_text"]),
        trigger_text=row["trigger_text"],
        parts={
            "type": (thing(row["event_type"]),),
            "mode": things(row["mode"]),
            "actor": parties(row, "actor"),
            "recipient": parties(row, "recipient"),
            "place": things(row["place_name"], row["place_text"], row["geonameid"]),
            "date": days(row["date_start"], row["date_end"]),
            "toll": tuple(thing(f"{fate} {row[f'{fate}_low']}") for fate in FATES if row[f"{fate}_low"] is not None),
            "truth": (truth(row["polarity"], row["modality"]),),
        },
        words={
            "actor": tuple(p["text"] for p in row["parties"] or () if p["role"] == "actor"),
            "recipient": tuple(p["text"] for p in row["parties"] or () if p["role"] == "recipient"),
            "place": (row["place_text"],) if row["place_text"] else (),
            "date": (row["date_text"],) if row["date_text"] else (),
        },
    )


def thing(text: str, *others: object) -> Thing:
    """A thing and its other names."""
    return Thing(text, frozenset(folded(str(form)) for form in (text, *others) if form is not None))


def things(text: str | None, *others: object) -> tuple[Thing, ...]:
    """One thing, or none."""
    return () if text is None else (thing(text, *others),)


def parties(row: Mapping[str, Any], role: str) -> tuple[Thing, ...]:
    """The parties in a role, by their words, their entity's name and its id."""
    return tuple(thing(p["text"], p["name"], p["entity_id"]) for p in row["parties"] or () if p["role"] == role)


def days(start: object, end: object) -> tuple[Thing, ...]:
    """A day or an interval as ISO 8601 has it; an open end is "..".

    >>> days("2026-11-20", "2026-11-20")[0].text, days("2026-06-01", None)[0].text, days(None, None)
    ('2026-11-20', '2026-06-01/..', ())
    """
    if start is None and end is None:
        return ()
    span = f"{start or '..'}/{end or '..'}"
    return (thing(str(start), span),) if start == end else (thing(span),)


def truth(polarity: str, modality: str) -> Thing:
    """Whether it happened: "negated", "planned", in short where the rest is as usual."""
    short = ([modality] if polarity == "affirmed" else []) + ([polarity] if modality == "actual" else [])
    return thing(f"{polarity} {modality}", *short)


def folded(text: str) -> str:
    """Text as it is compared."""
    return " ".join(text.split()).casefold()


def wanted(right: str) -> list[str]:
    """What a person named as right, thing by thing; none for "none"."""
    named = [folded(word) for word in right.split(BETWEEN)]
    return [] if named == [NOTHING] else [word for word in named if word]


def is_right(coded: Sequence[Thing], right: str) -> bool:
    """Whether a part is coded as a person said: each thing is one that was named, and nothing that was is missing."""
    named = wanted(right)
    return all(any(word in t.forms for t in coded) for word in named) and all(
        any(word in t.forms for word in named) for t in coded
    )


def nearest(label: Label, codings: Iterable[Coding]) -> Coding | None:
    """The coding of the same words: that of the same id, else whose trigger overlaps with the label's most."""
    shared = [(min(c.end, label.trigger_end) - max(c.start, label.trigger_start), c) for c in codings]
    ranked = [
        (c.event_mention_id == label.event_mention_id, size, c.event_mention_id, c) for size, c in shared if size > 0
    ]
    return max(ranked, key=lambda rank: rank[:3])[3] if ranked else None


def standing(label: Label, now: Now) -> Standing:
    """What became of it. Of several wrong parts, one that is as it was leaves the whole still wrong."""
    if not now.is_told:
        return "text gone"
    coding = nearest(label, now.codings)
    if coding is None:
        return "now right" if "event" in label.wrong else "gone"
    if not label.wrong:
        return "still right" if coding.coded == label.coded else "changed"
    mended = [part in label.should_be and is_right(coding.parts[part], label.should_be[part])
              for part in label.wrong if part != "event"]  # fmt: skip
    if "event" not in label.wrong and all(mended):
        return "now right"
    same = any(part == "event" or coding.coded[part] == label.coded.get(part) for part in label.wrong)
    return "still wrong" if same else "changed"


def last_ones(labels: Iterable[Label]) -> list[Label]:
    """The label of each coding that counts: its last, unless that withdraws it. One that corrects a label of the sample
    is of the sample."""
    kept: dict[tuple[str, str], Label] = {}
    drawn: dict[tuple[str, str], int] = {}
    for label in sorted(labels, key=lambda one: one.labelled_at):
        kept[label.key] = label
        if label.drawn_from is not None:
            drawn[label.key] = label.drawn_from
        if label.verdict == "withdrawn":
            drawn.pop(label.key, None)
    return [with_draw(label, drawn.get(key)) for key, label in kept.items() if label.verdict != "withdrawn"]


def with_draw(label: Label, drawn_from: int | None) -> Label:
    """The label as one of the sample."""
    return label if label.drawn_from == drawn_from else replace(label, drawn_from=drawn_from)
