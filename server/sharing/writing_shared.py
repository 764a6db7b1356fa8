"""Writing shared: settings flow in; who is the only one of all servers to change what is served flows out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from rag.adopting import carried
from rag.building import Writer, writing
from rag.errors import IndexBusy, StoreUnavailable
from rag.generation import SHARED
from rag.ports import Sharing
from rag.settings import Settings
from server.clock import now
from server.sharing import refusals as said
from server.sharing.catching_up import catch_up
from server.sharing.storing import store
from server.store.engine import open_database
from server.store.generation_book import GenerationBook
from server.store.locks import WRITING, ServerLock


@dataclass(slots=True)
class Told:
    """Tells a database what is done here, for as long as the lock of all writers is had."""

    settings: Settings
    book: GenerationBook
    lock: ServerLock
    current: str

    def told(self, directory: Path) -> None:
        """Put a generation where others take it from."""
        self._alone()
        if directory.name not in self.book.shared().ids:
            store(self.settings, directory)
            record, files, rows = carried(directory)
            self.book.put(directory.name, record, files, rows, now())
        (directory / SHARED).touch()

    def served(self, directory: Path) -> None:
        """Have it served by all. Raises IndexBusy where somebody else had another served meanwhile."""
        self.told(directory)
        self._alone()
        if not self.book.serve(directory.name, self.current, now()):
            raise IndexBusy(said.OVERTAKEN)
        self.current = directory.name

    def removed(self, id_: str) -> None:
        """Take it from where others take it."""
        self._alone()
        self.book.remove(id_)

    def _alone(self) -> None:
        if not self.lock.take():
            raise StoreUnavailable(said.LOST)


@contextmanager
def sharing(settings: Settings) -> Iterator[Sharing | None]:
    """Be the only one of all servers to change what is served, having here what they share; `None` without others.

    Raises IndexBusy at once where another is, StoreUnavailable, and whatever catching up raises.
    """
    if not settings.shares:
        yield None
        return
    database = open_database(settings.database_url, settings.data_dir)
    lock, book = ServerLock(database, WRITING), GenerationBook(database)
    try:
        if not lock.take():
            raise IndexBusy(said.BUSY)
        catch_up(settings, book)
        yield Told(settings, book, lock, book.shared().current)
    finally:
        lock.close()
        database.close()


@contextmanager
def sole_writer(settings: Settings) -> Iterator[Writer]:
    """The same with the writer of the data folder. Raises what `rag.building.writing` raises, too."""
    with sharing(settings) as shared, writing(settings.data_dir, settings.chroma_url, shared) as writer:
        yield writer
