"""What a page says about itself in JSON-LD (schema.org's article types)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from typing import Any

from lxml.html import HtmlElement

from pipeline.extract.text import tidy

Node = dict[str, Any]
WRAPPER = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\s*\]\]>|\]\]>)\s*;?\s*$")
ARTICLE = re.compile(r"article$|blogposting$|^report$", re.IGNORECASE)
PAGE = re.compile(r"^webpage$|^itempage$", re.IGNORECASE)
TRAIL = re.compile(r"^breadcrumblist$", re.IGNORECASE)
VIDEO = re.compile(r"^videoobject$", re.IGNORECASE)
TAG = re.compile(r"<(?P<name>/?[a-z][a-z0-9]*)\b[^<>]*>", re.IGNORECASE)
INLINE = {"a", "b", "i", "em", "strong", "span", "u", "sup", "sub", "mark", "small", "font"}
DEPTH = 12  # of nested objects; real pages have under 8


class Linked:
    """The page's main article node, and the nodes it refers to by @id."""

    def __init__(self, tree: HtmlElement) -> None:
        nodes = [node for block in _blocks(tree) for node in _walk(block)]
        told = (node for node in reversed(nodes) if len(node) > 1)  # {"@id": …} alone is a reference
        self._by_id = {node["@id"]: node for node in told if isinstance(node.get("@id"), str)}
        articles = [node for node in nodes if _is(node, ARTICLE)]
        # The first one that has a date: later ones are teasers. A live blog may leave its date to its posts.
        live = [node for node in articles if "liveBlogUpdate" in node]
        dated = [node for node in articles if node.get("datePublished")]
        self._article = next(iter((*live, *dated, *articles)), {})
        self._page = next((node for node in nodes if _is(node, PAGE) and node.get("datePublished")), {})
        self._trail = next((node for node in nodes if _is(node, TRAIL)), {})
        self._main = self._article or next((node for node in nodes if _is(node, VIDEO)), {})

    def types(self) -> frozenset[str]:
        """Types of the main node in lower case: "newsarticle", "liveblogposting"; a video's where no article is."""
        types = self._main.get("@type")
        return frozenset(t.lower() for t in (types if isinstance(types, list) else [types]) if isinstance(t, str))

    def body(self) -> str | None:
        """The article's whole text as the page tells it to machines, its markup resolved, paragraphs as lines."""
        text = _text(self._article.get("articleBody")) or "\n".join(self._posts())
        return tidy(TAG.sub(_mark, text)) or None if text else None

    def _posts(self) -> Iterator[str]:
        """The posts of a live blog, which may stand nowhere else."""
        posts = self._article.get("liveBlogUpdate")
        for post in posts if isinstance(posts, list) else ():
            if isinstance(post, dict) and (text := _text(post.get("articleBody"))):
                yield text

    def word_count(self) -> int | None:
        """Words that the article is said to have."""
        count = re.match(r"\d{1,6}\b", _text(self._article.get("wordCount")) or "")
        return int(count[0]) if count else None

    def is_free(self) -> bool | None:
        """Whether all may read it; None where nothing is said. Pages write false, "False" and "http://schema.org/False"."""
        for node in (self._article, self._page):
            said = str(node.get("isAccessibleForFree", "")).rpartition("/")[2].lower()
            if said in ("true", "false"):
                return said == "true"
        return None

    def section(self) -> str | None:
        """The first section that the article stands in."""
        return _text(self._article.get("articleSection"))

    def trail(self) -> tuple[str, ...]:
        """Names on the way from the front page to the article."""
        steps = self._trail.get("itemListElement")
        steps = steps if isinstance(steps, list) else [steps]
        return tuple(name for step in steps if isinstance(step, dict) and (name := self._step(step)))

    def _step(self, step: Node) -> str | None:
        item = step.get("item")
        return _text(step.get("name")) or (_text(item.get("name")) if isinstance(item, dict) else None)

    def image(self) -> str | None:
        """Address of the article's first picture."""
        image = self._article.get("image") or self._article.get("thumbnailUrl")
        image = image[0] if isinstance(image, list) and image else image
        if isinstance(image, dict):
            image = self._by_id.get(str(image.get("@id")), image)
            image = image.get("url") or image.get("contentUrl")
        return _text(image)

    def first(self, *keys: str) -> str | None:
        """The first of the article's `keys` that is a text, then of the page's."""
        for node in (self._article, self._page):
            for key in keys:
                if value := _text(node.get(key)):
                    return value
        return None

    def headline(self) -> str | None:
        """The article's headline; a WebPage's is the window's title, not the story's."""
        return _text(self._article.get("headline")) or _text(self._article.get("name"))

    def authors(self) -> list[str]:
        """Names of the article's authors, as written."""
        return list(self._names(self._article.get("author") or self._article.get("creator"), DEPTH))

    def publisher(self) -> str | None:
        """Name of the publisher."""
        return next(self._names(self._article.get("publisher") or self._page.get("publisher"), DEPTH), None)

    def _names(self, value: Any, depth: int) -> Iterator[str]:
        if isinstance(value, list):
            for part in value:
                yield from self._names(part, depth - 1) if depth else ()
        elif isinstance(value, dict):
            if name := value.get("name"):
                yield from self._names(name, depth - 1) if depth else ()
            elif "familyName" in value:
                yield " ".join(str(value[key]) for key in ("givenName", "familyName") if value.get(key))
            elif isinstance(reference := value.get("@id"), str) and depth:
                yield from self._names(self._by_id.get(reference, {}).get("name"), depth - 1)
        elif text := _text(value):
            yield text


def _blocks(tree: HtmlElement) -> Iterator[Any]:
    """The JSON-LD blocks that can be read; one that cannot is as good as none."""
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower() or not script.text:
            continue
        try:
            yield json.loads(WRAPPER.sub("", script.text), strict=False)
        except (ValueError, RecursionError):
            continue


def _walk(value: Any, depth: int = DEPTH) -> Iterator[Node]:
    """Each object in a block, outer ones first."""
    if isinstance(value, dict):
        yield value
    children = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    if depth:
        for child in children:
            yield from _walk(child, depth - 1)


def _is(node: Node, kind: re.Pattern[str]) -> bool:
    types = node.get("@type")
    return any(isinstance(t, str) and kind.search(t) for t in (types if isinstance(types, list) else [types]))


def _mark(tag: re.Match[str]) -> str:
    """What stands for a tag in a text: a break for a block's, nothing for one inside a line."""
    return "" if tag["name"].lower().lstrip("/") in INLINE else "\n"


def _text(value: Any) -> str | None:
    """A text or number as text, entities resolved (many sites escape twice); None for anything else."""
    if isinstance(value, list) and value:
        value = value[0]
    if isinstance(value, bool) or not isinstance(value, str | int):
        return None
    return unescape(str(value)).strip() or None
