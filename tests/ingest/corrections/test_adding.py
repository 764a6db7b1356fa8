"""What staff correct in the review joins what they wrote by hand; what would stop the next sync is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.corrections.adding import add, joined
from ingest.corrections.overrides import NAME, read_overrides
from ingest.pipeline import sync
from rag.domain import ReviewCode
from rag.errors import CorpusError
from rag.generation import open_catalogue
from tests.ingest.test_pipeline import HEADER, Digests

NOTICE = """# {year}년 가람 바우처 지원사업 공고

## 가람 바우처 지원사업

- 지원대상: 중소기업
- 신청기간: {year}. 3. 2. ~ {year}. 3. 31.
- 문의처: 가람 진흥원 02-000-0000
"""
ENTRY = {
    "program": "가람 바우처 지원사업",
    "field": "contact",
    "organisation": "가람 진흥원",
    "phones": ["02-111-2222"],
    "reason": "통화로 확인",
}
BY_HAND = """# 손으로 적은 머리
- program: 가람 바우처 지원사업   # 곁말
  field: alias
  value: 가람권
  reason: 현장 이름
"""


def synced(folder: Path, day: int = 1) -> tuple[object, ...]:
    report = sync(folder, folder.parent / "data", Digests(), built_at=f"2026-03-{day:02}T09:00:00+09:00")
    return tuple(report.review)


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """One notice on one programme, served."""
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "manifest.csv").write_text(HEADER + "garam,garam.md,2026년 가람 공고,가람부,2026-02,\n", "utf-8")
    (folder / "garam.md").write_text(NOTICE.format(year=2026), "utf-8")
    synced(folder)
    return folder


def test_an_entry_is_written_behind_what_staff_wrote_by_hand_and_holds_at_the_next_sync(corpus: Path) -> None:
    (corpus / NAME).write_text(BY_HAND, "utf-8")
    add(corpus, corpus.parent / "data", [ENTRY], "2026-03-02 담당자")
    text = (corpus / NAME).read_text("utf-8")
    assert text.startswith(BY_HAND)
    assert "# 2026-03-02 담당자\n" in text
    assert [one.field.value for one in read_overrides(corpus)] == ["alias", "contact"]
    synced(corpus, 2)
    _, books = open_catalogue(corpus.parent / "data")
    (program,) = books.programs()
    assert (program.contacts[0].phones, "가람권" in program.aliases) == (("02-111-2222",), True)
    books.close()


@pytest.mark.parametrize("before", ["", "# 아직 없음\n", "[]\n", "# 머리\n[]"])
def test_a_file_without_entries_gets_its_first(before: str, corpus: Path) -> None:
    if before:
        (corpus / NAME).write_text(before, "utf-8")
    add(corpus, corpus.parent / "data", [ENTRY], "메모")
    assert len(read_overrides(corpus)) == 1


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"program": "없는 사업"}, "찾을 수 없습니다"),
        ({"phones": ["02-1"]}, "꼴이 맞지 않습니다"),
        ({"colour": "red"}, "모르는 항목"),
        ({"source": "garam", "pages": "1", "quote": "없는 글"}, "quote가"),
        ({"reason": ""}, "reason"),
    ],
)
def test_what_would_stop_the_next_sync_is_not_written(corpus: Path, changed: dict[str, object], said: str) -> None:
    with pytest.raises(CorpusError, match=said):
        add(corpus, corpus.parent / "data", [{**ENTRY, **changed}], "메모")
    assert not (corpus / NAME).exists()


def test_the_same_put_right_twice_is_refused(corpus: Path) -> None:
    add(corpus, corpus.parent / "data", [ENTRY], "메모")
    with pytest.raises(CorpusError, match="같은 것을 고칩니다"):
        add(corpus, corpus.parent / "data", [ENTRY], "메모")


def test_a_list_in_braces_is_left_to_whoever_wrote_it(corpus: Path) -> None:
    (corpus / NAME).write_text("[{program: 가람 바우처 지원사업, field: alias, value: a, reason: b}]\n", "utf-8")
    with pytest.raises(CorpusError):
        add(corpus, corpus.parent / "data", [ENTRY], "메모")
    assert len(read_overrides(corpus)) == 1


def test_entries_are_set_as_far_in_as_those_before() -> None:
    assert joined("  - program: a\n", [{"program": "b"}], "c").endswith("  # c\n  - program: b\n")


@pytest.mark.long
def test_a_correction_stays_with_its_edition_when_a_new_one_comes_and_says_so(corpus: Path) -> None:
    add(corpus, corpus.parent / "data", [ENTRY], "메모")
    synced(corpus, 2)
    with (corpus / "manifest.csv").open("a", encoding="utf-8") as rows:
        rows.write("next,next.md,2027년 가람 공고,가람부,2027-02,\n")
    (corpus / "next.md").write_text(NOTICE.format(year=2027).replace("02-000-0000", "02-999-9999"), "utf-8")
    for day in (3, 4):
        items = synced(corpus, day)
        told = {item.code: item.message for item in items if item.field == "contact"}  # type: ignore[attr-defined]
        assert "새 판(2027년)" in told[ReviewCode.LAPSED]
        _, books = open_catalogue(corpus.parent / "data")
        assert {p.year: p.contacts[0].phones for p in books.programs()} == {
            2026: ("02-111-2222",),
            2027: ("02-999-9999",),
        }
        books.close()
        (corpus / "next.md").write_text((corpus / "next.md").read_text("utf-8") + "\n덧붙임\n", "utf-8")
