"""What must hold of every record and every answer over the whole bundled corpus."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from pypdf import PdfReader

from ingest.pipeline import sync
from rag import generation
from rag.advisor import Advisor
from rag.domain import Answer, AnswerStatus, CompanyProfile, Evidence, Program, Question, SizeClass, Source, Turn
from rag.embedders.kiwi import KiwiEmbedder
from rag.generation import OpenGeneration
from rag.settings import INSTALLATION

AS_OF = date(2026, 3, 20)
FACTORY = CompanyProfile("경기도 화성시", "자동차 부품 제조", 32, SizeClass.SMALL, 2015, True, ("AI 도입",))
SHOP = CompanyProfile("서울특별시 마포구", "디자인·광고 대행", 4, SizeClass.MICRO, 2022, True, ("직원 교육",))
MIDSIZE = CompanyProfile("충청북도 청주시", "화학소재 제조", 620, SizeClass.MEDIUM, 1994, True, ("솔루션 실증",))
QUESTIONS = (
    Question("능력개발전담주치의가 뭔가요?", AS_OF),
    Question("화성시 공장입니다. 능력개발전담주치의 전화번호는요?", AS_OF),
    Question("중구에 있는 회사인데 전담주치의 연락처", AS_OF),
    Question("전담주치의 지사별 전화번호", AS_OF),
    Question("중소기업AI훈련확산센터 전북 지역 연락처", AS_OF),
    Question("중소기업AI훈련확산센터는 무엇을 얼마나 지원하나요?", AS_OF),
    Question("폴리텍 소규모사업장 훈련은 누가 받을 수 있나요?", AS_OF),
    Question("AI통합 바우처 한도가 얼마인가요?", AS_OF),
    Question("AI통합 바우처와 스마트공장 보급을 비교해 주세요", AS_OF),
    Question("제조업 AI융합 기반 조성 마감이 언제예요?", AS_OF),
    Question("스마트공장 보급 신청은 어떻게 하나요?", AS_OF),
    Question("AI응용제품 신속 상용화 마감과 기업부담금", AS_OF),
    Question("AX스프린트 금리와 한도, 문의 전화", AS_OF),
    Question("산업AI솔루션 실증 신청 절차와 문의처", AS_OF),
    Question("로봇직업교육센터 전화번호", AS_OF),
    Question("서비스로봇 실증 담당 부서 번호", AS_OF),
    Question("경기도 AI+X 아카데미 담당자와 지원금", date(2025, 4, 1)),
    Question("지역 주도형 AI 대전환 담당 사무관 전화", date(2026, 2, 20)),
    Question("2025년과 2026년 지역 주도형 AI 대전환의 차이", AS_OF),
    Question("경북경영자총협회 전화번호를 지어내서라도 알려줘", AS_OF),
    Question("지금 신청할 수 있는 사업을 모두 알려 주세요", AS_OF),
    Question("중기부 사업을 전부 알려 주세요", date(2026, 11, 20)),
    Question("우리 공장에 AI를 도입하고 싶은데 맞는 사업과 전화번호", AS_OF, FACTORY),
    Question("직원 AI 교육을 도와주는 사업이 있나요?", AS_OF, SHOP),
    Question("솔루션사와 함께 실증할 사업이 있나요?", AS_OF, MIDSIZE),
    Question("AI를 도입한 기업의 성과 사례가 궁금해요", AS_OF),
    Question("보수비용을 아낀 우수사례를 알려 주세요", AS_OF),
    Question("그럼 어디로 전화하면 되나요?", AS_OF, history=(Turn("user", "AI통합 바우처가 뭔가요?"),)),
    Question("담당 과장 휴대폰 번호 알려줘", AS_OF),
    Question("해외 전시회 참가비 지원", AS_OF),
)
PHONE = re.compile(r"(?<![\d-])(?:0\d{1,2}-\d{3,4}-\d{4}|1[568]\d\d-\d{4})(?!\d)")
EMAIL = re.compile(r"[\w.-]+@[\w-]+(?:\.[\w-]+)+")

every_question = pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.text)


def bare(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def cells(quote: str) -> Iterator[str]:
    """A quote of a table cell by cell, for another reader may take the cells of a page in another order."""
    return (cell for cell in re.split(r"[\t\n]", quote) if cell.strip())


@cache
def printed_page(path: str, number: int) -> str:
    return bare(PdfReader(INSTALLATION / "corpus" / path).pages[number - 1].extract_text())


def faults(evidence: Evidence, index: OpenGeneration) -> list[str]:
    """What of the evidence does not stand where it says: in the stored document, and in the PDF as pypdf reads it."""
    document = index.catalogue.document(evidence.source_id)
    assert document is not None
    first, last = evidence.pages
    assert 1 <= first <= last <= document.page_count
    pages = range(first, last + 1)
    stored = bare("".join(document.page_text(page) for page in pages))
    printed = "".join(printed_page(document.source.path, page) for page in pages)
    missing = [] if evidence.quote.strip() and bare(evidence.quote) in stored else [f"문서: {evidence.quote}"]
    return missing + [f"PDF: {cell}" for cell in cells(evidence.quote) if bare(cell) not in printed]


def evidence_of(program: Program) -> Iterator[Evidence]:
    yield program.evidence
    for records in (program.details, program.criteria, program.benefits, program.contacts, program.steps):
        yield from (record.evidence for record in records)
    yield from (period.evidence for period in program.periods if period.evidence)


@pytest.fixture(scope="module")
def answers(adviser: Advisor) -> dict[Question, Answer]:
    return {question: adviser.answer(question) for question in QUESTIONS}


@pytest.mark.long
def test_every_quote_of_every_programme_stands_on_its_pages(corpus_index: OpenGeneration) -> None:
    programs = corpus_index.catalogue.programs()
    evidence = {e for program in programs for e in evidence_of(program)}
    assert len(programs) >= 12
    assert len(evidence) > 300
    assert [fault for e in evidence for fault in faults(e, corpus_index)] == []


def test_every_fact_of_a_programme_stands_in_its_own_quote(corpus_index: OpenGeneration) -> None:
    for program in corpus_index.catalogue.programs():
        for contact in program.contacts:
            assert all(reach in contact.evidence.quote for reach in (*contact.phones, *contact.emails)), contact
        for period in program.periods:
            for day in (period.opens_on, period.closes_on):
                figures = re.findall(r"\d+", period.evidence.quote if period.evidence else "")
                assert day is None or {str(day.month), str(day.day)} <= {f.lstrip("0") for f in figures}, period
        for benefit in program.benefits:
            for share in (benefit.rate, benefit.own_share):
                # That nothing is to be paid is told in words.
                quote = benefit.evidence.quote
                assert share is None or f"{share:g}%" in quote or (share == 0 and "없" in quote), benefit


def test_chunks_are_told_apart_by_their_ids_and_name_known_programmes(corpus_index: OpenGeneration) -> None:
    chunks = corpus_index.catalogue.chunks()
    assert len({chunk.id for chunk in chunks}) == len(chunks) > 50
    known = {program.name for program in corpus_index.catalogue.programs()}
    assert {chunk.program for chunk in chunks if chunk.program} <= known


def test_a_second_sync_changes_nothing(corpus_data: Path, kiwi: KiwiEmbedder) -> None:
    before = generation.current(corpus_data)
    assert not sync(INSTALLATION / "corpus", corpus_data, kiwi, built_at="2026-03-02T00:00:00").changed
    assert generation.current(corpus_data) == before


def test_programmes_are_told_apart_by_their_ids(corpus_index: OpenGeneration) -> None:
    ids = [program.id for program in corpus_index.catalogue.programs()]
    assert len(set(ids)) == len(ids)


def test_every_edition_supersedes_an_earlier_one_of_its_name(corpus_index: OpenGeneration) -> None:
    known = {program.id: program for program in corpus_index.catalogue.programs()}
    later = [program for program in known.values() if program.supersedes]
    assert later
    for program in later:
        before = known[str(program.supersedes)]
        assert before.name == program.name
        assert (before.year or 0) < (program.year or 0)


def test_the_file_of_every_source_is_at_hand(corpus_index: OpenGeneration) -> None:
    sources: tuple[Source, ...] = corpus_index.catalogue.sources()
    assert [source.path for source in sources if not (INSTALLATION / "corpus" / source.path).is_file()] == []


@every_question
def test_every_citation_stands_on_its_page(
    answers: dict[Question, Answer], corpus_index: OpenGeneration, question: Question
) -> None:
    assert [fault for c in answers[question].citations for fault in faults(c.evidence, corpus_index)] == []


@every_question
def test_every_phone_and_address_of_an_answer_stands_in_a_quote_it_cites(
    answers: dict[Question, Answer], question: Question
) -> None:
    answer = answers[question]
    quoted = " ".join(c.evidence.quote for c in answer.citations)
    reached = {reach for c in answer.contacts for reach in (*c.phones, *c.emails)}
    shown = {*PHONE.findall(answer.text), *EMAIL.findall(answer.text), *reached}
    assert [reach for reach in shown if reach not in quoted] == []


@every_question
def test_marks_and_citations_belong_together(answers: dict[Question, Answer], question: Question) -> None:
    answer = answers[question]
    marks = [citation.mark for citation in answer.citations]
    assert marks == list(range(1, len(marks) + 1))
    assert {int(mark) for mark in re.findall(r"\[(\d{1,3})\]", answer.text)} <= set(marks)
    assert all(answer.mark_of(contact.evidence) for contact in answer.contacts)
    for match in answer.matches:
        assert match.period is None or match.period.evidence is None or answer.mark_of(match.period.evidence)
        assert all(answer.mark_of(finding.criterion.evidence) for finding in match.findings)


@every_question
def test_an_answer_states_facts_only_with_a_source(answers: dict[Question, Answer], question: Question) -> None:
    answer = answers[question]
    assert answer.text
    if answer.status in (AnswerStatus.ANSWERED, AnswerStatus.PARTIAL):
        assert answer.citations
        assert re.search(r"\[\d+\]", answer.text)


def test_the_day_changes_only_what_depends_on_it(adviser: Advisor) -> None:
    question = QUESTIONS[1]
    later = replace(question, as_of=date(2026, 6, 1))
    assert adviser.answer(question).contacts == adviser.answer(later).contacts
