"""Headlines: which of a page's titles is the story's, and what in it is the site's."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from pipeline.extract.text import folded

# "Title | Site", "Title - Section - Site", "Site: Title". A hyphen inside a word or a number is none.
# Chinese pages write "标题_站名" and "标题-站名" without blanks.
CJK = "\u3040-\u30ff\u3400-\u9fff"
BAR = re.compile(rf"\s*[|•«»›→]\s*|\s*::\s*|\s[-–—:·/]\s|(?<=[{CJK}”」》）？！])(?:_+|-|－)(?=[{CJK}])")
COLON = re.compile(r"^(?P<site>[^:|]{2,40}):\s+(?P<title>\S.*)$")
SITE_WORDS = re.compile(r"^(?:the|www)\b|\b(?:com|co|org|net|news|uk|online|eu|tv)\b")
CUT = re.compile(r"\s*(?:…|\.\.\.)$")
SECTION_WORDS = 3  # of a section between a title and its site


def site_key(name: str) -> str:
    """A site's name without the words that come and go: "www.daily-post.com" and "Daily Post" → "dailypost"."""
    return SITE_WORDS.sub("", folded(name.replace(".", " "))).replace(" ", "")


def without_site(title: str, sites: Collection[str]) -> str:
    """The title less " | Site" or "Site: ", where that part is the site's name (`sites`: keys of such names).

    >>> without_site("Ferries stay in - Sea - Harbour Post", {"harbourpost"})
    'Ferries stay in - Sea'
    >>> without_site("Harbour Post: ferries stay in", {"harbourpost"})
    'ferries stay in'
    """
    return split_site(title, sites)[0]


def split_site(title: str, sites: Collection[str]) -> tuple[str, bool]:
    """(the title without the site's name, whether it stood there)."""
    cuts = list(BAR.finditer(title))
    for cut in cuts:  # the first: a site's own name may hold a bar, "Autos | Boats"
        if cut.start() and site_key(title[cut.end() :]) in sites:
            return title[: cut.start()].strip(), True
    if cuts and cuts[0].start() and site_key(title[: cuts[0].start()]) in sites:
        return title[cuts[0].end() :].strip(), True
    if (match := COLON.match(title)) and site_key(match["site"]) in sites:
        return match["title"], True
    return title, False


def choose_title(
    stated: Sequence[str], spare: Sequence[str], sites: Collection[str], sections: Collection[str] = ()
) -> str | None:
    """The story's title among those that a page states, the likelier first; None where all are the site's.

    What two of `stated` agree on, else the first, or the one that goes on where that is cut off. `spare` are asked
    where none is left, and have no voice: og:title and twitter:title are one statement made twice.
    """
    titles, others = (_stories(raw, sites) for raw in (stated, spare))
    titles, others = (
        [_without_section(title, (*titles, *others), sections) for title in group] for group in (titles, others)
    )
    keys = [folded(title) for title in titles]
    if agreed := next((title for title, key in zip(titles, keys, strict=True) if keys.count(key) > 1), None):
        return agreed
    names = [title for title, key in zip(titles, keys, strict=True) if key not in sections]
    return next((whole_title(title, titles) for title in (*names, *others, *titles)), None)


def _stories(raw: Sequence[str], sites: Collection[str]) -> list[str]:
    """Titles without the site's name, less those that are but that."""
    titles = [title for text in raw if (title := without_site(text, sites))]
    return [title for title in titles if site_key(title) not in sites]


def whole_title(title: str, others: Sequence[str]) -> str:
    """Of a title that ends in dots, the other one that goes on."""
    if not CUT.search(title) or not (start := folded(CUT.sub("", title))):
        return title
    return next((other for other in others if folded(other).startswith(start) and len(other) > len(title)), title)


def _without_section(title: str, titles: Sequence[str], sections: Collection[str]) -> str:
    """ "Ferries stay in - Sea" and "Sea | Ferries stay in" are "Ferries stay in" where "Sea" is the page's section.

    Behind a title also where another title says no more.
    """
    for cut in BAR.finditer(title):
        head, tail = title[: cut.start()].strip(), title[cut.end() :]
        if head and (folded(tail) in sections or (len(tail.split()) <= SECTION_WORDS and head in titles)):
            return head
        if folded(head) in sections and tail in titles:
            return tail
    return title
