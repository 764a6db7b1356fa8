"""The store: originals, by the digest of their bytes, flow into a folder that every server reaches, and out of it."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from rag.domain import Source
from rag.errors import SettingsError, StorageUnavailable
from rag.messages import storage as said
from rag.originals import digest_of, original

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem  # type: ignore[import-untyped]

CACHE = Path("cache", "originals")
# A bucket whose host says nothing is given up while whoever asks still waits: boto waits for minutes by itself.
_OPTIONS: dict[str, dict[str, Any]] = {
    "s3": {"config_kwargs": {"connect_timeout": 5, "read_timeout": 20, "retries": {"max_attempts": 2}}},
    "file": {"auto_mkdir": True},
    "local": {"auto_mkdir": True},
}
_DIGEST = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Originals:
    """The files that were read: those of a corpus folder, and those of a store at `url` ("" for none).

    What comes from the store is kept in `cache`, by its digest too.
    """

    corpus_dir: Path
    url: str = ""
    cache: Path = CACHE

    def found(self, path: str, digest: str) -> Path | None:
        """The file whose bytes have this digest, here or had from the store; `None` where it is in neither.

        Raises OSError where one here cannot be read, StorageUnavailable where the store cannot be asked.
        """
        return original(self.corpus_dir, path, digest) or self.fetched(path, digest)

    def fetched(self, path: str, digest: str) -> Path | None:
        """The same from the store alone."""
        if not self.url or not _DIGEST.fullmatch(digest):
            return None
        place = self.cache / _name(path, digest)
        if place.is_file() and digest_of(place) == digest:
            return place
        place.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=place.parent, prefix=".arriving-")
        os.close(descriptor)
        fresh = Path(name)
        try:
            with _reached():
                store, root = _opened(self.url)
                store.get_file(f"{root}/{_name(path, digest)}", str(fresh))
            if digest_of(fresh) != digest:
                return None
            fresh.replace(place)
            return place
        except FileNotFoundError:
            return None
        finally:
            with suppress(FileNotFoundError):
                fresh.unlink()

    def keep(self, sources: Iterable[Source]) -> int:
        """Have the files of the sources in the store, as far as they are here; how many were not there yet.

        Raises OSError where one cannot be read, StorageUnavailable.
        """
        if not self.url:
            return 0
        with _reached():
            store, root = _opened(self.url)
            sizes = {PurePosixPath(one["name"]).name: one["size"] for one in _listed(store, root)}
        count = 0
        for source in sources:
            name = _name(source.path, source.digest)
            here = original(self.corpus_dir, source.path, source.digest) if _DIGEST.fullmatch(source.digest) else None
            if here is not None and sizes.get(name) != here.stat().st_size:  # half of one counts as none
                with _reached():
                    store.put_file(str(here), f"{root}/{name}")
                count += 1
        return count

    def check(self) -> None:
        """See that such a store can be asked at all, without asking it. Raises SettingsError."""
        if self.url:
            _opened(self.url)


def _name(path: str, digest: str) -> str:
    return f"{digest}{PurePosixPath(path).suffix.lower()}"


def _listed(store: AbstractFileSystem, root: str) -> list[dict[str, Any]]:
    try:
        found: list[dict[str, Any]] = store.ls(root, detail=True)
        return found
    except FileNotFoundError:
        return []


def _opened(url: str) -> tuple[AbstractFileSystem, str]:
    """The store with the folder in it. Raises SettingsError where it is of no known kind, or its package is missing."""
    from fsspec.core import url_to_fs  # type: ignore[import-untyped]

    options = _OPTIONS.get(url.partition("://")[0], {})
    try:
        store, root = url_to_fs(url, use_listings_cache=False, **options)
    except ImportError as error:
        raise SettingsError(said.NO_STORE_PACKAGE.format(why=error)) from error
    except ValueError as error:
        raise SettingsError(said.NO_STORE_KIND) from error
    return store, str(root).rstrip("/")


@contextmanager
def _reached() -> Iterator[None]:
    """Work with a store. Raises StorageUnavailable for whatever its library makes of one that is away or refuses."""
    try:
        yield
    except (FileNotFoundError, SettingsError):
        raise
    except Exception as error:
        raise StorageUnavailable(said.NO_STORE) from error  # each library has its own kinds; an address may hold a key
