"""Details: the lines of one programme flow in, its labelled statements flow out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.programs.columns import Column, column_of
from ingest.programs.labels import (
    CORE,
    GROUPS,
    all_labelled,
    canonical,
    label_and_value,
    labelled,
    split_labels,
    unbulleted,
)
from ingest.programs.lines import FIRST_COLUMN, Line
from ingest.programs.outline import PLAIN, Head, Mark, Outline, heading, mark_of
from ingest.programs.periods import parse_period
from ingest.programs.phones import runs
from ingest.programs.questions import asked
from ingest.programs.spellings import SPELLINGS
from ingest.programs.talk import introduces, said
from rag.domain import Detail, PeriodKind

# A note ("* (예산) …") speaks for itself; the label above it goes on below it.
_NOTE = re.compile(r"^\s*[*※]")
# A sentence that happens to begin with a label word labels only itself.
_SENTENCE = re.compile(r"[다요]\.?\s*$")
# A long sentence says more than whom to ask: running text goes on below the lines on whom to ask.
_PROSE = re.compile(r"^[^\s□■○◦●▪*※\-–—•·].{40,}다\.?\s*$")
# These labels say what the figure behind them is; without them it would be read as another one.
_MEASURE = re.compile(r"자부담|부담금|부담\s*비율")
_MEASURED = re.compile(r"^[^가-힣]*(?:자부담|(?:기업|민간)\s*부담)[가-힣\s]*\W*[:：]")
_MARKED = re.compile(r"^[^가-힣]*[(\[【<][가-힣·\s]+[)\]】>]|^[^:：]{1,15}[:：]")
_DASHED = re.compile(r"^\s*[-–—•▲○]")
# A line as short as this, without figures and no sentence, is the head of what follows.
_HEAD_CHARACTERS = 24
_SAYS = re.compile(r"\d{2}|[%@:：]|[가-힣]원(?:\s|$)|[음함임됨]\.?$|(?:이상|이하|미만|이내|까지|불가|가능|제외|필수)$")
# "설명회: 3. 4.(수)": a field that is none of the labels.
_OTHER_FIELD = re.compile(r"^[가-힣][가-힣·\s]{1,12}\s?[:：]\s*\S")
# The list of enclosures at the foot of a notice.
_ENCLOSED = re.compile(r"^(?:붙임|첨부|별첨|별지|부칙)(?:\s?\d|\s*[:：]|\s|$)")
_FITS = (
    ("문의처", re.compile(r"\d-\d{3,4}")),
    ("제외대상", re.compile(r"제외|제한|불가|없(?:음|다|습니다)|않")),
    ("우대사항", re.compile(r"우대|가점|우선|\d점")),
    ("예산", re.compile(r"\d\s?(?:억|천만|백만|천)?\s?원")),
    ("지원조건", re.compile(r"\d\s?(?:억|천만|백만|만|천)?\s?원|%|자부담")),
    ("추진일정", re.compile(r"\d\s?[월.]\s?\d")),
    ("제출서류", re.compile(r"서류|[가-힣](?:서|부|증|본)(?:$|[\s,(])")),
)
_ITEM = re.compile(r"^\d{1,2}[.)]?\s+[가-힣A-Za-z(]")
# What a list of programmes, courses or places may state in a column of its own.
_PER_ROW = (CORE | {"제외대상", "우대사항", "융자한도", "융자금리", "융자기간"}) - {"문의처"}
_NOTHING = re.compile(r"^[\s\d.\-–—•·|:>↓→+=()]*$")


def details(lines: Sequence[Line], source_id: str) -> tuple[Detail, ...]:
    """Every statement of the lines under the label it belongs to; lines before the first label get label ""."""
    found: list[Detail] = []
    outline = Outline()
    waiting: list[str] = []
    valued = False
    item = ""
    for line in lines:
        if line.cells:
            if line.cells != line.header:
                _row(line, _fitting(outline.labels, line.text), found, source_id)
            outline.feed()
            waiting = []
            continue
        question = asked(line.text)
        if question is not None:
            _close(outline, heading(len(line.path)) if line.is_heading else None, found, source_id)
            outline.open(Head(heading(len(line.path)), line, line.text, (question,), is_bare=False))
            waiting, valued, item = [], False, ""
            _add(found, "", line.text, line, source_id)
            continue
        for part in split_labels(line.text):
            named = _labelled(part)
            mark = heading(len(line.path)) if line.is_heading else mark_of(part)
            if named and not named[1]:
                _close(outline, mark, found, source_id)
                outline.open(Head(mark, line, part, named[0], is_bare=True))
                waiting, valued, item = [*([] if valued else waiting), named[0][0]], False, ""
                continue
            if line.is_heading and not named:
                _close(outline, mark, found, source_id)
                is_part = set(outline.labels) & SPELLINGS.keys() - {"개요"} and said(part) is None
                outline.open(Head(mark, line, part, None if is_part else (unbulleted(part),)))
                waiting, item = [], ""
                continue
            valued = True
            item = _item(part, line, item, is_labelled=named is not None)
            is_aside = bool(_NOTE.match(line.text)) or bool(_SENTENCE.search(part) and not _MARKED.search(part))
            if named and not is_aside:
                _close(outline, mark, found, source_id)
                outline.open(Head(mark, line, part, named[0]))
                waiting = []
            elif introduced := introduces(unbulleted(part)):
                _close(outline, mark, found, source_id)
                outline.open(Head(mark, line, part, (introduced,), is_lead=True))
                waiting = []
            elif not named:
                _place(outline, mark, part, line, found, source_id)
                if outline.labels == ("문의처",) and _PROSE.search(part) and not runs(part):
                    outline.open(Head(mark, line, part, ()))
                    waiting = []
            label = _awaited(waiting, part) if len(waiting) > 1 and not named else _fitting(outline.labels, part)
            under = replace(line, path=(*line.path, item)) if item and item not in part else line
            said_here = part if named is None or _MEASURED.match(part) else named[1]
            for one in named[0] if named else (label,):
                _add(found, one, said_here, under, source_id, part)
    _close(outline, None, found, source_id)
    return tuple(found)


def _place(outline: Outline, mark: Mark, part: str, line: Line, found: list[Detail], source_id: str) -> None:
    """Put a line without a label of its own in its place: under a head, beside one, or as the end of one."""
    if _ENCLOSED.match(part):
        _close(outline, None, found, source_id)
        return
    if mark is PLAIN or _NOTE.match(part):
        if outline.heads and _SENTENCE.search(part) and not _NOTE.match(part):
            outline.end_lead()
        outline.feed()
        return
    before = outline.sibling(mark)
    is_head = _is_head(part)
    # Where a label stands alone behind the same mark, what follows is its list; but numbers count one list.
    is_list = bool(before and before.labels and before.is_bare and (not before.is_fed or before.is_flat))
    if before and is_list and (not is_head or mark.number is None):
        before.is_fed = before.is_flat = True
        return
    holder = outline.holder
    _close(outline, mark, found, source_id)
    ended = holder is not None and holder not in outline.heads
    if not ended or outline.labels or not holder:
        outline.open(Head(mark, line, part, None))
    elif is_head or not before or before is not holder:
        outline.open(Head(mark, line, part, ()))
    else:
        outline.open(Head(mark, line, part, holder.labels))


def _close(outline: Outline, mark: Mark | None, found: list[Detail], source_id: str) -> None:
    """Close what a line with this mark ends, or all; a head with nothing below it was a statement itself."""
    for head in outline.close(mark):
        above = outline.labels
        if head.is_bare and not head.is_fed and set(above) & SPELLINGS.keys():
            _add(found, above[0], head.text, head.line, source_id, head.text)


def _is_head(part: str) -> bool:
    """Whether a line without a known label reads as the head of what follows."""
    bare = unbulleted(part)
    if _OTHER_FIELD.match(bare):
        return True
    return len(bare) <= _HEAD_CHARACTERS and not _SENTENCE.search(bare) and not _SAYS.search(bare)


def _fitting(labels: Sequence[str], text: str) -> str:
    """Of the labels of a joint name the one that a statement below it fits, failing that the first."""
    if len(labels) < 2:
        return labels[0] if labels else ""
    if "신청기간" in labels:
        stated = parse_period(text, 2000).kind is not PeriodKind.UNSTATED
        return "신청기간" if stated else next(label for label in labels if label != "신청기간")
    return next((label for label, fits in _FITS if label in labels and fits.search(text)), labels[0])


def _labelled(part: str) -> tuple[tuple[str, ...], str] | None:
    """Labels and value; what stands under 신청 or 접수 and states a period is the period."""
    named = all_labelled(part)
    if named and named[0][0] == "신청방법" and re.search(r"^[^가-힣]*(?:신청|접수)\s*[)\]】]?\s*[:：]", part):
        period = parse_period(named[1], 2000)
        if period.kind is not PeriodKind.UNSTATED:
            return ("신청기간",), named[1]
    if named and named[0][0] in ("소관부처", "전담기관") and runs(named[1]):
        return ("문의처",), part
    return named


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
    if not line.header and len(cells) in (4, 6) and canonical(cells[0]) and any(canonical(c) for c in cells[2::2]):
        for name, value in zip(cells[::2], cells[1::2], strict=True):
            said = f"{name}: {value}" if _MEASURE.search(name) else value
            _values(canonical(name) or name, said, line, found, source_id)
        return
    if line.header and len(line.header) == len(cells):
        if _by_track(line, found, source_id):
            return
        text = " · ".join(
            f"{name}: {cell}" if name else cell for name, cell in zip(line.header, _joined(cells), strict=True) if cell
        )
    else:
        text = " · ".join(dict.fromkeys(cell for cell in _joined(cells) if cell))
    _add(found, label, text, line, source_id)
    if line.header and len(line.header) == len(cells):
        _by_column(line, found, source_id)


def _by_track(line: Line, found: list[Detail], source_id: str) -> bool:
    """Add a row whose first cell is a label and whose other cells are each under the name of a track."""
    label = canonical(line.cells[0])
    names = line.header[1:]
    if not label or len(names) < 2 or line.header[0].replace(" ", "") not in FIRST_COLUMN or any(map(canonical, names)):
        return False
    for name, cell in zip(names, _joined(line.cells[1:]), strict=True):
        _under(label, name, cell, line, found, source_id)
    return True


def _by_column(line: Line, found: list[Detail], source_id: str) -> None:
    """Add the cells of a list of programmes, courses or places that stand under a label, each under the row's name."""
    columns = [column_of(name) for name in line.header]
    naming = next((i for i, c in enumerate(columns) if c not in (Column.NUMBER, Column.OTHER)), 0)
    labels = [canonical(name) for name in line.header]
    if labels[naming] and columns[naming] is not Column.PROGRAM:
        return
    is_whole = columns[naming] is Column.PROGRAM
    for label, cell in zip(labels, _joined(line.cells), strict=True):
        if label not in _PER_ROW:
            continue
        if is_whole:
            _add(found, label, cell, line, source_id)
        else:
            _under(label, line.cells[naming], cell, line, found, source_id)


def _under(label: str, track: str, text: str, line: Line, found: list[Detail], source_id: str) -> None:
    """Add a statement that holds for one track; its section ends in the track's name, which also begins its text."""
    track = re.sub(r"\s+", " ", track).strip()
    if text:
        under = replace(line, path=(*line.path, track))
        found.append(Detail(label, f"{track}: {text}", under.evidence(source_id)))


def _values(label: str, value: str, line: Line, found: list[Detail], source_id: str) -> None:
    for part in value.split("\n"):
        inner = None if _MEASURED.match(part) else labelled(part)
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


def track_of(detail: Detail) -> str | None:
    """The track that a cell of a table speaks of; `None` for other statements."""
    track = detail.evidence.section.rpartition(" > ")[2]
    return track if track and detail.text.startswith(f"{track}: ") else None
