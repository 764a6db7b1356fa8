"""Facts of a programme's page stand with their pages, each thing once, and no address but those of the web."""

from __future__ import annotations

from dataclasses import replace

from rag.addresses import QUOTE
from rag.domain import Benefit, BenefitKind, Changed, ChangeKind, Contact, Patch, Source
from tests.server.fakes import PROGRAM, SOURCE, WHERE, WHOM
from ui.pages.program import Places, benefits_of, change_of, office_of


def source_of(id_: str) -> Source | None:
    """The one source of the fakes."""
    return SOURCE if id_ == SOURCE.id else None


def test_a_place_leads_to_the_page_with_the_words_and_the_document_lists_its_pages_once() -> None:
    places = Places(source_of)
    long = replace(WHERE, quote="가" * 500)
    where = places.of(long)
    places.of(WHOM)
    places.of(WHERE)
    assert where and where.href.startswith("/sources/guide/17?mark=") and where.href.count("%EA%B0%80") == QUOTE
    (original,) = places.originals()
    assert [page.place for page in original.pages] == ["17쪽", "18–19쪽"]
    assert original.file == "/documents/guide"
    assert places.of(None) is None and places.of(replace(WHERE, source_id="gone")) is None


def test_one_statement_with_several_kinds_is_told_once_with_all_of_them() -> None:
    grant = Benefit(BenefitKind.GRANT, "최대 1천만원", WHERE, ceiling=10_000_000, per="월", rate=70.0)
    plain = Benefit(BenefitKind.TRAINING, "교육을 합니다", WHERE)
    told = list(
        benefits_of(
            replace(PROGRAM, benefits=(plain, grant, replace(grant, kind=BenefitKind.VOUCHER))), Places(source_of)
        )
    )
    assert [fact.text for fact in told] == ["최대 1천만원", "교육을 합니다"]
    assert told[0].tags == ("보조금", "바우처", "월 1,000만 원", "70% 지원")


def test_an_office_leads_to_pages_of_the_web_alone() -> None:
    contact = Contact("가", WHOM, urls=("javascript:alert(1)", "https://example.kr/a", "example.kr"))
    assert office_of(contact, Places(source_of)).pages == ("https://example.kr/a",)


def test_a_change_that_was_not_read_is_told_in_the_words_of_the_notice() -> None:
    patch = Patch(ChangeKind.UNREAD, Changed.PERIOD, WHERE, "변경 공고")
    fact = change_of(patch, Places(source_of))
    assert (fact.label, fact.text) == ("읽지 못한 변경", f"변경 공고 · {WHERE.quote}")
