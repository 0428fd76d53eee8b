"""Of which kind a name is: the model's word for each mention, weighed with the cues of all its mentions together.

The model labels each mention by itself and wavers ("Salaheddin" a person here, a place there). A name means one kind of
thing in a document, so its mentions vote: each with the model's label and with the cues around it; a surname votes with
the full name that ends with it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from pipeline.spelling import normal_name
from pipeline.tag.names.cues import read_cues
from pipeline.tag.names.persons import person_name
from pipeline.tag.names.spans import Name

# One kind of referent: the model wavers between GPE, LOC and FAC for the same place.
KINDS = {"GPE": "PLACE", "LOC": "PLACE", "FAC": "PLACE", "PERSON": "PERSON", "ORG": "ORG", "NORP": "NORP"}
DEFAULT = {"PLACE": "GPE", "PERSON": "PERSON", "ORG": "ORG", "NORP": "NORP"}
MODEL = 1.0
FULL_NAME = 1.5  # a surname beside its full name
Prior = Callable[[str], Mapping[str, float]]

Votes = dict[str, defaultdict[str, float]]


def settle_labels(text: str, names: Sequence[Name], prior: Prior) -> list[Name]:
    """The names with the labels that their document agrees on. `prior` tells what is known of a name beforehand."""
    votes = _votes(text, names, prior)
    return [_settled(text, name, votes) for name in names]


def _votes(text: str, names: Sequence[Name], prior: Prior) -> Votes:
    """For each name (in normal form), what speaks for each kind."""
    votes: Votes = {}
    written: dict[str, str] = {}
    for name in names:
        words = text[name.start : name.end]
        key = normal_name(words)
        written.setdefault(key, words)
        if key not in votes:
            votes[key] = defaultdict(float, prior(words))
        votes[key][KINDS.get(name.label, "OTHER")] += MODEL
        for cue in read_cues(text, name.start, name.end):
            votes[key][cue.kind] += cue.weight
    _share_surnames(votes, written)
    return votes


def _share_surnames(votes: Votes, written: Mapping[str, str]) -> None:
    """What speaks for a full name being a person's speaks for its words alone, too: "Choi" of Choi Min Soo.

    For a forename only where nothing speaks for a place (Paris Hilton in Paris). `written`: names by their normal form.
    """
    parts = {key: person_name(words) for key, words in written.items()}
    alone: defaultdict[str, list[str]] = defaultdict(list)
    for key, name in parts.items():
        if name.is_single:
            alone[name.surname].append(key)
    for key, counts in list(votes.items()):
        if parts[key].is_single or len(parts[key].words) > 4 or _winner(counts) != "PERSON":
            continue
        for short in (short for word in parts[key].words for short in alone.get(word, ())):
            if parts[short].surname == parts[key].surname or not votes[short]["PLACE"]:
                votes[short]["PERSON"] += FULL_NAME + 0.5 * counts["PERSON"]


def _winner(counts: Mapping[str, float]) -> str:
    return max(counts, key=lambda kind: counts[kind])


def _settled(text: str, name: Name, votes: Votes) -> Name:
    kind = KINDS.get(name.label, "OTHER")
    best = _winner(votes[normal_name(text[name.start : name.end])])
    return name if best in (kind, "OTHER") else replace(name, label=DEFAULT[best])
