"""Statements as bullets."""

from __future__ import annotations

from dataclasses import replace

from rag.compose.draft import listed, reach
from rag.domain import Contact, Detail
from tests.rag.records import EVIDENCE

CONTACT = Contact(
    "모의원", EVIDENCE, "교육팀", "홍길동 과장", ("02-000-0000",), ("ask@mock.kr",), (), ("경기도 가평군",), "훈련"
)


def test_a_contact_is_told_with_everything_that_is_known_of_it() -> None:
    told = reach(CONTACT)
    for words in ("모의원 교육팀 홍길동 과장", "02-000-0000", "ask@mock.kr", "경기도 가평군", "(훈련)"):
        assert words in told.text
    assert told.evidence == (EVIDENCE,)


def test_a_missing_phone_is_said_to_be_missing_even_beside_an_address() -> None:
    for contact in (replace(CONTACT, phones=()), replace(CONTACT, phones=(), emails=())):
        assert "전화번호는 문서에서 확인되지 않습니다" in reach(contact).text


def test_a_detail_is_told_with_its_label_and_evidence() -> None:
    told = listed(Detail("지원대상", "중소기업", EVIDENCE))
    assert (told.text, told.evidence) == ("- **지원대상**: 중소기업", (EVIDENCE,))
    assert listed(Detail("", "중소기업", EVIDENCE)).text == "- 중소기업"
