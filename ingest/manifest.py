"""Manifest: the corpus folder with its `manifest.csv` flows in, one Entry for each file to read flows out."""

from __future__ import annotations

import csv
import hashlib
import io
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from rag.domain import Document, Heading, Rank, Source, Table
from rag.errors import CorpusError

NAME = "manifest.csv"
RANK = "rank"
"""A column that may be left out: how far staff believe a source."""
COLUMNS = ("id", "file", "title", "publisher", "published_on", "source_url")
IGNORED = frozenset({NAME, "lexicon.yaml", "pack.yaml", "regions.yaml", "overrides.yaml", "corrections.md"})
MOST_BYTES = 2**26 + 1
"""Bytes of a file that are looked at; a file this long is refused, see `ingest.loaders.LARGEST_FILE`."""
FIRST_BLOCKS = 10
"""A date is inferred only where it stands among this many first blocks."""

_ID = re.compile(r"[A-Za-z0-9._-]+")
_DATE_FORM = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_VISIBLE_DATE = re.compile(r"\b(20\d{2})\s*[.년/-]\s*(\d{1,2})(?:\s*[.월/-]\s*(\d{1,2})?|(?=\s|$))")


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of the corpus; `listed` tells whether the manifest has a row for it."""

    id: str
    file: str
    path: Path
    title: str = ""
    publisher: str = ""
    published_on: str = ""
    url: str | None = None
    listed: bool = True
    rank: Rank | None = None

    def raw(self) -> bytes:
        """The bytes of the file, of a very large one the first. Raises OSError."""
        with self.path.open("rb") as file:
            return file.read(MOST_BYTES)

    def source(self, raw: bytes) -> Source:
        """The source this entry describes, with the digest of its bytes."""
        digest = hashlib.sha256(raw).hexdigest()
        rank = self.rank if self.listed else Rank.UNLISTED
        return Source(self.id, self.file, self.title, self.publisher, self.published_on, self.url, digest, rank=rank)


def read_manifest(folder: Path) -> tuple[Entry, ...]:
    """Entries of all rows in order, then of the files without one.

    Raises CorpusError naming the line and the remedy where the folder or the manifest cannot be used.
    """
    if not folder.is_dir():
        raise CorpusError(f"{folder}: 자료 폴더가 없습니다. 폴더 이름을 확인해 주세요.")
    on_disk = {unicodedata.normalize("NFC", path.name): path for path in sorted(folder.iterdir())}
    listed = _listed(folder, on_disk)
    return (*listed, *_unlisted(on_disk, listed))


def inferred(document: Document) -> Source:
    """The source with the title and date that its first lines show; what they do not show stays as it was."""
    source = document.source
    blocks = [block for block in document.blocks if not isinstance(block, Table)]
    first = next((block for block in blocks if isinstance(block, Heading)), blocks[0] if blocks else None)
    title = source.title or (first.text.split("\n")[0].strip() if first else "") or Path(source.path).stem
    dates = (_visible_date(block.text) for block in blocks[:FIRST_BLOCKS])
    return replace(source, title=title, published_on=source.published_on or next(filter(None, dates), ""))


def _listed(folder: Path, on_disk: dict[str, Path]) -> tuple[Entry, ...]:
    if NAME not in on_disk:
        raise CorpusError(f"{folder}: {NAME}가 없습니다. '{','.join(COLUMNS)}' 열이 있는 파일을 만들어 주세요.")
    reader = csv.DictReader(io.StringIO(_decoded(on_disk[NAME]), newline=""), skipinitialspace=True, strict=True)
    try:
        missing = [column for column in COLUMNS if column not in (reader.fieldnames or ())]
        if missing:
            raise CorpusError(f"{NAME} 1행: {', '.join(missing)} 열이 없습니다. 첫 줄에 열 이름을 넣어 주세요.")
        entries: dict[str, Entry] = {}
        for row in reader:
            line = reader.line_num
            if None in row:
                raise CorpusError(f'{NAME} {line}행: 칸이 너무 많습니다. 쉼표가 든 값은 큰따옴표(")로 묶어 주세요.')
            values = {column: (row.get(column) or "").strip() for column in (*COLUMNS, RANK)}
            if any(values.values()):
                entry = _entry(values, folder, on_disk, line)
                _refuse_repeats(entry, entries.values(), line)
                entries[entry.id] = entry
    except csv.Error as error:
        raise CorpusError(
            f"{NAME} {reader.line_num}행: CSV로 읽을 수 없습니다({error}). 따옴표를 확인해 주세요."
        ) from error
    return tuple(entries.values())


def _decoded(path: Path) -> str:
    raw = path.read_bytes()
    for encoding in ("utf-8-sig", "cp949"):
        try:
            return unicodedata.normalize("NFC", raw.decode(encoding))
        except UnicodeDecodeError:
            continue
    raise CorpusError(f"{NAME}: 글자를 읽을 수 없습니다. UTF-8로 저장해 주세요.")


def _entry(values: dict[str, str], folder: Path, on_disk: dict[str, Path], line: int) -> Entry:
    where = f"{NAME} {line}행"
    for column in ("id", "file", "title"):
        if not values[column]:
            raise CorpusError(f"{where}: {column} 칸이 비어 있습니다. 값을 넣어 주세요.")
    if not _ID.fullmatch(values["id"]) or not values["id"].strip("."):
        raise CorpusError(f"{where}: id '{values['id']}'에는 영문자, 숫자, '.', '_', '-'만 쓸 수 있습니다.")
    path = on_disk.get(values["file"], folder / values["file"])
    if "\0" in values["file"] or not path.resolve().is_relative_to(folder.resolve()):
        raise CorpusError(
            f"{where}: file '{values['file']}'이 자료 폴더 밖을 가리킵니다. 폴더 안의 파일을 적어 주세요."
        )
    if values["published_on"] and not _is_date(values["published_on"]):
        raise CorpusError(
            f"{where}: published_on '{values['published_on']}'은 날짜가 아닙니다. "
            "2026, 2026-02, 2026-02-04처럼 적어 주세요."
        )
    url = values["source_url"]
    if url and not url.startswith(("http://", "https://")):
        raise CorpusError(f"{where}: source_url '{url}'은 주소가 아닙니다. http:// 또는 https://로 시작해야 합니다.")
    return Entry(
        values["id"],
        values["file"],
        path,
        values["title"],
        values["publisher"],
        values["published_on"],
        url or None,
        rank=_rank(values[RANK], where),
    )


def _rank(value: str, where: str) -> Rank | None:
    """The rank that a row gives; none where its cell is empty or not there."""
    ranks = {rank.name.lower(): rank for rank in Rank}
    if value and value.lower() not in ranks:
        raise CorpusError(f"{where}: rank '{value}'은 모르는 값입니다. {', '.join(ranks)} 가운데 하나를 적어 주세요.")
    return ranks.get(value.lower())


def _refuse_repeats(entry: Entry, entries: Iterable[Entry], line: int) -> None:
    for other in entries:
        if other.id == entry.id:
            raise CorpusError(f"{NAME} {line}행: id '{entry.id}'가 이미 있습니다. 행마다 다른 id를 적어 주세요.")
        if other.file == entry.file:
            raise CorpusError(f"{NAME} {line}행: file '{entry.file}'이 이미 있습니다. 파일마다 한 행만 적어 주세요.")


def _unlisted(on_disk: dict[str, Path], listed: Iterable[Entry]) -> list[Entry]:
    files = {entry.file: entry for entry in listed}
    stems = {Path(name).stem: entry for name, entry in files.items()}
    taken = {entry.id for entry in listed}
    found = []
    for name, path in on_disk.items():
        if name not in files and path.is_file() and not _is_ignored(name):
            entry = Entry(_safe_id(name, taken), name, path, listed=False)
            if same := stems.get(path.stem):  # the same document in another format
                entry = replace(
                    entry, title=same.title, publisher=same.publisher, published_on=same.published_on, url=same.url
                )
            taken.add(entry.id)
            found.append(entry)
    return found


def _is_ignored(name: str) -> bool:
    lower = name.lower()
    return lower in IGNORED or lower.startswith((".", "readme")) or lower.endswith(".py")


def _safe_id(name: str, taken: set[str]) -> str:
    """The file's stem where it can serve as an id, else what is left of it and a digest of the name."""
    stem = Path(name).stem
    if _ID.fullmatch(stem) and stem.strip(".") and stem not in taken:
        return stem
    digest = hashlib.sha256(name.encode()).hexdigest()[:8]
    return "-".join([*re.findall(r"[A-Za-z0-9]+", stem), digest])


def _is_date(text: str) -> bool:
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
    return "-".join(parts) if _is_date("-".join(parts)) else ""
