"""Each letter is sent by one sender, tried again where it was not accepted, and known again where it comes twice."""

from __future__ import annotations

import hashlib
import hmac
import json
import sqlite3
from contextlib import closing

import pytest

from server.alerts.sending import LEASE_S, MOST_TRIES, WAITS_S
from server.store.outbox import Stage
from server.store.subscriptions import Channel
from tests.server.alerts.conftest import World, program


def counts(world: World) -> dict[Stage, int]:
    """How many letters there are of each stage, without those of which there is none."""
    return {stage: count for stage, count in world.alerts.outbox.counts().items() if count}


def test_a_mail_names_its_letter_and_stops_in_one_click(world: World) -> None:
    world.confirmed()
    world.run()
    (mail,) = world.post.accepted
    ((letter, *_),) = world.rows("outbox")
    assert mail["Message-ID"] == f"<{letter}@jiwon.example>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    link = str(mail["List-Unsubscribe"]).strip("<>")
    assert link.startswith("https://jiwon.example/alerts/")
    assert mail["Auto-Submitted"] == "auto-generated"
    html = mail.get_body(("html",))
    assert html is not None
    assert link in html.get_content()
    world.alerts.subscribing.stop(link.split("/")[-2])
    assert world.rows("outbox") == world.rows("told") == []


def test_what_was_sent_is_not_kept(world: World) -> None:
    world.confirmed()
    world.run()
    ((*_, body, state, _, _, _, sent_at, _),) = world.rows("outbox")
    assert (body, state, sent_at) == (None, "sent", "2026-03-20T09:00:00+09:00")


def test_a_webhook_gets_events_signed_under_its_key(world: World) -> None:
    made = world.subscribe(Channel.WEBHOOK)
    assert made.secret
    world.run()
    headers, body = world.hook.calls[-1]
    told = json.loads(body)
    assert told["type"] == "alert"
    assert [event["name"] for event in told["events"]] == ["바우처"]
    assert headers["X-Jiwon-Delivery"] == told["id"]
    moment, word = (part.partition("=")[2] for part in headers["X-Jiwon-Signature"].split(","))
    expected = hmac.new(made.secret.encode(), f"{moment}.".encode() + body, hashlib.sha256).hexdigest()
    assert hmac.compare_digest(word, expected)


def test_a_mail_server_that_is_down_loses_nothing_and_is_asked_once_a_round(world: World) -> None:
    for name in ("one", "two", "three"):
        world.confirmed(f"{name}@example.kr")
    world.post.at_the_end = "421 later"
    came = world.run().came
    assert (came.sent, came.failed, came.dead) == (0, 3, 0)
    world.post.at_the_end = "250 OK"
    world.clock.pass_(seconds=WAITS_S[0])
    assert world.run().came.sent == 3
    assert sorted(str(mail["To"]) for mail in world.post.accepted) == [
        "one@example.kr",
        "three@example.kr",
        "two@example.kr",
    ]


def test_no_mail_server_at_all_is_an_outage_of_all_mails_at_once(world: World) -> None:
    for name in ("one", "two", "three"):
        world.confirmed(f"{name}@example.kr")
    world.subscribe(Channel.WEBHOOK)
    object.__setattr__(world.alerts.sending.mailer, "url", "smtp://127.0.0.1:1")
    came = world.run().came
    assert (came.sent, came.failed, came.dead) == (1, 1, 0)
    assert counts(world) == {Stage.QUEUED: 3, Stage.SENT: 1}


def test_a_receiver_refused_for_good_is_dead_at_once_and_one_refused_for_now_is_tried_again(world: World) -> None:
    world.confirmed("gone@example.kr")
    world.confirmed("full@example.kr")
    world.post.says = {"gone": "550 no such user", "full": "452 full"}
    came = world.run().came
    assert (came.sent, came.failed, came.dead) == (0, 1, 1)
    (dead,) = world.alerts.outbox.graves(0, 10)
    assert (dead.channel, dead.attempts, dead.error) == (Channel.EMAIL, 1, "받는 주소가 거절됨(SMTP 550)")
    world.post.says = {}
    assert world.alerts.outbox.retry(dead.id, world.clock().isoformat(timespec="seconds"))
    world.clock.pass_(minutes=1)
    assert world.run().came.sent == 2


def test_tries_back_off_and_end_in_a_dead_letter(world: World) -> None:
    world.subscribe(Channel.WEBHOOK)
    world.hook.status = 500
    for wait in WAITS_S:
        assert world.run().came.failed == 1
        world.clock.pass_(seconds=wait - 1)
        assert world.run().came.failed == 0
        world.clock.pass_(seconds=1)
    assert world.run().came.dead == 1
    assert len(world.hook.alerts) == MOST_TRIES
    assert len({body["id"] for body in world.hook.alerts}) == 1
    assert counts(world) == {Stage.DEAD: 1}


def test_while_a_letter_waits_news_gathers_for_the_next_and_a_day_still_has_one(world: World) -> None:
    world.subscribe(Channel.WEBHOOK)
    world.hook.status = 500
    world.run()
    world.clock.pass_(days=1)
    world.desk.told.append(program("둘째"))
    world.hook.status = 200
    done = world.run()
    assert (done.chosen, done.came.sent) == (0, 1)
    assert world.run().chosen == 0
    world.clock.pass_(days=1)
    assert world.run().chosen == 1
    assert [event["name"] for event in world.hook.alerts[-1]["events"]] == ["둘째"]


@pytest.mark.parametrize(("header", "wait_s"), [("600", 600), ("999999999", WAITS_S[-1]), ("5", WAITS_S[0])])
def test_a_receiver_that_says_when_is_asked_then(world: World, header: str, wait_s: int) -> None:
    world.subscribe(Channel.WEBHOOK)
    world.hook.status, world.hook.headers = 429, {"Retry-After": header}
    world.run()
    world.clock.pass_(seconds=wait_s - 1)
    assert world.run().came.failed == 0
    world.clock.pass_(seconds=1)
    assert world.run().came.failed == 1


def test_a_receiver_that_is_gone_or_redirects_inside_is_not_followed(world: World) -> None:
    world.subscribe(Channel.WEBHOOK)
    world.hook.status, world.hook.headers = 302, {"Location": "http://169.254.169.254/"}
    assert world.run().came.failed == 1
    world.hook.status, world.hook.headers = 410, {}
    world.clock.pass_(seconds=WAITS_S[0])
    assert world.run().came.dead == 1


def test_an_address_that_has_become_private_is_never_called(world: World) -> None:
    world.subscribe(Channel.WEBHOOK)
    world.hook.calls.clear()
    world.alerts.sending.caller.outbound.allowed = ()
    assert world.run().came.dead == 1
    assert world.hook.calls == []


def test_a_receiver_that_hangs_is_left_and_tried_again(world: World) -> None:
    world.subscribe(Channel.WEBHOOK)
    world.alerts.sending.caller.outbound.timeout_s = 0.2
    world.hook.wait_s = 1.0
    assert world.run().came.failed == 1
    world.hook.wait_s = 0.0
    world.clock.pass_(seconds=WAITS_S[0])
    assert world.run().came.sent == 1


@pytest.mark.long
def test_what_a_killed_sender_left_is_sent_under_the_same_id_once_its_lease_is_over(world: World) -> None:
    world.confirmed()
    world.alerts.choosing.choose(world.clock().date(), world.clock())
    left = world.alerts.sending._claimed({Channel.EMAIL}, world.clock().isoformat(timespec="seconds"))
    assert left
    world.clock.pass_(seconds=LEASE_S - 1)
    assert world.run().came.sent == 0
    world.clock.pass_(seconds=2)
    assert world.run().came.sent == 1
    assert world.post.accepted[0]["Message-ID"] == f"<{left.id}@jiwon.example>"


def test_a_letter_that_kills_whoever_sends_it_is_dead_in_the_end(world: World) -> None:
    world.confirmed()
    world.alerts.choosing.choose(world.clock().date(), world.clock())
    for _ in range(MOST_TRIES):
        assert world.alerts.sending._claimed({Channel.EMAIL}, world.clock().isoformat(timespec="seconds"))
        world.clock.pass_(seconds=LEASE_S + 1)
    assert world.alerts.sending.send_due().sent == 0
    assert counts(world) == {Stage.DEAD: 1}


def test_of_two_senders_one_has_a_letter(world: World) -> None:
    world.confirmed()
    world.alerts.choosing.choose(world.clock().date(), world.clock())
    now = world.clock().isoformat(timespec="seconds")
    assert world.alerts.sending._claimed({Channel.EMAIL}, now)
    assert world.alerts.sending._claimed({Channel.EMAIL}, now) is None


def test_a_damaged_letter_is_dead_and_the_others_go(world: World) -> None:
    world.confirmed("one@example.kr")
    world.confirmed("two@example.kr")
    world.alerts.choosing.choose(world.clock().date(), world.clock())
    with closing(sqlite3.connect(world.folder / "jiwon.sqlite")) as database, database:
        id_ = world.rows("outbox")[0][0]
        database.execute("UPDATE outbox SET body_json = '{}' WHERE id = ?", (id_,))
    came = world.alerts.sending.send_due()
    assert (came.sent, came.dead) == (1, 1)
