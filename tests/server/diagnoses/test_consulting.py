"""A diagnosis is drafted, edited, issued under a number, reissued and erased; what is issued stays as it was."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Literal

import pytest

from rag.diagnosis.records import Case, Diagnosis
from rag.domain import Source
from rag.errors import IndexMissing
from server.diagnoses.intake import CaseRefused
from server.diagnoses.refusals import (
    AlreadyIssued,
    DiagnosisFailed,
    DiagnosisGone,
    EditsRefused,
    NoSuchDiagnosis,
    NotIssued,
)
from server.store.shelf import Status
from tests.server.diagnoses.making import CASE, COMPANY, KEYS, Clock, consulting, owner, shown
from tests.server.fakes import OTHER, PROGRAM, SOURCE, FakeDesk, matched


class TwoDesk(FakeDesk):
    """Recommends two programmes; their order depends on the number of employees."""

    def diagnose(self, case: Case, as_of: date, planned: Collection[str] = ()) -> Diagnosis:
        found = super().diagnose(case, as_of)
        (first,) = found.recommendations
        second = replace(first, match=matched(OTHER, case.company.profile))
        if (case.company.employees or 0) >= 1000:
            return replace(found, recommendations=(second,))
        return replace(
            found, recommendations=(second, first) if (case.company.employees or 0) >= 100 else (first, second)
        )


def test_a_draft_holds_what_was_sent_and_when_it_ends(tmp_path: Path, database_url: str) -> None:
    room = consulting(tmp_path, url=database_url)
    me = owner(room)
    draft = room.draft(me, CASE)
    assert (draft.status, draft.number, draft.branch, draft.generation) == (Status.DRAFT, None, "경인", "g1")
    assert draft.as_of == date(2026, 11, 20)
    assert draft.case == {"company": {**COMPANY, "trainings": [], "circumstances": []}, "survey": {}}
    assert draft.expires_at and (draft.expires_at - draft.created_at).days == 30
    assert draft.editable == ("opinion", "considerations_1", "proposals", "remarks")
    assert room.get(me, draft.id) == draft


def test_a_case_that_cannot_be_used_is_refused_and_nothing_is_kept(tmp_path: Path, database_url: str) -> None:
    room = consulting(tmp_path, url=database_url)
    with pytest.raises(CaseRefused, match="소재지"):
        room.draft(owner(room), {"company": {"address": "세상끝"}})
    assert room.page(owner(room)) == (0, ())


def test_texts_are_edited_and_taken_back(tmp_path: Path, database_url: str) -> None:
    room = consulting(tmp_path, url=database_url)
    me = owner(room)
    draft = room.draft(me, CASE)
    edited = room.edit(me, draft.id, edits={"opinion": " 잘 맞습니다. ", "considerations_1": "서두르십시오."})
    assert edited.edits == {"opinion": "잘 맞습니다.", "considerations_1": "서두르십시오."}
    assert {"잘 맞습니다.", "서두르십시오."} <= set(edited.report.texts)
    back = room.edit(me, draft.id, edits={"considerations_1": None, "opinion": ""})
    assert back.edits == {}
    assert back.report == draft.report


def test_every_text_that_cannot_be_edited_is_named(tmp_path: Path, database_url: str) -> None:
    room = consulting(tmp_path, url=database_url)
    me = owner(room)
    draft = room.draft(me, CASE)
    with pytest.raises(EditsRefused) as refused:
        room.edit(me, draft.id, edits={"overview": "바꿈", "considerations_2": "없음", "opinion": "가" * 5001})
    assert len(refused.value.sentences) == 3
    assert room.get(me, draft.id) == draft


def test_fields_of_the_case_change_one_by_one_and_are_diagnosed_anew(tmp_path: Path, database_url: str) -> None:
    room = consulting(tmp_path, url=database_url)
    me = owner(room)
    draft = room.draft(me, CASE)
    changed = room.edit(me, draft.id, case={"company": {"employees": 30, "address": None}, "survey": {"data": "none"}})
    rest = {key: value for key, value in COMPANY.items() if key != "address"}
    assert changed.case["company"] == {**rest, "employees": 30, "trainings": [], "circumstances": []}
    assert changed.case["survey"] == {"data": "none"}
    assert changed.branch == "전국"
    assert room.edit(me, draft.id, as_of=date(2026, 12, 1)).as_of == date(2026, 12, 1)


def test_a_text_on_a_programme_goes_where_the_programme_goes(tmp_path: Path, database_url: str) -> None:
    room = consulting(tmp_path, TwoDesk(), url=database_url)
    me = owner(room)
    draft = room.draft(me, CASE)
    room.edit(me, draft.id, edits={"considerations_1": "첫째 사업에 대한 글"})
    swapped = room.edit(me, draft.id, case={"company": {"employees": 200}})
    assert swapped.edits == {"considerations_2": "첫째 사업에 대한 글"}
    gone = room.edit(me, draft.id, case={"company": {"employees": 2000}})
    assert gone.edits == {f"considerations:{PROGRAM.name}": "첫째 사업에 대한 글"}
    assert "첫째 사업에 대한 글" not in gone.report.texts
    back = room.edit(me, draft.id, case={"company": {"employees": 1}})
    assert back.edits == {"considerations_1": "첫째 사업에 대한 글"}


def test_an_issued_one_is_numbered_and_cannot_change(tmp_path: Path, database_url: str) -> None:
    room = consulting(tmp_path, url=database_url)
    me = owner(room)
    draft = room.draft(me, CASE)
    issued = room.issue(me, draft.id)
    assert (issued.number, issued.status, issued.editable) == ("26-경인-00001", Status.ISSUED, ())
    assert ("번호", "26-경인-00001") in issued.report.cover and ("발급일", "2026-11-20") in issued.report.cover
    assert room.get(me, "26-경인-00001") == room.get(me, draft.id) == issued
    with pytest.raises(AlreadyIssued, match="26-경인-00001"):
        room.edit(me, draft.id, edits={"opinion": "늦음"})
    with pytest.raises(AlreadyIssued):
        room.issue(me, issued.number or "")


def test_numbers_count_by_year_and_branch(tmp_path: Path, database_url: str) -> None:
    clock = Clock()
    room = consulting(tmp_path, clock=clock, url=database_url)
    first, second = (owner(room, key) for key in KEYS)
    nowhere = {"company": {"name": "어디"}}

    def issued(whose: str, case: object) -> str | None:
        return room.issue(whose, room.draft(whose, case).id).number

    assert [issued(first, CASE), issued(second, CASE), issued(first, nowhere)] == [
        "26-경인-00001",
        "26-경인-00002",
        "26-전국-00001",
    ]
    clock.pass_days(60)
    assert issued(first, CASE) == "27-경인-00001"


def test_many_at_once_get_every_number_once(tmp_path: Path, database_url: str) -> None:
    rooms = [consulting(tmp_path, url=database_url) for _ in range(4)]
    me = owner(rooms[0])
    drafts = [rooms[0].draft(me, CASE).id for _ in range(24)]
    with ThreadPoolExecutor(8) as pool:
        numbers = list(pool.map(lambda at: rooms[at % 4].issue(me, drafts[at]).number, range(24)))
    assert sorted(filter(None, numbers)) == [f"26-경인-{n:05d}" for n in range(1, 25)]


def test_one_draft_issued_many_times_at_once_gets_one_number(tmp_path: Path, database_url: str) -> None:
    room = consulting(tmp_path, url=database_url)
    me = owner(room)
    draft = room.draft(me, CASE).id

    def issue(_: int) -> str | None:
        try:
            return room.issue(me, draft).number
        except AlreadyIssued:
            return None

    with ThreadPoolExecutor(8) as pool:
        numbers = [number for number in pool.map(issue, range(8)) if number]
    assert numbers == ["26-경인-00001"]
    assert room.issue(me, room.draft(me, CASE).id).number == "26-경인-00002"


def test_what_is_issued_stays_the_same_whatever_comes(tmp_path: Path, database_url: str) -> None:
    desk = FakeDesk()
    room = consulting(tmp_path, desk, url=database_url)
    me = owner(room)
    number = room.issue(me, room.draft(me, CASE).id).number or ""
    before = [room.file(me, number, suffix) for suffix in ("md", "json")]
    desk.generation = "g2"
    later = consulting(tmp_path, desk, Clock(room.drafting.now().replace(year=2027)), url=database_url)
    object.__setattr__(later.drafting, "render", lambda *_, **__: pytest.fail("an issued report is not made again"))
    assert [later.file(me, number, suffix) for suffix in ("md", "json")] == before
    assert later.get(me, number).generation == "g1"


def test_a_draft_stays_on_its_generation_until_its_case_changes(tmp_path: Path, database_url: str) -> None:
    desk = FakeDesk()
    room = consulting(tmp_path, desk, url=database_url)
    me = owner(room)
    draft = room.draft(me, CASE)
    desk.generation = "g2"
    assert room.edit(me, draft.id, edits={"opinion": "의견"}).generation == "g1"
    assert room.edit(me, draft.id, case={"company": {"employees": 3}}).generation == "g2"


def test_documents_named_in_a_draft_stay_when_they_leave_the_corpus(tmp_path: Path, database_url: str) -> None:
    class ForgetfulDesk(FakeDesk):
        forgets = False

        def source(self, source_id: str, /) -> Source | None:
            return None if self.forgets else super().source(source_id)

    desk = ForgetfulDesk()
    room = consulting(tmp_path, desk, url=database_url)
    me = owner(room)
    draft = room.draft(me, CASE)
    desk.forgets = True
    assert SOURCE.title in room.issue(me, draft.id).report.texts


def test_a_reissue_is_a_new_draft_that_names_the_former_number(tmp_path: Path, database_url: str) -> None:
    room = consulting(tmp_path, url=database_url)
    me = owner(room)
    draft = room.draft(me, CASE)
    with pytest.raises(NotIssued):
        room.reissue(me, draft.id)
    room.edit(me, draft.id, edits={"opinion": "의견", "considerations_1": "살핌"})
    number = room.issue(me, draft.id).number or ""
    again = room.reissue(me, number)
    assert (again.status, again.former, again.number) == (Status.DRAFT, number, None)
    assert again.edits == {"opinion": "의견", "considerations_1": "살핌"}
    issued = room.issue(me, again.id)
    assert issued.number == "26-경인-00002"
    assert ("이전", number) in issued.report.cover
    assert room.get(me, number).number == number


def test_deleting_wipes_the_words_and_keeps_the_number_taken(tmp_path: Path) -> None:
    room = consulting(tmp_path)
    me = owner(room)
    number = room.issue(me, room.draft(me, CASE).id).number or ""
    draft = room.draft(me, CASE).id
    assert "비밀정밀".encode() in (tmp_path / "jiwon.sqlite").read_bytes()
    room.delete(me, number)
    room.delete(me, draft)
    for name in (number, draft):
        for use in (room.get, room.issue, room.reissue, room.delete):
            with pytest.raises(DiagnosisGone):
                use(me, name)
        with pytest.raises(DiagnosisGone):
            room.file(me, name, "md")
    with pytest.raises(NoSuchDiagnosis):
        room.get(owner(room, KEYS[1]), number)
    assert room.page(me) == (0, ())
    kept = b"".join(path.read_bytes() for path in tmp_path.glob("jiwon.sqlite*"))
    assert not [word for word in ("비밀정밀", "홍길동", "123-45-67890") if word.encode() in kept]
    assert room.issue(me, room.draft(me, CASE).id).number == "26-경인-00002"


def test_a_draft_nobody_touches_is_wiped(tmp_path: Path, database_url: str) -> None:
    clock = Clock()
    room = consulting(tmp_path, clock=clock, url=database_url)
    me = owner(room)
    draft, touched = room.draft(me, CASE).id, room.draft(me, CASE).id
    number = room.issue(me, room.draft(me, CASE).id).number or ""
    clock.pass_days(20)
    room.edit(me, touched, edits={"opinion": "보고 있음"})
    clock.pass_days(10)
    with pytest.raises(DiagnosisGone, match="기한"):
        room.issue(me, draft)
    assert room.get(me, touched).status is Status.DRAFT
    clock.pass_days(400)
    assert room.get(me, number).number == number
    assert [entry.number for entry in room.page(me)[1]] == [number]


def test_each_key_sees_its_own_alone(tmp_path: Path) -> None:
    room = consulting(tmp_path)
    first, second = (owner(room, key) for key in KEYS)
    draft = room.draft(first, CASE).id
    number = room.issue(first, room.draft(first, CASE).id).number or ""
    for name in (draft, number):
        for use in (room.get, room.issue, room.reissue, room.delete, room.edit):
            with pytest.raises(NoSuchDiagnosis) as refused:
                use(second, name)
            with pytest.raises(NoSuchDiagnosis) as absent:
                use(second, "26-경인-09999")
            assert str(refused.value) == str(absent.value)
    assert room.page(second) == (0, ())
    assert room.owners.owner_of("another-key-altogether") is None
    database = (tmp_path / "jiwon.sqlite").read_bytes()
    assert not [key for key in KEYS if key.encode() in database or key in repr(room)]


def test_a_list_is_paged_newest_first(tmp_path: Path, database_url: str) -> None:
    clock = Clock()
    room = consulting(tmp_path, clock=clock, url=database_url)
    me = owner(room)
    ids = []
    for _ in range(5):
        clock.pass_days(0.5)
        ids.append(room.draft(me, CASE).id)
    room.issue(me, ids[0])
    total, first = room.page(me, 1, 2)
    assert (total, [entry.id for entry in first]) == (5, ids[:2:-1])
    assert [entry.company for entry in first] == ["비밀정밀"] * 2
    assert room.page(me, 4, 2) == (5, ())
    assert [entry.id for entry in room.page(me, status=Status.ISSUED)[1]] == [ids[0]]
    assert room.page(me, status=Status.DELETED) == (0, ())


def test_where_the_rules_break_the_log_shows_where_and_no_word_of_the_company(
    tmp_path: Path, database_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    desk = FakeDesk(fails=ValueError("비밀정밀 홍길동"))
    room = consulting(tmp_path, desk, url=database_url)
    with pytest.raises(DiagnosisFailed) as failed:
        room.draft(owner(room), CASE)
    assert failed.value.__cause__ is None and failed.value.__suppress_context__
    said = capsys.readouterr().err
    assert "ValueError" in said and "fakes.py:" in said
    assert "비밀정밀" not in said and "홍길동" not in said
    desk.fails = IndexMissing("색인이 없습니다.")
    with pytest.raises(IndexMissing):
        room.draft(owner(room), CASE)


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_number_is_found_however_its_syllables_are_written(
    tmp_path: Path, database_url: str, form: Literal["NFC", "NFD"]
) -> None:
    room = consulting(tmp_path, url=database_url)
    me = owner(room)
    room.issue(me, room.draft(me, CASE).id)
    assert room.get(me, unicodedata.normalize(form, "26-경인-00001")).number == "26-경인-00001"


def test_a_file_is_named_after_the_number_and_nobody(tmp_path: Path, database_url: str) -> None:
    room = consulting(tmp_path, url=database_url)
    me = owner(room)
    draft = room.draft(me, CASE).id
    assert re.fullmatch(r"진단보고서_초안_[0-9a-f]{8}\.md", room.file(me, draft, "md").name)
    room.issue(me, draft)
    assert room.file(me, draft, "md").name == "진단보고서_26-경인-00001.md"
    assert shown(room, me, draft)["title"] == "진단"
