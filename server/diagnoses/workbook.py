"""Workbook: the bytes of an Excel file flow in, the rows of its sheets flow out."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping

from openpyxl import load_workbook  # type: ignore[import-untyped]
from openpyxl.utils import range_boundaries  # type: ignore[import-untyped]

from server.diagnoses.entries import FileRefused
from server.diagnoses.tables import MOST_COMPANIES, TITLE_ROWS, Row, Sheet
from server.diagnoses.values import Unread

MOST_PARTS = 2_000
LARGEST_SUM = 64 * 2**20
MOST_COLUMNS = 200
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
LOCKED = "EncryptedPackage".encode("utf-16-le")

_BROKEN = "엑셀 파일을 읽을 수 없습니다. 파일이 손상되었습니다. 엑셀에서 열어 다시 저장해 주세요."
_UNCOMPUTED = Unread("수식의 계산값이 파일에 없습니다. 엑셀에서 열어 저장하거나 값을 직접 적어 주세요.")
_MERGE = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})"')
_ZEROS = re.compile(r'[0\-"]*0[0\-"]*')


def sheets(raw: bytes) -> Iterator[Sheet]:
    """Every visible sheet that is not empty, in order, as it is asked for; a cell that a merged one covers holds what
    its first does.

    Raises FileRefused where the file is no workbook, locked, broken or too large.
    """
    if raw.startswith(OLE):
        if LOCKED in raw:
            raise FileRefused("암호가 걸린 엑셀 파일입니다. 암호를 풀고 다시 저장해 주세요.")
        raise FileRefused("예전 엑셀 형식(.xls)입니다. 엑셀에서 열어 '.xlsx'로 다시 저장해 주세요.")
    if not raw.startswith(ZIP):
        raise FileRefused("엑셀 파일이 아닙니다. 내용이 파일 이름과 다릅니다. '.xlsx'로 다시 저장해 주세요.")
    try:
        _check_sizes(raw)
        yield from _read(raw)
    except FileRefused:
        raise
    except Exception as error:  # a damaged workbook raises errors of every kind
        raise FileRefused(_BROKEN) from error


def _check_sizes(raw: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        infos = archive.infolist()
        if any(info.flag_bits & 1 for info in infos):
            raise FileRefused("암호가 걸린 파일입니다. 암호를 풀고 다시 저장해 주세요.")
        # What a part declares is all that is ever unpacked of it.
        if len(infos) > MOST_PARTS or sum(info.file_size for info in infos) > LARGEST_SUM:
            raise FileRefused("압축을 풀면 너무 큰 엑셀 파일입니다. 기업 목록만 새 파일에 옮겨 주세요.")
        if "xl/workbook.xml" not in {info.filename for info in infos}:
            raise FileRefused("엑셀 통합 문서가 아닙니다. 엑셀에서 열어 '.xlsx'로 다시 저장해 주세요.")


def _read(raw: bytes) -> Iterator[Sheet]:
    # Once for the values, once for the formulas: a formula that was never computed has no value.
    values, formulas = (
        load_workbook(io.BytesIO(raw), read_only=True, data_only=data_only, keep_links=False)
        for data_only in (True, False)
    )
    try:
        seen = [sheet for sheet in values.worksheets if sheet.sheet_state == "visible"]
        found = (_sheet(sheet, formulas[sheet.title], _covered(raw, sheet)) for sheet in seen)
        yield from (sheet for sheet in found if sheet.rows or sheet.refusal)
    finally:
        values.close()
        formulas.close()


def _sheet(values: object, formulas: object, covered: Mapping[tuple[int, int], tuple[int, int]]) -> Sheet:
    found: list[Row] = []
    firsts = frozenset(covered.values())
    held: dict[tuple[int, int], object] = {}
    for number, (shown, typed) in enumerate(zip(_cells(values), _cells(formulas), strict=True), 1):
        own = {(number, at): _value(*both) for at, both in enumerate(zip(shown, typed, strict=True), 1)}
        held |= {place: own[place] for place in firsts.intersection(own)}
        cells = tuple(held.get(covered[at]) if at in covered else value for at, value in own.items())
        row = Row(number, cells)
        if row.is_blank:
            continue
        if len(cells) > MOST_COLUMNS and cells[MOST_COLUMNS] is not None:
            return Sheet(found, f"열이 {MOST_COLUMNS}개를 넘습니다. 쓰지 않는 열을 지워 주세요.")
        found.append(row)
        if len(found) > MOST_COMPANIES + TITLE_ROWS + 1:
            return Sheet(found, f"기업이 {MOST_COMPANIES:,}곳을 넘습니다. 파일을 나누어 주세요.")
    return Sheet(found)


def _cells(sheet: object) -> Iterator[tuple[object, ...]]:
    sheet.reset_dimensions()  # type: ignore[attr-defined]  # what a sheet says of its size is often wrong
    yield from sheet.iter_rows(max_col=MOST_COLUMNS + 1)  # type: ignore[attr-defined]


def _value(cell: object, formula: object) -> object:
    value, kind = getattr(cell, "value", None), getattr(cell, "data_type", "n")
    if kind == "e":
        return Unread(f"엑셀 오류 값({value})입니다. 수식을 고치거나 값을 직접 적어 주세요.")
    if value is None and getattr(formula, "data_type", "n") == "f":
        return _UNCOMPUTED
    pattern = str(getattr(cell, "number_format", ""))
    if isinstance(value, int) and not isinstance(value, bool) and value >= 0 and _ZEROS.fullmatch(pattern):
        return _padded(value, pattern.replace('"', ""))
    return value


def _padded(value: int, pattern: str) -> object:
    """A number as its format of zeros shows it: 123 under "00000" is "00123"."""
    digits = str(value).zfill(pattern.count("0"))
    if len(digits) == 1 or len(digits) > pattern.count("0"):
        return value
    left = iter(digits)
    return "".join(next(left) if sign == "0" else sign for sign in pattern)


def _covered(raw: bytes, sheet: object) -> Mapping[tuple[int, int], tuple[int, int]]:
    """Row and column of every cell that a merged one covers, its first left out, with those of the first."""
    path = str(sheet._worksheet_path)  # type: ignore[attr-defined]
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        merged = _MERGE.findall(archive.read(path.lstrip("/")))
    found: dict[tuple[int, int], tuple[int, int]] = {}
    for area in merged[: MOST_COMPANIES * 10]:
        left, top, right, bottom = range_boundaries(area.decode())
        right, bottom = min(right, MOST_COLUMNS), min(bottom, top + MOST_COMPANIES * 2)
        area_cells = ((r, c) for r in range(top, bottom + 1) for c in range(left, right + 1))
        found.update((place, (top, left)) for place in area_cells if place != (top, left))
        if len(found) > 10**6:
            raise FileRefused("병합된 칸이 너무 많습니다. 병합을 풀고 다시 저장해 주세요.")
    return found
