"""Untold: no account and no charged number reaches a passage, a statement or a contact."""

from __future__ import annotations

import pytest

from ingest.checks.report import ResultCode
from ingest.checks.untold import guarded, numbers_in
from ingest.files.reading import Reading
from ingest.records.assembly import extract
from ingest.text.chunks import chunks
from ingest.text.sections import sections
from rag.domain import Document, Paragraph, Source
from tests.ingest.making import gazetteer, lexicon

SOURCE = Source("a", "a.md", "2026년 밀밭 지원사업 모집 공고", "밀밭진흥원", "2026-03-02", None, "")
TEXT = """2026년 밀밭 지원사업 모집 공고
□ 지원대상
○ 중소기업
□ 지원내용
○ 장비비 최대 300만원
□ 신청방법
○ 참가비는 모레은행 351-0000-1111-22 (예금주 밀밭진흥원) 계좌로 입금
□ 문의처
○ 밀밭진흥원 041-000-3301
○ 밀밭진흥원 상담 060-700-1234"""


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("입금 계좌: 모레은행 351-0000-1111-22", ["351-0000-1111-22"]),
        ("예금주 가나다, 35100001111222", ["35100001111222"]),
        ("상담 060-700-1234 (유료)", ["060-700-1234"]),
        ("상담 060) 7000-1234", ["060) 7000-1234"]),
        ("계좌 문의 041-000-3301", []),
        ("사업자 등록 2026. 3. 2. ~ 4. 3.", []),
        ("문의 041-060-3301", []),
    ],
)
def test_accounts_and_charged_numbers_are_told_from_others(line: str, found: list[str]) -> None:
    assert list(numbers_in(Document(SOURCE, (Paragraph(1, line),), 1))) == found


def test_what_answers_rest_on_holds_none() -> None:
    document = Document(SOURCE, tuple(Paragraph(1, line) for line in TEXT.split("\n")), 1)
    parts = sections(document)
    programs = tuple(extract(document, parts, lexicon(), gazetteer()))
    made = chunks(document, parts, programs)
    done = guarded(Reading(SOURCE, ResultCode.OK, "", document, programs=programs, chunks=tuple(made)))
    (program,) = done.programs
    told = " ".join([*(c.text for c in done.chunks), *(d.text for d in program.details)])
    assert "351-0000" not in told and "060-700" not in told and "041-000-3301" in told
    assert {phone for c in program.contacts for phone in c.phones} == {"041-000-3301"}
    assert "351-0000" in document.page_text(1)
