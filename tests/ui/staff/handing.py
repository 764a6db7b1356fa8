"""Ports of the rooms that hold nothing, for tests of the page around them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from rag.errors import JiwonError
from ui.files.files_port import Arrived, Asked, AskedLine, At, FileLines, FileView, Looked
from ui.rooms.visitor import Visitor, Welcome
from ui.staff.documents_port import DocumentList, DocumentState, OldLists
from ui.staff.jobs_port import JobLine
from ui.staff.keys_port import KeyLine
from ui.staff.notices_port import NoticeForm, NoticeLine
from ui.staff.ports import Ports
from ui.staff.publishing_port import CheckView, DecisionLine, GenerationLine
from ui.staff.questions_port import MissedLine, Opinions
from ui.staff.todo_port import TodoItem, TodoLines, TodoLists, Verdict
from ui.staff.trying_port import Tried
from ui.staff.usage_port import UsageView


class Door:
    """Lets everybody in."""

    def welcome(self, visitor: Visitor) -> Welcome:
        return Welcome("자료 담당", "csrf")


class NoFiles:
    """A desk on which no consulting file lies."""

    company: tuple[Asked, ...] = ()

    def find(self, visitor: Visitor, wanted: Looked, most: int) -> FileLines:
        return FileLines(0, ())

    def open(self, visitor: Visitor, file: str) -> FileView:
        raise JiwonError("없습니다")

    def begin(self, visitor: Visitor, company: Mapping[str, str]) -> FileView:
        raise JiwonError("없습니다")

    def describe(self, visitor: Visitor, at: At, company: Mapping[str, str]) -> FileView:
        raise JiwonError("없습니다")

    def note(self, visitor: Visitor, at: At, note: str) -> FileView:
        raise JiwonError("없습니다")

    def close(self, visitor: Visitor, at: At, *, is_open: bool) -> FileView:
        raise JiwonError("없습니다")

    def entry(self, visitor: Visitor, file: str, kind: str, entry: str) -> Mapping[str, str]:
        return {}

    def put(self, visitor: Visitor, at: At, kind: str, entry: str, told: Mapping[str, str]) -> FileView:
        raise JiwonError("없습니다")

    def remove(self, visitor: Visitor, at: At, kind: str, entry: str) -> FileView:
        raise JiwonError("없습니다")

    def hand_over(self, visitor: Visitor, at: At, person: str) -> str:
        return person

    def preview(self, visitor: Visitor, file: str, paper: str) -> str:
        return ""

    def issue(self, visitor: Visitor, at: At, paper: str) -> FileView:
        raise JiwonError("없습니다")

    def erase(self, visitor: Visitor, at: At, typed: str) -> None:
        return

    def compare(self, visitor: Visitor, file: str, first: str, last: str) -> str:
        return ""

    def take(self, visitor: Visitor, name: str, content: str) -> tuple[tuple[Arrived, ...], tuple[str, ...]]:
        return (), ()

    def ask(self, visitor: Visitor, at: At, number: str, person: str, wish: str) -> FileView:
        raise JiwonError("없습니다")

    def waiting(self, visitor: Visitor) -> int:
        return 0

    def asked(self, visitor: Visitor) -> tuple[AskedLine, ...]:
        return ()

    def look(self, visitor: Visitor, number: str) -> str:
        return ""

    def decide(self, visitor: Visitor, number: str, *, is_good: bool, remark: str) -> None:
        return


class NoKeys:
    """An office without a key."""

    scopes = (("묻기", "ask"), ("자료 관리", "staff"))

    def all(self, visitor: Visitor) -> tuple[KeyLine, ...]:
        return ()

    def create(
        self, visitor: Visitor, person: str, organisation: str, scopes: Sequence[str], rate: str, last_day: str
    ) -> str:
        return "jw_made"

    def revoke(self, visitor: Visitor, id_: str) -> None:
        return


class NoPublishing:
    """An office without a generation."""

    def all(self, visitor: Visitor) -> tuple[GenerationLine, ...]:
        return ()

    def deeds(self, visitor: Visitor) -> tuple[DecisionLine, ...]:
        return ()

    def seen(self, visitor: Visitor, id_: str) -> CheckView | None:
        return None

    def check(self, visitor: Visitor, id_: str) -> CheckView:
        raise JiwonError("없는 판입니다.")

    def accept(self, visitor: Visitor, id_: str, items: Collection[str], reason: str) -> CheckView:
        raise JiwonError("없는 판입니다.")

    def publish(self, visitor: Visitor, id_: str, reason: str) -> None:
        return

    def roll_back(self, visitor: Visitor, id_: str, reason: str) -> None:
        return


class NoJobs:
    """An office in which nothing was ever done."""

    kinds = (("색인 갱신", "refresh"),)

    def all(self, visitor: Visitor) -> tuple[JobLine, ...]:
        return ()

    def start(self, visitor: Visitor, kind: str, *, allow_deletions: bool) -> None:
        return

    def cancel(self, visitor: Visitor) -> None:
        return


class NoQuestions:
    """An office that was never asked."""

    kept_days = 30

    def missed(self, visitor: Visitor, days: int, ends: Collection[str]) -> tuple[MissedLine, ...]:
        return ()

    def opinions(self, visitor: Visitor, days: int, useful: bool | None) -> Opinions:
        return Opinions(0, 0, (), ())


class NoUsage:
    """An office of zeros."""

    def view(self, visitor: Visitor, days: int) -> UsageView:
        return UsageView((date(2026, 3, 20),), {}, {}, None, {}, None, 0, 0)


class NoTrying:
    """An office that can ask nobody."""

    def generations(self, visitor: Visitor) -> tuple[tuple[str, str], ...]:
        return ()

    def ask(self, visitor: Visitor, generation: str, day: str, words: str, talk: Sequence[Tried]) -> Tried:
        raise JiwonError("없는 판입니다.")


class NothingToDo:
    """An office where nothing is to do."""

    def groups(self, visitor: Visitor) -> TodoLists:
        return TodoLists((), 0)

    def lines(self, visitor: Visitor, group: str, most: int) -> TodoLines:
        raise JiwonError("없습니다.")

    def item(self, visitor: Visitor, id_: str) -> TodoItem:
        raise JiwonError("없습니다.")

    def decide(self, visitor: Visitor, id_: str, verdict: Verdict, reason: str) -> None:
        return

    def decide_all(self, visitor: Visitor, group: str, count: int, verdict: Verdict, reason: str) -> int:
        return 0

    def correct(self, visitor: Visitor, id_: str, field: str, told: Mapping[str, object], reason: str) -> None:
        return


class NoDocuments:
    """An office without a document."""

    def find(self, visitor: Visitor, words: str, state: DocumentState | None, most: int) -> DocumentList:
        return DocumentList(0, (), ())

    def old(self, visitor: Visitor, most: int) -> OldLists:
        return OldLists((), 0, (), 0)

    def take_away(self, visitor: Visitor, id_: str, reason: str) -> None:
        return

    def index(self, visitor: Visitor, allow_deletions: bool) -> None:
        return


class NoNotices:
    """A board with nothing on it."""

    effects = (("알리기만", "none"),)

    def all(self, visitor: Visitor) -> tuple[NoticeLine, ...]:
        return ()

    def post(self, visitor: Visitor, form: NoticeForm) -> None:
        return

    def withdraw(self, visitor: Visitor, id_: str) -> None:
        return


def ports() -> Ports:
    """All of them."""
    return Ports(
        doorway=Door(),
        todo=NothingToDo(),
        documents=NoDocuments(),
        notices=NoNotices(),
        publishing=NoPublishing(),
        jobs=NoJobs(),
        questions=NoQuestions(),
        usage=NoUsage(),
        keys=NoKeys(),
        trying=NoTrying(),
    )
