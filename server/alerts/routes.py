"""Routes of alerts: who subscribes gets a token; with it one's own is shown, changed, stopped and read as a feed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Annotated

from fastapi import APIRouter, HTTPException, Path, Request, Response
from starlette.concurrency import run_in_threadpool

from server.alerts import feed, profiles
from server.alerts.refusals import NoSuchSubscription, SubscriptionDamaged
from server.alerts.subscribing import Made, Subscribing
from server.alerts.wire import (
    Stoppable,
    SubscriptionChange,
    SubscriptionIn,
    SubscriptionMade,
    SubscriptionOut,
    subscription_out,
)
from server.asking.request import ProfileIn
from server.desks.desks import Desk, Desks
from server.http.entry import TOO_OFTEN
from server.http.fresh import CALENDAR, RESPONSES, Wanted, fresh, read, wanted
from server.http.problems import refusals
from server.http.rates import Rates, caller_at, is_own_machine
from server.portal.filters import NO_PLACE
from server.store.subscriptions import State, Subscription

SUBSCRIBING = "10/hour"
"""How often one caller may subscribe, whatever the address; this machine's own is not counted."""
Token = Annotated[str, Path(max_length=200, description="신청할 때나 확인 메일로 받은 열쇠")]
# The address of such an answer opens something: it is told nowhere and kept by nobody.
PRIVATE = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}


def subscribing_routes(subscribing: Subscribing, desks: Desks, rates: Rates) -> APIRouter:
    """`POST /v1/subscriptions`; `rates` count who subscribes, here or by a page."""
    router = APIRouter(prefix="/v1", tags=["알림"])

    @router.post("/subscriptions", summary="알림을 신청합니다", status_code=201)
    async def subscribe(given: SubscriptionIn, request: Request, response: Response) -> SubscriptionMade:
        count(rates, request)
        await check_place(desks, given.profile)
        made = await run_in_threadpool(subscribing.subscribe, given.profile, given.channel, given.address)
        response.headers.update(PRIVATE)
        return _made(made)

    return router


def token_routes(subscribing: Subscribing, desks: Desks, today: Callable[[], date]) -> APIRouter:
    """What a token opens: `/v1/subscriptions/{token}` and `/v1/feeds/{token}`; links of messages lead here."""
    router = APIRouter(prefix="/v1", tags=["알림"])

    @router.get("/subscriptions/{token}", summary="알림 하나를 봅니다", responses=refusals(409))
    def subscription(token: Token, response: Response) -> SubscriptionOut:
        response.headers.update(PRIVATE)
        return subscription_out(subscribing.find(token))

    @router.patch("/subscriptions/{token}", summary="알림의 기업 정보를 바꿉니다", responses=refusals(409))
    async def change_subscription(token: Token, given: SubscriptionChange, response: Response) -> SubscriptionOut:
        await check_place(desks, given.profile)
        response.headers.update(PRIVATE)
        return subscription_out(await run_in_threadpool(subscribing.change, token, given.profile))

    @router.delete("/subscriptions/{token}", summary="알림과 그 기록을 모두 지웁니다", status_code=204)
    def delete_subscription(token: Token) -> None:
        subscribing.remove(token)

    @router.get("/subscriptions/{token}/confirm", summary="확인할 알림을 봅니다", responses=refusals(409))
    def subscription_to_confirm(token: Token, response: Response) -> SubscriptionOut:
        response.headers.update(PRIVATE)
        return subscription_out(subscribing.find(token))

    @router.post("/subscriptions/{token}/confirm", summary="알림을 확인합니다", responses=refusals(409))
    def confirm_subscription(token: Token, response: Response) -> SubscriptionOut:
        response.headers.update(PRIVATE)
        return subscription_out(subscribing.confirm(token))

    @router.get("/subscriptions/{token}/stop", summary="멈출 알림을 봅니다")
    def subscription_to_stop(token: Token, response: Response) -> Stoppable:
        response.headers.update(PRIVATE)
        return Stoppable(state=subscribing.stoppable(token).state)

    @router.post("/subscriptions/{token}/stop", summary="알림을 멈춥니다")
    def stop_subscription(token: Token, response: Response) -> Stoppable:
        subscribing.stop(token)
        response.headers.update(PRIVATE)
        return Stoppable(state=State.STOPPED)

    async def opened(request: Request, token: str, work: Callable[..., bytes], media_type: str) -> Response:
        found = await run_in_threadpool(subscribing.find, token)
        if found.state is not State.CONFIRMED:
            raise NoSuchSubscription
        try:
            company = profiles.company(found.profile_json)
        except ValueError:
            raise SubscriptionDamaged from None
        day = today()
        told = await desks.run(
            read, _of_it(request, day, found), work, company, day, _feed(found, request, subscribing)
        )
        response = fresh(told, media_type)
        response.headers["Cache-Control"] = "private, no-cache"
        response.headers["Referrer-Policy"] = "no-referrer"
        return response

    @router.get(
        "/feeds/{token}.xml",
        summary="내게 맞는 사업을 Atom 피드로",
        response_class=Response,
        responses={**RESPONSES, **refusals(409), 200: {"content": {feed.MEDIA_TYPE: {"schema": {"type": "string"}}}}},
    )
    async def feed_xml(request: Request, token: Token) -> Response:
        return await opened(request, token, feed.atom, f"{feed.MEDIA_TYPE}; charset=utf-8")

    @router.get(
        "/feeds/{token}.ics",
        summary="내게 맞는 사업의 일정을 달력 파일로",
        response_class=Response,
        responses={**RESPONSES, **refusals(409), 200: {"content": {"text/calendar": {"schema": {"type": "string"}}}}},
    )
    async def feed_ics(request: Request, token: Token) -> Response:
        return await opened(request, token, feed.calendar, CALENDAR)

    return router


def _made(made: Made) -> SubscriptionMade:
    is_read = made.secret is None and made.token is not None
    path = f"/v1/feeds/{made.token}"
    return SubscriptionMade(
        **dict(subscription_out(made.subscription)),
        token=made.token,
        secret=made.secret,
        feed_url=f"{path}.xml" if is_read else None,
        calendar_url=f"{path}.ics" if is_read else None,
    )


def count(rates: Rates, request: Request) -> None:
    """Raise HTTPException where one caller has subscribed too often."""
    holder = request.scope.get("state", {}).get("holder")
    address = request.client.host if request.client else ""
    if is_own_machine(address):
        return
    standing = rates.count(f"key {holder.id}" if holder else caller_at(address), SUBSCRIBING)
    if standing.is_over:
        raise HTTPException(429, TOO_OFTEN.format(seconds=standing.reset_s), {"Retry-After": str(standing.reset_s)})


async def check_place(desks: Desks, profile: ProfileIn) -> None:
    """Raise HTTPException where the place is none that is known: its programmes could not be found."""
    if profile.region and not await desks.run(_knows, profile.region):
        raise HTTPException(422, f"profile.{NO_PLACE}")


def _knows(desk: Desk, words: str) -> bool:
    return desk.knows_place(words)


def _of_it(request: Request, day: date, found: Subscription) -> Wanted:
    """What is read: another company makes it another."""
    asked = wanted(request, day)
    return Wanted(f"{asked.address} {found.revision}", day, asked.known)


def _feed(found: Subscription, request: Request, subscribing: Subscribing) -> feed.Feed:
    base = subscribing.base or str(request.base_url).rstrip("/")
    since = date.fromisoformat((found.confirmed_at or found.created_at)[:10])
    return feed.Feed(found.id, since, f"{base}{request.url.path}", base)
