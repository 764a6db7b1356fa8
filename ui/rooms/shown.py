"""Shown: records of the room flow in, HTML with every word of theirs escaped flows out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from html import escape

from rag.diagnosis.tree import Grid, Paragraph, Report
from rag.periods import korean_date
from ui.rooms.port import Draft, Due, Line, Pair

FORMATS = {"docx": "워드", "hwpx": "한글", "pdf": "PDF", "html": "웹 문서", "md": "마크다운", "json": "JSON"}
NAMELESS = "회사명 없음"
SAME = "같음"
URGENT_DAYS = 7
_MARK = re.compile(r"\s*\[\d+\]")
"""Points to a source at the end of the report."""


def lines(total: int, found: Sequence[Line]) -> str:
    """The list, in which two may be chosen to be compared."""
    if not found:
        return '<p class="none" role="status">그런 진단이 없습니다. 새 진단을 시작하거나 찾는 말을 바꿔 주세요.</p>'
    choose = '<button class="act">고른 둘 비교</button>' if total > 1 else ""
    return (
        f'<form class="lines" method="get" action="/diagnosis"><p class="soft" role="status">모두 {total:,}건</p>'
        f"<ul>{''.join(map(_line, found))}</ul>{choose}</form>"
    )


def standing(draft: Draft) -> str:
    """How a diagnosis stands: its company, its state, and for how long it is kept."""
    facts = [f"기준일 {korean_date(draft.as_of)}"]
    facts += [f"이전 보고서 {draft.former}"] if draft.former else []
    facts += [_kept(draft.until)] if draft.until else []
    number = f"<strong>{escape(draft.number)}</strong>" if draft.number else ""
    return (
        f'<section class="standing"><h2>{escape(draft.company or NAMELESS)}</h2><p>{_state(draft.number)} {number}</p>'
        f'<p class="soft">{_facts(facts)}</p>{_summary(draft.report)}{_files(draft)}</section>'
    )


def certain(draft: Draft) -> str:
    """What is asked before a draft is frozen."""
    texts = f"고친 글 {len(draft.edited)}개" if draft.edited else "고친 글 없음"
    return (
        f"<p><strong>{escape(draft.company or NAMELESS)}</strong>의 보고서를 발급합니다. 기준일 "
        f"{korean_date(draft.as_of)}, {texts}. 번호가 붙은 뒤에는 고칠 수 없고, 바꾸려면 재발급해야 합니다.</p>"
    )


def framed(draft: Draft) -> str:
    """The report shown within the page; nothing in it can run."""
    document = escape(draft.document, quote=True)
    return (
        '<iframe class="report" title="보고서 미리보기" tabindex="0" sandbox="allow-same-origin" '
        f'srcdoc="{document}"></iframe>'
    )


def pair(both: Pair) -> str:
    """Two diagnoses beside each other: what differs first, what is the same folded away."""
    differing = [row for row in both.rows if row[1] != row[2]]
    same = [row for row in both.rows if row[1] == row[2]]
    first, second = map(escape, both.names)
    named = f"<p>{first}<br>{second}</p>"
    heads = f"<thead><tr><th>항목</th><th>{first}</th><th>{second}</th></tr></thead>"
    told = "".join(
        f'<tr><th scope="row">{escape(label)}</th><td data-of="{first}">{_cell(a)}</td>'
        f'<td data-of="{second}">{_cell(b)}</td></tr>'
        for label, a, b in differing
    )
    rest = "".join(f"<li>{escape(label)}: {_cell(value)}</li>" for label, value, _ in same)
    table = f"<table>{heads}<tbody>{told}</tbody></table>" if told else "<p>서로 다른 것이 없습니다.</p>"
    return (
        f'<section class="pair"><h2>두 진단 비교</h2>{named}{table}'
        f"<details><summary>{SAME} {len(same)}개</summary><ul>{rest}</ul></details>"
        '<p><a class="act" href="/diagnosis">목록으로</a></p></section>'
    )


def _line(line: Line) -> str:
    name = escape(line.company or NAMELESS)
    facts = [line.number or "", f"기준일 {korean_date(line.as_of)}"]
    facts += [f"이전 보고서 {line.former}"] if line.former else []
    facts += [_kept(line.until)] if line.until else []
    return (
        f'<li><label><input type="checkbox" name="compare" value="{escape(line.id)}"><span class="hidden">{name} '
        f'비교</span></label><div><p><a href="/diagnosis?draft={escape(line.id)}">{name}</a> {_state(line.number)}</p>'
        f'<p class="soft">{_facts(facts)}</p>{_due(line.due)}</div></li>'
    )


def _facts(facts: Sequence[str]) -> str:
    """Facts of which none is broken over two lines."""
    return " · ".join(f"<span>{escape(fact)}</span>" for fact in facts if fact)


def _state(number: str | None) -> str:
    return '<span class="pill met">● 발급</span>' if number else '<span class="pill maybe">◔ 초안</span>'


def _due(due: Due | None) -> str:
    if due is None:
        return '<p class="soft">다가오는 마감 없음</p>'
    kind, left = ("soon" if due.left <= URGENT_DAYS else "upcoming"), f"D-{due.left}" if due.left else "오늘"
    return f'<p><span class="pill {kind}">{left}</span> {escape(due.what)} {korean_date(due.day)}</p>'


def _kept(until: date) -> str:
    return f"{korean_date(until)}까지 보관"


def _files(draft: Draft) -> str:
    links = "".join(
        f'<a class="act" href="/diagnosis/{escape(draft.id)}/report.{suffix}">{name}</a>'
        for suffix, name in FORMATS.items()
    )
    return f'<h3>보고서 받기</h3><p class="acts">{links}</p>'


def _summary(report: Report) -> str:
    """What the report says at a glance."""
    summary = next((part for part in report.parts if part.key == "summary"), None)
    drawn = []
    for block in summary.blocks if summary else ():
        if isinstance(block, Paragraph):
            drawn.append(f"<p>{escape(block.text)}</p>")
        elif isinstance(block, Grid):
            rows = (_MARK.sub("", " · ".join(cell for cell in row[1:] if cell)) for row in block.rows)
            drawn.append(f"<ol>{''.join(f'<li>{escape(row)}</li>' for row in rows)}</ol>")
    return "".join(drawn)


def _cell(text: str) -> str:
    return escape(text).replace("\n", "<br>") or "없음"
