"""Files: the path of a file that someone filled in flows in, the companies in it flow out."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from server.diagnoses.entries import Companies, FileRefused

if TYPE_CHECKING:
    from server.diagnoses.tables import Sheet

LARGEST = 20 * 2**20
SUFFIXES = (".xlsx", ".xlsm", ".csv", ".yaml", ".yml", ".json")
_BOOKS = (".xlsx", ".xlsm")


def read(path: Path) -> Companies:
    """The companies of a file. Raises FileRefused, naming the file, where it cannot be used as a whole."""
    suffix = path.suffix.lower()
    try:
        if path.stat().st_size > LARGEST:
            raise FileRefused(f"너무 큰 파일입니다({LARGEST // 2**20}MB까지). 파일을 나누어 주세요.")
        return companies(path.read_bytes(), suffix)
    except FileNotFoundError as error:
        raise FileRefused(f"{path}: 파일이 없습니다. 경로를 확인해 주세요.") from error
    except OSError as error:
        raise FileRefused(f"{path}: 파일을 읽을 수 없습니다. 경로와 권한을 확인해 주세요.") from error
    except FileRefused as error:
        raise FileRefused(f"{path.name}: {error}") from error


def companies(raw: bytes, suffix: str) -> Companies:
    """The companies in the bytes of a file with that suffix (".xlsx"). Raises FileRefused."""
    from server.diagnoses import tables, texts, workbook

    _check(raw, suffix)
    if suffix in _BOOKS:
        return tables.companies(tables.among(workbook.sheets(raw)))
    if suffix == ".csv":
        return tables.companies(texts.rows(raw))
    return texts.from_json(raw) if suffix == ".json" else texts.from_yaml(raw)


def sheets(raw: bytes, suffix: str) -> Iterable[Sheet]:
    """The sheets of a table, ".xlsx", ".xlsm" or ".csv". Raises FileRefused."""
    from server.diagnoses import texts, workbook
    from server.diagnoses.tables import Sheet

    _check(raw, suffix)
    return (Sheet(texts.rows(raw)),) if suffix == ".csv" else workbook.sheets(raw)


def _check(raw: bytes, suffix: str) -> None:
    if suffix == ".xls":
        raise FileRefused("예전 엑셀 형식(.xls)은 받지 않습니다. 엑셀에서 열어 '.xlsx'로 다시 저장해 주세요.")
    if suffix not in SUFFIXES:
        raise FileRefused(f"받을 수 없는 형식입니다. 쓸 수 있는 형식: {', '.join(SUFFIXES)}")
    if not raw.strip():
        raise FileRefused("파일이 비어 있습니다. 기업 정보를 적어 주세요.")
    from server.diagnoses.workbook import OLE, ZIP

    if suffix not in _BOOKS and raw.startswith((ZIP, OLE, b"%PDF")):
        raise FileRefused(f"내용이 '{suffix}' 파일이 아닙니다. 파일 이름과 형식을 확인해 주세요.")
