"""Alerts on the command line: what is due is chosen and sent, or shown without anything being written."""

from __future__ import annotations

from rag.errors import JiwonError
from rag.settings import Settings
from server.alerts.choosing import Choice
from server.alerts.opening import Alerts, open_alerts, run
from server.alerts.wording import HEADS, body_of, subject
from server.clock import moment
from server.desks.desk import opener
from server.desks.service import Service
from server.sharing.catching_up import caught_up
from server.store.engine import open_database
from server.store.subscriptions import Channel

CHANNELS = {Channel.EMAIL: "전자우편", Channel.WEBHOOK: "웹훅", Channel.FEED: "피드"}
NOTHING = "보낼 알림이 없습니다."
WAITING = "앞서 보내지 못해 다시 보낼 알림이 {count}건 있습니다."
NOT_SENT = "알림 {count}건을 보내지 못했습니다. 나중에 'jiwon alerts'를 다시 실행하면 때가 된 것부터 다시 보냅니다."
DEAD = "알림 {count}건은 더 보내지 않습니다. 까닭은 GET /v1/corpus/outbox에서 볼 수 있습니다."


def alerts(settings: Settings, *, dry_run: bool) -> None:
    """Send what is due, or show it. Raises JiwonError where something could not be sent, IndexMissing too."""
    caught_up(settings)
    desks = Service(settings.data_dir, opener(settings))
    database = open_database(settings.database_url, settings.data_dir)
    opened = open_alerts(settings, database, desks, moment)
    try:
        if dry_run:
            _show(opened)
        else:
            _send(opened)
    finally:
        desks.close()
        database.close()


def _send(opened: Alerts) -> None:
    done = run(opened)
    came = done.came
    print(f"새 알림 {done.chosen}건을 골랐고, {came.sent}건을 보냈습니다.")
    told = [NOT_SENT.format(count=came.failed)] if came.failed else []
    told += [DEAD.format(count=came.dead)] if came.dead else []
    if told:
        raise JiwonError(" ".join(told))


def _show(opened: Alerts) -> None:
    now = opened.clock()
    found = list(opened.choosing.found(now.date()))
    if not found:
        print(NOTHING)
    else:
        for choice in found:
            _show_one(choice, opened)
        counts = [(CHANNELS[c], sum(one.subscription.channel is c for one in found)) for c in CHANNELS]
        told = ", ".join(f"{name} {count}건" for name, count in counts if count)
        print(f"{len(found)}곳에 보낼 알림이 있습니다({told}). 아무것도 보내거나 적지 않았습니다.")
    if waiting := opened.outbox.waiting(now.isoformat(timespec="seconds")):
        print(WAITING.format(count=waiting))


def _show_one(choice: Choice, opened: Alerts) -> None:
    body = body_of(choice.items, opened.clock().date(), opened.choosing.base, is_first=choice.is_first)
    print(f"{choice.subscription.id} ({CHANNELS[choice.subscription.channel]}) {subject(body)}")
    for event in body.events:
        print(f"  - {HEADS[event.kind]}: {event.name}. {event.standing}")
