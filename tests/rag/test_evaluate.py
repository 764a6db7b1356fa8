"""Question files: what passes, what fails and why, and which files are refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from rag.advisor import Advisor
from rag.errors import CorpusError
from rag.evaluate import DEPTH, Report, evaluate
from rag.expectations import Fault

PRODUCT = "AI응용제품 신속 상용화"
CASE = {"id": "t1", "question": f"{PRODUCT} 마감이 언제인가요?", "as_of": "2026-03-20", "kind": "deadline"}


def run(folder: Path, adviser: Advisor, *cases: dict[str, object]) -> Report:
    path = folder / "questions.jsonl"
    path.write_text("\n\n".join(json.dumps(CASE | case, ensure_ascii=False) for case in cases), "utf-8")
    return evaluate(path, adviser)


def test_a_case_passes_when_nothing_is_missing(tmp_path: Path, adviser: Advisor) -> None:
    report = run(
        tmp_path,
        adviser,
        {
            "must_include": [["2026-04-20", "2026년 4월 20일"]],
            "must_not_include": ["010-"],
            "programs_all": [PRODUCT],
            "programs_any": [PRODUCT, "없는 사업"],
            "programs_not": ["지능형로봇보급확산"],
            "status": "open",
            "cites_any": ["guide2026"],
            "cites_all": ["guide2026"],
            "cites_not": ["news2025"],
            "binds": [[PRODUCT, "2026년 4월 20일"]],
            "lead": [["2026년 4월 20일"]],
        },
    )
    assert (report.asked, report.passed, report.served) == (1, 1, 1)
    assert (report.failures, report.unserved) == ((), ())


def test_an_answer_that_passes_without_the_lead_in_front_is_not_served(tmp_path: Path, adviser: Advisor) -> None:
    report = run(tmp_path, adviser, {"must_include": [["2026년 4월 20일"]], "lead": [["없는 말"]]}, {"id": "t2"})
    assert (report.passed, report.served) == (2, 1)
    assert [failure.id for failure in report.unserved] == ["t1"]


@pytest.mark.parametrize(
    ("expected", "named"),
    [
        ({"must_include": [["2030-01-01"]]}, "2030-01-01"),
        ({"must_not_include": ["2026년 4월 20일"]}, "2026년 4월 20일"),
        ({"programs_any": ["없는 사업"]}, "없는 사업"),
        ({"programs_all": [PRODUCT, "없는 사업"]}, "없는 사업"),
        ({"programs_not": [PRODUCT]}, PRODUCT),
        ({"programs_all": [PRODUCT], "status": "closed"}, "closed"),
        ({"cites_any": ["news2025"]}, "news2025"),
        ({"cites_all": ["guide2026", "news2025"]}, "news2025"),
        ({"cites_not": ["guide2026"]}, "guide2026"),
        ({"verdict": ["ineligible"]}, "ineligible"),
        ({"binds": [["없는 유형", "2026년 4월 20일"]]}, "없는 유형"),
        ({"answer_status": "refused"}, "refused"),
    ],
)
def test_every_kind_of_miss_fails_the_case_and_is_named(
    tmp_path: Path, adviser: Advisor, expected: dict[str, object], named: str
) -> None:
    report = run(tmp_path, adviser, expected)
    (failure,) = report.failures
    assert (report.passed, failure.id, failure.kind) == (0, "t1", "deadline")
    assert len(failure.missing) == 1
    assert named in failure.missing[0]


def test_white_space_case_and_marks_do_not_count_when_comparing(tmp_path: Path, adviser: Advisor) -> None:
    report = run(
        tmp_path, adviser, {"must_include": [["2026 년 4월20일"]]}, {"must_include": [["ai응용제품-신속상용화"]]}
    )
    assert report.passed == 2


def test_rows_count_each_kind(tmp_path: Path, adviser: Advisor) -> None:
    report = run(tmp_path, adviser, {}, {"kind": "amount"}, {"must_include": [["없는 말"]]})
    assert [(row.kind, row.asked, row.passed) for row in report.rows] == [("amount", 1, 1), ("deadline", 2, 1)]


def test_profile_and_history_reach_the_question(tmp_path: Path, adviser: Advisor) -> None:
    profile = {"region": "경상북도 구미시", "size": "중소기업", "employees": 10, "needs": ["교육"]}
    history = [{"role": "user", "content": "능력개발전담주치의가 뭔가요?"}]
    report = run(
        tmp_path,
        adviser,
        {
            "question": "그럼 전화번호는요?",
            "profile": profile,
            "history": history,
            "must_include": [["054-713-3012"]],
        },
    )
    assert report.failures == ()


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "[]",
        '"글"',
        '{"id": "1", "question": "가"}',
        '{"id": "1", "as_of": "2026-01-01"}',
        '{"question": "가", "as_of": "2026-01-01"}',
        '{"id": "1", "question": "가", "as_of": "내일"}',
        '{"id": "1", "question": "가", "as_of": 20260101}',
        '{"id": "1", "question": "가", "as_of": "2026-01-01", "profile": {"size": "큰기업"}}',
        '{"id": "1", "question": "가", "as_of": "2026-01-01", "profile": [1]}',
        '{"id": "1", "question": "가", "as_of": "2026-01-01", "history": [{"role": "user"}]}',
        '{"id": "1", "question": "가", "as_of": "2026-01-01", "must_include": "가"}',
        '{"id": "1", "question": "가", "as_of": "2026-01-01", "binds": [["가"]]}',
        '{"id": "1", "question": "가", "as_of": "2026-01-01", "cites_all": "가"}',
    ],
)
def test_a_line_that_is_no_case_is_refused_by_its_number(tmp_path: Path, adviser: Advisor, line: str) -> None:
    path = tmp_path / "questions.jsonl"
    path.write_text(f"{json.dumps(CASE, ensure_ascii=False)}\n{line}\n", "utf-8")
    with pytest.raises(CorpusError, match="2번째 줄"):
        evaluate(path, adviser)


def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path, adviser: Advisor) -> None:
    with pytest.raises(CorpusError):
        evaluate(tmp_path / "none.jsonl", adviser)
    (tmp_path / "cp949.jsonl").write_bytes("가".encode("cp949"))
    with pytest.raises(CorpusError):
        evaluate(tmp_path / "cp949.jsonl", adviser)


def test_faults_are_counted_by_what_they_are_and_by_kind(tmp_path: Path, adviser: Advisor) -> None:
    report = run(
        tmp_path,
        adviser,
        {"must_include": [["2030-01-01"], ["2031-01-01"]], "cites_any": ["news2025"]},
        {"id": "t2", "must_not_include": ["2026년 4월 20일"]},
        {"id": "t3", "programs_all": [PRODUCT], "status": "closed"},
    )
    (row,) = report.rows
    assert (row.asked, row.passed) == (3, 0)
    assert dict(row.faults) == {
        Fault.FACT: 1,
        Fault.FORBIDDEN: 1,
        Fault.PROGRAM: 0,
        Fault.CITATION: 1,
        Fault.STATUS: 1,
    }


def test_retrieval_is_judged_by_itself_by_document_and_page(tmp_path: Path, adviser: Advisor) -> None:
    right: dict[str, object] = {"must_include": [["2026. 4. 20"]], "cites_any": ["guide2026"]}
    wrong: dict[str, object] = {"id": "t2", "must_include": [["2030-01-01"]], "cites_any": ["news2025"]}
    found = run(tmp_path, adviser, right, wrong, {"id": "t3"}).retrieval
    assert (found.asked, found.document_found, found.page_found) == (2, 1 + _holds_news(adviser), 1)
    assert found.document_first <= found.document_found
    assert found.page_first <= found.page_found <= found.document_found


def _holds_news(adviser: Advisor) -> bool:
    hits = adviser.shelf.find(str(CASE["question"]), DEPTH)
    return any(hit.chunk.source_id == "news2025" for hit in hits)
