"""Storing: what a generation was read from flows into the store that every server reaches."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from rag.catalogue import Catalogue
from rag.generation import CATALOGUE
from rag.refusing import told
from rag.settings import Settings
from rag.store import CACHE, Originals
from server.logs import log


def originals_of(settings: Settings) -> Originals:
    """The files that were read, as the settings have them."""
    return Originals(settings.corpus_dir, settings.store_url, settings.data_dir / CACHE)


def store(settings: Settings, directory: Path) -> None:
    """Have the originals of a generation where every server finds them. Raises StorageUnavailable, IndexDamaged."""
    if not settings.store_url:
        return
    with told(settings.data_dir), closing(Catalogue(directory / CATALOGUE)) as books:
        count = originals_of(settings).keep(books.sources())
    log().info("originals_stored", generation=directory.name, count=count)
