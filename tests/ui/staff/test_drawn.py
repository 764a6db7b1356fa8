"""What 발행 and 작업 show: a check programme by programme, long lists folded, every word escaped."""

from __future__ import annotations

from datetime import date

from rag.domain import Evidence, ProgramKey
from rag.publishing.items import Check, Item, ItemKind, item
from ui.pages.drawing import fragment
from ui.staff.changes import changes_of
from ui.staff.jobs_port import JobLine
from ui.staff.keys_port import KeyLine
from ui.staff.publishing_port import CheckView, DecisionLine, GenerationLine, Stand

EVIL = "<img src=x onerror=alert(1)>"
DAY = date(2026, 3, 20)
PLACE = Evidence("guide", (2, 3), "", f"{EVIL} 신청기간")


def checked(*items: Item, accepted: dict[str, DecisionLine] | None = None) -> CheckView:
    """A check that found these."""
    check = Check("g2", "g1", DAY, {"changed": 1}, 1, 1, 8, 0, items)
    return CheckView(check, "2026-03-20 09:00", EVIL, accepted or {}, False)


def of(name: str, kind: ItemKind, **more: object) -> Item:
    """An item of a programme of that name."""
    key = ProgramKey(name, "", "", 2026, "")
    return item(kind, f"{name} 바뀝니다.", blocks=bool(more.pop("blocks", False)), key=key, **more)  # type: ignore[arg-type]


def test_a_check_is_told_programme_by_programme_with_its_values_answers_and_decisions() -> None:
    lost = of(EVIL, ItemKind.LOST, blocks=True, question="전화는?", was="**문의**는 02입니다. [1]", now="")
    view = checked(
        lost,
        of(EVIL, ItemKind.UNREAD, blocks=True, field="contact"),
        of(EVIL, ItemKind.CHANGED, field="period", was="3월", now="4월", was_at=PLACE, now_at=PLACE),
        of("새 사업", ItemKind.ADDED),
        item(ItemKind.SAMPLED, "일부만 물었습니다.", blocks=False),
        accepted={lost.id: DecisionLine("2026-03-20 10:00", EVIL, "확인함")},
    )
    changes = changes_of(view)
    evil, new = changes.programs
    assert (evil.shift, new.shift) == ("바뀜", "새로 들어옴")
    assert [(value.name, value.was, value.now) for value in evil.values] == [("신청기간", "3월", "4월")]
    assert [value.name for value in evil.answers] == ["전화는?"]
    assert evil.answers[0].was == "문의는 02입니다."
    assert [bool(one.accepted) for one in changes.blocking] == [True, False] and view.left == 1
    html = fragment("staff_publishing.html", "found", view, changes)
    assert EVIL not in html and "일부만 물었습니다." in html and "받아들인 것 1개" in html
    assert "2026년 3월 20일 09:00" in html and "2026년 3월 20일 기준" in html
    assert 'href="/sources/guide/2?mark=%3Cimg' in html and html.count("guide 2–3쪽") == 2


def test_long_lists_are_folded() -> None:
    view = checked(*(of(f"사업 {n}", ItemKind.ADDED) for n in range(200)))
    assert "사업 190개 더 보기" in fragment("staff_publishing.html", "found", view, changes_of(view))
    lines = [GenerationLine(f"g{n}", EVIL, Stand.EARLIER, 1, 1, by=EVIL) for n in range(7)]
    html = fragment("staff_publishing.html", "generations", lines)
    assert "판 2개 더 보기" in html and EVIL not in html


def test_no_word_of_a_job_is_markup() -> None:
    job = JobLine("1", EVIL, "failed", "실패", False, EVIL, 1, 2, "", "3초", EVIL, EVIL, EVIL, EVIL, "g2", (EVIL, EVIL))
    for part, told in (("now", job), ("past", [job])):
        html = fragment("staff_jobs.html", part, told)
        assert EVIL not in html and "기록 2줄" in html


def test_a_key_tells_the_organisation_of_its_holder_where_there_is_one_and_no_word_of_it_is_markup() -> None:
    keys = [KeyLine("1", EVIL, told, "기업 진단", "기본", "쓰는 중", "2026-03-20", True) for told in (EVIL, "")]
    html = fragment("staff_keys.html", "keys", keys)
    assert EVIL not in html and html.count("소속 &lt;img") == 1 and html.count("소속") == 1
