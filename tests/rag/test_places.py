"""Which places words may mean."""

from __future__ import annotations

from pathlib import Path

import pytest

from rag.errors import CorpusError
from rag.lexicon import read_lexicon
from rag.places import Gazetteer, read_regions
from rag.settings import INSTALLATION

REGIONS = INSTALLATION / "corpus" / "regions.yaml"
GAZETTEER = read_regions(REGIONS, read_lexicon(INSTALLATION / "corpus" / "lexicon.yaml").homographs)
PROVINCES = {province.name for province in GAZETTEER.provinces}
EVERY_CITY = [(p, city) for p in GAZETTEER.provinces for city in p.municipalities]
EVERY_DISTRICT = [(p, city, d) for p in GAZETTEER.provinces for city, names in p.districts for d in names]


def meant(text: str, gazetteer: Gazetteer = GAZETTEER) -> list[tuple[str, ...]]:
    return [mention.candidates for mention in gazetteer.mentions(f"{text} ")]


def test_every_city_behind_any_name_of_its_province_is_exactly_itself() -> None:
    wrong = [
        (f"{name} {city}", meant(f"{name} {city}에 있는 회사입니다"))
        for province, city in EVERY_CITY
        for name in (province.name, *province.aliases)
        if meant(f"{name} {city}에 있는 회사입니다") != [(f"{province.name} {city}",)]
    ]
    assert wrong == []


def test_every_district_behind_its_province_is_its_city() -> None:
    wrong = [
        (province.name, city, district)
        for province, city, district in EVERY_DISTRICT
        if meant(f"{province.name} {city} {district}에 있는 회사") != [(f"{province.name} {city}",)]
    ]
    assert wrong == []


def test_every_province_is_found_by_each_of_its_names() -> None:
    for province in GAZETTEER.provinces:
        for name in (province.name, *province.aliases):
            assert GAZETTEER.province(name) == province.name
            assert province.name in {c for candidates in meant(f"{name}에 있는 회사") for c in candidates}, name


def test_a_city_without_its_province_means_every_city_of_that_name() -> None:
    for _, city in EVERY_CITY:
        homes = {f"{p.name} {c}" for p, c in EVERY_CITY if c == city}
        found = {c for candidates in meant(f"{city}에 있는 회사입니다") for c in candidates}
        assert homes <= found, city


@pytest.mark.parametrize(
    ("text", "places"),
    [
        (
            "중구에 있어요",
            [
                tuple(
                    f"{city} 중구"
                    for city in ("서울특별시", "부산광역시", "대구광역시", "인천광역시", "대전광역시", "울산광역시")
                )
            ],
        ),
        ("강서구 회사입니다", [("서울특별시 강서구", "부산광역시 강서구")]),
        ("고성군에 있는 공장", [("강원특별자치도 고성군", "경상남도 고성군")]),
        ("부산 강서구 회사", [("부산광역시 강서구",)]),
        ("경남 고성 조선소입니다", [("경상남도 고성군",)]),
        ("경기도 광주시에 있습니다", [("경기도 광주시",)]),
        ("광주광역시 회사입니다", [("광주광역시",)]),
        ("포항시 남구 공장", [("경상북도 포항시",)]),
        ("성남시 분당구 회사", [("경기도 성남시",)]),
        ("수원에 있는 회사", [("경기도 수원시",)]),
        ("가평에서 일합니다", [("경기도 가평군",)]),
        ("구미 공장인데요", [("경상북도 구미시",)]),
        ("강원도 춘천시 회사", [("강원특별자치도 춘천시",)]),
        ("전라북도 전주시 회사", [("전북특별자치도 전주시",)]),
        ("세종시 회사입니다", [("세종특별자치시",)]),
        ("제주도 서귀포시 업체", [("제주특별자치도 서귀포시",)]),
        ("충북 음성군 업체", [("충청북도 음성군",)]),
        ("음성에 있는 업체", [("충청북도 음성군",)]),
        ("예산군에 있는 공장", [("충청남도 예산군",)]),
        ("을지로(서울중구) 인쇄골목", [("서울특별시 중구",)]),
        ("고성(강원) 공장", [("강원특별자치도 고성군",)]),
        ("광주(경기도)", [("경기도 광주시",)]),
        ("공주 현장 번호", [("충청남도 공주시",)]),
        ("경기도 화성시와 충남 아산시에 공장이 있어요", [("경기도 화성시",), ("충청남도 아산시",)]),
    ],
)
def test_words_that_name_a_place_mean_it(text: str, places: list[tuple[str, ...]]) -> None:
    assert meant(text) == places


def test_gwangju_alone_may_be_either_city() -> None:
    assert [set(candidates) for candidates in meant("광주에 있는 회사입니다")] == [{"광주광역시", "경기도 광주시"}]


@pytest.mark.parametrize(
    "text",
    [
        "예산이 얼마인가요",
        "예산은 얼마입니까",
        "음성 인식 솔루션",
        "공주 인형",
        "장수 기업 지원",
        "화성 탐사",
        "동안 신청했어요",
        "수지 타산",
        "권한을 부여",
        "진도가 느려요",
        "고령 근로자",
        "바우처가 뭔가요",
        "이천만원까지 되나요",
        "구리 배선 제조업체",
        "상주 인력",
        "예산(국비) 얼마",
        "인제 신청하려고요",
        "",
    ],
)
def test_words_that_mean_something_else_name_no_place(text: str) -> None:
    assert meant(text) == []


@pytest.mark.parametrize(
    ("cell", "places"),
    [
        ("강원도 춘천시, 양구군 / 경기도 가평군", ("강원특별자치도 춘천시", "강원특별자치도 양구군", "경기도 가평군")),
        ("울산광역시", ("울산광역시",)),
        ("대구광역시 전체, 경북 경산시", ("대구광역시", "경상북도 경산시")),
        ("서울·인천·경기", ("서울특별시", "인천광역시", "경기도")),
        ("전라남도 순천시, 여주시", ("전라남도 순천시",)),
        ("가평군", ()),
        ("", ()),
    ],
)
def test_a_cell_of_a_contact_table_serves_the_places_it_names(cell: str, places: tuple[str, ...]) -> None:
    assert GAZETTEER.served(cell) == places


def test_a_bare_word_is_a_city_only_where_one_alone_has_that_name() -> None:
    assert GAZETTEER.bare("구미") == GAZETTEER.bare("구미시") == ("경상북도 구미시",)
    assert GAZETTEER.bare("고성") == GAZETTEER.bare("중구") == GAZETTEER.bare("구") == ()


@pytest.mark.parametrize("text", ["{", "이름: 경기도", "- name: 경기도", "- 경기도"])
def test_a_faulty_file_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "regions.yaml").write_text(text, "utf-8")
    with pytest.raises(CorpusError, match=r"regions\.yaml"):
        read_regions(tmp_path / "regions.yaml")


AREAS = read_regions(REGIONS, frozenset(), (), read_lexicon(INSTALLATION / "corpus" / "lexicon.yaml").areas)


@pytest.mark.parametrize(
    ("text", "words", "members"),
    [
        ("호남 쪽 회사예요", "호남", ("광주광역시", "전북특별자치도", "전라남도")),
        ("전라권까지 됩니까", "전라권", ("광주광역시", "전북특별자치도", "전라남도")),
        ("경상도에서 공장합니다", "경상도", ("경상북도", "경상남도")),
        ("수도권 기업은요?", "수도권", ("서울특별시", "인천광역시", "경기도")),
        ("충청지방인데요", "충청지방", ("대전광역시", "세종특별자치시", "충청북도", "충청남도")),
    ],
)
def test_an_area_is_all_of_its_provinces(text: str, words: str, members: tuple[str, ...]) -> None:
    (mention,) = AREAS.mentions(text)
    assert (mention.words, mention.candidates, mention.is_area, mention.is_clear) == (words, members, True, True)


@pytest.mark.parametrize(
    ("text", "place"), [("호남권 광주 회사", "광주광역시"), ("영남 고성 조선소", "경상남도 고성군")]
)
def test_an_area_settles_a_name_of_several_places(text: str, place: str) -> None:
    assert (place,) in [mention.candidates for mention in AREAS.mentions(text)]


def test_a_word_that_only_begins_like_an_area_is_none() -> None:
    assert AREAS.mentions("전라이스 회사와 경상수지 통계") == ()


def test_the_bare_name_of_any_city_is_an_address() -> None:
    for province, city in EVERY_CITY:
        bare = city if len(city) == 2 else city[:-1]
        found = [candidate for mention in GAZETTEER.address(bare) for candidate in mention.candidates]
        assert f"{province.name} {city}" in found or any(place in PROVINCES for place in found), city


@pytest.mark.parametrize("words", ["", "  ", "어딘가", "없는시", "비밀"])
def test_words_that_are_no_place_are_no_address(words: str) -> None:
    assert GAZETTEER.address(words) == ()
