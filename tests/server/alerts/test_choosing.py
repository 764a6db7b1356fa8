"""What a subscriber is told, and that nothing is told twice, too often, or lost."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta

import pytest

from rag.announced import Announcement, Effect
from rag.domain import Verdict
from server.alerts.opening import open_alerts
from server.desks.service import Service
from server.store.announcements import Announcements
from server.store.engine import open_database
from tests.server.alerts.conftest import FIRST, World, phoned, program, words


def told(world: World) -> str:
    """The words of the one mail that came, which is forgotten."""
    (mail,) = world.post.accepted
    world.post.accepted.clear()
    return words(mail)


def test_the_first_message_lists_what_is_open_best_first_and_says_how_many_more_there_are(world: World) -> None:
    world.desk.told = [program(f"사업{n:02}") for n in range(25)]
    world.confirmed()
    world.run()
    text = told(world)
    assert "■ 회사에 맞는 사업" in text
    assert text.index("사업00") < text.index("사업19")
    assert "사업20" not in text
    assert "외 5개" in text
    assert "판정: 가능, 확인할 요건 있음. 중소기업이라 조건에 맞습니다." in text
    assert "확인할 것: 설립한 해는 언제인가요?" in text


def test_nothing_new_is_no_message_and_what_was_told_is_not_told_again(world: World) -> None:
    world.confirmed()
    assert world.run().chosen == 1
    for _ in range(3):
        world.clock.pass_(days=1)
        assert world.run().chosen == 0
    assert len(world.post.accepted) == 1


def test_a_day_has_one_message_that_gathers_all(world: World) -> None:
    world.confirmed()
    world.run()
    world.desk.told.append(program("둘째"))
    assert world.run().chosen == 0
    world.desk.told.append(program("셋째"))
    world.clock.pass_(days=1)
    world.run()
    world.run()
    _, second = world.post.accepted
    assert "둘째" in words(second)
    assert "셋째" in words(second)
    assert second["Subject"] == "[지원사업 알림] 새로 맞는 사업 2건"


def test_what_does_not_fit_is_over_or_is_of_an_earlier_year_is_not_told(world: World) -> None:
    world.desk.told = [
        program("안 맞음"),
        program("모름"),
        program("끝남", date(2026, 3, 10)),
        program("옛것", None, year=2024),
    ]
    world.desk.verdicts = {"안 맞음": Verdict.INELIGIBLE, "모름": None}
    world.confirmed()
    assert world.run().chosen == 0


@pytest.mark.parametrize("closes", [date(2026, 4, 20)])
def test_a_closing_is_called_out_14_7_3_and_1_days_before_once_each(world: World, closes: date) -> None:
    world.desk.told = [program("바우처", closes)]
    world.confirmed()
    world.run()
    world.post.accepted.clear()
    called = []
    for left in range(20, -3, -1):
        world.clock.moment = world.clock.moment.replace(month=3, day=20) + timedelta(days=31 - left)
        world.run()
        if world.post.accepted:
            assert "■ 곧 마감하는 사업" in told(world)
            called.append(left)
    assert called == [14, 7, 3, 1]


def test_a_closing_that_was_missed_is_called_out_on_the_next_day(world: World) -> None:
    world.confirmed()
    world.run()
    world.post.accepted.clear()
    world.clock.pass_(days=26)
    world.run()
    assert "5일 남았습니다" in told(world)
    world.clock.pass_(days=1)
    assert world.run().chosen == 0


def test_what_is_new_and_closes_soon_is_told_once(world: World) -> None:
    world.desk.told = [program("바우처", date(2026, 3, 23))]
    world.confirmed()
    world.run()
    assert told(world).count("- 바우처") == 1
    world.clock.pass_(days=1)
    assert world.run().chosen == 0


def test_a_cancelled_programme_is_told_even_where_it_fits_no_more(world: World) -> None:
    world.confirmed()
    world.run()
    world.post.accepted.clear()
    one = world.desk.told[0]
    world.desk.told = [replace(one, periods=(replace(one.periods[0], is_cancelled=True),))]
    world.desk.verdicts = {"바우처": Verdict.INELIGIBLE}
    world.clock.pass_(days=1)
    world.run()
    text = told(world)
    assert "■ 취소된 사업" in text
    assert "취소된 공고라 신청할 수 없습니다." in text
    world.clock.pass_(days=1)
    assert world.run().chosen == 0


def test_an_extension_is_told_from_and_to_and_its_closing_anew(world: World) -> None:
    world.desk.told = [program("바우처", date(2026, 3, 21))]
    world.confirmed()
    world.run()
    world.post.accepted.clear()
    world.desk.told = [program("바우처", date(2026, 3, 31))]
    world.clock.pass_(days=1)
    world.run()
    text = told(world)
    assert "■ 접수가 연장된 사업" in text
    assert "바뀐 것: 마감 2026년 3월 21일 → 2026년 3월 31일" in text
    world.clock.pass_(days=3)
    world.run()
    assert "■ 곧 마감하는 사업" in told(world)


def test_a_corrected_phone_sum_or_earlier_day_is_told_from_and_to_and_what_is_unread_is_not(world: World) -> None:
    world.confirmed()
    world.run()
    world.post.accepted.clear()
    one = world.desk.told[0]
    world.desk.told = [replace(one, contacts=(), benefits=())]
    world.clock.pass_(days=1)
    assert world.run().chosen == 0
    changed = phoned(program("바우처", date(2026, 4, 10)), "02-111-1111")
    world.desk.told = [replace(changed, benefits=(replace(one.benefits[0], ceiling=30_000_000),))]
    world.run()
    text = told(world)
    assert "■ 내용이 바뀐 사업" in text
    assert "바뀐 것: 문의 전화 02-000-0000 → 02-111-1111" in text
    assert "바뀐 것: 지원한도 최대 2,000만 원 → 최대 3,000만 원" in text
    assert "바뀐 것: 마감 2026년 4월 20일 → 2026년 4월 10일" in text
    world.clock.pass_(days=1)
    assert world.run().chosen == 0


def test_another_seat_of_the_company_is_no_correction(world: World) -> None:
    token = world.confirmed()
    world.run()
    moved = {"region": "부산광역시 중구구시", "size": "중소기업"}
    from server.asking.request import ProfileIn

    world.alerts.subscribing.change(token, ProfileIn.model_validate(moved))
    world.desk.told = [phoned(world.desk.told[0], "051-000-0000")]
    world.clock.pass_(days=1)
    assert world.run().chosen == 0


def test_a_dry_run_writes_nothing(world: World) -> None:
    world.confirmed()
    before = {table: world.rows(table) for table in ("subscriptions", "told", "outbox")}
    (choice,) = world.alerts.choosing.found(world.clock().date())
    assert choice.is_first
    assert [item.fact.name for item in choice.items] == ["바우처"]
    assert {table: world.rows(table) for table in before} == before


def test_of_two_that_choose_at_once_one_does(world: World) -> None:
    world.confirmed()
    other_database = open_database("", world.folder)
    service = Service(world.folder, lambda: world.desk)
    other = open_alerts(world.settings, other_database, service, world.clock).choosing
    day = world.clock().date()
    (mine,), (theirs,) = world.alerts.choosing.found(day), other.found(day)
    assert other._queue(theirs, day, world.clock())
    assert not world.alerts.choosing._queue(mine, day, world.clock())
    assert len(world.rows("outbox")) == 1
    other_database.close()


def test_what_was_chosen_for_another_company_than_it_is_now_is_not_queued(world: World) -> None:
    token = world.confirmed()
    day = world.clock().date()
    (choice,) = world.alerts.choosing.found(day)
    from tests.server.alerts.conftest import PROFILE

    world.alerts.subscribing.change(token, PROFILE)
    assert not world.alerts.choosing._queue(choice, day, world.clock())
    assert world.rows("told") == []


def test_a_damaged_row_costs_itself_alone(world: World) -> None:
    world.confirmed("one@example.kr")
    world.confirmed("two@example.kr")
    with closing(sqlite3.connect(world.folder / "jiwon.sqlite")) as database, database:
        database.execute("UPDATE subscriptions SET profile_json = '{' WHERE address = 'one@example.kr'")
    assert world.run().chosen == 1
    (mail,) = world.post.accepted
    assert mail["To"] == "two@example.kr"


def test_damaged_notes_are_taken_for_none_and_mended_by_the_next(world: World) -> None:
    world.confirmed()
    world.run()
    with closing(sqlite3.connect(world.folder / "jiwon.sqlite")) as database, database:
        database.execute("UPDATE told SET value_json = 'x'")
    world.clock.pass_(days=1)
    assert world.run().chosen == 1
    world.clock.pass_(days=1)
    assert world.run().chosen == 0


def test_a_message_stands_under_what_staff_announced(world: World) -> None:
    world.confirmed()
    stop = Announcement("", "접수 중단", FIRST, FIRST, program="가나 융자", effect=Effect.SUSPENDED, effect_since=FIRST)
    Announcements(world.database).post(stop, "시험 담당", "2026-03-20T08:00:00+09:00")
    world.desk.told = [program("다라 교육"), program("가나 융자")]
    world.run()
    other, stopped = told(world).partition("- 가나 융자")[::2]
    assert "접수 중이고" in other
    assert "접수 중이고" not in stopped and "중단" in stopped
