"""From words to bounds: the numbers that a text writes in digits or words. Strings only, no parser.

| text | low | high |
|---|---|---|
| 12, twelve, a dozen, 12,000, 12 000, 1.5 million, $3.2bn, two and a half million | the number | the same |
| at least 12, more than 12, 12 or more (a bound is kept: 12, not 13) | 12 | none |
| up to 12, at most 12, fewer than 12 | 0 | 12 |
| about 12, nearly 12, some 12, 12 or so | 12 | 12 |
| between 10 and 20, 10-20, 10 to 20, 10 or 20 | 10 | 20 |
| 10 to 15 million | 10 million | 15 million |
| a couple; several, a few | 2; 3 | 2; none |
| dozens, scores, hundreds, tens of thousands | 24, 40, 200, 20000 | none |
| a third of, two-thirds, one in five (shares of one) | 1/3, 2/3, 1/5 | the same |

Ordinals in words ("the third day") are no numbers. Which words bound, multiply or are vague: `lexicon/numbers.toml`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

UNITS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
ONES = {word: n for n, word in enumerate(UNITS)}
TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
WORD = re.compile(r"\w+|[$€£¥₹₺₽₴₩₪]")
SIGN = r"(?:(?:US|A|C|HK|NZ|S)?\$|[€£¥₹₺₽₴₩₪])\s?"
DIGITS = (
    r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\d,]\d)"  # 12,000
    r"|\d{1,2}(?:,\d{2})+,\d{3}(?!\d)"  # 1,50,000
    r"|\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?![\d.,]?\d)"  # 12 000
    r"|\d{1,4},\d{1,2}(?=\s?(?:million|billion))"  # 1,5 million
    r"|\d+(?:\.\d+)?(?!\d|[.:/]\d)"
)
# "the second half of the match" is no share.
ORDERED = frozenset({"first", "second", "third", "fourth", "latter", "other", "last", "next", "better"})
NOT_HALVED = ORDERED | {"northern", "southern", "eastern", "western", "upper", "lower", "top", "bottom"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Numeral:
    """A number with its bounds, and where it stands. `share` numbers are parts of one; `sign` is "$" of "$40"."""

    start: int
    end: int
    text: str
    low: float | None
    high: float | None
    exact: bool = True  # a number proper, not "several" or "dozens"
    digits: bool = False
    share: bool = False
    sign: str | None = None
    scale: float = 1.0


@dataclass(frozen=True, slots=True)
class _Rules:
    table: Mapping[str, Any]
    atom: re.Pattern[str]
    before: re.Pattern[str]
    behind: re.Pattern[str]
    join: re.Pattern[str]
    starts: frozenset[str]  # first words of numbers, and signs


def _any(words: Iterable[str]) -> str:
    """Alternatives, the longest first; a space stands for any white space."""
    return "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in sorted(words, key=len, reverse=True))


@cache
def _rules() -> _Rules:
    table = tomllib.loads((files("pipeline.tag") / "lexicon" / "numbers.toml").read_text(encoding="utf-8"))
    before = _any([*table["at_least"], *table["at_most"], *table["about"]])
    behind = _any([*table["at_least_behind"], *table["at_most_behind"], *table["about_behind"]])
    return _Rules(
        table,
        re.compile(_atom(table), re.IGNORECASE),
        re.compile(rf"(?<![\w-])({before})(?:\s+(?:a|the))?\s+\Z", re.IGNORECASE),
        re.compile(rf"(?:\s+|-|(?=\+))({behind})(?!\w)", re.IGNORECASE),
        re.compile(r"\s*[-–—]\s*|\s+(?:to|or|and)\s+", re.IGNORECASE),
        _starts(table),
    )


def _starts(table: Mapping[str, Any]) -> frozenset[str]:
    phrases = (*ONES, *TENS, *table["scales"], *table["plurals"], *table["vague"], *table["exact"], "a", "an", "half")
    return frozenset(p.split()[0] for p in phrases) | frozenset("$€£¥₹₺₽₴₩₪") | {"us", "c", "hk", "nz", "s"}


def _atom(table: Mapping[str, Any]) -> str:
    """The pattern of one number without bounds."""
    ones, tens = _any(ONES), _any(TENS)
    small = rf"(?:(?:{tens})(?:[\s-](?:{_any(list(ONES)[1:10])}))?|{ones})(?![\w])"
    hundred = rf"(?:(?:an?|{small})[\s-])?hundred(?:\s+(?:and\s+)?{small})?(?!\w)"
    below = rf"(?:{hundred}|{small})"
    short = _any(s for s in table["scales"] if len(s) < 3)  # bn, k: behind digits only
    scale = rf"(?:{_any(s for s in table['scales'] if s != 'hundred' and len(s) > 2)})"
    half = r"(?:\s+and\s+a\s+half)?"
    lead = rf"(?:(?:half[\s-]an?|half|an?|{below}{half})[\s-]|(?:{DIGITS})(?:\s+hundred\s|[\s-]?))"
    more = rf"(?:\s+(?:{below}[\s-]{scale}(?!\w)|(?:and\s+)?{below}))*"
    big = rf"(?:{lead}?{scale}(?!\w){more}|(?:{DIGITS})\s?(?:{short})(?!\w))"
    plural = _any(table["plurals"])
    vague = rf"(?:{_any([*table['vague'], *table['exact']])})"
    counted = _any([*ONES, "a"])
    share = rf"(?:(?:{counted})[\s-](?:{_any(s for s in table['shares'] if s != 'half')})s?(?!\w)"
    return (
        r"(?<!\w)(?<![A-Za-z][-/.])(?<!\d[.,:/])(?<![.#])"
        rf"(?:(?P<ratio>(?:{ones}|\d+)\s+(?:in|out\s+of)(?:\s+every)?\s+(?:{tens}|{ones}|\d+)(?!\w)(?!\s+(?:million|thousand)))"
        rf"|(?P<share>{share}|half(?=\s+(?:of|the|its|their|his|her|all|those)\b)))"
        rf"|(?P<plural>(?!tens\b(?!\s+of))(?:{plural})(?:\s+of\s+(?:{plural}))*(?!\w))"
        rf"|(?P<vague>{vague}(?:\s+(?:hundred|{scale})(?!\w)|(?!\w)))"
        rf"|(?P<sign>{SIGN})?(?P<value>{big}|(?:{DIGITS})[\s-]hundred(?!\w)|(?P<money>(?:{DIGITS})m(?!\w))"
        rf"|{below}(?:{half})|{DIGITS}))"
    )


def find_numerals(text: str) -> tuple[Numeral, ...]:
    """All numbers of a text with their bounds, in its order."""
    found: list[Numeral] = []
    for atom in _atoms(text):
        joined = _joined(text, found[-1], atom) if found else None
        if joined is not None:
            found[-1] = joined
        else:
            found.append(atom)
    return tuple(_bounded(text, n) for n in found if n.low is not None)


def read_numeral(text: str) -> Numeral | None:
    """The first number of a phrase; None where it has none."""
    return next(iter(find_numerals(text)), None)


def number(text: str) -> int | None:
    """The whole number that digits or words say: "1,200", "twenty-five", "1.5 million"; None where there is none."""
    first = next((a for a in _atoms(text) if a.exact and a.low is not None), None)
    return None if first is None or first.low is None else round(first.low)


def _atoms(text: str) -> Iterator[Numeral]:
    """Numbers without their bounds."""
    rules, end = _rules(), 0
    for word in WORD.finditer(text):
        # One look-up a word before the large pattern: four times faster than the pattern alone.
        if word.start() < end or not (word.group()[0].isdigit() or word.group().lower() in rules.starts):
            continue
        match = rules.atom.match(text, word.start())
        if match is not None:
            end = match.end()
            atom = _read(text, match)
            if atom is not None:
                yield atom


def _read(text: str, match: re.Match[str]) -> Numeral | None:
    start, end, said = match.start(), match.end(), match.group().lower()
    base = Numeral(start=start, end=end, text=match.group(), low=None, high=None)
    if match["ratio"] is not None:
        one, all_ = re.split(r"\s+(?:in|out\s+of)(?:\s+every)?\s+", said)
        low = _whole(one) / (_whole(all_) or 1)
        return replace(base, low=low, high=low, share=True) if 0 < low < 1 else None
    if match["share"] is not None:
        return _share(text, base, said)
    if match["plural"] is not None:
        return replace(base, low=_plural(said), exact=False)
    if match["vague"] is not None:
        return _vague(base, said)
    sign = match["sign"].strip() if match["sign"] else None
    if (
        match["money"] is not None
        and sign is None
        and not re.match(r"\s+[a-z]*(?:s|people|men|women|children)\b", text[end:])
    ):
        said, base = said[:-1], replace(base, end=end - 1, text=match.group()[:-1])  # "5m" alone is metres
        value = _whole(said)
    else:
        value = _whole((match["value"] or "").lower())
    scale = next((s for w, s in _rules().table["scales"].items() if re.search(rf"(?:\d|\b){w}\Z", said)), 1.0)
    scale = 1e6 if base.text == match.group() and match["money"] else scale
    return replace(base, low=value, high=value, sign=sign, scale=float(scale), digits=said[-1:].isdigit())


def _share(text: str, base: Numeral, said: str) -> Numeral | None:
    before = re.search(r"(\w+)\W*\Z", text[max(base.start - 20, 0) : base.start])
    if before is not None and before[1].lower() in NOT_HALVED:
        return None
    parts = re.split(r"[\s-]+", said)
    plural = parts[-1].endswith("s")
    name = parts[-1].removesuffix("s") if plural else parts[-1]
    times = 1 if len(parts) == 1 or parts[0] == "a" else ONES[parts[0]]
    follows = re.match(r"\s+of\b(?!\s+(?:1|2)\d{3})", text[base.end :])
    if len(parts) > 1 and not follows and times == 1 and not re.match(r"\s+(?:the|its|their)\b", text[base.end :]):
        return None
    low = times / _rules().table["shares"][name]
    return replace(base, low=low, high=low, share=True)


def _plural(said: str) -> float:
    """ "tens of thousands" is 20 times 1,000."""
    first, *rest = re.split(r"\s+of\s+", said)
    table = _rules().table["plurals"]
    value = float(table[first])
    for word in rest:
        value *= table[word] / 2
    return value


def _vague(base: Numeral, said: str) -> Numeral:
    table = _rules().table
    words = " ".join(said.split())
    names = sorted({**table["vague"], **table["exact"]}, key=len, reverse=True)
    name = next(n for n in names if words.startswith(n))
    rest = words[len(name) :].strip()
    factor = float(table["scales"].get(rest, 1))
    low = factor * {**table["vague"], **table["exact"]}[name]
    return replace(base, low=low, high=low if name in table["exact"] else None, exact=False, scale=factor)


def _whole(said: str) -> float:
    """The value of one number in digits and words: "two and a half million", "a hundred and five", "1.5 million"."""
    said = re.sub(r"(\d)([a-z]+)\b", lambda m: f"{m[1]} {'million' if m[2] == 'm' else m[2]}", said.lower())
    said = re.sub(r"(?<=\d)[ \u00a0\u202f](?=\d{3})", "", said)
    said = re.sub(r"(?<![\d,])(\d{1,4}),(\d{1,2})(?![\d,])", r"\1.\2", said)
    scales = _rules().table["scales"]
    total, current, seen = 0.0, 0.0, False
    for word in re.split(r"[\s-]+", said.replace("and a half", "and-half")):
        if word in ONES or word in TENS:
            current, seen = current + ONES.get(word, TENS.get(word, 0)), True
        elif word[:1].isdigit():
            current, seen = current + float(word.replace(",", "")), True
        elif word == "half":
            current, seen = current + 0.5, True
        elif word in scales:
            current = (current if seen else 1.0) * scales[word]
            seen = True
            if scales[word] >= 1_000:
                total, current, seen = total + current, 0.0, False
    return total + current


def _joined(text: str, first: Numeral, second: Numeral) -> Numeral | None:
    """A range of two numbers; a Numeral without bounds for what only looks like one (a score of 3-1); None for two."""
    between = text[first.end : second.start]
    if not _rules().join.fullmatch(between) or first.low is None or first.low != first.high or second.low is None:
        return None
    if not (first.exact and second.exact) or first.share != second.share:
        return None
    before = text[max(first.start - 10, 0) : first.start].lower()
    if re.search(r"\bfrom\s+\Z", before) or ("and" in between.lower() and not re.search(r"\bbetween\s+\Z", before)):
        return None
    if first.sign and second.sign and _has_moved(text, first.start):
        return None
    low = first.low
    if second.scale > 1 and first.scale == 1 and low * second.scale < second.low:
        low *= second.scale
    start = first.start - (len(before) - before.rindex("between")) if "and" in between.lower() else first.start
    joined = replace(second, start=start, text=text[start : second.end], low=low, high=second.low)
    joined = replace(joined, sign=first.sign or second.sign)
    return joined if low < second.low else replace(joined, low=None, high=None)


def _has_moved(text: str, start: int) -> bool:
    before = re.search(r"(\w+)\s+\Z", text[max(start - 15, 0) : start].lower())
    return before is not None and before[1] in _rules().table["moved"]["verbs"]


def _bounded(text: str, numeral: Numeral) -> Numeral:
    """With the words that bound it, before and behind."""
    rules = _rules()
    start, end, low, high = numeral.start, numeral.end, numeral.low, numeral.high
    before = rules.before.search(text, max(start - 30, 0), start)
    if before is not None:
        words = " ".join(before[1].lower().split())
        start = before.start()
        low, high = _bounds(low, high, words in rules.table["at_least"], words in rules.table["at_most"])
    behind = rules.behind.match(text, end)
    if behind is not None:
        words = " ".join(behind[1].lower().split())
        end = behind.end()
        low, high = _bounds(low, high, words in rules.table["at_least_behind"], words in rules.table["at_most_behind"])
    return replace(numeral, start=start, end=end, text=text[start:end], low=low, high=high)


def _bounds(low: float | None, high: float | None, at_least: bool, at_most: bool) -> tuple[float | None, float | None]:
    if at_least:
        return low, None
    if at_most:
        return 0.0, high if high is not None else low
    return low, high
