"""알림: a company and where to tell it flow in by a form; one's own subscription, to confirm or to stop, flows out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import ValidationError
from starlette.concurrency import run_in_threadpool

from rag.domain import SizeClass
from rag.errors import JiwonError
from server.alerts.refusals import AlertRefused, NotSubscribable
from server.alerts.routes import PRIVATE, check_place, count
from server.alerts.subscribing import BETWEEN, Made, Subscribing
from server.alerts.wire import SubscriptionIn, subscription_out
from server.desks.desks import Desks
from server.http.faults import faults
from server.http.rates import Rates
from server.pages.company import COMPANY, FIELDS, company_told, company_words, typed
from server.pages.responses import page
from server.store.subscriptions import Channel, State
from ui.pages.drawing import draw

LABELS = {
    **{name: label for name, label, *_ in FIELDS},
    "size": "규모",
    "insured": "고용보험",
    "channel": "받는 방법",
    "address": "받을 주소",
}
EMPTY = "지역, 업종, 직원 수, 규모, 설립연도, 고용보험 가운데 하나는 적어 주세요."
STATUSES = {State.PENDING: "확인을 기다립니다", State.CONFIRMED: "받고 있습니다", State.STOPPED: "멈췄습니다"}


@dataclass(frozen=True, slots=True)
class Form:
    """What was typed: the company by field, how to hear, and where."""

    company: Mapping[str, str]
    channel: str = Channel.FEED.value
    address: str = ""

    def request(self) -> SubscriptionIn:
        """As `/v1/subscriptions` takes it; a feed needs no address. Raises NotSubscribable saying what is wrong."""
        address = self.address.strip() if self.channel != Channel.FEED.value else ""
        told = {"profile": company_told(self.company), "channel": self.channel, "address": address or None}
        try:
            return SubscriptionIn.model_validate(told)
        except ValidationError as error:
            raise NotSubscribable(" ".join(faults(error.errors(), _label))) from error


def form_routes(subscribing: Subscribing, desks: Desks, rates: Rates) -> APIRouter:
    """`/alerts`, the form; `rates` count who subscribes, here or at `/v1/subscriptions`."""
    router = APIRouter(include_in_schema=False)

    @router.get("/alerts")
    async def form(sent: str = "") -> Response:
        if sent:
            return page(draw("alert_sent.html", here="/alerts", hours=BETWEEN.seconds // 3600))
        return page(_drawn(subscribing, Form({})))

    @router.post("/alerts")
    async def subscribe(caller: Request) -> Response:
        told = {name: value for name, value in (await caller.form()).items() if isinstance(value, str)}
        company = {name: told[name] for name in COMPANY if name in told}
        given = Form(company, told.get("channel", ""), told.get("address", ""))
        try:
            asked = given.request()
            count(rates, caller)
            await check_place(desks, asked.profile)
            made = await run_in_threadpool(subscribing.subscribe, asked.profile, asked.channel, asked.address)
        except HTTPException as error:
            return _again(subscribing, given, str(error.detail), error.status_code, error.headers)
        except AlertRefused as error:
            wait = {"Retry-After": str(error.retry_after)} if error.retry_after else None
            return _again(subscribing, given, str(error), error.status, wait)
        except JiwonError as error:
            return _again(subscribing, given, str(error), 503, None)
        return _next(made)

    return router


def own_routes(subscribing: Subscribing) -> APIRouter:
    """`/alerts/{token}` with what confirms and stops it: where mails and messages lead, also where asking is closed."""
    router = APIRouter(include_in_schema=False)

    @router.get("/alerts/{token}")
    @router.get("/alerts/{token}/confirm")
    def own(caller: Request, token: str) -> Response:
        return _private(_shown(subscribing, token, caller))

    @router.post("/alerts/{token}/confirm")
    def confirm(token: str) -> Response:
        subscribing.confirm(token)
        return RedirectResponse(f"/alerts/{token}", 303, PRIVATE)

    @router.get("/alerts/{token}/stop")
    def to_stop(token: str) -> Response:
        state = subscribing.stoppable(token).state
        return _private(draw("alert_stop.html", here="", is_over=state is State.STOPPED))

    @router.post("/alerts/{token}/stop")
    def stop(token: str) -> Response:
        subscribing.stop(token)
        # No redirect: whoever sends this for a mail program follows none (RFC 8058, section 3.2).
        return _private(draw("alert_stop.html", here="", is_over=True))

    return router


def _drawn(subscribing: Subscribing, given: Form, notice: str = "") -> str:
    return draw(
        "alerts.html",
        here="/alerts",
        fields=FIELDS,
        sizes=tuple(SizeClass),
        company=typed(given.company),
        channel=given.channel,
        address=given.address,
        has_mail=subscribing.has_mail,
        notice=notice,
    )


def _again(subscribing: Subscribing, given: Form, why: str, status: int, headers: Mapping[str, str] | None) -> Response:
    """The form with what was typed, and why it was not taken."""
    name, colon, rest = why.partition(": ")
    known = LABELS.get(name.removeprefix("profile."))
    notice = EMPTY if name == "profile" else f"{known}: {rest}" if colon and known else why
    made = page(_drawn(subscribing, given, notice), status, is_private=True)
    made.headers.update(headers or {})
    return made


def _next(made: Made) -> Response:
    """What follows a subscription: a mail to look for, a key to keep, or one's own page."""
    if made.token is None:
        return RedirectResponse("/alerts?sent=1", 303, PRIVATE)
    if made.secret is None:
        return RedirectResponse(f"/alerts/{made.token}", 303, PRIVATE)
    is_used = made.subscription.state is State.CONFIRMED
    html = draw("alert_key.html", here="/alerts", token=made.token, secret=made.secret, is_used=is_used)
    return _private(html, 201)


def _shown(subscribing: Subscribing, token: str, caller: Request) -> str:
    told = subscription_out(subscribing.find(token))
    base = subscribing.base or str(caller.base_url).rstrip("/")
    company: dict[str, Any] = told.profile.model_dump(mode="json", exclude_none=True) if told.profile else {}
    return draw(
        "alert.html",
        here="/alerts",
        token=token,
        told=told,
        status=STATUSES[told.state],
        company=company_words(company),
        needs=", ".join(company.get("needs", ())),
        feed=f"{base}/v1/feeds/{token}" if told.channel is Channel.FEED and told.state is State.CONFIRMED else "",
    )


def _private(html: str, status: int = 200) -> Response:
    made = page(html, status, is_private=True)
    made.headers.update(PRIVATE)
    return made


def _label(parts: object) -> str:
    """What a field is called on the form."""
    assert isinstance(parts, list | tuple)
    named = [part for part in parts if part != "profile"]
    return LABELS.get(named[0], named[0]) if named else "회사 정보"
