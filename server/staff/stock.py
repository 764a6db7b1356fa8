"""The door to the corpus folder: files that staff send flow in with their rows, and out when they take them away."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from typing import TYPE_CHECKING, BinaryIO

from rag.catalogue import Catalogue
from rag.generation import CATALOGUE, directory_of, generations
from rag.refusing import told
from rag.settings import Settings

if TYPE_CHECKING:
    from ingest.files.manifest import Entry
    from ingest.files.stocking import Stocked


def stock(
    settings: Settings, name: str, file: BinaryIO, id_: str, described: Mapping[str, str], *, replaces: bool
) -> Stocked:
    """Put one file into the folder; `described` are columns of its row.

    Raises LoadError where it is not taken, CorpusError, StorageUnavailable.
    """
    from ingest.files.stocking import Sent, stock

    with told(settings.corpus_dir):
        return stock(settings.corpus_dir, Sent(name, file, id_, described, replaces))


def take_away(settings: Settings, id_: str, moment: str) -> bool:
    """Move a document aside; False where there is none of this id. Raises CorpusError, StorageUnavailable."""
    from ingest.files import stocking

    with told(settings.corpus_dir):
        return stocking.take_away(settings.corpus_dir, id_, moment)


def forget_earlier(settings: Settings) -> None:
    """Remove what was kept of files that were replaced, as far as no generation tells of it any more."""
    from ingest.files import stocking

    told_of: set[str] = set()
    for record in generations(settings.data_dir):
        with closing(Catalogue(directory_of(settings.data_dir, record.id) / CATALOGUE)) as books:
            told_of |= {source.digest for source in books.sources()}
    stocking.forget_earlier(settings.corpus_dir, told_of)


def on_shelf(settings: Settings) -> tuple[Entry, ...]:
    """Every file of the folder with its row, those that were collected last. Raises CorpusError, StorageUnavailable."""
    from ingest.files.collected import read_corpus

    with told(settings.corpus_dir):
        return read_corpus(settings.corpus_dir)
