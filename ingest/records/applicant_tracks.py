"""Applicants' tracks: a clause flows in, the tracks of the programme that it speaks of flow out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from ingest.labels.fields import canonical
from ingest.phrases import phrases
from ingest.records.details import track_of
from rag.domain import Detail

_WORDS = phrases(Path(__file__).with_suffix(".yaml"))
_MARKS = " -–—•·※*○◦●□■▪☞>"
_TWO = 2
_LONGEST, _LONGEST_ROW, _LONGEST_LEAD = 15, 20, 36
PART_HEAD = re.compile(
    r"(?:^|> )(?:지원내용\s*)?\d{1,2}(?:\.\d)?\s*[:.)]?\s+([^>(:]{2,40}?(?:\([A-Z]+\)[^>(]{2,30})?)(?:\s*\([^>]*)?$"
)


def known_tracks(details: Sequence[Detail]) -> tuple[str, ...]:
    """The names of tracks that tables of the programme have as rows or columns, the longest first."""
    named = dict.fromkeys(filter(None, (track_of(detail) for detail in details)))
    return tuple(sorted((name for name in named if not _WORDS["no_track"].is_in(name)), key=len, reverse=True))


def tracks(text: str, detail: Detail, known: Sequence[str]) -> tuple[str | None, ...]:
    """The tracks that a clause holds for; `(None,)` where it holds for all."""
    own = detail.track or track_of(detail)
    if own:
        return (own,)
    if (row := _of_row(text)) is not None:
        return (row or None,)
    named = _of_lead(text) or _of_brackets(text, known)
    if named:
        return (named,)
    listed = _listed(text, known)
    if listed:
        return listed
    fund = _WORDS["fund"].first(text) or _WORDS["fund"].first(detail.evidence.section)
    part = PART_HEAD.search(detail.evidence.section)
    is_part = part and not _WORDS["no_track"].is_in(part[1]) and canonical(part[1]) is None
    return ((fund.words if fund else None) or _of_topic(text) or (part[1].strip() if part and is_part else None),)


def _of_row(text: str) -> str | None:
    """The track of a row under the name of its first column ("유형: 성장형 · …"), "" where it names none."""
    first, joint, _ = text.partition(" · ")
    head, colon, name = first.replace("：", ":").partition(":")
    if not (joint and colon and 0 < len(name.strip()) <= _LONGEST_ROW and _WORDS["row_head"].is_all(head)):
        return None
    return "" if _WORDS["no_track"].is_in(name) else name.strip()


def _of_lead(text: str) -> str | None:
    """The track that stands before a colon."""
    lead, colon, _ = text.replace("：", ":").partition(": ")
    bare, bracket, aside = lead.rpartition("(")
    name = _name(bare if bracket and aside[:1].isdecimal() else lead, _LONGEST_LEAD) if colon else None
    return name if name and canonical(name) is None else None


def _of_brackets(text: str, known: Sequence[str]) -> str | None:
    """The track in brackets that a clause begins with."""
    bare = text.lstrip(_MARKS)
    inner, _, behind = bare[1:].replace("]", ")").partition(")")
    name = inner.strip() if bare[:1] in ("(", "[") and behind[:1].isspace() else ""
    if name in known:
        return name or None
    return _name(name, _LONGEST) if name and _WORDS["ends_as_track"].ends(name) else None


def _of_topic(text: str) -> str | None:
    """The track that a sentence speaks of as its topic, where it is a type or is the only one that may apply."""
    topic = _WORDS["topic"].first(text)
    name = _name(text[: topic.start], _LONGEST + len("트랙")) if topic else None
    if topic is None or name is None:
        return None
    is_typed = name.endswith(("형", "트랙")) and len(name.split()) <= _TWO
    is_only = _WORDS["limits"].is_in(text[topic.end :]) and len(name) <= _LONGEST
    return name if is_typed or is_only else None


def _name(words: str, longest: int) -> str | None:
    """The words as the name of a track, if they can be one."""
    name = words.strip(_MARKS)
    is_name = name[:1].isalpha() and len(name) <= longest and all(c.isalnum() or c in "+&·() \n" for c in name)
    return name if is_name and not _WORDS["no_track"].is_in(name) else None


def _listed(text: str, known: Sequence[str]) -> tuple[str, ...]:
    """The known tracks that begin a clause as its topic, or that it names as those who apply."""
    topic = _WORDS["topic_of_known"].first(text) if known else None
    head, names = _ending(text[: topic.start], known) if topic else ("", ())
    if names and not head.strip(_MARKS):
        return names
    for hit in _WORDS["applies"].all(text) if known else ():
        head, names = _ending(text[: hit.start], known)
        if names and (not head or head[-1].isspace()):
            return names
    return ()


def _ending(text: str, known: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """The known tracks joined to one another that a text ends in, and what stands before them."""
    head, names = text.rstrip(), list[str]()
    while name := next((name for name in known if head.endswith(name)), None):
        names.insert(0, name)
        head = head.removesuffix(name)
        joint = _WORDS["joint"].ends(head)
        if joint is None:
            break
        head = head[: joint.start].rstrip()
    return head, tuple(names)
