"""Comparing: two diagnoses flow in, what both tell flows out line by line."""

from __future__ import annotations

from collections.abc import Mapping

from rag.diagnosis.ranking import SHOWN
from rag.diagnosis.records import Recommendation
from rag.diagnosis.report import EDITABLE
from rag.messages import STANDING, VERDICT_BRIEF
from rag.periods import korean_date
from server.diagnoses.dossier import Dossier
from server.diagnoses.filled import filled
from server.diagnoses.headings import headings
from ui.rooms.port import Pair


def compared(first: Dossier, second: Dossier) -> Pair:
    """Day, judgement, recommendations, company, survey and the consultant's texts of both, the older one first."""
    old, new = sorted((first, second), key=lambda one: one.created_at)
    told = _told(old), _told(new)
    labels = dict.fromkeys((*told[0], *told[1]))
    order = {label: at for at, label in enumerate(_ORDER)}
    rows = ((label, told[0].get(label, ""), told[1].get(label, "")) for label in sorted(labels, key=order.__getitem__))
    return Pair((_named(old), _named(new)), tuple(rows))


def _named(one: Dossier) -> str:
    company = one.case.get("company", {}).get("name")
    number = one.number or f"초안({korean_date(one.created_at.date())})"
    return f"{company} {number}" if company else number


def _told(one: Dossier) -> Mapping[str, str]:
    diagnosis = one.diagnosis
    told = {_DAY: korean_date(one.as_of), _BRANCH: one.branch}
    if diagnosis:
        told[_LEVEL] = diagnosis.level.level.value if diagnosis.level.level else "아직 판정할 수 없음"
        told |= {_RANKS[rank]: _recommended(each) for rank, each in enumerate(diagnosis.recommendations[:SHOWN])}
        told[_NEAR] = ", ".join(near.match.program.name for near in diagnosis.near_misses)
        told[_ASKS] = "\n".join(diagnosis.asks)
    told |= {
        label: ", ".join(value) if isinstance(value, list) else str(value) for label, value in filled(one.case).items()
    }
    told |= {EDITABLE[key]: text for key, text in one.edits.items() if key in EDITABLE}
    return {label: text for label, text in told.items() if text}


def _recommended(each: Recommendation) -> str:
    match = each.match
    judged = VERDICT_BRIEF[match.verdict] if match.verdict else ""
    return " · ".join(filter(None, (match.program.name, judged, STANDING[match.status])))


_DAY, _BRANCH, _LEVEL, _NEAR, _ASKS = "기준일", "관할", "AI 수준", "아깝게 맞지 않는 사업", "더 확인할 것"
_RANKS = tuple(f"추천 {rank}" for rank in range(1, SHOWN + 1))
_ORDER = (_DAY, _BRANCH, _LEVEL, *_RANKS, _NEAR, _ASKS, *(h.label for h in headings()), *EDITABLE.values())
