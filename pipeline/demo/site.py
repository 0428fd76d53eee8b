"""Pages rendered from the stories into the designs of `templates/`, chrome and all."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from html import escape
from string import Template

from pipeline.demo.houses import Site, sites
from pipeline.demo.stories import Story, data

_RELATED = 4
_AD_AFTER = 3  # the advertisement breaks the text after that many paragraphs
_PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x00\x00\x00\x00:~\x9bU"
_RTL = {"ar"}


def render_page(story: Story, stories: Sequence[Story], base_url: str) -> bytes:
    """The page as its server sends it: whole, cut off in its head (`truncated`), or a picture (`binary`)."""
    if story.kind == "binary":
        return _PNG * 40
    page = _page(story, stories, base_url)
    if story.kind == "truncated":
        page = page[: page.index("<script")]
    return page.encode("utf-8")


def _page(story: Story, stories: Sequence[Story], base_url: str) -> str:
    site = sites()[story.site]
    words = {f"label_{key}": escape(text) for key, text in site.labels.items()}
    return _template(site.template).substitute(
        words,
        language=story.language,
        direction="rtl" if story.language in _RTL else "ltr",
        title=escape(story.title),
        site=escape(site.name),
        section=escape(story.section),
        teaser=escape(story.teaser),
        canonical=escape(base_url + story.path),
        published=story.published.isoformat(timespec="seconds"),
        published_text=story.published.strftime("%d/%m/%Y %H:%M"),
        modified=(story.updated or story.published).isoformat(timespec="seconds"),
        byline=escape(", ".join(story.byline)),
        home=escape(f"{base_url}/{site.site_id}/"),
        nav=_nav(site, base_url),
        figure=_figure(story, site),
        body=_body(story, site),
        related=_related(story, stories, base_url),
        json_ld=_json_ld(story, site, base_url),
    )


@cache
def _template(name: str) -> Template:
    return Template(data().joinpath("templates", f"{name}.html").read_text("utf-8"))


def _nav(site: Site, base_url: str) -> str:
    start = f"{base_url}/{site.site_id}/section"
    links = (f'<li><a href="{start}-{n}">{escape(text)}</a></li>' for n, text in enumerate(site.nav))
    return "\n".join(links)


def _figure(story: Story, site: Site) -> str:
    """The lead picture; an old newspaper's design prints its caption as one more paragraph."""
    if not story.caption:
        return ""
    picture, caption = '<img src="/static/lead.jpg" alt="">', escape(story.caption)
    if site.template == "newspaper":
        return f'<div class="wp-photo">{picture}<p class="wp-photo-text">{caption}</p></div>'
    return f'<figure class="lead-image">{picture}<figcaption class="caption">{caption}</figcaption></figure>'


def _body(story: Story, site: Site) -> str:
    """The paragraphs, with an advertisement in their midst."""
    gap = "<p>&nbsp;</p>\n<p></p>" if story.blank_lines else ""
    lines = [f"<p>{escape(line, quote=False)}</p>{gap}" for line in story.printed]
    if len(lines) > _AD_AFTER + 2:
        lines.insert(_AD_AFTER, _ad(site))
    return "\n".join(lines)


def _ad(site: Site) -> str:
    label, continues = escape(site.labels["advertisement"]), escape(site.labels["continues"])
    if site.language != "en":
        return f'<div class="ad-slot"><span>{label}</span></div>'
    if site.template == "newspaper":
        return f"<p>{label}</p>\n<p>{continues}</p>"
    return f'<div class="ad-slot" aria-hidden="true"><span class="ad-label">{label}</span></div>'


def _related(story: Story, stories: Sequence[Story], base_url: str) -> str:
    others = [s for s in stories if s.language == story.language and s.kind == "story" and s is not story]
    others.sort(key=lambda s: (s.site != story.site, s.story_id))
    links = (f'<li><a href="{escape(base_url + s.path)}">{escape(s.title)}</a></li>' for s in others[:_RELATED])
    return "\n".join(links)


def _json_ld(story: Story, site: Site, base_url: str) -> str:
    article = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": story.title,
        "inLanguage": story.language,
        "datePublished": story.published.isoformat(timespec="seconds"),
        "dateModified": (story.updated or story.published).isoformat(timespec="seconds"),
        "author": [{"@type": "Person", "name": name} for name in story.byline],
        "publisher": {"@type": "NewsMediaOrganization", "name": site.name},
        "mainEntityOfPage": base_url + story.path,
        "articleSection": story.section,
    }
    return json.dumps(article, ensure_ascii=False).replace("</", "<\\/")
