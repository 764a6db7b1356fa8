"""Chroma: ids and vectors flow into a directory, or a collection of a Chroma server; the nearest ids flow out."""

from __future__ import annotations

import threading
from base64 import b64encode
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from http import HTTPStatus
from http.client import HTTPConnection, HTTPSConnection
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import numpy as np

from rag.errors import IndexDamaged, StorageUnavailable
from rag.messages import index as said
from rag.messages.storage import NO_CHROMA
from rag.ports import Rows, Vector
from rag.views import View

if TYPE_CHECKING:
    from chromadb.api.client import Client
    from chromadb.api.models.Collection import Collection

COLLECTION = "chunks"
# The file that a directory of Chroma has.
DATABASE = "chroma.sqlite3"
# Chroma refuses more rows in one call.
BATCH = 5461
# Chroma writes to its database whenever it is opened, and to the others as it likes.
WRITTEN = "*"
TIMEOUT_S = 5.0
"""For how long a server may take, in seconds: less than an answer may, so that whoever asks is told what is away."""
PATIENCE_S = 60.0
"""For how long it may take to store a batch, or to remove a collection, in seconds."""
HEARTBEAT = "/api/v2/heartbeat"


@dataclass(frozen=True, slots=True)
class _Opened:
    """Chroma at work: it does not survive a fork. Nothing is added, so it is counted once."""

    client: Client
    collection: Collection
    count: int
    view: View | None = None


class ChromaVectors:
    """A VectorStore in one directory, which `write_chroma` made and nobody changes; safe to share between threads.

    It is opened in a private view of the directory, late: a worker forked from whoever holds it opens its own.
    """

    def __init__(self, directory: Path) -> None:
        """Open nothing yet."""
        self._directory = directory
        self._opened: _Opened | None = None
        self._guard = threading.Lock()

    @property
    def is_open(self) -> bool:
        """Whether it has been opened."""
        return self._opened is not None

    def open(self) -> None:
        """Open it, where it is not open yet. Raises IndexDamaged where its files cannot be read."""
        self._open()

    def nearest(self, vector: Vector, count: int) -> list[tuple[str, float]]:
        """The `count` nearest ids with their cosine similarity, best first."""
        return _nearest(self._open(), vector, count)

    def __len__(self) -> int:
        return self._open().count

    def close(self) -> None:
        """Release files and memory; the store is not used afterwards."""
        with self._guard:
            opened, self._opened = self._opened, None
        if opened is not None:
            opened.client.close()
            if opened.view is not None:
                opened.view.close()

    def _open(self) -> _Opened:
        with self._guard:
            if self._opened is None:
                self._opened = _opened(self._directory)
            return self._opened


class ServedVectors:
    """A VectorStore that is a collection of a Chroma server, which `serve` made and nobody changes.

    It is asked where it lies; while the server is away every question is refused, and the next is asked again. Methods
    raise StorageUnavailable then, and IndexDamaged where the server answers and has no such collection.
    """

    def __init__(self, url: str, name: str) -> None:
        """Ask nothing yet."""
        self._url, self._name = url, name
        self._opened: _Opened | None = None
        self._guard = threading.Lock()

    @property
    def is_open(self) -> bool:
        """Whether it has been opened."""
        return self._opened is not None

    def open(self) -> None:
        """See that it is there, where that was not seen yet."""
        self._open()

    def nearest(self, vector: Vector, count: int) -> list[tuple[str, float]]:
        """The `count` nearest ids with their cosine similarity, best first."""
        opened = self._open()
        with _reached(self._name):
            return _nearest(opened, vector, count)

    def __len__(self) -> int:
        return self._open().count

    def close(self) -> None:
        """Release the connection; the store is not used afterwards."""
        with self._guard:
            opened, self._opened = self._opened, None
        if opened is not None:
            opened.client.close()

    def _open(self) -> _Opened:
        with self._guard:
            if self._opened is None:
                with _reached(self._name):
                    client = _client_of(self._url, TIMEOUT_S)
                    try:
                        collection = client.get_collection(self._name, embedding_function=None)
                        self._opened = _Opened(client, collection, collection.count())
                    except BaseException:
                        client.close()
                        raise
            return self._opened


def write_chroma(directory: Path, rows: Rows) -> None:
    """Make the store of ids and their vectors, so many at a time, in a new directory; a known id is overwritten."""
    with closing(_client(directory)) as client:
        _fill(client, COLLECTION, rows)


def serve(url: str, name: str, rows: Rows) -> None:
    """Make the same as a collection of a server, anew where there is one. Raises StorageUnavailable."""
    drop(url, name)
    with _reached(name), closing(_client_of(url, PATIENCE_S)) as client:
        _fill(client, name, rows)


def drop(url: str, name: str) -> None:
    """Remove a collection of a server, where it is there. Raises StorageUnavailable."""
    from chromadb.errors import NotFoundError

    with _reached(name), closing(_client_of(url, PATIENCE_S)) as client, suppress(NotFoundError):
        client.delete_collection(name)


def _fill(client: Client, name: str, rows: Rows) -> None:
    # Without `embedding_function=None` Chroma would try to download a model.
    collection = client.create_collection(name, embedding_function=None, configuration={"hnsw": {"space": "cosine"}})
    most = min(BATCH, client.get_max_batch_size())
    for ids, vectors in rows:
        for start in range(0, len(ids), most):
            part = np.asarray(vectors[start : start + most], dtype=np.float32)
            collection.upsert(ids=list(ids[start : start + most]), embeddings=part)


def _nearest(opened: _Opened, vector: Vector, count: int) -> list[tuple[str, float]]:
    if not opened.count:
        return []
    row = np.asarray([vector], dtype=np.float32)
    found = opened.collection.query(query_embeddings=row, n_results=min(count, opened.count), include=["distances"])
    distances = found["distances"] or [[]]
    return [(id_, 1.0 - distance) for id_, distance in zip(found["ids"][0], distances[0], strict=True)]


@contextmanager
def _reached(name: str) -> Iterator[None]:
    """Work with a server. Raises StorageUnavailable for whatever its client makes of one that is away or in trouble."""
    from chromadb.errors import NotFoundError

    try:
        yield
    except (IndexDamaged, StorageUnavailable):
        raise
    except NotFoundError as error:
        raise IndexDamaged(said.VECTORS_NOT_SERVED.format(id=name)) from error
    except Exception as error:
        # Its client raises plain Exceptions, too, and those of a package of its own; the address may hold a key.
        raise StorageUnavailable(NO_CHROMA) from error


def _opened(directory: Path) -> _Opened:
    from chromadb.errors import ChromaError

    try:
        view = View(directory, copied=WRITTEN)
        client = _client(view.path)
        collection = client.get_collection(COLLECTION, embedding_function=None)
        return _Opened(client, collection, collection.count(), view)
    except (ChromaError, OSError, ValueError) as error:
        form = said.VECTORS if directory.is_dir() else said.VECTORS_ELSEWHERE
        raise IndexDamaged(form.format(file=Path(*directory.parts[-2:]))) from error


def _client(directory: Path) -> Client:
    from chromadb.api.client import Client
    from chromadb.config import Settings

    return Client(settings=Settings(is_persistent=True, persist_directory=str(directory), anonymized_telemetry=False))


def _client_of(url: str, within_s: float) -> Client:
    """A client of the server at an address; a name and a password in it are sent to the proxy that guards it.

    Its client waits for ever by itself, when it is made and later: so the server is asked for a sign of life first.
    """
    from chromadb.api.client import Client
    from chromadb.config import Settings

    parts = urlsplit(url)
    is_safe = parts.scheme == "https"
    told = f"{unquote(parts.username or '')}:{unquote(parts.password or '')}".encode()
    headers = {"Authorization": f"Basic {b64encode(told).decode()}"} if parts.username else {}
    host, port = parts.hostname or "", parts.port or (443 if is_safe else 80)
    kind = HTTPSConnection if is_safe else HTTPConnection
    with closing(kind(host, port, timeout=TIMEOUT_S)) as asking:
        asking.request("GET", HEARTBEAT, headers=headers)
        if asking.getresponse().status != HTTPStatus.OK:
            raise StorageUnavailable(NO_CHROMA)
    client = Client(
        settings=Settings(
            chroma_api_impl="chromadb.api.fastapi.FastAPI",
            chroma_server_host=host,
            chroma_server_http_port=port,
            chroma_server_ssl_enabled=is_safe,
            chroma_server_headers=headers or None,
            anonymized_telemetry=False,
        )
    )
    client._server._session.timeout = within_s  # type: ignore[attr-defined]  # there is no setting for it
    return client
