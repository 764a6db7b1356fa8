"""Many programmes made up by rule: a number flows in, a data directory flows out in which so many are served."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from zlib import crc32

import numpy as np

from rag import generation
from rag.answering.preparing import prepare
from rag.building import Contents
from rag.domain import (
    Benefit,
    BenefitKind,
    Chunk,
    Contact,
    Criterion,
    CriterionField,
    Detail,
    Document,
    Evidence,
    Heading,
    Paragraph,
    Period,
    PeriodKind,
    Program,
    Source,
)
from rag.embedders import open_sentences, open_words
from rag.lexicon import read_lexicon
from rag.ports import Vector
from rag.reading.kept import SHIPPED
from rag.settings import INSTALLATION
from rag.standing.editions import usable
from tests.rag.conftest import LettersEmbedder
from tests.rag.records import served

LEXICON = INSTALLATION / "corpus" / generation.LEXICON
REGIONS = INSTALLATION / "corpus" / generation.REGIONS
THINGS = ("포장재", "냉장고", "간판", "도자기", "양봉", "제빵", "목공", "인쇄기", "염색", "버섯")
WAYS = ("교체", "개량", "보급", "실습", "점검", "수리", "전시", "공동구매", "인증", "시제품")
MARKS = ("가온", "나린", "다솜", "라온", "마루", "바론", "사름", "아라", "자올", "차림")
FURTHER = ("", "고운 ", "너른 ", "도담 ", "맑은 ", "보람 ", "새한 ", "온누리 ", "푸른 ", "한결 ")
PLACES = ("부산광역시", "대구광역시", "경상남도", "전라남도 목포시", "강원특별자치도 원주시")


def name_of(at: int) -> str:
    """The name of a programme by its number, each of ten thousand its own."""
    return f"{FURTHER[at // 1000 % 10]}{MARKS[at // 100 % 10]} {THINGS[at // 10 % 10]} {WAYS[at % 10]} 지원사업"


def document_of(at: int) -> Document:
    """What is printed of it."""
    source = Source(f"s{at}", f"s{at}.md", name_of(at), "모의 기관", "2026-02", None, f"d{at}")
    told = (
        f"지원대상: {PLACES[at % len(PLACES)]}에 있는 중소기업",
        f"지원내용: {THINGS[at // 10 % 10]} {WAYS[at % 10]}에 드는 비용을 최대 {at % 9 + 1}천만원까지",
        f"신청기간: 2026. 3. {at % 27 + 1}. ~ 2026. 4. {at % 27 + 1}.",
        f"문의처: 모의 진흥원 02-000-{at:04}",
    )
    return Document(source, (Heading(1, 1, name_of(at)), *(Paragraph(1, line) for line in told)), 1)


def program_of(at: int) -> Program:
    """What is read of it."""
    _, whom, what, when, office = (
        Evidence(f"s{at}", (1, 1), name_of(at), block.text) for block in document_of(at).blocks
    )
    return Program(
        id=f"p{at}",
        name=name_of(at),
        source_id=f"s{at}",
        year=2026,
        ministry="모의부",
        agency="모의 진흥원",
        evidence=whom,
        details=tuple(
            Detail(label, evidence.quote.partition(": ")[2], evidence)
            for label, evidence in (("지원대상", whom), ("지원내용", what), ("신청기간", when), ("문의처", office))
        ),
        criteria=(Criterion(CriterionField.REGION, whom.quote, whom, allowed=(PLACES[at % len(PLACES)],)),),
        benefits=(Benefit(BenefitKind.GRANT, what.quote, what, ceiling=(at % 9 + 1) * 10_000_000),),
        periods=(Period(PeriodKind.FIXED, when.quote, when, date(2026, 3, at % 27 + 1), date(2026, 4, at % 27 + 1)),),
        contacts=(Contact("모의 진흥원", office, phones=(f"02-000-{at:04}",)),),
    )


def chunk_of(at: int) -> Chunk:
    """The passage that it is found by."""
    text = "\n".join(block.text for block in document_of(at).blocks)
    return Chunk(f"c{at}", f"s{at}", name_of(at), name_of(at), name_of(at), (1, 1), text)


def build(data_dir: Path, count: int) -> None:
    """Serve so many programmes; their lines get vectors made up of their letters, for only the number counts."""
    programs = tuple(map(program_of, range(count)))
    documents = tuple(map(document_of, range(count)))
    sentences, words = open_sentences(LettersEmbedder(), data_dir), open_words(None, data_dir)

    def vectors(lines: Sequence[str]) -> list[Vector]:
        drawn = [np.random.default_rng(crc32(line.encode())).normal(size=sentences.dimension) for line in lines]
        return [list(map(float, vector / np.linalg.norm(vector))) for vector in drawn]

    sources = {document.source.id: document.source for document in documents}
    told = usable(programs, sources.get)
    prepared = prepare(told, read_lexicon(LEXICON, None).organisations, words, sentences, vectors)
    contents = Contents(documents, tuple(map(chunk_of, range(count))), programs, LEXICON, REGIONS)
    whole = replace(contents, reader_path=SHIPPED, prepared=prepared)
    served(data_dir, whole, LettersEmbedder(), f"many-{count}", "2026-03-01T00:00:00")
