"""What commands print: reports and answers flow in, tables and sentences flow out on the terminal."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn
from rich.table import Table

from rag.domain import Extent, Match
from rag.messages.review import ABOVE, EXTENTS, IN_DOCTOR, LEFT_OUT, OF_EXTENT
from server.asking.sources import HEADING, asked_back, source_lines
from ui.pages.words import STANDING

if TYPE_CHECKING:
    from ingest.checks.report import SyncReport
    from rag.evaluate import Report, Retrieval, Row
    from server.asking.reply import AskResponse
    from server.staff.training import Trained


STAGED = (
    "색인 판 '{id}'을(를) 만들어 두었습니다. 지금 판을 그대로 씁니다. "
    "`jiwon check {id}`로 확인하고 `jiwon publish {id}`로 쓰기 시작해 주세요."
)


@contextmanager
def progress_bar() -> Iterator[Callable[[str, int, int], None]]:
    """A progress bar on a terminal, silence elsewhere; the function takes step, done and total."""
    console = Console(stderr=True)
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn()
    with Progress(*columns, console=console, disable=not console.is_terminal, transient=True) as progress:
        tasks: dict[str, TaskID] = {}

        def show(step: str, done: int, total: int) -> None:
            if step not in tasks:
                tasks[step] = progress.add_task(step)
            progress.update(tasks[step], completed=done, total=total)

        yield show


def show_sync(report: SyncReport, dry_run: bool, as_json: bool) -> None:
    """What became of each source, then one sentence on the whole."""
    if as_json:
        show_json(asdict(report))
        return
    if report.results:
        table = new_table("문서", "결과", "쪽", "조각", "사업", "비고")
        for result in report.results:
            counts = map(str, (result.pages, result.chunks, result.programs))
            told = read_so(result.extent, result.code)
            table.add_row(*map(escape, (result.file, told, *counts, result.note)))
        print_table(table)
    if dry_run or report.failed:
        # What is not served has no other place to be seen.
        several = {result.source_id for result in report.results if result.pages > 1}
        for item in report.review:
            page = f" {item.pages[0]}쪽" if item.pages and item.source_id in several else ""
            program = f"{item.program}: " if item.program else ""
            print(f"확인: {item.file}{page}: {program}{item.message} {item.action}")
    elif report.review:
        print(f"사람이 확인할 것이 {len(report.review)}개 있습니다. `jiwon doctor`로 볼 수 있습니다.")
    if not report.failed:
        print(_outcome(report, dry_run))


def read_so(extent: Extent, code: str) -> str:
    """How much of a file was read, and the name of what happened where that is not all."""
    return EXTENTS[extent] if code == "ok" else f"{EXTENTS[extent]} ({code})"


def left_out(extents: Sequence[Extent], *, is_doctor: bool) -> str:
    """A sentence on what is not served as the files have it; '' where all is."""
    counts = [(extent, extents.count(extent)) for extent in (Extent.UNREAD, Extent.KEPT, Extent.PARTLY)]
    parts = [OF_EXTENT.format(count=count, extent=EXTENTS[extent]) for extent, count in counts if count]
    where = ABOVE if is_doctor else IN_DOCTOR
    return LEFT_OUT.format(files=len(extents), parts=", ".join(parts), where=where) if parts else ""


def show_answer(response: AskResponse) -> None:
    """The answer, then its sources."""
    print(response.answer)
    if asked := asked_back(response):
        print(f"\n{asked}")
    if response.citations:
        print(f"\n{HEADING}")
    for line in source_lines(response.citations):
        print(line)
    print(f"\n{response.as_of} 기준입니다. 신청 전 문의처에 확인하세요.")


def show_evaluation(report: Report, as_json: bool) -> None:
    """How many questions of each kind passed and were served, then what every other one misses."""
    if as_json:
        show_json({"asked": report.asked, "passed": report.passed, "served": report.served, **asdict(report)})
        return
    from rag.expectations import Fault

    table = new_table("종류", "통과/도움/전체", "통과 %", "도움 %", *(str(fault) for fault in Fault))
    for row in report.rows:
        counts = (str(count or "-") for _, count in row.faults)
        table.add_row(row.kind, *_reached(row), *counts)
    table.add_section()
    totals = (str(sum(dict(row.faults).get(fault, 0) for row in report.rows) or "-") for fault in Fault)
    table.add_row("전체", *_reached(report), *totals)
    print_table(table)
    print("도움: 통과했고, 물어본 사실이 앞에 있고, 짧고, 있는 내용을 없다고 시작하지 않은 답")
    _show_retrieval(report.retrieval)
    for failure in (*report.failures, *report.unserved):
        print(f"\n{failure.id} ({failure.kind}) {failure.question}")
        for missing in failure.missing:
            print(f"  - {missing}")


def _reached(counted: Report | Row) -> tuple[str, str, str]:
    """How many passed, were served and were asked, and the shares of both."""
    told = f"{counted.passed}/{counted.served}/{counted.asked}"
    if not counted.asked:
        return told, "-", "-"
    return told, f"{100 * counted.passed / counted.asked:.1f}", f"{100 * counted.served / counted.asked:.1f}"


def show_figures(trained: Trained, as_json: bool) -> None:
    """How often the trained reader is right on readings held out, then where it was kept."""
    if as_json:
        show_json(asdict(trained))
        return
    table = new_table(f"처음 보는 질문 {trained.figures.rows}개", "맞음", "정답", "찾음", "%")
    for group in trained.figures.groups:
        for figure in group:
            found = "-" if figure.found is None else str(figure.found)
            share = f"{100 * figure.share:.1f}" if figure.wanted or figure.found else "-"
            table.add_row(figure.name, str(figure.right), str(figure.wanted), found, share)
        table.add_section()
    print_table(table)
    _show_reached(trained)
    print(f"학습한 모형을 저장했습니다: {', '.join(map(str, trained.files))}")


def _show_reached(trained: Trained) -> None:
    """How well answers are picked and programmes suggested, on rows of the dev split."""
    if trained.answers is None or trained.wishes is None:
        print("색인에 배울 사업이 없어 답을 고르는 가중치는 그대로 두었습니다. 먼저 `jiwon sync`를 실행해 주세요.")
        return
    table = new_table("배우지 않은 행", "행", "1위", "3위 안", "답함", "모른다고 함")
    for name, found in (("답하는 문장", trained.answers), ("맞는 사업", trained.wishes)):
        shares = (found.first, found.among_three, found.kept, found.caught)
        table.add_row(name, str(found.rows), *(f"{100 * share:.1f}%" for share in shares))
    print_table(table)


def _show_retrieval(found: Retrieval) -> None:
    """How often retrieval alone finds the right document and the right page."""
    if not found.asked:
        return
    from rag.evaluate import DEPTH

    table = new_table(f"검색(질문 {found.asked}개)", "1위", f"{DEPTH}위 안")
    for name, first, within in (
        ("맞는 문서", found.document_first, found.document_found),
        ("맞는 쪽", found.page_first, found.page_found),
    ):
        table.add_row(name, *(f"{100 * count / found.asked:.1f}%" for count in (first, within)))
    print()
    print_table(table)


def show_programs(matches: Sequence[Match], as_of: date) -> None:
    """The catalogue as a table, with each period's state on the day."""
    table = new_table("id", "사업", "연도", "부처", "기관", f"접수 ({as_of})")
    for match in matches:
        program = match.program
        year = str(program.year or "")
        row = (program.id, program.name, year, program.ministry, program.agency, STANDING[match.status])
        table.add_row(*map(escape, row))
    print_table(table)


def _outcome(report: SyncReport, dry_run: bool) -> str:
    if not report.changed:
        return f"바뀐 것이 없습니다. 색인 판 '{report.generation}'을(를) 그대로 씁니다."
    if dry_run:
        return "시험 실행이라 색인은 그대로 두었습니다. --dry-run 없이 실행하면 새로 만듭니다."
    if report.staged:
        return STAGED.format(id=report.generation)
    return f"색인 판 '{report.generation}'을(를) 시험 질문 {report.asked}개로 확인하고 쓰기 시작했습니다."


def new_table(*titles: str) -> Table:
    """A plain table with these columns; nothing in it is cut."""
    table = Table(box=None, pad_edge=False)
    for title in titles:
        table.add_column(title, overflow="fold")
    return table


def print_table(table: Table) -> None:
    """Print a table, on a terminal in its width."""
    # A pipe has no width; cutting rows at 80 columns would lose words.
    Console(width=None if sys.stdout.isatty() else 200).print(table)


def show_json(value: object) -> None:
    """Print a value as JSON that people can read."""
    print(json.dumps(value, ensure_ascii=False, indent=2, default=str))
