"""A watched folder: what lies in it flows in, a notice for each readable file flows out, the file itself its words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from ingest.files.formats import LARGEST_FILE
from ingest.files.manifest import SUFFIXES
from ingest.files.opening import contents
from ingest.sources.configured import Configured
from ingest.sources.listed import Listed, Page
from rag.errors import CollectFailed
from rag.messages import collecting as said


class Watched:
    """The files of a folder by name, those of folders within it not; one that is still written comes the next time."""

    def __init__(self, source: Configured, corpus_dir: Path) -> None:
        self._source, self._corpus_dir = source, corpus_dir

    def page(self, cursor: str, since: date | None) -> Page:
        """All of them; whether one changed is told by its size and the moment of its last change."""
        folder = Path(self._source.address)
        if folder.resolve().is_relative_to(self._corpus_dir.resolve()):
            raise CollectFailed(said.OWN_FOLDER.format(name=self._source.name))
        try:
            paths = sorted(path for path in folder.iterdir() if path.is_file() and _is_wanted(path))
            notices = tuple(self._notice(path) for path in paths)
        except OSError as error:
            raise CollectFailed(said.FOLDER_UNOPENED.format(name=self._source.name, folder=folder)) from error
        return Page(notices, total=len(notices))

    def _notice(self, path: Path) -> Listed:
        status = path.stat()
        return Listed(
            id=path.name,
            title="",
            ministry=self._source.publisher,
            file=_of_disk(path),
            suffix=path.suffix.lower(),
            mark=f"{status.st_size} {status.st_mtime_ns}",
        )


def _is_wanted(path: Path) -> bool:
    return path.suffix.lower() in SUFFIXES and not path.name.startswith((".", "~"))


def _of_disk(path: Path) -> Callable[[], bytes]:
    def read() -> bytes:
        try:
            raw = contents(path, LARGEST_FILE + 1)
        except OSError as error:
            raise CollectFailed(f"{path.name}: {error.strerror or type(error).__name__}.") from error
        if len(raw) > LARGEST_FILE:
            raise CollectFailed(said.FILE_TOO_LARGE.format(file=path.name, most=LARGEST_FILE // 2**20))
        return raw

    return read
