"""No reader of bytes crashes, hangs or fills memory, whatever it gets; `python -m tests.bench.fuzz` tries more."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from pipeline.extract import Crash, Workers
from tests.fuzz.kept import KEPT
from tests.fuzz.mutators import BOMB, MUTATORS, TOKENS, mutated
from tests.fuzz.parsers import PARSERS
from tests.fuzz.watched import MEMORY_BYTES, Job, Seen, attempt, smaller, warm_up, watched

INPUTS = 16  # of each reader; more in the long run
EXAMPLES = 25
MOST_SECONDS = 120.0  # on the clock, for one input; a busy machine gives a process a tenth of one core

derandomized = settings(
    derandomize=True,
    deadline=None,
    database=None,
    max_examples=EXAMPLES,
    phases=(Phase.explicit, Phase.generate, Phase.shrink),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
TEXT_PARSERS = ("cleaner", "dates", "amounts", "addresses", "opml", "feeds_toml", "rules_toml", "actors_toml", "links")
WORDS = st.sampled_from(
    [
        *(
            "27",
            "0",
            "31",
            "2026",
            "99999",
            "November",
            "Nov.",
            "Friday",
            "last",
            "late",
            "early",
            "ago",
            "weeks",
            "two",
        ),
        *("between", "and", "-", "–", "/", ".", ",", ":", "T", "Z", "+0100", "century", "the", "1990s", "AM", "ноября"),
        *(
            "días",
            "نوفمبر",
            "۵",
            "พ.ศ.",
            "[[feed]]",
            "[[actor]]",
            "[[trigger]]",
            "=",
            '"',
            "'''",
            "id",
            "url",
            "\n",
            "#",
        ),
        *("http://", "@", "[::1]", ":8080", "?", "&", "%", "%zz", "..", "\\", "<", "million", "dozens", "of", "1.5"),
    ]
)


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers[Job, Seen]]:
    """A process apart, which is ended where an input hangs it."""
    with Workers(watched, count=1, seconds=MOST_SECONDS, memory_bytes=MEMORY_BYTES, warm_up=warm_up) as opened:
        yield opened


@pytest.mark.parametrize("name", PARSERS)
def test_damaged_inputs_are_read_or_refused(workers: Workers[Job, Seen], name: str) -> None:
    jobs = [Job(name, number) for number in range(INPUTS)]
    assert {index: trouble(found) for index, found in workers.map(jobs) if trouble(found)} == {}


@pytest.mark.parametrize("name", KEPT)
def test_what_once_broke_a_reader_does_so_no_more(workers: Workers[Job, Seen], name: str) -> None:
    parser, make = KEPT[name]
    [(_, found)] = workers.map([Job(parser, make())])
    assert trouble(found) is None


def trouble(found: Seen | Crash) -> str | None:
    return f"{found.reason}: {found.detail}" if isinstance(found, Crash) else found.problem


@pytest.mark.parametrize("name", PARSERS)
def test_small_damage_is_read_or_refused(name: str) -> None:
    parser = PARSERS[name]
    seeds = [seed[:4000] for seed in parser.seeds()]

    @derandomized
    @given(st.lists(st.sampled_from(MUTATORS[:7]), min_size=1, max_size=3), st.randoms(use_true_random=False))
    def check(mutators: list, chance: object) -> None:  # type: ignore[type-arg]
        parser.try_on(mutated(seeds, mutators, chance)[:20_000])  # type: ignore[arg-type]

    check()


@pytest.mark.parametrize("name", TEXT_PARSERS)
def test_words_in_any_order_are_read_or_refused(name: str) -> None:
    @derandomized
    @given(st.lists(WORDS | st.text(max_size=8), max_size=40).map(" ".join))
    def check(text: str) -> None:
        PARSERS[name].try_on(text.encode("utf-8", "surrogatepass"))

    check()


@given(st.randoms(use_true_random=False), st.binary(max_size=200), st.sampled_from(MUTATORS))
@derandomized
def test_a_mutator_takes_any_bytes_and_is_repeatable(chance: object, body: bytes, mutator: object) -> None:
    import random

    first = mutator(body, random.Random(1))  # type: ignore[operator]
    assert first == mutator(body, random.Random(1))  # type: ignore[operator]


def test_a_bug_is_found_told_and_made_smaller() -> None:
    def broken(body: bytes) -> None:
        if b"<!" in body:
            raise KeyError("no such thing")

    assert attempt(broken, b"plain") is None
    problem = attempt(broken, b"x" * 300 + BOMB)
    assert problem == "KeyError in 'no such thing'"
    assert smaller(b"x" * 300 + BOMB + b"y" * 300, lambda b: attempt(broken, b) == problem) == b"<!"
    assert len(set(TOKENS)) == len(TOKENS)
