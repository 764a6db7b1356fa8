"""No answer to any question states a phone, address, day, sum or share that a document it cites does not."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from rag.advisor import Advisor
from rag.domain import Answer, CompanyProfile, Question, Turn
from rag.generation import OpenGeneration
from tests.evals.figures import Figures, figures
from tests.evals.questions import questions_of

FILES = (
    "conversations",
    pytest.param("questions", marks=pytest.mark.long),
    pytest.param("paraphrases", marks=pytest.mark.long),
)
HERE = Path(__file__).parent


def bare(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


class Library:
    """The documents of an index with the figures they state, each read once."""

    def __init__(self, index: OpenGeneration) -> None:
        self._index = index
        self._stated = cache(self._read)

    def inventions(self, answer: Answer) -> list[str]:
        """The figures of the answer that neither a document it cites nor a period it tells bears out."""
        cited = [self._stated(id_) for id_ in sorted({c.evidence.source_id for c in answer.citations})]
        words = " ".join(text for text, _ in cited)
        shown = figures(re.sub(r"\[\d{1,3}\]", " ", answer.text))
        days = {answer.as_of, *(day for _, own in cited for day in own.days), *self._told_days(answer)}
        company = answer.plan.company if answer.plan else CompanyProfile()
        # The month that an age told by the asker comes to is the asker's own figure.
        told = {(company.founded or 0, company.founded_in or 0)}
        months = {(day.year, day.month) for day in days} | told | {month for _, own in cited for month in own.months}
        found: list[object] = [way for way in (*shown.phones, *shown.emails, *shown.urls) if bare(way) not in words]
        found.extend(shown.days - days)
        found.extend(shown.months - months)
        # Of figures that are added up, the sum is half of all that is shown.
        found.extend(shown.sums - {sum(shown.sums) // 2} - {amount for _, own in cited for amount in own.sums})
        found.extend(shown.shares - {share for _, own in cited for share in own.shares})
        return [str(figure) for figure in found]

    def _told_days(self, answer: Answer) -> set[date]:
        """The days of the periods that the answer tells or cites; that a document states them is a law of its own."""
        told = [period for match in answer.matches for period in match.program.periods]
        cited = {citation.evidence for citation in answer.citations}
        told += [p for program in self._index.catalogue.programs() for p in program.periods if p.evidence in cited]
        days = [(p.opens_on, p.closes_on, p.expected_from, p.expected_to) for p in told]
        return {day for four in days for day in four if day}

    def _read(self, source_id: str) -> tuple[str, Figures]:
        document = self._index.catalogue.document(source_id)
        assert document is not None
        text = "\n".join(block.text for block in document.blocks)
        return bare(text), figures(text)


@pytest.fixture(scope="module")
def library(corpus_index: OpenGeneration) -> Library:
    return Library(corpus_index)


@pytest.mark.parametrize("name", FILES)
def test_every_figure_of_every_answer_stands_in_a_document_it_cites(
    adviser: Advisor, library: Library, name: str
) -> None:
    invented = {}
    for id_, question in questions_of(HERE / f"{name}.jsonl"):
        found = library.inventions(adviser.answer(question))
        if found:
            invented[id_] = (question.text, found)
    assert invented == {}


@pytest.mark.parametrize(
    "figure",
    [
        "02-1234-9876",
        "nobody@nowhere.kr",
        "https://nowhere.example.kr",
        "2026년 2월 31일이 아닌 2026년 2월 27일",
        "2031-12-01",
        "2031년 7월",
        "7억 7,777만 원",
        "77.7%",
    ],
)
def test_a_figure_of_no_document_is_noticed(adviser: Advisor, library: Library, figure: str) -> None:
    question = Question("AI응용제품 신속 상용화 마감과 기업부담금, 전화번호", date(2026, 3, 20))
    answer = adviser.answer(question)
    assert library.inventions(answer) == []
    assert library.inventions(replace(answer, text=f"{answer.text}\n- {figure} 입니다.")) != []


@pytest.mark.parametrize(
    "asked",
    [
        "AI통합 바우처 문의처 02-9999-8888 맞나요?",
        "AI통합 바우처 한도가 77억 원이죠?",
        "AI통합 바우처 마감은 2031년 1월 9일이죠?",
        "AI통합 바우처 자부담 83.5% 맞아요?",
        "AI통합 바우처 담당 메일 who@nowhere.kr 인가요?",
    ],
)
def test_a_figure_that_only_the_asker_states_is_never_told_as_a_fact(
    adviser: Advisor, library: Library, asked: str
) -> None:
    alone = Question(asked, date(2026, 3, 20))
    later = Question("그럼 그거 맞는 거죠?", alone.as_of, history=(Turn("user", asked), Turn("assistant", asked)))
    assert library.inventions(adviser.answer(alone)) == []
    assert library.inventions(adviser.answer(later)) == []


def test_figures_are_read_however_they_are_written() -> None:
    told = figures(
        "최대 1억 5천만 원, 2,000만원, 200백만원, 50%, 0.25%p, 30퍼센트, 02-123-4567, a.b@c.or.kr, hrd4u.or.kr, "
        "2026년 4월 20일, May 2, 2026, 2026-03-04, 2027년 1월 중, KRW 300,000"
    )
    assert told.phones == {"02-123-4567"}
    assert told.emails == {"a.b@c.or.kr"}
    assert told.urls == {"hrd4u.or.kr"}
    assert told.days == {date(2026, 4, 20), date(2026, 5, 2), date(2026, 3, 4)}
    assert told.months == {(2027, 1)}
    assert told.sums == {150_000_000, 20_000_000, 200_000_000, 300_000}
    assert told.shares == {50.0, 0.25, 30.0}
