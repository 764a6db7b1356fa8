"""Statistics: the `statistics.csv` that staff keep for one corpus flows in; its figures, checked, flow out.

A figure is told where its words stand in the document that it names, and nowhere else: what the documents of the corpus
do not state is no figure of ours. This module alone reads the file.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from rag.domain import Document, Evidence, SizeClass
from rag.errors import CorpusError
from rag.text import squash

COLUMNS = ("figure", "trade", "band", "size", "area", "value", "year", "survey", "source", "page", "quote")
_NEEDED = ("figure", "value", "year", "source", "page", "quote")
# Under what the cells of a row come that have no head.
_MORE = "more"
OUTSIDE = " 밖"
"""Behind an area: all that does not lie in it ("수도권 밖")."""


@dataclass(frozen=True, slots=True)
class Figure:
    """통계 값: what a survey of a year found ("28.7%") for a trade, a band of people, a size and an area; blank is any.

    `trade` is a field as conditions name it, or a code of the Korean Standard Industrial Classification; `band` is as
    reports name it ("30명 이상 100명 미만").
    """

    figure: str
    value: str
    year: int
    survey: str
    evidence: Evidence
    trade: str = ""
    band: str = ""
    size: SizeClass | None = None
    area: str = ""

    @property
    def group(self) -> str:
        """Of whom it is told."""
        told = (self.area, self.size.value if self.size else "", self.trade, self.band)
        return " · ".join(filter(None, told)) or "전체"


def read_statistics(path: Path) -> tuple[Figure, ...]:
    """The figures of a file; none of one that has only its heads. Raises CorpusError naming the row that is wrong."""
    try:
        rows = list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig")), restkey=_MORE, strict=True))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise CorpusError(f"{path.name}: 읽을 수 없습니다. CSV(UTF-8)로 다시 저장해 주세요. ({error})") from error
    return tuple(_figure(path, number, row) for number, row in enumerate(rows, 2))


def standing(
    figures: Iterable[Figure], document: Callable[[str], Document | None]
) -> tuple[tuple[Figure, ...], tuple[Figure, ...]]:
    """The figures whose words stand on the page of the document that they name, and the others."""
    found = [(figure, _stands(figure, document(figure.evidence.source_id))) for figure in figures]
    return tuple(f for f, is_there in found if is_there), tuple(f for f, is_there in found if not is_there)


def _stands(figure: Figure, document: Document | None) -> bool:
    page, quote = figure.evidence.pages[0], squash(figure.evidence.quote)
    blocks = document.blocks if document else ()
    return any(block.page == page and quote in squash(block.text) for block in blocks)


def _figure(path: Path, number: int, row: Mapping[str | None, str | None]) -> Figure:
    told = {str(key): (value or "").strip() for key, value in row.items() if isinstance(value, str | None)}
    if set(told) != set(COLUMNS) or _MORE in row:
        raise CorpusError(f"{path.name} {number}행: 열이 다릅니다. 첫 행에 이 열을 적어 주세요: {', '.join(COLUMNS)}")
    lacking = [column for column in _NEEDED if not told[column]]
    if lacking:
        raise CorpusError(f"{path.name} {number}행: {', '.join(lacking)} 칸이 비었습니다. 출처와 쪽까지 적어 주세요.")
    sizes = {size.value: size for size in SizeClass}
    is_wrong = told["size"] and told["size"] not in sizes
    if is_wrong or not (told["year"].isdecimal() and told["page"].isdecimal() and int(told["page"]) > 0):
        how = f"year와 page는 수로, size는 {', '.join(sizes)} 가운데 하나로 적어 주세요."
        raise CorpusError(f"{path.name} {number}행: {how}")
    page = int(told["page"])
    return Figure(
        figure=told["figure"],
        value=told["value"],
        year=int(told["year"]),
        survey=told["survey"],
        evidence=Evidence(told["source"], (page, page), "", told["quote"]),
        trade=told["trade"],
        band=told["band"],
        size=sizes.get(told["size"]),
        area=told["area"],
    )
