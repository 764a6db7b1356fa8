"""Accidents: what went wrong flows out as one Korean sentence that says which thing, what, and what to do.

JiwonError
├── SettingsError      a JIWON_ setting is unknown or has a bad value
├── CorpusError        the corpus folder, its manifest or a data file of staff cannot be used
├── LoadError          one file cannot be read
├── IndexMissing       no generation has been built yet
├── IndexMismatch      the index was built by another embedder
├── IndexBusy          another process is building a generation
├── IndexDamaged       the files of a generation are incomplete or cannot be read
├── StorageUnavailable the disk is full, read-only, closed to us or broken, or a server that stores for us is away
├── StoreUnavailable   the database cannot be used, or a newer version has written it
├── ModelUnavailable   an embedder, a reranker or a language model cannot be had, or fails
├── ModelFailed        a language model gave no whole reply in time
├── ModelBusy          too many questions wait for the language model
├── OutboundRefused    another host must not be asked at that address
├── OutboundFailed     another host did not answer, or not as it should
├── CollectFailed      a source of notices cannot be used, refuses its key or gives no list
└── PortInUse          the address to serve on is taken

An outcome ("not found", "out of scope") is data, see `AnswerStatus`; it is never raised.
"""

from __future__ import annotations

from rag.messages.models import NO_REPLY


class JiwonError(Exception):
    """A known error; its message is shown to the user as it stands."""


class SettingsError(JiwonError):
    """A setting is unknown or has a bad value."""


class CorpusError(JiwonError):
    """The corpus folder, its manifest or a data file of staff cannot be used."""


class LoadError(JiwonError):
    """One file cannot be read; `code` is the name of the reason, as reports show it."""

    def __init__(self, message: str, code: str) -> None:
        super().__init__(message)
        self.code = code

    def __reduce__(self) -> tuple[type[LoadError], tuple[str, str]]:
        return LoadError, (str(self), self.code)  # it travels from the process that reads


class IndexMissing(JiwonError):
    """No generation has been built yet."""


class IndexMismatch(JiwonError):
    """The index was built by another embedder."""


class IndexBusy(JiwonError):
    """Another process is building a generation."""


class IndexDamaged(JiwonError):
    """The files of a generation are incomplete or cannot be read."""


class ReadingsError(JiwonError):
    """The labelled readings are missing or cannot be read, or nothing can be learned from them."""


class ModelUnavailable(JiwonError):
    """An embedder, a reranker or a language model cannot be had, or fails."""


class ModelFailed(JiwonError):
    """A language model gave no whole reply in time; `reason` says in a word how it failed."""

    def __init__(self, reason: str) -> None:
        super().__init__(NO_REPLY)
        self.reason = reason


class ModelBusy(JiwonError):
    """Too many questions wait for the language model."""


class StorageUnavailable(JiwonError):
    """The disk is full, read-only, closed to us or broken, or a server that stores vectors or originals for us does not
    answer; the sentence says which, and the remedy.
    """


class StoreUnavailable(JiwonError):
    """The database cannot be used, or a newer version has written it."""


class OutboundRefused(JiwonError):
    """Another host must not be asked at that address; trying again does not help."""


class OutboundFailed(JiwonError):
    """Another host did not answer, or not as it should; it may later."""


class CollectFailed(JiwonError):
    """A source of notices cannot be used, refuses its key or gives no list; what was collected before stays."""


class PortInUse(JiwonError):
    """The address to serve on is taken."""
