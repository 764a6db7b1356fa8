"""Opening: settings, a database and desks flow in; all that alerts do flows out, with one round of it as a function."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from rag.outbound import Outbound
from rag.settings import Settings
from server.alerts.choosing import Choosing
from server.alerts.mail import Mailer
from server.alerts.sending import Came, Sending
from server.alerts.subscribing import Subscribing
from server.alerts.webhook import Caller
from server.desks.announcing_desks import Announcing, Board
from server.desks.desks import Desks
from server.store.announcements import Announcements
from server.store.engine import Database
from server.store.outbox import Outbox
from server.store.subscriptions import Subscriptions

SENT_DAYS = 30
"""For how long is known that something was sent."""


@dataclass(frozen=True, slots=True)
class Alerts:
    """What alerts do, over one database."""

    subscribing: Subscribing
    choosing: Choosing
    sending: Sending
    outbox: Outbox
    clock: Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Round:
    """What one round came to: messages newly chosen, and what came of sending what was due."""

    chosen: int
    came: Came


def open_alerts(settings: Settings, database: Database, desks: Desks, clock: Callable[[], datetime]) -> Alerts:
    """All of it; nothing is opened or asked yet. `clock` tells the moment in Korea."""
    subscriptions, outbox = Subscriptions(database), Outbox(database)
    # Nobody is told to apply where staff announced that nothing is received.
    announcing = Announcing(desks, Board(Announcements(database)))
    has_mail = settings.smtp_url and settings.smtp_from and settings.public_url
    mailer = Mailer(settings.smtp_url, settings.smtp_from) if has_mail else None
    caller, base = Caller(Outbound(settings.reachable)), settings.public_url
    return Alerts(
        Subscribing(subscriptions, mailer, caller, base, clock),
        Choosing(subscriptions, outbox, announcing, base),
        Sending(outbox, mailer, caller, base, clock),
        outbox,
        clock,
    )


def run(alerts: Alerts) -> Round:
    """One round: what is over is forgotten, what there is to tell is queued, what is due is sent.

    To be called by a thread, as often as is liked; several processes may do so at once. Raises IndexMissing and
    StoreUnavailable.
    """
    forget(alerts.outbox.database, alerts.clock())
    moment = alerts.clock()
    chosen = alerts.choosing.choose(moment.date(), moment)
    return Round(chosen, alerts.sending.send_due())


def forget(database: Database, moment: datetime) -> None:
    """Erase subscriptions never confirmed or over, and what was sent long ago. Raises StoreUnavailable."""
    Subscriptions(database).forget(moment.isoformat(timespec="seconds"))
    Outbox(database).forget((moment - timedelta(days=SENT_DAYS)).isoformat(timespec="seconds"))
