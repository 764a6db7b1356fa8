"""Served: the data directory flows in, what its served generation already holds flows out."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from rag.catalogue import Catalogue
from rag.domain import Document, Generation, Program, ReviewItem, SourceResult
from rag.errors import IndexDamaged, IndexMissing
from rag.generation import CATALOGUE, directory_of, open_catalogue, read_whole


@dataclass(frozen=True, slots=True)
class Served:
    """What a later sync needs of the generation being served, whichever embedder indexed it; empty before the first."""

    record: Generation | None
    documents: Mapping[str, Document]
    results: tuple[SourceResult, ...]
    review: tuple[ReviewItem, ...]
    programs: tuple[Program, ...]


def served(data_dir: Path) -> Served:
    """Read the catalogue of the served generation; where none is whole, there is none."""
    try:
        record, catalogue = open_catalogue(data_dir)
    except (IndexMissing, IndexDamaged):
        return Served(None, {}, (), (), ())
    return _read(record, catalogue)


def built(data_dir: Path, id_: str) -> Served:
    """The same of a generation that is built, served or not. Raises IndexDamaged where it cannot be read."""
    directory = directory_of(data_dir, id_)
    return _read(read_whole(directory), Catalogue(directory / CATALOGUE))


def _read(record: Generation, catalogue: Catalogue) -> Served:
    with closing(catalogue):
        documents = (catalogue.document(source.id) for source in catalogue.sources())
        known = {document.source.id: document for document in documents if document}
        return Served(record, known, catalogue.results(), catalogue.review(), catalogue.programs())
