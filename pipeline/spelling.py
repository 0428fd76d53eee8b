"""How names are compared: their normal form, and which spellings are transliterations of one name.

The rules and word families are `spelling.toml`. No edit distance: it finds Hamas as near to Hamad as Hashed to Hashd.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

_QUOTES = "'’‘`´ʻʼʾʿʹ′\"“”.׳״\u0640\u200d\u200e\u200f"  # with tatweel and marks of direction: never said
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "ə": "a", "ǝ": "a"}
    | {
        "\u0671": "ا",
        "ى": "ي",
        "ی": "ي",
        "ک": "ك",
        "ة": "ه",
        "ۀ": "ه",
        "ھ": "ه",
        "ہ": "ه",
        "ە": "ه",
    }  # Persian, Urdu too
    | dict.fromkeys(_QUOTES)
)
_ASCII = str.maketrans(
    {chr(code): " " for code in range(128) if not chr(code).isalnum()}
    | {chr(code): chr(code + 32) for code in range(65, 91)}
    | dict.fromkeys("'`\".")
)
# Accents; Hebrew points; Arabic vowel signs, and the hamza that decomposition takes from its letter; nuktas.
_MARKS = re.compile("[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670\u06d6-\u06ed\u093c\u09bc\u0a3c]")
# Vowel signs of South and South-East Asian scripts are no letters to `\w`, and break no word.
_BREAKS = re.compile(r"(?:[^\w\u0900-\u0963\u0966-\u109f\u1780-\u17d3\u3099\u309a]|_)+")
_COMPOSED = re.compile("[\u1100-\u11ff\u3099\u309a]")
_SHORT = {"st": "saint", "ste": "sainte", "ft": "fort", "mt": "mount"}


def folded(text: str) -> str:
    """For comparing: compatibility forms and case folded, only word characters, single blanks."""
    return " ".join(re.findall(r"\w+", unicodedata.normalize("NFKC", text).casefold()))


def normal_name(name: str) -> str:
    """How names are compared: lower case, no accents, quotes or dots; hyphens are spaces; "St" is "saint".

    Every script: Arabic without vowel signs, its forms of alef, yeh and heh as one; Hebrew without points.

    >>> normal_name("Al-Qa’im"), normal_name("St. Louis"), normal_name("Łódź"), normal_name("الرُّمَادِي")
    ('al qaim', 'saint louis', 'lodz', 'الرمادي')
    """
    if name.isascii():
        if name.isalpha():
            return _SHORT.get(word := name.lower(), word)
        words = name.translate(_ASCII).split()
    else:
        plain = unicodedata.normalize("NFKD", name.replace("´", "")).casefold()  # ´ would leave a space
        plain = unicodedata.normalize("NFKD", plain)  # "ℨ" is Z first, and "ΐ" comes apart only in lower case
        plain = _MARKS.sub("", plain).translate(_LETTERS)
        if plain.isascii() and plain.isalpha():
            return _SHORT.get(plain, plain)
        if _COMPOSED.search(plain):
            plain = unicodedata.normalize("NFC", plain)  # Hangul and kana again in whole letters
        words = _BREAKS.sub(" ", plain).split()
    if not _SHORT.keys().isdisjoint(words):
        words = [_SHORT.get(word, word) for word in words]
    return " ".join(words)


SAME, SPELLED, NEAR, APART = 1.0, 0.95, 0.9, 0.0  # degrees of `similar`
READ_BY_LETTERS = 5  # letters; below, a vowel makes another name: Kim Yo Jong, Kim Yu Jong

_HYPHENED = re.compile(r"\b(?:[Aa]l|[Ee]l|[AaEe](?:[dnrstz]|sh|th))[-‐‑]['’ʿ]?(?=\w)")  # al-Sadr, ash-Shaabi
_DOTTED = re.compile(r"\b([A-Z])\.")
_ASSIMILATED = re.compile(r"^e([zsdtnr])(?=\1\w{2})")  # Ezzor is ez-Zor: of five letters and more
_FAITH = re.compile(r"^(.{3,}?)[aeu]+dd?(?:i|ee|e|y)ne?$")  # Salaheddin, Salahuddin: Salah al-Din
_OF_FAITH = re.compile(r"^(?:[aeu]l?d?)?d(?:i|ee)ne?$")  # Salah Eddine
_SERVANT = re.compile(r"^abd[aeiou]?[lrsnztd]?(?=\w{4})")  # Abdulrahman, Abdelaziz
_VOWELS = re.compile("[aeiou]+")
_DOUBLED = re.compile(r"(\w)\1+")


@dataclass(frozen=True, slots=True)
class Rules:
    """`spelling.toml`, read."""

    family: dict[str, str]  # word → the first of its family
    letters: tuple[tuple[re.Pattern[str], str], ...]
    titles: frozenset[str]
    legal: dict[str, str]
    abd: frozenset[str]
    abu: frozenset[str]
    son: frozenset[str]
    articles: frozenset[str]
    small: frozenset[str]


@dataclass(frozen=True, slots=True)
class Spelling:
    """A name taken apart: the words that it is compared by, and what may be there or not."""

    normal: str
    words: tuple[str, ...]
    initials: str = ""  # of middle names: "hw" of George H. W. Bush
    legal: str = ""  # what a company is in law
    article: bool = False  # begins with al-, el-


@lru_cache(maxsize=65536)  # asked of each name of a batch several times
def skeleton(name: str, kind: str = "PERSON") -> str:
    """The consonants of a name: equal for names that `similar` may find alike. Of people the first and last word.

    >>> skeleton("Hussein al-Houthi"), skeleton("Husayn el-Huthi"), skeleton("George H. W. Bush")
    ('hsn hth', 'hsn hth', 'grg bsh')
    """
    words = take_apart(name, kind).words
    if kind == "PERSON" and len(words) > 2:
        words = (words[0], words[-1])
    return " ".join(_consonants(word) for word in words)


def similar(a: str, b: str, kind: str = "PERSON") -> float:
    """How surely two names of one kind (PERSON, ORG, PLACE …) are spellings of one: 0 is apart, never "a little".

    1: equal but for case, accents, hyphens. 0.95: by word families and letters, with or without middle initials,
    titles, "the", Ltd. 0.9: one word of a person's name differs in its vowels, and another is of a family. A name of
    one word is alike only when it is the same: Hamas is not Hamad, Niger is not Nigeria.

    >>> similar("Muammar Gaddafi", "Moammar al-Qadhafi"), similar("Kim Jong Un", "Kim Jong Il")
    (0.95, 0.0)
    """
    one, other = take_apart(a, kind), take_apart(b, kind)
    if one.normal == other.normal:
        return SAME
    if not _may_join(one, other) or (len(one.words) == 1 and not _same_single(one, other, kind)):
        return APART
    if len(one.words) != len(other.words):
        return SPELLED if _spells_out(one, other) or _spells_out(other, one) else APART
    unlike = [(x, y) for x, y in zip(one.words, other.words, strict=True) if fold(x) != fold(y)]
    if not unlike:
        return SPELLED
    known = any(word in rules().family for word in one.words)
    return NEAR if kind == "PERSON" and known and len(unlike) == 1 and _near(*unlike[0]) else APART


@lru_cache(maxsize=65536)
def take_apart(name: str, kind: str) -> Spelling:
    """The name's words, each in its normal form, without what does not tell it from others."""
    text = _DOTTED.sub(r"\1 ", name) if kind == "PERSON" else name
    bare = _HYPHENED.sub("", text)
    words = normal_name(bare).split()
    article = bare != text or bool(words and words[0] in rules().articles)
    words = _without_titles(words) if kind == "PERSON" else [w for w in words if w not in rules().small] or words
    words = _compounds(words)
    initials, legal = "", ""
    if kind == "PERSON" and len(words) > 2:
        initials = "".join(w for w in words[1:-1] if len(w) == 1 and w.isalpha())
        words = [words[0], *(w for w in words[1:-1] if len(w) > 1 or not w.isalpha()), words[-1]]
    elif kind == "ORG":
        while len(words) > 1 and words[-1] in rules().legal:
            legal = rules().legal[words.pop()]
        words.sort(key=lambda w: w == "ministry")  # the Ministry of Defence is the Defence Ministry
    return Spelling(" ".join(normal_name(text).split()), tuple(words), initials, legal, article)


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """A word (in normal form) as its family's first, or read by its letters when it has five or more."""
    if word in rules().family:
        return "=" + rules().family[word]
    if len(word) >= READ_BY_LETTERS:
        for pattern, by in rules().letters:
            word = pattern.sub(by, word)
    return word


def _without_titles(words: list[str]) -> list[str]:
    """Without the titles before a full name; before a single name they stay: Sheikh Hasina."""
    at = 0
    while len(words) - at > 2 and words[at] in rules().titles:
        at += 1
    return words[at:]


def _compounds(words: Sequence[str]) -> list[str]:
    """Arabic compounds in one form: abd, abu and bn by themselves, din by itself, no article."""
    r, found = rules(), []
    for at, word in enumerate(words):
        if word in r.articles and len(words) > 1:
            continue
        if word in r.family:
            found.append(word)
        elif word in r.abd:
            found.append("abd")
        elif word in r.abu and at < len(words) - 1:
            found.append("abu")
        elif at and word in r.son:
            found.append("bn")
        elif _SERVANT.match(word):
            found += ["abd", _SERVANT.sub("", word)]
        elif at and _OF_FAITH.match(word):
            found.append("din")
        elif match := _FAITH.match(word):
            found += [match[1], "din"]
        else:
            found.append(_ASSIMILATED.sub("", word) if at else word)
    return found


def _may_join(one: Spelling, other: Spelling) -> bool:
    """Whether nothing of what may be missing contradicts; figures and single letters are told apart elsewhere."""
    if one.initials and other.initials and one.initials != other.initials:
        return False
    return not (one.legal and other.legal and one.legal != other.legal)


def _same_single(one: Spelling, other: Spelling, kind: str) -> bool:
    """Of names of one word: the same but for Inc, or written otherwise by rule where both have an article."""
    if kind == "PERSON" or len(other.words) != 1:
        return False
    (word,), (second,) = one.words, other.words
    if word == second:
        return one.article == other.article
    return one.article == other.article and fold(word) == fold(second) and (one.article or word in rules().family)


def _spells_out(long: Spelling, short: Spelling) -> bool:
    """Whether `long` has the middle names of which `short` has the initials: John Fitzgerald, John F. Kennedy."""
    middle = "".join(word[0] for word in long.words[1:-1])
    if not short.initials or long.initials or len(short.words) != 2 or middle != short.initials:
        return False
    return fold(long.words[0]) == fold(short.words[0]) and fold(long.words[-1]) == fold(short.words[-1])


def _near(word: str, other: str) -> bool:
    """Whether two words outside of the families differ in their inner vowels only: Nasrollahi, Nasrallahi."""
    if word in rules().family or other in rules().family or min(len(word), len(other)) < READ_BY_LETTERS:
        return False
    a, b = fold(word), fold(other)
    if (a[-1] in "aiu" or b[-1] in "aiu") and a[-1] != b[-1]:
        return False
    same = _consonants(word) == _consonants(other) and len(_VOWELS.findall(a)) == len(_VOWELS.findall(b))
    return same and a[0] == b[0] and len(_consonants(word)) >= 3


@lru_cache(maxsize=65536)
def _consonants(word: str) -> str:
    """A word's consonants as its family writes them; the vowel stays where there is nothing else."""
    read = fold(word).removeprefix("=")
    return _DOUBLED.sub(r"\1", _VOWELS.sub("", read)) or read


@cache
def rules() -> Rules:
    """The rules of `spelling.toml`."""
    table = tomllib.loads((files("pipeline") / "spelling.toml").read_text("utf-8"))
    lists = {name: frozenset(table[name].split()) for name in ("titles", "abd", "abu", "son", "articles", "small")}
    return Rules(
        family={word: line.split()[0] for line in table["families"] for word in line.split()},
        letters=tuple((re.compile(pattern), by) for pattern, by, *_ in table["letters"]),
        legal={word: line.split()[0] for line in table["legal"] for word in line.split()},
        **lists,
    )
