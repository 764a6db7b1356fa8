"""Missing: what was only just missed flows in; what shuts the company out, and what would change it, flows out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from rag.diagnosis.marks import Marks
from rag.diagnosis.records import NearMiss
from rag.diagnosis.tree import Grid
from rag.domain import Criterion, CriterionField, PeriodStatus
from rag.korean import with_particle
from rag.periods import brief


def near_misses(missed: tuple[NearMiss, ...], as_of: date, marks: Marks) -> Grid:
    """What was only just missed, the missing conditions, and what would change them; a period that is over is one."""
    return Grid(
        ("사업", "맞지 않는 요건", "달라지면 되는 것", "출처"), tuple(_row(near, as_of, marks) for near in missed)
    )


def _row(near: NearMiss, as_of: date, marks: Marks) -> tuple[str, str, str, str]:
    match, reasons = near.match, [f.reason for f in near.missing]
    evidence = [f.criterion.evidence for f in near.missing]
    changes = [_CHANGES[f.criterion.field](f.criterion) for f in near.missing]
    if match.status is PeriodStatus.CLOSED and match.period:
        reasons.append(f"접수 {brief(match.period, match.status, as_of)}.")
        evidence += [match.period.evidence] if match.period.evidence else []
        changes.append("다음 접수가 열려야 합니다. 일정은 담당 기관에 확인합니다.")
    return match.program.name, " ".join(reasons), " ".join(dict.fromkeys(changes)), marks.of(evidence)


def _named(criterion: Criterion) -> str:
    return ", ".join(criterion.allowed)


def _of_size(criterion: Criterion) -> str:
    return "규모가 잘못 적혔다면 고쳐 다시 진단합니다. 규모가 맞다면 이 사업은 해당하지 않습니다."


def _of_paper(criterion: Criterion) -> str:
    return f"{with_particle(_named(criterion), '을', '를')} 갖추면 신청할 수 있습니다."


def _of_other(criterion: Criterion) -> str:
    return "이 조건에 맞는 사정이 있으면 '그 밖의 사정'에 적어 다시 진단합니다."


_CHANGES: Mapping[CriterionField, Callable[[Criterion], str]] = {
    CriterionField.APPLICANT: lambda c: f"{with_particle(_named(c), '이', '가')} 신청해야 합니다.",
    CriterionField.SIZE: _of_size,
    CriterionField.EMPLOYEES: lambda c: "상시근로자 수가 조건 안에 들 때 신청할 수 있습니다.",
    CriterionField.INDUSTRY: lambda c: f"{_named(c)} 업종의 사업장이 따로 있으면 그곳으로 다시 진단합니다.",
    CriterionField.REGION: lambda c: "그 지역에 사업장이 있으면 그곳으로 다시 진단합니다.",
    CriterionField.AGE: lambda c: "업력은 바꿀 수 없어, 업력 조건이 다른 사업을 찾습니다.",
    CriterionField.INSURANCE: lambda c: "고용보험에 가입하면 신청할 수 있습니다.",
    CriterionField.CONSORTIUM: lambda c: "함께 신청할 기업이나 기관을 찾으면 신청할 수 있습니다.",
    CriterionField.CERTIFICATION: _of_paper,
    CriterionField.EXCLUSION: lambda c: "해당하는 사정이 없어지면 신청할 수 있습니다.",
    CriterionField.OTHER: _of_other,
}
