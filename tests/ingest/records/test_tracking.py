"""The parts of a programme: told by two places of a document or by a table of parts, each with its own statements."""

from __future__ import annotations

from ingest.records.mentions import before_figure, is_name, parts
from ingest.records.tracking import Tracks
from rag.domain import Program
from rag.tracks import tracks_of
from tests.ingest.making import programs

TWICE = """
# 가람 혁신 지원사업
| 구분 | 내용 |
| --- | --- |
| 지원대상 | 진단형: 중소기업<br>구축형: 중견기업 |
| 지원규모 | 진단형 20개사, 구축형 5개사 |
| 지원금액 | 진단형 최대 1천만원, 구축형 최대 2억원 |
| 신청기간 | 진단형: 연중 상시<br>구축형: 2026. 3. 2. ~ 3. 20. |
| 문의처 | 가람진흥원 02-000-1234 |
"""
FUNDS = """
# 나래 융자 지원사업
| 구분 | 내용 |
| --- | --- |
| 지원규모 | 나래성장자금(내역 도약지원자금) 70억원, 나래기반자금(내역 창업지원자금) 30억원 |
| 지원대상 | 중소기업 |
| 신청기간 | 연중 상시 |
## 나래성장자금(내역: 도약지원)
| 구분 | 내용 |
| --- | --- |
| 융자한도 | 10억원 이내 |
| 융자기간(시설) | 8년 |
| 융자기간(운전) | 5년 |
## 나래기반자금(내역: 창업지원)
| 구분 | 내용 |
| --- | --- |
| 융자한도 | 10억원 이내 |
| 융자기간(시설) | 10년 |
| 융자기간(운전) | 6년 |
"""


def one(text: str) -> Program:
    (program,) = programs(text, title="2026년 모의 공고")
    return program


def test_names_that_two_places_tell_side_by_side_are_tracks() -> None:
    assert [t.name for t in tracks_of(one(TWICE))] == ["진단형", "구축형"]


def test_each_track_has_the_facts_that_are_told_of_it() -> None:
    first, second = tracks_of(one(TWICE))
    assert [b.ceiling for b in (*first.benefits, *second.benefits) if b.ceiling] == [10_000_000, 200_000_000]
    assert [p.kind.value for p in (*first.periods, *second.periods)] == ["always", "fixed"]
    assert [c.allowed for c in (*first.criteria, *second.criteria)] == [("중소기업",), ("중견기업",)]
    assert "진단형 20개사" in [d.text for d in first.details]


def test_what_stands_under_a_heading_of_a_track_is_told_of_it_with_its_item() -> None:
    growth, base = tracks_of(one(FUNDS))
    assert (growth.name, base.name) == ("도약지원자금", "창업지원자금")
    assert "나래성장자금" in growth.aliases
    for fund, terms in ((growth, ["8년", "5년"]), (base, ["10년", "6년"])):
        told = [(d.item, d.text) for d in fund.details if d.label == "융자기간"]
        assert told == list(zip(("시설", "운전"), terms, strict=True))
        assert [b.ceiling for b in fund.benefits if b.ceiling] == [1_000_000_000]


def test_a_table_of_kinds_names_tracks_by_itself() -> None:
    rows = "| 유형 | 지원내용 | 한도 |\n| --- | --- | --- |\n| 기초 | 진단 | 1천만원 |\n| 심화 | 구축 | 1억원 |"
    text = f"# 다온 지원사업\n## 지원내용\n{rows}\n## 신청기간\n- 2026. 3. 2. ~ 3. 20."
    assert [t.name for t in tracks_of(one(text))] == ["기초", "심화"]


def test_a_list_told_once_names_none() -> None:
    once = "- 시제품 제작: 제작비를 돕습니다.\n- 판로 개척: 전시회를 돕습니다."
    assert tracks_of(one(f"# 다온 지원사업\n## 지원내용\n{once}\n## 신청기간\n- 상시")) == ()


def test_no_sum_round_step_or_label_names_a_track() -> None:
    for name in (
        "국비",
        "과정개발비",
        "1차",
        "2단계",
        "신청기간",
        "예비창업 중 100명",
        "훈련을 돕습니다",
        "초급(이해)",
    ):
        assert not is_name(name), name
    for name in ("1년과제", "진단형", "로봇직업교육센터", "AI훈련 로드맵"):
        assert is_name(name), name


def test_a_list_is_cut_at_commas_outside_brackets_and_figures() -> None:
    assert parts("올해: 가(1개, 2명), 나 1,200명") == ["가(1개, 2명)", "나 1,200명"]
    assert before_figure("1년과제 최대 20억원") == "1년과제"
    assert before_figure("제조로봇 실증(60개 과제)") == "제조로봇 실증"
    assert before_figure("60개 과제") == ""


def test_a_piece_of_the_programmes_own_name_is_no_part_unless_it_sets_several_side_by_side() -> None:
    assert Tracks((), (), ("가람시 기업육성자금 융자",)).named("육성자금") is None
    assert Tracks((), (), ("나루 디자인·시제품 제작 지원",)).named("시제품 제작") == "시제품 제작"
    assert Tracks((), (), ("가람시 기업육성자금 융자",)).named("시설자금") == "시설자금"
