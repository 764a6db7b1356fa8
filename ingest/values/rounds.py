"""Rounds: one statement of when to apply flows in, its pieces by round or track flow out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ingest.labels.fields import canonical
from ingest.phrases import phrases, sentences
from ingest.values.written_days import year_of

_NAME = r"[가-힣A-Za-z][가-힣A-Za-z0-9·+\s]"
_TRACK = re.compile(
    r"(?:^|(?<=예정)\s|(?<=[상수]시)\s|(?<=까지)\s|(?<=[일.)/,;·])\s|\n)"
    rf"\s{{0,3}}[(\[]?({_NAME}{{1,18}}?)[)\]]?\s{{0,3}}[:：]\s{{0,3}}"
)
_BRACKETED = re.compile(rf"(?:^[*※\s]{{0,3}}|[\s/,;])[(\[]\s?({_NAME}{{1,13}}?)\s?[)\]]\s{{0,3}}[:：]?")
_ROUND = re.compile(
    r"(?:^|(?<=[\s,/;(\[.)]))[(\[]?\s?(?:제\s?)?"
    r"(\d{1,2}\s?(?:회차|차수|차|기|단계)(?!\s?(?:년도|추경|공고문|평가|심사|선정))|[상하]반기|[1-4](?:/4)?\s?분기)"
    r"(?:\s?(?:모집|접수|신청|공고|공모)?\s?(?:기간)?(?=\s?[)\]:：('’‘\d~∼～]))?"
    r"\s?[)\]]?\s{0,3}[:：(]?\s{0,3}(?=[\s'’‘~∼～(\d가-힣])"
)
# "컨설팅형은 3월 2일부터", "하반기 신청은 7월 6일부터": what a sentence speaks of.
_TOPIC = re.compile(
    rf"(?:^(?:[A답][.:]\s*)?|(?<=[,;.])\s|(?<=[고며])\s)(?P<name>{_NAME}{{1,14}}?)"
    r"(?P<asked>\s?(?:(?:참여|참가|융자|입주|지원|사업)\s?)?(?:신청|접수|모집)(?:\s?기간)?)?(?:은|는)\s(?=[^.\n]{0,20}?(?:\d|상시|수시|연중|예산))"
)
# A name that stands right before the days, as in a column of names: "시설자금 2026. 1. 12. ~".
_LEADS = re.compile(
    rf"(?P<name>{_NAME}{{1,14}}?)\s+(?:·\s)?(?=(?:(?:제\s?)?\d{{1,2}}\s?(?:회차|차|기)\s)?['’‘]?\d{{1,4}}\s?[.년월/-]|연중|상시|수시|매월|예산|자금)"
)
# "일반형 3. 2. ~ 3. 20. 청년형 3. 9. ~ 3. 27.": names of parts, each right before its days.
_INLINE = re.compile(
    r"(?:^|(?<=[\s/,(]))(?P<name>[가-힣A-Za-z0-9]{1,12}(?:형|트랙|자금|분야|부문|과정|유형|그룹))\s+(?=['’‘]?\d{1,4}\s?[.년월/-])"
)
_WORDS = phrases(Path(__file__).with_suffix(".yaml"))
_BEHIND = re.compile(r"\(\s?((?:제\s?)?\d{1,2}\s?(?:회차|차|기)|[상하]반기)\s?\)")
_YEAR = re.compile(r"\s{0,3}['’‘]?(20\d\d|\d\d)년도?\s{0,3}")
# "분기별 접수: 1차 …": what stands before several rounds and says that there are.
_LEAD_OF_ROUNDS = re.compile(r"[가-힣\s]{2,14}[:：]\s{0,3}(?=(?:제\s?)?1\s?(?:회차|차수|차|기)\s)")


@dataclass(frozen=True, slots=True)
class Piece:
    """What a statement says of one round or track: its name, the words on it, and both as they stand.

    `year` is a year that stands before all rounds; `is_round` says that pieces follow one another in time.
    """

    track: str | None
    text: str
    whole: str
    year: int | None = None
    is_round: bool = False


def pieces(text: str) -> Iterator[Piece]:
    """The statement cut by round or track, or whole; what stands under another label ("사업기간: …") is left out."""
    behind = list(_BEHIND.finditer(text))
    if len(behind) > 1 and behind[0].start() > 0 and not text[behind[-1].end() :].strip(" ,/·;."):
        starts = [0, *(mark.end() for mark in behind)]
        for start, mark in zip(starts, behind, strict=False):
            yield Piece(_bare(mark[1]), _stripped(text[start : mark.start()]), text[start : mark.end()], is_round=True)
        return
    topics = _topics(text) or _inline(text)
    if topics:
        ends = [*(mark.start() for mark in topics[1:]), len(text)]
        for mark, end in zip(topics, ends, strict=True):
            said = sentences(text[mark.end() : end])[0]
            yield Piece(_bare(mark["name"]), _stripped(said), _stripped(text[mark.start() : end]))
        return
    lead = _YEAR.match(text) or _LEAD_OF_ROUNDS.match(text)
    marks, is_round = _marks(text, lead.end() if lead else 0)
    if not marks:
        yield Piece(None, text, text)
        return
    year = year_of(lead[1]) if lead and lead.re is _YEAR and marks[0].start() > 0 else None
    ends = [*(mark.start() for mark in marks[1:]), len(text)]
    for mark, end in zip(marks, ends, strict=True):
        label, whole, words = canonical(mark[1]), text[mark.start() : end], text[mark.end() : end]
        if label not in (None, "신청기간", "신청방법") or _WORDS["later_step"].is_all(mark[1]):
            continue
        if _WORDS["no_name"].is_all(mark[1]):
            yield Piece(None, _stripped(whole), _stripped(whole), year)
            continue
        words = _stripped(words)
        if mark[0].rstrip().endswith("(") or words.count(")") > words.count("("):
            words = words.removesuffix(")")
        for name in [None] if label else _names(_bare(mark[1])):
            yield Piece(name, words, _stripped(whole), year, is_round)


def led(text: str) -> tuple[str, str] | None:
    """The name that stands before the days of a statement, and the rest: "시설자금 2026. 1. 12. ~"."""
    match = _LEADS.match(text)
    if match is None or not _is_name(match["name"]) or _is_bound(match["name"]):
        return None
    return _bare(match["name"]), text[match.end() :]


def _topics(text: str) -> list[re.Match[str]]:
    """The parts that a sentence speaks of one after the other; one alone counts where it is said to be applied for."""
    marks = [mark for mark in _TOPIC.finditer(text) if _is_name(mark["name"])]
    if not marks or text[: marks[0].start()].strip():
        return []
    return marks if len(marks) > 1 or marks[0]["asked"] else []


def _inline(text: str) -> list[re.Match[str]]:
    marks = list(_INLINE.finditer(text))
    return marks if len(marks) > 1 and marks[0].start() == 0 else []


def _is_name(name: str) -> bool:
    is_other = any(_WORDS[kind].is_all(name) for kind in ("no_name", "no_topic", "later_step"))
    return not (is_other or canonical(name.strip()))


def _is_bound(name: str) -> bool:
    """Whether words before a day say what the day bounds."""
    return _WORDS["bounds"].is_in(name) or _WORDS["particle"].ends(name) is not None


def _names(name: str) -> list[str]:
    """ "기초형 및 고도화형" are two tracks."""
    parts = [part.strip() for part in _WORDS["joined"].parts(name)]
    return parts if len(parts) > 1 and all(_WORDS["track_name"].ends(part) for part in parts) else [name]


def _marks(text: str, start: int) -> tuple[list[re.Match[str]], bool]:
    """Where rounds ("1차", "상반기"), bracketed or named tracks begin, if the statement begins with one."""
    for pattern in (_ROUND, _BRACKETED, _TRACK):
        marks = list(pattern.finditer(text))
        if not marks or marks[0].start() not in (0, start) or not all(text[mark.end() :].strip() for mark in marks):
            continue
        if pattern is _BRACKETED and (_WORDS["no_name"].is_all(marks[0][1]) or not _names_tracks(marks)):
            continue
        return marks, pattern is _ROUND
    return [], False


def _names_tracks(marks: list[re.Match[str]]) -> bool:
    return len(marks) > 1 or _WORDS["track_name"].ends(marks[0][1]) is not None


def _bare(name: str) -> str:
    return " ".join(name.split())


def _stripped(text: str) -> str:
    return text.strip(" ,/·;\n")
