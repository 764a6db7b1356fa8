"""The room's desk: the form asks for everything there is, and who is signed in does only what is its own."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from rag.errors import JiwonError
from server.clock import moment
from server.diagnoses.consulting import Consulting
from server.diagnoses.headings import headings
from server.diagnoses.intake import CaseRefused
from server.diagnoses.owners import owners
from server.diagnoses.refusals import AlreadyIssued, NoSuchDiagnosis
from server.diagnoses.room import ConsultingRoom
from server.http.keys import Keys
from server.pages.acting import SignedIn
from server.pages.signing import Signing
from server.store.audit import Audit
from server.store.keyring import Keyring, Scope
from server.store.sessions import Sessions
from tests.server.diagnoses.making import KEYS, Clock, consulting
from ui.rooms.exposed import DIAGNOSIS
from ui.rooms.visitor import SignedAnew, SignedOut, Visitor

ADMIN = "a" * 20
FORM: dict[str, object] = {
    "회사명": "비밀정밀",
    "소재지": "경기도 화성시",
    "상시근로자 수": "32명",
    "연간 지원한도": "2천만원",
}


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def room(tmp_path: Path, clock: Clock) -> ConsultingRoom:
    return room_of(consulting(tmp_path, clock=clock))


def room_of(consulting: Consulting) -> ConsultingRoom:
    database = consulting.shelf.database
    keys = Keys(Keyring(database), ADMIN, owners(KEYS))
    signing = Signing(keys, Sessions(database), moment)
    return ConsultingRoom(consulting, SignedIn(signing, Audit(database), Scope.CONSULT, DIAGNOSIS))


def signed_in(room: ConsultingRoom, key: str = KEYS[0]) -> Visitor:
    """Whoever has signed in with a key, on a page loaded since."""
    begun = room.signed.signing.begin(key)
    assert begun
    return Visitor(begun[1], room.welcome(Visitor(begun[1])).csrf)


def test_the_form_asks_for_everything_a_file_may_hold(room: ConsultingRoom) -> None:
    assert [field.label for field in room.fields] == [heading.label for heading in headings()]
    asked = {field.label: field for field in room.fields}
    assert "중소기업" in asked["규모"].options
    assert asked["바라는 지원"].is_many and asked["바라는 지원"].is_survey
    assert not asked["소재지"].options


def test_what_was_typed_is_read_as_people_type_it_and_shown_as_it_was_read(room: ConsultingRoom) -> None:
    who = signed_in(room)
    draft = room.save(who, "", {**FORM, "바라는 지원": ["직원 교육", "자금 대출"]})
    case = room.consulting.get(owners(KEYS).owner_of(KEYS[0]) or "", draft.id).case
    assert case["company"]["employees"] == 32 and case["survey"]["wants"] == ["training", "loan"]
    assert draft.values == {
        **FORM,
        "상시근로자 수": "32",
        "연간 지원한도": "2,000만 원",
        "바라는 지원": ["직원 교육", "자금 대출"],
    }


def test_of_a_draft_that_is_there_only_what_changed_is_sent_and_what_was_emptied_goes(room: ConsultingRoom) -> None:
    who = signed_in(room)
    draft = room.save(who, "", FORM)
    same = room.save(who, draft.id, draft.values)
    assert same.values == draft.values
    others = {label: value for label, value in draft.values.items() if label != "연간 지원한도"}
    changed = room.save(who, draft.id, {**others, "상시근로자 수": "40"})
    assert changed.id == draft.id
    assert changed.values == {**others, "상시근로자 수": "40"}


def test_every_value_that_cannot_be_read_is_named(room: ConsultingRoom) -> None:
    with pytest.raises(CaseRefused) as refused:
        room.save(signed_in(room), "", {**FORM, "상시근로자 수": "여럿", "고용보험 성립일": "언젠가"})
    assert [sentence.split(":")[0] for sentence in refused.value.sentences] == ["상시근로자 수", "고용보험 성립일"]


def test_texts_come_filled_with_what_the_documents_say_and_that_is_no_edit(room: ConsultingRoom) -> None:
    who = signed_in(room)
    draft = room.save(who, "", FORM)
    assert draft.texts["considerations_1"]
    assert room.write(who, draft.id, draft.texts).edited == frozenset()
    kept = room.write(who, draft.id, {**draft.texts, "opinion": "먼저 상담합니다.", "considerations_3": "없는 자리"})
    assert kept.edited == {"opinion"}
    again = room.open(who, draft.id)
    assert again.texts["opinion"] == "먼저 상담합니다." and again.texts == kept.texts
    emptied = room.write(who, draft.id, {"considerations_1": " ", "opinion": ""})
    assert emptied.edited == frozenset() and emptied.texts == draft.texts


def test_an_issued_one_is_frozen_under_its_number_and_begun_anew(room: ConsultingRoom) -> None:
    who = signed_in(room)
    draft = room.save(who, "", FORM)
    room.write(who, draft.id, {"opinion": "먼저 상담합니다."})
    issued = room.issue(who, draft.id)
    assert issued.number and issued.editable == () and "먼저 상담합니다." in issued.document
    with pytest.raises(AlreadyIssued):
        room.issue(who, draft.id)
    renewed = room.reissue(who, draft.id)
    assert (renewed.number, renewed.former, renewed.texts["opinion"]) == (None, issued.number, "먼저 상담합니다.")
    assert room.open(who, issued.number).id == issued.id


def test_the_list_is_searched_by_name_and_number_and_state_and_tells_what_is_next_due(
    room: ConsultingRoom, clock: Clock
) -> None:
    who = signed_in(room)
    first = room.save(who, "", {**FORM, "회사명": "금속가공 공장"})
    number = room.issue(who, first.id).number
    assert number
    clock.pass_days(1)
    room.save(who, "", {**FORM, "회사명": "식품 공장"})

    def found(words: str, is_issued: bool | None = None) -> list[str]:
        return [line.company for line in room.find(who, words, is_issued, 20)[1]]

    assert found("") == ["식품 공장", "금속가공 공장"]
    assert found("금속 가공") == found(number) == found("", True) == ["금속가공 공장"]
    assert found("", False) == ["식품 공장"]
    assert found("없는 이름") == []
    clock.pass_days(-300)
    total, some = room.find(who, "공장", None, 1)
    assert (total, len(some)) == (2, 1)
    assert some[0].until and not room.find(who, number, None, 1)[1][0].until


def test_two_are_compared_line_by_line_the_older_one_first(room: ConsultingRoom, clock: Clock) -> None:
    who = signed_in(room)
    old = room.save(who, "", FORM)
    room.issue(who, old.id)
    clock.pass_days(1)
    new = room.reissue(who, old.id)
    room.save(who, new.id, {**new.values, "상시근로자 수": "40"})
    pair = room.compare(who, new.id, old.id)
    told = {label: (first, second) for label, first, second in pair.rows}
    assert told["상시근로자 수"] == ("32", "40") and told["소재지"] == ("경기도 화성시", "경기도 화성시")
    assert pair.names[0].startswith("비밀정밀 26-") and "초안" in pair.names[1]


def test_nobody_gets_at_what_is_not_its_own(room: ConsultingRoom) -> None:
    who, other = signed_in(room), signed_in(room, KEYS[1])
    draft = room.save(who, "", FORM)
    for step in (room.open, room.issue, room.reissue):
        with pytest.raises(NoSuchDiagnosis):
            step(other, draft.id)
    with pytest.raises(NoSuchDiagnosis):
        room.compare(other, draft.id, draft.id)
    assert room.find(other, "", None, 20) == (0, ())


def test_without_a_session_of_a_consultant_nothing_is_done(room: ConsultingRoom) -> None:
    begun = room.signed.signing.begin(ADMIN)
    assert begun
    for stranger in (Visitor(""), Visitor("guess", "guess"), Visitor(begun[1])):
        with pytest.raises(SignedOut):
            room.find(stranger, "", None, 20)
        with pytest.raises(JiwonError):
            room.save(stranger, "", FORM)


def test_a_page_of_another_session_changes_nothing_and_gets_the_token_of_this_one(room: ConsultingRoom) -> None:
    who = signed_in(room)
    with pytest.raises(SignedAnew) as anew:
        room.save(replace(who, csrf="of another page"), "", FORM)
    assert anew.value.csrf == who.csrf
    assert room.find(who, "", None, 20) == (0, ())


def test_what_is_saved_and_issued_is_noted_and_what_is_only_typed_is_not(room: ConsultingRoom) -> None:
    who = signed_in(room)
    draft = room.save(who, "", FORM)
    room.write(who, draft.id, {"opinion": "의견"})
    room.issue(who, draft.id)
    with pytest.raises(AlreadyIssued):
        room.issue(who, draft.id)
    told = [(deed.action, deed.outcome) for deed in room.signed.audit.last(10)]
    issued = f"/diagnosis issue {draft.id}"
    assert told == [(issued, "refused"), (issued, "done"), ("/diagnosis save new", "done")]
