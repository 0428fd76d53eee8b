"""Is the text that comes with a feed the whole article? Then no page is fetched.

In doubt it is not: a fetch costs little, an article that lacks its end is wrong for ever.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import Final, Literal

from pipeline.ids import normal_url
from pipeline.parse.text import plain_text

Reason = Literal[
    "full", "no_content", "same_as_summary", "cut_markup", "more_link", "ellipsis", "paywall", "short",
    "few_paragraphs", "open_end",
]  # fmt: skip

# An agency's brief of 150 words is a whole article, and so is many a teaser's length: below it, the page decides.
MIN_WORDS: Final = 150
MIN_PARAGRAPHS: Final = 3
PARAGRAPH_WORDS: Final = 8  # shorter blocks are headings, credits, captions
LETTERS_A_WORD: Final = {"cjk": 2, "thai": 5}  # scripts without spaces: characters that make a word's worth

_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")  # Thai, Lao, Burmese, Khmer
_HIDDEN = re.compile(r"<!--.*?(?:-->|\Z)|<(script|style|figure|iframe)\b[^<>]*>.*?(?:</\1\s*>|\Z)", re.DOTALL | re.I)
_BREAK = re.compile(
    r"</?(?:p|div|li|ul|ol|h[1-6]|tr|table|blockquote|pre|hr|section|article|dd|dt|aside|footer)\b[^<>]*>"
    r"|(?:<br\b[^<>]*>\s*){1,}|\n\s*\n",
    re.IGNORECASE,
)
_OPEN_TAG = re.compile(r"<[a-zA-Z/!][^<>]*\Z")
_LAST_LINK = re.compile(
    r"<a\b[^<>]*?\bhref\s*=\s*[\"']?([^\"'\s<>]+)[^<>]*>(?!.*<a\b)(.*)\Z", re.IGNORECASE | re.DOTALL
)

TAIL_LETTERS: Final = 400  # how far from a block's end a sign of a cut may begin
FOOTER_LETTERS: Final = 400  # longer blocks are text
# What publishing systems add below every article, whole or cut; what stands before it counts.
FOOTERS: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"the post .+ (?:first appeared|appeared first) on .+",  # en: The post Flood kills 12 appeared first on Daily.
        r"(?:der )?beitrag .+ erschien zuerst auf .+",  # de: Der Beitrag Flut erschien zuerst auf Tagblatt.
        r"(?:l.)?article .+ est apparu en premier sur .+",  # fr: L’article Crue est apparu en premier sur Le Jour.
        r"(?:la entrada|el cargo|la noticia) .+ (?:se public[oó] primero en|apareci[oó] primero en) .+",  # es
        r"(?:l.)?articolo .+ (?:proviene da|sembra essere il primo su) .+",  # it: … proviene da Il Giorno.
        r"o post .+ apareceu primeiro em .+",  # pt: O post Cheia apareceu primeiro em Diário.
        r"(?:het )?bericht .+ verscheen eerst op .+",  # nl: Het bericht Vloed verscheen eerst op Dagblad.
        r"inlägget .+ dök först upp på .+",  # sv
        r"(?:artykuł|post) .+ pochodzi z serwisu .+",  # pl: Artykuł Powódź pochodzi z serwisu Dziennik.
        r"(?:сообщение|запись) .+ появил(?:и|а)сь сначала на .+",  # ru
        r".+ (?:yazısı )?ilk önce .+ üzerinde ortaya çıktı\.?",  # tr
        r"(?:©|\(c\)|copyright\b).{0,200}",  # © 2025 Daily. All rights reserved.
        r"(?:share this|teilen|partager|compartir|tags?|filed under|schlagwörter|etiquetas)\s*:?.{0,80}",
    )
)
# What stands where the rest is on the page: "[Read more]", "Continue reading Flood kills 12 →".
MORE: Final = (
    "read more", "read the full", "read full", "read the rest", "read the whole", "read the original",
    "continue reading", "keep reading", "full story", "full article", "view article", "view full", "view original",
    "click here to read", "click to read",
    "weiterlesen", "lesen sie mehr", "lesen sie weiter", "mehr lesen", "hier weiterlesen", "zum artikel",  # de
    "zum vollständigen artikel", "den ganzen artikel",
    "lire la suite", "lire plus", "lire l'article", "lire l’article", "continuer la lecture",  # fr
    "leer más", "leer mas", "seguir leyendo", "sigue leyendo", "continuar leyendo", "continúa leyendo",  # es
    "leia mais", "ler mais", "continue lendo", "continuar lendo", "continuar a ler",  # pt
    "leggi tutto", "leggi di più", "continua a leggere", "leggi l'articolo", "leggi l’articolo",  # it
    "lees meer", "lees verder", "verder lezen",  # nl
    "läs mer", "läs hela", "les mer", "les hele", "læs mere", "læs hele",  # sv, no, da
    "lue lisää", "jatka lukemista",  # fi
    "czytaj więcej", "czytaj dalej", "číst dále", "celý článek", "čítať ďalej", "tovább olvasom",  # pl, cs, sk, hu
    "citește mai mult", "citește în continuare", "devamını oku",  # ro, tr
    "читать далее", "читать полностью", "читати далі", "прочети повече",  # ru, uk, bg
    "διαβάστε περισσότερα", "διαβάστε τη συνέχεια",  # el
    "baca selengkapnya", "xem thêm", "đọc tiếp",  # id, vi
    "اقرأ المزيد", "قراءة المزيد", "ادامه مطلب", "بیشتر بخوانید", "קרא עוד", "להמשך קריאה",  # ar, fa, he
    "続きを読む", "全文を読む", "もっと見る", "阅读更多", "閱讀更多", "查看全文", "阅读全文", "查看更多",  # ja, zh
    "더 보기", "더보기", "전체 기사", "기사 원문", "आगे पढ़ें", "और पढ़ें", "อ่านต่อ", "อ่านเพิ่มเติม",  # ko, hi, th
)  # fmt: skip
# The same, but a sentence may end with it ("during the visit."): looked for only where a short last block begins.
MORE_AT_START: Final = (
    "read on", "full text", "click here", "see more", "learn more", "find out more", "more at", "more on", "visit",
    "mehr erfahren", "mehr dazu", "en savoir plus", "voir plus", "ver más", "saiba mais", "ulteriori informazioni",
    "więcej na", "mai multe detalii", "devamı için", "подробнее", "читайте также", "детальніше", "للمزيد", "المزيد",
    "続きは",
)  # fmt: skip
# Sentences that end what is free to read.
PAYWALLS: Final = (
    "subscribe to read", "subscribe to continue", "subscribers only", "for subscribers", "already a subscriber",
    "to continue reading", "sign in to read", "log in to read", "register to read", "premium content",
    "nur für abonnenten", "jetzt abonnieren", "weiterlesen mit", "mit einem abo",  # de
    "réservé aux abonnés", "réservé à nos abonnés", "il vous reste",  # fr: Il vous reste 62.5% de cet article à lire.
    "solo para suscriptores", "contenido exclusivo para suscriptores", "suscríbete para",  # es
    "riservato agli abbonati", "abbonati per", "exclusivo para assinantes", "alleen voor abonnees",  # it, pt, nl
    "för prenumeranter", "dla prenumeratorów", "для подписчиков", "有料会員", "会員限定",
)  # fmt: skip
_MORE = "|".join(map(re.escape, MORE))
_ARROWS = r"[\s.…:!>»›→⟶►▶\])]*"
_MORE_AT_START = re.compile(
    rf"[\s\[(<«‹→►▶*-]*(?:{_MORE}|{'|'.join(map(re.escape, MORE_AT_START))})(?!\w)", re.IGNORECASE
)
_MORE_AT_END = re.compile(rf"(?:^|[\s.!?…\[(»“”\"'。！？」])(?:{_MORE}){_ARROWS}$", re.IGNORECASE)
_PAYWALL = re.compile("|".join(map(re.escape, PAYWALLS)), re.IGNORECASE)
# "…", "...", "[…]", "[...]", "(…)", "[+1234 chars]" (news APIs), also before a closing quotation mark or an arrow.
_ELLIPSIS = re.compile(
    r"(?:…|\.\s?\.\s?\.|‥|⋯|\[\+?\d+ chars\]|\(more\)|--\s?more\s?--)[\s\])\"'”’»>→]*$", re.IGNORECASE
)
_CLOSERS = "\"'”’»«“›)]}」』】〉》*_ \u200b\u200f"
_FINAL = re.compile(r"[.!?。！？｡؟۔।॥։።၊။។]$")
_SHORT_END = 12  # words: a last block up to this long may be a link, or a credit


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the content is the whole article, and what decided it."""

    reason: Reason
    words: int = 0
    paragraphs: int = 0

    @property
    def full(self) -> bool:
        return self.reason == "full"

    def __bool__(self) -> bool:
        return self.full

    def __str__(self) -> str:
        return f"{self.reason} ({self.words} words in {self.paragraphs} paragraphs)"


def is_full(content_html: str | None, summary: str | None, link: str | None = None) -> bool:
    """Whether an entry's content may stand for its page; see `judge`."""
    return judge(content_html, summary, link).full


def judge(content_html: str | None, summary: str | None, link: str | None = None) -> Verdict:
    """Whether `content_html` is the whole article: long enough, in paragraphs, with an end, and no sign of being cut.

    `summary` is what the entry gives besides; `link` its address, which a cut text likes to end with.

    >>> str(judge("<p>Twelve died in the flood [&#8230;]</p>", None))
    'ellipsis (6 words in 0 paragraphs)'
    """
    blocks = _blocks(content_html or "")
    if not blocks:
        return Verdict("no_content")
    words = [_words(block) for block in blocks]
    found = sum(words), sum(count >= PARAGRAPH_WORDS for count in words)
    reason = _cut(content_html or "", blocks, link) or _too_little(*found)
    if not reason and summary and plain_text(summary) == plain_text(content_html or ""):
        reason = "same_as_summary"
    return Verdict(reason or _open_end(blocks) or "full", *found)


def _blocks(markup: str) -> list[str]:
    """Lines of text, without what publishing systems add below."""
    text = _BREAK.sub("\n\n", _HIDDEN.sub(" ", markup))
    blocks = [line for part in text.split("\n\n") if (line := plain_text(part))]
    while blocks and len(blocks[-1]) <= FOOTER_LETTERS and any(f.fullmatch(blocks[-1]) for f in FOOTERS):
        blocks.pop()
    return blocks


def _words(text: str) -> int:
    """Words, or what makes as much in scripts that put no spaces between them."""
    cjk, other = len(_CJK.findall(text)), len(_UNSPACED.findall(text))
    spaced = len(_UNSPACED.sub(" ", _CJK.sub(" ", text)).split())
    return spaced + cjk // LETTERS_A_WORD["cjk"] + other // LETTERS_A_WORD["thai"]


def _cut(markup: str, blocks: list[str], link: str | None) -> Reason | None:
    """What shows that the text goes on elsewhere."""
    last = blocks[-1][-TAIL_LETTERS:]
    if _OPEN_TAG.search(markup):
        return "cut_markup"
    if any(_PAYWALL.search(block[-TAIL_LETTERS:]) for block in blocks[-2:]):
        return "paywall"
    short = _words(blocks[-1]) <= _SHORT_END
    if _MORE_AT_END.search(last) or (short and _MORE_AT_START.match(last)):
        return "more_link"
    if _ELLIPSIS.search(last) or (short and len(blocks) > 1 and _ELLIPSIS.search(blocks[-2][-TAIL_LETTERS:])):
        return "ellipsis"
    return "more_link" if link and _ends_with_link(markup, link) else None


def _ends_with_link(markup: str, link: str) -> bool:
    """Whether the last link leads to the article itself, and is the last that the text says."""
    match = _LAST_LINK.search(markup[-2000:])
    if not match or normal_url(html.unescape(match[1])) != normal_url(link):
        return False
    inside, _, after = match[2].partition("</a")
    return len(plain_text(inside).split()) <= _SHORT_END and len(plain_text(f"<a{after}").split()) <= 3


def _too_little(words: int, paragraphs: int) -> Reason | None:
    if words < MIN_WORDS:
        return "short"
    return "few_paragraphs" if paragraphs < MIN_PARAGRAPHS else None


def _open_end(blocks: list[str]) -> Reason | None:
    """Whether the last sentence has no end; up to two short lines may stand below it (a credit, initials, a place)."""
    ends = blocks[-3:]
    while len(ends) > 1 and _words(ends[-1]) < PARAGRAPH_WORDS and not _is_ended(ends[-1]):
        ends.pop()
    return None if _is_ended(ends[-1]) else "open_end"


def _is_ended(block: str) -> bool:
    """Whether it ends as sentences do, or in brackets: "(Reporting by Jo Doe)"."""
    return block.rstrip().endswith((")", "]", "）")) or bool(_FINAL.search(block.rstrip(_CLOSERS)))
