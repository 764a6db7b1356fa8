"""Who gives and who runs a programme, told in running text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.identity.bodies import Hosts, applied_at, caller, hosts
from tests.ingest.making import programs


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("나래시와 가람진흥원은 다음과 같이 참여기업을 모집합니다.", Hosts("나래시", "가람진흥원")),
        ("가람진흥원은 나래광역시와 함께 소상공인을 돕습니다.", Hosts("나래광역시", "가람진흥원")),
        ("나래군이 주최하고 가람테크노파크가 운영하는 사업입니다.", Hosts("나래군", "가람테크노파크")),
        ("나래노동부 위탁으로 가람교육원이 운영하는 훈련입니다.", Hosts("나래노동부", "가람교육원")),
        ("소관 부처는 나래환경부, 전담기관은 가람산업원입니다.", Hosts("나래환경부", "가람산업원")),
        ("나래시 (운영기관: 가람상공회의소)", Hosts("", "가람상공회의소")),
        ("나래부(총괄) → 가람진흥원(전담기관) → 지역 센터", Hosts("", "가람진흥원")),
        ("나래환경부 · 가람공단", Hosts("나래환경부", "가람공단")),
        ("가람재단 이사장", Hosts("", "가람재단")),
        ("나래광역시(소관), 가람창업원(운영)", Hosts("나래광역시", "가람창업원")),
        ("가람산업진흥원(주최: 나래시)", Hosts("나래시", "")),
        ("이 제도와 관련한 안내는 누리집에 있습니다.", Hosts()),
        ("운영기관은 다음과 같다.", Hosts()),
        ("기업이 운영하는 매장", Hosts()),
    ],
)
def test_who_gives_and_who_runs_are_told(text: str, told: Hosts) -> None:
    assert hosts([text]) == told


def test_a_report_names_the_body_that_calls() -> None:
    assert caller(["나래노동부가 작은 공장의 설비를 바꿔 주는 사업의 참여 사업장을 모집한다."]) == "나래노동부"
    assert caller(["가람 대표는 올해도 신청한다고 말했다."]) == ""


@given(st.lists(st.text(max_size=60), max_size=4))
def test_no_text_makes_reading_fail(texts: list[str]) -> None:
    assert isinstance(hosts(texts), Hosts)


def programme(text: str) -> tuple[str, str]:
    (found,) = programs(text, "2026년 나래 설비 지원사업 모집 공고")
    return found.ministry, found.agency


CARD = "| 지원대상 | 중소기업 |\n| 신청방법 | 가람진흥원 누리집에서 신청 |\n"


def test_bodies_behind_a_joint_label_give_and_run_in_its_order() -> None:
    assert programme(f"{CARD}| 주최 / 주관 | 나래시 / 가람진흥원 |") == ("나래시", "가람진흥원")


def test_brackets_behind_bodies_tell_what_each_of_them_does() -> None:
    assert programme(f"{CARD}| 주관 | 나래시(소관), 가람진흥원(운영) |") == ("나래시", "가람진흥원")
    assert programme(f"{CARD}| 주관 | 가람진흥원(주최: 나래시) |") == ("나래시", "가람진흥원")


def test_the_pages_on_which_one_applies_are_those_of_a_body() -> None:
    assert applied_at(["신청은 가람진흥원 누리집에서 하면 된다."]) == "가람진흥원"
    assert applied_at(["사업신청 누리집에서 신청"]) == ""


def test_an_authority_named_before_the_body_that_runs_gives() -> None:
    assert programme(f"{CARD}| 주관 | 나래시 |\n| 수행 | 가람진흥원 |") == ("나래시", "가람진흥원")
