"""Which statements with figures speak of a part of the programme."""

from __future__ import annotations

from dataclasses import replace

from ingest.identity.parts import parts
from rag.domain import Detail
from tests.ingest.programs.making import EVIDENCE


def stated(*texts: str, label: str = "지원내용") -> list[Detail]:
    return [Detail(label, text, replace(EVIDENCE, quote=text)) for text in texts]


def test_titles_on_lines_of_their_own_name_the_figures_below_them() -> None:
    found = parts(stated("포장 개발", "포장재 설계, 기업당 최대 7백만원", "금형 제작", "기업당 최대 2천만원"))
    assert found == {1: "포장 개발", 3: "금형 제작"}


def test_a_list_of_what_is_given_names_no_part() -> None:
    texts = ("도면 변환", "소프트웨어 도입", "기업당 최대 3천만원", "현장 교육", "기업당 최대 1백만원")
    assert parts(stated(*texts)) == {}


def test_names_before_the_figures_of_neighbours_are_parts() -> None:
    assert parts(stated("중소기업: 정부 75%, 자부담 25%", "중견기업: 정부 70%, 자부담 30%")) == {
        0: "중소기업",
        1: "중견기업",
    }
    assert parts(stated("훈련비: 기업당 연간 3,000만원 한도", "인건비: 최저임금의 150% 지급")) == {}


def test_brackets_before_the_figures_of_neighbours_name_parts_but_no_payers() -> None:
    told = ("(기본형) 점포당 200만원 이내", "(확장형) 점포당 500만원 이내")
    assert parts(stated(*told)) == {0: "기본형", 1: "확장형"}
    assert parts(stated("(국비) 점포당 200만원 이내", "(도비) 점포당 100만원 이내")) == {}


def test_sections_in_which_a_label_returns_are_parts() -> None:
    heads = ("시설자금", "운전자금")
    details = [
        Detail("융자한도", "업체당 5억원 이내", replace(EVIDENCE, section=f"융자조건 > {head}", quote="5억원"))
        for head in heads
    ]
    assert parts(details) == {0: "시설자금", 1: "운전자금"}
