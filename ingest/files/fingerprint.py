"""Fingerprint: files, metadata, rules, engines and code flow in, one digest that tells them apart flows out."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path

from ingest.files.manifest import Entry
from rag.domain import Document
from rag.prepared import shaping_files
from rag.settings import INSTALLATION

# What of the serving half shapes a generation; with all of `ingest` it decides what the same files become.
_SHAPING = (
    *("domain", "text", "lexicon", "patching", "tracks", "trust", "wordlists"),
    *("lexical", "vectors", "matrix_vectors", "sketches", "chroma_vectors", "catalogue", "generation"),
)
_FOLDERS = ("ingest", "rag/conditions", "rag/grammar", "rag/standing")
# What brings files into the corpus folder makes nothing else of those that are there.
_APART = (INSTALLATION / "ingest" / "sources", INSTALLATION / "ingest" / "scripted")


def fingerprint(
    entries: Iterable[Entry],
    earlier: Mapping[str, Document],
    kept: Iterable[Document],
    rules: Iterable[Path],
    engines: Iterable[str],
) -> str:
    """A digest of everything a generation depends on.

    `earlier` stands in for files that cannot be opened, `kept` are documents no longer listed, `rules` the data files
    of staff, `engines` the names of the embedder and of the recogniser of letters.
    """
    parts = [*engines, *(_entry(entry, earlier.get(entry.id)) for entry in entries)]
    parts += [repr(document.source) for document in kept]
    parts += [_digest(path) for path in (*rules, *_code())]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def rules_digest(rules: Iterable[Path], engines: Iterable[str]) -> str:
    """A digest of what decides, beside its bytes and its row of the manifest, what is made of one file."""
    parts = [*engines, *(_digest(path) for path in (*rules, *_code()))]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _entry(entry: Entry, earlier: Document | None) -> str:
    """What the file is now, and what stands in for it where it cannot be read."""
    try:
        return repr((entry.lasting(entry.raw()), entry.listed, entry.note))
    except OSError as error:  # reading it will name the reason
        return repr((type(error).__name__, entry.id, entry.note, earlier.source.digest if earlier else ""))


def _code() -> list[Path]:
    """The modules that shape a generation, and the words they go by."""
    serving = [INSTALLATION / "rag" / f"{name}.py" for name in _SHAPING]
    files = (path for folder in _FOLDERS for kind in ("*.py", "*.yaml") for path in (INSTALLATION / folder).rglob(kind))
    shaping = (path for path in files if not any(path.is_relative_to(folder) for folder in _APART))
    return [*sorted(shaping), *serving, *shaping_files()]


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
