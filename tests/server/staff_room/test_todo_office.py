"""Staff look through the review by classes, decide one or all, and correct a value; what somebody else did is told."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from urllib.parse import unquote_plus

import pytest

from ingest.pipeline import sync
from rag.domain import Evidence, ReviewItem
from rag.embedders.kiwi import KiwiEmbedder
from rag.errors import JiwonError
from rag.generation import generations
from rag.publishing.items import Check, ItemKind, item
from rag.settings import Settings
from server.clock import now
from server.desks.desk import opener
from server.desks.service import Service
from server.staff_room.todo_lists import OF_CANDIDATE
from server.staff_room.todo_office import CORRECT_ALONE, EMPTY, GONE, NO_REASON, ReviewOffice
from server.store.checks import Checks
from tests.server.fakes import PROGRAM, REVIEW, FakeDesk
from tests.server.staff_room.staffing import Staffed, staffed
from ui.rooms.visitor import SignedOut, Visitor
from ui.staff.todo_port import DECIDED, TodoGroup, Verdict

DAY = date(2026, 3, 20)
WHY = "담당자와 통화하여 확인"


def missing(number: int) -> ReviewItem:
    """The phone of a programme that its document does not tell."""
    return replace(REVIEW[1], program=f"사업 <b>{number}</b>", field="contact", quote=f"글 {number}", pages=(17, 17))


class Reviewed(FakeDesk):
    """A desk whose review a test may change."""

    items: tuple[ReviewItem, ...] = REVIEW

    def review(self) -> tuple[ReviewItem, ...]:
        return self.items


@pytest.fixture
def here(tmp_path: Path) -> Staffed:
    return staffed(tmp_path)


@pytest.fixture
def desk() -> Reviewed:
    return Reviewed()


@pytest.fixture
def office(here: Staffed, desk: Reviewed, tmp_path: Path) -> Iterator[ReviewOffice]:
    """An office over a made-up desk, with a corpus in which nothing was corrected."""
    (tmp_path / "corpus").mkdir()
    (tmp_path / "CURRENT").write_text("g1\n", "utf-8")
    settings = Settings(data_dir=tmp_path, corpus_dir=tmp_path / "corpus")
    service = Service(tmp_path, lambda: desk)
    yield ReviewOffice(service, settings, here.database, here.staff, lambda: DAY)
    service.close()


def group(office: ReviewOffice, visitor: Visitor, field: str = "문의처") -> TodoGroup:
    """The class of a field."""
    return next(one for one in office.groups(visitor).groups if field in one.name)


def test_classes_come_by_harm_then_their_items_then_one_beside_its_page(
    here: Staffed, office: ReviewOffice, desk: Reviewed
) -> None:
    period = replace(REVIEW[1], program=PROGRAM.name, quote="신청은 4월 20일까지", pages=(17, 17))
    desk.items = (missing(1), REVIEW[0], period, missing(2), missing(3))
    lists = office.groups(here.visitor)
    assert [(one.name, one.count) for one in lists.groups] == [
        ("찾지 못한 값 · 문의처", 3),
        ("읽은 결과를 확인할 파일", 1),
        ("찾지 못한 값 · 신청기간", 1),
    ]
    found = office.lines(here.visitor, group(office, here.visitor, "신청기간").id, 10)
    (line,) = found.lines
    assert (line.subject, line.place) == (PROGRAM.name, "지원사업 안내 17쪽")
    one = office.item(here.visitor, line.id)
    assert one.values == ("2026년 3월 2일부터 4월 20일까지",) and one.field == "period"
    assert unquote_plus(one.picture) == "/desk/pages/guide/17.png?mark=신청은 4월 20일까지"
    assert [stretch.text for stretch in one.text if stretch.is_lit] == ["신청은  4월 20일까지"]
    whole = office.lines(here.visitor, group(office, here.visitor, "파일").id, 10).lines[0]
    assert (office.item(here.visitor, whole.id).field, office.item(here.visitor, whole.id).picture) == ("", "")


def test_whom_the_item_is_about_is_offered_first_and_the_form_in_place_of_the_file(
    here: Staffed, office: ReviewOffice, desk: Reviewed, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = replace(PROGRAM.contacts[0], organisation="나래협회", phones=())
    told = (replace(PROGRAM, contacts=(*PROGRAM.contacts, other)),)
    monkeypatch.setattr(Reviewed, "programs", lambda _: told)
    said = {"message": "나래협회의 전화번호가 없습니다.", "action": "확인한 값은 overrides.yaml에 적어 주세요."}
    desk.items = (replace(missing(1), program=PROGRAM.name, **said),)  # type: ignore[arg-type]
    (line,) = office.lines(here.visitor, group(office, here.visitor).id, 10).lines
    one = office.item(here.visitor, line.id)
    assert one.offices == ("나래협회", "가나다센터")
    assert one.action == "확인한 값은 '고치기'에 적어 주세요."


def test_one_is_decided_is_gone_and_can_be_opened_again(here: Staffed, office: ReviewOffice, desk: Reviewed) -> None:
    desk.items = (missing(1), missing(2))
    first = office.lines(here.visitor, group(office, here.visitor).id, 10).lines[0]
    with pytest.raises(JiwonError, match=NO_REASON):
        office.decide(here.visitor, first.id, Verdict.ACCEPT, " ")
    office.decide(here.visitor, first.id, Verdict.ACCEPT, WHY)
    assert (group(office, here.visitor).count, office.groups(here.visitor).decided) == (1, 1)
    (line,) = office.lines(here.visitor, DECIDED, 10).lines
    assert line.id == first.id and "'맞음'" in line.decision and WHY in line.decision
    office.decide(here.visitor, first.id, Verdict.REOPEN, "다시 봄")
    assert group(office, here.visitor).count == 2
    with pytest.raises(JiwonError, match=EMPTY):
        office.lines(here.visitor, DECIDED, 10)
    assert here.deeds() == [
        (f"/desk review reopen {first.id}", "done"),
        (f"/desk review accept {first.id}", "done"),
        (f"/desk review accept {first.id}", "refused"),
    ]


def test_what_somebody_else_decided_meanwhile_stays_and_is_told(
    here: Staffed, office: ReviewOffice, desk: Reviewed
) -> None:
    desk.items = (missing(1),)
    (line,) = office.lines(here.visitor, group(office, here.visitor).id, 10).lines
    office.decide(here.visitor, line.id, Verdict.SET_ASIDE, "먼저 정함")
    acts: tuple[Callable[[], object], ...] = (
        lambda: office.decide(here.visitor, line.id, Verdict.ACCEPT, WHY),
        lambda: office.correct(here.visitor, line.id, "alias", {"value": "다른 이름"}, WHY),
    )
    for act in acts:
        with pytest.raises(JiwonError, match="운영자님이 이 항목을 '볼 필요 없음'으로"):
            act()
    assert "먼저 정함" in office.item(here.visitor, line.id).decision


def test_all_of_a_class_are_decided_where_they_are_as_many_as_was_confirmed(
    here: Staffed, office: ReviewOffice, desk: Reviewed
) -> None:
    desk.items = tuple(map(missing, range(600)))
    whole = group(office, here.visitor)
    first = office.lines(here.visitor, whole.id, 5)
    assert (whole.count, len(first.lines)) == (600, 5)
    office.decide(here.visitor, first.lines[0].id, Verdict.ACCEPT, WHY)
    with pytest.raises(JiwonError, match="599개로 바뀌었습니다"):
        office.decide_all(here.visitor, whole.id, 600, Verdict.SET_ASIDE, WHY)
    assert office.decide_all(here.visitor, whole.id, 599, Verdict.SET_ASIDE, WHY) == 599
    with pytest.raises(JiwonError, match=EMPTY):
        office.decide_all(here.visitor, whole.id, 0, Verdict.SET_ASIDE, WHY)
    assert "'맞음'" in office.item(here.visitor, first.lines[0].id).decision


@pytest.mark.parametrize(
    ("field", "told", "wrong"),
    [
        ("contact", {"organisation": "가나다센터", "phones": "02-1"}, "전화번호 '02-1'의 꼴"),
        ("contact", {"phones": "02-000-0000"}, "기관이"),
        ("contact", {"organisation": "가나다센터"}, "전화번호나 전자우편 주소를 적거나"),
        ("period", {"closes_on": "4월 말"}, "마지막 날 '4월 말'은"),
        ("criterion", {"criterion": "employees", "allowed": "많음"}, "최솟값과 최댓값으로"),
        ("alias", {"value": "가" * 301}, "바른 값: 너무 깁니다"),
        ("budget", {"value": "많이"}, "금액이 아닙니다"),
    ],
)
def test_a_wrong_value_is_told_in_the_words_of_the_form_and_nothing_is_written(
    here: Staffed, office: ReviewOffice, desk: Reviewed, field: str, told: dict[str, object], wrong: str
) -> None:
    desk.items = (missing(1),)
    (line,) = office.lines(here.visitor, group(office, here.visitor).id, 10).lines
    with pytest.raises(JiwonError, match=wrong) as error:
        office.correct(here.visitor, line.id, field, told, WHY)
    assert "overrides.yaml" not in str(error.value) and "true" not in str(error.value)
    assert not (office.settings.corpus_dir / "overrides.yaml").exists()
    assert office.groups(here.visitor).decided == 0


def test_what_is_there_no_more_is_told(here: Staffed, office: ReviewOffice) -> None:
    for act in (
        lambda: office.item(here.visitor, "i0"),
        lambda: office.decide(here.visitor, "i0", Verdict.ACCEPT, WHY),
        lambda: office.lines(here.visitor, f"{OF_CANDIDATE}g9", 10),
    ):
        with pytest.raises(JiwonError, match=GONE):
            act()


def test_a_stranger_sees_and_does_nothing(office: ReviewOffice) -> None:
    stranger = Visitor("made up", "csrf")
    for act in (
        lambda: office.groups(stranger),
        lambda: office.lines(stranger, DECIDED, 10),
        lambda: office.item(stranger, "i0"),
        lambda: office.decide(stranger, "i0", Verdict.ACCEPT, WHY),
        lambda: office.decide_all(stranger, "g0", 1, Verdict.ACCEPT, WHY),
        lambda: office.correct(stranger, "i0", "alias", {}, WHY),
    ):
        with pytest.raises(SignedOut):
            act()


HEADER = "id,file,title,publisher,published_on,source_url\n"
NOTICE = """# 가람 바우처 공고

사업명: 가람 바우처

지원대상: 경기도에 있는 중소기업

신청기간: 2026. 3. 2. ~ 2026. 4. 20.

문의처: 가나다센터 031-000-0000
"""


def test_a_phone_that_a_candidate_brings_is_corrected_beside_its_page(
    here: Staffed, tmp_path: Path, kiwi: KiwiEmbedder
) -> None:
    corpus, data = tmp_path / "corpus", tmp_path / "data"
    corpus.mkdir()
    (corpus / "manifest.csv").write_text(f"{HEADER}a,a.md,가람 바우처 공고,,,\n", "utf-8")
    (corpus / "a.md").write_text(NOTICE, "utf-8")
    sync(corpus, data, kiwi, built_at="2026-03-01T00:00:00+09:00")
    (corpus / "a.md").write_text(NOTICE.replace("031-000-0000", "031-000-9999"), "utf-8")
    sync(corpus, data, kiwi, built_at="2026-03-02T00:00:00+09:00", stage=True)
    served, candidate = (record.id for record in generations(data))
    where = Evidence("a", (1, 1), "", "031-000-9999")
    was, then = "가나다센터 031-000-0000", "가나다센터 031-000-9999"
    found = item(ItemKind.CHANGED, "바뀝니다.", blocks=False, field="contact", was=was, now=then, now_at=where)
    found = replace(found, program="가람 바우처", year=None)
    added = replace(found, id="added", kind=ItemKind.ADDED, field="", was="", now="", now_at=None)
    check = Check(candidate, served, DAY, {}, 1, 0, 0, 0, (found, added, replace(found, id="whole", program="")))
    Checks(here.database).keep(check, now(), "자료 담당")
    settings = Settings(data_dir=data, corpus_dir=corpus, embedder="kiwi")
    service = Service(data, opener(settings))
    office = ReviewOffice(service, settings, here.database, here.staff, lambda: DAY)

    first = office.groups(here.visitor).groups[0]
    assert (first.id, first.count, first.candidate) == (f"{OF_CANDIDATE}{candidate}", 2, candidate)
    line, new = office.lines(here.visitor, first.id, 10).lines
    one = office.item(here.visitor, line.id)
    assert one.values == ("지금 판: 가나다센터 031-000-0000", "새 판: 가나다센터 031-000-9999")
    assert [stretch.text for stretch in one.text if stretch.is_lit] == ["031-000-9999"]
    whole = office.item(here.visitor, new.id)  # of what is new as a whole, the page of its phone
    assert any("031-000-9999" in stretch.text for stretch in whole.text if stretch.is_lit)
    with pytest.raises(JiwonError, match=CORRECT_ALONE):
        office.decide(here.visitor, line.id, Verdict.ACCEPT, WHY)
    told = {"organisation": "가나다센터", "phones": "031-000-1111, 031-000-2222", "emails": "", "remove": False}
    office.correct(here.visitor, line.id, "contact", told, WHY)
    written = (corpus / "overrides.yaml").read_text("utf-8")
    assert "031-000-1111" in written and "031-000-2222" in written and WHY in written and "운영자" in written
    service.close()
