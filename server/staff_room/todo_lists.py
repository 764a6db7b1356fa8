"""What is to do: a desk and what staff decided flow in; classes, lines and items as staff see them flow out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from urllib.parse import quote, urlencode

from rag.domain import Document, Program
from rag.messages import publishing
from rag.messages.review import HEADINGS
from rag.periods import korean_date
from rag.publishing.items import Check, Item
from rag.publishing.stating import Field, Statement, statements
from server.desks.desks import Catalogue, Desk
from server.review.grouping import GroupOut, groups
from server.review.items import Known, Listed
from server.review.review import LONGEST_MARK, looked_at
from server.store.decisions import Action, Decision
from ui.pages.leaf import DRAWN, Stretch, leaf_of
from ui.staff.todo_port import DECIDED, TodoGroup, TodoItem, TodoLine, TodoLines, TodoLists

OF_CANDIDATE = "new:"
"""How the id of a class begins that is all that the check of a candidate found."""
ALL_DECIDED = TodoGroup(DECIDED, "이미 정한 것", "", 0)
NEW = "새 판에서 바뀌는 값"
CHECKED = "{day} 확인한 판"
NOW, THEN = "지금 판: {value}", "새 판: {value}"
DECISION = "{person}님이 {day}에 '{action}'으로 정했습니다: {reason}"
ACTIONS = {Action.ACCEPT: "맞음", Action.CORRECT: "고침", Action.SET_ASIDE: "볼 필요 없음", Action.REOPEN: "다시 열기"}
FIELDS = {
    **publishing.FIELDS,
    "email": "전자우편 주소",
    "application": "신청방법",
    "ceiling": "지원금액",
    "target": "지원대상",
    "event": "공고 변경",
    "passage": "글",
    "alias": "다른 이름",
    "published_on": "발행일",
    "checked_on": "확인한 날",
    "unlisted_on": "목록에서 빠진 공고",
    "gone": "없어진 주소",
    "moved": "옮겨진 주소",
    "unreachable": "닿지 않는 주소",
}
"""What items are about, in words; of what is not here the message says enough."""
_CORRECTED = {
    "email": "contact",
    "event": "period",
    "ceiling": "benefit",
    "own_share": "benefit",
    "target": "criterion",
    **{name: name for name in ("contact", "period", "benefit", "criterion", "name", "alias", "year", "budget")},
    **{name: name for name in ("ministry", "agency")},
}
"""What of a programme is put right, by what an item is about."""
_TOLD = {
    "contact": (Field.CONTACT,),
    "period": (Field.PERIOD,),
    "benefit": (Field.BENEFIT, Field.OWN_SHARE),
    "criterion": (Field.CRITERION,),
    "name": (Field.NAME,),
    "alias": (Field.NAME,),
    "year": (Field.YEAR,),
    "budget": (Field.BUDGET,),
    "ministry": (Field.MINISTRY,),
    "agency": (Field.AGENCY,),
}
IN_FILE = ("overrides.yaml에 ", "'고치기'에 ")
"""Where a value is put right: not by hand in the file, but in the form."""
ELSE = "contact"
"""What is most often wrong where an item does not say."""


def todo_groups(desk: Desk, as_of: date, known: Known) -> TodoLists:
    """What is open by classes."""
    found = looked_at(desk.catalogue, as_of, known)
    left = [one for one in found if one.decision is None]
    return TodoLists(tuple(map(_group, groups(left))), len(found) - len(left))


def todo_lines(desk: Desk, as_of: date, known: Known, group: str, most: int) -> TodoLines | None:
    """The first of a class; None where nothing of it is open."""
    found = looked_at(desk.catalogue, as_of, known)
    if group == DECIDED:
        decided = [one for one in found if one.decision]
        if not decided:
            return None
        told = TodoGroup(DECIDED, ALL_DECIDED.name, "", len(decided))
        return TodoLines(told, tuple(_line(one, desk.catalogue) for one in decided[:most]))
    left = [one for one in found if one.group == group and one.decision is None]
    if not left:
        return None
    return TodoLines(_group(groups(left)[0]), tuple(_line(one, desk.catalogue) for one in left[:most]))


def todo_item(desk: Desk, as_of: date, known: Known, id_: str) -> TodoItem | None:
    """One item with its page and what the programme tells; None where it is none any more."""
    found = looked_at(desk.catalogue, as_of, known)
    one = next((one for one in found if one.id == id_), None)
    if one is None:
        return None
    books, item = desk.catalogue, one.item
    own = [other for other in found if other.group == one.group and other.decision is None]
    document = books.document(item.source_id) if item.source_id else None
    program = _program(books, one)
    field = _CORRECTED.get(item.field, ELSE) if item.program else ""
    picture, text = _leaf(document, item.pages, item.quote, "")
    return TodoItem(
        id=one.id,
        group=_group(groups(own)[0]) if own else ALL_DECIDED,
        subject=item.program or (document.source.title if document else "") or item.file,
        message=item.message,
        action=item.action.replace(*IN_FILE),
        document=document.source.title if document else item.file,
        place=_place(document, item.pages),
        quote=item.quote,
        replaced=item.replaced,
        values=tuple(_values(program, field)),
        field=field,
        offices=_offices(program, item.message),
        picture=picture,
        text=text,
        decision=_decided(one.decision),
    )


def candidate_group(candidate: str, check: Check) -> TodoGroup:
    """All that the check of a candidate found that can be corrected."""
    found = list(correctable(check))
    return TodoGroup(
        f"{OF_CANDIDATE}{candidate}",
        NEW,
        CHECKED.format(day=korean_date(check.as_of)),
        len(found),
        tuple(one.sentence.replace(*IN_FILE) for one in found[:3]),
        candidate,
    )


def correctable(check: Check) -> Iterator[Item]:
    """What it found of programmes."""
    return (item for item in check.items if item.program)


def candidate_lines(candidate: str, check: Check, most: int) -> TodoLines:
    """The first of them."""
    shown = tuple(
        TodoLine(one.id, one.program, one.sentence.replace(*IN_FILE), FIELDS.get(one.field, ""), 0)
        for one in list(correctable(check))[:most]
    )
    return TodoLines(candidate_group(candidate, check), shown)


def candidate_item(candidate: str, check: Check, item: Item, books: Catalogue) -> TodoItem:
    """One of them beside the page of the new document; `books` are those of the candidate."""
    program = next(
        (one for one in books.programs() if one.name == item.program and item.year in (None, one.year)), None
    )
    field = _CORRECTED.get(item.field, ELSE)
    # Of a programme that is new as a whole, the page is that of what is most often wrong.
    read_at = (one.evidence for one in _statements(program, field))
    where = item.now_at or item.was_at or next(filter(None, read_at), None)
    document = books.document(where.source_id) if where else None
    picture, text = _leaf(document, where.pages if where else None, where.quote if where else "", candidate)
    told = (NOW.format(value=item.was) if item.was else "", THEN.format(value=item.now) if item.now else "")
    return TodoItem(
        id=item.id,
        group=candidate_group(candidate, check),
        subject=item.program,
        message=item.sentence.replace(*IN_FILE),
        action="",
        document=document.source.title if document else "",
        place=_place(document, where.pages if where else None),
        quote=where.quote if where else "",
        replaced="",
        values=tuple(filter(None, told)) or tuple(_values(program, field)),
        field=field,
        offices=_offices(program, item.sentence),
        picture=picture,
        text=text,
    )


def _group(told: GroupOut) -> TodoGroup:
    name = " · ".join(filter(None, (HEADINGS[told.code], FIELDS.get(told.field, ""))))
    return TodoGroup(told.id, name, told.body, told.count, tuple(told.examples))


def _line(one: Listed, books: Catalogue) -> TodoLine:
    item = one.item
    source = books.source(item.source_id) if item.source_id else None
    place = _pages(item.pages) if item.pages and source and source.paged else ""
    title = source.title if source else item.file
    where = " ".join(filter(None, (title if item.program else "", place)))
    return TodoLine(one.id, item.program or title, item.message, where, one.asked, _decided(one.decision))


def _program(books: Catalogue, one: Listed) -> Program | None:
    named = [program for program in books.programs() if program.name == one.item.program]
    of_year = [program for program in named if one.year in (None, program.year)]
    own = [program for program in of_year if program.source_id == one.item.source_id]
    return next(iter((*own, *of_year)), None)


def _offices(program: Program | None, words: str) -> tuple[str, ...]:
    """Whom a programme names, first those that the words are about."""
    named = dict.fromkeys(contact.organisation for contact in program.contacts) if program else {}
    return tuple(sorted(named, key=lambda name: name not in words))


def _values(program: Program | None, field: str) -> Iterator[str]:
    """The same in words, each once."""
    yield from dict.fromkeys(one.said for one in _statements(program, field))


def _statements(program: Program | None, field: str) -> list[Statement]:
    """What is told of the field; where nothing else is, the line of the document that speaks of it."""
    told = [one for one in statements(program) if one.field in _TOLD.get(field, ())] if program else []
    return [one for one in told if not one.repeats] or told


def _leaf(
    document: Document | None, pages: tuple[int, int] | None, mark: str, of: str
) -> tuple[str, tuple[Stretch, ...]]:
    """Where the page is drawn, "" where it cannot be, and its text."""
    if document is None or pages is None or not 1 <= pages[0] <= document.page_count:
        return "", ()
    leaf = leaf_of(document, pages[0], mark)
    told = {"mark": mark[:LONGEST_MARK] if leaf.is_found else "", "of": of}
    asked = urlencode({name: value for name, value in told.items() if value})
    is_drawn = document.source.path.lower().endswith(DRAWN)
    address = f"/desk/pages/{quote(document.source.id, safe='')}/{pages[0]}.png"
    return (f"{address}?{asked}" if asked else address) if is_drawn else "", leaf.text


def _place(document: Document | None, pages: tuple[int, int] | None) -> str:
    return _pages(pages) if document and pages and document.source.paged else ""


def _pages(pages: tuple[int, int]) -> str:
    return f"{pages[0]}쪽" if pages[0] == pages[1] else f"{pages[0]}–{pages[1]}쪽"


def _decided(decision: Decision | None) -> str:
    if decision is None:
        return ""
    return DECISION.format(
        person=decision.person, day=decision.at[:10], action=ACTIONS[decision.action], reason=decision.reason
    )


def open_of(desk: Desk, as_of: date, known: Known, name: str) -> list[Listed]:
    """The item of an id, decided or not, or all that is open of a class."""
    found = looked_at(desk.catalogue, as_of, known)
    return [one for one in found if one.id == name or (one.group == name and one.decision is None)]
