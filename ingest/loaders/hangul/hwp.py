"""HWP 5: bytes flow in, a Document of headings, paragraphs and tables flows out."""

from __future__ import annotations

import io
import json
import re
import struct
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypedDict

import olefile  # type: ignore[import-untyped]
import unhwp  # type: ignore[import-untyped]

from ingest.checks.report import ResultCode, refusal
from ingest.loaders.flow import CHECKED, UNCHECKED, Cell, Content, Frame, Text, document, seam
from ingest.loaders.ground import INK, colour_of
from ingest.loaders.hangul.hwp_layout import Layout
from ingest.loaders.hangul.records import FORM, flat
from ingest.loaders.hangul.veil import Veil, veil
from rag.domain import Document, Sign, Source

COMPRESSED, PASSWORD, DISTRIBUTION = 1 << 0, 1 << 1, 1 << 2
"""Bits of the properties at byte 36 of the stream FileHeader."""
LARGEST_STREAM = 64 * 2**20
"""Bytes of one decompressed stream of text."""

_HEADER = "FileHeader"
_LOCKED_OFFICE = "EncryptedPackage"
_CAPTION = re.compile(r"Caption:wstring:(?P<length>\d+):(?P<text>.*?)(?: Value:int:(?P<value>\d)|$)", re.DOTALL)
_NO_SECTOR = 0xFFFFFFFA


class _Style(TypedDict, total=False):
    color: str | None
    font_size: float
    heading_level: int
    strikethrough: bool


class _Run(TypedDict, total=False):
    text: str
    script: str
    style: _Style


class _Paragraph(TypedDict):
    style: _Style
    content: Sequence[str | Mapping[str, _Run]]


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
    info, bodies = _checked(raw, source)
    try:
        with unhwp.parse_bytes(raw) as result:
            parsed: _Parsed = json.loads(result.json)
    except Exception as error:  # the parser raises errors of several kinds on a damaged file
        raise refusal(source, ResultCode.CORRUPT, type(error).__name__) from error
    reader = _Reader(veil(info, bodies), Layout(bodies))
    content = [part for section in parsed["sections"] for block in section["content"] for part in reader.content(block)]
    # The parser passes over the fields of forms; their words follow the text, for where each belongs is not known.
    last = max((block.page if isinstance(block, Text) else block.pages[-1][1] for block in content), default=1)
    fields = [Text(" ".join(found), page=last) for body in bodies if (found := list(_fields(body)))]
    left_out = [sign for sign in Sign if sign in reader.signs]
    cut = [Sign.PARTIAL] if parsed["skipped_sections"] else []
    return document(source, [*content, *fields], [*left_out, *cut], paged=reader.layout.is_sure)


def _checked(raw: bytes, source: Source) -> tuple[bytes, list[bytes]]:
    """The streams of styles and of text; the container is whole, its flags allow reading, no stream is too large."""
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
            packed = [container.openstream(path).read() for path in ["DocInfo", *bodies]]
            info, *texts = [_stream(body, source) for body in packed] if flags & COMPRESSED else packed
            return info, texts
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
    for tag, _, data in flat(body):
        if tag == FORM and (field := _CAPTION.search(data.decode("utf-16-le", "ignore"))):
            box = {"0": UNCHECKED, "1": CHECKED}.get(field["value"] or "", "")
            length = int(field["length"])
            yield f"{box}{field['text'][:length].replace('&&', '&')}"


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


@dataclass(slots=True)
class _Reader:
    """Reads what the parser made of a file; `signs` tell what was left out."""

    veil: Veil
    layout: Layout
    signs: set[Sign] = field(default_factory=set)

    def content(self, block: _Block) -> Iterator[Content]:
        """The paragraph or the table of a block."""
        if "Paragraph" in block:
            paragraph = block["Paragraph"]
            yield self._text(paragraph, self.layout.page_of(_words(paragraph)))
        elif "Table" in block:
            table = block["Table"]
            words = "".join(
                _words(inside) for row in table["rows"] for cell in row["cells"] for inside in cell.get("content", ())
            )
            yield self._frame(table, self.layout.spans_of(words, len(table["rows"])))

    def _text(self, paragraph: _Paragraph, page: int) -> Text:
        words: list[str] = []
        sizes: Counter[float] = Counter()
        for item in paragraph["content"]:
            if isinstance(item, str):
                words.append("\n" if item == "LineBreak" else "")
                continue
            for held in item.values():
                text = held.get("text") or held.get("script") or ""
                style = held.get("style", {})
                size = style.get("font_size") or 0.0
                if self.veil.covers(text, colour_of(style.get("color")) or INK, size):
                    self.signs.add(Sign.HIDDEN_TEXT)
                    continue
                if style.get("strikethrough"):
                    self.signs.update([Sign.STRUCK] if text.strip() else [])
                    words.append(seam(text))
                    continue
                words.append(text)
                sizes[size] += len(text.strip())
        whole = "".join(words)
        if self.veil.is_remark(whole):
            self.signs.add(Sign.HIDDEN_TEXT)
            return Text("")
        size = sizes.most_common(1)[0][0] if sizes else 0.0
        return Text(whole, size, paragraph["style"].get("heading_level", 0), page)

    def _frame(self, table: _Table, spans: tuple[tuple[int, int], ...]) -> Frame:
        rows = zip(table["rows"], spans, strict=True)
        return Frame(tuple(tuple(self._cell(cell, span) for cell in row["cells"]) for row, span in rows), spans)

    def _cell(self, cell: _Cell, span: tuple[int, int]) -> Cell:
        inside = cell.get("content", ())
        content: tuple[Content, ...] = (
            *(self._text(paragraph, self.layout.page_inside(_words(paragraph), span[0])) for paragraph in inside),
            *(self._frame(table, (span,) * len(table["rows"])) for table in cell.get("nested_tables", ())),
        )
        return Cell(content, cell.get("rowspan", 1), cell.get("colspan", 1))


def _words(paragraph: _Paragraph) -> str:
    """All words of a paragraph, hidden or not."""
    held = (words for item in paragraph["content"] if not isinstance(item, str) for words in item.values())
    return "".join(words.get("text") or words.get("script") or "" for words in held)
