"""Bodies: the lines and statements of a programme and its source flow in; who gives it and who runs it flow out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.contacts.offices import is_body, is_organisation, is_place, split_office
from ingest.labels.fields import SHORT, Column, canonical, column_of
from ingest.labels.lines import Line
from rag.domain import Detail, Source
from rag.lexicon import Lexicon
from rag.text import squash

_GOVERNMENT = (
    r"(?:[가-힣]{2,10}(?:특별시|광역시|특별자치시|특별자치도|남도|북도|시|군|구|부|처|청)|경기도|강원도|제주도)"
)
_BODY = r"[가-힣A-Za-z]{3,20}?(?:\s산학협력단|\s창업지원단)?"
_RUNS = r"(?:운영|수행|전담|주관|집행|시행)"
_GIVES = r"(?:주최|소관|주무)(?:\s?(?:기관|부처))?"
_AGENCY_ROLE = rf"(?:{_RUNS}|추진)\s?기관"
# Each tells the one who gives, the one who runs, or both.
_TOLD = tuple(
    re.compile(pattern)
    for pattern in (
        rf"^(?P<giver>{_GOVERNMENT})(?:와|과)\s(?P<runner>{_BODY})(?:은|는|이|가)\s",
        rf"^(?P<runner>{_BODY})(?:은|는|이|가)\s(?P<giver>{_GOVERNMENT})(?:와|과)\s함께",
        rf"(?<![가-힣])(?P<giver>{_GOVERNMENT})(?:이|가)\s(?:마련|주최|추진|지원|시행|설립|조성)[가-힣]{{0,3}},?\s"
        rf"(?P<runner>{_BODY})(?:이|가)\s(?:{_RUNS}|맡)",
        rf"(?<![가-힣])(?P<giver>{_GOVERNMENT})\s?(?:의\s)?위탁(?:으로|을\s받아)\s(?P<runner>{_BODY})(?:이|가)\s",
        rf"(?:소관|주무)\s?(?:부처|기관)(?:은|는|인)\s(?P<giver>{_GOVERNMENT})(?![가-힣]{{2}})",
        rf"{_AGENCY_ROLE}(?:은|인|으로)\s(?P<runner>{_BODY})(?:입니다|이며|이다|이고|,|\s|$)",
        rf"\({_AGENCY_ROLE}\s?[:：]\s?(?P<runner>{_BODY})\)",
        rf"(?<![가-힣])(?P<runner>{_BODY})\s?\({_AGENCY_ROLE}\)",
        rf"(?<![가-힣])(?P<runner>{_BODY})(?:이|가)\s(?:맡아\s)?{_RUNS}(?:한다|합니다|하는|하며|하고)",
        rf"(?<![가-힣])(?P<giver>{_GOVERNMENT})\s?\({_GIVES}\)",
        rf"\({_GIVES}\s?[:：]\s?(?P<giver>{_GOVERNMENT})\)",
        rf"(?<![가-힣])(?P<runner>{_BODY})\s?\({_RUNS}\)",
        rf"^(?P<giver>{_GOVERNMENT})\s?[·/|ㆍ]\s?(?P<runner>{_BODY})\s?(?:\([^()]*\))?$",
        rf"^(?P<runner>{_BODY})\s?[·/|ㆍ]\s?(?P<giver>{_GOVERNMENT})\s?(?:\([^()]*\))?$",
        r"^(?P<runner>[가-힣A-Za-z]{2,20}?(?:원|공단|재단|센터|파크|협회|상공회의소|조합|공사|협력단))\s?"
        r"(?:이사장|원장|단장|사장|회장|장)\s?(?:\([^()]*\)|직인\s?생략)?$",
    )
)
_CALLS = re.compile(
    rf"^(?P<giver>{_GOVERNMENT})(?:이|가|은|는)\s.{{0,150}}(?:모집|공모|지원|시행|추진)(?:한다|합니다|했다|하기로)"
)


_APPLIED_AT = re.compile(rf"(?<![가-힣])(?=(?P<body>{_BODY})\s(?:[가-힣]{{2,6}}\s)?(?:누리집|홈페이지))")
_MINISTRY = re.compile(r"(?:주무부처|소관부처|주무기관)\s*[(:]\s*([^)→\n]+)\)?")
_AGENCY = re.compile(r"(?:전담\s*기관|추진\s*기관|운영\s*기관|주관\s*기관)(?:인)?\s*[(:·]?\s*([^)→·\n(]{3,30})")
_ISSUED = re.compile(r"^([가-힣]{2,20}(?:시|군|구|도|부|청|원|공단|재단|협회)?)\s*(?:공고|고시)\s*제\s*\d{4}\s*-")
# A list of what others run beside the programme names no body of its own.
_OTHERS = ("유사사업", "다른기관", "다른사업", "타기관", "타사업")
# A sentence about the body is read as a sentence; brackets behind the body that gives may hold the one that runs.
_SUBJECTS = ("부처은", "부처는", "기관은", "기관는")
_RUN_BY = re.compile(r"\((?:수행|운영|전담|집행)\s?기관\s?[:：]\s?([^()]+)\)")
_JOINT = ("관계부처", "합동")
# 처, 과 and 팀 are parts of a body.
_PARTS = ("처", "과", "팀", "실", "국")
_COMMAS = str.maketrans("·/", ",,")


@dataclass(frozen=True, slots=True)
class Hosts:
    """Who gives a programme and who runs it; "" for one that is not told."""

    giver: str = ""
    runner: str = ""


def hosts(texts: Sequence[str]) -> Hosts:
    """The first body told in each part; one that both gives and runs is told as the giver alone."""
    giver = runner = ""
    for text in texts:
        for pattern in _TOLD:
            match = pattern.search(text)
            parts = match.groupdict() if match else {}
            told = (parts.get("runner") or "").strip()
            if not match or (told and not _is_body(told)):
                continue
            giver = giver or parts.get("giver") or ""
            runner = runner or told
    return Hosts(giver, "" if runner == giver else runner)


def caller(texts: Sequence[str]) -> str:
    """The government body that running text says calls for applications; "" where none does."""
    return next((match["giver"] for text in texts if (match := _CALLS.search(text))), "")


def has_roles(words: str) -> bool:
    """Whether brackets behind the bodies named tell what each of them does: "가람시(주최), 나래원(운영)"."""
    return len(re.findall(rf"[가-힣]\s?\((?:{_GIVES}|{_RUNS}(?:\s?기관)?)\)", words)) > 0


def applied_at(texts: Sequence[str]) -> str:
    """The body on whose pages one applies ("모의진흥원 누리집에서 신청"); "" where none is told."""
    told = (match["body"] for text in texts for match in _APPLIED_AT.finditer(text))
    return next((body for body in told if _is_body(body) and is_body(body)), "")


def _is_body(words: str) -> bool:
    return not words.endswith(_PARTS) and (is_organisation(words) or words.endswith(("산학협력단", "지원단")))


@dataclass(frozen=True, slots=True)
class Bodies:
    """Who runs a programme; `is_sure` where the document or its source names one agency alone."""

    ministry: str
    agency: str
    is_sure: bool


def bodies(lines: Sequence[Line], stated: Sequence[Detail], chapter: str, source: Source, lexicon: Lexicon) -> Bodies:
    """Ministry and agency as stated; failing that the chapter's ministry and the publisher; "" where none is told."""
    publishers = [body.strip() for body in source.publisher.translate(_COMMAS).split(",") if body.strip()]
    issued = next((match[1] for line in lines[:10] if (match := _ISSUED.match(line.text))), "")
    texts = [detail.text for detail in stated]
    told_by = hosts([*texts, *(line.text for line in lines if not line.cells)])
    lead = _leading(stated)
    told_ministry = _told(_MINISTRY, stated, lexicon) or _labelled("소관부처", lines, stated) or lead or told_by.giver
    # A newspaper publishes what another body gives.
    is_reported = len(publishers) == 1 and not is_organisation(publishers[0]) and not _known(publishers[0], lexicon)
    first = publishers[0] if publishers else issued
    ministry = told_ministry or chapter or (caller(texts) if is_reported else "") or first
    told = _told(_AGENCY, stated, lexicon) or _labelled("전담기관", lines, stated, but=lead) or told_by.runner
    told = told or _named_in_asking(stated, lexicon, ministry) or _applied_at(stated, lines, publishers, ministry)
    agency = told or (publishers[-1] if publishers else issued)
    is_alone = len(publishers) == 1 and not (
        any(word in source.publisher for word in _JOINT) or source.publisher.endswith("등")
    )
    return Bodies(_known(ministry, lexicon) or ministry, agency, bool(told) or is_alone)


def _known(words: str, lexicon: Lexicon) -> str | None:
    """The canonical organisation in the words; a spelling inside a longer name ("예시산업부") is another body."""
    named = lexicon.organisation_named(words)
    spellings = next(((name, *aliases) for name, aliases in lexicon.organisations if name == named), ())
    inside = any(re.search(rf"(?<![가-힣]){re.escape(spelling)}", words, re.IGNORECASE) for spelling in spellings)
    return named if inside else None


def _told(pattern: re.Pattern[str], stated: Sequence[Detail], lexicon: Lexicon) -> str | None:
    for detail in stated:
        match = pattern.search(detail.text)
        if match and not any(word in squash(detail.label) for word in _OTHERS):
            words = match[1].strip()
            known = _known(words, lexicon)
            if known or match[0].endswith(")") or "(" in match[0]:
                return known or words
    return None


def _leading(stated: Sequence[Detail]) -> str:
    """The authority that a notice names before the body that runs its programme: "주관: 가람시", "수행: 나래원"."""
    named = list(dict.fromkeys(d.text.strip() for d in stated if d.label == "전담기관"))
    return named[0] if len(named) > 1 and is_place(named[0]) and not is_place(named[1]) else ""


def _labelled(label: str, lines: Sequence[Line], stated: Sequence[Detail], but: str = "") -> str | None:
    """The organisation under a label, without its department or what follows it; another one than `but`."""
    values = [detail.text for detail in stated if detail.label == label]
    for line in lines:
        if line.header and line.cells != line.header and column_of(line.header[0]) is Column.PROGRAM:
            continue
        if line.cells and not line.header:
            pairs = zip(line.cells[::2], line.cells[1::2], strict=False)
            values += [value for name, value in pairs if (canonical(name) or SHORT.get(name.strip())) == label]
    others = {detail.text for detail in stated if detail.label == "소관부처"} if label == "전담기관" else set()
    for value in values:
        if any(word.endswith(_SUBJECTS) for word in value.split()[:-1]) or has_roles(value) or value.strip() == but:
            continue
        if value in others:
            # "주최 / 주관": the first body gives, the last one runs.
            value = re.split(r"\s?[/|,·]\s?", value)[-1]
        inner = _RUN_BY.search(value) if label == "전담기관" else None
        value = inner[1] if inner else value
        words = re.split(r"[/(,\n→:]|(?<!\s)\s+-\s+", value)[0].strip()
        name, _ = split_office(words)
        if is_organisation(name) and len(name) <= 25:
            return name
    return None


def _applied_at(stated: Sequence[Detail], lines: Sequence[Line], publishers: Sequence[str], ministry: str) -> str:
    """The body that takes the applications for a ministry that publishes alone, where it is also named elsewhere."""
    body = applied_at([detail.text for detail in stated if detail.label == "신청방법"])
    is_named = sum(body in line.text for line in lines) > 1
    return body if body and is_named and publishers == [ministry] else ""


def _named_in_asking(stated: Sequence[Detail], lexicon: Lexicon, ministry: str) -> str | None:
    """The organisation named in how to apply or whom to ask, where no agency is stated."""
    for label in ("신청방법", "문의처"):
        for detail in stated:
            named = _known(detail.text, lexicon) if detail.label == label else None
            if named and named != ministry:
                return named
    return None
