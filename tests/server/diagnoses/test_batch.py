"""A batch makes each report once, whatever stops it, and never touches what others wrote."""

from __future__ import annotations

import io
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook  # type: ignore[import-untyped]

from rag.diagnosis.records import Case, Diagnosis, Level, LevelFinding, Recommendation
from rag.disk import sole_holder
from rag.domain import CompanyProfile, Contact
from rag.errors import IndexDamaged
from server.diagnoses import batch, files
from server.diagnoses.batch import FolderBusy, Order, Outcome
from server.diagnoses.entries import Entry
from server.diagnoses.forms import summary
from server.diagnoses.journal import FILE
from server.diagnoses.maker import Maker, line
from server.diagnoses.names import safe
from server.diagnoses.refusals import DiagnosisFailed
from tests.server.diagnoses.sheets import xlsx
from tests.server.fakes import PROGRAM, WHOM, matched

DAY = date(2026, 3, 20)
NEXT = date(2026, 3, 21)


class Killed(BaseException):
    """The process ends here."""


@dataclass
class Fake:
    """Diagnoses made up; counts the reports made and dies where it is told to."""

    generation: str = "g1"
    made: list[str] = field(default_factory=list)
    dies_after: int | None = None

    def maker(self) -> Maker:
        return Maker(self.generation, lambda place: "시" in place, self.diagnose, self.write)

    def diagnose(self, case: Case, as_of: date, planned: Collection[str] = ()) -> Diagnosis:
        if case.company.name == "사고":
            raise DiagnosisFailed
        if case.company.name == "고장":
            raise IndexDamaged("색인이 깨졌습니다.")
        match = matched(PROGRAM, CompanyProfile())
        return Diagnosis(
            case=case,
            as_of=as_of,
            generation=self.generation,
            level=LevelFinding(Level.BASIC, ()),
            recommendations=(Recommendation(match, (), (), (), (), ()),),
            near_misses=(),
            roadmap=(),
            combinations=(),
            proposals=(),
            branches=(Contact("가람지사", WHOM),),
            centres=(),
            asks=("규모가 어떻게 됩니까?",),
        )

    def write(self, diagnosis: Diagnosis, suffix: str) -> bytes:
        if self.dies_after is not None and len(self.made) >= self.dies_after:
            raise Killed
        company = diagnosis.case.company
        self.made.append(company.name or "")
        return f"{company.name} {company.employees} {diagnosis.as_of} {self.generation}".encode()


def entries(*rows: Sequence[object]) -> tuple[Entry, ...]:
    """Companies of a sheet: name, employees, place."""
    return files.companies(xlsx([["회사명", "상시근로자 수", "소재지"], *rows]), ".xlsx").entries


def run(folder: Path, rows: tuple[Entry, ...], fake: Fake, today: date = DAY, as_of: date | None = None) -> Outcome:
    """One run of a batch."""
    return batch.run(rows, fake.maker(), Order(folder, "md", today, as_of), summary, lambda *_: None)


def reports(folder: Path) -> dict[str, str]:
    """The reports in a folder."""
    return {file.name: file.read_text("utf-8") for file in sorted(folder.glob("*.md"))}


def told(folder: Path) -> list[tuple[object, ...]]:
    """The rows of the summary below its heads."""
    sheet = load_workbook(io.BytesIO((folder / batch.SUMMARY).read_bytes())).active
    return list(sheet.iter_rows(min_row=2, values_only=True))


ROWS = entries(["가람 금속", 32, "안산시"], ["나루 식품", 8, "가평시"], ["다온 전자", 5, "구미시"])


def test_every_company_has_a_report_and_a_line_of_the_summary(tmp_path: Path) -> None:
    outcome = run(tmp_path, ROWS, Fake())
    assert reports(tmp_path) == {
        "001_가람 금속.md": "가람 금속 32 2026-03-20 g1",
        "002_나루 식품.md": "나루 식품 8 2026-03-20 g1",
        "003_다온 전자.md": "다온 전자 5 2026-03-20 g1",
    }
    assert (outcome.fresh, outcome.refused, outcome.notices) == (3, (), ())
    program = "가상 바우처 / 가능, 확인할 요건 있음 / 접수: 접수 중"
    first = (2, "가람 금속", "가람지사", "초급", program, None, None, 1, "001_가람 금속.md", None, "2026-03-20", None)
    assert told(tmp_path)[0] == first


def test_running_again_makes_nothing_and_changes_nothing(tmp_path: Path) -> None:
    run(tmp_path, ROWS, Fake())
    before = {path.name: path.stat().st_mtime_ns for path in tmp_path.glob("*.md")}
    again = Fake()
    outcome = run(tmp_path, ROWS, again)
    assert (again.made, outcome.fresh, outcome.refused) == ([], 0, ())
    assert {path.name: path.stat().st_mtime_ns for path in tmp_path.glob("*.md")} == before
    assert len(told(tmp_path)) == 3


@pytest.mark.parametrize("after", [0, 1, 2])
def test_a_killed_run_goes_on_where_it_was(tmp_path: Path, after: int) -> None:
    with pytest.raises(Killed):
        run(tmp_path / "a", ROWS, Fake(dies_after=after))
    rest = Fake()
    run(tmp_path / "a", ROWS, rest)
    run(tmp_path / "b", ROWS, Fake())
    assert len(rest.made) == 3 - after
    assert reports(tmp_path / "a") == reports(tmp_path / "b")
    assert told(tmp_path / "a") == told(tmp_path / "b")


@pytest.mark.parametrize("cut", range(1, 60, 7))
def test_a_journal_cut_off_anywhere_costs_at_most_one_report(tmp_path: Path, cut: int) -> None:
    run(tmp_path, ROWS, Fake())
    expected, journal = reports(tmp_path), tmp_path / FILE
    journal.write_bytes(journal.read_bytes()[:-cut])
    (tmp_path / ".003_다온 전자.md.abcd1234").write_bytes(b"half")
    again = Fake()
    run(tmp_path, ROWS, again)
    assert len(again.made) <= 1
    assert reports(tmp_path) == expected
    assert not list(tmp_path.glob(".*.md.*"))
    run(tmp_path, ROWS, last := Fake())
    assert last.made == []


def test_the_day_of_the_first_run_is_kept_and_told(tmp_path: Path) -> None:
    with pytest.raises(Killed):
        run(tmp_path, ROWS, Fake(dies_after=1))
    outcome = run(tmp_path, ROWS, Fake(), NEXT)
    assert {text.split()[-2] for text in reports(tmp_path).values()} == {"2026-03-20"}
    (notice,) = outcome.notices
    assert "날(2026-03-20)을 그대로 씁니다" in notice and "--as-of 2026-03-21" in notice


def test_another_day_or_generation_makes_every_report_anew(tmp_path: Path) -> None:
    run(tmp_path, ROWS, Fake())
    outcome = run(tmp_path, ROWS, Fake(), NEXT, as_of=NEXT)
    assert outcome.fresh == 3 and "모두 다시" in outcome.notices[0]
    assert {text.split()[-2] for text in reports(tmp_path).values()} == {"2026-03-21"}
    outcome = run(tmp_path, ROWS, Fake("g2"), NEXT)
    assert outcome.fresh == 3 and outcome.notices == ("색인이 바뀌어 보고서를 모두 다시 만들었습니다.",)
    assert {text.split()[-1] for text in reports(tmp_path).values()} == {"g2"}
    assert len(reports(tmp_path)) == 3


def test_a_changed_row_is_done_anew_and_a_removed_one_is_left_and_named(tmp_path: Path) -> None:
    run(tmp_path, ROWS, Fake())
    changed = Fake()
    outcome = run(tmp_path, entries(["가람 금속", 33, "안산시"], ["나루 식품", 8, "가평시"]), changed)
    assert changed.made == ["가람 금속"]
    assert reports(tmp_path)["001_가람 금속.md"] == "가람 금속 33 2026-03-20 g1"
    (notice,) = outcome.notices
    assert "그대로 두었습니다: 003_다온 전자.md" in notice
    assert len(told(tmp_path)) == 2


def test_a_row_put_in_between_moves_nobody(tmp_path: Path) -> None:
    run(tmp_path, ROWS, Fake())
    before, more = reports(tmp_path), Fake()
    run(
        tmp_path,
        entries(
            ["가람 금속", 99, "구미시"],
            *[[e.name, e.given["company"]["employees"], e.given["company"]["address"]] for e in ROWS],
        ),
        more,
    )
    assert more.made == ["가람 금속"]
    assert reports(tmp_path) == {**before, "001_가람 금속 (2).md": "가람 금속 99 2026-03-20 g1"}


def test_equal_rows_and_equal_names_have_a_report_each(tmp_path: Path) -> None:
    same = ["가람", 3, "안산시"]
    rows = entries(same, same, ["가람", 4, "안산시"], [None, 5, "안산시"], ["가/람:*?", 6, "안산시"])
    run(tmp_path, rows, Fake())
    assert list(reports(tmp_path)) == ["001_가람.md", "002_가람.md", "003_가람.md", "004_이름 없음.md", "005_가 람.md"]
    run(tmp_path, rows, again := Fake())
    assert again.made == []


def test_what_was_edited_or_comes_from_elsewhere_is_never_written_over(tmp_path: Path) -> None:
    (tmp_path / "002_나루 식품.md").write_text("남의 글", "utf-8")
    run(tmp_path, ROWS[:2], Fake())
    assert reports(tmp_path)["002_나루 식품.md"] == "남의 글"
    (tmp_path / "001_가람 금속.md").write_text("고친 글", "utf-8")
    run(tmp_path, ROWS[:2], kept := Fake())
    assert kept.made == [] and reports(tmp_path)["001_가람 금속.md"] == "고친 글"
    outcome = run(tmp_path, ROWS[:2], Fake("g2"))
    assert any("001_가람 금속.md" in notice and "그대로 두고" in notice for notice in outcome.notices)
    assert reports(tmp_path) == {
        "001_가람 금속 (2).md": "가람 금속 32 2026-03-20 g2",
        "001_가람 금속.md": "고친 글",
        "002_나루 식품 (2).md": "나루 식품 8 2026-03-20 g2",
        "002_나루 식품.md": "남의 글",
    }


def test_a_report_that_was_deleted_is_made_again(tmp_path: Path) -> None:
    run(tmp_path, ROWS, Fake())
    (tmp_path / "002_나루 식품.md").unlink()
    run(tmp_path, ROWS, again := Fake())
    assert again.made == ["나루 식품"] and len(reports(tmp_path)) == 3


def test_rows_that_cannot_be_done_say_why_and_the_others_are_done(tmp_path: Path) -> None:
    rows = entries(
        [None, -3, None],
        [None, "많음", "세상 끝"],
        ["사고", 3, "안산시"],
        ["고장", 3, "안산시"],
        ["마", 3, "안산시"],
    )
    outcome = run(tmp_path, rows, Fake())
    wrong = {shown.entry.row: shown.wrong for shown in outcome.refused}
    assert list(reports(tmp_path)) == ["005_마.md"]
    nothing = "읽을 수 있는 값이 없습니다. 한 칸이라도 적어 주세요."
    assert wrong[2] == ("상시근로자 수: 0 이상이어야 합니다.", nothing)
    assert [said.split(":")[0] for said in wrong[3]] == ["상시근로자 수", "소재지", nothing]
    assert wrong[4] == (str(DiagnosisFailed()),) and wrong[5] == ("색인이 깨졌습니다.",)
    assert [line[9] is None for line in told(tmp_path)] == [False, False, False, False, True]


def test_a_cell_in_doubt_costs_no_row_and_is_told_however_often_it_is_run(tmp_path: Path) -> None:
    rows = entries(["가", "30~35", "안산시"], ["나", 8, "세상 끝"])
    outcome = run(tmp_path, rows, Fake())
    assert outcome.refused == () and len(reports(tmp_path)) == 2
    expected = [
        "B2 상시근로자 수: '30~35'는 수로 읽을 수 없습니다. 정확한 수 하나만 적어 주세요. 예: 32 "
        "모르는 것으로 두었습니다.",
        "C3 소재지: '세상 끝'에서 시·군·구를 찾을 수 없습니다. '경기도 화성시'처럼 적어 주세요. "
        "모르는 것으로 두었습니다.",
    ]
    assert [line[11] for line in told(tmp_path)] == expected
    again = Fake()
    run(tmp_path, rows, again)
    assert again.made == [] and [line[11] for line in told(tmp_path)] == expected
    run(tmp_path, entries(["가", "30~40", "안산시"], ["나", 8, "세상 끝"]), changed := Fake())
    assert changed.made == ["가"]


def test_two_batches_never_write_to_one_folder(tmp_path: Path) -> None:
    with sole_holder(tmp_path / batch.LOCK) as alone, pytest.raises(FolderBusy):
        assert alone
        run(tmp_path, ROWS, Fake())


def test_the_summary_tells_while_it_lasts_what_is_still_to_do(tmp_path: Path) -> None:
    with pytest.raises(Killed):
        run(tmp_path, ROWS, Fake(dies_after=1))
    with pytest.raises(Killed):
        run(tmp_path, ROWS, Fake(dies_after=1))
    assert [line[9] for line in told(tmp_path)] == [None, None, batch.TO_DO] or [
        line[9] for line in told(tmp_path)
    ] == [None, batch.TO_DO, batch.TO_DO]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("안산 금속 가공", "안산 금속 가공"),
        ("../../etc/passwd", "etc passwd"),
        ("가\n나\t다", "가 나 다"),
        ('<>:"/\\|?*', ""),
        ("...", ""),
        ("가" * 300, "가" * 50),
        ("가\u202e나", "가 나"),
    ],
)
def test_a_name_is_made_safe(name: str, expected: str) -> None:
    assert safe(name) == expected


def test_a_line_without_anything_known_says_so() -> None:
    nothing = replace(
        Fake().diagnose(Case(), DAY), level=LevelFinding(None, ()), recommendations=(), branches=(), asks=()
    )
    assert line(nothing) == line(nothing)
    assert (line(nothing).level, line(nothing).programs, line(nothing).branch) == ("확인 필요", (), "")
