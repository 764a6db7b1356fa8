"""The KakaoTalk skill on the wire: what its bot sends flows in, bubbles within its limits flow out.

Forms and limits are those of the platform's guide "응답 타입별 JSON 포맷" (2.0): 1 to 3 outputs; 1,000 letters of a
simpleText, 400 of a textCard; 5 items of a listCard with 2 buttons, 3 buttons of a textCard; 10 quick replies; 14
letters of a label.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

MOST_OUTPUTS, MOST_ITEMS, MOST_REPLIES = 3, 5, 10
MOST_BUTTONS, MOST_BUTTONS_OF_LIST = 3, 2
MOST_IN_TEXT, MOST_IN_CARD, MOST_IN_LABEL = 1000, 400, 14
MOST_IN_HEADER, MOST_IN_TITLE, MOST_IN_LINE = 15, 36, 40

EXAMPLE: dict[str, Any] = {
    "userRequest": {
        "timezone": "Asia/Seoul",
        "utterance": "가상 바우처는 언제까지 신청하나요?",
        "user": {"id": "000000", "type": "botUserKey"},
    },
    "bot": {"id": "000000", "name": "지원"},
    "action": {"name": "묻기", "params": {}},
}


class UserRequest(BaseModel):
    """What a user said; everything else that is sent about the user is not read."""

    utterance: Annotated[str, Field(max_length=20_000)] = Field(
        description="사용자가 쓴 글. 2,000자가 넘으면 줄여 달라고 답합니다.", examples=["언제까지 신청하나요?"]
    )


class SkillRequest(BaseModel):
    """A request of a skill. The platform adds fields as it grows, so those that are not read are no fault."""

    model_config = ConfigDict(json_schema_extra={"examples": [EXAMPLE]})

    user_request: UserRequest = Field(
        alias="userRequest",
        description="사용자의 말. 사용자 id는 읽지 않고 남기지 않습니다.",
        examples=[EXAMPLE["userRequest"]],
    )


class SimpleText(BaseModel):
    """A bubble of text."""

    text: Annotated[str, Field(min_length=1, max_length=MOST_IN_TEXT)] = Field(
        description="글(1,000자까지)", examples=["4월 20일까지입니다. [1]"]
    )


class Button(BaseModel):
    """A button that calls or opens a page."""

    action: Literal["phone", "webLink"] = Field(description="전화(phone)인지 누리집(webLink)인지", examples=["phone"])
    label: Annotated[str, Field(max_length=MOST_IN_LABEL)] = Field(
        description="단추의 글(14자까지)", examples=["02-000-0000"]
    )
    phone_number: str | None = Field(
        default=None, serialization_alias="phoneNumber", description="걸 번호", examples=["02-000-0000"]
    )
    web_link_url: str | None = Field(
        default=None, serialization_alias="webLinkUrl", description="열 주소", examples=[None]
    )


class TextCard(BaseModel):
    """A bubble of text with buttons."""

    description: Annotated[str, Field(max_length=MOST_IN_CARD)] = Field(
        description="글(400자까지)", examples=["4월 20일까지입니다. [1]"]
    )
    buttons: Annotated[list[Button], Field(max_length=MOST_BUTTONS)] = Field(description="단추(3개까지)")


class ListHeader(BaseModel):
    """The head of a list."""

    title: Annotated[str, Field(max_length=MOST_IN_HEADER)] = Field(description="제목", examples=["지원사업 3개"])


class ListItem(BaseModel):
    """A line of a list; tapped, its message is sent."""

    title: Annotated[str, Field(max_length=MOST_IN_TITLE)] = Field(description="사업의 이름", examples=["가상 바우처"])
    description: Annotated[str, Field(max_length=MOST_IN_LINE)] = Field(
        description="마감과 접수 상태", examples=["4월 20일 마감, 31일 남음"]
    )
    action: Literal["message"] = Field(default="message", description="누르면 글을 보냅니다.", examples=["message"])
    message_text: str = Field(serialization_alias="messageText", description="보내는 글", examples=["가상 바우처"])


class ListCard(BaseModel):
    """Programmes, those that close soonest first."""

    header: ListHeader = Field(description="머리")
    items: Annotated[list[ListItem], Field(min_length=1, max_length=MOST_ITEMS)] = Field(description="사업(5개까지)")
    buttons: Annotated[list[Button], Field(max_length=MOST_BUTTONS_OF_LIST)] | None = Field(
        default=None, description="단추(2개까지)"
    )


class Output(BaseModel):
    """One bubble: exactly one of these."""

    simple_text: SimpleText | None = Field(default=None, serialization_alias="simpleText", description="글")
    text_card: TextCard | None = Field(default=None, serialization_alias="textCard", description="글과 단추")
    list_card: ListCard | None = Field(default=None, serialization_alias="listCard", description="사업의 목록")


class QuickReply(BaseModel):
    """What may be tapped in reply."""

    action: Literal["message"] = Field(default="message", description="누르면 글을 보냅니다.", examples=["message"])
    label: Annotated[str, Field(max_length=MOST_IN_LABEL)] = Field(
        description="보이는 글(14자까지)", examples=["얼마까지인가요?"]
    )
    message_text: str = Field(
        serialization_alias="messageText", description="보내는 글", examples=["가상 바우처 얼마까지인가요?"]
    )


class Template(BaseModel):
    """The bubbles of an answer."""

    outputs: Annotated[list[Output], Field(min_length=1, max_length=MOST_OUTPUTS)] = Field(
        description="말풍선(1~3개)", examples=[[{"simpleText": {"text": "4월 20일까지입니다. [1]"}}]]
    )
    quick_replies: Annotated[list[QuickReply], Field(max_length=MOST_REPLIES)] | None = Field(
        default=None, serialization_alias="quickReplies", description="바로 물을 것(10개까지)"
    )


class SkillResponse(BaseModel):
    """What the bot shows."""

    version: Literal["2.0"] = Field(default="2.0", description="형식의 판", examples=["2.0"])
    template: Template = Field(description="말풍선들")
