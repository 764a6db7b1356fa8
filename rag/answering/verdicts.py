"""Verdicts: a programme judged for the asker flows in; whether it admits the asker, and why, flows out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rag.answering.picking import Query
from rag.domain import Evidence, Finding, Match, Result, TrackMatch, Verdict
from rag.plan import Ask, Fact, Facts, NotStated, Outcome, Refused
from rag.shelf import Shelf
from rag.text import squash

_AT_MOST = 3
# How surely a statement must answer to be told as the answer (see `facts`).
SURE = 0.5


def who_may(query: Query, match: Match, tracks: Sequence[str], told: Sequence[str], shelf: Shelf) -> Outcome:
    """Refused with the reason, or the conditions: those said of the asker first, then those still to be settled.

    Where nothing bears on the thing asked, nor on a circumstance told, the conditions come with the word that it is not
    known.
    """
    if match.verdict is Verdict.INELIGIBLE:
        unmet = [f for f in match.findings if f.result is Result.UNMET and f.criterion.strict]
        reason = " ".join(dict.fromkeys(f.reason for f in unmet[:2]))
        if match.track:
            reason = f"{match.track}: {reason}"
        return Refused(match, reason, _behind(unmet), others=tuple(_others(match)))
    ranked = shelf.picker.best(match.program, query)
    asked = [
        Fact(Ask.WHO_MAY, scored.statement.text, (scored.statement.evidence,), label=scored.statement.full_label)
        for scored in ranked.scored[:1]
    ]
    met = [f for f in match.findings if f.result is Result.MET]
    open_ = [f for f in match.findings if f.result is Result.UNKNOWN and f.criterion.strict]
    conditions = [
        Fact(Ask.WHO_MAY, f.reason, (f.criterion.evidence,), label=f.track or "") for f in (*met[:2], *open_[:2])
    ]
    facts = list({fact.text: fact for fact in (*asked, *conditions)}.values())[:_AT_MOST]
    if not facts:
        return NotStated(Ask.WHO_MAY, match, query.thing, track=tracks[0] if tracks else None)
    about = query.thing or next((words for words in told if not _bears(words, match)), "")
    if about and (ranked.sure < SURE or not shelf.says_any(match.program, about)):
        return NotStated(Ask.WHO_MAY, match, about, tuple(facts), match.track, is_doubt=True)
    return Facts(Ask.WHO_MAY, match, tuple(facts), match.track)


def _bears(words: str, match: Match) -> bool:
    """Whether some condition was held against a circumstance that the asker tells."""
    return any(squash(words) in squash(f.reason) for f in match.findings)


def _others(match: Match) -> Iterator[TrackMatch]:
    """The other tracks of a programme that admit the asker, or may."""
    for track in match.tracks:
        if track.name != match.track and track.verdict in (Verdict.ELIGIBLE, Verdict.POSSIBLE):
            yield track


def _behind(findings: Sequence[Finding]) -> tuple[Evidence, ...]:
    return tuple(dict.fromkeys(finding.criterion.evidence for finding in findings))
