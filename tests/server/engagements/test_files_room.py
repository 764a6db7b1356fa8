"""The files' desk: who is signed in works with its own files alone, from the page as it was drawn, and is noted."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest

from rag.engagement.items import KINDS
from rag.engagement.papers import PaperKind
from rag.errors import JiwonError
from server.clock import moment, now
from server.desks.service import Service
from server.engagements.approving import Approving
from server.engagements.files_room import FilesRoom
from server.engagements.filing import Filing
from server.engagements.filing_refusals import (
    EntryRefused,
    FileClosed,
    FileGone,
    NobodyThere,
    NoSuchEntry,
    NoSuchFile,
    NoSuchPaper,
)
from server.http.keys import Keys
from server.pages.acting import SignedIn
from server.pages.signing import Signing
from server.store.approvals import Approvals
from server.store.audit import Audit
from server.store.cabinet import Cabinet
from server.store.engine import open_database
from server.store.keyring import Keyring, Scope
from server.store.sessions import Sessions
from tests.server.fakes import FakeDesk
from ui.files.files_port import At, ChangedMeanwhile, FileView, Looked
from ui.rooms.exposed import DIAGNOSIS
from ui.rooms.visitor import SignedAnew, SignedOut, Visitor

COMPANY = {"name": "비밀정밀", "address": "경기도 화성시", "industry": "자동차 부품 제조", "employees": "32명"}
VISIT = {"day": "2026-03-10", "people": "대표\n인사 담당", "method": "방문", "agreed": "훈련수요조사"}
FIRST, SECOND = "상담 1팀", "상담 2팀"
ORGANISATION = "지역 인력개발 기관"


@dataclass(frozen=True)
class Here:
    """The desk, and two consultants who have signed in."""

    room: FilesRoom
    first: Visitor
    second: Visitor

    def begun(self, **company: str) -> FileView:
        return self.room.begin(self.first, {**COMPANY, **company})

    def put(self, view: FileView, part: str, /, **told: str) -> FileView:
        return self.room.put(self.first, at(view), part, "", told)


@pytest.fixture
def here(tmp_path: Path) -> Here:
    (tmp_path / "CURRENT").write_text("g1\n", "utf-8")
    database, desk = open_database("", tmp_path), FakeDesk()
    keys = Keys(Keyring(database))
    signing = Signing(keys, Sessions(database), moment)
    signed = SignedIn(signing, Audit(database), Scope.CONSULT, DIAGNOSIS)
    filing = Filing(Cabinet(database), Service(tmp_path, lambda: desk), moment, keys.consultant)

    def visitor(person: str, organisation: str | None) -> Visitor:
        begun = signing.begin(keys.ring.create((Scope.CONSULT,), person, None, None, now(), organisation)[1])
        assert begun
        return Visitor(begun[1], signed.welcome(Visitor(begun[1])).csrf)

    return Here(
        FilesRoom(Approving(filing, Approvals(database)), signed), visitor(FIRST, ORGANISATION), visitor(SECOND, None)
    )


def at(view: FileView) -> At:
    return At(view.id, view.revision)


def test_nobody_who_is_not_signed_in_sees_a_file_and_another_page_changes_none(here: Here) -> None:
    view = here.begun()
    with pytest.raises(SignedOut):
        here.room.find(Visitor(""), Looked(), 9)
    with pytest.raises(SignedAnew):
        here.room.note(replace(here.first, csrf="other"), at(view), "메모")
    for step in (
        lambda: here.room.open(here.second, view.id),
        lambda: here.room.note(here.second, at(view), "메모"),
        lambda: here.room.preview(here.second, view.id, "basic"),
    ):
        with pytest.raises(NoSuchFile):
            step()


def test_a_file_is_begun_of_what_the_form_holds_and_found_by_its_company(here: Here) -> None:
    view = here.begun()
    assert (view.name, view.consultant, view.is_open) == ("비밀정밀", FIRST, True)
    assert view.company == {**COMPANY, "employees": "32"}
    assert here.room.find(here.first, Looked("비밀"), 9).total == 1
    assert here.room.find(here.first, Looked("없는 이름"), 9).total == 0
    assert here.room.find(here.first, Looked(is_open=False), 9).total == 0
    with pytest.raises(EntryRefused, match="상시근로자 수"):
        here.begun(employees="여럿")


def test_only_what_the_form_of_the_company_changed_is_changed(here: Here) -> None:
    view = here.begun()
    view = here.room.describe(here.first, at(view), {**view.company, "employees": "40", "industry": ""})
    assert view.company == {"name": "비밀정밀", "address": "경기도 화성시", "employees": "40"}


def test_an_entry_is_written_read_again_changed_and_taken_away(here: Here) -> None:
    view = here.put(here.begun(), "visits", **VISIT)
    (entry,) = view.sections[0].entries
    assert "방문" in entry.title and ("만난 사람", "대표\n인사 담당") in entry.facts and FIRST in entry.written
    told = here.room.entry(here.first, view.id, "visits", entry.id)
    assert {name: told[name] for name in VISIT} == VISIT
    view = here.room.put(here.first, at(view), "visits", entry.id, {**told, "agreed": "", "place": "본사"})
    facts = dict(view.sections[0].entries[0].facts)
    assert "합의한 것" not in facts and "본사" in view.sections[0].entries[0].title
    assert here.room.remove(here.first, at(view), "visits", entry.id).sections[0].entries == ()
    with pytest.raises(NoSuchEntry):
        here.room.entry(here.first, view.id, "visits", entry.id)


def test_a_run_chooses_of_the_plans_and_a_survey_of_the_runs(here: Here) -> None:
    view = here.put(here.begun(), "plans", kind="course", title="AI 기초")
    runs = next(section for section in view.sections if section.kind == "runs")
    ((plan, words),) = next(one.options for one in runs.asked if one.name == "plan")
    assert words == "AI 기초"
    view = here.put(view, "runs", plan=plan, people="6")
    surveys = next(section for section in view.sections if section.kind == "surveys")
    assert [words for _, words in next(one.options for one in surveys.asked if one.name == "run")] == ["AI 기초"]


def test_what_is_due_next_is_told_with_the_days_left(here: Here) -> None:
    day = here.room.approving.filing.now().date()
    view = here.put(here.begun(), "visits", next_day=day.isoformat(), next_what="2차 방문")
    assert [(due.left, due.what) for due in view.due] == [(0, "2차 방문")]
    (line,) = here.room.find(here.first, Looked(), 9).lines
    assert line.due and line.due.what == "2차 방문"


@pytest.mark.parametrize("kind", KINDS)
def test_a_form_without_a_word_is_no_entry(here: Here, kind: str) -> None:
    view = here.begun()
    with pytest.raises(EntryRefused, match=r"적은 것이 없습니다|꼭 있어야"):
        here.put(view, kind)
    assert here.room.open(here.first, view.id).revision == view.revision


def test_of_two_pages_the_second_is_told_and_changes_nothing(here: Here) -> None:
    view = here.begun()
    here.put(view, "visits", **VISIT)
    for step in (
        lambda: here.put(view, "visits", **VISIT),
        lambda: here.room.note(here.first, at(view), "메모"),
        lambda: here.room.issue(here.first, at(view), "basic"),
        lambda: here.room.hand_over(here.first, at(view), SECOND),
    ):
        with pytest.raises(ChangedMeanwhile):
            step()
    now_there = here.room.open(here.first, view.id)
    assert len(now_there.sections[0].entries) == 1 and now_there.issued == () and now_there.note == ""


def test_a_document_is_shown_issued_and_told_to_be_behind_and_replaced(here: Here) -> None:
    view = here.begun()
    assert "비밀정밀" in here.room.preview(here.first, view.id, "basic")
    view = here.room.issue(here.first, at(view), "basic")
    first = view.issued[0]
    assert (first.is_replaced, first.is_behind) == (False, False)
    view = here.room.note(here.first, at(view), "검토함")
    assert view.note == "검토함" and not view.issued[0].is_behind
    view = here.put(view, "visits", **VISIT)
    assert view.issued[0].is_behind
    view = here.room.issue(here.first, at(view), "basic")
    assert [(line.is_replaced, line.former) for line in view.issued] == [(False, first.number), (True, None)]
    assert [value for value, _ in view.papers] == [kind.value for kind in PaperKind]
    with pytest.raises(EntryRefused):
        here.room.preview(here.first, view.id, "other")


def test_a_document_names_the_organisation_of_whoever_is_signed_in_where_the_key_tells_one(here: Here) -> None:
    view = here.begun()
    assert ORGANISATION in here.room.preview(here.first, view.id, "basic")
    here.room.hand_over(here.first, at(view), SECOND)
    assert ORGANISATION not in here.room.preview(here.second, view.id, "basic")


def test_a_closed_file_is_read_only_until_it_is_opened_again(here: Here) -> None:
    view = here.room.close(here.first, at(here.begun()), is_open=False)
    with pytest.raises(FileClosed):
        here.put(view, "visits", **VISIT)
    assert here.room.find(here.first, Looked(is_open=False), 9).total == 1
    assert here.room.close(here.first, at(view), is_open=True).is_open


def test_a_file_is_handed_over_to_somebody_who_is_there(here: Here) -> None:
    view = here.begun()
    with pytest.raises(NobodyThere):
        here.room.hand_over(here.first, at(view), "아무도 아님")
    assert here.room.hand_over(here.first, at(view), f" {SECOND} ") == SECOND
    assert here.room.open(here.second, view.id).consultant == SECOND
    with pytest.raises(JiwonError):
        here.room.open(here.first, view.id)


def test_what_is_done_and_what_is_refused_is_noted_without_a_word_of_the_company(here: Here) -> None:
    view = here.put(here.begun(), "visits", **VISIT)
    with pytest.raises(EntryRefused):
        here.put(view, "gaps", importance="9")
    deeds = [(deed.action, deed.outcome, deed.person) for deed in here.room.signed.audit.last(9)]
    assert deeds == [
        (f"/diagnosis write gaps {view.id}", "refused", FIRST),
        (f"/diagnosis write visits {view.id}", "done", FIRST),
        ("/diagnosis begin file", "done", FIRST),
    ]
    assert "비밀정밀" not in str(deeds)


def test_a_document_is_handed_to_a_reviewer_who_sees_it_and_sends_it_back(here: Here) -> None:
    view = here.room.issue(here.first, at(here.begun()), "basic")
    number = view.issued[0].number
    view = here.room.ask(here.first, at(view), number, f" {SECOND} ", "훈련비를 보아 주세요")
    assert view.issued[0].approval and view.issued[0].approval.state == "asked"
    (line,) = here.room.asked(here.second)
    assert (here.room.waiting(here.second), here.room.waiting(here.first)) == (1, 0)
    assert (line.company, line.approval.wish) == ("비밀정밀", "훈련비를 보아 주세요")
    assert "비밀정밀" in here.room.look(here.second, number)
    with pytest.raises(NoSuchPaper):
        here.room.look(here.first, number)
    with pytest.raises(EntryRefused, match="까닭"):
        here.room.decide(here.second, number, is_good=False, remark=" ")
    with pytest.raises(EntryRefused, match="너무 깁니다"):
        here.room.decide(here.second, number, is_good=True, remark="가" * 2001)
    here.room.decide(here.second, number, is_good=False, remark="자부담을 확인해 주세요")
    told = here.room.open(here.first, view.id).issued[0].approval
    assert told and (told.state, told.remark) == ("returned", "자부담을 확인해 주세요")
    deeds = [(deed.action, deed.outcome, deed.person) for deed in here.room.signed.audit.last(9)]
    assert (f"/diagnosis return {number}", "done", SECOND) in deeds
    assert (f"/diagnosis ask approval {number} {view.id}", "done", FIRST) in deeds
    assert "자부담" not in str(deeds)


def test_a_file_is_erased_once_the_word_for_that_is_typed_and_not_by_an_older_look(here: Here) -> None:
    view = here.begun()
    with pytest.raises(EntryRefused, match="지우기"):
        here.room.erase(here.first, at(view), "네")
    here.put(view, "visits", **VISIT)
    with pytest.raises(ChangedMeanwhile):
        here.room.erase(here.first, at(view), "지우기")
    here.room.erase(here.first, at(here.room.open(here.first, view.id)), " 지우기 ")
    with pytest.raises(FileGone):
        here.room.open(here.first, view.id)


def test_two_days_stand_beside_each_other_and_a_day_that_is_none_is_said(here: Here) -> None:
    view = here.put(here.begun(), "gaps", task="외관 검사", current="2", measured_on="2026-01-10")
    assert "외관 검사" in here.room.compare(here.first, view.id, "2026-03-02", "")
    for days in (("", ""), ("2026-02-30", ""), ("2026-03-02", "언젠가")):
        with pytest.raises(EntryRefused, match="날짜"):
            here.room.compare(here.first, view.id, *days)


def test_a_table_is_taken_and_what_was_asked_is_told_once_the_company_is_saved(here: Here) -> None:
    table = "회사명,소재지,상시근로자 수\n나 공장,경기도 화성시,30~35\n"
    rows, _ = here.room.take(here.first, "기업.csv", b64encode(table.encode()).decode())
    view = here.room.open(here.first, rows[0].file)
    assert rows[0].is_new and "상시근로자" in view.asks[0]
    view = here.room.describe(here.first, at(view), {**view.company, "employees": "33"})
    assert view.asks == () and view.company["employees"] == "33"
    with pytest.raises(EntryRefused, match="다시 골라"):
        here.room.take(here.first, "기업.csv", "***")


def test_the_list_comes_in_the_order_and_with_what_is_due_that_was_chosen(here: Here) -> None:
    day = (here.room.filing.now().date() + timedelta(days=5)).isoformat()
    here.put(here.begun(name="다"), "visits", next_day=day)
    here.begun(name="가")
    here.begun(name="나")

    def named(wanted: Looked) -> list[str]:
        return [line.company for line in here.room.find(here.first, wanted, 9).lines]

    assert named(Looked())[0] == "다" and named(Looked(order="company")) == ["가", "나", "다"]
    assert named(Looked(within=7)) == ["다"] and named(Looked(within=3)) == []
    assert len(named(Looked(order="nonsense"))) == 3


def test_that_a_reviewer_has_no_key_any_more_is_told_while_it_is_waited_for(here: Here) -> None:
    view = here.room.issue(here.first, at(here.begun()), "basic")
    view = here.room.ask(here.first, at(view), view.issued[0].number, SECOND, "")
    assert view.issued[0].approval and view.issued[0].approval.is_there
    ring = here.room.signed.signing.keys.ring
    for record in ring.all():
        if record.person == SECOND:
            ring.revoke(record.id, now())
    told = here.room.open(here.first, view.id).issued[0].approval
    assert told and told.state == "asked" and not told.is_there
