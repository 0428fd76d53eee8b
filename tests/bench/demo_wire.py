"""Events of the demo wire, coded as a run would code them, beside all that its stories tell.

    python -m tests.bench.demo_wire [--errors] [--rounds 3]

A coded event is right when its sentence tells an event of its type (`tests/cases/demo/events.toml`). Events that are
denied, planned, feared or history are neither asked for nor, coded as such, wrong; nor are those that PLOVER leaves
open. `--errors` lists what is wrong, missed, or right but for its mode, parties or place. What headlines cost is this
thread's CPU with and without them, the median of the rounds.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from statistics import median

from flows.reading import tagger_options
from pipeline.demo import Story, load_stories
from pipeline.demo.site import render_page
from pipeline.extract import extract_article
from pipeline.records import Article, Document, Event, Page, Participant
from pipeline.settings import load_settings
from pipeline.tag import Tagger, open_tagger
from tests.bench.evaluation import timed
from tests.demo.told import Told, stories, told
from tests.demo.told_and_coded import FIELDS, Figures, Judged, judge, truth_of

BASE = "http://wire.example"
ROWS = (
    ("type", "type"),
    ("mode", "type and mode"),
    ("actors", "type and actors"),
    ("recipients", "type and recipients"),
    ("both parties", "type, actors and recipients"),
    ("place", "type and place"),
)


def article_of(story: Story) -> Article:
    """The article that a run takes out of the story's page."""
    html = render_page(story, load_stories(), BASE)
    page = Page(page_id=story.path, url=BASE + story.path, html=html, content_type="text/html; charset=utf-8")
    return extract_article(page)


def document_of(story: Story, article: Article) -> Document:
    """What the tagger gets of it."""
    return Document(
        document_id=story.story_id, title=article.title, text=article.text, published_at=article.published_at,
        language=article.language, dateline=article.dateline,
    )  # fmt: skip


def judge_all(tagger: Tagger) -> Iterator[tuple[str, list[Judged]]]:
    """Text and judged events of each story; a sentence that several stories print is judged once."""
    seen: set[str] = set()
    for story_id, rows in told().items():
        story = stories()[story_id]
        article = article_of(story)
        events = [e for e in tagger.tag(document_of(story, article)).events if sentence(article.text, e) not in seen]
        yield article.text, list(judge(rows, events, article.text))
        seen |= {sentence(article.text, event) for event in events}


def sentence(text: str, event: Event) -> str:
    """The sentence that the event is coded in."""
    return text[event.sentence_start : event.sentence_end].strip()


def headline_cost(tagger: Tagger, documents: Sequence[Document], rounds: int) -> float:
    """What reading the headlines adds to the time of tagging the texts, as a share of it."""
    bare = [replace(document, title=None) for document in documents]
    shares: list[float] = []
    for number in range(rounds + 1):  # the first round only warms caches up
        times: dict[str, float] = {}
        # All of one and then of the other: the coder remembers the last texts.
        for name, read in (("with", documents), ("without", bare)):
            for document in read:
                timed(times, name, tagger.tag, document)
        if number:
            shares.append(times["with"] / times["without"] - 1)
    return median(shares)


def table(figures: Figures) -> Iterator[str]:
    """The figures as rows of a README's table."""
    yield "| demo wire | precision | recall |\n|---|---|---|"
    for field, name in ROWS:
        yield f"| {name} | {figures.precision(field):.3f} | {figures.recall(field):.3f} |"
    precision, recall = figures.headline_precision(), figures.headline_recall()
    yield f"| of those, told in the headline | {precision:.3f} | {recall:.3f} |"


def errors(text: str, judged: Iterable[Judged]) -> Iterator[str]:
    """A line for each event that is not right in all."""
    for one in judged:
        if one.coded and one.wrong:
            yield f"wrong    {coded_line(one.coded)}\n         in {sentence(text, one.coded)!r}"
        elif one.told and one.coded and one.right and one.told.in_headline is not one.coded.in_headline:
            told = "" if one.told.in_headline else "not "
            yield f"{told}told in the headline: {told_line(one.told)}\n         coded {coded_line(one.coded)}"
        elif one.told and one.missed:
            coded = f"\n         coded {coded_line(one.coded)}" if one.coded else ""
            yield f"missed   {told_line(one.told)}{coded}"
        elif one.told and one.coded and one.right and (off := [f for f in FIELDS if f not in one.agree]):
            yield f"{'/'.join(off)}: {told_line(one.told)}\n         coded {coded_line(one.coded)}"


def coded_line(event: Event) -> str:
    """An event on one line."""
    place = f" at {event.place.name}" if event.place else ""
    sides = f"{names(event.actors)} -> {names(event.recipients)}"
    return f"{event.type} {event.mode or ''} ({truth_of(event)}) {event.trigger.text!r}: {sides}{place} [{event.rule}]"


def told_line(row: Told) -> str:
    """What the gold says of it."""
    first = row.readings[0]
    sides = [", ".join("|".join(w.either) for w in side or ()) or "–" for side in (first.actors, first.recipients)]
    mode = "|".join(sorted(m or "" for m in first.modes))
    return f"{row.story}: {first.type} {mode} {row.says!r}: {sides[0]} -> {sides[1]}"


def names(parties: Iterable[Participant]) -> str:
    """Parties by their words."""
    return ", ".join(party.text for party in parties) or "–"


def main() -> int:
    """Command line."""
    parser = argparse.ArgumentParser(description="Precision and recall of events on the demo wire.")
    parser.add_argument("--errors", action="store_true", help="list what is wrong or missed")
    parser.add_argument("--rounds", type=int, default=3, help="timed rounds over the stories")
    args = parser.parse_args()
    settings = load_settings()
    tagger = open_tagger(tagger_options(settings))
    found = list(judge_all(tagger))
    if args.errors:
        print("\n".join(line for text, judged in found for line in errors(text, judged)), end="\n\n")
    figures = Figures.of([one for _, judged in found for one in judged])
    print("\n".join(table(figures)))
    documents = [document_of(story, article_of(story)) for story in stories().values()]
    print(f"\nReading the headlines adds {headline_cost(tagger, documents, args.rounds):.1%} to the time of tagging.")
    print(f"\nMeasured {datetime.now(UTC):%Y-%m-%d}: {figures.asked} events told, {figures.believed} coded.")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
