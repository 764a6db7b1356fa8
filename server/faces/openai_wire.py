"""The OpenAI form on the wire: a chat completion request flows in as a question, an answer flows out as completion."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, WithJsonSchema
from pydantic_core import PydanticCustomError

from rag.domain import AnswerStatus, Question
from rag.inbound import whole
from server.asking.records import CitationOut
from server.asking.request import AskRequest, ProfileIn, TurnIn
from server.asking.values import Day, Inbound

MODEL = "jiwon"
MOST_LETTERS, MOST_IN_TURN, MOST_PARTS = 2000, 20_000, 100
"""Letters of a question and of an earlier turn, and the parts that a content may be sent in; as for `/v1/ask`."""

IGNORED = "받지만 쓰지 않습니다."
EXAMPLE: dict[str, Any] = {
    "model": MODEL,
    "messages": [{"role": "user", "content": "가상 바우처는 언제까지 신청하나요?"}],
    "stream": False,
}


def _joined(content: object) -> object:
    """The texts of a content sent in parts, a line each. Raises PydanticCustomError for anything but text."""
    if content is None:
        return ""
    if not isinstance(content, list):
        return content
    texts = [part.get("text") for part in content if isinstance(part, dict) and part.get("type") == "text"]
    if len(texts) != len(content) or len(content) > MOST_PARTS or not all(isinstance(text, str) for text in texts):
        raise PydanticCustomError("text_only", "text only")
    return "\n".join(str(text) for text in texts)


def _content(least: int, most: int, **more: object) -> WithJsonSchema:
    """How a content is described: a text of so many letters, or parts of text."""
    text = {"type": "string", "minLength": least, "maxLength": most, **more}
    told = {"type": {"const": "text", "description": "글 조각이라는 것"}, "text": {**text, "description": "글"}}
    part = {"type": "object", "properties": told, "required": ["type", "text"]}
    parts = {"type": "array", "items": part, "minItems": least, "maxItems": MOST_PARTS}
    return WithJsonSchema({"anyOf": [text, parts, *([] if least else [{"type": "null"}])]})


Asked = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=MOST_LETTERS),
    BeforeValidator(_joined),
    _content(1, MOST_LETTERS, pattern=r"\S"),
]
Other = Annotated[str, Field(max_length=MOST_IN_TURN), BeforeValidator(_joined), _content(0, MOST_IN_TURN)]


def _exactly(kind: type) -> BeforeValidator:
    """Let only values of that very type through, and null: `False` is no 0, and 1 no `True`."""

    def checked(value: object) -> object:
        value = whole(value) if kind is int else value
        if value is not None and type(value) is not kind:
            raise PydanticCustomError("int_type" if kind is int else "bool_type", "of another type")
        return value

    return BeforeValidator(checked)


Flag = Annotated[bool, Field(strict=True)]
Whole = Annotated[int, Field(strict=True), BeforeValidator(whole)]
Real = Annotated[float, Field(strict=True)]
One = Annotated[Literal[1], _exactly(int)]
Zero = Annotated[Literal[0], _exactly(int)]
Never = Annotated[Literal[False], _exactly(bool)]


class UserMessage(Inbound):
    """What the asker says; the last is the question."""

    role: Literal["user"] = Field(description="묻는 사람", examples=["user"])
    content: Asked = Field(description="글(1~2,000자), 또는 글 조각(type이 text)의 목록", examples=["언제까지죠?"])
    name: str | None = Field(default=None, description=IGNORED, examples=[None])


class OtherMessage(Inbound):
    """An earlier answer, which may come back as it was received, or words that are not used."""

    role: Literal["system", "developer", "assistant"] = Field(
        description="assistant는 앞선 답. system과 developer의 글은 쓰지 않습니다.", examples=["assistant"]
    )
    content: Other = Field(default="", description="글, 또는 글 조각(type이 text)의 목록", examples=["있습니다."])
    name: str | None = Field(default=None, description=IGNORED, examples=[None])
    refusal: str | None = Field(default=None, description=IGNORED, examples=[None])
    annotations: list[Any] | None = Field(default=None, description=IGNORED, examples=[None])
    audio: None = Field(default=None, description="소리는 받지 않습니다.", examples=[None])
    tool_calls: Annotated[list[Any], Field(max_length=0)] | None = Field(
        default=None, description="도구는 부르지 않습니다.", examples=[None]
    )
    function_call: None = Field(default=None, description="함수는 부르지 않습니다.", examples=[None])


Message = Annotated[UserMessage | OtherMessage, Field(discriminator="role")]


def _with_question(messages: list[Message]) -> list[Message]:
    if not any(message.role == "user" for message in messages):
        raise PydanticCustomError("no_question", "no question")
    return messages


class StreamOptions(Inbound):
    """What comes with a stream."""

    include_usage: Flag = Field(default=False, description="끝에 usage를 보낼지", examples=[True])
    include_obfuscation: Flag | None = Field(default=None, description=IGNORED, examples=[None])


class TextFormat(Inbound):
    """The only form of an answer."""

    type: Literal["text"] = Field(description="글만 됩니다.", examples=["text"])


class Tuning(Inbound):
    """Parameters that steer a language model. An answer comes from records, so they change nothing."""

    temperature: Real | None = Field(default=None, description=IGNORED, examples=[0.2])
    top_p: Real | None = Field(default=None, description=IGNORED, examples=[1.0])
    max_tokens: Whole | None = Field(default=None, description=f"{IGNORED} 답을 자르지 않습니다.", examples=[512])
    max_completion_tokens: Whole | None = Field(default=None, description=IGNORED, examples=[512])
    presence_penalty: Real | None = Field(default=None, description=IGNORED, examples=[0.0])
    frequency_penalty: Real | None = Field(default=None, description=IGNORED, examples=[0.0])
    logit_bias: dict[str, Real] | None = Field(default=None, description=IGNORED, examples=[None])
    seed: Whole | None = Field(default=None, description=f"{IGNORED} 같은 물음의 답은 같습니다.", examples=[7])
    stop: str | list[str] | None = Field(default=None, description=f"{IGNORED} 답을 자르지 않습니다.", examples=[None])
    reasoning_effort: str | None = Field(default=None, description=IGNORED, examples=["low"])
    verbosity: str | None = Field(default=None, description=IGNORED, examples=["low"])
    prediction: dict[str, Any] | None = Field(default=None, description=IGNORED, examples=[None])
    service_tier: str | None = Field(default=None, description=IGNORED, examples=["auto"])
    user: str | None = Field(default=None, description=f"{IGNORED} 남기지도 않습니다.", examples=["u-1"])
    safety_identifier: str | None = Field(default=None, description=f"{IGNORED} 남기지도 않습니다.", examples=[None])
    metadata: dict[str, str] | None = Field(default=None, description=f"{IGNORED} 남기지도 않습니다.", examples=[None])
    prompt_cache_key: str | None = Field(default=None, description=IGNORED, examples=[None])
    prompt_cache_retention: str | None = Field(default=None, description=IGNORED, examples=[None])
    parallel_tool_calls: Flag | None = Field(default=None, description=IGNORED, examples=[None])


BY_USER = {"properties": {"role": {"const": "user", "description": "묻는 사람"}}, "required": ["role"]}


class ChatRequest(Tuning):
    """A chat whose last message of a user is the question; what would ask for another sort of answer is refused."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [EXAMPLE]})

    model: Annotated[str, Field(max_length=200)] = Field(description="모델 이름. jiwon 하나입니다.", examples=[MODEL])
    messages: Annotated[list[Message], Field(max_length=101), AfterValidator(_with_question)] = Field(
        description="대화. 마지막 user의 글(1~2,000자)이 물음이고, 그 앞의 user와 assistant의 글은 앞선 대화입니다.",
        examples=[EXAMPLE["messages"]],
        json_schema_extra={
            "contains": {"properties": {"role": {"const": "user", "description": "묻는 사람"}}, "required": ["role"]}
        },
    )
    stream: Flag | None = Field(default=None, description="답하면서 조각마다 보낼지", examples=[False])
    stream_options: StreamOptions | None = Field(default=None, description="stream에 딸린 것", examples=[None])
    profile: ProfileIn | None = Field(
        default=None, description="기업 정보. OpenAI에는 없는 항목입니다(/v1/ask와 같습니다).", examples=[None]
    )
    as_of: Day | None = Field(
        default=None, description="기준일(YYYY-MM-DD). OpenAI에는 없는 항목입니다.", examples=["2026-03-20"]
    )
    n: One | None = Field(default=None, description="답은 하나입니다.", examples=[1])
    logprobs: Never | None = Field(default=None, description="확률은 없습니다.", examples=[False])
    top_logprobs: Zero | None = Field(default=None, description="확률은 없습니다.", examples=[None])
    response_format: TextFormat | None = Field(default=None, description="글만 됩니다.", examples=[{"type": "text"}])
    modalities: list[Literal["text"]] | None = Field(default=None, description="글로만 답합니다.", examples=[["text"]])
    store: Never | None = Field(default=None, description="답을 남겨 두지 않습니다.", examples=[False])
    tools: Annotated[list[Any], Field(max_length=0)] | None = Field(
        default=None, description="도구는 부르지 않습니다. 빈 목록만 됩니다.", examples=[None]
    )
    tool_choice: Literal["none", "auto"] | None = Field(
        default=None, description="도구는 부르지 않습니다.", examples=[None]
    )
    functions: Annotated[list[Any], Field(max_length=0)] | None = Field(
        default=None, description="함수는 부르지 않습니다. 빈 목록만 됩니다.", examples=[None]
    )
    function_call: Literal["none", "auto"] | None = Field(
        default=None, description="함수는 부르지 않습니다.", examples=[None]
    )

    def as_question(self, today: date) -> Question:
        """The question in the words of the product."""
        last = max(at for at, message in enumerate(self.messages) if message.role == "user")
        turns = [
            TurnIn(role=message.role, content=message.content)
            for message in self.messages[:last]
            if message.role in ("user", "assistant") and message.content
        ]
        asked = AskRequest(question=self.messages[last].content, as_of=self.as_of, profile=self.profile, history=turns)
        return asked.as_question(today)


class Usage(BaseModel):
    """Always zeros: answers are made of records, and what a model may have read is not counted."""

    prompt_tokens: int = Field(default=0, description="토큰을 세지 않으므로 언제나 0입니다.", examples=[0])
    completion_tokens: int = Field(default=0, description="토큰을 세지 않으므로 언제나 0입니다.", examples=[0])
    total_tokens: int = Field(default=0, description="토큰을 세지 않으므로 언제나 0입니다.", examples=[0])


class AssistantMessage(BaseModel):
    """The answer."""

    role: Literal["assistant"] = Field(default="assistant", description="답하는 쪽", examples=["assistant"])
    content: str = Field(description="답(마크다운). 출처의 목록이 뒤따릅니다.", examples=["4월 20일까지입니다. [1]"])
    refusal: None = Field(default=None, description="언제나 null입니다.", examples=[None])


class Choice(BaseModel):
    """The one answer."""

    index: int = Field(default=0, description="언제나 0입니다.", examples=[0])
    message: AssistantMessage = Field(description="답")
    finish_reason: Literal["stop"] = Field(default="stop", description="답은 늘 끝까지 옵니다.", examples=["stop"])
    logprobs: None = Field(default=None, description="언제나 null입니다.", examples=[None])


class Head(BaseModel):
    """What a completion and each of its chunks begin with."""

    id: str = Field(description="이 대화의 번호", examples=["chatcmpl-0b1c"])
    created: int = Field(description="보낸 때. 1970년부터 센 초입니다.", examples=[1774000000])
    model: str = Field(default=MODEL, description="모델 이름", examples=[MODEL])


class Sourced(BaseModel):
    """What goes beyond the OpenAI form; clients find it among the extra fields."""

    answer_id: str | None = Field(default=None, description="답의 번호(/v1/ask의 id)", examples=["0b1c"])
    system_fingerprint: str | None = Field(default=None, description="답한 색인 판", examples=["20260320T090000-0"])
    status: AnswerStatus | None = Field(default=None, description="답이 어떻게 끝났는지", examples=["answered"])
    citations: list[CitationOut] | None = Field(
        default=None, description="글의 출처 번호마다 원문의 문서, 쪽, 글", examples=[[]]
    )


class ChatCompletion(Head, Sourced):
    """A whole answer in the OpenAI form."""

    object: Literal["chat.completion"] = Field(
        default="chat.completion", description="무엇인지", examples=["chat.completion"]
    )
    choices: list[Choice] = Field(description="답 하나")
    usage: Usage = Field(default=Usage(), description="토큰 수. 언제나 0입니다.")


class Delta(BaseModel):
    """What a chunk adds."""

    role: Literal["assistant"] | None = Field(default=None, description="첫 조각에만 있습니다.", examples=["assistant"])
    content: str | None = Field(default=None, description="이어 붙이면 답이 되는 글", examples=["4월 20일"])


class ChunkChoice(BaseModel):
    """A piece of the one answer."""

    index: int = Field(default=0, description="언제나 0입니다.", examples=[0])
    delta: Delta = Field(default=Delta(), description="더해지는 것")
    finish_reason: Literal["stop"] | None = Field(default=None, description="마지막 조각에서만 stop", examples=[None])
    logprobs: None = Field(default=None, description="언제나 null입니다.", examples=[None])


class Chunk(Head, Sourced):
    """A piece of an answer in the OpenAI form; what is `Sourced` comes with the last."""

    object: Literal["chat.completion.chunk"] = Field(
        default="chat.completion.chunk", description="무엇인지", examples=["chat.completion.chunk"]
    )
    choices: list[ChunkChoice] = Field(description="조각 하나. usage의 조각에서는 비어 있습니다.")
    usage: Usage | None = Field(default=None, description="include_usage일 때 끝에 옵니다.", examples=[None])


class Model(BaseModel):
    """The one model that can be named."""

    id: str = Field(default=MODEL, description="모델 이름", examples=[MODEL])
    object: Literal["model"] = Field(default="model", description="무엇인지", examples=["model"])
    created: int = Field(description="색인을 만든 때. 1970년부터 센 초입니다.", examples=[1774000000])
    owned_by: str = Field(default=MODEL, description="누구의 것인지", examples=[MODEL])


class Models(BaseModel):
    """The models that can be named."""

    object: Literal["list"] = Field(default="list", description="무엇인지", examples=["list"])
    data: list[Model] = Field(description="모델 하나")
