"""The room's steps: what a consultant typed flows in, what the room shows next flows out."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape
from typing import Protocol

from rag.diagnosis.tree import Grid, Paragraph, Part, Report
from rag.errors import JiwonError

UNKNOWN = "모름"
FORMATS = {"docx": "워드", "hwpx": "한글", "pdf": "PDF", "html": "웹 문서", "md": "마크다운", "json": "JSON"}
DRAFTED = "초안을 만들었습니다. 아래에서 고친 뒤 발급하세요."
BROKEN = "진단을 만들지 못했습니다. 잠시 뒤 다시 시도해 주세요."
NO_DRAFT = "먼저 회사 정보를 적고 진단하기를 눌러 주세요."


@dataclass(frozen=True, slots=True)
class Field:
    """One thing the form asks: its label, what to write, and the replies to choose from (of which many may be)."""

    label: str
    hint: str
    options: tuple[str, ...] = ()
    is_many: bool = False
    is_survey: bool = False


class Draft(Protocol):
    """A draft or issued diagnosis as the room shows it."""

    @property
    def id(self) -> str:
        """Under which it is asked for."""

    @property
    def number(self) -> str | None:
        """Its number; none before it is issued."""

    @property
    def editable(self) -> tuple[str, ...]:
        """Keys of the texts that may be edited."""

    @property
    def edits(self) -> Mapping[str, str]:
        """What was written into them."""

    @property
    def report(self) -> Report:
        """What every file of it tells."""


class Room(Protocol):
    """What a consultant can do here with a key; every method with a key raises JiwonError with a Korean sentence."""

    @property
    def is_open(self) -> bool:
        """Whether there is any key that opens it."""

    @property
    def fields(self) -> tuple[Field, ...]:
        """What the form asks, in order."""

    def draft(self, key: str, values: Mapping[str, object]) -> Draft:
        """A new draft of what the form holds, by label; nothing for what is unknown."""

    def edit(self, key: str, draft_id: str, edits: Mapping[str, str | None]) -> Draft:
        """A draft with texts changed; an empty one brings back ours."""

    def issue(self, key: str, draft_id: str) -> Draft:
        """A draft frozen under its number."""

    def preview(self, draft: Draft) -> str:
        """Its report as a whole HTML document."""


@dataclass(frozen=True, slots=True)
class Step:
    """What the room shows after a step: HTML of the outcome and of the preview, the texts, and which may be edited."""

    draft_id: str = ""
    outcome: str = ""
    preview: str = ""
    texts: Mapping[str, str] | None = None
    editable: tuple[str, ...] = ()


def begin(room: Room, key: str, values: Mapping[str, object]) -> Step:
    """Diagnose what the form holds."""
    return _shown(room, lambda: room.draft(key, {label: v for label, v in values.items() if not _is_unknown(v)}))


def rewrite(room: Room, key: str, draft_id: str, texts: Mapping[str, str]) -> Step:
    """Take over the texts of a draft."""
    if not draft_id:
        return Step(outcome=notice(NO_DRAFT))
    return _shown(room, lambda: room.edit(key, draft_id, {name: text or None for name, text in texts.items()}))


def issue(room: Room, key: str, draft_id: str) -> Step:
    """Freeze a draft."""
    if not draft_id:
        return Step(outcome=notice(NO_DRAFT))
    return _shown(room, lambda: room.issue(key, draft_id))


def notice(said: str) -> str:
    """One sentence that asks for attention."""
    return f'<div class="answer notice" role="alert"><p>{escape(said)}</p></div>'


def _shown(room: Room, step: Callable[[], Draft]) -> Step:
    try:
        draft = step()
        preview = room.preview(draft)
    except JiwonError as error:
        sentences = getattr(error, "sentences", None) or (str(error),)
        items = "".join(f"<p>{escape(sentence)}</p>" for sentence in sentences)
        return Step(outcome=f'<div class="answer notice" role="alert">{items}</div>')
    except Exception:
        logging.getLogger(__name__).exception("diagnosis failed")
        return Step(outcome=notice(BROKEN))
    return Step(draft.id, _outcome(draft), _framed(preview), draft.edits, draft.editable)


def _outcome(draft: Draft) -> str:
    """How it stands, its summary, and the files to take home."""
    stands = (
        f"발급했습니다. 번호는 {draft.number}입니다."
        if draft.number
        else "초안을 만들었습니다. 아래에서 고친 뒤 발급하세요."
    )
    summary = next((part for part in draft.report.parts if part.key == "summary"), None)
    files = "".join(
        f'<button type="button" class="chip" data-file="{suffix}" data-id="{escape(draft.id)}">{name}</button>'
        for suffix, name in FORMATS.items()
    )
    return (
        f'<article class="answer"><p class="clarify" role="status">{escape(stands)}</p>{_summary(summary)}'
        f'<section><h3>보고서 받기</h3><div class="chips">{files}</div>'
        '<p class="soft" id="file-notice" role="status"></p></section></article>'
    )


def _summary(part: Part | None) -> str:
    drawn = []
    for block in part.blocks if part else ():
        if isinstance(block, Paragraph):
            drawn.append(f"<p>{escape(block.text)}</p>")
        elif isinstance(block, Grid):
            heads = "".join(f"<th>{escape(head)}</th>" for head in block.heads)
            rows = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in block.rows)
            drawn.append(f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>")
    return "".join(drawn)


def _framed(document: str) -> str:
    """A document shown within the page; nothing in it can run."""
    return (
        f'<iframe class="report" title="보고서 미리보기" sandbox="" srcdoc="{escape(document, quote=True)}"></iframe>'
    )


def _is_unknown(value: object) -> bool:
    return value is None or value in (UNKNOWN, "", []) or (isinstance(value, str) and not value.strip())
