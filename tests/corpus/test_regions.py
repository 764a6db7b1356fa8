"""`regions.yaml` flows in; the law: all 17 시·도 with all their 시·군·구, each once, each with its office."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TypedDict, cast

import pytest
import yaml

CORPUS = Path(__file__).resolve().parents[2] / "corpus"
COUNTS = {
    "서울특별시": 25, "부산광역시": 16, "대구광역시": 9, "인천광역시": 13, "광주광역시": 5, "대전광역시": 5,
    "울산광역시": 5, "세종특별자치시": 0, "경기도": 31, "강원특별자치도": 18, "충청북도": 11, "충청남도": 15,
    "전북특별자치도": 14, "전라남도": 22, "경상북도": 22, "경상남도": 18, "제주특별자치도": 2,
}  # fmt: skip
DISTRICTS = {
    "수원시": 4, "성남시": 3, "안양시": 2, "부천시": 3, "안산시": 2, "고양시": 3, "용인시": 3, "화성시": 4, "청주시": 4,
    "천안시": 2, "전주시": 2, "포항시": 2, "창원시": 5,
}  # fmt: skip


class Province(TypedDict):
    name: str
    aliases: list[str]
    municipalities: list[str]
    districts: dict[str, list[str]]


@pytest.fixture(scope="module")
def provinces() -> list[Province]:
    return cast(list[Province], yaml.safe_load((CORPUS / "regions.yaml").read_text("utf-8"))["provinces"])


def test_every_province_has_all_its_municipalities(provinces: list[Province]) -> None:
    assert {p["name"]: len(p["municipalities"]) for p in provinces} == COUNTS


def test_large_cities_have_all_their_districts(provinces: list[Province]) -> None:
    assert {city: len(names) for p in provinces for city, names in p["districts"].items()} == DISTRICTS
    assert all(city in p["municipalities"] for p in provinces for city in p["districts"])


def test_no_name_stands_twice_inside_a_province(provinces: list[Province]) -> None:
    for province in provinces:
        names = province["municipalities"] + [d for group in province["districts"].values() for d in group]
        assert len(names) == len(set(names)), province["name"]
        assert all(re.fullmatch(r"[가-힣]+[시군구]", name) for name in names)


def test_no_name_of_a_province_means_another(provinces: list[Province]) -> None:
    names = [name for p in provinces for name in (p["name"], *p["aliases"])]
    assert len(names) == len(set(names))
    cities = {city for p in provinces for city in p["municipalities"]}
    assert not cities & set(names)


def test_the_offices_of_the_guide_serve_every_municipality_once(provinces: list[Province]) -> None:
    by_name = {name: p for p in provinces for name in (p["name"], *p["aliases"])}
    table = (CORPUS / "src" / "guide2026.md").read_text("utf-8").split("#### 지사별 관할구역")[1].split("<!--")[0]
    served: list[tuple[str, str]] = []
    for line in table.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) == 4 and cells[1] in by_name:
            province = by_name[cells[1]]
            cities = province["municipalities"] or ["전체"] if cells[2] == "전체" else cells[2].split(", ")
            served += [(province["name"], city) for city in cities]
    known = [(p["name"], city) for p in provinces for city in p["municipalities"] or ["전체"]]
    assert sorted(served) == sorted(known)
