"""Candidates on the command line: which one, and why, flows in; it is checked, served or left, and what is so shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

from rich.markup import escape

from rag.errors import JiwonError
from rag.generation import ailments
from rag.settings import Settings
from server.clock import now
from server.command.cli_keys import LONGEST_REASON, NO_OPERATOR, TERMINAL
from server.command.cli_show import new_table, print_table, progress_bar, show_json
from server.logs import set_up
from server.publishing.checked import checked
from server.publishing.publishing import Checked, GenerationState, Publishing
from server.sharing.writing_shared import sole_writer
from server.staff.key_making import LONGEST_PERSON
from server.store.audit import Audit, Deed
from server.store.checks import Checks, Decision
from server.store.engine import Database, open_database

STATES = {
    GenerationState.SERVED: "▶ 쓰는 판",
    GenerationState.CHECKED: "확인함",
    GenerationState.STAGED: "확인 전",
    GenerationState.EARLIER: "전에 쓴 판",
    GenerationState.LEFT: "쓰지 않은 판",
}
LONG_REASON = "--reason: 까닭을 200자까지 적어 주세요."
QUOTED = 120
"""Characters of a value that are shown; the JSON has all of it."""


def check(settings: Settings, id_: str, day: date, corpus: Path | None, *, as_json: bool) -> None:
    """Hold a candidate against what is served and show what is found. Raises JiwonError."""
    set_up(settings.log_level)
    own = replace(settings, corpus_dir=corpus) if corpus else settings
    publishing, database = _publishing(settings)
    with progress_bar() as progress:
        look = partial(checked, own, id_, day, progress)
        found = publishing.check(id_, look, now(), TERMINAL)
    _note(database, f"check {id_}", TERMINAL, "")
    if as_json:
        from server.publishing.publishing_wire import check_out

        show_json(check_out(found).model_dump(mode="json"))
    else:
        _show(found)


def publish(settings: Settings, id_: str, accepted: Sequence[str], reason: str, person: str, *, force: bool) -> None:
    """Serve a candidate, accepting what is named. Raises JiwonError, also where something is left to decide."""
    reason, person = _told(reason, person)
    publishing, database = _publishing(settings)
    decision = Decision(person, TERMINAL, now(), reason)
    done = publishing.publish(id_, decision, accepted, force=force)
    _note(database, f"publish {id_}", person, reason)
    print(f"색인 판 '{done.generation}'을(를) 쓰기 시작했습니다. 켜져 있는 서버는 곧 따릅니다.")


def roll_back(settings: Settings, id_: str | None, reason: str, person: str) -> None:
    """Serve the one again that was served before. Raises JiwonError."""
    reason, person = _told(reason, person)
    publishing, database = _publishing(settings)
    done = publishing.roll_back(id_)
    _note(database, f"rollback {done.generation}", person, reason)
    print(f"색인 판 '{done.generation}'(으)로 되돌렸습니다.")


def generations(settings: Settings, *, as_json: bool) -> tuple[str, ...]:
    """Show every generation and how it stands; what is wrong with them comes back."""
    standings = _publishing(settings)[0].standings()
    if as_json:
        from server.publishing.publishing_wire import generation_out

        show_json([generation_out(standing).model_dump(mode="json") for standing in standings])
        return ailments(settings.data_dir)
    table = new_table("상태", "id", "만든 때", "문서", "조각", "사업", "임베딩", "남은 결정")
    for standing in standings:
        record = standing.record
        counts = map(str, (record.sources, record.chunks, record.programs))
        left = "" if standing.left is None else f"{standing.left}/{standing.blocking}"
        row = (STATES[standing.state], record.id, record.built_at, *counts, record.embedder, left)
        table.add_row(*map(escape, row))
    print_table(table)
    return ailments(settings.data_dir)


def _show(found: Checked) -> None:
    check = found.check
    for item in check.items:
        mark = "막음" if item.blocks and item.id not in found.accepted else "받아들임" if item.blocks else "알림"
        print(f"{mark} [{item.id}] {item.sentence}")
        if item.question:
            print(f"    지금: {_cut(item.was)}\n    새 판: {_cut(item.now)}")
        for at in (item.was_at, item.now_at) if item.blocks else ():
            if at:
                print(f"    {at.source_id} {at.pages[0]}쪽: “{_cut(at.quote)}”")
    counts = check.shifts
    print(
        f"새로 들어오는 사업 {counts.get('added', 0)}개, 바뀌는 사업 {counts.get('changed', 0)}개, "
        f"없어지는 사업 {counts.get('removed', 0)}개, 취소되는 사업 {counts.get('cancelled', 0)}개입니다. "
        f"{check.asked}개 사업에 질문 {check.questions}개와 지키는 질문 {check.golden}개를 물었습니다."
    )
    if found.left:
        print(
            f"사람이 정할 것이 {found.left}개 있습니다. 맞으면 `jiwon publish {check.candidate} --accept 번호 "
            "--reason 까닭`으로 받아들이고, 틀리면 문서나 overrides.yaml을 고쳐 주세요."
        )
    else:
        print(f"`jiwon publish {check.candidate}`로 쓰기 시작할 수 있습니다.")


def _cut(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= QUOTED else words[:QUOTED] + "…"


def _publishing(settings: Settings) -> tuple[Publishing, Database]:
    database = open_database(settings.database_url, settings.data_dir)
    return Publishing(settings.data_dir, Checks(database), partial(sole_writer, settings)), database


def _told(reason: str, person: str) -> tuple[str, str]:
    """Why and who, as they may be written down."""
    reason, person = reason.strip(), person.strip()
    if len(reason) > LONGEST_REASON:
        raise JiwonError(LONG_REASON)
    if not 0 < len(person) <= LONGEST_PERSON:
        raise JiwonError(NO_OPERATOR)
    return reason, person


def _note(database: Database, action: str, person: str, reason: str) -> None:
    Audit(database).note(Deed(now(), person, TERMINAL, action, "done", TERMINAL, reason))
