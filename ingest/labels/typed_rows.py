"""Typed rows: the rows of a table flow in; what each cell says, of which part, round or item, flows out.

A column is typed by the words of its head and by what its cells hold, as the grammar of values reads them; a table
whose head names the parts and whose first column names what is said of them is turned. A row is a part of the
programme, a round of its period, an item with its fee, or a step that comes first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from ingest.labels.fields import CORE, Column, canonical, column_of
from ingest.labels.lines import Line
from ingest.labels.outline import unbulleted
from ingest.values.firms import sizes
from ingest.values.when import parse_period
from rag.domain import PeriodKind
from rag.grammar.typed import Kind as Value
from rag.grammar.values import ANY_DAY, read_values
from rag.text import squash
from rag.wordlists import word_lists

WORDS = word_lists(Path(__file__).with_name("typed_rows.yaml"))
_LONGEST_NAME = 40


class Kind(StrEnum):
    """What a column holds."""

    NAME = "name"
    PERHAPS = "perhaps"
    PROGRAM = "program"
    ROUND = "round"
    NUMBER = "number"
    SUM = "sum"
    RATE = "rate"
    OWN = "own"
    COST = "cost"
    FEE = "fee"
    COUNT = "count"
    PERIOD = "period"
    WHO = "who"
    CONTACT = "contact"
    OTHER = "other"


class Of(StrEnum):
    """What a row, or a column of a turned table, speaks of; a ROW may be a part, or anything that has a name."""

    PART = "part"
    ROW = "row"
    ROUND = "round"
    ITEM = "item"
    STEP = "step"
    WHOLE = "whole"


NAMING = (Kind.NAME, Kind.PROGRAM, Kind.ROUND, Kind.PERHAPS)
FIGURES = frozenset({Kind.SUM, Kind.RATE, Kind.OWN})
"""Kinds of columns that say what is given, or what is left to the applicant."""
LABELS = (CORE | {"제외대상", "우대사항", "융자한도", "융자금리", "융자기간"}) - {"문의처"}
"""What a list of programmes, courses or places may state in a column of its own."""
_NO_NAMES = frozenset(WORDS["saying_nothing"])
_TELLING = FIGURES | {Kind.PERIOD, Kind.WHO, Kind.CONTACT}
_BY_LABEL = {"신청기간": Kind.PERIOD, "지원대상": Kind.WHO, "문의처": Kind.CONTACT, "지원규모": Kind.COUNT}
_EXACT = (
    (Kind.NUMBER, "numbers"),
    (Kind.ROUND, "rounds"),
    (Kind.PROGRAM, "programs"),
    (Kind.NAME, "naming"),
    (Kind.PERHAPS, "perhaps"),
)
_ENDING = (
    (Kind.OWN, "own"),
    (Kind.RATE, "rates"),
    (Kind.FEE, "fees"),
    (Kind.SUM, "sums"),
    (Kind.COST, "costs"),
    (Kind.COUNT, "counts"),
)
_HELD = {
    Kind.SUM: {Value.MONEY},
    Kind.FEE: {Value.MONEY},
    Kind.RATE: {Value.SHARE},
    Kind.OWN: {Value.SHARE, Value.MONEY},
    Kind.CONTACT: {Value.PHONE, Value.MAIL},
}
"""What at least one cell of a column must state; a name alone makes no column of sums."""


@dataclass(frozen=True, slots=True)
class Said:
    """What one cell says: of what (`of`, named `name`; "" for the whole), under which name of a column."""

    of: Of
    name: str
    kind: Kind
    column: str
    text: str


@dataclass(frozen=True, slots=True)
class _Grid:
    """A table upright: the names of its columns, its rows, and for each cell the line it stands on."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    places: tuple[tuple[int, ...], ...]


def typed_rows(lines: Sequence[Line]) -> Mapping[int, tuple[Said, ...]]:
    """By the place of a line, what its cells say; lines of no table, or of one that tells no types, are left out."""
    found: dict[int, list[Said]] = {}
    for start, end in _tables(lines):
        for place, said in _of_table(lines, range(start, end)):
            found.setdefault(place, []).append(said)
    return {place: tuple(told) for place, told in found.items()}


def names_parts(header: Sequence[str]) -> bool:
    """Whether a table names the inner parts of one programme; one that says of each when and who is of several."""
    kinds = {kind_of(name) for name in header}
    return any(_bare(name) in WORDS["inner"] for name in header) and not {Kind.WHO, Kind.PERIOD} <= kinds


@cache
def kind_of(name: str) -> Kind:
    """What the column of this name says that it holds."""
    bare = _bare(name)
    for kind, words in _EXACT:
        if bare in WORDS[words]:
            return kind
    if label := _BY_LABEL.get(canonical(bare) or ""):
        return label
    ends = [
        (at + len(word), len(word), kind)
        for kind, words in _ENDING
        for word in WORDS[words]
        if (at := bare.rfind(word)) >= 0
    ]
    return max(ends, key=lambda end: end[:2])[2] if ends else Kind.OTHER


def part_name(cell: str) -> tuple[str, str]:
    """The name of a part, and what it asks of who applies where brackets behind it tell that: "새싹(창업 3년 이내)"."""
    name = " ".join(unbulleted(cell).split())
    first = next((at for at, letter in enumerate(name) if letter.isalnum() or letter == "("), 0)
    name = name[first:]
    head, bracket, inside = name.partition("(")
    asks = inside.removesuffix(")").strip()
    if bracket and inside.endswith(")") and head.strip() and "(" not in asks and _asks(asks):
        return head.strip(), asks
    return name, ""


def _asks(words: str) -> bool:
    kinds = {value.kind for value in read_values(words, ANY_DAY)}
    return bool(
        kinds & {Value.AGE, Value.DURATION} and any(w in words for w in ("이내", "미만", "이하", "초과", "이상"))
    )


def _tables(lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """The first line of each table with named columns, and the place behind its last."""
    start = 0
    while start < len(lines):
        head = lines[start]
        end = start + 1
        if head.header:
            while end < len(lines) and lines[end].header == head.header and lines[end].cells != head.header:
                end += 1
            yield start, end
        start = end


def _of_table(lines: Sequence[Line], places: range) -> Iterator[tuple[int, Said]]:
    header = lines[places.start].header
    body = [at for at in places if lines[at].cells != header and len(lines[at].cells) == len(header)]
    if len(header) < 2 or not body:
        return
    rows = tuple(tuple(" ".join(cell.split()) for cell in lines[at].cells) for at in body)
    upright = _Grid(header, rows, tuple((at,) * len(header) for at in body))
    turned = _turned(upright)
    grid = turned or upright
    kinds = _kinds(grid)
    naming = 0 if turned else _naming(grid, kinds)
    if naming is None:
        return
    of = _subject(kinds, naming, grid)
    if of is None:
        return
    for cells, at in zip(grid.rows, grid.places, strict=True):
        name, asks = part_name(cells[naming]) if of is not Of.WHOLE else ("", "")
        if of is not Of.WHOLE and (not name or squash(name) in WORDS["totals"] or len(name) > _LONGEST_NAME):
            continue
        row_of = Of.STEP if of is Of.PART and name.startswith(WORDS["early"]) and _is_day(cells, kinds) else of
        if asks and row_of is Of.PART:
            yield at[naming], Said(row_of, name, Kind.WHO, header[0], asks)
        for column, cell in enumerate(cells):
            kind = kinds[column]
            if cell and column != naming and kind not in (Kind.NUMBER, Kind.COST):
                yield at[column], Said(row_of, name, kind, _clean(grid.header[column]), cell)


def _subject(kinds: Sequence[Kind], naming: int, grid: _Grid) -> Of | None:
    """What the rows speak of; `None` where the columns do not tell."""
    names = [row[naming] for row in grid.rows]
    told = {kind for at, kind in enumerate(kinds) if at != naming}
    # Desks beside the parts they answer for are a table of offices.
    tells = bool(told & (_TELLING - {Kind.CONTACT}))
    if kinds[naming] is Kind.ROUND or all(map(_is_ordinal, names)):
        return Of.ROUND if Kind.PERIOD in told else None
    if Kind.FEE in told and not told & _TELLING:
        return Of.ITEM
    if len(names) == 1 and (kinds[naming] is Kind.PROGRAM or _bare(grid.header[naming]) in WORDS["inner"]):
        return Of.WHOLE
    labels = {canonical(name) for at, name in enumerate(grid.header) if at != naming}
    if not (tells or labels & LABELS) or _is_list_of_others(grid.header[:naming], kinds) or any(map(canonical, names)):
        return None
    is_apart = 1 < len(set(map(squash, names))) == len(names)
    is_part = bool({*kinds[: naming + 1]} & {*NAMING}) or (
        told & FIGURES and column_of(grid.header[naming]) is Column.OTHER
    )
    return Of.PART if is_apart and tells and is_part else Of.ROW


def _is_list_of_others(before: Sequence[str], kinds: Sequence[Kind]) -> bool:
    """Whether the names of columns before that of the names say who runs what: a list of other programmes."""
    return any(
        kind is Kind.OTHER and canonical(name) in ("전담기관", "소관부처")
        for name, kind in zip(before, kinds, strict=False)
    )


def _naming(grid: _Grid, kinds: Sequence[Kind]) -> int | None:
    """The column that names the rows: the surest; of columns of one kind the last, which the others group."""
    for kind in (Kind.NAME, Kind.ROUND, Kind.PROGRAM, Kind.PERHAPS):
        places = [at for at, one in enumerate(kinds) if one is kind]
        if places:
            at = places[-1] if kind is not Kind.PERHAPS else next((p for p in places if grid.header[p]), places[0])
            return at + 1 if _groups(grid, kinds, at) else at
    first = next((at for at, kind in enumerate(kinds) if kind is not Kind.NUMBER), None)
    if first is None or kinds[first] is not Kind.OTHER or canonical(grid.header[first]):
        return None
    if _bare(grid.header[first]) in WORDS["years"]:
        return None
    # A column of places or of anything else names the rows that state figures; one of offices names who runs what.
    is_office = column_of(grid.header[first]) in (Column.ORGANISATION, Column.DEPARTMENT, Column.PERSON)
    return None if is_office else first


def _groups(grid: _Grid, kinds: Sequence[Kind], at: int) -> bool:
    """Whether the names of a column are those of groups, and the words right of it tell the rows of each apart."""
    own = {row[at] for row in grid.rows}
    beside = {row[at + 1] for row in grid.rows} if at + 1 < len(kinds) and kinds[at + 1] is Kind.OTHER else set()
    is_label = at + 1 < len(kinds) and canonical(grid.header[at + 1]) is not None
    return len(own) < len(grid.rows) == len(beside) and not is_label and all(beside)


def _kinds(grid: _Grid) -> tuple[Kind, ...]:
    """What each column holds: what its name says, if its cells hold such values."""
    found = []
    for column, name in enumerate(grid.header):
        cells = [row[column] for row in grid.rows if row[column]]
        kind = kind_of(name)
        if kind is Kind.OTHER and _squashed_start(name) and cells and all(map(_is_size, cells)):
            kind = Kind.WHO
        if _bare(name) in WORDS["applying"] and _holds(Kind.PERIOD, cells):
            kind = Kind.PERIOD
        if kind in (Kind.SUM, Kind.RATE):
            # What is given, as a sum or as a share of the cost.
            kind = next((one for one in (Kind.SUM, Kind.RATE) if _holds(one, cells)), Kind.OTHER)
        found.append(kind if kind not in (*_HELD, Kind.PERIOD) or _holds(kind, cells) else Kind.OTHER)
    return tuple(found)


def _holds(kind: Kind, cells: Sequence[str]) -> bool:
    if kind is Kind.PERIOD:
        return any(parse_period(cell, ANY_DAY.year).kind is not PeriodKind.UNSTATED for cell in cells)
    return any(_HELD[kind] & {value.kind for value in read_values(cell, ANY_DAY)} for cell in cells)


def _turned(grid: _Grid) -> _Grid | None:
    """The table with rows and columns changed places, where its head names parts and its first column what they get."""
    names = grid.header[1:]
    heads = [row[0] for row in grid.rows]
    if len(names) < 2 or kind_of(grid.header[0]) not in (Kind.PERHAPS, Kind.NAME) or not all(map(_may_be_part, names)):
        return None
    typed = sum(kind_of(head) not in (Kind.OTHER, *NAMING) or bool(canonical(head)) for head in heads)
    if typed * 2 < len(heads):
        return None
    rows = tuple((name, *(row[at] for row in grid.rows)) for at, name in enumerate(names, 1))
    places = tuple((grid.places[0][0], *(at[0] for at in grid.places)) for _ in names)
    return _Grid(("유형", *heads), rows, places)


def _may_be_part(name: str) -> bool:
    """Whether the head of a column may name a part: it says of no column what it holds."""
    return bool(name) and kind_of(name) is Kind.OTHER and not canonical(name) and _bare(name) not in _NO_NAMES


def _is_day(cells: Sequence[str], kinds: Sequence[Kind]) -> bool:
    return any(kind is Kind.PERIOD and cell for cell, kind in zip(cells, kinds, strict=True))


def _is_ordinal(cell: str) -> bool:
    """ "1차", "제2회", "3기", "상반기"."""
    bare = squash(cell).removeprefix("제")
    if bare in WORDS["halves"]:
        return True
    return bare[:1].isdigit() and bare.lstrip("0123456789") in ("차", "회", "회차", "차수", "기", "기수", "분기")


def _is_size(cell: str) -> bool:
    return len(cell) <= _LONGEST_NAME and bool(sizes(cell))


def _squashed_start(name: str) -> bool:
    return _bare(name).startswith(WORDS["appliers"])


def _bare(name: str) -> str:
    """The name of a column without white space, bullet, and what brackets add."""
    words, depth = "", 0
    for letter in name:
        depth += letter in "([（"
        words += letter if depth <= 0 and not letter.isspace() else ""
        depth -= letter in ")]）"
    return words.strip("*·-") or squash(name)


def _clean(name: str) -> str:
    """The name of a column as it is told: without the unit that its cells have by now."""
    words = " ".join(name.split())
    head, bracket, inside = words.partition("(")
    unit, closing, behind = inside.partition(")")
    is_unit = bool(bracket and closing) and ("단위" in unit or unit.strip().endswith(("원", "%")))
    return " ".join(f"{head} {behind}".split()) if is_unit else words
