"""Which places words may mean, where they stand, and what lies in what on a day."""

from __future__ import annotations

import time
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.domain import Result
from rag.errors import CorpusError
from rag.grammar.gazetteer import Spelling
from rag.grammar.places import Gazetteer, PlaceMention, read_regions
from rag.grammar.regions import Province
from rag.settings import INSTALLATION

REGIONS = INSTALLATION / "corpus" / "regions.yaml"
GAZETTEER = read_regions(REGIONS)
PROVINCES = {province.name for province in GAZETTEER.provinces}
EVERY_CITY = [(p, city) for p in GAZETTEER.provinces for city in p.municipalities]
EVERY_DISTRICT = [(p, city, d) for p in GAZETTEER.provinces for city, names in p.districts for d in names]
ROWS = yaml.safe_load(Path(__file__).with_name("places.yaml").read_text("utf-8"))
BEFORE, AFTER = date(2026, 6, 30), date(2026, 7, 1)


def meant(text: str, gazetteer: Gazetteer = GAZETTEER) -> list[tuple[str, ...]]:
    return [mention.candidates for mention in gazetteer.mentions(text)]


def place(row: str) -> tuple[str, set[str]]:
    words, _, candidates = row.partition(" = ")
    return words, set(candidates.split(" | "))


# --- rows ---


@pytest.mark.parametrize(("text", "places"), [(text, places) for text, *places in ROWS["found"]])
def test_a_text_names_its_places_and_no_others(text: str, places: list[str]) -> None:
    assert [(m.words, {*m.candidates}) for m in GAZETTEER.spans(text)] == [place(row) for row in places]


@pytest.mark.parametrize("text", ROWS["none"])
def test_words_that_mean_something_else_name_no_place(text: str) -> None:
    assert GAZETTEER.spans(text) == ()


# --- every place ---


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


def test_the_bare_name_of_any_city_is_an_address() -> None:
    for province, city in EVERY_CITY:
        bare = city if len(city) == 2 else city[:-1]
        found = [candidate for mention in GAZETTEER.address(bare) for candidate in mention.candidates]
        assert f"{province.name} {city}" in found or any(p in PROVINCES for p in found), city


@pytest.mark.parametrize("ending", ["에서 일합니다", "에 있는 공장", " 쪽 회사"])
def test_every_plain_spelling_is_found_before_particles_and_nouns_of_place(ending: str) -> None:
    plain = [s for s in GAZETTEER.spellings if not (s.is_governed or s.unless)]
    wrong = [
        s.words
        for s in plain
        if not any({*m.candidates} & {*s.candidates, *s.former} for m in GAZETTEER.spans(s.words + ending))
    ]
    assert wrong == []


# --- what words may mean ---


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
        ("포항시 남구 공장", [("경상북도 포항시",)]),
        ("을지로(서울중구) 인쇄골목", [("서울특별시 중구",)]),
        ("광주(경기도)", [("경기도 광주시",)]),
        ("경기도 화성시와 충남 아산시에 공장이 있어요", [("경기도 화성시",), ("충청남도 아산시",)]),
        ("경북 기업인데 구미예요", [("경상북도 구미시",)]),
    ],
)
def test_a_place_is_told_once_and_a_province_beside_its_own_city_not_at_all(
    text: str, places: list[tuple[str, ...]]
) -> None:
    assert meant(text) == places


@pytest.mark.parametrize(
    ("text", "words", "members"),
    [
        ("호남 쪽 회사예요", "호남", ("광주광역시", "전북특별자치도", "전라남도")),
        ("전라권까지 됩니까", "전라권", ("광주광역시", "전북특별자치도", "전라남도")),
        ("경상도에서 공장합니다", "경상도", ("경상북도", "경상남도")),
        ("수도권 기업은요?", "수도권", ("서울특별시", "인천광역시", "경기도")),
        ("충청지방인데요", "충청지방", ("대전광역시", "세종특별자치시", "충청북도", "충청남도")),
        ("전남광주통합특별시예요", "전남광주통합특별시", ("광주광역시", "전라남도")),
    ],
)
def test_an_area_is_all_of_its_provinces(text: str, words: str, members: tuple[str, ...]) -> None:
    (mention,) = GAZETTEER.mentions(text)
    assert (mention.words, mention.candidates, mention.is_area, mention.is_clear) == (words, members, True, True)


@pytest.mark.parametrize(
    ("text", "place"), [("호남권 광주 회사", "광주광역시"), ("영남 고성 조선소", "경상남도 고성군")]
)
def test_an_area_settles_a_name_of_several_places(text: str, place: str) -> None:
    assert (place,) in meant(text)


def test_a_word_that_only_begins_like_an_area_is_none() -> None:
    assert GAZETTEER.mentions("전라이스 회사와 경상수지 통계") == ()


@pytest.mark.parametrize("words", ["", "  ", "어딘가", "없는시", "비밀"])
def test_words_that_are_no_place_are_no_address(words: str) -> None:
    assert GAZETTEER.address(words) == ()


# --- formal words ---


@pytest.mark.parametrize(
    ("cell", "places"),
    [
        ("강원도 춘천시, 양구군 / 경기도 가평군", ("강원특별자치도 춘천시", "강원특별자치도 양구군", "경기도 가평군")),
        ("울산광역시", ("울산광역시",)),
        ("대구광역시 전체, 경북 경산시", ("대구광역시", "경상북도 경산시")),
        ("서울·인천·경기", ("서울특별시", "인천광역시", "경기도")),
        ("전라남도 순천시, 여주시", ("전라남도 순천시",)),
        ("전남광주통합특별시 순천시, 북구", ("전라남도 순천시", "광주광역시 북구")),
        ("전남광주통합특별시", ("광주광역시", "전라남도")),
        ("경상남도 마산시", ("경상남도 창원시",)),
        ("가평군", ()),
        ("", ()),
    ],
)
def test_a_cell_of_a_contact_table_serves_the_places_it_names(cell: str, places: tuple[str, ...]) -> None:
    assert GAZETTEER.served(cell) == places


def test_a_bare_word_is_a_city_only_where_one_alone_has_that_name() -> None:
    assert GAZETTEER.bare("구미") == GAZETTEER.bare("구미시") == ("경상북도 구미시",)
    assert GAZETTEER.bare("고성") == GAZETTEER.bare("중구") == GAZETTEER.bare("구") == ()


# --- days ---


@pytest.mark.parametrize(
    ("inner", "outer", "day", "result"),
    [
        ("전남광주통합특별시 목포시", "전라남도", AFTER, Result.MET),
        ("전남광주통합특별시 목포시", "광주광역시", AFTER, Result.UNMET),
        ("전남광주통합특별시 광산구", "광주광역시", AFTER, Result.MET),
        ("전라남도 목포시", "전남광주통합특별시", AFTER, Result.MET),
        ("광주광역시 광산구", "전남광주통합특별시", BEFORE, Result.MET),
        ("경기도 광주시", "전남광주통합특별시", AFTER, Result.UNMET),
        ("전남광주통합특별시", "전라남도", AFTER, Result.UNKNOWN),
        ("광주광역시", "전남광주통합특별시", AFTER, Result.MET),
        ("강원도 춘천시", "강원특별자치도", None, Result.MET),
        ("전라북도 전주시", "전북특별자치도", None, Result.MET),
        ("대구광역시 군위군", "경상북도", date(2023, 6, 30), Result.MET),
        ("대구광역시 군위군", "대구광역시", date(2023, 6, 30), Result.UNMET),
        ("대구광역시 군위군", "대구광역시", date(2023, 7, 1), Result.MET),
        ("경상북도 군위군", "대구광역시", None, Result.MET),
        ("인천광역시 영종구", "인천광역시 중구", AFTER, Result.MET),
        ("인천광역시 제물포구", "인천광역시 중구", AFTER, Result.UNKNOWN),
        ("인천광역시 중구", "인천광역시 영종구", AFTER, Result.UNKNOWN),
        ("인천광역시 검단구", "인천광역시 서구", AFTER, Result.MET),
        ("인천광역시 서해구", "인천광역시 서구", AFTER, Result.MET),
        ("인천광역시 남구", "인천광역시 미추홀구", None, Result.MET),
        ("경상남도 마산시", "경상남도 창원시", None, Result.MET),
        ("충청북도 청원군", "충청북도 청주시", None, Result.MET),
        ("충청남도 연기군", "세종특별자치시", None, Result.MET),
        ("경상북도", "경상북도 구미시", None, Result.UNKNOWN),
        ("경상북도 구미시", "경상북도", None, Result.MET),
        ("경상북도 구미시", "영남", None, Result.MET),
        ("경상북도 구미시", "수도권", None, Result.UNMET),
        ("경기도 광주시", "광주광역시", None, Result.UNMET),
        ("해외", "서울특별시", None, Result.UNKNOWN),
    ],
)
def test_what_lies_in_what_holds_over_a_change_of_names(
    inner: str, outer: str, day: date | None, result: Result
) -> None:
    assert GAZETTEER.inside(inner, outer, day) is result


def test_every_place_is_inside_itself_and_its_province_and_no_other() -> None:
    for province, city in EVERY_CITY:
        name = f"{province.name} {city}"
        assert GAZETTEER.inside(name, name) is Result.MET
        inside = [p.name for p in GAZETTEER.provinces if GAZETTEER.inside(name, p.name) is Result.MET]
        assert inside == [province.name]


def test_a_place_is_called_by_the_name_of_the_day() -> None:
    assert GAZETTEER.name_on("전라남도 목포시", BEFORE) == "전라남도 목포시"
    assert GAZETTEER.name_on("전라남도 목포시", AFTER) == "전남광주통합특별시 목포시"
    assert GAZETTEER.name_on("인천광역시 서구", AFTER) == "인천광역시 서해구"
    assert GAZETTEER.name_on("대구광역시 군위군", date(2020, 1, 1)) == "경상북도 군위군"
    assert GAZETTEER.name_on("울산광역시", AFTER) == "울산광역시"


def test_what_does_not_exist_on_the_day_is_no_candidate_where_something_else_does() -> None:
    (before,) = GAZETTEER.spans("중구에 있어요", BEFORE)
    (after,) = GAZETTEER.spans("중구에 있어요", AFTER)
    (alone,) = GAZETTEER.spans("인천 중구에 있어요", AFTER)
    assert set(before.candidates) - set(after.candidates) == {"인천광역시 중구"}
    assert alone.candidates == ("인천광역시 중구",)


# --- laws ---

_NAMES = ("서울", "경기", "광주", "예산", "구리", "중구", "고성", "목포", "전남", "판교", "인천", "Gumi")
_OTHERS = (
    "에서",
    "이에요",
    "야",
    "요",
    " ",
    ", ",
    " 말고 ",
    "(",
    ")",
    ".",
    "공장",
    "본사는",
    "1234",
    "😀",
    "\ud800",
    "쪽",
)
_PIECES = st.sampled_from((*_NAMES, *_OTHERS))


@settings(max_examples=200, deadline=None)
@given(st.lists(_PIECES, max_size=14).map("".join))
def test_mentions_stand_in_the_text_in_order_and_none_overlaps(text: str) -> None:
    found = GAZETTEER.spans(text)
    assert all(text[m.start : m.end].encode("utf-8", "replace").decode() == m.words for m in found)
    assert all(left.end <= right.start for left, right in pairwise(found))
    assert all(m.candidates and len(set(m.candidates)) == len(m.candidates) for m in found)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60))
def test_any_text_is_read_without_an_accident(text: str) -> None:
    assert all(isinstance(m, PlaceMention) for m in GAZETTEER.mentions(text))
    GAZETTEER.address(text), GAZETTEER.served(text)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from([s for s in GAZETTEER.spellings if not s.is_governed]), st.sampled_from(EVERY_CITY))
def test_what_is_said_behind_a_clear_place_leaves_it_as_it_was(spelling: Spelling, other: tuple[Province, str]) -> None:
    province, city = other
    text = f"{province.name} {city}에 있는 회사입니다. "
    alone = GAZETTEER.spans(text)
    after = GAZETTEER.spans(f"{text}{spelling.words}에서 왔습니다.")
    assert after[: len(alone)] == alone


@pytest.mark.parametrize(
    "piece", ["서울", "예산", "화성에서 ", "가", "경기 광주 ", "서울, ", "중구(", "서울중구", "구미이"]
)
def test_time_grows_with_the_length_of_the_text(piece: str) -> None:
    def seconds(size: int) -> float:
        text = (piece * size)[:size]
        start = time.process_time()
        GAZETTEER.spans(text)
        return time.process_time() - start

    seconds(2_000)
    short, long = min(seconds(2_000), seconds(2_000)), seconds(16_000)
    assert long < max(3.0, 24 * short)


# --- the file ---


@pytest.mark.parametrize(
    "text",
    [
        "{",
        "이름: 경기도",
        "- name: 경기도",
        "- 경기도",
        "provinces: [{name: 경기도, municipalities: [광주시]}]\nunions: [{name: 남도}]",
        "provinces: [{name: 경기도, municipalities: [광주시]}]\nareas: [수도권]",
        "provinces: [{name: 경기도, municipalities: [광주시]}]\nareas: {수도권: [서울특별시]}",
        "provinces: [{name: 경기도, municipalities: [광주시]}]\nmoves: [{place: 경기도, from: 경기도, since: 어제}]",
    ],
)
def test_a_faulty_file_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "regions.yaml").write_text(text, "utf-8")
    with pytest.raises(CorpusError, match=r"regions\.yaml"):
        read_regions(tmp_path / "regions.yaml")


def test_a_file_with_nothing_but_provinces_is_read(tmp_path: Path) -> None:
    (tmp_path / "regions.yaml").write_text("- {name: 경기도, aliases: [경기], municipalities: [광주시]}", "utf-8")
    assert meant("경기도 광주시에 있어요", read_regions(tmp_path / "regions.yaml")) == [("경기도 광주시",)]
