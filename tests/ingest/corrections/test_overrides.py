"""What staff correct is served, cited and listed; what they write wrongly stops the sync with a sentence."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest

from ingest.checks.report import SyncReport
from ingest.corrections.overrides import NAME, read_overrides
from ingest.pipeline import sync
from rag.advisor import Advisor
from rag.catalogue import Catalogue
from rag.domain import PeriodKind, Question, ReviewCode
from rag.errors import CorpusError
from rag.generation import open_catalogue, open_current
from tests.ingest.test_pipeline import HEADER, Digests

NOTICE = """# 가람 바우처 지원사업

- 지원대상: 중소기업
- 신청기간: 2026. 3. 2. ~ 2026. 3. 31.
- 문의처: 가람 진흥원 02-000-0000
"""
HEAD = "- {program: 가람 바우처 지원사업, reason: 통화로 확인, "
CONTACT = HEAD + "field: contact, organisation: 가람 진흥원, "


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """One notice on one programme."""
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "manifest.csv").write_text(HEADER + "garam,garam.md,2026년 가람 공고,가람부,2026-02,\n", "utf-8")
    (folder / "garam.md").write_text(NOTICE, "utf-8")
    return folder


def corrected(corpus: Path, overrides: str, day: int = 1) -> SyncReport:
    (corpus / NAME).write_text(overrides, "utf-8")
    return sync(corpus, corpus.parent / "data", Digests(), built_at=f"2026-03-{day:02}T09:00:00+09:00")


@contextmanager
def served(corpus: Path) -> Iterator[Catalogue]:
    _, books = open_catalogue(corpus.parent / "data")
    try:
        yield books
    finally:
        books.close()


@pytest.mark.long
def test_a_phone_is_replaced_cited_to_the_words_of_staff_and_listed(corpus: Path) -> None:
    report = corrected(corpus, CONTACT + "phones: 02-111-2222}")
    (item,) = (item for item in report.review if item.code is ReviewCode.OVERRIDDEN)
    assert "직원이 고친 값" in item.message and "통화로 확인" in item.message
    with served(corpus) as books:
        (program,) = books.programs()
        (contact,) = program.contacts
        assert contact.phones == ("02-111-2222",)
        document = books.document(contact.evidence.source_id)
        assert document and contact.evidence.quote in document.page_text(contact.evidence.pages[0])
        assert "02-111-2222" in contact.evidence.quote
        assert document.source.path == NAME
        assert not [detail for detail in program.details if "02-000-0000" in detail.text]


@pytest.mark.parametrize(
    ("entry", "phones", "emails"),
    [
        (CONTACT + "emails: [a@example.kr, b@example.kr]}", [("02-000-0000",)], [("a@example.kr", "b@example.kr")]),
        (CONTACT + "phones: []}", [()], [()]),
        (CONTACT + "remove: true}", [], []),
        (
            HEAD + "field: contact, organisation: 새 센터, phones: 02-333-4444}",
            [("02-000-0000",), ("02-333-4444",)],
            [(), ()],
        ),
    ],
)
def test_contacts_are_changed_emptied_removed_and_added(
    corpus: Path, entry: str, phones: list[tuple[str, ...]], emails: list[tuple[str, ...]]
) -> None:
    corrected(corpus, entry)
    with served(corpus) as books:
        contacts = books.programs()[0].contacts
        assert [contact.phones for contact in contacts] == phones
        assert [contact.emails for contact in contacts] == emails


def test_a_period_is_replaced_and_the_line_it_refutes_is_gone(corpus: Path) -> None:
    corrected(corpus, HEAD + "field: period, opens_on: 2026-03-09, closes_on: 2026-04-15}")
    with served(corpus) as books:
        (program,) = books.programs()
        (period,) = program.periods
        assert (period.kind, period.opens_on, period.closes_on) == (
            PeriodKind.FIXED,
            date(2026, 3, 9),
            date(2026, 4, 15),
        )
        assert not [detail for detail in program.details if "3. 31." in detail.text]


def test_a_correction_can_cite_a_document_instead(corpus: Path) -> None:
    cited = "source: garam, pages: 1, quote: '가람 진흥원 02-000-0000'"
    corrected(corpus, CONTACT + f"emails: a@example.kr, {cited}}}")
    with served(corpus) as books:
        evidence = books.programs()[0].contacts[0].evidence
        assert (evidence.source_id, evidence.pages, evidence.quote) == ("garam", (1, 1), "가람 진흥원 02-000-0000")
        assert [source.id for source in books.sources()] == ["garam"]


@pytest.mark.long
def test_a_name_and_an_alias_are_set_on_the_programme_and_its_chunks(corpus: Path) -> None:
    corrected(
        corpus,
        HEAD
        + "field: name, value: 가람 이용권}\n- {program: 가람 이용권, field: alias, value: 가람권, reason: 줄임말}",
    )
    with served(corpus) as books:
        (program,) = books.programs()
        assert program.name == "가람 이용권"
        assert {"가람 바우처 지원사업", "가람권"} <= set(program.aliases)
        assert {chunk.program for chunk in books.chunks()} == {"가람 이용권"}


@pytest.mark.long
def test_a_changed_correction_rebuilds_and_an_unchanged_one_does_not(corpus: Path) -> None:
    first = corrected(corpus, CONTACT + "phones: 02-111-2222}")
    assert not corrected(corpus, CONTACT + "phones: 02-111-2222}", 2).changed
    assert corrected(corpus, CONTACT + "phones: 02-111-3333}", 3).changed
    (corpus / NAME).unlink()
    back = sync(corpus, corpus.parent / "data", Digests(), built_at="2026-03-04T09:00:00+09:00")
    assert first.changed and back.changed
    assert [result.source_id for result in back.results] == ["garam"]


@pytest.mark.parametrize(
    ("overrides", "said"),
    [
        ("- {", "읽을 수 없습니다"),
        ("program: 가람", "목록"),
        ("- 가람", "1번째 항목"),
        ("- {program: 가람, field: alias, value: 나}", "reason"),
        ("- {field: alias, value: 나, reason: 다}", "program"),
        (HEAD + "field: fax, value: 1}", "field 'fax'"),
        (HEAD + "field: alias, value: 가, phones: 1}", "phones"),
        (HEAD + "field: alias}", "value"),
        (HEAD + "year: 26, field: alias, value: 가}", "year '26'"),
        (HEAD + "field: period, closes_on: 2026-02-30}", "2026-02-30"),
        (HEAD + "field: period, closes_on: 3월}", "3월"),
        (HEAD + "field: period}", "closes_on"),
        (HEAD + "field: period, kind: always, closes_on: 2026-03-01}", "closes_on"),
        (HEAD + "field: period, kind: sometimes}", "kind"),
        (HEAD + "field: period, opens_on: 2026-04-01, closes_on: 2026-03-01}", "빠릅니다"),
        (CONTACT + "phones: 123}", "123"),
        (CONTACT + "emails: a@b}", "a@b"),
        (CONTACT + "}", "remove"),
        (CONTACT + "remove: true, phones: 02-111-2222}", "remove"),
        (CONTACT + "remove: maybe}", "maybe"),
        (HEAD + "field: contact, phones: 02-111-2222}", "organisation"),
        (CONTACT + "phones: 02-111-2222, source: garam}", "함께"),
        (CONTACT + "phones: 02-111-2222, source: garam, pages: 첫, quote: 가}", "pages"),
        (CONTACT + "phones: 02-111-2222, source: [a], pages: 1, quote: 가}", "source"),
        (CONTACT + "phones: 02-111-2222, source: other, pages: 1, quote: 가}", "other"),
        (CONTACT + "phones: 02-111-2222, source: garam, pages: 1, quote: 없는 말}", "quote"),
        (HEAD + "field: contact, organisation: 없는 곳, remove: true}", "없는 곳"),
        ("- {program: 없는 사업, field: alias, value: 가, reason: 나}", "없는 사업"),
        (HEAD + "year: 2020, field: alias, value: 가}", "2020"),
    ],
)
def test_a_wrong_entry_is_refused_with_a_sentence_that_names_it(corpus: Path, overrides: str, said: str) -> None:
    with pytest.raises(CorpusError, match=r"overrides\.yaml") as refused:
        corrected(corpus, overrides)
    assert said in str(refused.value)
    assert "주세요" in str(refused.value) or "합니다" in str(refused.value) or "쓸 수 있는" in str(refused.value)


@pytest.mark.long
def test_a_name_that_several_years_share_needs_the_year(corpus: Path) -> None:
    with (corpus / "manifest.csv").open("a", encoding="utf-8") as rows:
        rows.write("old,old.md,2025년 가람 공고,가람부,2025-02,\n")
    (corpus / "old.md").write_text(NOTICE.replace("2026", "2025"), "utf-8")
    with pytest.raises(CorpusError, match="year"):
        corrected(corpus, CONTACT + "phones: 02-111-2222}")
    corrected(corpus, CONTACT + "year: 2025, phones: 02-111-2222}")
    with served(corpus) as books:
        assert {p.year: p.contacts[0].phones for p in books.programs()} == {
            2026: ("02-000-0000",),
            2025: ("02-111-2222",),
        }


@pytest.mark.parametrize("empty", ["", "# 아직 없음\n"])
def test_an_empty_file_corrects_nothing(tmp_path: Path, empty: str) -> None:
    (tmp_path / NAME).write_text(empty, "utf-8")
    assert read_overrides(tmp_path) == ()


def test_an_answer_tells_the_corrected_number_and_cites_who_corrected_it(corpus: Path) -> None:
    with (corpus / "garam.md").open("a", encoding="utf-8") as notice:
        notice.write("- 지원내용: 소프트웨어 구매를 지원합니다.\n")
    corrected(corpus, CONTACT + "phones: 02-111-2222}")
    opened = open_current(corpus.parent / "data", Digests())
    try:
        answer = Advisor(opened).answer(Question("가람 바우처 지원사업 문의처 전화번호 알려 주세요", date(2026, 3, 20)))
    finally:
        opened.close()
    assert "02-111-2222" in answer.text and "02-000-0000" not in answer.text
    assert "overrides" in {citation.evidence.source_id for citation in answer.citations}
