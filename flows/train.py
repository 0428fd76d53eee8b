"""`dateline train`: the learned coder anew, with labels of the operator's own."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from flows.visible import say
from pipeline.errors import ConfigError
from pipeline.settings import load_settings

app = typer.Typer()


@app.command()
def train(
    out: Annotated[Path, typer.Argument(help="Folder to write; DATELINE_EVENT_MODEL then names it.")],
    labels: Annotated[
        list[Path] | None,
        typer.Option("--labels", metavar="FILE", help="Your own sentences with their events, JSON Lines (repeatable)."),
    ] = None,
    epochs: Annotated[int, typer.Option(min=1, help="Passes over the sentences, three minutes of one core each.")] = 14,
    seed: Annotated[int, typer.Option(help="Another one gives another model, about as good.")] = 0,
) -> None:
    """Train the learned coder, with sentences of your own.

    Needs the extra `train`: pip install 'dateline[train]'.
    """
    try:
        from pipeline.tag.training import fit
    except ImportError as error:
        raise ConfigError(
            "dateline train", f"{error.name or error} is not installed", "pip install 'dateline[train]'"
        ) from error
    from pipeline.tag import Options, open_tagger
    from pipeline.tag.training.corpus import read_corpus
    from pipeline.tag.training.measure import found_in

    settings = load_settings()
    for line in fit.train(settings.gazetteer, out, fit.Plan(epochs=epochs, seed=seed), own=labels or ()):
        say(line)
    kept = [s for s in read_corpus() if s.is_test]
    own = [s for s in read_corpus(labels) if s.is_test] if labels else []
    for name, folder in (("shipped", None), (str(out), out)):
        tagger = open_tagger(
            Options(model=settings.spacy_model, gazetteer=settings.gazetteer, coder="both", learned=folder)
        )
        for sentences, of in ((kept, "shipped"), (own, "your own")):
            if sentences:
                found = found_in(tagger, sentences)
                figures = f"precision {found.precision:.3f}, recall {found.recall:.3f}, F1 {found.f1:.3f}"
                say(f"{name}, {len(sentences)} {of} sentences kept for testing: {figures}")
