"""What a person says of a coded event: that it is right, or which of its parts are wrong and what would be right."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Part = Literal["event", "type", "mode", "actor", "recipient", "place", "date", "toll", "truth"]
Verdict = Literal["right", "wrong", "withdrawn"]
Standing = Literal["still right", "now right", "still wrong", "changed", "gone", "text gone"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """One judgement of one event mention, as it was coded then; the last one of a mention counts.

    `coded` is what the labeller saw, by part; several parties stand with "; " between them, nothing is "". `wrong`
    names the parts that are not so ("event": there is none), `should_be` what is right instead, where that was said;
    every other part is held to be right. The sentence and the trigger's place in it find the coding again when another
    version of the coder gives it another id. `drawn_from` is how many event mentions of its type and tagger there were
    when `dateline review` drew this one by chance; None: it was reported because somebody saw it.
    """

    label_id: str
    labelled_at: datetime
    labelled_by: str
    verdict: Verdict
    wrong: tuple[Part, ...]
    should_be: Mapping[str, str]
    note: str | None
    event_mention_id: str
    article_id: str
    event_type: str
    tagger: str
    coded: Mapping[str, str]
    sentence_text: str
    trigger_start: int  # code points from the beginning of the sentence
    trigger_text: str
    drawn_from: int | None

    @property
    def key(self) -> tuple[str, str]:
        """What is judged: a coding, by one version of the coder. Its last label counts."""
        return self.event_mention_id, self.tagger

    @property
    def trigger_end(self) -> int:
        """Exclusive, as `trigger_start`."""
        return self.trigger_start + len(self.trigger_text)
