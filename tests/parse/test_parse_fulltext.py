"""Is the text that came with the feed the whole article?"""

from __future__ import annotations

import time

import pytest

from pipeline.parse.fulltext import MORE, MORE_AT_START, PAYWALLS, Verdict, is_full, judge

LINK = "https://news.example/flood-12"
SENTENCE = "The river rose above its banks on Tuesday night and reached the first houses of the old town by dawn."
PARAGRAPH = f"<p>{SENTENCE} {SENTENCE} {SENTENCE}</p>"
BODY = PARAGRAPH * 3  # 180 words
LAST = "<p>Officials expect the water to fall by Friday.</p>"
HAN = "<p>" + "河水于周二夜间上涨并于黎明时分到达老城区最初的房屋当地官员表示水位将在周五之前下降。" * 3 + "</p>"
THAI = "<p>" + "แม่น้ำเอ่อล้นตลิ่งในคืนวันอังคารและไปถึงบ้านหลังแรกของเมืองเก่าในตอนรุ่งสาง" * 5 + "ฯ.</p>"
KOREAN = "<p>" + "강물이 화요일 밤 둑을 넘어 새벽에 구시가지의 첫 집들에 닿았다고 당국이 밝혔다. " * 6 + "</p>"
ARABIC = (
    "<p>" + "ارتفع النهر فوق ضفتيه ليلة الثلاثاء ووصل إلى أول بيوت البلدة القديمة عند الفجر. " * 5 + "هل ينحسر؟</p>"
)
HINDI = "<p>" + "नदी मंगलवार रात को किनारों से ऊपर उठी और भोर तक पुराने शहर के पहले घरों तक पहुँच गई। " * 5 + "</p>"


@pytest.mark.parametrize(
    "content",
    [
        BODY + LAST,
        BODY,
        f"<div>{BODY}</div>\n",
        BODY + "<p>“It will fall by Friday,” the mayor said. “We are safe.”</p>",
        BODY + "<p>(Reporting by Jo Doe; Editing by Ann Poe)</p>",
        BODY + "<p>jd/ap</p>",
        BODY + "<p>Lena Vogt</p><p>Foto: Agentur</p>",
        BODY + "<p>Will it fall by Friday?</p>",
        BODY + '<p>Officials expect the water to fall by Friday. <a href="https://gauge.example/">Levels</a>.</p>',
        BODY + '<figure><img src="/a.jpg"><figcaption>The old town…</figcaption></figure>',
        BODY + "<!-- Read more -->",
        f"{SENTENCE} {SENTENCE} {SENTENCE}<br><br>" * 3,
        f"{SENTENCE} {SENTENCE} {SENTENCE}\n\n" * 3,
        BODY + "<p>The post <a href='/f'>Flood kills 12</a> appeared first on <a href='/'>Daily</a>.</p>",
        BODY + "<p>Der Beitrag Flut erschien zuerst auf Tagblatt.</p>",
        BODY + "<p>L’article Crue est apparu en premier sur Le Jour.</p>",
        BODY + "<p>La entrada Crecida se publicó primero en El Día.</p>",
        BODY + "<p>O post Cheia apareceu primeiro em Diário.</p>",
        BODY + "<p>© 2025 Daily. All rights reserved.</p>",
        BODY + "<p>Share this: Mail Print</p>",
        BODY + "<p>The mayor was told during the visit.</p>",
        BODY + "<p>She wanted to read on and to learn more.</p>",
        HAN * 3,
        THAI * 3,
        KOREAN * 3,
        ARABIC * 3,
        HINDI * 3,
    ],
)
def test_a_whole_article_needs_no_page(content: str) -> None:
    assert str(judge(content, "Twelve died.", LINK)).startswith("full (")
    assert is_full(content, "Twelve died.", LINK)
    assert is_full(content, None)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (None, "no_content"),
        ("", "no_content"),
        ("<p> </p>", "no_content"),
        ('<img src="/a.jpg">', "no_content"),
        (LAST, "short"),
        (PARAGRAPH * 2, "short"),
        (HAN, "short"),
        (f"<p>{SENTENCE * 12}</p>", "few_paragraphs"),
        (f"<p>{SENTENCE * 9}</p><p>Levels</p><p>Map</p><p>Archive.</p>", "few_paragraphs"),
        (BODY + "<p>Officials expect the water …</p>", "ellipsis"),
        (BODY + "<p>Officials expect the water...</p>", "ellipsis"),
        (BODY + "<p>Officials expect the water. . .</p>", "ellipsis"),
        (BODY + "<p>Officials expect the water [&#8230;]</p>", "ellipsis"),
        (BODY + "<p>Officials expect the water [&hellip;]</p>", "ellipsis"),
        (BODY + "<p>Officials expect the water [...]</p>", "ellipsis"),
        (BODY + "<p>Officials expect the water (…)</p>", "ellipsis"),
        (BODY + "<p>“Officials expect the water …”</p>", "ellipsis"),
        (BODY + "<p>Officials expect the water… [+2731 chars]</p>", "ellipsis"),
        (BODY + "<p>Officials expect the water […]</p><p>Lena Vogt</p>", "ellipsis"),
        (BODY + "<p>It rose […]</p><p>The post Flood appeared first on Daily.</p>", "ellipsis"),
        (BODY + "<p>(more)</p>", "ellipsis"),
        (BODY + f'<p><a href="{LINK}?utm_source=rss">Flood kills 12</a></p>', "more_link"),
        (BODY + f'<p><a href="{LINK}">At Daily</a> »</p>', "more_link"),
        (BODY + '<p>Officials expect <a href="/f">Read more</a></p>', "more_link"),
        (BODY + "<p>Continue reading Flood kills 12 at Daily →</p>", "more_link"),
        (BODY + "<p>Read the full story here: https://news.example/f</p>", "more_link"),
        (BODY + "<p>Subscribe to read the rest of this article.</p>", "paywall"),
        (BODY + "<p>Il vous reste 62.5% de cet article à lire. La suite est réservée.</p>", "paywall"),
        (BODY + "<p>Officials expect the water to fall and they also say that it</p>", "open_end"),
        (BODY + "<p>Officials expect the water to fall and they also say that it,</p>", "open_end"),
        (BODY + "<ul><li>One more flood</li><li>Another flood</li><li>A third</li></ul>", "open_end"),
        (BODY + '<p>Officials expect.</p><a href="https://news.exa', "cut_markup"),
    ],
)
def test_what_may_be_cut_is_not_full(content: str | None, reason: str) -> None:
    assert judge(content, "Twelve died.", LINK).reason == reason
    assert not is_full(content, "Twelve died.", LINK)


@pytest.mark.parametrize("phrase", MORE)
@pytest.mark.parametrize("end", ["<p>{}</p>", "<p>Officials expect the water to fall. <a href='/f'>{} »</a></p>"])
def test_every_phrase_that_leads_to_the_rest_shows_a_cut(phrase: str, end: str) -> None:
    assert judge(BODY + end.format(phrase.capitalize()), None).reason == "more_link"


@pytest.mark.parametrize("phrase", MORE_AT_START)
def test_a_line_that_begins_with_such_a_phrase_shows_a_cut(phrase: str) -> None:
    assert judge(f"{BODY}<p>[{phrase} …]</p>", None).reason == "more_link"
    assert judge(f"{BODY}<p>{phrase.upper()}: the Daily</p>", None).reason == "more_link"


@pytest.mark.parametrize("phrase", PAYWALLS)
def test_every_paywall_shows_a_cut(phrase: str) -> None:
    assert judge(f"{BODY}<p>{phrase.capitalize()}.</p>", None).reason == "paywall"


def test_what_the_summary_says_too_is_no_more_than_a_summary() -> None:
    assert judge(BODY, BODY.replace("<p>", "<div>")).reason == "same_as_summary"


def test_a_link_to_the_article_within_the_text_is_no_cut() -> None:
    first = f'<p>As <a href="{LINK}">we wrote</a>: {SENTENCE}</p>'
    assert judge(first + BODY + LAST, None, LINK).full


def test_a_verdict_prints_what_it_was_made_of() -> None:
    assert str(judge(PARAGRAPH, None)) == "short (60 words in 1 paragraphs)"
    assert not Verdict("short")
    assert Verdict("full")


@pytest.mark.parametrize(
    "piece", ["<", "<p>", "...", "… ", "<br>", "<a href=x>", "(", "the post a appeared first on ", "\n "]
)
def test_a_megabyte_of_anything_is_judged_at_once(piece: str) -> None:
    started = time.perf_counter()
    judge(piece * (1_000_000 // len(piece)), None, LINK)
    assert time.perf_counter() - started < 5
