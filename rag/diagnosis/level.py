"""The AI level: the replies to a survey flow in, the level they lead to with its reasons flows out.

The guide names three levels by what a company trains for; which replies point to which stands in `survey.yaml`.
A company is where its weakest reply puts it, for each level builds on the one before.
"""

from __future__ import annotations

from rag.diagnosis.records import Case, Level, LevelFinding
from rag.diagnosis.survey import survey
from rag.domain import Evidence

ORDER = tuple(Level)


def judge_level(case: Case, evidence: dict[Level, Evidence]) -> LevelFinding:
    """The level, or none where a missing reply could change it; `evidence` is what documents say of each level."""
    pointed: list[Level] = []
    reasons, asks = [], []
    for asked in survey():
        if not any(option.level for option in asked.options):
            continue
        reply = case.reply(asked.id)
        option = asked.option(reply.options[0]) if reply and reply.options else None
        if option is None or option.level is None:
            asks.append(asked.text)
            continue
        pointed.append(option.level)
        reasons.append(f"{asked.topic}: '{option.text}' 답변은 {option.level.value}에 해당합니다.")
    lowest = min(pointed, key=ORDER.index, default=None)
    is_settled = lowest is not None and (not asks or lowest is ORDER[0])
    level = lowest if is_settled else None
    return LevelFinding(level, tuple(reasons), tuple(asks), (evidence[level],) if level and level in evidence else ())
