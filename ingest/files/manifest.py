"""Manifest: the corpus folder with its `manifest.csv` flows in, one Entry for each file to read flows out.

What is wrong with one row or one file is said of that entry alone; only a manifest that cannot be used is refused.
"""

from __future__ import annotations

import csv
import hashlib
import io
import os
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import count
from pathlib import Path, PurePosixPath

from ingest.checks.report import ResultCode
from ingest.files.opening import NotAFile, contents
from rag.domain import Document, Heading, Rank, Source, Table
from rag.errors import CorpusError
from rag.messages import files as said

NAME = "manifest.csv"
RANK = "rank"
"""A column that may be left out: how far staff believe a source."""
COLUMNS = ("id", "file", "title", "publisher", "published_on", "source_url")
PROVENANCE = ("collected_on", "checked_on", "unlisted_on")
"""Columns that may be left out: days that collecting noted, see `rag.domain.Source`."""
_OPTIONAL = (RANK, *PROVENANCE)
IGNORED = frozenset(
    {NAME, "lexicon.yaml", "pack.yaml", "regions.yaml", "overrides.yaml", "sources.yaml", "corrections.md"}
    | {"statistics.csv"}
)
MOST_BYTES = 2**26 + 1
"""Bytes of a file that are looked at; a file this long is refused, see `ingest.files.formats.LARGEST_FILE`."""
SUFFIXES = frozenset({".pdf", ".hwp", ".hwpx", ".docx", ".html", ".htm", ".md", ".txt"})
"""A folder whose name ends so was meant to be a file."""
FIRST_BLOCKS = 10
"""A date is inferred only where it stands among this many first blocks."""
LONGEST_TITLE = 300
"""Characters; a longer first line is text, not a title."""

_ID = re.compile(r"[A-Za-z0-9._-]+")
_DATE_FORM = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_VISIBLE_DATE = re.compile(r"\b(20\d{2})\s*[.년/-]\s*(\d{1,2})(?:\s*[.월/-]\s*(\d{1,2})?|(?=\s|$))")


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of the corpus; `listed` tells whether the manifest has a row for it.

    `fault` names what is wrong with its row or its place, and `note` says it in a sentence; one that `is_refused` is
    never opened.
    """

    id: str
    file: str
    path: Path
    title: str = ""
    publisher: str = ""
    published_on: str = ""
    url: str | None = None
    listed: bool = True
    rank: Rank | None = None
    fault: ResultCode | None = None
    note: str = ""
    is_refused: bool = False
    collected_on: str = ""
    checked_on: str = ""
    unlisted_on: str = ""

    def raw(self) -> bytes:
        """The bytes of the file, of a very large one the first. Raises OSError, see `opening`."""
        if self.is_refused:
            raise NotAFile(self.path)
        return contents(self.path, MOST_BYTES)

    def source(self, raw: bytes) -> Source:
        """The source this entry describes, with the digest of its bytes."""
        return replace(self.lasting(raw), checked_on=self.checked_on)

    def lasting(self, raw: bytes) -> Source:
        """The source without the day on which it was last found where it comes from: that makes nothing else of it."""
        return Source(
            *(self.id, self.file, self.title, self.publisher, self.published_on, self.url),
            hashlib.sha256(raw).hexdigest(),
            rank=self.rank if self.listed else Rank.UNLISTED,
            collected_on=self.collected_on,
            unlisted_on=self.unlisted_on,
        )


@dataclass(frozen=True, slots=True)
class _Row:
    """One row of the manifest as written, and the line it ends on."""

    line: int
    values: Mapping[str, str]
    is_long: bool

    @property
    def file(self) -> str:
        """The name of the file, however the way to it is written."""
        return str(PurePosixPath(self.values["file"])) if self.values["file"] else ""


def read_manifest(folder: Path, *, needs_title: bool = True, needs_rows: bool = True) -> tuple[Entry, ...]:
    """Entries of all rows in order, then of the files without one; their ids are distinct.

    Unless a row `needs_title` one that tells none is no fault: it is inferred. Unless it `needs_rows` a folder without
    a manifest is one of files without a row.

    Raises CorpusError naming the line and the remedy where the folder or the whole manifest cannot be used.
    """
    if not folder.is_dir():
        raise CorpusError(said.NO_FOLDER.format(folder=folder))
    try:
        on_disk = _on_disk(folder)
    except OSError as error:
        raise CorpusError(said.FOLDER_UNOPENED.format(folder=folder)) from error
    is_listed = needs_rows or NAME in on_disk
    listed = _listed(folder, on_disk, needs_title=needs_title) if is_listed else ()
    return (*listed, *_unlisted(folder, on_disk, listed))


def _on_disk(folder: Path) -> dict[str, Path]:
    """What lies in the folder by its name as people read it; of names that read alike all but one are numbered."""
    found: dict[str, Path] = {}
    for path in sorted(folder.iterdir(), key=lambda path: (not unicodedata.is_normalized("NFC", path.name), path.name)):
        name = unicodedata.normalize("NFC", os.fsencode(path.name).decode("utf-8", "replace"))
        alike = (f"{name} ({number})" for number in count(2))
        found[name if name not in found else next(each for each in alike if each not in found)] = path
    return found


def inferred(document: Document) -> Source:
    """The source with the title and date that its first lines show; what they do not show stays as it was."""
    source = document.source
    blocks = [block for block in document.blocks if not isinstance(block, Table)]
    first = next((block for block in blocks if isinstance(block, Heading)), blocks[0] if blocks else None)
    line = first.text.split("\n")[0].strip() if first else ""
    title = source.title or (line if len(line) <= LONGEST_TITLE else "") or Path(source.path).stem
    dates = (_visible_date(block.text) for block in blocks[:FIRST_BLOCKS])
    return replace(source, title=title, published_on=source.published_on or next(filter(None, dates), ""))


def _listed(folder: Path, on_disk: Mapping[str, Path], *, needs_title: bool) -> tuple[Entry, ...]:
    if NAME not in on_disk:
        raise CorpusError(said.NO_MANIFEST.format(folder=folder, name=NAME, columns=",".join(COLUMNS)))
    rows = _rows(decoded(on_disk[NAME]))
    ids, files = Counter(row.values["id"] for row in rows), Counter(row.file for row in rows)
    taken = {id_ for id_ in ids if is_id(id_)}
    seen: set[str] = set()
    entries = []
    for row in rows:
        faults = [*_of_cells(row, needs_title=needs_title), *_of_repeats(row, ids, files)]
        place = _out_of_place(row, folder) or _second(row, files, seen)
        first = is_id(row.values["id"]) and row.values["id"] not in seen
        id_ = row.values["id"] if first else safe_id(f"{row.values['file']} {row.line}행", taken | seen)
        seen |= {id_, f"/{row.file}"}
        entries.append(_entry(row, id_, folder, on_disk, [*([place] if place else ()), *faults], place is not None))
    return tuple(entries)


def _rows(text: str) -> list[_Row]:
    """The rows that say anything. Raises CorpusError where columns are missing or the whole is no CSV."""
    reader = csv.DictReader(io.StringIO(text, newline=""), skipinitialspace=True, strict=True)
    try:
        missing = [column for column in COLUMNS if column not in (reader.fieldnames or ())]
        if missing:
            raise CorpusError(said.NO_COLUMNS.format(name=NAME, columns=", ".join(missing)))
        found = [
            _Row(reader.line_num, {c: (row.get(c) or "").strip() for c in (*COLUMNS, *_OPTIONAL)}, None in row)
            for row in reader
        ]
    except csv.Error as error:
        raise CorpusError(said.NO_CSV.format(name=NAME, line=reader.line_num, error=error)) from error
    return [row for row in found if any(row.values.values())]


def decoded(path: Path) -> str:
    """The words of a manifest, composed. Raises CorpusError where it cannot be opened or is no text."""
    try:
        raw = contents(path, MOST_BYTES)
    except OSError as error:
        raise CorpusError(said.MANIFEST_UNOPENED.format(name=NAME)) from error
    for encoding in ("utf-8-sig", "cp949"):
        try:
            return unicodedata.normalize("NFC", raw.decode(encoding))
        except UnicodeDecodeError:
            continue
    raise CorpusError(said.MANIFEST_LETTERS.format(name=NAME))


Fault = tuple[ResultCode, str]
_RANKS = {rank.name.lower(): rank for rank in Rank}


def _of_cells(row: _Row, *, needs_title: bool) -> Iterator[Fault]:
    """What is written wrongly in a row, and is therefore not used."""
    values = row.values
    if row.is_long:
        yield ResultCode.BAD_ROW, said.TOO_MANY_CELLS
    if not is_id(values["id"]):
        yield ResultCode.BAD_ROW, said.NO_ID.format(id=values["id"])
    if needs_title and not values["title"]:
        yield ResultCode.BAD_ROW, said.NO_TITLE
    for column in ("published_on", *PROVENANCE):
        if values[column] and not is_date(values[column]):
            yield ResultCode.BAD_ROW, said.NO_DATE.format(column=column, date=values[column])
    if values["source_url"] and not is_url(values["source_url"]):
        yield ResultCode.BAD_ROW, said.NO_ADDRESS.format(url=values["source_url"])
    if values[RANK] and values[RANK].lower() not in _RANKS:
        yield ResultCode.BAD_ROW, said.NO_RANK.format(rank=values[RANK], ranks=", ".join(_RANKS))


def _of_repeats(row: _Row, ids: Mapping[str, int], files: Mapping[str, int]) -> Iterator[Fault]:
    if row.values["id"] and ids[row.values["id"]] > 1:
        yield ResultCode.DUPLICATE_ID, said.SAME_ID.format(id=row.values["id"])
    if row.file and files[row.file] > 1:
        yield ResultCode.DUPLICATE_FILE, said.SAME_FILE.format(file=row.values["file"])


def _out_of_place(row: _Row, folder: Path) -> Fault | None:
    """Why the file of a row is not looked for: none is named, or the way leads out of the folder."""
    file = row.values["file"]
    if not file:
        return ResultCode.BAD_ROW, said.NO_FILE
    way = PurePosixPath(file)
    if "\0" in file or way.is_absolute() or ".." in way.parts or leads_out(folder / file, folder):
        return ResultCode.OUTSIDE, said.OUTSIDE.format(file=file.replace("\0", "?"))
    return None


def _second(row: _Row, files: Mapping[str, int], seen: set[str]) -> Fault | None:
    """Why a row is not used whose file an earlier row has brought."""
    is_second = f"/{row.file}" in seen and files[row.file] > 1
    return (ResultCode.DUPLICATE_FILE, said.FIRST_ROW_USED) if is_second else None


def leads_out(path: Path, folder: Path) -> bool:
    """Whether a way, its symbolic links followed, ends outside of the folder."""
    try:
        return not path.resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError):  # a circle of links; opening it will say so
        return False


def _entry(
    row: _Row, id_: str, folder: Path, on_disk: Mapping[str, Path], faults: Sequence[Fault], is_refused: bool
) -> Entry:
    values = row.values
    # The cells behind a stray comma are shifted.
    told = dict.fromkeys((*COLUMNS, *_OPTIONAL), "") if row.is_long else values
    published, collected, checked, unlisted = (
        told[column] if is_date(told[column]) else "" for column in ("published_on", *PROVENANCE)
    )
    where = f"{NAME} {row.line}행: "
    return Entry(
        id=id_,
        file=values["file"].replace("\0", "?") or f"{NAME} {row.line}행",
        path=folder if is_refused else on_disk.get(row.file, folder / values["file"]),
        title=told["title"],
        publisher=told["publisher"],
        published_on=published,
        url=told["source_url"] if is_url(told["source_url"]) else None,
        fault=faults[0][0] if faults else None,
        note=where + " ".join(dict.fromkeys(sentence for _, sentence in faults)) if faults else "",
        is_refused=is_refused,
        rank=_RANKS.get(told[RANK].lower()),
        collected_on=collected,
        checked_on=checked,
        unlisted_on=unlisted,
    )


def _unlisted(folder: Path, on_disk: Mapping[str, Path], listed: Iterable[Entry]) -> list[Entry]:
    files = {str(PurePosixPath(entry.file)): entry for entry in listed}
    stems = {Path(name).stem: entry for name, entry in files.items() if not entry.is_refused}
    taken = {entry.id for entry in listed}
    found = []
    for name, path in on_disk.items():
        is_plain_folder = path.is_dir() and path.suffix.lower() not in SUFFIXES
        if name in files or is_ignored(name) or is_plain_folder:
            continue
        entry = Entry(safe_id(name, taken), name, path, listed=False)
        if leads_out(path, folder):
            entry = replace(entry, fault=ResultCode.OUTSIDE, note=said.OUTSIDE.format(file=name), is_refused=True)
        elif same := stems.get(Path(name).stem):  # the same document in another format
            entry = replace(
                entry, title=same.title, publisher=same.publisher, published_on=same.published_on, url=same.url
            )
        taken.add(entry.id)
        found.append(entry)
    return found


def is_ignored(name: str) -> bool:
    """Whether a file of the folder is none of its documents."""
    lower = name.lower()
    return lower in IGNORED or lower.startswith((".", "readme")) or lower.endswith(".py")


def safe_id(name: str, taken: set[str]) -> str:
    """The file's stem where it can serve as an id, else what is left of it and a digest of the name."""
    stem = Path(name).stem
    if is_id(stem) and stem not in taken:
        return stem
    digest = hashlib.sha256(name.encode()).hexdigest()[:8]
    return "-".join([*re.findall(r"[A-Za-z0-9]+", stem), digest])


def is_id(text: str) -> bool:
    """Whether a text can serve as the id of a document."""
    return bool(_ID.fullmatch(text) and text.strip("."))


def is_url(text: str) -> bool:
    """Whether a text is an address of the web."""
    return text.startswith(("http://", "https://"))


def is_date(text: str) -> bool:
    """Whether a text is a year, a month or a day as the manifest writes it."""
    match = _DATE_FORM.fullmatch(text)
    if not match or not match[0].isascii():
        return False
    try:
        date(int(match[1]), int(match[2] or 1), int(match[3] or 1))
    except ValueError:
        return False
    return True


def _visible_date(text: str) -> str:
    match = _VISIBLE_DATE.search(text)
    if not match:
        return ""
    parts = [match[1], *(f"{int(part):02}" for part in match.groups()[1:] if part)]
    return "-".join(parts) if is_date("-".join(parts)) else ""
