"""Sheets: entries of a file flow in, the tables and paragraphs that a document shows of them flow out.

What is blank stays a line to be written on, so that a printed document can be filled in by hand.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from rag.diagnosis.records import Window
from rag.diagnosis.tree import Bar, Block, Bullets, Gantt, Grid, Paragraph
from rag.diagnosis.windows import MONTHS, windows_of
from rag.domain import Program
from rag.engagement.file import NAMELESS, Engagement, standing_gaps
from rag.engagement.items import Gap, Plan, PlanKind, Survey, SurveyKind, Visit
from rag.engagement.payers import payer_of, pays_itself
from rag.money import won
from rag.periods import korean_date

BLANK = "__________"
NONE = "적은 것이 없습니다."
NOT_MEASURED = "잰 적 없음"
SURVEYED = {
    SurveyKind.SATISFACTION: "만족도",
    SurveyKind.ACHIEVEMENT: "성취도",
    SurveyKind.APPLICATION: "현업적용도",
}


def said(value: str | None) -> str:
    """Words, or a line to write them on."""
    return value or BLANK


def day_said(day: date | None) -> str:
    """A day, or a line."""
    return korean_date(day) if day else BLANK


def count_said(count: int | None, unit: str) -> str:
    """A number with its unit, or a line with it."""
    return f"{count:,}{unit}" if count is not None else f"{BLANK}{unit}"


def won_said(sum_: int | None) -> str:
    """A sum, or a line."""
    return won(sum_) if sum_ is not None else f"{BLANK}원"


def visits_grid(visits: Sequence[Visit]) -> Block:
    """The meetings, oldest first."""
    rows = tuple(
        (
            day_said(v.day),
            said(v.place),
            ", ".join(v.people) or BLANK,
            v.method or BLANK,
            said(v.topics),
            said(v.agreed),
        )
        for v in sorted(visits, key=lambda v: v.day or date.max)
    )
    heads = ("날짜", "장소", "만난 사람", "방법", "나눈 이야기", "합의한 것")
    return Grid(heads, rows) if rows else Paragraph(NONE)


def gaps_grid(gaps: Sequence[Gap]) -> Block:
    """Tasks with how much they matter and what is lacking, the widest gap of what matters most first."""
    rows = tuple(
        (said(g.duty), said(g.task), *map(_grade, (g.importance, g.current, g.target)), _lacking(g))
        for g in sorted(gaps, key=lambda g: -(_weight(g) or 0))
    )
    return Grid(("직무", "과업", "중요도", "현수준", "목표수준", "격차"), rows) if rows else Paragraph(NONE)


def lessons_grid(plan: Plan) -> Grid:
    """The subjects of a course with their hours, and the hours together."""
    rows = tuple((lesson.subject, count_said(lesson.hours, "시간")) for lesson in plan.lessons)
    return Grid(("교과", "시간"), (*rows, ("모두", count_said(plan.whole_hours, "시간"))))


def plans_grid(plans: Sequence[Plan]) -> Block:
    """All plans in one table, the earliest first."""
    rows = tuple(
        (
            KINDS_SAID[plan.kind],
            plan.title or NAMELESS,
            span_said(plan),
            count_said(plan.whole_hours, "시간"),
            count_said(plan.people, "명") if plan.people is not None else ", ".join(plan.trainees) or f"{BLANK}명",
            said(plan.payer),
            won_said(plan.own_share),
        )
        for plan in sorted(plans, key=lambda plan: plan.first_month or "9999")
    )
    heads = ("종류", "과정", "기간", "시간", "인원", "재원", "자부담")
    return Grid(heads, rows) if rows else Paragraph(NONE)


KINDS_SAID = {PlanKind.PROBLEM: "PBL", PlanKind.ON_JOB: "S-OJT", PlanKind.COURSE: "과정"}


def span_said(plan: Plan) -> str:
    """From which month to which."""
    first, last = (_month(m) if m else BLANK for m in (plan.first_month, plan.last_month or plan.first_month))
    return first if first == last else f"{first} ~ {last}"


def plans_gantt(plans: Sequence[Plan], programs: Sequence[Program], as_of: date) -> Gantt | None:
    """The plans with a month in the twelve from the first of them, each with its hours, people and payer."""
    dated = [plan for plan in plans if plan.first_month]
    if not dated:
        return None
    first = min(plan.first_month or "" for plan in dated)
    year, month = int(first[:4]), int(first[5:])
    months = tuple(f"{year + (month - 1 + n) // 12}.{(month - 1 + n) % 12 + 1}" for n in range(MONTHS))
    bars = []
    for plan in sorted(dated, key=lambda plan: plan.first_month or ""):
        begins, ends = (_step(told, year, month) for told in (plan.first_month, plan.last_month or plan.first_month))
        if begins >= MONTHS:
            continue
        windows = _windows(plan, programs, date(year, month, 1))
        bars.append(Bar(_bar(plan), KINDS_SAID[plan.kind], begins, max(begins, min(ends, MONTHS - 1)), windows))
    return Gantt(months, tuple(bars), "훈련 계획입니다. 아래 표에 같은 내용을 글로 적었습니다.")


def _windows(plan: Plan, programs: Sequence[Program], first: date) -> tuple[Window, ...]:
    """Whether one may apply to the payer in each month; none where the company pays itself."""
    if pays_itself(plan):
        return ()
    payer = payer_of(plan, programs)
    return windows_of(payer, first) if payer else (Window.UNKNOWN,) * MONTHS


def surveys_grid(file: Engagement, run: str) -> Block:
    """What was asked of a run: the mean by kind, with how many replied and when."""
    rows = []
    for kind, name in SURVEYED.items():
        for survey in file.surveys_of(run, kind) or (Survey(kind),):
            mean = f"{survey.average:.1f}점" if survey.average is not None else f"{BLANK}점"
            rows.append((name, mean, count_said(survey.respondents, "명"), day_said(survey.day)))
    return Grid(("조사", "평균(5점)", "응답자", "조사한 날"), tuple(rows))


def scores_grid(surveys: Sequence[Survey]) -> Block | None:
    """The questions with their scores; None where none was told."""
    rows = tuple((SURVEYED[s.kind], name, f"{score:.1f}") for s in surveys for name, score in s.scores.items())
    return Grid(("조사", "문항", "점수"), rows) if rows else None


def comments(surveys: Sequence[Survey]) -> Block | None:
    """What was written; None where nothing was."""
    told = tuple(comment for survey in surveys for comment in survey.comments)
    return Bullets(told) if told else None


def two_days(file: Engagement, first: date, last: date) -> Block:
    """The level of each task on two days beside each other."""
    gaps = [entry.item for entry in file.gaps]
    before = {(g.duty, g.task): g for g in standing_gaps(gaps, first)}
    rows = tuple(
        (
            said(g.duty),
            said(g.task),
            str(was) if (was := _of(before.get((g.duty, g.task)))) is not None else NOT_MEASURED,
            _grade(g.current),
            _moved(before.get((g.duty, g.task)), g),
        )
        for g in standing_gaps(gaps, last)
    )
    heads = ("직무", "과업", f"{korean_date(first)}의 수준", f"{korean_date(last)}의 수준", "달라진 것")
    return Grid(heads, rows) if rows else Paragraph(NONE)


def _of(gap: Gap | None) -> int | None:
    return gap.current if gap else None


def _moved(before: Gap | None, now: Gap) -> str:
    was = _of(before)
    if was is None or now.current is None:
        return "견줄 수 없음"
    return "그대로" if now.current == was else f"{now.current - was:+d}"


def _grade(grade: int | None) -> str:
    return str(grade) if grade is not None else BLANK


def _weight(gap: Gap) -> int | None:
    if gap.current is None or gap.target is None:
        return None
    return (gap.target - gap.current) * (gap.importance or 1)


def _lacking(gap: Gap) -> str:
    return f"{gap.target - gap.current:+d}" if gap.current is not None and gap.target is not None else BLANK


def _month(told: str) -> str:
    return f"{int(told[:4])}년 {int(told[5:])}월"


def _step(told: str | None, year: int, month: int) -> int:
    assert told is not None  # only plans with a month are drawn
    return (int(told[:4]) - year) * 12 + int(told[5:]) - month


def _bar(plan: Plan) -> str:
    hours = f"{plan.whole_hours}시간" if plan.whole_hours else ""
    people = f"{plan.people}명" if plan.people else ""
    return " · ".join(filter(None, (plan.title or NAMELESS, hours, people, plan.payer)))
