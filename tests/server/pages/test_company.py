"""The fields of a company are read as people type them; what cannot be read is told with the label of its field."""

from __future__ import annotations

import pytest

from rag.domain import CompanyProfile, SizeClass
from rag.errors import JiwonError
from server.pages.company import COMPANY, company_of


def test_fields_are_read_as_they_are_typed() -> None:
    typed = {
        "region": " 경기도 화성시 ",
        "employees": "1,032명",
        "founded": "2015년",
        "insured": "false",
        "size": "중소기업",
    }
    assert company_of({**typed, "needs": "교육, , 설비"}) == CompanyProfile(
        "경기도 화성시", None, 1032, SizeClass.SMALL, 2015, False, ("교육", "설비")
    )
    assert company_of(dict.fromkeys(COMPANY, " ")) == CompanyProfile()


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("employees", "많음", "직원 수: 정수여야 합니다."),
        ("employees", "9" * 5000, "직원 수"),
        ("founded", "12", "설립연도: 1800 이상이어야 합니다."),
        ("size", "아주 큼", "규모: 쓸 수 없는 값입니다."),
        ("region", "가" * 201, "지역: 너무 깁니다(200자까지)."),
    ],
)
def test_what_cannot_be_read_is_told_with_its_label(name: str, value: str, says: str) -> None:
    with pytest.raises(JiwonError) as refused:
        company_of({name: value})
    assert says in str(refused.value)
