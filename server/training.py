"""Training from the command line: the readings of the installation flow in; a kept reader and its figures flow out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from rag.embedders import open_sentences
from rag.grammar.places import read_regions
from rag.reading.figures import Figures, figures, labelled
from rag.reading.kept import READINGS, keep, learned
from rag.reading.rows import HELD, read_rows
from rag.settings import INSTALLATION, Settings
from server.desk import embedder_of

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Trained:
    """The files that the model was written to, and what it makes of the readings held out."""

    files: tuple[Path, ...]
    figures: Figures


def train(settings: Settings, progress: Progress | None = None) -> Trained:
    """Learn, keep and measure. Raises ReadingsError or ModelUnavailable; an index is not needed."""
    held = read_rows(READINGS, (HELD,))
    sentences = open_sentences(embedder_of(settings), settings.data_dir)
    model = learned(settings.data_dir, sentences, progress)
    gazetteer = read_regions(INSTALLATION / "corpus" / "regions.yaml")
    found = figures(labelled(held, model, sentences, gazetteer), gazetteer)
    return Trained(keep(model, settings.data_dir), found)
