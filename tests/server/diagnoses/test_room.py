"""The room's desk: the form asks for everything there is, and a key opens only what is its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from rag.errors import JiwonError
from server.diagnoses.headings import headings
from server.diagnoses.intake import CaseRefused
from server.diagnoses.refusals import NoSuchDiagnosis
from server.diagnoses.room import ConsultingRoom
from tests.server.diagnoses.making import KEYS, consulting

FORM: dict[str, object] = {
    "회사명": "비밀정밀",
    "소재지": "경기도 화성시",
    "상시근로자 수": "32명",
    "연간 지원한도": "2천만원",
}


@pytest.fixture
def room(tmp_path: Path) -> ConsultingRoom:
    return ConsultingRoom(consulting(tmp_path))


def test_the_form_asks_for_everything_a_file_may_hold(room: ConsultingRoom) -> None:
    assert [field.label for field in room.fields] == [heading.label for heading in headings()]
    asked = {field.label: field for field in room.fields}
    assert "중소기업" in asked["규모"].options
    assert asked["바라는 지원"].is_many
    assert asked["바라는 지원"].is_survey
    assert not asked["소재지"].options


def test_what_was_typed_is_read_as_people_type_it(room: ConsultingRoom) -> None:
    draft = room.draft(KEYS[0], {**FORM, "바라는 지원": ["직원 교육", "자금 대출"]})
    assert draft.case["company"]["employees"] == 32
    assert draft.case["company"]["support_ceiling"] == 20_000_000
    assert draft.case["survey"]["wants"] == ["training", "loan"]


def test_every_value_that_cannot_be_read_is_named(room: ConsultingRoom) -> None:
    with pytest.raises(CaseRefused) as refused:
        room.draft(KEYS[0], {**FORM, "상시근로자 수": "여럿", "고용보험 성립일": "언젠가"})
    assert [sentence.split(":")[0] for sentence in refused.value.sentences] == ["상시근로자 수", "고용보험 성립일"]


def test_texts_are_kept_then_frozen_under_a_number(room: ConsultingRoom) -> None:
    draft = room.draft(KEYS[0], FORM)
    kept = room.edit(KEYS[0], draft.id, {"opinion": "먼저 상담합니다.", "considerations_3": "없는 자리"})
    assert kept.edits == {"opinion": "먼저 상담합니다."}
    issued = room.issue(KEYS[0], draft.id)
    assert issued.number
    assert issued.editable == ()
    assert "먼저 상담합니다." in room.preview(issued)


def test_no_key_opens_what_is_not_its_own(room: ConsultingRoom) -> None:
    draft = room.draft(KEYS[0], FORM)
    with pytest.raises(NoSuchDiagnosis):
        room.issue(KEYS[1], draft.id)
    with pytest.raises(JiwonError, match="열쇠가 맞지 않습니다"):
        room.draft("", FORM)
    with pytest.raises(JiwonError, match="열쇠가 맞지 않습니다"):
        room.issue("guess-guess-guess", draft.id)
