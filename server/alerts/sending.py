"""Sending: what is queued flows in, each letter to one sender at a time, and is marked once the channel has said yes.

The order is: claim (mark `sending`, on disk), hand over, mark `sent`. A sender that is killed between leaves the
letter claimed; after `LEASE_S` it is sent again under the same id (Message-ID, X-Jiwon-Delivery), for nobody can know
whether it was accepted. So nothing is lost, and what comes twice is known to be the same.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from server.alerts.mail import Mailer, Note
from server.alerts.sent import NotSent
from server.alerts.subscribing import stop_url
from server.alerts.webhook import Caller
from server.alerts.wording import Body, html, plain, subject
from server.logs import log
from server.store.outbox import Letter, Outbox
from server.store.subscriptions import Channel

LEASE_S = 300.0
"""After how long a letter that is being sent counts as left behind, in seconds: longer than any takes."""
WAITS_S = (60, 300, 1800, 7200, 21_600, 43_200, 43_200)
"""How long after each failure it is tried again, from a minute to twelve hours; some 37 hours in all."""
MOST_TRIES = len(WAITS_S) + 1
"""After so many a letter is dead: a person may have it tried again."""
OFF, DAMAGED = "메일 서버가 설정되지 않음", "보낼 내용이 손상됨"


@dataclass(frozen=True, slots=True)
class Came:
    """What came of sending: letters accepted, to be tried again, and given up."""

    sent: int = 0
    failed: int = 0
    dead: int = 0


@dataclass(frozen=True, slots=True)
class Sending:
    """Sends what is due; `base` is the address of this server for links."""

    outbox: Outbox
    mailer: Mailer | None
    caller: Caller
    base: str
    clock: Callable[[], datetime]

    def send_due(self) -> Came:
        """All that is due when this begins, each tried once. Raises StoreUnavailable."""
        until, channels = _text(self.clock()), {Channel.EMAIL, Channel.WEBHOOK}
        sent = failed = dead = 0
        while letter := self._claimed(channels, until):
            try:
                self._hand_over(letter)
            except NotSent as error:
                if error.is_outage:
                    # The others wait for another time rather than each for the same server.
                    channels.discard(letter.channel)
                if self._put_off(letter, error):
                    failed += 1
                else:
                    dead += 1
            else:
                self.outbox.sent(letter.id, _text(self.clock()))
                sent += 1
        return Came(sent, failed, dead)

    def _claimed(self, channels: Collection[Channel], until: str) -> Letter | None:
        now = self.clock()
        stale = _text(now - timedelta(seconds=LEASE_S))
        return self.outbox.claim(channels, until, _text(now), stale, MOST_TRIES)

    def _hand_over(self, letter: Letter) -> None:
        body = _body(letter)
        if letter.channel is Channel.WEBHOOK:
            told = {"id": letter.id, "type": "alert", **body.model_dump(mode="json")}
            content = json.dumps(told, ensure_ascii=False).encode()
            self.caller.send(letter.address or "", letter.secret or "", letter.id, content, self.clock())
            return
        if self.mailer is None:
            raise NotSent(OFF, is_outage=True)
        stop = stop_url(self.base, letter.subscription, letter.secret)
        told_by = (subject(body), plain(body, self.base, stop), html(body, self.base, stop))
        self.mailer.send(Note(letter.id, letter.address or "", *told_by, stop, self.clock()))

    def _put_off(self, letter: Letter, error: NotSent) -> bool:
        """Whether it is tried again."""
        log().warning("alert_not_sent", letter=letter.id, attempt=letter.attempts, reason=error.reason)
        now = self.clock()
        if error.is_final or letter.attempts >= MOST_TRIES:
            self.outbox.dead(letter.id, _text(now), error.reason)
            return False
        wait = float(WAITS_S[letter.attempts - 1])
        wait = min(max(wait, error.retry_after or 0.0), WAITS_S[-1])
        self.outbox.failed(letter.id, _text(now + timedelta(seconds=wait)), error.reason)
        return True


def _body(letter: Letter) -> Body:
    try:
        return Body.model_validate_json(letter.body_json or "")
    except ValueError:
        raise NotSent(DAMAGED, is_final=True) from None


def _text(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")
