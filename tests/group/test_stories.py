"""Which story an article joins."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from pipeline.group import Candidate, Membership, Overlap, assign_stories

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


def at(name: str, hour: int | None, story: str | None = None) -> Candidate:
    return Candidate(name, None if hour is None else NOON + timedelta(hours=hour), story)


def places(*articles: Candidate, **pairs: float) -> dict[str, tuple[str, str]]:
    """article -> (relation, story of); pairs are named `a_b`."""
    overlaps = {(key[0], key[2]): Overlap(share) for key, share in pairs.items()}
    members = assign_stories(articles, overlaps)
    first = {m.story_id: m.article_id for m in members if m.relation == "first"}
    return {m.article_id: (m.relation, first.get(m.story_id, m.story_id)) for m in members}


def test_a_lone_article_begins_a_story() -> None:
    assert places(at("a", 0)) == {"a": ("first", "a")}


def test_the_earlier_article_is_first_whatever_the_order_of_arrival() -> None:
    assert places(at("b", 5), at("a", 0), a_b=0.9) == {"a": ("first", "a"), "b": ("copy", "a")}


def test_much_of_the_same_words_is_an_update() -> None:
    assert places(at("a", 0), at("b", 5), a_b=0.5)["b"] == ("update", "a")


def test_few_common_words_are_another_story() -> None:
    assert places(at("a", 0), at("b", 5), a_b=0.2)["b"] == ("first", "b")


def test_an_article_joins_the_nearest_of_two_stories() -> None:
    assert places(at("a", 0), at("b", 1), at("c", 2), a_c=0.4, b_c=0.8)["c"] == ("copy", "b")


def test_a_chain_of_updates_stays_one_story() -> None:
    assert places(at("a", 0), at("b", 1), at("c", 2), a_b=0.5, b_c=0.5)["c"] == ("update", "a")


def test_an_article_joins_a_story_that_is_already_there() -> None:
    assert places(at("a", 0, "old"), at("b", 1), a_b=0.9) == {"b": ("copy", "old")}


def test_an_undated_article_never_comes_first() -> None:
    assert places(at("a", None), at("b", 1), a_b=0.9) == {"b": ("first", "b"), "a": ("copy", "b")}


def test_vectors_speak_for_and_against_what_terms_say() -> None:
    def second(terms: float, meaning: float | None) -> str:
        members = assign_stories([at("a", 0), at("b", 1)], {("a", "b"): Overlap(0.0, terms, meaning)})
        return members[1].relation

    assert [second(0.2, m) for m in (None, 0.5, 0.9)] == ["first", "first", "rewrite"]
    assert [second(0.25, m) for m in (None, 0.5, 0.2)] == ["rewrite", "rewrite", "first"]


@given(st.permutations([("a", 0), ("b", 1), ("c", 2), ("d", None)]))
def test_the_outcome_does_not_depend_on_the_order_given(order: list[tuple[str, int | None]]) -> None:
    articles = [at(name, hour) for name, hour in order]
    assert places(*articles, a_b=0.9, c_d=0.5) == {
        "a": ("first", "a"), "b": ("copy", "a"), "c": ("first", "c"), "d": ("update", "c"),
    }  # fmt: skip


def members(*articles: Candidate, **pairs: Overlap) -> dict[str, Membership]:
    """article -> membership; pairs are named `a_b`."""
    return {m.article_id: m for m in assign_stories(articles, {(key[0], key[2]): o for key, o in pairs.items()})}


def test_the_same_news_in_other_words_is_a_rewrite_and_an_independent_report() -> None:
    found = members(at("a", 0), at("b", 3), a_b=Overlap(0.05, 0.5))
    assert (found["b"].relation, found["b"].story_id) == ("rewrite", found["a"].story_id)
    assert (found["b"].copied_from, found["b"].origin) == (None, "b")


def test_what_is_told_a_day_later_must_be_more_alike() -> None:
    assert members(at("a", 0), at("b", 1), a_b=Overlap(0, 0.25))["b"].relation == "rewrite"
    assert members(at("a", 0), at("b", 20), a_b=Overlap(0, 0.25))["b"].relation == "first"
    assert members(at("a", 0), at("b", 30), a_b=Overlap(0, 0.9))["b"].relation == "first"


def test_the_words_of_a_copy_of_a_copy_come_from_the_first_text() -> None:
    found = members(at("a", 0), at("b", 1), at("c", 2), a_b=Overlap(0.9), b_c=Overlap(0.8))
    assert (found["c"].copied_from, found["c"].origin) == ("b", "a")


def test_a_rewrite_must_be_like_the_storys_other_texts_too() -> None:
    near, far = Overlap(0, 0.24), Overlap(0, 0.02)
    found = members(at("a", 0), at("b", 1), at("c", 2), a_b=Overlap(0, 0.6), b_c=near, a_c=far)
    assert found["c"].relation == "first"


def test_a_later_version_stays_in_the_story_of_what_it_supersedes() -> None:
    later = Candidate("b", NOON + timedelta(hours=30), supersedes="a")
    found = members(at("a", 0), later)
    assert (found["b"].relation, found["b"].story_id, found["b"].origin) == ("update", found["a"].story_id, "a")
