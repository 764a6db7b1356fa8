"""Texts: the bytes of a CSV, YAML or JSON file flow in, rows or headings with their values flow out."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Hashable, Iterator, Mapping

import yaml

from server.diagnoses.entries import Cell, Companies, Doubt, FileRefused, entry
from server.diagnoses.headings import heading, is_remark, plain, unit, unknown
from server.diagnoses.tables import MOST_COMPANIES, TITLE_ROWS, Row

LARGEST_RECORD = 256 * 2**10
"""Bytes of a YAML or JSON file, which tells of one company."""
_PARTS = frozenset(("company", "profile", "기업", "기업정보", "회사", "survey", "설문", "조사", "훈련수요조사"))
_TWICE = "'{}': 두 번 적었습니다. 하나만 남겨 주세요."


def decoded(raw: bytes) -> str:
    """The letters of a text file in UTF-8, CP949 or, as its mark tells, UTF-16. Raises FileRefused."""
    codings = ("utf-16",) if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "cp949")
    if b"\0" not in raw or codings == ("utf-16",):
        for coding in codings:
            try:
                return raw.decode(coding)
            except UnicodeDecodeError:
                continue
    raise FileRefused(
        "글자를 읽을 수 없는 파일입니다. 내용이 파일 이름과 다르거나 손상되었습니다. UTF-8로 다시 저장해 주세요."
    )


def rows(raw: bytes) -> list[Row]:
    """The rows of a CSV file, separated by commas, tabs or semicolons. Raises FileRefused."""
    text = decoded(raw)
    # A title may stand above the headings, which are the line with the most cells.
    top = text.lstrip("\r\n").split("\n", TITLE_ROWS)[:TITLE_ROWS]
    separator = max(",\t;", key=lambda mark: max(line.count(mark) for line in top))
    found: list[Row] = []
    try:
        for number, cells in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True), 1):
            row = Row(number, tuple(cells))
            if not row.is_blank:
                found.append(row)
            if len(found) > MOST_COMPANIES + TITLE_ROWS + 1:
                raise FileRefused(f"기업이 {MOST_COMPANIES:,}곳을 넘습니다. 파일을 나누어 주세요.")
    except csv.Error as error:
        raise FileRefused(f"{len(found) + 1}번째 행부터 CSV로 읽을 수 없습니다. 따옴표를 확인해 주세요.") from error
    return found


def from_yaml(raw: bytes) -> Companies:
    """The company of a YAML file; every value stays as it was typed. Raises FileRefused."""
    text = _small(raw)
    try:
        return _company(yaml.load(text, Loader=_AsTyped))
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f" {mark.line + 1}번째 줄" if mark else ""
        raise FileRefused(f"YAML로 읽을 수 없습니다.{where} 들여쓰기와 따옴표를 확인해 주세요.") from error


def from_json(raw: bytes) -> Companies:
    """The company of a JSON file. Raises FileRefused."""
    text = _small(raw)
    try:
        return _company(json.loads(text, object_pairs_hook=_once, parse_constant=lambda word: word))
    except (ValueError, RecursionError) as error:
        where = f" {error.lineno}번째 줄을" if isinstance(error, json.JSONDecodeError) else ""
        raise FileRefused(f"JSON으로 읽을 수 없습니다.{where} 확인해 주세요.") from error


def _small(raw: bytes) -> str:
    if len(raw) > LARGEST_RECORD:
        raise FileRefused(f"너무 큰 파일입니다({LARGEST_RECORD // 1024}KB까지). 기업 하나만 적어 주세요.")
    return decoded(raw)


def _company(given: object) -> Companies:
    if not given:
        raise FileRefused("파일이 비어 있습니다. 기업 정보를 적어 주세요.")
    if not isinstance(given, dict):
        raise FileRefused("'회사명: …'처럼 항목과 값으로 기업 하나를 적어 주세요. 여럿은 엑셀이나 CSV로 받습니다.")
    cells: list[Cell] = []
    doubts: list[Doubt] = []
    for title, value in _pairs(given):
        known = heading(title)
        if known:
            cells.append(Cell(known, value, unit(title)))
        elif not is_remark(title):
            doubts.append(Doubt(unknown(title)))
    if not cells:
        raise FileRefused(" ".join(["아는 항목이 하나도 없습니다.", *(doubt.reason for doubt in doubts[:5])]))
    return Companies((entry(cells, doubts=tuple(doubts)),))


def _pairs(given: Mapping[object, object]) -> Iterator[tuple[str, object]]:
    """Titles with their values, those of the parts "company" and "survey" among them."""
    for title, value in given.items():
        if plain(str(title)) in _PARTS and (isinstance(value, dict) or not value):
            yield from ((str(key), each) for key, each in (value.items() if isinstance(value, dict) else ()))
        else:
            yield str(title), value


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    done: dict[str, object] = {}
    for key, value in pairs:
        if key in done:
            raise FileRefused(_TWICE.format(key[:60]))
        done[key] = value
    return done


class _AsTyped(yaml.BaseLoader):
    """Reads every scalar as words, so that numbers keep their zeros; a key given twice is refused."""

    def construct_mapping(self, node: yaml.Node, deep: bool = False) -> dict[Hashable, object]:
        """A mapping of words. Raises FileRefused where a key is given twice."""
        assert isinstance(node, yaml.MappingNode)
        seen = set()
        for key, _ in node.value:
            if key.value in seen if isinstance(key, yaml.ScalarNode) else True:
                raise FileRefused(_TWICE.format(str(key.value)[:60] if isinstance(key, yaml.ScalarNode) else "목록"))
            seen.add(key.value)
        return super().construct_mapping(node, deep)
