"""The answer card: a response as the wire tells it flows in; what is shown of it, and in what order, flows out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import quote, urlencode

from markupsafe import Markup

from rag.messages import dates_of
from ui.pages.prose import bare, prose
from ui.pages.words import Pill, pill, verdict_words

HEADLINE = 90
"""Letters of the first line; what is over goes on in the next."""
FACTS = 3
"""So many lines stand below it; the others are folded."""
QUOTE = 160
_NUMBERED = re.compile(r"(\d{1,3})\.\s+\*\*(.+?)\*\*\s*(.*)", re.DOTALL)
_NAMED = re.compile(r"\*\*(.+?)\*\*\s*(.+)", re.DOTALL)
_ENDS = re.compile(r"(?<=[.?!])\s+|(?<=,)\s+|\s+·\s+")


@dataclass(frozen=True, slots=True)
class ProgramLine:
    """One programme: where its page is, whose it is, how it stands, and what the answer tells of it."""

    name: str
    href: str
    whose: str
    standing: Pill
    verdict: Pill | None
    question: str
    text: Markup


@dataclass(frozen=True, slots=True)
class SourceLine:
    """One mark: the page it leads to, in which document, and the words that stand there."""

    mark: int
    href: str
    place: str
    title: str
    dated: str
    quote: str
    caution: str


@dataclass(frozen=True, slots=True)
class Act:
    """What a reader may do with one tap; `kind` is call, apply, calendar or page."""

    kind: str
    label: str
    href: str
    spoken: str = ""


@dataclass(frozen=True, slots=True)
class CardView:
    """An answer as it is shown: its programme, its line, facts, what is folded, what may be done, what it rests on."""

    id: str
    status: str
    asked: str
    about: ProgramLine | None
    line: Markup
    facts: tuple[Markup, ...]
    folded: tuple[Markup, ...]
    programs: tuple[ProgramLine, ...]
    acts: tuple[Act, ...]
    sources: tuple[SourceLine, ...]
    replies: tuple[str, ...]
    question: str
    as_of: date
    generation: str
    plain: str
    company: Mapping[str, Any]


def card_of(told: Mapping[str, Any], asked: str) -> CardView:
    """What is shown of a response; `asked` are the words that it answers."""
    as_of = date.fromisoformat(str(told["as_of"]))
    marks = {citation["mark"] for citation in told["citations"]}
    id_ = str(told["id"])[:8]
    lines = _lines(told)
    items = [(line, found) for line in lines if (found := _NUMBERED.fullmatch(line))]
    programs = told["programs"]
    listed = [_listed(found[2], found[3], programs, as_of, marks, id_) for _, found in items]
    rest = [line for line in lines if not _NUMBERED.fullmatch(line)]
    about = None if items or not programs else _about(programs, rest, as_of)
    if about and rest:
        rest[0] = _without(rest[0], programs[0]["name"])
    head, tail = _headline(rest[0]) if rest else ("", "")
    facts = [*([tail] if tail else []), *(line.removeprefix("- ") for line in rest[1:])]
    drawn = [prose(fact, marks, id_) for fact in facts]
    question = told["clarifying_question"] or ""
    return CardView(
        id=str(told["id"]),
        status=told["status"],
        asked=asked,
        about=about,
        line=prose(head, marks, id_),
        facts=tuple(drawn[:FACTS]),
        folded=tuple(drawn[FACTS:]),
        programs=tuple(listed),
        acts=tuple(_acts(told, "\n".join(lines))),
        sources=tuple(_source(citation) for citation in told["citations"]),
        replies=tuple(dict.fromkeys((*((told["card"] or {}).get("replies", ())), *told["follow_ups"]))),
        question="" if question and question in bare(" ".join(lines)) else question,
        as_of=as_of,
        generation=told["generation"],
        plain=bare(told["answer"]),
        company=_company(told),
    )


def _company(told: Mapping[str, Any]) -> dict[str, Any]:
    """What is known of the company by now; where its plant is goes before its seat, as it does for the adviser."""
    company = dict((told["plan"] or {}).get("company", {}))
    if site := company.pop("site", ""):
        company["region"] = site
    return company


def _lines(told: Mapping[str, Any]) -> list[str]:
    """The lines of the card; of an answer without one those of its text."""
    own = (told["card"] or {}).get("lines") or told["answer"].split("\n")
    return [line.strip() for line in own if line.strip()]


def _headline(line: str) -> tuple[str, str]:
    """A first line that is not too long, and how it goes on: cut where a sentence or a clause of it ends."""
    if len(bare(line)) <= HEADLINE:
        return line, ""
    ends = [found.start() for found in _ENDS.finditer(line) if HEADLINE // 4 < found.start() <= HEADLINE]
    at = ends[-1] if ends else line.rfind(" ", 0, HEADLINE)
    if at <= 0 or line[:at].count("**") % 2:
        return line, ""
    return line[:at].rstrip(" ,·"), line[at:].lstrip(" ·")


def _without(line: str, name: str) -> str:
    """A line without the name of the programme that stands above it."""
    found = _NAMED.fullmatch(line)
    return found[2] if found and found[1].startswith(name) else line


def _about(programs: Sequence[Mapping[str, Any]], lines: Sequence[str], as_of: date) -> ProgramLine | None:
    """The one programme that an answer is about, where it is about one."""
    names = dict.fromkeys(program["name"] for program in programs)
    return program_line(programs[0], as_of) if len(names) == 1 and lines else None


def _listed(
    name: str, text: str, programs: Sequence[Mapping[str, Any]], as_of: date, marks: set[int], id_: str
) -> ProgramLine:
    """An item of a list as a programme, where it is one of those that the answer tells of."""
    known = next((p for p in programs if name == p["name"]), None)
    known = known or next((p for p in programs if name.startswith(f"{p['name']}(")), None)
    told = prose(text, marks, id_)
    if known is None:
        return ProgramLine(name, "", "", Pill("", "", ""), None, "", told)
    return replace(program_line(known, as_of), name=name, text=told)


def program_line(program: Mapping[str, Any], as_of: date) -> ProgramLine:
    """A programme of the wire as one line of a page; verdict and findings where it was judged."""
    whose = " · ".join(dict.fromkeys(filter(None, (program["ministry"], program["agency"]))))
    verdict = program.get("verdict")
    asks = (
        finding["ask"] for finding in program.get("findings", ()) if finding["result"] == "unknown" and finding["ask"]
    )
    return ProgramLine(
        name=program["name"],
        href=f"/programs/{quote(program['id'], safe='')}",
        whose=whose,
        standing=pill(program["period"], as_of),
        verdict=verdict_words(verdict) if verdict else None,
        question=next(asks, "") if verdict == "possible" else "",
        text=Markup(),
    )


def _acts(told: Mapping[str, Any], said: str) -> Iterator[Act]:
    """What can be done, a way of each kind: a number that is told already is not told again on its button."""
    seen: set[str] = set()
    for action in (told["card"] or {}).get("actions", ()):
        if action["kind"] in seen:
            continue
        seen.add(action["kind"])
        label = action["label"]
        if action["kind"] == "call":
            yield Act("call", "전화하기" if label in said else label, action["href"], f"{label}에 전화하기")
        else:
            yield Act(action["kind"], label, action["href"])


def _source(citation: Mapping[str, Any]) -> SourceLine:
    document = citation["document"]
    told = citation["quote"]
    mark = urlencode({"mark": told[:QUOTE]})
    days = dates_of(document["published_on"], document.get("collected_on") or "", document.get("checked_on") or "")
    dated = " · ".join(filter(None, (document["publisher"], days)))
    return SourceLine(
        mark=citation["mark"],
        href=f"/sources/{quote(document['id'], safe='')}/{citation['pages'][0]}?{mark}",
        place=citation["place"],
        title=document["title"],
        dated=dated,
        quote=told if len(told) <= QUOTE else f"{told[:QUOTE].rstrip()}…",
        caution=citation["caution"],
    )
