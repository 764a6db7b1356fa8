"""Served: the data directory flows in, what its served generation already holds flows out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from rag import generation
from rag.catalogue import Catalogue
from rag.domain import Document, Generation, Program, ReviewItem, SourceResult


@dataclass(frozen=True, slots=True)
class Served:
    """What a later sync needs of the generation being served, whichever embedder indexed it; empty before the first."""

    record: Generation | None
    documents: Mapping[str, Document]
    results: tuple[SourceResult, ...]
    review: tuple[ReviewItem, ...]
    programs: tuple[Program, ...]


def served(data_dir: Path) -> Served:
    """Read the catalogue of the served generation."""
    record = generation.current(data_dir)
    if record is None:
        return Served(None, {}, (), (), ())
    catalogue = Catalogue(data_dir / "generations" / record.id / generation.CATALOGUE)
    try:
        documents = (catalogue.document(source.id) for source in catalogue.sources())
        known = {document.source.id: document for document in documents if document}
        return Served(record, known, catalogue.results(), catalogue.review(), catalogue.programs())
    finally:
        catalogue.close()
