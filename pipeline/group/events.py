"""Which event mentions tell of one happening: a pure decision over what is known of each.

What an article tells of a day is compared with what others tell of that day; what it tells without a day, or of a
longer time, joins a happening of the days before its report that may be of that time. The outcome is a function of the
set of mentions, whatever order they came in.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations

from pipeline.group.likeness import LOOKS_BACK_DAYS, NEVER, Telling, likeness
from pipeline.ids import stable_id

TOGETHER = 2.5  # likeness from which two mentions are one event
LARGE = 150  # of more mentions of one type on one day only those are compared that have a key in common
CROWD = 60  # a key that more of them share tells nothing: a state at war


@dataclass(frozen=True, slots=True)
class Cluster:
    """Mentions of one event. `event_id` is that of the earliest mention: a later report never changes it."""

    event_id: str
    day: date
    tellings: tuple[Telling, ...]


def cluster(tellings: Iterable[Telling], settled: Collection[date] = ()) -> dict[str, str]:
    """event_mention_id → event_id, of mentions that are all of one type.

    Those with a day of their own are grouped first, day by day; of the others each joins the event of the last days
    that it is most like, and what is left is grouped by the day of its report. The dated mentions of `settled` days
    were all grouped before: they keep the event that they are of.
    """
    dated, undated = defaultdict[date, list[Telling]](list), defaultdict[date, list[Telling]](list)
    for telling in tellings:
        (dated if telling.is_dated else undated)[telling.day].append(telling)
    events = {
        day: _known(day, group) if day in settled and all(t.event_id for t in group) else _clusters(day, group)
        for day, group in dated.items()
    }
    found = {t.event_mention_id: c.event_id for group in events.values() for c in group for t in c.tellings}
    for day, group in undated.items():
        before = [c for n in range(LOOKS_BACK_DAYS + 1) for c in events.get(day - timedelta(days=n), ())]
        joined = _joined(group, before)
        rest = [t for t in group if t.event_mention_id not in joined]
        found |= joined | {t.event_mention_id: c.event_id for c in _clusters(day, rest) for t in c.tellings}
    return found


def _known(day: date, tellings: Iterable[Telling]) -> list[Cluster]:
    groups = defaultdict[str, list[Telling]](list)
    for telling in tellings:
        groups[telling.event_id or ""].append(telling)
    return [Cluster(event_id, day, tuple(group)) for event_id, group in groups.items()]


def _clusters(day: date, tellings: Sequence[Telling]) -> list[Cluster]:
    """The likest pair first: two groups become one while no member of one rules out any of the other."""
    scores = _scores(tellings)
    group = {t.event_mention_id: [t] for t in tellings}
    for _, a, b in sorted(((-score, *pair) for pair, score in scores.items() if score >= TOGETHER)):
        one, other = group[a], group[b]
        if one is not other and _may_join(one, other, scores):
            one += other
            group |= {t.event_mention_id: one for t in other}
    return [_cluster(day, g) for g in {id(g): g for g in group.values()}.values()]


def _scores(tellings: Sequence[Telling]) -> dict[tuple[str, str], float]:
    """Likeness of the pairs worth a look, by ids in order."""
    return {
        (a.event_mention_id, b.event_mention_id): likeness(a, b)
        for a, b in _pairs(sorted(tellings, key=lambda t: t.event_mention_id))
    }


def _pairs(tellings: Sequence[Telling]) -> Iterator[tuple[Telling, Telling]]:
    if len(tellings) <= LARGE:
        yield from combinations(tellings, 2)
        return
    seen: set[tuple[str, str]] = set()
    for group in _by_key(tellings).values():
        for a, b in combinations(group, 2):
            pair = a.event_mention_id, b.event_mention_id
            if pair not in seen:
                seen.add(pair)
                yield a, b


def _by_key(tellings: Iterable[Telling]) -> dict[str, list[Telling]]:
    """The mentions that share a key, without keys that a crowd shares; a town is never too crowded."""
    groups = defaultdict[str, list[Telling]](list)
    for telling in tellings:
        for key in telling.keys:
            groups[key].append(telling)
    return {key: group for key, group in groups.items() if len(group) <= CROWD or key.startswith("place")}


def _may_join(one: Sequence[Telling], other: Sequence[Telling], scores: Mapping[tuple[str, str], float]) -> bool:
    """Nothing rules it out, and the groups are alike on the average of the pairs that were looked at."""
    known = [
        score
        for a in one
        for b in other
        if (score := scores.get(_ordered(a.event_mention_id, b.event_mention_id))) is not None
    ]
    return min(known) > NEVER and sum(known) / len(known) >= TOGETHER / 2


def _ordered(a: str, b: str) -> tuple[str, str]:
    return (a, b) if a < b else (b, a)


def _cluster(day: date, tellings: Sequence[Telling]) -> Cluster:
    first = min(tellings, key=lambda t: t.order)
    return Cluster(stable_id("event", first.event_mention_id), day, tuple(tellings))


def _joined(tellings: Iterable[Telling], clusters: Iterable[Cluster]) -> dict[str, str]:
    """The undated mentions of a day that join an event, the earliest first, no two that rule each other out."""
    members = {c.event_id: list(c.tellings) for c in clusters}
    near = _looker(members)
    found = {}
    for telling in sorted(tellings, key=lambda t: t.order):
        fits = [(share, e) for e in near(telling) if (share := _fit(telling, members[e])) is not None]
        if fits:
            event_id = max(fits)[1]
            members[event_id].append(telling)
            found[telling.event_mention_id] = event_id
    return found


def _looker(members: Mapping[str, Sequence[Telling]]) -> Callable[[Telling], Collection[str]]:
    """What tells the events worth a look for a mention: all, or where there are many those that share a key with it."""
    of = {t.event_mention_id: event_id for event_id, group in members.items() for t in group}
    if len(of) <= LARGE:
        return lambda telling: members
    by_key = _by_key(t for group in members.values() for t in group)
    events = {key: {of[t.event_mention_id] for t in group} for key, group in by_key.items()}
    return lambda telling: set[str]().union(*(events.get(key, ()) for key in telling.keys))


def _fit(telling: Telling, group: Sequence[Telling]) -> float | None:
    """How like the likest of a group a mention is; None where that is not enough, or any of the group rules it out."""
    scores = [likeness(telling, other) for other in group]
    enough = min(scores) > NEVER and max(scores) >= TOGETHER and sum(scores) / len(scores) >= TOGETHER / 2
    return max(scores) if enough else None
