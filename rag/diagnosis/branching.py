"""Branching: a match with several tracks flows in; how each of them stands for the company flows out."""

from __future__ import annotations

from collections.abc import Iterator

from rag.conditions.judge import deciding
from rag.diagnosis.marks import Marks
from rag.diagnosis.tree import Block, Grid, Paragraph
from rag.domain import Evidence, Match, Result, TrackMatch, Verdict
from rag.messages import STANDING, VERDICT_BRIEF

_UNJUDGED = "기업 정보를 알아야 판정"


def track_verdicts(match: Match, marks: Marks) -> Iterator[Block]:
    """Each track with its verdict, its standing and what decides; one sentence where all of them stand alike."""
    if not match.tracks:
        return
    if len({(track.verdict, track.status) for track in match.tracks}) == 1:
        named = ", ".join(track.name for track in match.tracks)
        yield Paragraph(
            f"나뉘는 부분({named})은 요건 판정과 접수가 모두 같습니다: {_verdict(match.tracks[0])}, "
            f"{STANDING[match.tracks[0].status]}."
        )
        return
    rows = tuple(
        (track.name, _verdict(track), STANDING[track.status], _why(track), marks.of(_evidence(track)))
        for track in match.tracks
    )
    if len({row[3:] for row in rows}) == 1:
        # What decides is the same for all, and stands in the table of conditions.
        yield Grid(("부분", "요건", "접수"), tuple(row[:3] for row in rows))
    else:
        yield Grid(("부분", "요건", "접수", "무엇 때문인지", "출처"), rows)


def _verdict(track: TrackMatch) -> str:
    return VERDICT_BRIEF[track.verdict] if track.verdict else _UNJUDGED


def _result(track: TrackMatch) -> Result:
    """What the findings that decide the verdict came to."""
    if track.verdict is Verdict.INELIGIBLE:
        return Result.UNMET
    return Result.MET if track.verdict is Verdict.ELIGIBLE else Result.UNKNOWN


def _why(track: TrackMatch) -> str:
    found = deciding(track.findings, _result(track))
    return " ".join(dict.fromkeys(finding.reason for finding in found)) or "문서에 요건이 따로 없습니다."


def _evidence(track: TrackMatch) -> tuple[Evidence, ...]:
    return tuple(dict.fromkeys(f.criterion.evidence for f in deciding(track.findings, _result(track))))
