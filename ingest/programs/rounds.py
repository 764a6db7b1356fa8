"""Rounds: one statement of when to apply flows in, its pieces by round or track flow out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.programs.days import year_of
from ingest.programs.labels import canonical

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
_TRACK_NAME = re.compile(r"(?:형|과제|기업|분야|유형|사업|트랙|부문|그룹)$")
_BEHIND = re.compile(r"\(\s?((?:제\s?)?\d{1,2}\s?(?:회차|차|기)|[상하]반기)\s?\)")
_YEAR = re.compile(r"\s{0,3}['’‘]?(20\d\d|\d\d)년도?\s{0,3}")
# Names of the period itself, of an old and a new one, and of what comes after applying.
_NO_NAME = re.compile(
    r"(?:(?:참가|사업)?\s?(?:접수|신청|모집|공모|제출|마감|기한|기간|일시|일정|[·및]|\s){1,4}|당초|변경|기존|연장|변경\s?[전후]|상시|수시)"
)
_LATER_STEP = re.compile(
    r"(?:사업\s?)?(?:공고|평가|심사|선정|발표|협약|교육|설명회|수행|결과|착수|정산|납품|면접)"
    r"(?:\s?[·및]?\s?(?:기간|일정|일시|예정일?|발표|평가|심사|선정|협약|체결|회|일)){0,3}"
)


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
    lead = _YEAR.match(text)
    marks, is_round = _marks(text, lead.end() if lead else 0)
    if not marks:
        yield Piece(None, text, text)
        return
    year = year_of(lead[1]) if lead and marks[0].start() > 0 else None
    ends = [*(mark.start() for mark in marks[1:]), len(text)]
    for mark, end in zip(marks, ends, strict=True):
        label, whole, words = canonical(mark[1]), text[mark.start() : end], text[mark.end() : end]
        if label not in (None, "신청기간", "신청방법") or _LATER_STEP.fullmatch(mark[1].strip()):
            continue
        if _NO_NAME.fullmatch(mark[1].strip()):
            yield Piece(None, _stripped(whole), _stripped(whole), year)
            continue
        words = _stripped(words)
        if mark[0].rstrip().endswith("(") or words.count(")") > words.count("("):
            words = words.removesuffix(")")
        yield Piece(None if label else _bare(mark[1]), words, _stripped(whole), year, is_round)


def _marks(text: str, start: int) -> tuple[list[re.Match[str]], bool]:
    """Where rounds ("1차", "상반기"), bracketed or named tracks begin, if the statement begins with one."""
    for pattern in (_ROUND, _BRACKETED, _TRACK):
        marks = list(pattern.finditer(text))
        if not marks or marks[0].start() not in (0, start) or not all(text[mark.end() :].strip() for mark in marks):
            continue
        if pattern is _BRACKETED and (_NO_NAME.fullmatch(marks[0][1]) or not _names_tracks(marks)):
            continue
        return marks, pattern is _ROUND
    return [], False


def _names_tracks(marks: list[re.Match[str]]) -> bool:
    return len(marks) > 1 or bool(_TRACK_NAME.search(marks[0][1]))


def _bare(name: str) -> str:
    return re.sub(r"\s+", " ", name).strip()


def _stripped(text: str) -> str:
    return text.strip(" ,/·;\n")
