"""The report: a diagnosis flows in; the content tree that every format writes flows out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from rag.diagnosis.chapters import (
    by_consultant,
    level,
    offices,
    recommendation,
    roadmap_blocks,
    summary,
)
from rag.diagnosis.marks import Marks, SourceOf
from rag.diagnosis.missing import near_misses
from rag.diagnosis.overview import UNKNOWN, company_grid, history_grid, support_grid, survey_blocks
from rag.diagnosis.peers import peers
from rag.diagnosis.ranking import SHOWN
from rag.diagnosis.records import Diagnosis
from rag.diagnosis.tree import Block, Bullets, Paragraph, Part, Report
from rag.periods import korean_date

TITLE = "기업 지원사업·훈련 진단 보고서"
CONSIDERATIONS = "considerations_"
EDITABLE = {
    "opinion": "종합 의견",
    **{f"{CONSIDERATIONS}{rank}": f"추천 {rank}: 고려할 점" for rank in range(1, SHOWN + 1)},
    "proposals": "HRD 제안",
    "remarks": "비고",
}
"""The texts that a consultant may write, by key, with what they are called."""
_NOTICE = (
    "이 보고서는 등록된 문서에서 확인한 내용으로 만들었습니다. 선정 여부와 금액은 심사 결과에 따라 달라지며, "
    "신청하기 전에 담당 기관에 확인해야 합니다."
)


def report(
    diagnosis: Diagnosis,
    source_of: SourceOf,
    *,
    number: str | None = None,
    issued_on: date | None = None,
    former: str | None = None,
    edits: Mapping[str, str] | None = None,
) -> Report:
    """The tree of a draft (no number) or of an issued diagnosis; `edits` put a consultant's words into EDITABLE parts.

    What a consultant wrote is marked as such, and carries no marks of sources.
    """
    marks = Marks()
    written = {key: text.strip() for key, text in (edits or {}).items() if text.strip()}
    parts = [*_parts(diagnosis, marks, written, source_of)]
    parts.append(Part("sources", "출처", marks.sources(source_of)))
    parts.append(Part("remarks", "비고", tuple(_remarks(written))))
    return Report(
        TITLE,
        diagnosis.case.company.name or "기업명 확인되지 않음",
        _cover(diagnosis, number, issued_on, former),
        tuple(parts),
    )


def _cover(
    diagnosis: Diagnosis, number: str | None, issued_on: date | None, former: str | None
) -> tuple[tuple[str, str], ...]:
    branch = diagnosis.branches[0].organisation if diagnosis.branches else UNKNOWN
    facts = [
        ("번호", number or "초안(발급 전)"),
        ("발급일", korean_date(issued_on) if issued_on else "발급 전"),
        ("기준일", korean_date(diagnosis.as_of)),
        ("관할 지사", branch),
    ]
    if former:
        facts.append(("이전 보고서", f"{former} (이 보고서로 다시 발급함)"))
    return tuple(facts)


def _parts(diagnosis: Diagnosis, marks: Marks, written: Mapping[str, str], source_of: SourceOf) -> Iterator[Part]:
    case, company = diagnosis.case, diagnosis.case.company
    yield Part("summary", "한눈에 보기", tuple(summary(diagnosis, marks)))
    if "opinion" in written:
        yield Part("opinion", "종합 의견", by_consultant(written["opinion"]))
    yield Part("overview", "기업 개요", (company_grid(company),))
    trained: Block = (
        history_grid(company.trainings) if company.trainings else Paragraph("훈련이력은 확인되지 않습니다.")
    )
    yield Part("history", "훈련이력과 지원이력", (trained, support_grid(company)))
    if diagnosis.compared:
        yield Part("trends", "다른 기업과 견주면", tuple(peers(diagnosis.compared, case, marks)))
    yield Part("survey", "훈련수요조사", tuple(survey_blocks(case, source_of)))
    yield Part("level", "AI 수준", tuple(level(diagnosis, marks)))
    for rank, chosen in enumerate(diagnosis.recommendations, 1):
        yield from recommendation(rank, chosen, diagnosis, marks, written)
    if not diagnosis.recommendations:
        yield Part("recommendation", "추천 사업", (Paragraph("조건에 맞는다고 확인되는 사업이 없습니다."),))
    if diagnosis.near_misses:
        yield Part(
            "near_misses", "아깝게 맞지 않는 사업", (near_misses(diagnosis.near_misses, diagnosis.as_of, marks),)
        )
    yield Part("roadmap", "12개월 훈련 로드맵", tuple(roadmap_blocks(diagnosis, marks)))
    combined = Bullets(tuple(marks.said(s) for s in diagnosis.combinations))
    yield Part("combinations", "함께 쓸 수 있는 사업", (combined,))
    proposed: tuple[Block, ...] = (Bullets(tuple(marks.said(s) for s in diagnosis.proposals)),)
    if "proposals" in written:
        proposed = by_consultant(written["proposals"])
    if "proposals" in written or diagnosis.proposals:
        yield Part("proposals", "HRD 제안", proposed)
    told = tuple(contact for chosen in diagnosis.recommendations for contact in chosen.contacts)
    yield Part("contacts", "관할 지사와 센터", tuple(offices(diagnosis, marks, told)))
    if diagnosis.asks:
        yield Part("asks", "더 확인할 것", (Bullets(diagnosis.asks),))


def _remarks(written: Mapping[str, str]) -> Iterator[Block]:
    if "remarks" in written:
        yield from by_consultant(written["remarks"])
    yield Paragraph(_NOTICE)
