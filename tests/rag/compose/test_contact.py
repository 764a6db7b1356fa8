"""Which contacts answer for a place, a track or a person."""

from __future__ import annotations

import pytest

from rag.advisor import Advisor
from rag.compose.contact import contact_statements, contacts_of
from rag.domain import CompanyProfile
from tests.rag.compose.asking import program, request

ROBOT, REGIONAL, DOCTOR = "지능형로봇보급확산", "지역 주도형 AI 대전환", "능력개발전담주치의"


@pytest.mark.parametrize(
    ("name", "text", "phones"),
    [
        (ROBOT, "서비스로봇 실증 전화번호", {"053-210-9672", "053-210-9673", "053-210-9674"}),
        (ROBOT, "제조로봇 실증 문의", {"053-210-9513", "053-210-9515", "053-210-9516"}),
        (REGIONAL, "담당 사무관 전화번호", {"044-204-7246"}),
        (REGIONAL, "처장님 연락처", {"055-751-9510"}),
        (REGIONAL, "중소벤처기업진흥공단 번호", {"055-751-9510", "055-751-9644", "055-751-9646", "055-751-9647"}),
        (DOCTOR, "강원동부지사 전화번호", {"033-650-5744"}),
        (DOCTOR, "전화번호", {"1644-8000"}),
    ],
)
def test_track_role_office_or_nobody_named_gives_their_own_phones(
    adviser: Advisor, name: str, text: str, phones: set[str]
) -> None:
    asked = request(adviser, f"{name} {text}")
    found = contacts_of(program(adviser, name), asked, adviser.knowledge)
    assert {phone for contact in found for phone in contact.phones} == phones


def test_every_city_of_the_country_is_served_by_an_office_of_its_own(adviser: Advisor) -> None:
    doctor = program(adviser, DOCTOR)
    unserved = []
    for province in adviser.knowledge.gazetteer.provinces:
        for city in province.municipalities:
            asked = request(adviser, f"{DOCTOR} {province.name} {city} 전화번호")
            offices = {c.phones for c in contacts_of(doctor, asked, adviser.knowledge)}
            if len(offices) != 1 or offices == {("1644-8000",)}:
                unserved.append(f"{province.name} {city}: {sorted(offices)}")
    assert unserved == []


def test_only_the_places_asked_about_are_shown_of_an_office_that_serves_many(adviser: Advisor) -> None:
    asked = request(adviser, f"{DOCTOR} 경기도 화성시 전화번호")
    statements, _, _ = contact_statements(program(adviser, DOCTOR), asked, adviser.knowledge)
    told = "\n".join(statement.text for statement in statements)
    assert "경기도 화성시" in told
    assert "경기도 과천시" not in told


def test_every_line_with_a_phone_has_evidence(adviser: Advisor) -> None:
    for name in (ROBOT, REGIONAL, DOCTOR):
        statements, found, _ = contact_statements(
            program(adviser, name), request(adviser, f"{name} 전화번호"), adviser.knowledge
        )
        for contact in found:
            (line,) = [
                s
                for s in statements
                if s.evidence == (contact.evidence,) and set(contact.phones) <= set(s.text.replace(",", " ").split())
            ][:1]
            assert contact.organisation in line.text


@pytest.mark.parametrize(
    ("region", "phones"),
    [
        ("경기도 화성시", {"031-249-1258"}),
        ("화성시", {"031-249-1258"}),
        (" 경기 화성시 ", {"031-249-1258"}),
        ("   ", {"1644-8000"}),
        ("모의시", {"1644-8000"}),
        (None, {"1644-8000"}),
    ],
)
def test_the_place_of_the_company_counts_however_it_is_written(
    adviser: Advisor, region: str | None, phones: set[str]
) -> None:
    asked = request(adviser, f"{DOCTOR} 전화번호", CompanyProfile(region=region))
    found = contacts_of(program(adviser, DOCTOR), asked, adviser.knowledge)
    assert {phone for contact in found for phone in contact.phones} == phones
