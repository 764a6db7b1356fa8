"""Rows: one row of a table flows in, the labelled statements of its cells flow out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ingest.labels.fields import (
    ALONE,
    SHORT,
    belongs,
    canonical,
    canonicals,
    has_number,
    label_and_value,
    labelled,
    spelt,
)
from ingest.labels.lines import Line
from ingest.labels.outline import unbulleted, unmarked
from ingest.labels.typed_rows import FIGURES, LABELS, Kind, Of, Said, kind_of
from ingest.labels.typed_rows import WORDS as TYPED_WORDS
from ingest.phrases import phrases
from ingest.values.money import amounts
from ingest.values.when import parse_period
from rag.domain import Detail, PeriodKind

_WORDS = phrases(Path(__file__).with_suffix(".yaml"))
# Labels under which the figures of a part may stand.
_GIVEN = frozenset({"지원조건", "지원내용", "융자한도"})
# A figure that the name of its column tells the side or the sort of.
_LABEL_OF = {Kind.WHO: "지원대상", Kind.PERIOD: "신청기간"}
_SAID_WITH_NAME = frozenset({Kind.RATE, Kind.OWN, Kind.COUNT})
_NOTHING = " \t\n0123456789.-–—•·|:>↓→+=()"
_APPLYING = frozenset({"신청", "접수", "모집", "신청은", "접수는", "모집은"})
# Beside how many are helped stands what all of it costs.
_SCALES = ("지원규모", "개요", "")
_SUMS = ("지원조건", "융자한도")
_BODIES = ("소관부처", "전담기관")
_LONGEST_TRACK = 20
_LONGEST_ITEM = 15


@dataclass(frozen=True, slots=True)
class Above:
    """The row above in the same table: how many cells it has and whether it was a label with its value."""

    width: int = 0
    is_pair: bool = False


NO_ROW = Above()


def is_measured(text: str) -> bool:
    """Whether a line begins with a label that says what the figure behind it is, and is read with it."""
    return _WORDS["measured"].begins(text) is not None


def add_typed(line: Line, label: str, told: Sequence[Said], found: list[Detail], source_id: str) -> None:
    """Add a row of typed columns: all of it under the current label, and each cell of the part that it speaks of."""
    if len({said.name for said in told}) == 1 and told[0].of not in (Of.ROUND, Of.STEP):
        above = "" if told[0].of is Of.ITEM else canonical(line.beside) or label
        add(found, above, _whole(line), line, source_id)
    for said in told:
        of = _label_of(said)
        text = f"{said.column} {said.text}" if said.kind in _SAID_WITH_NAME else said.text
        item = said.column if said.kind is Kind.SUM and said.column != of else item_of(said.column)
        if said.of in (Of.PART, Of.ROW) and of:
            under = replace(line, path=(*line.path, said.name)).evidence(source_id)
            found.append(Detail(of, f"{said.name}: {text}", under, said.name if said.of is Of.PART else None, item))
        elif of:
            add(found, of, f"{said.name}: {text}" if said.name else text, line, source_id, item=item)


def _label_of(said: Said) -> str:
    """The label of what a cell of a typed column says; "" where the row as a whole has said it."""
    known = canonical(said.column)
    if said.of is Of.STEP:
        return "추진일정" if said.kind is Kind.PERIOD else ""
    if said.kind in FIGURES:
        return known if known in _GIVEN else "지원조건"
    if said.kind in _LABEL_OF:
        return _LABEL_OF[said.kind]
    if said.of in (Of.WHOLE, Of.ROW) or known in ("문의처", "예산"):
        return known if known in LABELS else ""
    bare = said.column.replace(" ", "")
    return known or ("" if bare in TYPED_WORDS["saying_nothing"] or said.kind is Kind.CONTACT else said.column)


def add_row(line: Line, label: str, above: Above, found: list[Detail], source_id: str) -> Above:
    """Add the statements of a row: pairs where the first cells are labels, else one under the current label."""
    cells = line.cells
    if pair := _pair(cells):
        name = next((cell for cell in reversed(cells[:-1]) if canonical(cell) == pair[0][0]), cells[0])
        _values(*pair, name, line, found, source_id)
        return Above(len(cells), is_pair=True)
    if not line.header and len(cells) in (4, 6) and _named(cells[0]) and any(map(_named, cells[2::2])):
        for name, value in zip(cells[::2], cells[1::2], strict=True):
            _values((_named(name) or name,), value, name, line, found, source_id)
        return Above(len(cells), is_pair=True)
    if not line.header and _one_track(line, found, source_id):
        return Above(len(cells), is_pair=True)
    if line.header and len(line.header) == len(cells):
        text = _whole(line)
        if label and line.header[0].replace(" ", "") in TYPED_WORDS["naming"] and cells[0]:
            _under(label, cells[0], text.partition(" · ")[2], line, found, source_id)
        else:
            add(found, label, text, line, source_id)
        return Above(len(cells))
    if above.is_pair and above.width == len(cells):
        # Among labels with their values a name that is no label heads a matter of its own.
        label = "지원대상" if belongs(unbulleted(cells[0]), "property") else ""
        shown = dict.fromkeys(cell for cell in joined(cells) if cell)
        add(found, label, ": ".join(shown) if label else " · ".join(shown), line, source_id)
        return above
    if not line.header and label in LABELS and _names_track(cells):
        for part in cells[1].split("\n"):
            _under(label, cells[0], part, line, found, source_id)
        return Above(len(cells))
    add(found, label, " · ".join(dict.fromkeys(cell for cell in joined(cells) if cell)), line, source_id)
    return Above(len(cells))


def _whole(line: Line) -> str:
    """All cells of a row, each behind the name of its column."""
    cells = zip(line.header, joined(line.cells), strict=True)
    return " · ".join(f"{name}: {cell}" if name else cell for name, cell in cells if cell)


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


def _named(cell: str) -> str | None:
    """The label of a cell beside its value."""
    return canonical(cell) or ALONE.get("".join(cell.split()))


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
    if not label or not track or spelt(track) or len(track) > _LONGEST_TRACK or not value:
        return False
    for part in value.split("\n"):
        _under(label, track, part, line, found, source_id)
    return True


def _under(label: str, track: str, text: str, line: Line, found: list[Detail], source_id: str, item: str = "") -> None:
    """Add a statement that holds for one track; its section ends in the track's name, which also begins its text."""
    track = unmarked(" ".join(track.split()))
    if text:
        under = replace(line, path=(*line.path, track))
        found.append(Detail(label, f"{track}: {text}", under.evidence(source_id), item=item))


def _values(labels: Sequence[str], value: str, name: str, line: Line, found: list[Detail], source_id: str) -> None:
    measures = f"{unbulleted(name)}: " if belongs(name, "measure") and "지원조건" in labels else ""
    for part in value.split("\n"):
        inner = None if is_measured(part) else labelled(part)
        if inner and inner[1]:
            add(found, inner[0], inner[1], line, source_id, part)
            continue
        said = f"{measures}{unbulleted(part)}" if measures else part
        for label in labels:
            quote, item = _with_name(label, name, part, line)
            add(found, label, said, line, source_id, quote, item)


def _with_name(label: str, name: str, part: str, line: Line) -> tuple[str, str]:
    """The words that tell a value, and what its name says beside the label.

    The name of a sum says whether it bounds what is given ("업체당 지원한도"), which its label does not.
    """
    bare = unbulleted(name)
    is_sum = label == "지원조건" and kind_of(bare) is Kind.SUM and len(bare) <= _LONGEST_ITEM
    item = item_of(name) or (bare if is_sum else "")
    if label not in _SUMS or not amounts(part):
        return part, item
    beside = f"{name}\t{part}"
    return beside if beside in line.text else line.text, item


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
        if label in _SCALES and _WORDS["budget"].is_in(text):
            found.append(Detail("예산", text, evidence))
