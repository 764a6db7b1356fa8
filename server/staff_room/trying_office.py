"""The office of trying out: who is signed in flows in; any generation answers for the tab 써 보기, nothing is kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from pydantic import ValidationError

from rag.domain import Turn
from rag.errors import IndexMissing, JiwonError
from rag.plan import from_json
from rag.reading.talk import recent
from server.asking.request import AskRequest
from server.desks.announcing_desks import Board
from server.pages.wrong import refused
from server.publishing.publishing import GenerationState, Publishing, Standing
from server.staff_room.signed import SignedStaff
from server.staff_room.tried_apart import Apart
from ui.pages.card import card_of
from ui.pages.drawing import day_told
from ui.rooms.visitor import Visitor
from ui.staff.trying_port import Tried

STATES = {
    GenerationState.SERVED: "지금 쓰는 판",
    GenerationState.CHECKED: "확인한 판",
    GenerationState.STAGED: "확인 전",
    GenerationState.EARLIER: "전에 쓰던 판",
    GenerationState.LEFT: "쓰지 않은 판",
}
ORDER = tuple(STATES)
LABELS = {"question": "물음", "as_of": "기준일"}
GONE = "그 판은 이제 없습니다. 그사이 지워졌을 수 있으니 다른 판을 골라 주세요."


@dataclass(frozen=True, slots=True)
class TryingDesk:
    """Generations of one data directory, asked in a process apart."""

    publishing: Publishing
    apart: Apart
    board: Board
    staff: SignedStaff
    today: Callable[[], date]

    def generations(self, visitor: Visitor) -> tuple[tuple[str, str], ...]:
        """What can be asked, in words and by id: the served one first, then what may be served next."""
        self.staff.looking(visitor)
        newest = reversed(self.publishing.standings())
        return tuple(map(_choice, sorted(newest, key=lambda one: ORDER.index(one.state))))

    def ask(self, visitor: Visitor, generation: str, day: str, words: str, talk: Sequence[Tried]) -> Tried:
        """The answer of a generation on a day, after what was asked before. Raises JiwonError."""
        self.staff.looking(visitor)
        try:
            asked = AskRequest.model_validate({"question": words, "as_of": day.strip() or None})
        except ValidationError as error:
            raise refused(error, LABELS) from error
        turns = [turn for one in talk for turn in (Turn("user", one.asked), Turn("assistant", one.text))]
        question = replace(asked.as_question(self.today()), history=recent(turns))
        try:
            answer = self.apart.ask(generation, question, self.board.read())
        except IndexMissing:
            raise JiwonError(GONE) from None
        told = answer.response().model_dump(mode="json")
        plan = from_json(told["plan"]) if told["plan"] else None
        return Tried(asked.question, answer.text, card_of(told, asked.question), plan, told["took_ms"])


def _choice(one: Standing) -> tuple[str, str]:
    built = one.record.built_at[:16].replace("T", " ")
    return f"{STATES[one.state]} · {day_told(built)}", one.record.id
