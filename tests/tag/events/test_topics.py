"""Games, stories and old wars are no violence of today."""

from __future__ import annotations

from datetime import date

import pytest

from pipeline.records import Event
from pipeline.tag.dates.find import find_dates
from pipeline.tag.events.coder import code_events
from pipeline.tag.events.parsed import ParsedText
from pipeline.tag.events.triggers import load_lexicon
from pipeline.tag.models.spacy_model import load_model


def violence(text: str) -> list[Event]:
    doc, published = load_model()(text), date(2026, 3, 12)
    events = code_events(ParsedText(doc=doc, dates=find_dates(doc, published), published=published), load_lexicon())
    return [e for e in events if e.type == "ASSAULT" and (e.polarity, e.modality) == ("affirmed", "actual")]


@pytest.mark.parametrize(
    "text",
    [
        "The striker shot wide from ten yards and hit the post minutes later.",
        "The visitors were bowled out for 180 as the home attack struck early.",
        "The winger tortured the defence all night.",
        "In the novel, a bomb destroys the cathedral and its keeper is murdered.",
        "The film follows a captain who kills his brother in the last scene.",
        "Orsk United beat Varn Rovers 3-1 and stormed to the title.",
        "The general invaded the valley in 1812 and burned its capital.",
        "Wolves attacked a flock near the village and killed nine sheep.",
        "The hunter shot a bear near the village of Karo.",
    ],
)
def test_no_violence_of_today_is_seen(text: str) -> None:
    assert [e.rule for e in violence(text)] == []


@pytest.mark.parametrize(
    "text",
    [
        "Gunmen shot the striker dead near the stadium after the match.",
        "A bomb killed nine players of the football team on their bus.",
        "Police fired tear gas at fans after the final whistle of the match.",
        "Rebels attacked a museum and burned its paintings.",
        "Armed men attacked a convoy of the company. Its shares fell 3 percent and profits will suffer.",
        "Masked men attacked the audience of a theatre during a play. Two actors fled from the stage.",
        "Supporters beat the club's coach outside the stadium on Saturday, the league said.",
        "The army crossed the river on Monday. It destroyed several houses in the village.",
        "Sudan struck the port of Massawa on Monday. Prices rose, and firms said that costs would, too.",
    ],
)
def test_violence_beside_a_game_is_seen(text: str) -> None:
    assert violence(text) != []
