"""What an asker tells of itself, in its own words, against the conditions it speaks of."""

from __future__ import annotations

import pytest

from rag.domain import CompanyProfile, Criterion, CriterionField, Result, SizeClass, Unread, Verdict
from tests.rag.conditions.asking import criterion, finding, judged, unread

F, MET, UNMET, UNKNOWN = CriterionField, Result.MET, Result.UNMET, Result.UNKNOWN
SMALL = CompanyProfile(size=SizeClass.SMALL)
ARREARS = criterion(F.EXCLUSION, "세금 체납 기업", excluded=("세금 체납",))
SEVERAL = criterion(F.EXCLUSION, "휴·폐업, 체납 기업", excluded=("휴·폐업", "세금 체납"))
WOMEN = criterion(F.CERTIFICATION, "여성기업 확인서 보유", allowed=("여성기업",))
TOGETHER = criterion(F.CONSORTIUM, "컨소시엄", allowed=("컨소시엄",))
INSURED = criterion(F.INSURANCE, "고용보험 가입 기업", allowed=("가입",))
WORKERS = criterion(F.EMPLOYEES, "300인 미만 사업장에 재직 중인 근로자", maximum=299)
SIZE = criterion(F.SIZE, allowed=("중소기업",))
TURNOVER = unread("전년도 매출액 10억원 이상 100억원 미만 기업", "전년", "도", "매출액", "10", "억", "원", "100")
HEAD = unread("대표자가 만 39세 이하인 기업", "대표자", "39", "세")
PRIVATE = unread("개인사업자", "개인")
NO_CORPORATION = unread("법인은 신청 불가", "법인", shuts_out=True)
PATENT = unread("특허를 보유한 기업", "특허")
PATENTS = unread("최근 등록한 특허를 3건 이상 보유한 기업", "최근", "등록", "특허", "3", "건")


@pytest.mark.parametrize(
    ("asked", "told", "result"),
    [
        (ARREARS, "체납 중", UNMET),
        (ARREARS, "세금이 밀렸어요", UNMET),
        (ARREARS, "체납 없음", MET),
        (ARREARS, "혼자", UNKNOWN),
        (SEVERAL, "체납 없음", UNKNOWN),
        (SEVERAL, "폐업", UNMET),
        (WOMEN, "확인서 없음", UNMET),
        (WOMEN, "여성기업 아님", UNMET),
        (WOMEN, "여성기업", MET),
        (WOMEN, "벤처 인증 있음", UNKNOWN),
        (TOGETHER, "혼자", UNMET),
        (TOGETHER, "컨소시엄 없음", UNMET),
        (TOGETHER, "컨소시엄 구성함", MET),
        (INSURED, "고용보험 미가입", UNMET),
        (INSURED, "고용보험 가입", MET),
        (WORKERS, "쉬는 중", UNMET),
        (SIZE, "중견", UNMET),
        (SIZE, "소상공인", MET),
        (TURNOVER, "매출 80억", MET),
        (TURNOVER, "매출 5억", UNMET),
        (TURNOVER, "매출 100억", UNMET),
        (TURNOVER, "매출이 늘었음", UNKNOWN),
        (HEAD, "대표 45세", UNMET),
        (HEAD, "대표자 39세", MET),
        (PRIVATE, "법인", UNMET),
        (PRIVATE, "개인사업자", MET),
        (PRIVATE, "법인 아님", MET),
        (NO_CORPORATION, "법인", UNMET),
        (NO_CORPORATION, "개인사업자", MET),
        (PATENT, "특허 있음", MET),
        (PATENT, "특허 없음", UNMET),
        (PATENTS, "특허 있음", UNKNOWN),
    ],
)
def test_what_is_told_is_held_against_the_condition_it_speaks_of(
    asked: Criterion | Unread, told: str, result: Result
) -> None:
    assert finding(CompanyProfile(employees=3), asked, told).result is result


def test_what_bears_on_a_condition_without_settling_it_is_said_to() -> None:
    found = finding(SMALL, PATENTS, "특허 있음")
    assert "말씀하신 '특허 있음'" in found.reason
    assert "관련됩니다" in found.reason


def test_what_speaks_of_something_else_changes_nothing() -> None:
    assert finding(SMALL, TURNOVER, "직원이 많음") == finding(SMALL, TURNOVER)


@pytest.mark.parametrize(
    ("told", "result"),
    [((), UNKNOWN), (("체납 중",), UNKNOWN), (("체납 중", "분납 중"), MET), (("체납 없음",), MET)],
)
def test_what_takes_an_exclusion_back_is_asked_after_where_it_applies(told: tuple[str, ...], result: Result) -> None:
    paid = unread("납부유예를 받았거나 분납 중인 기업은 가능", excepts=ARREARS.text)
    (found,) = judged(SMALL, ARREARS, paid, told=told).findings
    assert found.result is result
    assert ("분납" in found.reason) == (told == ("체납 중",) or len(told) == 2)


def test_circumstances_alone_are_something_known_of_the_company() -> None:
    assert judged(CompanyProfile(), ARREARS, told=("체납 중",)).verdict is Verdict.INELIGIBLE
    assert judged(CompanyProfile(), ARREARS, told=("  ",)).verdict is None
