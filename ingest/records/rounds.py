"""Rounds: statements and sentences on when to apply flow in, the period of each round or track flows out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from pathlib import Path

from ingest.labels.fields import canonical
from ingest.phrases import phrases, sentences
from ingest.values.days import TWO_READINGS, from_publication, last_of_month, year_of
from ingest.values.when import parse_period
from rag.domain import Detail, Evidence, Period, PeriodKind

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
_MONTH_LOST = re.compile(r"(?:1[0-2]|[1-9])\s?\.\s?$")
FROM_PUBLICATION = 0.8
"""Days that count from the day of the document ("다음 달 15일")."""
# Statements under these labels speak of the programme, of money or of others, never of applying.
NOT_APPLYING = frozenset({"사업기간", "지원기간", "융자기간", "훈련내용", "사례", "추진배경", "추진근거", "기대효과"})
# Where a sentence ends, or the next item of a list inside a cell begins.
_SENTENCE_END = re.compile(r"(?<=[다요])\.\s+|\n|\s(?=[■□●▪]\s)")
_YEAR_RUN = re.compile(
    r"['’]?(20\d\d|\d\d)\s?[년.]\s?(1[0-2]|0?[1-9])\s?월?\s?[~∼～-]"
    r"\s?(?:['’]?(20\d\d|\d\d)\s?[년.]\s?)?(1[0-2]|0?[1-9])\s?월"
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


def periods_of(detail: Detail, year: int | None, track: str | None = None) -> list[Period]:
    """The periods of one statement: one a round or track, or one; all of `track` where it is given."""
    found: list[Period] = []
    before: date | None = None
    text = detail.text.removeprefix(f"{track}: ") if track else detail.text
    for piece in pieces(text):
        period = replace(
            _of_piece(piece, before, detail, piece.year or year), round=(piece.track or "") if piece.is_round else ""
        )
        found.append(replace(period, track=track) if track else period)
        before = found[-1].opens_on or before
    if len(found) == 1 and found[0].kind is PeriodKind.UNSTATED and text:
        return [_deadline(found[0], detail, year)]
    return found


def _of_piece(piece: Piece, before: date | None, detail: Detail, year: int | None) -> Period:
    """The period of a round or track; a year that it lacks is that of `before`, when the one before it opens."""
    in_year = before.year if before else year
    period = parse_period(piece.text, in_year, detail.evidence, piece.track)
    if piece.track and period.kind is PeriodKind.ANNOUNCED and period.expected_from is None:
        # "상반기" and "2분기" name a round and the months of it.
        return replace(parse_period(piece.whole, in_year, detail.evidence), track=piece.track)
    if piece.is_round and before and period.opens_on and period.opens_on < before:
        # Rounds follow one another: one that would come before the last is in the next year.
        later = parse_period(piece.text, before.year + 1, detail.evidence, piece.track)
        if later.opens_on != period.opens_on:
            return replace(later, confidence=min(later.confidence, TWO_READINGS))
    return period


def _deadline(period: Period, detail: Detail, year: int | None) -> Period:
    """A lone day under a label that says "마감" or "기한" is the last one, under one that says "시작" the first."""
    before, found, _ = detail.evidence.quote.partition(detail.text[:12])
    opens = found and _WORDS["first_day"].ends(before)
    if not found or not (opens or _WORDS["last_day"].ends(before)):
        return period
    read = parse_period(f"{detail.text}부터" if opens else f"~ {detail.text}", year, detail.evidence)
    return replace(read, text=period.text) if read.closes_on or (opens and read.opens_on) else period


def unnumbered(detail: Detail) -> Detail:
    """The statement with the month before its first day that was taken for the number of an item: "2. 27.(금)"."""
    before, found, _ = detail.evidence.quote.partition(detail.text[:12] or "\n")
    month = _MONTH_LOST.search(before) if found and re.match(r"(?:[12]\d|3[01]|[1-9])\s?\.", detail.text) else None
    return replace(detail, text=f"{month[0]}{detail.text}") if month else detail


def from_sentences(stated: Sequence[Detail], year: int | None, published: date | None) -> list[Period]:
    """Deadlines told in running text ("3월 10일까지 접수된 …"); of several, the one that says most.

    A sentence that tells the part it speaks of is joined by the others that do.
    """
    found: list[tuple[bool, Period]] = []
    before = ""
    for detail in map(unnumbered, stated):
        is_headed = _WORDS["bare_head"].is_all(before)
        before = detail.text
        if detail.label in NOT_APPLYING:
            continue
        for sentence in _SENTENCE_END.split(detail.text):
            if len(sentence) > 400 or not (is_headed or _is_on_applying(sentence)):
                continue
            for period in _told(sentence, detail, year, published):
                if period.kind is PeriodKind.FIXED or _is_plain(period.kind, sentence):
                    found.append((_WORDS["led"].is_in(sentence), period))
    named = [p for _, p in found if p.track]
    fixed = [p for _, p in sorted(found, key=lambda told: not told[0]) if p.kind is PeriodKind.FIXED]
    if len({p.track for p in named}) > 1:
        return named
    return _with_hours(_fullest(fixed, stated), fixed) or _bounded_by_run([p for _, p in found][:1], stated)


def _fullest(fixed: Sequence[Period], stated: Sequence[Detail]) -> list[Period]:
    """The first period, with the day at its other end where another sentence tells both, or the next one that day."""
    first = fixed[0] if fixed else None
    if first is None or (first.opens_on and first.closes_on):
        return list(fixed[:1])
    for period in fixed:
        is_whole = period.opens_on and period.closes_on
        if is_whole and (period.opens_on == first.opens_on or period.closes_on == first.closes_on):
            return [period]
    opening = [p for p in fixed if not p.closes_on]
    closing = [p for p in fixed if not p.opens_on]
    if len({p.opens_on for p in opening}) != 1 or len({p.closes_on for p in closing}) != 1:
        return [first]
    if (opening[0].opens_on or date.max) > (closing[0].closes_on or date.min):
        return [first]
    evidence = _together(opening[0].evidence, closing[0].evidence, stated)
    if evidence is None:
        return [first]
    text = f"{opening[0].text} · {closing[0].text}"
    sure = min(opening[0].confidence, closing[0].confidence)
    return [replace(closing[0], opens_on=opening[0].opens_on, text=text, evidence=evidence, confidence=sure)]


def _with_hours(told: Sequence[Period], fixed: Sequence[Period]) -> list[Period]:
    """The periods, a last day without its hour with the one that another sentence tells of the same day."""
    hours = {period.closes_on: period.closes_at for period in fixed if period.closes_at}
    return [replace(p, closes_at=p.closes_at or hours.get(p.closes_on)) for p in told]


def _together(one: Evidence | None, other: Evidence | None, stated: Sequence[Detail]) -> Evidence | None:
    """The words of two statements that follow one another, as one stretch; `None` for others."""
    if one == other:
        return one
    for above, below in pairwise(detail.evidence for detail in stated):
        if {above, below} == {one, other}:
            pages = (above.pages[0], below.pages[1])
            return replace(above, pages=pages, quote=f"{above.quote}\n{below.quote}")
    return None


def _told(sentence: str, detail: Detail, year: int | None, published: date | None) -> list[Period]:
    written = from_publication(sentence, published) if published else sentence
    told = periods_of(replace(detail, text=written), year)
    return (
        told if written == sentence else [replace(p, text=sentence.strip(), confidence=FROM_PUBLICATION) for p in told]
    )


def _is_on_applying(sentence: str) -> bool:
    if not _WORDS["applying"].is_in(sentence) or (
        _WORDS["other"].is_in(sentence) and not _WORDS["led"].is_in(sentence)
    ):
        return False
    return _WORDS["names_applying"].is_in(sentence) or _WORDS["takes"].is_in(sentence)


def _is_plain(kind: PeriodKind, sentence: str) -> bool:
    if kind is PeriodKind.ANNOUNCED:
        return _WORDS["expects"].is_in(sentence)
    return kind in (PeriodKind.ALWAYS, PeriodKind.UNTIL_SPENT) and _WORDS["takes"].is_in(sentence)


def _bounded_by_run(found: list[Period], stated: Sequence[Detail]) -> list[Period]:
    """Announced months keep no later day than the end of the programme itself, where that is stated."""
    for detail in stated:
        match = _YEAR_RUN.search(detail.text) if detail.label == "사업기간" else None
        if match and found:
            end = last_of_month(year_of(match[3] or match[1]) or date.max.year, int(match[4]))
            return [replace(p, expected_to=min(p.expected_to, end) if p.expected_to else end) for p in found]
    return found
