"""Precision from labels: of how many codings a part is right, with an interval. Pure.

Labels are drawn at random within each type (`dateline review` takes the types in turn, so that rare ones are judged as
often as common ones). The figure for all types weights each by the number of its event mentions, N_h of N: the
stratified estimator p = Σ (N_h / N) p_h, unbiased where each type is drawn from at random (W. G. Cochran, Sampling
Techniques, 3rd ed., 1977, section 5.3). Reports of what somebody happened to see are no sample and stay out.

Intervals are Wilson's at 95 % (E. B. Wilson, JASA 22, 1927, p. 209), which hold for few labels and for shares near 0
and 1. For the weighted figure they take the effective number of labels: n over the design effect, that is the variance
of the stratified estimator over that of as many labels drawn from all (L. Kish, Survey Sampling, 1965, section 8.2;
C. Franco and others, J. Survey Stat. Methodol. 7, 2019, find Wilson's so adapted among the best). Variances within
types are of the shares (x + 2) / (n + 4) (Agresti and Coull 1998): five right of five must not count as no variance.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import get_args

from pipeline.records import Label, Part

Z = 1.959963984540054  # 95 %, both sides
WHOLE = "whole"
NEEDS_EVENT = frozenset({"mode", "actor", "recipient", "place", "date", "toll", "truth"})
JUDGED: tuple[str, ...] = (WHOLE, *get_args(Part))  # what precision is told of


@dataclass(frozen=True, slots=True)
class Precision:
    """A share and its 95 % interval; `judged` labels, `right` of them. `covered`: the share of the event mentions whose
    types have labels."""

    right: int
    judged: int
    share: float
    low: float
    high: float
    covered: float = 1.0


def verdict(label: Label, part: str) -> bool | None:
    """Whether a part is right. Where there is no event, its type is wrong, too, and of its other parts nothing can be
    said; what is rightly coded as nothing is right."""
    if part == WHOLE:
        return not label.wrong
    if "event" in label.wrong:
        return None if part in NEEDS_EVENT else False
    return part not in label.wrong


def wilson(share: float, number: float) -> tuple[float, float]:
    """The 95 % interval of a share among so many.

    >>> [round(bound, 3) for bound in wilson(0.9, 10)]
    [0.596, 0.982]
    """
    middle = (share + Z * Z / (2 * number)) / (1 + Z * Z / number)
    half = Z / (1 + Z * Z / number) * sqrt(share * (1 - share) / number + Z * Z / (4 * number * number))
    return max(0.0, middle - half), min(1.0, middle + half)


def precision(labels: Sequence[Label], part: str) -> Precision | None:
    """Of labels of one type; None without any that tell of the part."""
    said = [told for label in labels if (told := verdict(label, part)) is not None]
    if not said:
        return None
    share = sum(said) / len(said)
    return Precision(sum(said), len(said), share, *wilson(share, len(said)))


def weighted(by_type: Mapping[str, Sequence[Label]], mentions: Mapping[str, int], part: str) -> Precision | None:
    """Of all types, each weighted by its event mentions; a part that needs an event by those that are events.

    Types without labels are left out, and `covered` says how much that leaves.
    """
    found = {kind: p for kind, labels in by_type.items() if (p := precision(labels, part))}
    sizes = {kind: mentions.get(kind, 0) * p.judged / len(by_type[kind]) for kind, p in found.items()}
    total = sum(sizes.values())
    if not total:
        return None
    weights = {kind: size / total for kind, size in sizes.items()}
    share = min(1.0, sum(weights[kind] * p.share for kind, p in found.items()))
    judged = sum(p.judged for p in found.values())
    effective = judged / design_effect([(weights[kind], p) for kind, p in found.items()])
    covered = sum(mentions.get(kind, 0) for kind in found) / max(1, sum(mentions.values()))
    right = sum(p.right for p in found.values())
    return Precision(right, judged, share, *wilson(share, effective), covered)


def design_effect(strata: Iterable[tuple[float, Precision]]) -> float:
    """Variance of the weighted share over that of as many labels drawn from all; 1 for one type."""
    smooth = [(weight, p.judged, (p.right + 2) / (p.judged + 4)) for weight, p in strata]
    overall = sum(weight * share for weight, _, share in smooth)
    number = sum(judged for _, judged, _ in smooth)
    of_strata = sum(weight**2 * share * (1 - share) / judged for weight, judged, share in smooth)
    return of_strata * number / (overall * (1 - overall))
