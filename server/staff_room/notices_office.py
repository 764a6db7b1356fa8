"""The office of notices: who is signed in flows in; what staff announce is listed, posted and withdrawn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date

from pydantic import ValidationError

from rag.announced import Announcement, Effect
from rag.errors import JiwonError
from rag.periods import korean_date
from server.clock import now
from server.desks.announcing_desks import Board
from server.desks.desks import Desks
from server.review.announcing import TOO_MANY, AnnouncementIn, meant_by
from server.staff_room.plainly import plainly, refused
from server.staff_room.signed import SignedStaff
from server.store.announcements import MOST, Posting
from ui.rooms.visitor import Visitor
from ui.staff.notices_port import NoticeForm, NoticeLine

EFFECTS = {Effect.NONE: "알리기만", Effect.SUSPENDED: "접수 중단", Effect.CANCELLED: "공고 취소"}
ALL = "모든 사업"
FROM, BETWEEN = "{first}부터", "{first}부터 {last}까지"
EFFECT = "{what}({days})"
GONE = "그런 알림글이 없습니다. 이미 내렸을 수 있으니 목록을 다시 열어 주세요."


@dataclass(frozen=True, slots=True)
class Announcer:
    """The board of staff."""

    desks: Desks
    board: Board
    staff: SignedStaff
    today: Callable[[], date]

    @property
    def effects(self) -> tuple[tuple[str, str], ...]:
        """What a notice may do to the intake: in words, and as it is kept."""
        return tuple((words, effect.value) for effect, words in EFFECTS.items())

    def all(self, visitor: Visitor) -> tuple[NoticeLine, ...]:
        """All that stand, the newest first."""
        self.staff.looking(visitor)
        day = self.today()
        return tuple(_line(one, day) for one in self.board.announcements.all())

    def post(self, visitor: Visitor, form: NoticeForm) -> None:
        """Announce something. Raises JiwonError where it means nothing."""
        with self.staff.acting(visitor, "announcements post", form.text.strip()[:300]) as holder:
            told = {name: value.strip() for name, value in asdict(form).items()}
            try:
                body = AnnouncementIn(**{name: value for name, value in told.items() if value or name == "text"})
            except ValidationError as error:
                raise refused(error) from None
            meant = self.desks.wait(meant_by, body, self.today())
            if isinstance(meant, str):
                raise JiwonError(plainly(meant))
            if len(self.board.announcements.all()) >= MOST:
                raise JiwonError(TOO_MANY)
            self.board.announcements.post(meant, holder.person, now())
            self.board.forget()

    def withdraw(self, visitor: Visitor, id_: str) -> None:
        """Take a notice back. Raises JiwonError where there is none."""
        with self.staff.acting(visitor, f"announcements withdraw {id_}"):
            if not self.board.announcements.take_back(id_):
                raise JiwonError(GONE)
            self.board.forget()


def _line(one: Posting, day: date) -> NoticeLine:
    told = one.announcement
    about = f"{told.program} {told.year}년" if told.program and told.year else told.program or told.authority or ALL
    return NoticeLine(
        id=told.id,
        text=told.text,
        about=about,
        days=_days(told.since, told.until),
        effect=_effect(told),
        posted=f"{one.person} · {korean_date(told.posted_on)}",
        is_shown=told.is_shown(day),
    )


def _effect(told: Announcement) -> str:
    if told.effect is Effect.NONE:
        return ""
    days = _days(told.effect_since or told.since, told.effect_until or told.until)
    return EFFECT.format(what=EFFECTS[told.effect], days=days)


def _days(first: date, last: date | None) -> str:
    form = BETWEEN if last else FROM
    return form.format(first=korean_date(first), last=korean_date(last) if last else "")
