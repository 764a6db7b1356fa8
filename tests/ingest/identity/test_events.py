"""What a notice changes of a call that stands already, and that it changes nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest

from ingest.identity.events import notice_numbers
from ingest.records.assembly import extract, link, told_apart
from ingest.text.sections import sections
from rag.domain import Changed, ChangeKind, Document, PeriodKind, PeriodStatus, Program, Source
from rag.patching import on_day
from rag.periods import best_period
from rag.standing.editions import usable
from tests.ingest.making import blocks, gazetteer, lexicon

CALL = """# 2026년 모의 공방 지원사업 참여기업 모집 공고
## 지원대상
- 경기도 소재 중소기업
## 지원내용
- 재료비 기업당 최대 900만원
- 교육비 기업당 최대 200만원
## 신청기간
- 2026. 4. 6.(월) ~ 2026. 4. 24.(금)
## 문의처
- 모의원 공방팀 031-000-4411
"""
AFTER = date(2026, 4, 27)


def read(text: str, title: str, day: str, id_: str = "later") -> list[Program]:
    """The programmes of one made-up notice."""
    source = Source(id_, f"{id_}.md", title, "모의원", day, None, id_)
    made = Document(source, blocks(text), 1)
    return extract(made, sections(made), lexicon(), gazetteer())


def told(*notices: tuple[str, str, str]) -> Program:
    """The one programme that notices, each a text, a title and a day, come to."""
    found, published, titles = [], {}, {}
    for number, (text, title, day) in enumerate(notices):
        id_ = f"n{number}"
        found += read(text, title, day, id_)
        published[id_], titles[id_] = day, title
    sources = {id_: Source(id_, f"{id_}.md", titles[id_], "모의원", day, None, id_) for id_, day in published.items()}
    (program,) = usable(link(told_apart(found, titles), published), sources.get)
    return program


CALLED = (CALL, "2026년 모의 공방 지원사업 참여기업 모집 공고", "2026-03-30")


def later(words: str, matter: str) -> Program:
    """The call as a later notice of one sentence leaves it."""
    title = f"2026년 모의 공방 지원사업 {matter}"
    text = f"# {title}\n## 안내사항\n- {words}\n## 문의처\n- 모의원 운영팀 031-000-4499"
    return told(CALLED, (text, title, "2026-04-20"))


def standing(program: Program, as_of: date) -> PeriodStatus:
    return best_period(program.periods, program, as_of)[1]


@pytest.mark.parametrize(
    "words",
    [
        "신청 마감일을 2026. 4. 24.(금)에서 2026. 5. 8.(금)로 연장합니다.",
        "접수기간을 2026. 5. 8.까지 2주 연장합니다.",
        "접수기간: 2026. 4. 6. ~ 4. 24. → 2026. 4. 6. ~ 5. 8. (연장)",
    ],
)
def test_an_extension_moves_the_last_day_and_nothing_else(words: str) -> None:
    alone, extended = told(CALLED), later(words, "접수기간 연장 공고")
    (period,) = extended.periods
    assert (period.opens_on, period.closes_on) == (date(2026, 4, 6), date(2026, 5, 8))
    assert standing(extended, AFTER) is PeriodStatus.OPEN and standing(alone, AFTER) is PeriodStatus.CLOSED
    assert (extended.criteria, extended.benefits) == (alone.criteria, alone.benefits)
    assert extended.contacts[0] == alone.contacts[0]
    assert not any("4. 24." in detail.text for detail in extended.details if detail.label == "신청기간")


def test_an_early_close_at_an_hour_closes_with_that_day() -> None:
    program = later("예산이 모두 소진되어 2026. 4. 21.(화) 15:00부로 접수를 마감합니다.", "접수 조기마감 안내")
    assert standing(program, date(2026, 4, 21)) is PeriodStatus.OPEN
    assert standing(program, date(2026, 4, 22)) is PeriodStatus.CLOSED
    assert program.periods[0].changed is ChangeKind.CLOSED


def test_an_early_close_without_a_day_closes_on_the_day_of_its_notice() -> None:
    program = later("신청이 몰려 접수를 조기 마감하였습니다.", "조기마감 안내")
    assert program.periods[0].closes_on == date(2026, 4, 20)


def test_a_call_that_is_called_off_is_never_open() -> None:
    program = later("사정에 따라 이 사업의 모집을 취소합니다.", "모집 취소 공고")
    assert standing(program, date(2026, 4, 10)) is PeriodStatus.CANCELLED
    assert program.benefits == told(CALLED).benefits


@pytest.mark.parametrize(
    "words",
    [
        '지원내용 중 "재료비 기업당 최대 900만원"을 "재료비 기업당 최대 600만원"으로 바로잡습니다.',
        "재료비 지원한도를 기업당 최대 900만원에서 600만원으로 정정합니다.",
    ],
)
def test_a_correction_of_one_figure_leaves_the_other_rows(words: str) -> None:
    program = later(words, "정정 공고")
    assert {benefit.ceiling for benefit in program.benefits} == {6_000_000, 2_000_000}
    given = [detail.text for detail in program.details if detail.label == "지원내용"]
    assert not any("900만" in text for text in given) and any("600만" in text for text in given)
    assert any("200만" in text for text in given)
    assert standing(program, date(2026, 4, 10)) is PeriodStatus.OPEN


def test_a_change_of_which_nothing_was_read_makes_the_standing_unknown() -> None:
    program = later("붙임 문서를 참고하시기 바랍니다.", "변경 공고")
    assert standing(program, date(2026, 4, 10)) is PeriodStatus.UNKNOWN
    assert program.periods[0].unread == "2026년 모의 공방 지원사업 변경 공고"


def test_a_possible_early_close_changes_nothing() -> None:
    text = CALL + "## 유의사항\n- 예산 소진 시 조기 마감될 수 있습니다.\n"
    assert told((text, *CALLED[1:])).patches == ()


def test_a_notice_of_another_matter_changes_nothing() -> None:
    assert standing(later("설명회를 열지 않습니다.", "설명회 취소 안내"), date(2026, 4, 10)) is PeriodStatus.OPEN


def test_an_extension_of_one_track_leaves_the_others() -> None:
    text = CALL.replace(
        "- 2026. 4. 6.(월) ~ 2026. 4. 24.(금)",
        "- 도자 분야: 2026. 4. 6. ~ 4. 24.\n- 목공 분야: 2026. 4. 6. ~ 4. 24.",
    )
    title = "2026년 모의 공방 지원사업 목공 분야 접수 연장 공고"
    change = f"# {title}\n## 안내사항\n- 목공 분야의 접수를 2026. 5. 8.까지 연장합니다."
    program = told((text, *CALLED[1:]), (change, title, "2026-04-20"))
    days = {period.track: period.closes_on for period in program.periods}
    assert days == {"도자 분야": date(2026, 4, 24), "목공 분야": date(2026, 5, 8)}


def test_a_whole_edition_published_later_replaces_the_earlier_one() -> None:
    text = CALL.replace("2026. 4. 24.(금)", "2026. 5. 8.(금)")
    program = told(CALLED, (text, "2026년 모의 공방 지원사업 참여기업 모집 변경 공고", "2026-04-20"))
    assert (program.source_id, program.periods[0].closes_on) == ("n1", date(2026, 5, 8))


def test_a_notice_that_leaves_out_the_round_means_the_one_call_there_is() -> None:
    call = (CALL, "2026년 모의 공방 지원사업 2차 참여기업 모집 공고", "2026-03-30")
    title = "2026년 모의 공방 지원사업 접수기간 연장 공고"
    text = f"# {title}\n## 안내사항\n- 접수기간을 2026. 5. 8.까지 연장합니다."
    program = told(call, (text, title, "2026-04-20"))
    assert program.key is not None
    assert (program.key.round, program.periods[0].closes_on) == ("2차", date(2026, 5, 8))


def test_a_number_that_takes_the_place_of_another_is_told_from_its_day_on() -> None:
    text = CALL.replace("031-000-4411", "031-000-4411 → 031-000-4412 (2026. 4. 13.부터 변경)")
    program = told((text, *CALLED[1:]))
    assert [c.phones for c in on_day(program, date(2026, 4, 12)).contacts] == [("031-000-4411",)]
    assert [c.phones for c in on_day(program, date(2026, 4, 13)).contacts] == [("031-000-4412",)]
    assert not any("4411" in detail.text for detail in program.details)


def test_a_number_changed_by_a_later_notice_takes_the_place_of_the_old_one() -> None:
    program = later("문의 전화를 031-000-4411에서 031-000-4415로 변경합니다.", "연락처 변경 안내")
    phones = [phone for contact in program.contacts for phone in contact.phones]
    assert "031-000-4411" not in phones and phones[0] == "031-000-4415"
    assert standing(program, date(2026, 4, 10)) is PeriodStatus.OPEN


def test_a_person_who_takes_over_answers_from_that_day_on() -> None:
    lines = "- 담당: 홍모의 주임 (031-000-4411)\n- 2026. 4. 13.부터 담당자가 성모의 대리(031-000-4412)로 바뀝니다."
    program = told((CALL.replace("- 모의원 공방팀 031-000-4411", lines), *CALLED[1:]))
    before, after = (on_day(program, date(2026, 4, day)).contacts for day in (12, 13))
    assert [c.phones for c in before] == [("031-000-4411",)]
    assert [c.phones for c in after] == [("031-000-4412",)]


def test_a_sibling_of_another_authority_is_not_changed() -> None:
    title = "2026년 모의 공방 지원사업 모집 취소 공고"
    text = f"# {title}\n## 안내사항\n- 모집을 취소합니다."
    (call,) = read(CALL, CALLED[1], CALLED[2], "a")
    (notice,) = read(text, title, "2026-04-20", "b")
    assert call.key is not None
    own = replace(call, ministry="나래원", agency="나래원")
    linked = link([own, notice], {"a": CALLED[2], "b": "2026-04-20"})
    days = {"a": CALLED[2], "b": "2026-04-20"}
    kept = usable(linked, {id_: Source(id_, "", "", "모의원", day, None, "") for id_, day in days.items()}.get)
    assert [standing(program, date(2026, 4, 10)) for program in kept if program.source_id == "a"] == [PeriodStatus.OPEN]


def test_a_cancellation_alone_is_told_as_such() -> None:
    title = "2026년 모의 공방 지원사업 모집 취소 공고"
    (program,) = read(f"# {title}\n## 안내사항\n- 모집을 취소합니다.", title, "2026-04-20")
    assert program.periods[0].kind is PeriodKind.UNSTATED and program.periods[0].is_cancelled
    assert [(patch.kind, patch.field) for patch in program.patches] == [(ChangeKind.CANCELLED, Changed.PERIOD)]


def test_a_row_of_changes_corrects_its_row_and_no_other() -> None:
    title = "2026년 모의 공방 지원사업 정정 공고"
    table = "| 구분 | 당초 | 정정 |\n| 지원내용 | 재료비 기업당 최대 900만원 | 재료비 기업당 최대 600만원 |"
    program = told(CALLED, (f"# {title}\n{table}\n## 문의처\n- 모의원 운영팀 031-000-4499", title, "2026-04-20"))
    given = [detail.text for detail in program.details if detail.label == "지원내용"]
    assert given == ["재료비 기업당 최대 600만원", "교육비 기업당 최대 200만원"]
    assert [benefit.ceiling for benefit in program.benefits] == [6_000_000, 2_000_000]
    assert program.contacts[0].phones == ("031-000-4411",)
    assert standing(program, date(2026, 4, 10)) is PeriodStatus.OPEN


def test_a_notice_that_states_one_row_anew_leaves_the_others() -> None:
    title = "2026년 모의 공방 지원사업 접수 연장 공고"
    program = told(CALLED, (f"# {title}\n## 신청기간\n- 2026. 4. 6. ~ 2026. 5. 8.", title, "2026-04-20"))
    alone = told(CALLED)
    assert program.periods[0].closes_on == date(2026, 5, 8)
    assert (program.contacts, program.benefits, program.criteria) == (alone.contacts, alone.benefits, alone.criteria)


def test_a_correction_of_what_no_row_holds_is_told_in_its_own_words() -> None:
    program = later("보조율을 50%에서 70%로 상향합니다.", "변경 공고")
    assert any("70%" in detail.text for detail in program.details)
    assert program.benefits == told(CALLED).benefits


def test_old_and_new_days_in_one_line_are_told_apart() -> None:
    program = later("(당초) 2026. 4. 6. ~ 4. 24. (변경) 2026. 4. 6. ~ 5. 8.", "기간연장 공고")
    assert program.periods[0].closes_on == date(2026, 5, 8)


def test_other_days_than_those_to_apply_move_no_deadline() -> None:
    title = "2026년 모의 공방 지원사업 변경 공고"
    table = "| 구분 | 당초 | 변경 |\n| 발표평가 | 2026. 4. 24. | 2026. 5. 8. |"
    program = told(CALLED, (f"# {title}\n{table}", title, "2026-04-20"))
    assert program.periods == told(CALLED).periods


@pytest.mark.parametrize(
    ("lines", "own", "others"),
    [
        (("모의원 공고 제2026-120호",), "2026-120", ()),
        (("공고번호: 제2026-7호",), "2026-7", ()),
        (
            ("모의원 공고 제2026–155호", "공고 제2026-120호(2026. 3. 2.)로 공고한 것을 연장합니다."),
            "2026-155",
            ("2026-120",),
        ),
        (("○ 원 공고번호: 제2026-120호",), "", ("2026-120",)),
        (("당초 공고: 모의원 공고 제2026-120호",), "", ("2026-120",)),
        (("모의부 고시 제2026-3호에 따라 공고합니다.",), "", ()),
    ],
)
def test_the_number_of_a_notice_is_told_from_those_that_it_speaks_of(
    lines: tuple[str, ...], own: str, others: tuple[str, ...]
) -> None:
    source = Source("a", "a.md", "모의 공방 지원사업", "모의원", "", None, "")
    assert notice_numbers(Document(source, blocks("\n".join(lines)), 1)) == (own, others)


def test_a_notice_that_leaves_out_the_round_is_joined_by_the_number_that_it_names() -> None:
    again = CALL.replace("4. 6.(월) ~ 2026. 4. 24.(금)", "6. 1.(월) ~ 2026. 6. 19.(금)")
    calls = (
        (f"{CALL}\n모의원 공고 제2026-12호", "2026년 모의 공방 지원사업 1차 모집 공고", "2026-03-30", "a"),
        (f"{again}\n모의원 공고 제2026-34호", "2026년 모의 공방 지원사업 2차 모집 공고", "2026-05-20", "b"),
    )
    title = "2026년 모의 공방 지원사업 기간 연장 공고"
    text = f"# {title}\n## 안내사항\n- 모의원 공고 제2026-34호로 공고한 사업의 접수기간을 2026. 6. 30.까지 연장합니다."
    found = [program for call in calls for program in read(*call)] + read(text, title, "2026-06-10", "c")
    days = {"a": "2026-03-30", "b": "2026-05-20", "c": "2026-06-10"}
    kept = usable(
        link(found, days), {id_: Source(id_, "", "", "모의원", day, None, "") for id_, day in days.items()}.get
    )
    assert {p.key.round: p.periods[0].closes_on for p in kept if p.key} == {
        "1차": date(2026, 4, 24),
        "2차": date(2026, 6, 30),
    }


def test_an_early_end_told_beside_what_was_planned_puts_the_new_day_and_its_hour_in_its_place() -> None:
    text = (
        "「모의 물류비 지원사업」은 당초 2026. 3. 9.부터 9. 30.까지 접수할 예정이었으나"
        " 예산이 소진되어 조기 마감합니다.\n"
        "변경 마감: 2026. 5. 29.(금) 16:00\n지원대상: 경기도 소재 중소기업\n지원한도: 기업당 300만원"
    )
    (program,) = read(text, "모의 물류비 지원사업 조기 마감 안내", "2026-05-20")
    (period,) = program.periods
    assert (period.opens_on, period.closes_on, period.closes_at) == (date(2026, 3, 9), date(2026, 5, 29), time(16))
    assert period.changed is ChangeKind.CLOSED


def test_whom_to_ask_about_a_cancellation_is_not_the_sentence_that_tells_it() -> None:
    text = (
        "공고 제2026-3호로 모집하던 「모의 공방 지원사업」(접수기간 2026. 4. 6. ~ 4. 24.)은 모집을 취소합니다.\n"
        "문의: 취소 관련 031-000-4411"
    )
    (program,) = read(text, "[취소] 모의 공방 지원사업 모집 취소 공고", "2026-04-02")
    assert all(period.is_cancelled and "취소합니다" in period.text for period in program.periods)
