"""Subscribing: a company and where to tell it flow in; once whoever has the address has confirmed it, it is told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from server.alerts import profiles, tokens
from server.alerts.mail import Mailer, Note, is_mail_address
from server.alerts.refusals import (
    MailDown,
    NoMail,
    NoSuchSubscription,
    NotConfirmable,
    NotSubscribable,
    TooManyAtAddress,
)
from server.alerts.sent import NotSent
from server.alerts.webhook import Caller, host_of, is_web_address
from server.asking.request import ProfileIn
from server.logs import log
from server.store.subscriptions import Burden, Channel, State, Subscription, Subscriptions

PENDING_DAYS = 3
"""For how long one can be confirmed, and how long one that was stopped is remembered to have been."""
MOST_PENDING = 3
"""How many of one address (of webhooks, of one host) may wait to be confirmed."""
BETWEEN = timedelta(hours=1)
"""How long after one confirmation mail an address gets no other."""
EMPTY = "profile: 지역, 업종, 인원, 규모, 설립 연도, 고용보험 가운데 하나는 적어 주세요."
NO_MAIL_ADDRESS = "address: 전자우편 주소가 아닙니다. 'name@example.kr'처럼 영문으로 적어 주세요."
NO_WEB_ADDRESS = "address: 웹훅 주소가 아닙니다. http://나 https://로 시작하는 주소를 적어 주세요."
PRIVATE = "address: 부를 수 없는 주소입니다. 밖에서 보이는 웹훅 주소를 적어 주세요."
NO_ADDRESS = "address: 피드에는 주소가 필요 없습니다. 빼고 보내 주세요."
OVER = "이미 멈춘 알림입니다. 다시 받으려면 새로 신청해 주세요."
NOT_ECHOED = "웹훅이 확인 값(challenge)을 되돌려주지 않았습니다. 답에 그 값을 넣도록 고친 뒤 다시 확인해 주세요."
SUBJECT = "[지원사업 알림] 신청을 확인해 주세요"
PLAIN = """이 주소로 지원사업 알림이 신청되었습니다.

받으시려면 3일 안에 이 주소를 열어 '받기'를 눌러 주세요:
{url}

신청하지 않으셨다면 아무것도 하지 않으셔도 됩니다. 3일 뒤에 지워집니다.
이 주소로 나중에 내용을 보거나 바꾸거나 멈출 수 있으니 남에게 알려 주지 마세요.
"""
HTML = (
    '<!doctype html><html lang="ko"><body><p>이 주소로 지원사업 알림이 신청되었습니다.</p>'
    '<p><a href="{url}">신청 확인하기</a> (3일 안)</p>'
    "<p>신청하지 않으셨다면 아무것도 하지 않으셔도 됩니다. 3일 뒤에 지워집니다. "
    "이 주소로 나중에 내용을 보거나 바꾸거나 멈출 수 있으니 남에게 알려 주지 마세요.</p></body></html>"
)


@dataclass(frozen=True, slots=True)
class Made:
    """A new subscription; its token and its key are told now and never again, the token of a mail only by that mail."""

    subscription: Subscription
    token: str | None
    secret: str | None


@dataclass(frozen=True, slots=True)
class Subscribing:
    """What may be done with subscriptions; `base` is the address of this server, without a slash at its end.

    Methods raise AlertRefused and StoreUnavailable.
    """

    subscriptions: Subscriptions
    mailer: Mailer | None
    caller: Caller
    base: str
    clock: Callable[[], datetime]

    def subscribe(self, profile: ProfileIn, channel: Channel, address: str | None) -> Made:
        """Keep one that waits to be confirmed; a feed needs no confirmation, for its token alone opens it."""
        if profiles.is_empty(profile):
            raise NotSubscribable(EMPTY)
        self._check(channel, address)
        moment, token, secret = self.clock(), tokens.new_token(), tokens.new_secret()
        is_feed = channel is Channel.FEED
        new = Subscription(
            id=token.id,
            digest=token.digest,
            state=State.CONFIRMED if is_feed else State.PENDING,
            channel=channel,
            address=address,
            address_digest=_counted(channel, address),
            secret=secret,
            profile_json=profiles.kept(profile),
            revision=0,
            created_at=_text(moment),
            confirmed_at=_text(moment) if is_feed else None,
            expires_at=None if is_feed else _text(moment + timedelta(days=PENDING_DAYS)),
            last_day=None,
        )
        since = _text(moment - BETWEEN) if channel is Channel.EMAIL else None
        burden = self.subscriptions.add(new, MOST_PENDING, since)
        if burden:
            raise TooManyAtAddress(_wait(burden, moment))
        if channel is Channel.EMAIL:
            self._ask_by_mail(new, token.text, moment)
            return Made(new, None, None)
        if channel is Channel.WEBHOOK:
            return Made(self._tried(new, moment), token.text, secret)
        return Made(new, token.text, None)

    @property
    def has_mail(self) -> bool:
        """Whether the operator has set what mails need."""
        return self.mailer is not None and bool(self.base)

    def find(self, token: str) -> Subscription:
        """The one that a token opens."""
        found = self.subscriptions.find(tokens.id_of(token))
        if not tokens.opens(token, found) or found is None or self._is_forgotten(found):
            raise NoSuchSubscription
        return found

    def confirm(self, token: str) -> Subscription:
        """Have it be told from now on; a webhook only where it answers as it should. Done twice, it holds."""
        found, moment = self.find(token), self.clock()
        if found.state is State.CONFIRMED:
            return found
        if found.state is State.STOPPED:
            raise NotConfirmable(OVER)
        if found.channel is Channel.WEBHOOK and not self._answers(found, moment):
            raise NotConfirmable(NOT_ECHOED)
        self.subscriptions.confirm(found.id, _text(moment))
        return self.find(token)

    def change(self, token: str, profile: ProfileIn) -> Subscription:
        """Have it be for another company from now on."""
        if profiles.is_empty(profile):
            raise NotSubscribable(EMPTY)
        if not self.subscriptions.change(self.find(token).id, profiles.kept(profile)):
            raise NotConfirmable(OVER)
        return self.find(token)

    def stoppable(self, token: str) -> Subscription:
        """The one that a token, or the address in a message, stops."""
        found = self.subscriptions.find(tokens.id_of(token))
        if not tokens.stops(token, found) or found is None or self._is_forgotten(found):
            raise NoSuchSubscription
        return found

    def stop(self, token: str) -> None:
        """Have nothing be sent any more, and erase whom it was for. Done twice, it holds."""
        found = self.stoppable(token)
        self.subscriptions.stop(found.id, _text(self.clock() + timedelta(days=PENDING_DAYS)))

    def remove(self, token: str) -> None:
        """Erase everything of it at once."""
        self.subscriptions.remove(self.stoppable(token).id)

    def _check(self, channel: Channel, address: str | None) -> None:
        if channel is Channel.EMAIL:
            if not self.has_mail:
                raise NoMail
            if not is_mail_address(address or ""):
                raise NotSubscribable(NO_MAIL_ADDRESS)
        elif channel is Channel.WEBHOOK:
            if not is_web_address(address or ""):
                raise NotSubscribable(NO_WEB_ADDRESS)
        elif address is not None:
            raise NotSubscribable(NO_ADDRESS)

    def _ask_by_mail(self, new: Subscription, token: str, moment: datetime) -> None:
        url = confirm_url(self.base, token)
        note = Note(new.id, new.address or "", SUBJECT, PLAIN.format(url=url), HTML.format(url=url), "", moment)
        try:
            assert self.mailer is not None
            self.mailer.send(note)
        except NotSent as error:
            log().warning("confirmation_not_sent", subscription=new.id, reason=error.reason)
            self.subscriptions.remove(new.id)
            if error.is_final:
                raise NotSubscribable(NO_MAIL_ADDRESS) from None
            raise MailDown from None

    def _tried(self, new: Subscription, moment: datetime) -> Subscription:
        """A webhook confirmed at once where it gives back the word; else it can be tried again with its token."""
        try:
            is_its_own = self.caller.answers(new.address or "", new.secret or "", moment)
        except NotSent as error:
            if error.is_final:
                self.subscriptions.remove(new.id)
                raise NotSubscribable(PRIVATE) from None
            is_its_own = False
        if is_its_own:
            self.subscriptions.confirm(new.id, _text(moment))
        return self.subscriptions.find(new.id) or new

    def _answers(self, found: Subscription, moment: datetime) -> bool:
        try:
            return self.caller.answers(found.address or "", found.secret or "", moment)
        except NotSent:
            return False

    def _is_forgotten(self, found: Subscription) -> bool:
        return found.expires_at is not None and found.expires_at <= _text(self.clock())


def confirm_url(base: str, token: str) -> str:
    """Where a mail leads whoever is to confirm."""
    return f"{base}/alerts/{token}/confirm"


def stop_url(base: str, id_: str, secret: str | None) -> str:
    """Where a message leads whoever wants no more of a subscription; what posts there stops it (RFC 8058)."""
    return f"{base}/alerts/{tokens.stopper(id_, secret or '')}/stop"


def _counted(channel: Channel, address: str | None) -> str | None:
    """By what several of an address are counted; letters of a mail address count alike."""
    if address is None:
        return None
    return tokens.digest(f"{channel} {host_of(address) if channel is Channel.WEBHOOK else address.lower()}")


def _wait(burden: Burden, moment: datetime) -> int:
    """In how many seconds an address may have another, as far as that is known."""
    last = datetime.fromisoformat(burden.last_at) if burden.last_at else moment
    return max(60, round((last + BETWEEN - moment).total_seconds()))


def _text(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")
