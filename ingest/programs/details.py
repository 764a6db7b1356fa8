"""Details: the lines of one programme flow in, its labelled statements flow out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.programs.labels import GROUPS, canonical, label_and_value, labelled, split_labels, unbulleted
from ingest.programs.lines import Line
from ingest.programs.periods import parse_period
from rag.domain import Detail, PeriodKind

# A note ("* (예산) …") speaks for itself; the label above it goes on below it.
_NOTE = re.compile(r"^\s*[*※]")
# A sentence that happens to begin with a label word labels only itself.
_SENTENCE = re.compile(r"[다요]\.?\s*$")
_MARKED = re.compile(r"^[^가-힣]*[(\[【<][가-힣·\s]+[)\]】>]|^[^:：]{1,15}[:：]")
_DASHED = re.compile(r"^\s*[-–—•▲○]")
_ITEM = re.compile(r"^\d{1,2}[.)]?\s+[가-힣A-Za-z(]")
_NOTHING = re.compile(r"^[\s\d.\-–—•·|:>↓→+=()]*$")


def details(lines: Sequence[Line], source_id: str) -> tuple[Detail, ...]:
    """Every statement of the lines under the label it belongs to; lines before the first label get label ""."""
    found: list[Detail] = []
    label = ""
    waiting: list[str] = []
    valued = False
    item = ""
    for line in lines:
        if line.cells:
            if line.cells != line.header:
                _row(line, label, found, source_id)
            waiting = []
            continue
        for part in split_labels(line.text):
            named = labelled(part)
            if line.is_heading and not named:
                label, waiting = unbulleted(part), []
                continue
            if named and not named[1]:
                waiting = [*([] if valued else waiting), named[0]]
                label, valued = named[0], False
                continue
            valued = True
            item = _item(part, line, item, is_labelled=named is not None)
            if named and not _NOTE.match(line.text) and not (_SENTENCE.search(part) and not _MARKED.search(part)):
                waiting, label = [], named[0]
            if len(waiting) > 1 and not named:
                label = _awaited(waiting, part)
            under = replace(line, path=(*line.path, item)) if item and item not in part else line
            _add(found, named[0] if named else label, named[1] if named else part, under, source_id, part)
    return tuple(found)


def _item(part: str, line: Line, item: str, *, is_labelled: bool) -> str:
    """The numbered item ("2 문제해결형 훈련과정 개발") that the following lines belong to; a new label ends it."""
    if _NOTE.match(line.text) or _DASHED.match(part):
        return item
    if is_labelled or line.is_heading:
        return ""
    return part.strip() if _ITEM.match(part) and len(part) <= 80 else item


def _awaited(waiting: list[str], text: str) -> str:
    """The label for a value that follows several labels: a column of labels may stand before its column of values."""
    values = [label for label in waiting if label not in GROUPS]
    if "신청기간" in values and values[-1] != "신청기간":
        if parse_period(text, 2000).kind is not PeriodKind.UNSTATED:
            waiting[:] = [label for label in values if label not in values[: values.index("신청기간") + 1]]
            return "신청기간"
        return values[0]
    return waiting[-1]


def _row(line: Line, label: str, found: list[Detail], source_id: str) -> None:
    """Add a table row: label–value pairs where the first cells are labels, else a row under the current label."""
    cells = line.cells
    pair = label_and_value(cells)
    if pair:
        _values(*pair, line, found, source_id)
        return
    if len(cells) == 4 and canonical(cells[0]) and canonical(cells[2]) and not line.header:
        _values(canonical(cells[0]) or label, cells[1], line, found, source_id)
        _values(canonical(cells[2]) or label, cells[3], line, found, source_id)
        return
    if line.header and len(line.header) == len(cells):
        text = " · ".join(
            f"{name}: {cell}" if name else cell for name, cell in zip(line.header, _joined(cells), strict=True) if cell
        )
    else:
        text = " · ".join(dict.fromkeys(cell for cell in _joined(cells) if cell))
    _add(found, label, text, line, source_id)


def _values(label: str, value: str, line: Line, found: list[Detail], source_id: str) -> None:
    for part in value.split("\n"):
        inner = labelled(part)
        if inner and inner[1]:
            _add(found, inner[0], inner[1], line, source_id, part)
        else:
            _add(found, label, part, line, source_id, part)


def _joined(cells: Sequence[str]) -> list[str]:
    return [re.sub(r"\s*\n\s*", " ", cell).strip() for cell in cells]


def _add(found: list[Detail], label: str, text: str, line: Line, source_id: str, quote: str | None = None) -> None:
    text = unbulleted(text.replace("**", "")) if text else ""
    # Figures alone are a page or item number, but a date, sum or phone where the line says what they are.
    says = not _NOTHING.match(text) or (re.search(r"\d\d", text) and not _NOTHING.match(line.text))
    if text and says:
        found.append(Detail(label, text, line.evidence(source_id, (quote or line.text).strip())))
