"""Which reading of a page is believed: the extractor's, unless a cheap sign says that it failed."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.extract.page.blocks import PROSE_CHARACTERS, Block, key_of
from pipeline.extract.page.second import Layout, home, layout_of
from pipeline.records import Reason

NEXT_TO_NOTHING = 0.25  # of what the page's main kind of paragraph holds
SPILL_LINES, SPILL_WIDTH = 30, 25  # so many lines of so few characters on average are a page's menus
LONG_CELLS = 300  # characters of a table's row: more is prose in a layout
MISSED = 0.15  # of the text's length: prose in places like the story's own that the extractor passed over
MAINLY = 0.5
FAR_SHORTER = 0.5  # than what the page's JSON-LD or the feed give as the whole text
CONSENT = re.compile(
    r"\b(?:cookies?|consent|javascript|privacy|gdpr|ad-?blocker|legitimate interests?|personal data"
    r"|einwilligung|datenschutz|personenbezogenen?|berechtigte[sn]? interesses?|consentement|vie privée"
    r"|données personnelles|consentimiento|privacidad|datos personales|consentimento|privacidade|dados pessoais"
    r"|consenso|dati personali|toestemming|persoonsgegevens|persoonlijke gegevens)\b",
    re.IGNORECASE,
)
# One of these stands in what CONSENT takes; looking for them first takes a tenth of its time.
CONSENT_STEMS = (
    "cooki", "consen", "privac", "privé", "person", "persoon", "javascript", "gdpr", "blocker", "interest", "interess",
    "schutz", "willigung", "toestemming", "dados", "datos", "dati",
)  # fmt: skip
# A notice speaks to its reader; a story about cookies does not.
ADDRESS = re.compile(
    r"\b(?:we|our|us|you|your|accept|agree|allow|enable|settings|preferences|partners"
    r"|wir|unsere|sie|ihre|akzeptieren|nous|notre|nos|vous|votre|accepter|nosotros|nuestros?|usted|aceptar|sus?"
    r"|nossos?|nossas?|você|aceitar|noi|nostri|tuoi|accettare|wij|onze|jouw|accepteren)\b",
    re.IGNORECASE,
)
LONGEST_NOTICE = 3000  # characters; more is a story about privacy
CONSENT_SHARE = 0.5  # of the lines; at least


@dataclass(frozen=True, slots=True)
class Opinion:
    """The lines that are believed, why, and which of the page's paragraphs are among them."""

    lines: tuple[str, ...]
    reason: Reason
    prose: tuple[Block, ...]


def settle_text(first: Sequence[str], layout: Layout, told: Sequence[str] = ()) -> Opinion:
    """The first reading, or a better one where a sign says that it failed. `told`: whole texts by other sources."""
    reason = _failure(first, layout)
    if reason == "consent":
        layout = layout_of([block for block in layout.blocks if not _asks_consent(block.text)])
    if reason and layout.story:
        return _told(Opinion(layout.texts(layout.story), reason, layout.of(layout.story)), told)
    if reason == "consent":  # nothing else was sent before the reader agrees
        whole = tuple(line for line in told[0].split("\n") if line.strip()) if told else ()
        return Opinion(whole or tuple(first), "told" if whole else "consent", ())
    return _told(_completed(first, layout), told)


def _failure(first: Sequence[str], layout: Layout) -> Reason | None:
    """The sign that the first reading is of no use, None where there is none."""
    length = sum(map(len, first))
    if length < NEXT_TO_NOTHING * layout.length(layout.prose):
        return "nothing"
    if len(first) > SPILL_LINES and length < SPILL_WIDTH * len(first):
        return "spill"
    if sum(len(line) for line in first if line.startswith("|") and len(line) > LONG_CELLS) > MAINLY * length:
        return "spill"  # a page laid out by tables, read as one
    asking = [line for line in first if _asks_consent(line)]
    if first and len(asking) >= CONSENT_SHARE * len(first) and sum(map(len, asking)) < LONGEST_NOTICE:
        return "consent"
    return None


def _asks_consent(line: str) -> bool:
    lowered = line.lower()
    if not any(stem in lowered for stem in CONSENT_STEMS):
        return False
    return CONSENT.search(line) is not None and ADDRESS.search(line) is not None


def _completed(first: Sequence[str], layout: Layout) -> Opinion:
    """The first reading with what it passed over: prose that stands in places like those that it took most from."""
    whole = key_of("".join(first))
    lines = set(map(key_of, first))
    taken = tuple(n for n in layout.prose if layout.blocks[n].key in lines or layout.blocks[n].key in whole)
    missed = set(layout.prose) - set(taken)
    is_elsewhere = layout.length(taken) < MAINLY * len(whole)  # the page's main kind of paragraph is not the story's
    if is_elsewhere or len(missed) < 2 or layout.length(missed) < MISSED * len(whole):
        return Opinion(tuple(first), "first", layout.of(taken))
    homes = {home(layout.blocks[number]) for number in missed}
    left = (n for n in layout.story if n not in taken and home(layout.blocks[n]) in homes)
    added = [n for n in left if layout.blocks[n].key not in whole]
    return Opinion(_merged(first, added, layout), "completed", layout.of(sorted({*taken, *added})))


def align(lines: Sequence[str], layout: Layout) -> list[int | None]:
    """For each line the block that it was made of: the next one of its words, None where there is none."""
    numbers: dict[str, list[int]] = defaultdict(list)
    for number, block in enumerate(layout.blocks):
        numbers[block.key].append(number)
    places: list[int | None] = []
    last = -1
    for line in lines:
        candidates = numbers.get(key_of(line), [])
        found = next((number for number in candidates if number > last), None)
        places.append(found)
        last = last if found is None else found
    return places


def _merged(lines: Sequence[str], added: Sequence[int], layout: Layout) -> tuple[str, ...]:
    """The lines and the added blocks in the page's order."""
    waiting = sorted(added, reverse=True)
    merged: list[str] = []
    for line, place in zip(lines, align(lines, layout), strict=True):
        while place is not None and waiting and waiting[-1] < place:
            merged.append(layout.blocks[waiting.pop()].text)
        merged.append(line)
    return (*merged, *layout.texts(reversed(waiting)))


def _told(opinion: Opinion, told: Sequence[str]) -> Opinion:
    """A whole text by another source, where it is much longer and the reading says the same, or nothing at all."""
    read = key_of("".join(opinion.lines))
    for text in told:
        key = key_of(text)
        if len(read) < FAR_SHORTER * len(key) and (_agree(opinion.lines, key) or _says_nothing(opinion.lines, key)):
            return Opinion(tuple(line for line in text.split("\n") if line.strip()), "told", opinion.prose)
    return opinion


def _says_nothing(lines: Sequence[str], key: str) -> bool:
    """Whether next to no prose was read beside this text: menus and a footer contradict nothing."""
    prose = sum(len(line) for line in lines if len(line) >= PROSE_CHARACTERS and not _asks_consent(line))
    return prose < NEXT_TO_NOTHING * len(key)


def _agree(lines: Sequence[str], key: str) -> bool:
    """Whether most of the lines occur in a text; nothing read contradicts nothing."""
    found = sum(len(line) for line in lines if key_of(line) in key)
    return found * 2 >= sum(map(len, lines))
