"""Plain text: bytes flow in, a Document of headings, paragraphs and tables flows out."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby

from ingest.checks.report import ResultCode, refusal
from ingest.loaders.aligned import runs
from rag.domain import Block, Document, Heading, Paragraph, Source, Table

_HEADING = re.compile(r"(#{1,6})\s+(\S.*)")
_RULE = re.compile(r":?-{2,}:?|")
_INLINE_TAG = re.compile(r"</?(?:sup|sub|b|i|u|em|strong|span|font|a)(?:\s[^<>]*)?/?>", re.IGNORECASE)
_BLOCK_TAG = re.compile(
    r"</?(?:ul|ol|li|br|p|div|table|thead|tbody|tr|td|th|h[1-6]|img|hr)(?:\s[^<>]*)?/?>", re.IGNORECASE
)
_AUTOLINK = re.compile(r"<((?:https?://|mailto:)[^<>\s]+)>")
_ENTITY = re.compile(r"&#?\w+;")
_BOLD = re.compile(r"\*\*([^*\n]+)\*\*")
_BOLD_LINES = re.compile(r"^\*\*([^*]+)\*\*$", re.MULTILINE)
_HALF_BOLD_LABEL = re.compile(r"^([-·•]?[ ]*[^*\n]{1,16})\*\*(?=\s|$)", re.MULTILINE)
_ESCAPED = re.compile(r"\\([*_#<>~|\[\]-])")
_PIPE_ROW = re.compile(r"\s*(?:-\s+)?\|.*\|\s*")
_GLUED_LABEL = re.compile(r"(?<=[^\s*])(\*\*[^*\n]+\*\*)(?=\s|$)|(?<=\*\*)(?=\*\*[^*\n])")


def read(raw: bytes, source: Source) -> Document:
    """Read a text file; adjacent lines are one paragraph, form feeds, where it has any, end pages. Raises LoadError."""
    pages = decode(raw, source).split("\f")
    blocks = tuple(block for number, page in enumerate(pages, 1) for block in _blocks(page, number))
    if not blocks:
        raise refusal(source, ResultCode.NO_TEXT)
    return Document(replace(source, paged=len(pages) > 1), blocks, len(pages))


def decode(raw: bytes, source: Source) -> str:
    """Bytes as composed text: byte order mark, else UTF-8, else cp949. Raises LoadError where none fits."""
    encodings = ("utf-16",) if raw.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "cp949")
    for encoding in encodings:
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    raise refusal(source, ResultCode.CORRUPT, "UTF-8도 CP949도 아님")


def _blocks(page: str, number: int) -> Iterator[Block]:
    for kind, group in groupby(page.split("\n"), _kind):
        lines = list(group)
        if kind == "pipes":
            yield from _table([[*line.strip(" -").strip("|").split("|")] for line in lines], number)
        elif kind == "tabs" and any("\t" in line.strip() for line in lines):
            yield from _table([line.split("\t") for line in lines], number)
        elif kind != "blank":
            yield from _set_in_columns(lines, number)


def _set_in_columns(lines: list[str], number: int) -> Iterator[Block]:
    waiting: list[str] = []
    for run in runs(lines):
        if isinstance(run, str):
            waiting.append(run)
            continue
        yield from _running(waiting, number)
        waiting = []
        yield from _table(run, number)
    yield from _running(waiting, number)


def _kind(line: str) -> str:
    if not line.strip():
        return "blank"
    if _PIPE_ROW.fullmatch(line):
        return "pipes"
    return "tabs" if "\t" in line.rstrip() else "line"


def _table(lines: list[list[str]], number: int) -> Iterator[Table]:
    rows = [[_plain(cell).replace("\n", " ") for cell in line] for line in lines]
    rows = [row for row in rows if not all(_RULE.fullmatch(cell) for cell in row)]
    width = max((len(row) for row in rows), default=0)
    if rows:
        yield Table(number, tuple(tuple(row + [""] * (width - len(row))) for row in rows))


def _running(lines: list[str], number: int) -> Iterator[Heading | Paragraph]:
    waiting: list[str] = []
    for line in lines:
        if heading := _HEADING.match(line.strip()):
            yield from _paragraph(waiting, number)
            waiting = []
            yield Heading(number, len(heading[1]), _plain(heading[2]).replace("\n", " "))
        else:
            waiting.append(_GLUED_LABEL.sub(r"\n\1", line.strip()))
    yield from _paragraph(waiting, number)


def _paragraph(lines: list[str], number: int) -> Iterator[Paragraph]:
    if text := _plain(_HALF_BOLD_LABEL.sub(r"\1", _BOLD_LINES.sub(r"\1", "\n".join(lines)))):
        yield Paragraph(number, text)


def _plain(text: str) -> str:
    """The words alone: publications converted to text still carry tags, entities and emphasis marks."""
    text = _BLOCK_TAG.sub(" ", _AUTOLINK.sub(r"\1", _INLINE_TAG.sub("", text)))
    text = _ENTITY.sub(lambda entity: html.unescape(entity[0]), _BOLD.sub(r"\1", text))
    text = _ESCAPED.sub(r"\1", text)
    return "\n".join(" ".join(line.split()) for line in text.split("\n")).strip()
