"""Corrections: a field of a programme flows in; what is asked of whoever puts it right flows out, part by part."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from rag.domain import CriterionField, PeriodKind

Choices = tuple[tuple[str, str], ...]
FIELDS: Mapping[str, str] = {
    "contact": "문의처",
    "period": "접수기간",
    "benefit": "지원내용",
    "criterion": "지원요건",
    "name": "사업 이름",
    "alias": "다른 이름",
    "year": "연도",
    "ministry": "소관 부처",
    "agency": "담당 기관",
    "budget": "예산",
}
"""What of a programme can be put right."""
VALUE = "value"
"""Stands for every field that is one value."""
KINDS: Choices = (
    ("정해진 기간", PeriodKind.FIXED.value),
    ("연중 상시", PeriodKind.ALWAYS.value),
    ("예산 소진 시까지", PeriodKind.UNTIL_SPENT.value),
)
CRITERIA: Choices = (
    ("기업 규모", CriterionField.SIZE.value),
    ("지역", CriterionField.REGION.value),
    ("상시근로자 수", CriterionField.EMPLOYEES.value),
    ("업력(년)", CriterionField.AGE.value),
    ("업종", CriterionField.INDUSTRY.value),
    ("고용보험", CriterionField.INSURANCE.value),
    ("인증", CriterionField.CERTIFICATION.value),
    ("신청 주체", CriterionField.APPLICANT.value),
    ("컨소시엄", CriterionField.CONSORTIUM.value),
    ("제외 대상", CriterionField.EXCLUSION.value),
)


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that is asked: its name, its label, an example, what one may choose, and what is chosen first."""

    name: str
    label: str
    hint: str = ""
    choices: Choices = ()
    is_flag: bool = False
    preset: str | None = None


_TRACK = Part("track", "세부 유형", "한 유형만 고칠 때 그 이름")
_REMOVE = Part("remove", "없앰", is_flag=True)
PARTS: Mapping[str, tuple[Part, ...]] = {
    "contact": (
        Part("organisation", "기관", "예: 경인지역본부"),
        Part("phones", "전화번호", "예: 031-000-0000, 1588-0000"),
        Part("emails", "전자우편 주소", "예: name@example.kr"),
        _REMOVE,
    ),
    "period": (
        Part("kind", "종류", choices=KINDS, preset=PeriodKind.FIXED.value),
        Part("opens_on", "첫날", "예: 2026-03-02. 모르면 비웁니다"),
        Part("closes_on", "마지막 날", "예: 2026-03-31"),
        _TRACK,
    ),
    "benefit": (
        Part("ceiling", "지원한도", "예: 2억원. 없애려면 없음"),
        Part("rate", "보조율", "예: 70%"),
        Part("own_share", "자부담", "예: 30%"),
        Part("was", "문서의 수치", "값이 여럿일 때 고칠 것. 예: 1억원"),
        _TRACK,
    ),
    "criterion": (
        Part("criterion", "요건", choices=CRITERIA),
        Part("minimum", "최솟값", "예: 5"),
        Part("maximum", "최댓값", "예: 300"),
        Part("allowed", "드는 경우", "예: 소상공인, 중소기업"),
        Part("excluded", "빠지는 경우", "예: 휴·폐업"),
        _TRACK,
        Part("add", "있는 요건에 더함", is_flag=True),
        _REMOVE,
    ),
    VALUE: (Part("value", "바른 값"),),
}
"""What is asked, by field."""


def parts_of(field: str) -> str:
    """The key of `PARTS` for a field."""
    return field if field in PARTS else VALUE
