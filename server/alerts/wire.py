"""Subscriptions on the wire: what a caller sends flows in, what it may know of its own flows out."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, JsonValue

from server.alerts import profiles
from server.alerts.refusals import SubscriptionDamaged
from server.asking.request import ProfileIn
from server.asking.values import Inbound
from server.store.subscriptions import Channel, State, Subscription

EXAMPLE: dict[str, JsonValue] = {
    "profile": {
        "region": "경기도 화성시",
        "employees": 32,
        "industry": "자동차 부품 제조",
        "size": "중소기업",
        "needs": ["설비를 바꾸는 비용"],
    },
    "channel": "feed",
}
SPELLED = {"e-mail": Channel.EMAIL.value}


def _channel(value: object) -> object:
    return SPELLED.get(value, value) if isinstance(value, str) else value


class SubscriptionIn(Inbound):
    """Who is to be told, and how."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [EXAMPLE]})

    profile: ProfileIn = Field(description="기업 정보와 필요한 것. 이름처럼 맞추는 데 쓰지 않는 것은 받지 않습니다.")
    channel: Annotated[Channel, BeforeValidator(_channel)] = Field(
        description="email(전자우편), webhook(웹훅), feed(피드와 달력)", examples=["feed"]
    )
    address: Annotated[str, Field(max_length=2000)] | None = Field(
        default=None, description="전자우편 주소나 웹훅 주소. 피드에는 쓰지 않습니다.", examples=["name@example.kr"]
    )


class SubscriptionChange(Inbound):
    """Another company for it."""

    profile: ProfileIn = Field(description="이제부터 볼 기업 정보와 필요한 것. 앞의 것을 대신합니다.")


class SubscriptionOut(BaseModel):
    """A subscription as whoever has its token sees it; the address is not told."""

    state: State = Field(description="pending(확인을 기다림), confirmed(받는 중), stopped(멈춤)")
    channel: Channel = Field(description="어떻게 알리는지")
    profile: ProfileIn | None = Field(description="기업 정보. 멈추면 지워져 null입니다.")
    created_at: str = Field(description="신청한 때(ISO 8601, 한국)")
    confirmed_at: str | None = Field(description="확인한 때(ISO 8601, 한국). 아직이면 null")
    expires_at: str | None = Field(description="이때까지 확인하지 않으면, 또는 멈춘 뒤 이때에 지웁니다. 아니면 null")
    last_day: str | None = Field(description="마지막으로 알린 날(YYYY-MM-DD). 아직이면 null")


class Stoppable(BaseModel):
    """How a subscription stands for whoever may stop it, and see nothing else of it."""

    state: State = Field(description="pending(확인을 기다림), confirmed(받는 중), stopped(멈춤)")


class SubscriptionMade(SubscriptionOut):
    """A new subscription, with what is told once."""

    token: str | None = Field(
        description="이 알림을 보고 바꾸고 멈추는 열쇠. 한 번만 알려 줍니다. 전자우편이면 메일로만 보내고 null입니다."
    )
    secret: str | None = Field(description="웹훅 서명(X-Jiwon-Signature)을 확인하는 열쇠. 웹훅이 아니면 null")
    feed_url: str | None = Field(description="Atom 피드의 경로. 피드가 아니면 null")
    calendar_url: str | None = Field(description="달력(.ics)의 경로. 피드가 아니면 null")


def subscription_out(subscription: Subscription) -> SubscriptionOut:
    """One as its holder sees it. Raises SubscriptionDamaged."""
    profile = None
    if subscription.profile_json is not None:
        try:
            profile = profiles.shown(subscription.profile_json)
        except ValueError:
            raise SubscriptionDamaged from None
    return SubscriptionOut(
        state=subscription.state,
        channel=subscription.channel,
        profile=profile,
        created_at=subscription.created_at,
        confirmed_at=subscription.confirmed_at,
        expires_at=subscription.expires_at,
        last_day=subscription.last_day,
    )
