"""The roadmap: a level, the programmes and a day flow in; a plan of training over twelve months flows out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from rag.diagnosis.amounts import closed_tracks, is_of
from rag.diagnosis.courses import Course
from rag.diagnosis.fitted import collecting, fitted
from rag.diagnosis.pacing import pace_of
from rag.diagnosis.records import Case, Level, RoadmapItem, Window
from rag.diagnosis.telling import told
from rag.diagnosis.windows import MONTHS, windows_of
from rag.domain import BenefitKind, Match, SizeClass, Verdict
from rag.saying.draft import Line

_LEFT = MONTHS - 1
# A training that is called one for 중소기업 is none for these.
_FOR_SMALL, _TOO_LARGE = "중소기업", (SizeClass.MEDIUM, SizeClass.LARGE)
# People who may leave their work for days on end are done with a course when it is over.
_IN_ONE_GO = "weeks"
_PREPARE = "훈련 상담과 기업 진단, 연간 계획 세우기"
_PAYS = re.compile(r"훈련비|과정개발비|강사수당|비용")
_NAMED = re.compile(r"([가-힣A-Za-z0-9·/() ]+?훈련(?:\([^)]*\))?)\s*(?:,|등)")
_UNPAID = "비용을 대는 사업은 문서에서 확인되지 않습니다."


def roadmap(
    case: Case, level: Level | None, courses: dict[Level, Course], matches: Sequence[Match], as_of: date
) -> tuple[RoadmapItem, ...]:
    """The preparation, then the courses from the company's level up; all from the first where the level is unknown.

    Length, people and words go by what the company replied and by what it was trained in; a course that all its people
    had is left out, unless it is the last.
    """
    pace, start = pace_of(case), level or Level.BASIC
    had = {each: pace.had(each, as_of) for each in Level}
    wanted = [each for each in tuple(Level)[tuple(Level).index(start) :] if each in courses]
    planned = [each for each in wanted if each is wanted[-1] or not pace.is_done(had[each])]
    items = [*_preparation(matches, as_of), *collecting(pace)]
    spans = _spans([pace.months(each, had[each]) for each in planned], is_open_end=pace.release != _IN_ONE_GO)
    for each, (first, last) in zip(planned, spans, strict=True):
        item = _item(courses[each], each, (first, last), matches, as_of, case)
        items.append(fitted(item, pace, had[each], case, courses[each].program))
    return tuple(items)


def _spans(lengths: Sequence[int], *, is_open_end: bool) -> list[tuple[int, int]]:
    """First and last month (from 0) of each course, one behind the other from the second month; the last to the end.

    Where all are longer than the year, each is cut by its share.
    """
    whole = sum(lengths)
    months = [max(1, length * _LEFT // whole) if whole > _LEFT else length for length in lengths]
    firsts = [1 + sum(months[:at]) for at in range(len(months))]
    spans = [(first, first + length - 1) for first, length in zip(firsts, months, strict=True)]
    return [*spans[:-1], (spans[-1][0], MONTHS - 1)] if spans and is_open_end else spans


def _preparation(matches: Sequence[Match], as_of: date) -> list[RoadmapItem]:
    """Advice on training comes first, by the programme whose aim it is and that the company may use."""
    advising = [
        m
        for m in matches
        if m.verdict is not Verdict.INELIGIBLE
        and {b.kind for b in m.program.benefits} >= {BenefitKind.CONSULTING, BenefitKind.TRAINING}
        and any("훈련" in d.text for d in m.program.details if d.label == "목적")
        and m.program.year == as_of.year
    ]
    if not advising:
        return []
    program = advising[0].program
    windows = windows_of(program, as_of)
    evidence = tuple(p.evidence for p in program.periods if p.evidence)[:1] or (program.evidence,)
    return [RoadmapItem(None, _PREPARE, "대표·교육 담당자", program.name, 0, 0, windows, _when(windows), evidence)]


def _item(
    course: Course, level: Level, span: tuple[int, int], matches: Sequence[Match], as_of: date, case: Case
) -> RoadmapItem:
    """One course, for nobody yet: who pays as far as documents say, and whether one may apply while it is planned."""
    first, last = span
    match = next((m for m in matches if m.program.id == course.program.id), None)
    paid = _payer(course)
    can_use = match is not None and match.verdict is not Verdict.INELIGIBLE
    if paid and can_use and not _shut_out(paid, match):
        windows = windows_of(course.program, as_of)
        note = f"{paid.text} {_when(windows, first)}"
        return RoadmapItem(
            level,
            course.text,
            "",
            course.program.name,
            first,
            last,
            windows,
            note,
            (course.detail.evidence, *paid.evidence),
        )
    named = [name.strip() for name in _NAMED.findall(course.text)]
    named = [name for name in named if not (case.company.size in _TOO_LARGE and _FOR_SMALL in name)]
    windows = (Window.UNKNOWN,) * MONTHS
    if named:
        note = "신청 시기와 회사 부담은 등록된 문서에서 확인되지 않습니다."
        return RoadmapItem(
            level, course.text, "", ", ".join(named), first, last, windows, note, (course.detail.evidence,)
        )
    return RoadmapItem(
        level, course.text, "", "확인되지 않음", first, last, windows, _UNPAID, (course.detail.evidence,)
    )


def _payer(course: Course) -> Line | None:
    """What the programme of a course says it pays for training of this kind ("PBL"), by the words they share."""
    kinds = set(re.findall(r"[A-Z]{2,}", course.text)) - {"AI", "CEO"}
    for detail in course.program.details:
        where = f"{detail.evidence.section} {detail.text}"
        if kinds & set(re.findall(r"[A-Z]{2,}", where)) and _PAYS.search(detail.text) and "지원" in detail.text:
            return told(detail)
    return None


def _shut_out(paid: Line, match: Match | None) -> bool:
    """Whether the company may not use the track that pays."""
    if match is None:
        return True
    return is_of(paid.evidence[0], closed_tracks(match))


def _when(windows: Sequence[Window], first: int = 0) -> str:
    """Whether one can still apply for what begins in that month."""
    if Window.OPEN in windows[: first + 1]:
        last = max(i for i, window in enumerate(windows) if window is Window.OPEN)
        return "지금 신청할 수 있습니다." if last >= first else "시작하기 전에 접수가 끝나므로 미리 신청해야 합니다."
    if windows[0] is Window.CLOSED and Window.EXPECTED not in windows:
        return "올해 접수는 끝났습니다. 다음 접수 시기는 담당 기관에 확인해야 합니다."
    if Window.EXPECTED in windows:
        return "접수 시기를 담당 기관에 확인해야 합니다."
    return "신청할 수 있는 시기는 문서에서 확인되지 않습니다."
