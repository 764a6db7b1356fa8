"""Catching up: what servers share flows in; what is missing here is adopted, and what all serve is served here, too."""

from __future__ import annotations

import pickle
import sys
from dataclasses import dataclass
from pathlib import Path

from rag.adopting import adopt
from rag.building import Writer, writing
from rag.errors import IndexBusy, IndexDamaged, JiwonError
from rag.generation import GENERATIONS, SHARED, directory_of, pointed
from rag.settings import Settings
from server.logs import log, set_up
from server.sharing import refusals as said
from server.store.engine import open_database
from server.store.generation_book import GenerationBook, Shared

BUSY = 3
"""The exit code where a writer is at work in the data folder: what is left to do is looked at again."""


@dataclass(frozen=True, slots=True)
class Behind:
    """What differs here from what servers share: what to adopt and to remove, and the one to serve, "" for none."""

    missing: tuple[str, ...]
    extra: tuple[str, ...]
    current: str

    def __bool__(self) -> bool:
        return bool(self.missing or self.extra or self.current)


def behind(data_dir: Path, shared: Shared) -> Behind:
    """What differs in a data folder, told by names alone; the generation that is served first."""
    here = {path.name for path in (data_dir / GENERATIONS).glob("[!.]*") if path.is_dir()}
    missing = sorted(shared.ids - here, key=lambda id_: id_ != shared.current)
    extra = sorted(id_ for id_ in here - shared.ids if (directory_of(data_dir, id_) / SHARED).exists())
    current = shared.current if shared.current in shared.ids and shared.current != pointed(data_dir) else ""
    return Behind(tuple(missing), tuple(extra), current)


def catch_up(settings: Settings, book: GenerationBook) -> None:
    """Have here what servers share. A candidate that cannot be adopted is left, which is logged.

    Raises IndexBusy where a writer is at work here, IndexDamaged where the one to serve cannot be adopted,
    StorageUnavailable, StoreUnavailable.
    """
    shared = book.shared()
    todo = behind(settings.data_dir, shared)
    if not todo:
        return
    was_served = {one.id: one.was_served for one in shared.listed}
    with writing(settings.data_dir, settings.chroma_url) as writer:
        for id_ in todo.missing:
            try:
                _adopt(writer, book, id_, was_served=was_served[id_])
            except IndexDamaged as error:
                if id_ == shared.current:
                    raise
                log().error("generation_not_adopted", generation=id_, reason=str(error))
            if id_ == shared.current:
                writer.activate(id_, is_tried=True)
        if todo.current and todo.current not in todo.missing:
            writer.activate(todo.current)
        for id_ in todo.extra:
            if id_ != pointed(settings.data_dir):
                writer.remove(id_, with_served=False)


def caught_up(settings: Settings) -> None:
    """Have here what servers share, for one command; what is here is asked where that cannot be told now.

    Raises what catching up raises where nothing is here yet.
    """
    if not settings.shares:
        return
    database = open_database(settings.database_url, settings.data_dir)
    try:
        catch_up(settings, GenerationBook(database))
    except JiwonError as error:
        if not isinstance(error, IndexBusy) and not pointed(settings.data_dir):
            raise
        log().warning("not_caught_up", reason=str(error))
    finally:
        database.close()


def _adopt(writer: Writer, book: GenerationBook, id_: str, *, was_served: bool) -> None:
    record = book.record(id_)
    if record is None:
        raise IndexDamaged(said.GONE.format(id=id_))
    adopt(writer, record, book.files(id_), lambda: book.records(id_), was_served=was_served)
    log().info("generation_adopted", generation=id_)


def main() -> None:
    """Catch up once, in a process of its own: the settings stand at the beginning of the standard input.

    The exit code is 0 where all that can be is as shared, `BUSY` where a writer is at work here; what went wrong is one
    sentence on stderr.
    """
    settings = pickle.load(sys.stdin.buffer)
    assert isinstance(settings, Settings)
    set_up(settings.log_level)
    database = open_database(settings.database_url, settings.data_dir)
    try:
        catch_up(settings, GenerationBook(database))
    except IndexBusy:
        sys.exit(BUSY)
    except JiwonError as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(1)
    finally:
        database.close()
