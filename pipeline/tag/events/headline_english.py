"""Headline English in the words of a sentence, so that parser and rules read it as they read a text.

"Kenya, Chad to withdraw troops; 12 dead" → "Kenya and Chad will withdraw troops. 12 killed". Offsets are not kept.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files

from spacy.language import Language
from spacy.tokens import Doc, Token

MOST_CHARACTERS = 300  # more is no headline but a text that stands in its place
LONGEST_SMALL = 4  # letters of the words that headlines in capitals may have in small letters: "with", "over"
FINITE = frozenset({"VBZ", "VBP", "VBD", "MD"})
HEADLINE_TENSES = frozenset({"VBZ", "VBP", "VB"})
BREAKS = frozenset({",", ";", "–", "—"})
VERBAL = frozenset({"VERB", "AUX"})
LETTERS = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
QUOTED = re.compile(r"""(?:^|(?<=[\s(]))(["“]|['‘])(?=\S)(.+?)(?<=\S)(["”]|['’])(?=$|[\s.,:;!?)])""")
YEAR = re.compile(r"(?:19|20)\d\d")


@cache
def _words() -> dict[str, frozenset[str]]:
    text = (files("pipeline.tag") / "lexicon" / "headlines.toml").read_text("utf-8")
    return {name: frozenset(words) for name, words in tomllib.loads(text).items()}


@cache
def _label() -> re.Pattern[str]:
    return re.compile(rf"^(?:(?:{'|'.join(sorted(_words()['labels']))})\s*[:|–—-]\s*)+", re.IGNORECASE)


@cache
def _dead() -> re.Pattern[str]:
    counts = "|".join(sorted(_words()["counts"]))
    return re.compile(rf"\b((?:\d[\d,.]*|{counts})(?: people| others)?) (?:are |feared )?(?:dead|die)\b", re.IGNORECASE)


def plain_words(title: str, text: str) -> str | None:
    """The headline without labels, capitals and what is quoted; None where it tells nothing: a question, no words.

    `text` is the article's own: it tells names from other words where all of a headline stands in capitals.
    """
    words = _without_quotations(_label().sub("", " ".join(title[:MOST_CHARACTERS].split())))
    if words.endswith("?") or not LETTERS.search(words):
        return None
    return _dead().sub(r"\1 killed", _in_plain_case(words, text))


def told_sentence(headline: Doc, nlp: Language) -> Doc:
    """A parsed headline as a sentence in the past tense; parsed again where words were missing."""
    doc = _with_verb(headline, nlp)
    if (spoken := "".join(_spoken(doc))) != doc.text:
        doc = nlp(spoken)
    _put_in_past(doc)
    return doc


def is_doubtful(doc: Doc) -> bool:
    """Does the headline tell of what may be, and not of what was?"""
    return any(t.lower_ in _words()["doubts"] for t in doc)


def _without_quotations(words: str) -> str:
    """ "Army 'kills 20' in Karo" claims what it marks; what somebody says in quotation marks is left out."""

    def kept(found: re.Match[str]) -> str:
        return "" if _is_speech(words[: found.start()].strip(), found[2], words[found.end() :].strip()) else found[2]

    return QUOTED.sub(kept, words).strip(" ,:")


def _is_speech(before: str, quoted: str, after: str) -> bool:
    said = _words()["said"]
    if before:
        return before.endswith(":") or before.rpartition(" ")[2].lower() in said
    return quoted.endswith((",", ".", "!", "?")) or after[:1] in {",", ":", ""} or after.split()[0].lower() in said


def _in_plain_case(words: str, text: str) -> str:
    """A headline in capitals with each word as the text has it, else in small letters."""
    found = [w for w in LETTERS.findall(words)[1:] if len(w) > LONGEST_SMALL]
    if len(found) < 2 or not all(w[0].isupper() for w in found):
        return words
    inside = Counter(m[0] for m in re.finditer(rf"(?<=[\w,;] ){LETTERS.pattern}", text))
    forms: dict[str, str] = {}
    for form, _ in inside.most_common():
        forms.setdefault(form.lower(), form)
    plain = LETTERS.sub(lambda m: forms.get(m[0].lower(), m[0].lower()), words)
    return plain[:1].upper() + plain[1:]


def _with_verb(doc: Doc, nlp: Language) -> Doc:
    """ "Canada sanctions firm" is read as nouns alone: "also" before the second shows that it is a verb."""
    if _verbs(doc):
        return doc
    for token in doc[1:-1]:
        before, after = token.nbor(-1), token.nbor()
        agrees = (token.tag_, before.tag_) in {("NNS", "NN"), ("NNS", "NNP"), ("NN", "NNS"), ("NNP", "NNS")}
        if agrees and after.pos_ not in {"ADP", "PUNCT"}:
            told = nlp(f"{doc[: token.i].text} also {doc[token.i :].text}")
            if told[token.i + 1].pos_ == "VERB":
                return told
    return doc


def _spoken(doc: Doc) -> Iterator[str]:
    """The words with what headlines leave out: "and", "will" before what is to come, "was", full stops, "people"."""
    for token in doc:
        said = token.text
        if said == ";" or (said in BREAKS and _parts_sentences(token)):
            said = "."
        elif said == "," and _joins(token):
            said = " and"
        elif token.lower_ == "to" and _is_to_come(token):
            said = "will"
        elif _is_bare_number(token):
            said = f"{said} people"
        elif _is_passive(token):
            said = f"was {said}"
        yield said + token.whitespace_


def _clause(token: Token, step: int) -> list[Token]:
    """The words before (step -1) or behind (1) a token, up to the next break."""
    found: list[Token] = []
    index = token.i + step
    while 0 <= index < len(token.doc) and token.doc[index].text not in BREAKS:
        found.append(token.doc[index])
        index += step
    return found


def _verbs(tokens: Iterable[Token]) -> list[Token]:
    return [t for t in tokens if t.pos_ in VERBAL]


def _only_says(verbs: Iterable[Token]) -> bool:
    return any(t.lemma_.lower() in _words()["saying"] for t in verbs)


def _is_to_come(token: Token) -> bool:
    """ "President to visit Karo": an infinitive without a verb before it, nor a finite one behind."""
    if token.i + 1 >= len(token.doc) or token.nbor().tag_ != "VB":
        return False
    before, after = _clause(token, -1), _clause(token, 1)
    return bool(before) and not _verbs(before) and not any(t.tag_ in FINITE for t in after)


def _joins(comma: Token) -> bool:
    """The one comma of "Government, rebels begin talks" or "Blast kills 12, wounds nine", not of "…, police say"."""
    others = any(t.text == "," for t in comma.doc if t.i != comma.i)
    after = _clause(comma, 1)
    return (
        not others and bool(after) and after[0].pos_ not in {"ADP", "SCONJ", "PRON"} and not _only_says(_verbs(after))
    )


def _parts_sentences(mark: Token) -> bool:
    """ "Kenya pulls out, Chad to follow": a verb on either side with a doer of its own, neither only saying."""
    before, after = _clause(mark, -1), _clause(mark, 1)
    if not after or after[0].pos_ not in {"NOUN", "PROPN", "NUM", "ADJ", "DET"}:
        return False
    verbs = _verbs(before), _verbs(after)
    return all(verbs) and not any(map(_only_says, verbs))


def _is_bare_number(token: Token) -> bool:
    """ "Police arrest 9 over fire", "kills 12 in Karo": people are meant; not "in 2014", "$20", "9 students"."""
    if token.tag_ != "CD" or not token.i or YEAR.fullmatch(token.text) or token.nbor(-1).pos_ in {"ADP", "SYM"}:
        return False
    following = token.nbor() if token.i + 1 < len(token.doc) else None
    return following is None or following.text in BREAKS or following.pos_ in {"ADP", "CCONJ", "SCONJ"}


def _is_passive(token: Token) -> bool:
    """ "Priest abducted in Kaduna": the past of a headline is told in the present, so this is what was done to him."""
    if token.pos_ != "VERB" or token.tag_ not in {"VBN", "VBD"}:
        return False
    before = _clause(token, -1)
    if not before or before[0].pos_ not in {"NOUN", "PROPN", "NUM"} or all(t.pos_ == "NUM" for t in before):
        return False  # "12 killed" is read as it stands
    if token.lemma_.lower() in _words()["intransitive"] | _words()["saying"]:
        return False
    held = {c.dep_ for c in token.children}
    return token.dep_ in {"ROOT", "acl", "conj"} and not held & {"aux", "auxpass", "dobj", "ccomp", "xcomp", "agent"}


def _put_in_past(doc: Doc) -> None:
    """The present of a headline tells what has happened: "Gunmen kill mayor"."""
    for token in doc:
        aided = any(c.dep_ in {"aux", "auxpass"} for c in token.children)
        if (
            token.pos_ == "VERB"
            and token.tag_ in HEADLINE_TENSES
            and not aided
            and token.dep_ not in {"xcomp", "ccomp"}
        ):
            token.tag_ = "VBD"
