"""The folder of a source: what was collected of it lies in files and one manifest, each of them whole at any time."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from pathlib import Path

from ingest.files.collected import COLLECTED
from ingest.files.manifest import NAME
from rag.disk import replace_file
from rag.errors import CorpusError
from rag.messages import files as said

_SAFE = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,79}")


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the manifest: the columns that every manifest has, provenance, and what tells a change.

    `notice` is the source's own id; `digest` is that of the notice as the file was made of it. A row of an attachment
    has the notice's.
    """

    id: str
    file: str
    title: str = ""
    publisher: str = ""
    published_on: str = ""
    source_url: str = ""
    rank: str = ""
    collected_on: str = ""
    checked_on: str = ""
    unlisted_on: str = ""
    notice: str = ""
    digest: str = ""


COLUMNS = tuple(field.name for field in fields(Row))


class Folder:
    """What is held of one source; files are written as they come, the manifest by `save`."""

    def __init__(self, corpus_dir: Path, name: str) -> None:
        """Open it. Raises CorpusError where its manifest cannot be read, for nothing may be forgotten."""
        self.path = corpus_dir / COLLECTED / name
        self._rows: dict[str, Row] = {}
        self._ids: dict[str, dict[str, None]] = {}
        self._raw = b""
        manifest = self.path / NAME
        try:
            self._raw = manifest.read_bytes()
            reader = csv.DictReader(io.StringIO(self._raw.decode("utf-8-sig"), newline=""), strict=True)
            for told in reader:
                row = Row(**{column: told.get(column) or "" for column in COLUMNS})
                self._note(row)
        except FileNotFoundError:
            pass
        except (OSError, UnicodeDecodeError, csv.Error) as error:
            file = f"{COLLECTED}/{name}/{NAME}"
            raise CorpusError(said.UNREADABLE.format(file=file, error=error)) from error

    @property
    def rows(self) -> tuple[Row, ...]:
        """Every row, in the order in which they came."""
        return tuple(self._rows.values())

    def row(self, id_: str) -> Row | None:
        """The row of that id."""
        return self._rows.get(id_)

    def of_notice(self, notice: str) -> Iterator[Row]:
        """The rows of a notice: its own and those of its attachments."""
        return (self._rows[id_] for id_ in tuple(self._ids.get(notice, ())))

    def has(self, row: Row) -> bool:
        """Whether the file of a row is there."""
        return (self.path / row.file).is_file()

    def put(self, row: Row, raw: bytes | None = None) -> None:
        """Keep a row, and its file where there is a new one; the same bytes are not written again."""
        path = self.path / row.file
        if raw is not None and not (path.is_file() and path.read_bytes() == raw):
            replace_file(path, raw)
        self._note(row)

    def mark(self, notice: str, *, checked_on: str | None = None, unlisted_on: str | None = None) -> None:
        """Note of all rows of a notice when it was last found in its source, or from when on it was not."""
        for row in self.of_notice(notice):
            self._rows[row.id] = replace(
                row,
                checked_on=row.checked_on if checked_on is None else checked_on,
                unlisted_on=row.unlisted_on if unlisted_on is None else unlisted_on,
            )

    def _note(self, row: Row) -> None:
        self._rows[row.id] = row
        self._ids.setdefault(row.notice, {})[row.id] = None

    def save(self) -> bool:
        """Write the manifest where it changed; returns whether it did."""
        text = io.StringIO(newline="")
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows([getattr(row, column) for column in COLUMNS] for row in self._rows.values())
        raw = text.getvalue().encode("utf-8")
        if raw == self._raw or not self._rows:
            return False
        replace_file(self.path / NAME, raw)
        self._raw = raw
        return True


def safe_id(id_: str) -> str:
    """The source's own id where it can name a file, else what is left of it and a digest that tells it from others."""
    if _SAFE.fullmatch(id_) and not id_.lower().startswith("readme"):
        return id_
    words = "-".join(re.findall(r"[A-Za-z0-9]+", id_))[-40:].strip("-")
    digest = hashlib.sha256(id_.encode("utf-8", "surrogatepass")).hexdigest()[:10]
    return f"{words}-{digest}" if words else digest
