"""Equipping: contents flow in; they flow out with what answers questions about them: reader and prepared arrays."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from rag.answering.preparing import prepare
from rag.building import KEPT, Contents
from rag.embedders import open_sentences, open_words
from rag.kept import kept_vectors
from rag.lexicon import read_lexicon
from rag.ports import Embedder
from rag.reading.kept import reader_file
from rag.standing.editions import usable

Progress = Callable[[str, int, int], None]


def equipped(contents: Contents, data_dir: Path, embedder: Embedder, progress: Progress | None = None) -> Contents:
    """The contents with the model that reads questions, unless they have one, and what they are looked up in."""
    sentences = open_sentences(embedder, data_dir)
    reader = contents.reader_path or reader_file(data_dir, sentences, progress)
    sources = {document.source.id: document.source for document in contents.documents}
    programs = usable(contents.programs, sources.get)
    bodies = read_lexicon(contents.lexicon_path, contents.pack_path).organisations
    with kept_vectors(data_dir / KEPT, sentences) as kept:
        prepared = prepare(programs, bodies, open_words(embedder, data_dir), sentences, kept.embed)
    return replace(contents, reader_path=reader, prepared=prepared)
