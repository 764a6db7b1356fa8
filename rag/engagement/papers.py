"""Papers: a file and the programmes of a day flow in, the content of one of its documents flows out.

Each begins with what to do by when, whom to call and what it costs, and ends with its sources and a line to sign on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from enum import StrEnum

from rag.diagnosis.chapters import level, offices, recommendation, roadmap_blocks
from rag.diagnosis.marks import Marks, SourceOf
from rag.diagnosis.missing import near_misses
from rag.diagnosis.overview import UNKNOWN, company_grid, history_grid, support_grid, survey_blocks
from rag.diagnosis.peers import peers
from rag.diagnosis.tree import Block, Bullets, Grid, Paragraph, Part, Report
from rag.diagnosis.whereabouts import judged_by
from rag.domain import Program
from rag.engagement import sheets
from rag.engagement.file import Engagement, standing_gaps
from rag.engagement.holding import doubts_of
from rag.engagement.making import Paper
from rag.engagement.planned import all_plans, course_sheets, problem_sheets
from rag.engagement.todo import paying, to_do
from rag.money import won
from rag.periods import korean_date

NAMELESS = "기업명 확인되지 않음"
NOTICE = (
    "등록된 문서에서 확인한 것과 컨설턴트가 적은 것만 실었습니다. 빈 줄은 확인되지 않은 칸입니다. 선정 여부와 금액은 "
    "심사 결과에 따라 달라지며, 신청하기 전에 담당 기관에 확인해야 합니다."
)
NUMBER = "번호"
MOST_ASKS = 5


class PaperKind(StrEnum):
    """문서의 종류: what a file is shown as; `basic` … as in the contract of the API."""

    BASIC = "basic"
    CONSULTING = "consulting"
    PROBLEM = "problem"
    PLAN = "plan"
    RESULT = "result"
    YEARLY = "yearly"


TITLES = {
    PaperKind.BASIC: "기초진단지",
    PaperKind.CONSULTING: "HRD 컨설팅 보고서",
    PaperKind.PROBLEM: "과정개발(PBL) 계획서",
    PaperKind.PLAN: "훈련계획서",
    PaperKind.RESULT: "훈련 성과분석 보고서",
    PaperKind.YEARLY: "전년 대비 보고서",
}


def paper(
    kind: PaperKind,
    file: Engagement,
    programs: Sequence[Program],
    source_of: SourceOf,
    as_of: date,
    former: str | None = None,
) -> Report:
    """The content of a draft of a document; the same file on the same day gives the same content."""
    made = Paper(file, programs, source_of, as_of, Marks())
    cover = _cover(made, former)
    parts = [Part("first", "먼저 할 일", tuple(_first(kind, made))), *_PARTS[kind](made)]
    doubts = doubts_of(file, programs) if kind is not PaperKind.BASIC else ()
    if doubts:
        parts.append(Part("doubts", "확인할 것", (Bullets(tuple(made.marks.said(line) for line in doubts)),)))
    parts.append(Part("signature", "확인", _signature(file)))
    parts.append(
        Part("sources", "붙임: 출처", made.marks.sources(source_of) or (Paragraph("문서에서 인용한 것이 없습니다."),))
    )
    return Report(TITLES[kind], file.case.company.name or NAMELESS, cover, tuple(parts), False)


def numbered(draft: Report, number: str) -> Report:
    """The draft as issued under a number."""
    return replace(draft, cover=tuple((label, number if label == NUMBER else told) for label, told in draft.cover))


def _cover(made: Paper, former: str | None) -> tuple[tuple[str, str], ...]:
    branches = (
        f"{' '.join((each.organisation, *each.phones[:1]))} {made.marks.of((each.evidence,))}"
        for each in made.file.diagnosis.branches
    )
    branch = next(branches, UNKNOWN)
    facts = [
        (NUMBER, "초안(발급 전)"),
        ("기준일", korean_date(made.as_of)),
        ("관할 지사", branch),
        ("컨설턴트", made.file.consultant),
    ]
    return (*facts, ("이전 문서", f"{former} (이 문서로 다시 발급함)")) if former else tuple(facts)


def _first(kind: PaperKind, made: Paper) -> Iterator[Block]:
    """What to do: of all recommended where a document recommends, of what pays where it plans, else of the file."""
    recommending = kind in (PaperKind.BASIC, PaperKind.CONSULTING)
    planning = kind in (PaperKind.PROBLEM, PaperKind.PLAN)
    chosen = made.file.diagnosis.recommendations if recommending else paying(made) if planning else ()
    yield from to_do(made, chosen)
    if kind is PaperKind.BASIC:
        yield from (Paragraph(said, is_note=True) for said in judged_by(made.file.diagnosis))


def _basic(made: Paper) -> Iterator[Part]:
    company = made.file.case.company
    yield Part("overview", "기업 개요", (_paired(_to_fill(company_grid(company))),))
    trained: Block = history_grid(company.trainings) if company.trainings else Paragraph("훈련이력: " + sheets.BLANK)
    yield Part("history", "훈련이력과 지원이력", (trained, _to_fill(support_grid(company))))
    yield Part("level", "AI 수준", tuple(level(made.file.diagnosis, made.marks)))
    if made.file.diagnosis.asks:
        yield Part("asks", "더 확인할 것", (Bullets(made.file.diagnosis.asks[:MOST_ASKS]),))


def _paired(grid: Grid) -> Grid:
    """A table of two columns folded into four, so that it takes half the room."""
    half = -(-len(grid.rows) // 2)
    left, right = grid.rows[:half], [*grid.rows[half:], ("",) * len(grid.heads)]
    return Grid(grid.heads * 2, tuple((*one, *other) for one, other in zip(left, right, strict=False)))


def _to_fill(grid: Grid) -> Grid:
    """The table with lines to write on where nothing is known."""
    rows = tuple(tuple(sheets.BLANK if cell == UNKNOWN else cell for cell in row) for row in grid.rows)
    return replace(grid, rows=rows)


def _consulting(made: Paper) -> Iterator[Part]:
    file, diagnosis = made.file, made.file.diagnosis
    yield Part("overview", "기업 개요", (_to_fill(company_grid(file.case.company)),))
    yield Part("visits", "수행일지", (sheets.visits_grid([entry.item for entry in file.visits]),))
    asked = survey_blocks(file.case, made.source_of)
    yield Part("survey", "훈련수요조사", tuple(_to_fill(b) if isinstance(b, Grid) else b for b in asked))
    yield Part("level", "AI 수준", tuple(level(diagnosis, made.marks)))
    if diagnosis.compared:
        yield Part("trends", "다른 기업과 견주면", tuple(peers(diagnosis.compared, file.case, made.marks)))
    yield _gaps(made)
    for rank, chosen in enumerate(diagnosis.recommendations, 1):
        yield from recommendation(rank, chosen, diagnosis, made.marks, {})
    if diagnosis.near_misses:
        missed = near_misses(diagnosis.near_misses, made.as_of, made.marks)
        yield Part("near_misses", "아깝게 맞지 않는 사업", (missed,))
    yield Part("roadmap", "12개월 훈련 로드맵(제안)", tuple(roadmap_blocks(diagnosis, made.marks)))
    yield from all_plans(made, made.plans)
    if diagnosis.proposals:
        proposed = tuple(made.marks.said(line) for line in diagnosis.proposals)
        yield Part("proposals", "HRD 제안", (Bullets(proposed),))
    if diagnosis.asks:
        yield Part("asks", "더 확인할 것", (Bullets(diagnosis.asks),))
    told = tuple(contact for chosen in diagnosis.recommendations for contact in chosen.contacts)
    yield Part("contacts", "관할 지사와 센터", tuple(offices(diagnosis, made.marks, told)))


def _problem(made: Paper) -> Iterator[Part]:
    yield _gaps(made)
    yield from problem_sheets(made)


def _plan(made: Paper) -> Iterator[Part]:
    yield from all_plans(made, made.plans)
    yield from course_sheets(made)


def _result(made: Paper) -> Iterator[Part]:
    file = made.file
    if not file.runs:
        yield Part("runs", "실시한 훈련", (Paragraph(sheets.NONE),))
    for number, entry in enumerate(file.runs, 1):
        run, plan = entry.item, file.plan_of(entry.item)
        surveys = [survey for kind in sheets.SURVEYED for survey in file.surveys_of(entry.id, kind)]
        facts = Grid(
            ("항목", "내용"),
            (
                ("기간", f"{sheets.day_said(run.first_day)} ~ {sheets.day_said(run.last_day)}"),
                ("참여 / 수료", f"{sheets.count_said(run.people, '명')} / {sheets.count_said(run.completed, '명')}"),
                ("시간", sheets.count_said(run.hours, "시간")),
                ("목표값 → 도달값", f"{sheets.said(plan.wanted if plan else None)} → {sheets.said(run.reached)}"),
                ("지원받은 돈 / 자부담", f"{sheets.won_said(run.paid)} / {sheets.won_said(run.own_share)}"),
                ("컨설턴트의 제언", sheets.said(run.feedback)),
                ("경영진의 결정(강화·유지·폐지)", run.decision.value if run.decision else sheets.BLANK),
            ),
        )
        blocks: list[Block] = [facts, sheets.surveys_grid(file, entry.id)]
        blocks += [block for block in (sheets.scores_grid(surveys), sheets.comments(surveys)) if block]
        yield Part(f"run_{number}", f"{number}. {file.title_of(run)}", tuple(blocks))


def _yearly(made: Paper) -> Iterator[Part]:
    before = made.as_of.replace(year=made.as_of.year - 1, day=min(made.as_of.day, 28))
    yield Part("gaps", "수준의 변화", (sheets.two_days(made.file, before, made.as_of),))
    yield two_years(made.file, made.as_of.year - 1, made.as_of.year)
    decided = tuple(
        (
            made.file.title_of(e.item),
            e.item.decision.value if e.item.decision else sheets.BLANK,
            sheets.said(e.item.feedback),
        )
        for e in made.file.runs
    )
    if decided:
        yield Part("decisions", "과정마다의 결정", (Grid(("과정", "결정", "제언"), decided),))


def two_years(file: Engagement, first: int, last: int) -> Part:
    """What was run in two years, beside each other."""
    years = tuple(dict.fromkeys((first, last)))
    rows = tuple((label, *(value(file, year) for year in years)) for label, value in _YEARLY)
    return Part("years", "해마다의 훈련", (Grid(("항목", *(f"{year}년" for year in years)), rows),))


def _sum(file: Engagement, year: int, field: str, unit: str) -> str:
    told = [getattr(run, field) for run in (e.item for e in file.runs) if run.last_day and run.last_day.year == year]
    known = [value for value in told if value is not None]
    if not known:
        return sheets.BLANK if told else "없음"
    return won(sum(known)) if unit == "원" else f"{sum(known):,}{unit}"


def _courses(file: Engagement, year: int) -> str:
    return f"{sum(1 for e in file.runs if e.item.last_day and e.item.last_day.year == year)}개"


_YEARLY: tuple[tuple[str, Callable[[Engagement, int], str]], ...] = (
    ("실시한 과정", _courses),
    ("참여 인원", lambda file, year: _sum(file, year, "people", "명")),
    ("수료 인원", lambda file, year: _sum(file, year, "completed", "명")),
    ("훈련 시간", lambda file, year: _sum(file, year, "hours", "시간")),
    ("지원받은 돈", lambda file, year: _sum(file, year, "paid", "원")),
    ("자부담", lambda file, year: _sum(file, year, "own_share", "원")),
)


def _gaps(made: Paper) -> Part:
    gaps = standing_gaps([entry.item for entry in made.file.gaps], made.as_of)
    return Part("gaps", "직무·과업 격차", (sheets.gaps_grid(gaps),))


def _signature(file: Engagement) -> tuple[Block, ...]:
    told = (("컨설턴트", file.consultant), ("소속", sheets.said(file.organisation)))
    lines = (*told, ("서명", sheets.BLANK), ("기업 확인", sheets.BLANK))
    return (Grid((), lines), Paragraph(NOTICE, is_note=True))


_PARTS: dict[PaperKind, Callable[[Paper], Iterator[Part]]] = {
    PaperKind.BASIC: _basic,
    PaperKind.CONSULTING: _consulting,
    PaperKind.PROBLEM: _problem,
    PaperKind.PLAN: _plan,
    PaperKind.RESULT: _result,
    PaperKind.YEARLY: _yearly,
}
