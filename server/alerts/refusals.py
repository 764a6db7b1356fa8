"""Refusals: what was asked of alerts and cannot be done flows out as one Korean sentence with its HTTP status.

AlertRefused
├── NoSuchSubscription  404  nothing is known of that token
├── TooManyAtAddress    429  the address has others that wait to be confirmed, or had a mail just now
├── NotSubscribable     422  the profile, the address or its answer is not such as can be used
├── NoMail              409  the operator has set no mail server
├── NotConfirmable      409  it is stopped, or its address did not answer as it should
├── SubscriptionDamaged 409  what was kept of the company cannot be read
└── MailDown            503  the mail server does not take mail now
"""

from __future__ import annotations

from fastapi import Request, Response

from rag.errors import JiwonError
from server.http.problems import RETRY_AFTER, problem, request_id_of


class AlertRefused(JiwonError):
    """A subscription cannot be had or changed so; `status` is the HTTP status that says the same."""

    status = 409
    retry_after: int | None = None


class NoSuchSubscription(AlertRefused):
    """Nothing is known of that token: it is wrong, expired or deleted, and a caller cannot tell which."""

    status = 404

    def __init__(self) -> None:
        super().__init__(
            "그런 알림이 없습니다. 주소를 확인하거나 새로 신청해 주세요. 기한이 지나 지워졌을 수도 있습니다."
        )


class NotSubscribable(AlertRefused):
    """The profile or the address is not such as can be used."""

    status = 422


class NoMail(AlertRefused):
    """The operator has set no mail server."""

    def __init__(self) -> None:
        super().__init__("전자우편 알림이 꺼져 있습니다. 웹훅이나 피드를 고르거나 운영자에게 문의해 주세요.")


class NotConfirmable(AlertRefused):
    """It is stopped, or its address did not answer as it should."""

    retry_after = 30


class SubscriptionDamaged(AlertRefused):
    """What was kept of the company cannot be read."""

    def __init__(self) -> None:
        super().__init__("보관한 기업 정보를 읽을 수 없습니다. 기업 정보를 다시 보내(PATCH) 주세요.")


class TooManyAtAddress(AlertRefused):
    """The address has others that wait to be confirmed, or had a mail just now."""

    status = 429

    def __init__(self, seconds: int) -> None:
        super().__init__("이 주소로 신청한 알림이 확인을 기다립니다. 먼저 그것을 확인하거나 나중에 다시 신청해 주세요.")
        self.retry_after = seconds


class MailDown(AlertRefused):
    """The mail server does not take mail now."""

    status = 503
    retry_after = int(RETRY_AFTER["Retry-After"])

    def __init__(self) -> None:
        super().__init__("지금 확인 메일을 보낼 수 없습니다. 잠시 뒤 다시 신청해 주세요.")


async def refused_problem(request: Request, error: Exception) -> Response:
    """A refusal as a problem."""
    assert isinstance(error, AlertRefused)
    headers = {"Retry-After": str(error.retry_after)} if error.retry_after else None
    return problem(error.status, str(error), request_id_of(request), headers)
