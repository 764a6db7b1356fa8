"""Made-up records for the tests of index and catalogue."""

from datetime import date
from pathlib import Path

from rag.building import Contents, writing
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
    Generation,
    Heading,
    Paragraph,
    Period,
    PeriodKind,
    Program,
    Source,
    Table,
)
from rag.ports import Embedder

TOPICS = (
    "데이터 바우처 지원",
    "정책자금 대출 금리",
    "재직자 훈련 과정",
    "로봇 실증 보급",
    "수출 상담 통역",
    "폐수 처리 설비",
)

SOURCE = Source("guide", "guide.pdf", "모의 안내서", "모의 기관", "2026-02", None, "d1")
EVIDENCE = Evidence("guide", (1, 2), "사업 개요", "최대 1억 원")
DOCUMENT = Document(
    SOURCE,
    (Heading(1, 1, "사업 개요"), Paragraph(1, "최대 1억 원"), Table(2, (("지역", None), ("", "가평군")))),
    2,
)
PROGRAM = Program(
    id="p1",
    name="모의 사업",
    source_id="guide",
    year=2026,
    ministry="모의부",
    agency="모의원",
    evidence=EVIDENCE,
    aliases=("모의",),
    details=(Detail("지원규모", "10개", EVIDENCE),),
    criteria=(Criterion(CriterionField.EMPLOYEES, "30인 미만", EVIDENCE, maximum=29),),
    benefits=(Benefit(BenefitKind.GRANT, "최대 1억 원", EVIDENCE, ceiling=100_000_000, rate=62.5),),
    periods=(Period(PeriodKind.FIXED, "3.4~4.20", EVIDENCE, date(2026, 3, 4), date(2026, 4, 20)),),
    contacts=(Contact("모의원", EVIDENCE, phones=("02-000-0000",), regions=("경기도 가평군",)),),
)


def chunks(mark: str) -> tuple[Chunk, ...]:
    """One chunk for each topic; `mark` makes those of two generations differ."""
    return tuple(
        Chunk(f"{mark}-{number}", "guide", "모의 사업", "모의 안내서 > 모의 사업", "개요", (1, 2), f"{topic} {mark}")
        for number, topic in enumerate(TOPICS)
    )


def contents(folder: Path, mark: str) -> Contents:
    """Everything for one small generation; the two data files are written to `folder`."""
    lexicon, regions = folder / f"{mark}-lexicon.yaml", folder / f"{mark}-regions.yaml"
    lexicon.write_text(f"programs: {{{mark}: []}}\n", "utf-8")
    regions.write_text("경기도: [가평군]\n", "utf-8")
    return Contents((DOCUMENT,), chunks(mark), (PROGRAM,), lexicon, regions)


DAY = "2026-01-01T00:00:00"


def built(data_dir: Path, made: Contents, embedder: Embedder, mark: str, at: str = DAY) -> Generation:
    """A generation that is stored and not served."""
    with writing(data_dir) as writer:
        return writer.build(made, embedder, mark, at)


def served(data_dir: Path, made: Contents, embedder: Embedder, mark: str, at: str = DAY) -> Generation:
    """A generation that is stored and served."""
    with writing(data_dir) as writer:
        return writer.activate(writer.build(made, embedder, mark, at).id)
