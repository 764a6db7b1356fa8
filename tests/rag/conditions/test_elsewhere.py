"""What a place shuts out at a glance is what judging would turn away, and whatever the glance leaves is judged."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.conditions import elsewhere
from rag.conditions.elsewhere import is_shut_out
from rag.conditions.judge import judge
from rag.domain import CompanyProfile, Criterion, CriterionField, Period, PeriodKind, Unread, Verdict
from tests.rag.conditions.asking import AS_OF, GAZETTEER, counted, criterion, program, unread
from tests.rag.records import EVIDENCE

PLACES = ("충청북도", "경기도", "경기도 안산시", "서울특별시", "고성군", "어딘가")
WORDS = ("본사 또는 공장이 있는 기업", "본사가 있는 기업", "공장을 둔 기업", "기업")
TRACKS = ("가", "나")
regions = st.builds(
    lambda text, allowed, excluded, track, strict, choice: criterion(
        CriterionField.REGION,
        text,
        allowed=allowed,
        excluded=() if allowed else excluded,
        track=track,
        strict=strict,
        choice=choice,
    ),
    st.sampled_from(WORDS),
    st.lists(st.sampled_from(PLACES[:4]), max_size=2, unique=True).map(tuple),
    st.lists(st.sampled_from(PLACES[:4]), min_size=1, max_size=2, unique=True).map(tuple),
    st.sampled_from((None, None, *TRACKS)),
    st.booleans(),
    st.sampled_from((None, None, (1, 1), (1, 2))),
)
tracked = st.sampled_from((None, *TRACKS))
few = st.builds(lambda track: criterion(CriterionField.EMPLOYEES, "50명 이하", maximum=50, track=track), tracked)
exceptions = st.sampled_from(("", *WORDS))
clauses = st.builds(lambda excepts: unread("수도권 밖의 기업", "수도권", excepts=excepts), exceptions)
companies = st.builds(
    CompanyProfile,
    region=st.sampled_from((None, *PLACES)),
    site=st.sampled_from((None, *PLACES)),
    employees=st.sampled_from((None, 10)),
    is_government=st.sampled_from((None, True)),
)
told = st.sampled_from([(), ("체납은 없음",)])


@given(st.lists(st.one_of(regions, few, clauses), max_size=4), companies, told)
def test_whoever_is_shut_out_at_a_glance_is_judged_ineligible(
    leaves: list[Criterion | Unread], company: CompanyProfile, said: tuple[str, ...]
) -> None:
    one = replace(program(*leaves, tracks=TRACKS), periods=(Period(PeriodKind.ALWAYS, "상시", EVIDENCE),))
    if is_shut_out(one, company, AS_OF, GAZETTEER):
        assert judge(one, company, said, AS_OF, GAZETTEER).verdict is Verdict.INELIGIBLE


def test_a_place_that_is_not_told_or_not_known_shuts_nothing_out() -> None:
    one = program(criterion(CriterionField.REGION, allowed=("충청북도",)))
    assert is_shut_out(one, CompanyProfile(region="서울"), AS_OF, GAZETTEER)
    assert not is_shut_out(one, CompanyProfile(), AS_OF, GAZETTEER)
    assert not is_shut_out(one, CompanyProfile(region="어딘가"), AS_OF, GAZETTEER)
    assert not is_shut_out(one, CompanyProfile(region="서울", site="청주시"), AS_OF, GAZETTEER)
    of_track = program(
        criterion(CriterionField.REGION, allowed=("충청북도",), track="가"),
        criterion(CriterionField.REGION, allowed=("서울특별시",), track="나"),
        tracks=TRACKS,
    )
    assert not is_shut_out(of_track, CompanyProfile(region="서울"), AS_OF, GAZETTEER)


def test_places_are_looked_up_once_however_many_programmes_ask_for_them(monkeypatch: pytest.MonkeyPatch) -> None:
    calls = counted(monkeypatch, elsewhere, "sits")
    company = CompanyProfile(region="경상남도 밀양시")
    for at in range(200):
        one = replace(program(criterion(CriterionField.REGION, allowed=("충청북도",))), id=f"p{at}")
        assert is_shut_out(one, company, AS_OF, GAZETTEER)
    assert len(calls) == 1
