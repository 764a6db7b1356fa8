"""Several programmes in one notice, and what holds for all of them."""

from __future__ import annotations

from ingest.identity.segments import Segment, segments
from tests.ingest.making import document, lexicon, lines


def cut(text: str, title: str = "2026년 가람시 지원사업 통합 공고") -> list[Segment]:
    return segments(lines(text), document(text, title).source, lexicon())[0]


def said(segment: Segment) -> str:
    return "\n".join(line.text for line in segment.lines)


TWO = """
[사업 1] 소상공인 간판 교체
□ 지원대상 : 소상공인
□ 신청기간 : 2026. 3. 2. ~ 3. 20.
[사업 2] 전통시장 배송 차량
□ 지원대상 : 상인회
□ 신청기간 : 2026. 4. 1. ~ 4. 17.
"""


def test_numbered_heads_name_their_programmes() -> None:
    found = cut(TWO)
    assert [segment.name for segment in found] == ["소상공인 간판 교체", "전통시장 배송 차량"]
    assert "상인회" in said(found[1]) and "상인회" not in said(found[0])


def test_sections_of_one_programme_share_no_labels_and_are_none() -> None:
    text = "1. 사업 안내\n□ 지원대상 : 소상공인\n□ 지원내용 : 간판\n2. 신청 안내\n□ 신청기간 : 3월\n□ 신청방법 : 방문"
    assert len(cut(text, "2026년 가람시 간판 지원사업 공고")) == 1


def test_what_holds_for_all_is_given_to_each() -> None:
    text = """
# 2026년 통합공고
## 1. 세부사업
### 가. 간판 교체 지원
- 지원대상 : 소상공인
- 지원규모 : 10개사
### 나. 배송 차량 지원
- 지원대상 : 상인회
- 지원규모 : 5개사
## 2. 공통사항
### 신청 제한
- 세금을 체납한 자
### 총예산
- 5억원
"""
    found = cut(text)
    assert len(found) == 2
    assert all("세금을 체납한 자" in said(segment) for segment in found)
    assert not any("5억원" in said(segment) for segment in found)


def test_a_line_that_names_one_programme_is_not_given_to_another() -> None:
    text = """
# 1. 간판 교체 지원
□ 지원대상 : 소상공인
□ 지원내용 : 교체
# 2. 배송 차량 지원
□ 지원대상 : 상인회
□ 지원내용 : 구입
# 문의처
- 간판 교체 지원: 가람과
- 배송 차량 지원: 나래과
"""
    first, second = cut(text)
    assert ("가람과" in said(first), "나래과" in said(first)) == (True, False)
    assert ("가람과" in said(second), "나래과" in said(second)) == (False, True)


def test_who_may_apply_for_any_of_them_holds_for_each() -> None:
    found = cut(
        f"부산 북구·사상구 사업장이 신청할 수 있는 지원 두 가지를 모았습니다.\n모두 무료로 안내합니다.\n{TWO.strip()}"
    )
    assert all("사상구 사업장" in said(segment) and "무료로" not in said(segment) for segment in found)
    assert [segment.lines[0].text for segment in found] == [
        "[사업 1] 소상공인 간판 교체",
        "[사업 2] 전통시장 배송 차량",
    ]
