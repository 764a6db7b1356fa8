"""Choosing: subscriptions flow in; what is to be told to each is noted and queued in one step, at most once a day."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from server.alerts import profiles
from server.alerts.records import Item
from server.alerts.standings import facts
from server.alerts.telling import STOOD, news
from server.alerts.wording import body_of
from server.desks.desks import Desks
from server.logs import log
from server.store.outbox import Outbox, Told
from server.store.subscriptions import Subscription, Subscriptions


@dataclass(frozen=True, slots=True)
class Choice:
    """What one subscription is to be told, in the order of a message, and what is noted with it."""

    subscription: Subscription
    items: tuple[Item, ...]
    notes: tuple[Told, ...]
    is_first: bool


@dataclass(frozen=True, slots=True)
class Choosing:
    """Finds what there is to tell; `base` is the address of this server for links."""

    subscriptions: Subscriptions
    outbox: Outbox
    desks: Desks
    base: str

    def found(self, day: date) -> Iterator[Choice]:
        """What each subscription is to be told on a day, nothing written; one whose row is damaged is left out.

        Raises IndexMissing and StoreUnavailable.
        """
        for subscription in self.subscriptions.due(day.isoformat()):
            if self.outbox.is_busy(subscription.id, day.isoformat()):
                continue
            try:
                company = profiles.company(subscription.profile_json)
            except ValueError:
                log().error("subscription_damaged", subscription=subscription.id)
                continue
            told = self.outbox.told(subscription.id)
            known = frozenset(one.program for one in told if one.kind == STOOD)
            items, notes = news(self.desks.wait(facts, company, day, known), told)
            if items:
                yield Choice(subscription, items, notes, is_first=not told)

    def choose(self, day: date, moment: datetime) -> int:
        """Note and queue all of it; how many messages. Raises IndexMissing and StoreUnavailable."""
        return sum(self._queue(choice, day, moment) for choice in self.found(day))

    def _queue(self, choice: Choice, day: date, moment: datetime) -> bool:
        body = body_of(choice.items, day, self.base, is_first=choice.is_first)
        letter = uuid.uuid4().hex, body.model_dump_json()
        of_it = choice.subscription
        at = moment.isoformat(timespec="seconds")
        return self.outbox.choose(of_it.id, of_it.revision, day.isoformat(), choice.notes, letter, at)
