"""Rows: one row of a table flows in, the labelled statements of its cells flow out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.labels.fields import CORE, SHORT, Column, belongs, canonical, canonicals, column_of, has_number
from ingest.labels.labelled import label_and_value, labelled
from ingest.labels.outline import unbulleted, unmarked
from ingest.labels.text_lines import FIRST_COLUMN, Line
from ingest.values.firms import sizes
from ingest.values.when import parse_period
from rag.domain import Detail, PeriodKind

# These labels say what the figure behind them is; without them it would be read as another one.
MEASURED = re.compile(r"^[^가-힣]*(?:자부담|국비|(?:기업|민간)\s*부담)[가-힣\s]*\W*[:：]")
# What a list of programmes, courses or places may state in a column of its own.
_PER_ROW = (CORE | {"제외대상", "우대사항", "융자한도", "융자금리", "융자기간"}) - {"문의처"}
_NOTHING = " \t\n0123456789.-–—•·|:>↓→+=()"
_APPLYING = frozenset({"신청", "접수", "모집", "신청은", "접수는", "모집은"})
# Beside how many are helped stands what all of it costs.
_SCALES = ("지원규모", "개요", "")
_BUDGET = re.compile(
    r"(?<![가-힣])(?:총\s?|모집\s?|올해\s?|사업\s?)?예산(?:은|액)?\s?[:：]?\s?(?:총\s?)?\d[\d,.]*\s?(?:조|억|천만|백만|천|만)"
)
_BODIES = ("소관부처", "전담기관")
_LONGEST_TRACK = 20
_LONGEST_ITEM = 15


@dataclass(frozen=True, slots=True)
class Above:
    """The row above in the same table: how many cells it has and whether it was a label with its value."""

    width: int = 0
    is_pair: bool = False


NO_ROW = Above()


def add_row(line: Line, label: str, above: Above, found: list[Detail], source_id: str) -> Above:
    """Add the statements of a row: pairs where the first cells are labels, else one under the current label."""
    cells = line.cells
    if pair := _pair(cells):
        _values(*pair, cells[0], line, found, source_id)
        return Above(len(cells), is_pair=True)
    if not line.header and len(cells) in (4, 6) and canonical(cells[0]) and any(canonical(c) for c in cells[2::2]):
        for name, value in zip(cells[::2], cells[1::2], strict=True):
            _values((canonical(name) or name,), value, name, line, found, source_id)
        return Above(len(cells), is_pair=True)
    if not line.header and _one_track(line, found, source_id):
        return Above(len(cells), is_pair=True)
    if line.header and len(line.header) == len(cells):
        if _by_track(line, found, source_id):
            return Above(len(cells))
        text = " · ".join(
            f"{name}: {cell}" if name else cell for name, cell in zip(line.header, joined(cells), strict=True) if cell
        )
        if label and belongs(line.header[0], "kinds") and cells[0]:
            _under(label, cells[0], text.partition(" · ")[2], line, found, source_id)
        else:
            add(found, label, text, line, source_id)
        _by_column(line, found, source_id)
        return Above(len(cells))
    if above.is_pair and above.width == len(cells):
        # Among labels with their values a name that is no label heads a matter of its own.
        label = "지원대상" if belongs(unbulleted(cells[0]), "property") else ""
        shown = dict.fromkeys(cell for cell in joined(cells) if cell)
        add(found, label, ": ".join(shown) if label else " · ".join(shown), line, source_id)
        return above
    if not line.header and label in _PER_ROW and _names_track(cells):
        for part in cells[1].split("\n"):
            _under(label, cells[0], part, line, found, source_id)
        return Above(len(cells))
    add(found, label, " · ".join(dict.fromkeys(cell for cell in joined(cells) if cell)), line, source_id)
    return Above(len(cells))


def _pair(cells: tuple[str, ...]) -> tuple[tuple[str, ...], str] | None:
    """Every label and the value of a row that holds just these."""
    if found := label_and_value(cells):
        names = canonicals(next(cell for cell in cells if canonical(cell) == found[0]))
        return names, found[1]
    if len(cells) == 2 and SHORT.get(cells[0].strip()) in _BODIES and cells[1]:
        return (SHORT[cells[0].strip()],), cells[1]
    if len(cells) == 2 and cells[0] in _APPLYING and cells[1]:
        stated = parse_period(cells[1], 2000).kind is not PeriodKind.UNSTATED
        return ("신청기간" if stated else "신청방법",), cells[1]
    return None


def _names_track(cells: tuple[str, ...]) -> bool:
    """Whether a row without column names is a track and what is said of it."""
    return (
        len(cells) == 2
        and 2 <= len(cells[0]) <= _LONGEST_TRACK
        and not any(c in ":：" or c.isdigit() for c in cells[0])
        and bool(cells[1])
        and canonical(cells[0]) is None
    )


def _one_track(line: Line, found: list[Detail], source_id: str) -> bool:
    """Add a row of a label, a track and what is said of it."""
    if len(line.cells) != 3:
        return False
    name, track, value = line.cells
    label = canonical(name)
    if not label or not track or canonical(track) or len(track) > _LONGEST_TRACK or not value:
        return False
    for part in value.split("\n"):
        _under(label, track, part, line, found, source_id)
    return True


def _by_track(line: Line, found: list[Detail], source_id: str) -> bool:
    """Add a row whose first cell is a label and whose other cells are each under the name of a track."""
    label = canonical(line.cells[0])
    names = line.header[1:]
    first = line.header[0].replace(" ", "")
    if len(names) < 2 or (first and first not in FIRST_COLUMN) or any(map(canonical, names)):
        return False
    if belongs(line.cells[0], "applicant") and all(map(sizes, line.cells[1:])):
        # "주관기관 | 중소기업 | 중견기업": who applies, not who runs it.
        label = "지원대상"
        for name, cell in zip(names, joined(line.cells[1:]), strict=True):
            _under(label, name, cell, line, found, source_id)
        return True
    for name, cell in zip(names, joined(line.cells[1:]), strict=True):
        pair = _pair((line.cells[0], cell))
        if not (pair or label):
            return False
        for one in pair[0] if pair else (label or "",):
            said = f"{line.cells[0]} {cell}" if one == "지원조건" and belongs(line.cells[0], "measure") else cell
            _under(one, name, said, line, found, source_id)
    return True


def _by_column(line: Line, found: list[Detail], source_id: str) -> None:
    """Add the cells of a list of programmes, courses or places that stand under a label, each under the row's name."""
    columns = [column_of(name) for name in line.header]
    naming = next((i for i, c in enumerate(columns) if c not in (Column.NUMBER, Column.OTHER)), 0)
    labels = [canonical(name) for name in line.header]
    if labels[naming] and columns[naming] is not Column.PROGRAM:
        return
    is_whole = columns[naming] is Column.PROGRAM
    for label, name, cell in zip(labels, line.header, joined(line.cells), strict=True):
        if label not in _PER_ROW or not cell:
            continue
        said = f"{name} {cell}" if label == "지원조건" and belongs(name, "measure") else cell
        if is_whole:
            add(found, label, said, line, source_id, item=item_of(name))
        else:
            _under(label, line.cells[naming], said, line, found, source_id, item_of(name))


def _under(label: str, track: str, text: str, line: Line, found: list[Detail], source_id: str, item: str = "") -> None:
    """Add a statement that holds for one track; its section ends in the track's name, which also begins its text."""
    track = unmarked(" ".join(track.split()))
    if text:
        under = replace(line, path=(*line.path, track))
        found.append(Detail(label, f"{track}: {text}", under.evidence(source_id), item=item))


def _values(labels: Sequence[str], value: str, name: str, line: Line, found: list[Detail], source_id: str) -> None:
    measures = f"{unbulleted(name)}: " if belongs(name, "measure") and "지원조건" in labels else ""
    for part in value.split("\n"):
        inner = None if MEASURED.match(part) else labelled(part)
        if inner and inner[1]:
            add(found, inner[0], inner[1], line, source_id, part)
        else:
            for label in labels:
                said = f"{measures}{unbulleted(part)}" if measures else part
                add(found, label, said, line, source_id, part, item_of(name))


def item_of(name: str) -> str:
    """What a name says in brackets beside its label: "시설" of "융자기간(시설)"; no unit of money."""
    head, bracket, inside = name.strip().rpartition("(")
    said = inside.removesuffix(")").strip()
    is_item = bracket and inside.endswith(")") and head.strip() and len(said) <= _LONGEST_ITEM
    return said if is_item and not said.endswith("원") and not said.startswith("단위") else ""


def joined(cells: Sequence[str]) -> list[str]:
    """The cells, each on one line."""
    return [" ".join(part.strip() for part in cell.split("\n")).strip() for cell in cells]


def add(
    found: list[Detail], label: str, text: str, line: Line, source_id: str, quote: str | None = None, item: str = ""
) -> None:
    """Add a statement unless it says nothing."""
    text = unbulleted(text.replace("**", "")) if text else ""
    # Figures alone are a page or item number, but a date, sum or phone where the line says what they are.
    says = text.strip(_NOTHING) or (has_number(text) and line.text.strip(_NOTHING))
    if text and says:
        evidence = line.evidence(source_id, (quote or line.text).strip())
        found.append(Detail(label, text, evidence, item=item))
        if label in _SCALES and _BUDGET.search(text):
            found.append(Detail("예산", text, evidence))
