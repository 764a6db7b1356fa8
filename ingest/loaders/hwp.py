"""HWP 5: bytes flow in, a Document of headings, paragraphs and tables flows out."""

from __future__ import annotations

import io
import json
import re
import struct
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TypedDict

import olefile  # type: ignore[import-untyped]
import unhwp  # type: ignore[import-untyped]

from ingest.loaders.flow import CHECKED, UNCHECKED, Cell, Content, Frame, Text, document
from ingest.report import ResultCode, refusal
from rag.domain import Document, Sign, Source

COMPRESSED, PASSWORD, DISTRIBUTION = 1 << 0, 1 << 1, 1 << 2
"""Bits of the properties at byte 36 of the stream FileHeader."""
LARGEST_STREAM = 64 * 2**20
"""Bytes of one decompressed stream of text."""

_HEADER = "FileHeader"
_LOCKED_OFFICE = "EncryptedPackage"
_FORM_FIELD = 91
"""The tag of the records that describe a field of a form, in words."""
_CAPTION = re.compile(r"Caption:wstring:(?P<length>\d+):(?P<text>.*?)(?: Value:int:(?P<value>\d)|$)", re.DOTALL)
_NO_SECTOR = 0xFFFFFFFA


class _Style(TypedDict, total=False):
    font_size: float
    heading_level: int


class _Words(TypedDict, total=False):
    text: str
    script: str
    style: _Style


class _Paragraph(TypedDict):
    style: _Style
    content: Sequence[str | Mapping[str, _Words]]


class _Cell(TypedDict, total=False):
    content: Sequence[_Paragraph]
    nested_tables: Sequence[_Table]
    rowspan: int
    colspan: int


class _Row(TypedDict):
    cells: Sequence[_Cell]


class _Table(TypedDict):
    rows: Sequence[_Row]


class _Block(TypedDict, total=False):
    Paragraph: _Paragraph
    Table: _Table


class _Section(TypedDict):
    content: Sequence[_Block]


class _Parsed(TypedDict):
    sections: Sequence[_Section]
    skipped_sections: Sequence[object]


def read(raw: bytes, source: Source) -> Document:
    """Read an HWP 5 file. Raises LoadError where it is locked, damaged, cut off, too large or holds no text."""
    bodies = _checked(raw, source)
    try:
        with unhwp.parse_bytes(raw) as result:
            parsed: _Parsed = json.loads(result.json)
    except Exception as error:  # the parser raises errors of several kinds on a damaged file
        raise refusal(source, ResultCode.CORRUPT, type(error).__name__) from error
    content = [part for section in parsed["sections"] for block in section["content"] for part in _content(block)]
    # The parser passes over the fields of forms; their words follow the text, for where each belongs is not known.
    fields = [Text(" ".join(found)) for body in bodies if (found := list(_fields(body)))]
    return document(source, [*content, *fields], [Sign.PARTIAL] if parsed["skipped_sections"] else [])


def _checked(raw: bytes, source: Source) -> list[bytes]:
    """The streams of text: the container is whole, its flags allow reading, and none grows beyond the limit."""
    if _is_cut(raw):
        raise refusal(source, ResultCode.TRUNCATED)
    try:
        with olefile.OleFileIO(io.BytesIO(raw)) as container:
            if not container.exists(_HEADER):
                locked = container.exists(_LOCKED_OFFICE)
                raise refusal(source, ResultCode.ENCRYPTED if locked else ResultCode.UNSUPPORTED)
            (flags,) = struct.unpack_from("<I", container.openstream(_HEADER).read(), 36)
            if flags & PASSWORD:
                raise refusal(source, ResultCode.ENCRYPTED)
            if flags & DISTRIBUTION:
                raise refusal(source, ResultCode.DISTRIBUTION_LOCKED)
            bodies = [path for path in container.listdir() if path[0] == "BodyText"]
            packed = [container.openstream(path).read() for path in [*bodies, "DocInfo"]]
            return [_stream(body, source) for body in packed][:-1] if flags & COMPRESSED else packed[:-1]
    except (OSError, zlib.error, struct.error, ValueError, IndexError) as error:
        raise refusal(source, ResultCode.CORRUPT, type(error).__name__) from error


def _stream(packed: bytes, source: Source) -> bytes:
    stream = zlib.decompressobj(-zlib.MAX_WBITS)
    body = stream.decompress(packed, LARGEST_STREAM + 1)
    if len(body) > LARGEST_STREAM:
        raise refusal(source, ResultCode.TOO_LARGE)
    if not stream.eof:
        raise refusal(source, ResultCode.CORRUPT, "stream")
    return body


def _fields(body: bytes) -> Iterator[str]:
    """The words of each check box and button, from the records of a stream of text."""
    at = 0
    while at + 4 <= len(body):
        (head,) = struct.unpack_from("<I", body, at)
        at += 4
        size = head >> 20
        if size == 0xFFF and at + 4 <= len(body):
            (size,) = struct.unpack_from("<I", body, at)
            at += 4
        if head & 0x3FF == _FORM_FIELD and (
            field := _CAPTION.search(body[at : at + size].decode("utf-16-le", "ignore"))
        ):
            box = {"0": UNCHECKED, "1": CHECKED}.get(field["value"] or "", "")
            length = int(field["length"])
            yield f"{box}{field['text'][:length].replace('&&', '&')}"
        at += size


def _is_cut(raw: bytes) -> bool:
    """Whether the file ends before the sectors that its header and its allocation table name."""
    if len(raw) < 512:
        return True
    sector = 1 << struct.unpack_from("<H", raw, 0x1E)[0] % 16
    named = [n for n in struct.unpack_from("<109I", raw, 0x4C) if n < _NO_SECTOR]
    tables = [raw[(n + 1) * sector : (n + 2) * sector] for n in named]
    if any(len(table) < sector for table in tables):
        return True
    entries = struct.unpack(f"<{sum(map(len, tables)) // 4}I", b"".join(tables))
    used = max((n for n, after in enumerate(entries) if after != 0xFFFFFFFF), default=0)
    return bool((used + 1) * sector >= len(raw))


def _content(block: _Block) -> Iterator[Content]:
    if "Paragraph" in block:
        yield _text(block["Paragraph"])
    elif "Table" in block:
        yield _frame(block["Table"])


def _text(paragraph: _Paragraph) -> Text:
    words: list[str] = []
    sizes: Counter[float] = Counter()
    for item in paragraph["content"]:
        if isinstance(item, str):
            words.append("\n" if item == "LineBreak" else "")
            continue
        for held in item.values():
            text = held.get("text") or held.get("script") or ""
            words.append(text)
            sizes[held.get("style", {}).get("font_size", 0.0)] += len(text.strip())
    size = sizes.most_common(1)[0][0] if sizes else 0.0
    return Text("".join(words), size, paragraph["style"].get("heading_level", 0))


def _frame(table: _Table) -> Frame:
    return Frame(tuple(tuple(_cell(cell) for cell in row["cells"]) for row in table["rows"]))


def _cell(cell: _Cell) -> Cell:
    inner = (_frame(table) for table in cell.get("nested_tables", ()))
    content: tuple[Content, ...] = (*(_text(paragraph) for paragraph in cell.get("content", ())), *inner)
    return Cell(content, cell.get("rowspan", 1), cell.get("colspan", 1))
