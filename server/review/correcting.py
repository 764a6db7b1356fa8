"""The door to corrections: entries of staff flow in and are written into the corpus; the next sync obeys them."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from pathlib import Path

from rag.errors import CorpusError

_ALONE = threading.Lock()


class NotWritable(CorpusError):
    """What stands in the file already cannot be read, or the file cannot be written: nothing that was sent is wrong."""


def write(
    corpus_dir: Path, data_dir: Path, entries: Sequence[Mapping[str, object]], note: str, candidate: str = ""
) -> None:
    """Write corrections behind those in the corpus; one request at a time. They are tried on what is served, or on the
    candidate of that id.

    Raises CorpusError where an entry is wrong or would stop the next sync, NotWritable where the file is.
    """
    from ingest.corrections.adding import add
    from ingest.corrections.overrides import NAME, read_overrides

    with _ALONE:
        try:
            read_overrides(corpus_dir)
        except CorpusError as error:
            raise NotWritable(str(error)) from error
        try:
            add(corpus_dir, data_dir, entries, note, candidate)
        except OSError as error:
            raise NotWritable(f"{NAME}: 쓸 수 없습니다({error.strerror}). 자료 폴더의 권한을 확인해 주세요.") from error
