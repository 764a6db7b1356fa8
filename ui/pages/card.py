"""The answer card: a response as the wire tells it flows in; what is shown of it, and in what order, flows out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from markupsafe import Markup

from rag.addresses import QUOTE, page_at, program_at
from rag.domain import LENT, BenefitKind
from rag.messages import dates_of
from rag.money import won
from ui.pages.prose import PHONE, bare, prose
from ui.pages.words import KINDS, Pill, pill, verdict_words

HEADLINE = 90
"""Letters of the first line; what is over goes on in the next."""
FACTS = 3
"""So many lines stand below it; the others are folded."""
ITEM = 110
"""Letters told of each programme of a list before the rest is folded."""
_NUMBERED = re.compile(r"\d{1,3}\.\s+\*\*(.+?)\*\*\s*(.*)", re.DOTALL)
_NAMED = re.compile(r"\*\*(.+?)\*\*\s+(.+)", re.DOTALL)
_OPENED = re.compile(r"([^*]*?)\s*\*\*(.+?)\*\*\s+(.+)", re.DOTALL)
_LABELLED = re.compile(r"((?:-\s+)?)([^:\d]{2,24}): ")
_MARKS = re.compile(r"\s*(?:\[\d{1,3}\]\s*)+$")
_SENTENCES = re.compile(r"(?<=[^.\d][.?!])\s+")
_ENDS = re.compile(r"(?<=[.?!])\s+|(?<=,)\s+|\s+·\s+")

_NONE = Markup()


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
    amount: str = ""
    cited: Markup = _NONE
    folded: Markup = _NONE
    facts: tuple[Markup, ...] = ()


@dataclass(frozen=True, slots=True)
class Reply:
    """What may be tapped: the words that are sent, and those that stand on it."""

    words: str
    label: str


@dataclass(frozen=True, slots=True)
class _Item:
    """Lines on one programme of several; `is_first` where nothing stands before it."""

    name: str
    text: str
    facts: tuple[str, ...]
    is_first: bool

    def with_fact(self, fact: str) -> _Item:
        return replace(self, facts=(*self.facts, fact))


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
    replies: tuple[Reply, ...]
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
    lines, programs = _lines(told), told["programs"]
    rest, items = _items(lines, programs)
    if len(items) == 1 and len(programs) == 1 and len(rest) == 1:
        rest, items = [*rest, *_sentences(items[0])], []
    about = None if items or not programs else _about(programs, rest, as_of)
    if about:
        rest = [_without(line, programs[0]["name"]) for line in rest]
    rest = list(_labelled_once(rest))
    is_headed = bool(rest) and (not items or not items[0].is_first)
    head, tail = _headline(rest[0]) if is_headed else ("", "")
    facts = [*([tail] if tail else []), *(line.removeprefix("- ") for line in (rest[1:] if is_headed else rest))]
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
        programs=tuple(_listed(item, programs, as_of, marks, id_) for item in items),
        acts=tuple(_acts(told, "\n".join(lines))),
        sources=tuple(_source(citation) for citation in told["citations"]),
        replies=tuple(_replies(told)),
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


def _items(lines: Sequence[str], programs: Sequence[Mapping[str, Any]]) -> tuple[list[str], list[_Item]]:
    """The lines that stand by themselves, and those on one programme of several, with what stands below each.

    Where programmes are numbered those are the items; else lines that begin with the name of one, if more than one is.
    """
    names = tuple(dict.fromkeys(program["name"] for program in programs))
    is_numbered = any(_NUMBERED.fullmatch(line) for line in lines)
    heads = [_NUMBERED.fullmatch(line) if is_numbered else _of_several(line, names) for line in lines]
    if not is_numbered and len({head[1] for head in heads if head}) < 2:
        return list(lines), []
    rest: list[str] = []
    items: dict[str, _Item] = {}
    last = ""
    for at, (line, head) in enumerate(zip(lines, heads, strict=True)):
        if head:
            last = head[1]
            known = items.get(last)
            items[last] = known.with_fact(head[2]) if known else _Item(head[1], head[2], (), at == 0)
        elif last and line.startswith("- "):
            items[last] = items[last].with_fact(line.removeprefix("- "))
        else:
            last = ""
            rest.append(line)
    return rest, list(items.values())


def _sentences(item: _Item) -> list[str]:
    """What is told of the only programme of a list, a line for each sentence, the marks behind the first."""
    body, marks = _parted(item.text)
    first, *others = _SENTENCES.split(body)
    return [f"{first} {marks}".strip(), *others, *item.facts]


def _parted(text: str) -> tuple[str, str]:
    """A text without the marks at its end, and these."""
    marks = _MARKS.search(text)
    return (text[: marks.start()].strip(), marks[0].strip()) if marks else (text.strip(), "")


def _of_several(line: str, names: Sequence[str]) -> re.Match[str] | None:
    found = _NAMED.fullmatch(line) if len(names) > 1 else None
    return found if found and found[1] in names else None


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
    found = _OPENED.fullmatch(line)
    return " ".join(filter(None, (found[1], found[3]))) if found and found[2].startswith(name) else line


def _labelled_once(lines: Iterable[str]) -> Iterator[str]:
    """The lines, a label that stands above already told once."""
    told: set[str] = set()
    for line in lines:
        found = _LABELLED.match(line)
        if found and found[2] in told:
            yield found[1] + line[found.end() :]
            continue
        told |= {found[2]} if found else set()
        yield line


def _about(programs: Sequence[Mapping[str, Any]], lines: Sequence[str], as_of: date) -> ProgramLine | None:
    """The one programme that an answer is about, where it is about one."""
    names = dict.fromkeys(program["name"] for program in programs)
    return program_line(programs[0], as_of) if len(names) == 1 and lines else None


def _listed(item: _Item, programs: Sequence[Mapping[str, Any]], as_of: date, marks: set[int], id_: str) -> ProgramLine:
    """An item of a list as a programme, where it is one of those that the answer tells of."""
    known = next((p for p in programs if item.name == p["name"]), None)
    known = known or next((p for p in programs if item.name.startswith(f"{p['name']}(")), None)
    line = program_line(known, as_of) if known else ProgramLine(item.name, "", "", Pill("", "", ""), None, "", Markup())
    shown, folded = _first_of(item.text)
    if bare(shown) == line.standing.text:
        shown = shown.removeprefix(line.standing.text)
    is_said = bool(bare(shown))
    return replace(
        line,
        name=item.name,
        amount="" if line.amount and line.amount in bare(shown) else line.amount,
        text=prose(shown, marks, id_) if is_said else _NONE,
        cited=_NONE if is_said else prose(shown, marks, id_),
        folded=prose(folded, marks, id_),
        facts=tuple(prose(fact, marks, id_) for fact in _labelled_once(item.facts)),
    )


def _first_of(text: str) -> tuple[str, str]:
    """What is shown of the text on one programme of a list, and what is folded: its first sentences and the numbers
    to call are shown, with the marks.
    """
    body, marks = _parted(text)
    shown: list[str] = []
    folded: list[str] = []
    for sentence in _SENTENCES.split(body):
        fits = not shown or (not folded and sum(map(len, shown)) + len(sentence) <= ITEM)
        (shown if fits or PHONE.search(sentence) else folded).append(sentence)
    return " ".join((*shown, marks)).strip(), " ".join(folded)


def _replies(told: Mapping[str, Any]) -> Iterator[Reply]:
    """What may be tapped: a question that goes on is sent with the name of the one programme it is about."""
    names = {program["name"] for program in told["programs"]}
    own = (told["card"] or {}).get("replies", ())
    common = _common(own)
    sent = {reply: reply.removeprefix(common) for reply in own}
    for follow in told["follow_ups"]:
        is_named = len(names) != 1 or any(name in follow for name in names)
        sent.setdefault(follow if is_named else f"{next(iter(names))} {follow}", follow)
    return (Reply(words, label) for words, label in sent.items())


def _common(replies: Sequence[str]) -> str:
    """The first word with its space, where all of several replies begin with it ("경기도 "); "" else."""
    firsts = {reply.partition(" ")[0] for reply in replies if " " in reply}
    alike = len(firsts) == 1 and len(replies) > 1 and all(" " in reply for reply in replies)
    return f"{firsts.pop()} " if alike else ""


def program_line(program: Mapping[str, Any], as_of: date) -> ProgramLine:
    """A programme of the wire as one line of a page; verdict and findings where it was judged."""
    whose = " · ".join(dict.fromkeys(filter(None, (program["ministry"], program["agency"]))))
    verdict = program.get("verdict")
    asks = (
        finding["ask"] for finding in program.get("findings", ()) if finding["result"] == "unknown" and finding["ask"]
    )
    return ProgramLine(
        name=program["name"],
        href=program_at(program["id"]),
        whose=whose,
        standing=pill(program["period"], as_of),
        verdict=verdict_words(verdict) if verdict else None,
        question=next(asks, "") if verdict == "possible" else "",
        text=Markup(),
        amount=_amount(program),
    )


def _amount(program: Mapping[str, Any]) -> str:
    """The most that one applicant gets, with the word for what is paid back; "" where no sum is stated or told."""
    most = program.get("amount")
    lent = next((KINDS[BenefitKind(kind)] for kind in program.get("kinds", ()) if kind in LENT), "")
    return " ".join(filter(None, (f"최대 {won(most)}", lent))) if most else ""


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
    days = dates_of(document["published_on"], document.get("collected_on") or "", document.get("checked_on") or "")
    dated = " · ".join(filter(None, (document["publisher"], days)))
    return SourceLine(
        mark=citation["mark"],
        href=page_at(document["id"], citation["pages"][0], told),
        place=citation["place"],
        title=document["title"],
        dated=dated,
        quote=told if len(told) <= QUOTE else f"{told[:QUOTE].rstrip()}…",
        caution=citation["caution"],
    )
