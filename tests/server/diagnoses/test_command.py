"""`jiwon diagnose` as consultants run it, over the bundled corpus, killed in the middle too."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
import time
from contextlib import nullcontext
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook  # type: ignore[import-untyped]

from rag.advisor import Advisor
from rag.errors import JiwonError
from rag.generation import OpenGeneration
from rag.settings import Settings
from server.command import cli_diagnose
from server.desks.desk import OpenDesk
from server.diagnoses import batch, files
from server.diagnoses.batch import SUMMARY, Order
from server.diagnoses.forms import summary
from server.diagnoses.maker import maker
from server.reports import FORMATS
from tests.server.diagnoses.sheets import xlsx

ROOT = Path(__file__).parents[3]
DAY = date(2026, 3, 20)
COMPANIES, KILLED_AFTER = 200, 30
PLACES = ("경기도 안산시", "경기도 가평군", "경상북도 구미시", "전라남도 여수시", "서울특별시 금천구")
WANTS = ("직원 교육", "AI 솔루션 구매, 직원 교육", "스마트공장 구축", "자금 대출", "로봇 도입")
INDUSTRIES = ("식품 제조", "금속 가공")
LEVELS = ("모름", "쓰지 않음", "일부 직원이 써 보는 정도")
HEADS = ["회사명", "소재지", "업종", "상시근로자 수", "규모", "AI 활용 수준", "바라는 지원"]


def command(data_dir: Path, *arguments: object) -> subprocess.Popen[str]:
    """`jiwon diagnose`, begun."""
    clean = {key: value for key, value in os.environ.items() if not key.startswith("JIWON_")}
    return subprocess.Popen(
        [sys.executable, "-c", "from server.cli import main; main()", "diagnose", *map(str, arguments)],
        cwd=ROOT,
        env={**clean, "JIWON_DATA_DIR": str(data_dir)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def ended(process: subprocess.Popen[str]) -> tuple[int, str, str]:
    """A command at its end: exit code, what it printed, and its complaint."""
    out, err = process.communicate()
    return process.returncode, out, err


@pytest.fixture
def here(corpus_index: OpenGeneration, adviser: Advisor, monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands called in this process use the index that is open already."""
    monkeypatch.setattr(cli_diagnose, "opened", lambda _: nullcontext(OpenDesk(corpus_index, adviser)))


def many() -> bytes:
    """A sheet of made-up companies."""
    rows = [
        [f"가상 회사 {n % 150}", PLACES[n % 5], INDUSTRIES[n % 2], 5 + n, "중소기업", LEVELS[n % 3], WANTS[n % 5]]
        for n in range(COMPANIES)
    ]
    return xlsx([HEADS, *rows])


@pytest.mark.long
@pytest.mark.timeout(600)
def test_a_killed_batch_loses_nothing_and_repeats_nothing(
    tmp_path: Path, corpus_data: Path, corpus_index: OpenGeneration, adviser: Advisor
) -> None:
    sheet, folder, whole = tmp_path / "companies.xlsx", tmp_path / "reports", tmp_path / "whole"
    sheet.write_bytes(many())
    arguments = (sheet, "--out-dir", folder, "--format", "md", "--as-of", DAY)

    process = command(corpus_data, *arguments)
    while len(list(folder.glob("*.md"))) < KILLED_AFTER and process.poll() is None:
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    early = {path.name: path.stat().st_mtime_ns for path in folder.glob("*.md")}
    assert KILLED_AFTER <= len(early) < COMPANIES

    code, out, err = ended(command(corpus_data, *arguments))
    assert (code, err) == (0, "")
    again = {path.name: path.stat().st_mtime_ns for path in folder.glob("*.md")}
    assert len(again) == COMPANIES
    # The one report that was being written may be written once more, no other.
    assert sum(again[name] != moment for name, moment in early.items()) <= 1
    assert f"새로 만든 것 {COMPANIES - len(early)}개" in out or f"새로 만든 것 {COMPANIES - len(early) + 1}개" in out

    order = Order(whole, "md", date(2026, 11, 20), DAY)
    desk = OpenDesk(corpus_index, adviser)
    batch.run(files.read(sheet).entries, maker(desk), order, summary, lambda *_: None)
    assert {p.name: p.read_bytes() for p in folder.glob("*.md")} == {p.name: p.read_bytes() for p in whole.glob("*.md")}
    assert told(folder) == told(whole)
    assert [row[8] for row in told(folder)] == sorted(again)


def told(folder: Path) -> list[tuple[object, ...]]:
    """The rows of the summary below its heads."""
    sheet = load_workbook(io.BytesIO((folder / SUMMARY).read_bytes())).active
    return list(sheet.iter_rows(min_row=2, values_only=True))


@pytest.mark.usefixtures("here")
def test_rows_with_cells_in_doubt_are_told_and_done_and_those_without_any_value_are_not(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sheet, folder = tmp_path / "목록.csv", tmp_path / "out"
    lines = [
        "회사명,소재지,상시근로자 수,팩스",
        "가람,경기도 안산시,32명,1",
        "나루,세상 끝,-3,2",
        "다온,경기도 가평군,많음,3",
        ",세상 끝,,4",
    ]
    sheet.write_text("\n".join(lines), "cp949")
    with pytest.raises(JiwonError, match=r"^1곳의 보고서를 만들지 못했습니다\. 위의 행을 고친 뒤"):
        cli_diagnose.diagnose_many(Settings(), sheet, folder, "json", DAY)
    told_lines = capsys.readouterr().out.splitlines()
    assert told_lines[0] == "D열 '팩스': 모르는 항목입니다. 이 열은 쓰지 않았습니다."
    assert told_lines[1].startswith("3행: C3 상시근로자 수: '-3' 0 이상이어야 합니다.")
    assert told_lines[2].startswith("3행: B3 소재지: '세상 끝'에서 시·군·구를 찾을 수 없습니다.")
    assert told_lines[3].startswith("4행: C4 상시근로자 수: '많음'은 수로 읽을 수 없습니다.")
    assert told_lines[4].startswith("5행: 소재지: '세상 끝'에서")
    assert sorted(path.name for path in folder.glob("*.json")) == ["001_가람.json", "002_나루.json", "003_다온.json"]
    report = (folder / "003_다온.json").read_text("utf-8")
    assert json.loads(report) and report.count("상시근로자 수는 어떻게 되나요? 적힌 값: '많음'") >= 1
    assert "상시근로자는 몇 명인가요?" not in report


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("suffix", FORMATS)
def test_one_company_has_one_report(tmp_path: Path, suffix: str, capsys: pytest.CaptureFixture[str]) -> None:
    profile, report = tmp_path / "company.yaml", tmp_path / f"report.{suffix}"
    cli_diagnose.write_example(profile)
    cli_diagnose.diagnose_one(Settings(), profile, report, DAY)
    assert str(DAY) in capsys.readouterr().out and report.stat().st_size > 1000


@pytest.mark.usefixtures("here")
def test_the_form_can_be_tried_at_once(tmp_path: Path) -> None:
    form, folder = tmp_path / "companies.xlsx", tmp_path / "out"
    cli_diagnose.write_example(form)
    cli_diagnose.diagnose_many(Settings(), form, folder, ".MD", None)
    assert [path.name for path in folder.glob("*.md")] == ["001_안산에 있는 금속 가공 회사(예시).md"]


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    ("content", "out", "sentence"),
    [
        ("상시근로자 수: 많음\n소재지: 세상 끝", "report.md", "수로 읽을 수 없습니다.*소재지: '세상 끝'에서"),
        ("회사명: 가", "report.exe", "'.exe' 형식의 보고서는 만들 수 없습니다"),
        ("회사명: 가", "/proc/none/report.md", "파일을 쓸 수 없습니다"),
        ("이것: 저것", "report.md", "아는 항목이 하나도 없습니다"),
    ],
)
def test_a_company_that_cannot_be_diagnosed_says_why(tmp_path: Path, content: str, out: str, sentence: str) -> None:
    profile = tmp_path / "company.yaml"
    profile.write_text(content, "utf-8")
    with pytest.raises(JiwonError, match=sentence):
        cli_diagnose.diagnose_one(Settings(), profile, tmp_path / out, DAY)
    assert not (tmp_path / out).exists()


@pytest.mark.usefixtures("here")
def test_a_folder_or_format_that_cannot_be_had_says_why(tmp_path: Path) -> None:
    sheet = tmp_path / "목록.xlsx"
    sheet.write_bytes(xlsx([["회사명"], ["가"], ["나"]]))
    with pytest.raises(JiwonError, match="폴더에 쓸 수 없습니다"):
        cli_diagnose.diagnose_many(Settings(), sheet, Path("/proc/none"), "md", DAY)
    with pytest.raises(JiwonError, match="'exe' 형식의 보고서는"):
        cli_diagnose.diagnose_many(Settings(), sheet, tmp_path / "out", "exe", DAY)
    with pytest.raises(JiwonError, match=r"기업이 2곳입니다\. --out-dir로"):
        cli_diagnose.diagnose_one(Settings(), sheet, tmp_path / "report.md", DAY)


def test_an_example_is_never_written_over_a_file(tmp_path: Path) -> None:
    file = tmp_path / "company.yaml"
    file.write_text("내 글", "utf-8")
    for path in (file, tmp_path / "a.docx"):
        with pytest.raises(JiwonError, match=r"이미 있는 파일|\.xlsx나 \.yaml로"):
            cli_diagnose.write_example(path)
    assert file.read_text("utf-8") == "내 글"


def test_a_known_error_of_the_command_is_one_sentence(tmp_path: Path) -> None:
    code, _, err = ended(command(tmp_path, tmp_path / "없는.yaml", "--out", tmp_path / "report.md"))
    assert (code, err.strip()) == (1, f"{tmp_path / '없는.yaml'}: 파일이 없습니다. 경로를 확인해 주세요.")


@pytest.mark.parametrize(
    "arguments", [(), ("a.yaml",), ("a.yaml", "--out", "b.md", "--out-dir", "c"), ("a.yaml", "--example", "b.yaml")]
)
def test_wrong_usage_is_exit_code_2(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    assert ended(command(tmp_path, *arguments))[0] == 2
