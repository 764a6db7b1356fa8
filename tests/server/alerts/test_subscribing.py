"""Nobody is told who did not confirm; what opens a subscription is kept nowhere; what is stopped is erased at once."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest

from server.alerts.opening import open_alerts
from server.alerts.refusals import (
    AlertRefused,
    MailDown,
    NoMail,
    NoSuchSubscription,
    NotConfirmable,
    NotSubscribable,
    TooManyAtAddress,
)
from server.alerts.subscribing import PENDING_DAYS, stop_url
from server.asking.request import ProfileIn
from server.desks.service import Service
from server.store.subscriptions import Channel, State
from tests.server.alerts.conftest import PROFILE, World, words


def everything(world: World) -> bytes:
    """All bytes of the database."""
    return (world.folder / "jiwon.sqlite").read_bytes()


def test_a_mail_address_is_told_nothing_before_it_is_confirmed_by_its_mail(world: World) -> None:
    made = world.subscribe()
    assert (made.subscription.state, made.token, made.secret) == (State.PENDING, None, None)
    assert world.run().chosen == 0
    (mail,) = world.post.accepted
    assert "list-unsubscribe" not in mail
    token = world.mailed_token()
    assert world.alerts.subscribing.confirm(token).state is State.CONFIRMED
    assert world.alerts.subscribing.confirm(token).state is State.CONFIRMED
    assert world.run().came.sent == 1


def test_a_token_stands_nowhere_in_the_database(world: World) -> None:
    token = world.confirmed()
    world.run()
    assert token.encode() not in everything(world)
    assert token.partition("-")[2].encode() not in everything(world)


def test_what_was_not_confirmed_in_time_is_forgotten(world: World) -> None:
    world.subscribe()
    token = world.mailed_token()
    world.clock.pass_(days=PENDING_DAYS)
    with pytest.raises(NoSuchSubscription):
        world.alerts.subscribing.confirm(token)
    world.clock.pass_(seconds=1)
    world.run()
    assert world.rows("subscriptions") == []
    assert b"who@example.kr" not in everything(world)


def test_a_webhook_that_gives_back_the_word_is_confirmed_and_another_can_be_with_its_token(world: World) -> None:
    assert world.subscribe(Channel.WEBHOOK).subscription.state is State.CONFIRMED
    world.hook.echoes = False
    made = world.subscribe(Channel.WEBHOOK)
    assert made.subscription.state is State.PENDING
    assert made.token
    with pytest.raises(NotConfirmable, match="challenge"):
        world.alerts.subscribing.confirm(made.token)
    world.hook.echoes = True
    assert world.alerts.subscribing.confirm(made.token).state is State.CONFIRMED


@pytest.mark.parametrize("url", ["http://127.0.0.1:9/", "http://localhost/", "http://[::1]/", "http://10.0.0.1/"])
def test_a_private_webhook_is_refused_and_not_kept(world: World, url: str) -> None:
    world.alerts.subscribing.caller.outbound.allowed = ()
    with pytest.raises(NotSubscribable):
        world.alerts.subscribing.subscribe(PROFILE, Channel.WEBHOOK, url)
    assert world.rows("subscriptions") == []


@pytest.mark.parametrize(
    "address",
    [
        *(
            None,
            "",
            "who",
            "who@",
            "@example.kr",
            "who@example",
            "who@example.kr\r\nBcc: all@example.kr",
            "a b@example.kr",
        ),
        *(
            "<who@example.kr>",
            "who@example.kr,all@example.kr",
            "who@example..kr",
            "홍@example.kr",
            "w" * 65 + "@example.kr",
        ),
        *("who@example.kr\n", "who@-example.kr", ".who@example.kr"),
    ],
)
def test_what_is_no_mail_address_is_refused(world: World, address: str | None) -> None:
    with pytest.raises(NotSubscribable):
        world.subscribe(address=address)
    assert world.post.accepted == []


@pytest.mark.parametrize(
    "url", ["ftp://example.kr/", "http://", "http://user:word@example.kr/", "http://a b/", "x", None]
)
def test_what_is_no_webhook_is_refused(world: World, url: str | None) -> None:
    with pytest.raises(NotSubscribable):
        world.alerts.subscribing.subscribe(PROFILE, Channel.WEBHOOK, url)


def test_a_feed_takes_no_address_and_needs_no_confirmation(world: World) -> None:
    with pytest.raises(NotSubscribable):
        world.alerts.subscribing.subscribe(PROFILE, Channel.FEED, "who@example.kr")
    assert world.subscribe(Channel.FEED).subscription.state is State.CONFIRMED


def test_a_company_of_which_nothing_can_be_judged_is_refused(world: World) -> None:
    with pytest.raises(NotSubscribable, match="지역"):
        world.alerts.subscribing.subscribe(ProfileIn(needs=["설비"]), Channel.FEED, None)


def test_an_address_gets_one_confirmation_an_hour_and_three_that_wait_however_it_is_spelled(world: World) -> None:
    world.subscribe()
    with pytest.raises(TooManyAtAddress) as refused:
        world.subscribe(address="WHO@Example.kr")
    assert refused.value.retry_after == 3600
    for _ in range(2):
        world.clock.pass_(hours=1)
        world.subscribe()
    world.clock.pass_(hours=1)
    with pytest.raises(TooManyAtAddress):
        world.subscribe()
    assert len(world.post.accepted) == 3
    world.subscribe(address="other@example.kr")


def test_a_host_of_webhooks_has_three_that_wait(world: World) -> None:
    world.hook.echoes = False
    for _ in range(3):
        world.subscribe(Channel.WEBHOOK)
    with pytest.raises(TooManyAtAddress):
        world.subscribe(Channel.WEBHOOK)


def test_a_mail_that_cannot_be_sent_leaves_nothing_and_can_be_asked_for_again(world: World) -> None:
    world.post.at_the_end = "451 later"
    with pytest.raises(MailDown):
        world.subscribe()
    assert world.rows("subscriptions") == []
    world.post.says = {"who": "550 nobody"}
    with pytest.raises(NotSubscribable):
        world.subscribe()
    world.post.says, world.post.at_the_end = {}, "250 OK"
    assert world.subscribe().subscription.state is State.PENDING


def test_without_a_mail_server_mail_is_refused_and_the_rest_is_not(world: World) -> None:
    service = Service(world.folder, lambda: world.desk)
    bare = open_alerts(replace(world.settings, smtp_url=""), world.database, service, world.clock)
    with pytest.raises(NoMail):
        bare.subscribing.subscribe(PROFILE, Channel.EMAIL, "who@example.kr")
    assert bare.subscribing.subscribe(PROFILE, Channel.FEED, None).token


def test_stopping_erases_whom_it_was_for_and_holds_when_done_twice(world: World) -> None:
    token = world.confirmed()
    world.run()
    world.alerts.subscribing.stop(token)
    world.alerts.subscribing.stop(token)
    assert world.alerts.subscribing.find(token).state is State.STOPPED
    assert world.rows("told") == world.rows("outbox") == []
    for kept in (b"who@example.kr", "화성시".encode(), "설비".encode()):
        assert kept not in everything(world)
    with pytest.raises(NotConfirmable):
        world.alerts.subscribing.confirm(token)
    with pytest.raises(NotConfirmable):
        world.alerts.subscribing.change(token, PROFILE)
    world.clock.pass_(days=1)
    assert world.run().chosen == 0


def test_deleting_erases_every_row_at_once_also_of_what_waits(world: World) -> None:
    token = world.confirmed()
    world.alerts.choosing.choose(world.clock().date(), world.clock())
    assert world.rows("outbox")
    world.alerts.subscribing.remove(token)
    for table in ("subscriptions", "told", "outbox"):
        assert world.rows(table) == []
    assert b"who@example.kr" not in everything(world)
    with pytest.raises(NoSuchSubscription):
        world.alerts.subscribing.find(token)
    assert world.run().came.sent == 0


def test_the_link_of_a_message_stops_and_shows_or_changes_nothing(world: World) -> None:
    token = world.confirmed()
    found = world.alerts.subscribing.find(token)
    lesser = stop_url("", found.id, found.secret).split("/")[-2]
    subscribing = world.alerts.subscribing
    for refused in (subscribing.find, subscribing.confirm, lambda text: subscribing.change(text, PROFILE)):
        with pytest.raises(NoSuchSubscription):
            refused(lesser)
    subscribing.stop(lesser)
    assert subscribing.find(token).state is State.STOPPED


@pytest.mark.parametrize("wrong", ["", "-", "0" * 16, "0" * 16 + "-x", "한글", "a-" + "0" * 64])
def test_a_wrong_token_opens_and_stops_nothing(world: World, wrong: str) -> None:
    token = world.confirmed()
    for text in (wrong, token[:-1], token + "x", token.partition("-")[0] + "-" + "0" * 64, token.upper()):
        for done in (world.alerts.subscribing.find, world.alerts.subscribing.stop, world.alerts.subscribing.remove):
            with pytest.raises(AlertRefused) as refused:
                done(text)
            assert refused.value.status == 404
    assert world.alerts.subscribing.find(token).state is State.CONFIRMED


def test_words_that_tell_of_a_person_are_not_kept(world: World) -> None:
    told = ProfileIn.model_validate(
        {"size": "중소기업", "industry": "제조 010-1234-5678", "needs": ["설비, boss@example.kr로 연락"]}
    )
    world.alerts.subscribing.subscribe(told, Channel.FEED, None)
    for kept in (b"1234-5678", b"boss@example.kr"):
        assert kept not in everything(world)


def test_a_row_without_its_key_stops_with_its_token_alone(world: World) -> None:
    token = world.confirmed()
    with closing(sqlite3.connect(world.folder / "jiwon.sqlite")) as database, database:
        database.execute("UPDATE subscriptions SET secret = NULL")
    found = world.alerts.subscribing.find(token)
    for lesser in (stop_url("", found.id, found.secret), stop_url("", found.id, "0" * 64)):
        with pytest.raises(NoSuchSubscription):
            world.alerts.subscribing.stop(lesser.split("/")[-2])
    world.alerts.subscribing.stop(token)


def test_a_confirmation_says_what_to_do_and_until_when(world: World) -> None:
    world.subscribe()
    (mail,) = world.post.accepted
    assert "3일 안에" in words(mail)
    assert "https://jiwon.example/alerts/" in words(mail)
