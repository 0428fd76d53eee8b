"""Which redirects move a feed, and when they are believed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.fetch.moves import MoveEvidence, is_confirmed, permanent_target, weigh
from pipeline.records import Redirect, Response

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
OLD, NEW, OTHER = "https://old.example/feed", "https://new.example/feed", "https://other.example/feed"


def answer(*hops: tuple[int, str], asked: str = OLD) -> Response:
    return Response(
        url=asked,
        final_url=hops[-1][1] if hops else asked,
        status=200,
        headers=(),
        body=b"",
        fetched_at=NOW,
        elapsed_ms=1,
        redirects=tuple(Redirect(status, url) for status, url in hops),
    )


@pytest.mark.parametrize(
    ("hops", "target"),
    [
        ((), None),
        (((301, NEW),), NEW),
        (((308, NEW),), NEW),
        (((302, NEW),), None),
        (((303, NEW),), None),
        (((307, NEW),), None),
        (((301, NEW), (308, OTHER)), OTHER),
        (((301, NEW), (302, OTHER)), NEW),  # the new address sends us on for this once
        (((302, NEW), (301, OTHER)), None),  # what is permanent of the second address is not of ours
        (((301, NEW), (302, OTHER), (301, OLD)), NEW),
        (((301, OLD),), None),  # to itself, with a cookie say
        (((301, OLD + "#top"),), None),
        (((301, NEW), (301, OLD)), None),
        (((301, NEW + "#top"),), NEW),
        (((301, "http://new.example/feed"),), None),  # a downgrade
        (((301, "http://new.example/feed"), (301, NEW)), NEW),  # by way of one
        (((301, "http://new.example/feed"), (302, NEW)), None),
        (((300, NEW),), None),
    ],
)
def test_the_permanent_address_is_what_the_unbroken_chain_reaches(
    hops: tuple[tuple[int, str], ...], target: str | None
) -> None:
    assert permanent_target(answer(*hops)) == target


def test_a_feed_without_tls_may_move_within_http_and_to_https() -> None:
    asked = "http://old.example/feed"
    assert permanent_target(answer((301, "http://new.example/feed"), asked=asked)) == "http://new.example/feed"
    assert permanent_target(answer((301, OLD), asked=asked)) == OLD


def test_each_poll_that_sees_the_same_move_adds_to_the_evidence() -> None:
    first = weigh(None, NEW, NOW)
    assert first == MoveEvidence(url=NEW, seen=1, since=NOW)
    assert weigh(first, NEW, NOW + timedelta(hours=9)) == MoveEvidence(url=NEW, seen=2, since=NOW)


@pytest.mark.parametrize(("target", "after"), [(None, None), (OTHER, MoveEvidence(url=OTHER, seen=1, since=NOW))])
def test_a_poll_that_sees_another_move_or_none_begins_anew(target: str | None, after: MoveEvidence | None) -> None:
    assert weigh(MoveEvidence(url=NEW, seen=9, since=NOW - timedelta(days=3)), target, NOW) == after


@pytest.mark.parametrize(
    ("seen", "hours", "confirmed"), [(3, 24, True), (2, 240, False), (90, 23.9, False), (4, 30, True)]
)
def test_a_move_is_believed_after_three_polls_over_a_day(seen: int, hours: float, confirmed: bool) -> None:
    evidence = MoveEvidence(url=NEW, seen=seen, since=NOW - timedelta(hours=hours))
    assert is_confirmed(evidence, NOW) is confirmed


def test_without_evidence_nothing_is_confirmed() -> None:
    assert not is_confirmed(None, NOW)


@given(st.lists(st.sampled_from([None, NEW, OTHER]), max_size=30))
def test_only_the_last_unbroken_run_of_one_target_counts(seen: list[str | None]) -> None:
    evidence = None
    for hour, target in enumerate(seen):
        evidence = weigh(evidence, target, NOW + timedelta(hours=hour))
    run = next((n for n, target in enumerate(reversed(seen)) if target != seen[-1]), len(seen))
    assert (evidence.seen if evidence else None) == (run if seen and seen[-1] else None)
