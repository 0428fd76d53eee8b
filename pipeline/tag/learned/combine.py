"""Who is believed where rules and model differ.

On the sentences of the corpus that are kept for testing lower thresholds find more (`python -m tests.bench.coders
--choose` shows what others would), but most of those tell an event, as most sentences of a wire do not: `change` and
`add` are as high as the public sets, the demo wire and peaceful paragraphs ask for, and so is `swap`: at .5 the
recipients of the demo wire are right less often by 1.2 %, and elsewhere no more often.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.records import Event, Participant
from pipeline.tag.learned.opinions import Opinion, Sure


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """What the model must be sure of.

    `keep`: an event of the rules stays where the model finds it at least so likely that its word tells any. `change`:
    it becomes the model's type where that is likelier by so much. `add`: the model adds an event of its own from that
    share of its type on. `swap`: its recipients take the place of the rules' from that share on.
    """

    keep: float = 0.05
    change: float = 0.7
    add: float = 0.8
    swap: float = 0.85

    @property
    def sure(self) -> Sure:
        """From where on an event's parties matter."""
        return Sure(ruled=self.keep, own=self.add, swap=self.swap)


BOTH = Weights()
ALONE = Weights(add=0.4)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What becomes of an event of the rules."""

    type: str
    mode: str | None


def judged(event: Event, opinion: Opinion, telling: float, weights: Weights = BOTH) -> Verdict | None:
    """What an event of the rules is in the light of the model's opinion on its head; None where it is none.

    `telling` is how likely any of the trigger's words tells an event.
    """
    if telling < weights.keep:
        return None
    if opinion.share(opinion.type) > opinion.share(event.type) + weights.change:
        return Verdict(opinion.type, opinion.mode(opinion.type))
    return Verdict(event.type, event.mode)


def adds(opinion: Opinion, weights: Weights = BOTH) -> bool:
    """Is the model sure enough for an event that the rules have not?"""
    return opinion.share(opinion.type) >= weights.add


def as_worded(parties: Sequence[Participant], ruled: Sequence[Participant]) -> tuple[Participant, ...]:
    """The model's parties; those that the rules name too ("Tajik" of "a Tajik canal") in the rules' words."""
    return _each_once(next((r for r in ruled if r.start < p.end and p.start < r.end), p) for p in parties)


def outermost(parties: Sequence[Participant]) -> tuple[Participant, ...]:
    """Each once, and none that is only a part of another's words ("the convoy" of "three lorries of the convoy")."""
    return _each_once(p for p in parties if not any(_within(p, other) for other in parties))


def _each_once(parties: Iterable[Participant]) -> tuple[Participant, ...]:
    return tuple({(p.start, p.end): p for p in parties}.values())


def _within(one: Participant, other: Participant) -> bool:
    return other.start <= one.start and one.end <= other.end and (one.start, one.end) != (other.start, other.end)
