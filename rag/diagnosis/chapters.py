"""Chapters: what a diagnosis holds and the marks used so far flow in, the blocks of one part of a report flow out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from rag.diagnosis.branching import track_verdicts
from rag.diagnosis.marks import Marks
from rag.diagnosis.overview import UNKNOWN
from rag.diagnosis.records import Diagnosis, Recommendation, RoadmapItem
from rag.diagnosis.telling import as_line
from rag.diagnosis.tree import Bar, Block, Bullets, Gantt, Grid, Paragraph, Part
from rag.diagnosis.whereabouts import judged_by
from rag.diagnosis.windows import months_from
from rag.domain import Contact, Match, Result
from rag.messages import STANDING, VERDICT_BRIEF
from rag.periods import brief, korean_date

_RESULT = {Result.MET: "맞음", Result.UNMET: "맞지 않음", Result.UNKNOWN: "확인 필요"}
_NO_PHONE = "전화번호는 문서에서 확인되지 않습니다."
_BY_PLACE = "지역마다 맡는 기관이 다릅니다. 회사(사업장)가 있는 시·군·구를 알면 그곳의 번호를 안내합니다."
# Letters of an organisation's name; what is shorter and a place is a place.
_WHOLE_NAME = 5
_TOLD = "관할 지사와 센터는 추천 사업의 문의처에 적은 곳과 같습니다."
_OF_LEVEL = "수준의 이름은 안내서를 따르고, 답변이 가리키는 수준 가운데 가장 낮은 것으로 판정합니다."


def summary(diagnosis: Diagnosis, marks: Marks) -> Iterator[Block]:
    """The level, then the recommendations with their standing on the day."""
    level = diagnosis.level.level
    yield Paragraph(f"AI 수준: {level.value if level else UNKNOWN}")
    rows = tuple(
        (
            str(rank),
            chosen.match.program.name,
            VERDICT_BRIEF[chosen.match.verdict] if chosen.match.verdict else "기업 정보를 알아야 판정",
            _standing(chosen.match, diagnosis.as_of, marks),
        )
        for rank, chosen in enumerate(diagnosis.recommendations, 1)
    )
    if rows:
        yield Grid(("순위", "추천 사업", "요건", f"접수({korean_date(diagnosis.as_of)} 기준)"), rows)


def _standing(match: Match, as_of: date, marks: Marks) -> str:
    if match.period is None:
        return STANDING[match.status]
    evidence = (match.period.evidence,) if match.period.evidence else ()
    track = f"({match.period.track}) " if match.period.track else ""
    return f"{track}{brief(match.period, match.status, as_of)} {marks.of(evidence)}".strip()


def level(diagnosis: Diagnosis, marks: Marks) -> Iterator[Block]:
    """The AI level with the replies that led to it."""
    found = diagnosis.level
    if found.level:
        yield Paragraph(f"판정: {found.level.value} {marks.of(found.evidence)}".strip())
    else:
        yield Paragraph("판정: 아직 판정할 수 없습니다. 아래 '더 확인할 것'의 질문에 답하면 정해집니다.")
    if found.reasons:
        yield Bullets(found.reasons)
    yield Paragraph(_OF_LEVEL, is_note=True)


def recommendation(
    rank: int, chosen: Recommendation, diagnosis: Diagnosis, marks: Marks, written: Mapping[str, str]
) -> Iterator[Part]:
    """Everything on one recommended programme, in parts of its own."""
    match, program = chosen.match, chosen.match.program
    bodies = " · ".join(dict.fromkeys(filter(None, (program.ministry, program.agency))))
    facts = Grid(
        ("항목", "내용"),
        (
            ("담당", f"{bodies or UNKNOWN} {marks.of((program.evidence,))}"),
            ("연도", f"{program.year}년" if program.year else UNKNOWN),
            ("요건 판정", VERDICT_BRIEF[match.verdict] if match.verdict else "기업 정보를 알아야 판정"),
            ("접수", _standing(match, diagnosis.as_of, marks)),
        ),
    )
    yield Part(
        f"recommendation_{rank}",
        f"추천 {rank}. {program.name}",
        (facts, *_findings(match, marks), *track_verdicts(match, marks)),
    )
    key = f"considerations_{rank}"
    considered: tuple[Block, ...] = (Bullets(tuple(marks.said(s) for s in chosen.considerations)),)
    yield Part(key, "고려할 점", by_consultant(written[key]) if key in written else considered, 2)
    yield Part(f"amounts_{rank}", "금액", (Bullets(tuple(marks.said(s) for s in chosen.amounts)),), 2)
    yield Part(f"steps_{rank}", "다음 할 일", (Bullets(tuple(marks.said(s) for s in chosen.steps)),), 2)
    yield Part(f"documents_{rank}", "준비할 서류", (Bullets(tuple(marks.said(s) for s in chosen.documents)),), 2)
    is_by_place = any(contact.phones and contact.regions for contact in program.contacts)
    without = Paragraph(_BY_PLACE if is_by_place else _NO_PHONE)
    told: Block = _contacts(chosen.contacts, marks) if chosen.contacts else without
    yield Part(f"contacts_{rank}", "문의처", (told,), 2)


def _findings(match: Match, marks: Marks) -> Iterator[Block]:
    """Each condition with its judgement; what one condition asks in several ways with one result is one row."""
    reasons: dict[tuple[str, str, str], list[str]] = {}
    for f in match.findings:
        judged = _RESULT[f.result] + ("" if f.criterion.strict else " (우대)")
        reasons.setdefault((as_line(f.criterion.text), judged, marks.of((f.criterion.evidence,))), []).append(f.reason)
    if reasons:
        rows = ((text, judged, " ".join(dict.fromkeys(told)), mark) for (text, judged, mark), told in reasons.items())
        yield Grid(("요건", "판정", "이유", "출처"), tuple(rows))
    else:
        yield Paragraph("누가 신청할 수 있는지 요건이 문서에서 뚜렷하지 않습니다. 담당 기관에 확인해야 합니다.")


def roadmap_blocks(diagnosis: Diagnosis, marks: Marks) -> Iterator[Block]:
    """The plan as a picture, then as a table."""
    items = diagnosis.roadmap
    if not items:
        yield Paragraph("수준별 훈련 내용이 문서에서 확인되지 않아 로드맵을 세울 수 없습니다.")
        return
    months = tuple(f"{first.year}.{first.month}" for first, _ in months_from(diagnosis.as_of))
    bars = tuple(Bar(_bar(item), _group(item), item.first, item.last, item.windows) for item in items)
    yield Gantt(months, bars, "12개월 훈련 로드맵입니다. 아래 표에 같은 내용을 글로 적었습니다.")
    rows = tuple(
        (
            _group(item),
            f"{item.course} {marks.of(item.evidence)}".strip(),
            item.people,
            _span(item, months),
            item.program,
        )
        for item in items
    )
    yield Grid(("단계", "과정", "대상", "기간", "비용을 대는 사업"), rows)
    notes = (f"{_group(item)}({_span(item, months)}): {item.note}" for item in items if item.note)
    yield Bullets(tuple(dict.fromkeys(notes)))
    yield Paragraph("기간은 회사의 AI 수준에서 시작해 짠 계획이며, 문서가 정한 일정이 아닙니다.", is_note=True)


def _group(item: RoadmapItem) -> str:
    return item.level.value if item.level else "준비"


def _bar(item: RoadmapItem) -> str:
    """A short name for the picture: what stands before the brackets of the course, for whom."""
    return f"{_group(item)} · {item.people}"


def _span(item: RoadmapItem, months: tuple[str, ...]) -> str:
    return months[item.first] if item.first == item.last else f"{months[item.first]} ~ {months[item.last]}"


def offices(diagnosis: Diagnosis, marks: Marks, beyond: tuple[Contact, ...] = ()) -> Iterator[Block]:
    """The branch and the centres of the company's place, those beyond what was told before."""
    told = {contact.evidence for contact in beyond}
    if diagnosis.branches or diagnosis.centres:
        here = tuple(c for c in (*diagnosis.branches, *diagnosis.centres) if c.evidence not in told)
        yield _contacts(here, marks) if here else Paragraph(_TOLD)
        yield from (Paragraph(said, is_note=True) for said in judged_by(diagnosis))
    else:
        yield Paragraph("회사가 있는 시·군·구를 알아야 관할 지사와 센터를 안내할 수 있습니다.")


def _contacts(contacts: tuple[Contact, ...], marks: Marks) -> Grid:
    rows = tuple(
        (
            " ".join(filter(None, (office_name(c), c.department, c.person))),
            ", ".join(c.phones) or UNKNOWN,
            ", ".join((*c.emails, *c.urls)) or "-",
            ", ".join(c.regions) or (c.track or "-"),
            marks.of((c.evidence,)),
        )
        for c in contacts
    )
    return Grid(("기관", "전화", "전자우편·누리집", "관할·분야", "출처"), rows)


def office_name(contact: Contact) -> str:
    """What an office is called; one that is told by its place alone by what it is of ("로봇직업교육센터 구미")."""
    name = contact.organisation
    is_place = any(name and name in region.split()[-1] for region in contact.regions) and len(name) < _WHOLE_NAME
    return f"{contact.track} {name}" if is_place and contact.track else name


def by_consultant(text: str) -> tuple[Block, ...]:
    """A consultant's own words, paragraph by paragraph, said to be theirs."""
    paragraphs = tuple(Paragraph(line.strip()) for line in text.split("\n") if line.strip())
    return (*paragraphs, Paragraph("컨설턴트가 쓴 내용입니다.", is_note=True))
