"""What the agency formats (NewsML-G2, NITF, ninjs) share: IPTC subject codes, bylines, parts that are not read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

# IPTC's media topics and subject codes are eight digits: "medtop:20000139", "subj:03000000", "03000000",
# "http://cv.iptc.org/newscodes/mediatopic/20000139"; agencies put their own word before them ("sttsubj:11002000").
_IPTC = re.compile(r"(?:.*(?:subj|medtop|mediatopic)[^:/]*[:/])?\d{8}", re.IGNORECASE)
# "By Jo Doe" in the languages of the wires; German "Von" stays: it may be part of the name.
_BY = re.compile(
    r"(?:by|par|por|av|af|door)\s*:?\s+"  # en By Jo Doe, fr Par Jo Doe, es/pt Por Jo Doe, sv/no Av, da Af, nl Door
    r"|(?:autor(?:in|/in)?|text|reporting by)\s*:\s*",  # de Autorin: Jo Doe
    re.IGNORECASE,
)


def iptc_codes(written: Iterable[str]) -> tuple[str, ...]:
    """Those of the codes that are IPTC's, as written, each once."""
    return tuple(dict.fromkeys(code for text in written if _IPTC.fullmatch(code := text.strip())))


def without_by(byline: str) -> str:
    """“By Jo Doe” → “Jo Doe”.

    >>> without_by("Par Jo Doe, AFP"), without_by("Von Holm"), without_by("Byron Doe")
    ('Jo Doe, AFP', 'Von Holm', 'Byron Doe')
    """
    text = byline.strip()
    by = _BY.match(text)
    return text[by.end() :] if by else text


@dataclass(frozen=True, slots=True)
class Unread:
    """Counts what a document holds and we do not read; the first sample of its kind is shown."""

    counts: Counter[str] = field(default_factory=Counter)
    samples: dict[str, str] = field(default_factory=dict)

    def note(self, kind: str, sample: str) -> None:
        """Count one part of this kind."""
        self.counts[kind] += 1
        self.samples.setdefault(kind, " ".join(sample.split())[:60])

    def problems(self) -> tuple[str, ...]:
        """One line a kind."""
        return tuple(f"{count} × {kind}: {self.samples[kind]!r}" for kind, count in self.counts.items())
