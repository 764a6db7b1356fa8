"""Figures, conditions and bodies that staff correct are served, cited and told; refuted ones are told nowhere."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ingest.checks.report import SyncReport
from ingest.corrections.overrides import NAME
from ingest.pipeline import sync
from rag.advisor import Advisor
from rag.catalogue import Catalogue
from rag.domain import Answer, CompanyProfile, CriterionField, Program, Question, ReviewCode
from rag.errors import CorpusError
from rag.generation import open_catalogue, open_current
from rag.trust import trusted
from tests.ingest.test_pipeline import HEADER, Digests

pytestmark = pytest.mark.long

NOTICE = """# 가람 바우처 지원사업

- 소관부처: 가람산업부
- 지원대상: 상시근로자 10인 이상 50인 이하 중소기업, 경기도에 있는 기업
- 제외대상: 휴업 중인 기업, 국세 체납 기업
- 지원내용: 소프트웨어 구매를 지원, 과제당 최대 5천만원 이내, 국비 70%, 자부담 30%
- 예산: 총 100억원, 200개 과제
- 신청기간: 3. 2. ~ 3. 31.
- 문의처: 가람 진흥원 02-000-0000
"""
TRACKS = """# 나래 바우처 지원사업

- 지원대상: 중소기업
- 신청기간: 2026. 3. 2. ~ 2026. 3. 31.

| 구분 | 일반과제 | 선도과제 |
| --- | --- | --- |
| 지원내용 | 과제당 최대 5천만원 지원 | 과제당 최대 1억원 지원 |
"""
HEAD = "- {program: 가람 바우처 지원사업, reason: 통화로 확인, "
BENEFIT, CRITERION = HEAD + "field: benefit, ", HEAD + "field: criterion, criterion: "

NOBODY = CompanyProfile()


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Two notices, one of them with tracks."""
    folder = tmp_path / "corpus"
    folder.mkdir()
    rows = "garam,garam.md,2026년 가람 공고,가람부,2026-02,\nnarae,narae.md,2026년 나래 공고,나래부,2026-02,\n"
    (folder / "manifest.csv").write_text(HEADER + rows, "utf-8")
    (folder / "garam.md").write_text(NOTICE, "utf-8")
    (folder / "narae.md").write_text(TRACKS, "utf-8")
    return folder


def synced(corpus: Path, overrides: str, day: int = 1) -> SyncReport:
    (corpus / NAME).write_text(overrides, "utf-8")
    return sync(corpus, corpus.parent / "data", Digests(), built_at=f"2026-03-{day:02}T09:00:00+09:00")


def program(corpus: Path, name: str = "가람 바우처 지원사업") -> Program:
    _, books = open_catalogue(corpus.parent / "data")
    try:
        check_evidence(books)
        return next(p for p in books.programs() if p.name == name)
    finally:
        books.close()


def check_evidence(books: Catalogue) -> None:
    """Every fact's words stand in the document it cites."""
    for one in books.programs():
        for evidence in {fact.evidence for facts in (one.criteria, one.benefits, one.details) for fact in facts}:
            document = books.document(evidence.source_id)
            assert document and "".join(evidence.quote.split()) in "".join(document.page_text(1).split())


def answered(corpus: Path, text: str, profile: CompanyProfile = NOBODY) -> Answer:
    opened = open_current(corpus.parent / "data", Digests())
    try:
        return Advisor(opened).answer(Question(text, date(2026, 3, 20), profile))
    finally:
        opened.close()


def cites_staff(answer: Answer, words: str) -> bool:
    return any(c.evidence.source_id == "overrides" and words in c.evidence.quote for c in answer.citations)


@pytest.mark.parametrize(
    ("entry", "figures", "words"),
    [
        ("ceiling: 4천만원}", (40_000_000, 70, 30), "4,000만 원"),
        ("ceiling: '150,000,000'}", (150_000_000, 70, 30), "1억 5,000만 원"),
        ("rate: 60%, own_share: 40}", (50_000_000, 60, 40), "60%"),
        ("own_share: 없음}", (50_000_000, 70, None), ""),
        ("ceiling: 4천만원, was: 5천만원}", (40_000_000, 70, 30), "4,000만 원"),
    ],
)
def test_a_figure_is_replaced_and_the_others_stay(
    corpus: Path, entry: str, figures: tuple[int, float, float | None], words: str
) -> None:
    synced(corpus, BENEFIT + entry)
    found = program(corpus)
    told = [
        {value for benefit in found.benefits if (value := getattr(benefit, name)) is not None}
        for name in ("ceiling", "rate", "own_share")
    ]
    assert told == [{value} if value is not None else set() for value in figures]
    said = " ".join(detail.text for detail in found.details)
    assert "소프트웨어 구매" in said and words in said
    assert ("5천만원" in said) == (figures[0] == 50_000_000)
    assert ("30%" in said) == (figures[2] == 30)


def test_an_answer_tells_the_corrected_ceiling_and_cites_staff(corpus: Path) -> None:
    synced(corpus, BENEFIT + "ceiling: 4천만원}")
    answer = answered(corpus, "가람 바우처는 얼마까지 지원되나요?")
    assert "4,000만 원" in answer.text and "5천만원" not in answer.text
    assert cites_staff(answer, "4,000만 원")


def test_a_ceiling_of_one_track_is_replaced_and_without_a_track_it_is_asked_for(corpus: Path) -> None:
    entry = "- {program: 나래 바우처 지원사업, reason: 통화로 확인, field: benefit, ceiling: 2억원"
    with pytest.raises(CorpusError, match=r"여럿.*track"):
        synced(corpus, entry + "}")
    synced(corpus, entry + ", track: 선도과제}")
    found = program(corpus, "나래 바우처 지원사업")
    assert {b.track: b.ceiling for b in found.benefits if b.ceiling} == {
        "일반과제": 50_000_000,
        "선도과제": 200_000_000,
    }
    assert not [detail for detail in found.details if "1억원" in detail.text]


@pytest.mark.parametrize(
    ("entry", "field", "values"),
    [
        ("employees, minimum: 5, maximum: 300}", CriterionField.EMPLOYEES, (5, 300, (), ())),
        ("employees, maximum: 300}", CriterionField.EMPLOYEES, (None, 300, (), ())),
        ("size, allowed: [중소기업, 중견기업]}", CriterionField.SIZE, (None, None, ("중소기업", "중견기업"), ())),
        (
            "region, allowed: [경기 가평군, 강원]}",
            CriterionField.REGION,
            (None, None, ("경기도 가평군", "강원특별자치도"), ()),
        ),
        ("age, maximum: 7}", CriterionField.AGE, (None, 7, (), ())),
        ("insurance, allowed: 가입}", CriterionField.INSURANCE, (None, None, ("가입",), ())),
        ("exclusion, excluded: 부도}", CriterionField.EXCLUSION, (None, None, (), ("부도",))),
    ],
)
def test_a_condition_is_set(
    corpus: Path, entry: str, field: CriterionField, values: tuple[int | None, int | None, object, object]
) -> None:
    synced(corpus, CRITERION + entry)
    (found,) = [c for c in program(corpus).criteria if c.field is field]
    assert (found.minimum, found.maximum, found.allowed, found.excluded) == values
    assert "고친 까닭" in found.evidence.quote


def test_a_refuted_bound_is_told_nowhere_and_what_stood_beside_it_still_is(corpus: Path) -> None:
    synced(corpus, CRITERION + "employees, minimum: 5}")
    found = program(corpus)
    said = " ".join([*(d.text for d in found.details), *(c.text for c in found.criteria)])
    assert "10인" not in said and "50인" not in said
    assert "상시근로자 5명 이상" in said and "중소기업" in said and "경기도" in said
    small = CompanyProfile(employees=7, region="경기도 가평군")
    answer = answered(corpus, "우리 회사가 가람 바우처 지원대상에 해당되나요?", small)
    assert "5명 이상" in answer.text and cites_staff(answer, "5명 이상")
    assert "10인" not in answer.text


def test_a_condition_is_added_beside_others_and_removed(corpus: Path) -> None:
    synced(corpus, CRITERION + "exclusion, excluded: [부도], add: true}\n" + CRITERION + "region, remove: true}")
    found = program(corpus)
    shut_out = {word for c in found.criteria if c.field is CriterionField.EXCLUSION for word in c.excluded}
    assert "부도" in shut_out and len(shut_out) > 1
    assert not [c for c in found.criteria if c.field is CriterionField.REGION]
    assert [d for d in found.details if d.text == "지역 조건 없음"]


def test_a_correction_beats_an_unsure_reading(corpus: Path) -> None:
    doubtful = NOTICE.replace(
        "10인 이상 50인 이하 중소기업", "10인 이상 중소기업\n- 지원대상: 상시근로자 30인 이상 기업"
    )
    (corpus / "garam.md").write_text(doubtful, "utf-8")
    synced(corpus, CRITERION + "employees, minimum: 5}")
    (found,) = [c for c in trusted(program(corpus)).criteria if c.field is CriterionField.EMPLOYEES]
    assert (found.minimum, found.confidence) == (5, 1.0)


def test_ministry_agency_and_budget_are_replaced_and_cited(corpus: Path) -> None:
    synced(
        corpus,
        HEAD
        + "field: ministry, value: 하늘부}\n"
        + HEAD
        + "field: agency, value: 하늘진흥원}\n"
        + HEAD
        + "field: budget, value: 120억원}",
    )
    found = program(corpus)
    assert (found.ministry, found.agency, found.budget) == ("하늘부", "하늘진흥원", 12_000_000_000)
    said = " ".join(detail.text for detail in found.details)
    assert "100억원" not in said and "200개 과제" in said and "가람산업부" not in said
    answer = answered(corpus, "예산이 제일 큰 사업은?")
    assert "120억 원" in answer.text and cites_staff(answer, "120억")


def test_a_year_moves_the_programme_and_the_days_that_were_read_for_the_other_year(corpus: Path) -> None:
    synced(corpus, HEAD + "field: year, value: 2027}")
    found = program(corpus)
    assert (found.year, found.id[:5], found.periods[0].closes_on) == (2027, "2027-", date(2027, 3, 31))


def test_no_passage_tells_what_is_refuted_and_one_tells_what_is_right(corpus: Path) -> None:
    synced(corpus, CRITERION + "employees, minimum: 5}\n" + BENEFIT + "ceiling: 4천만원}")
    _, books = open_catalogue(corpus.parent / "data")
    words = "\n".join(chunk.text for chunk in books.chunks())
    books.close()
    assert "10인" not in words and "과제당 최대 5천만원 이내" not in words
    assert "상시근로자 5명 이상" in words and "4,000만 원" in words and "신청기간" in words


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        (BENEFIT + "kind: grant}", "ceiling"),
        (BENEFIT + "ceiling: 많이}", "많이"),
        (BENEFIT + "ceiling: 5000}", "5000"),
        (BENEFIT + "rate: 170}", "170"),
        (BENEFIT + "rate: 70, own_share: 30, was: 20}", "was"),
        (BENEFIT + "ceiling: 1억원, was: 7억원}", "7억"),
        (BENEFIT + "ceiling: 1억원, kind: gift}", "gift"),
        (BENEFIT + "ceiling: 없음, kind: loan}", "지원한도"),
        (CRITERION + "money, minimum: 1}", "money"),
        (HEAD + "field: criterion, minimum: 1}", "criterion"),
        (CRITERION + "employees}", "minimum"),
        (CRITERION + "employees, minimum: 다섯}", "다섯"),
        (CRITERION + "employees, minimum: 9, maximum: 5}", "9"),
        (CRITERION + "employees, allowed: 중소기업}", "minimum"),
        (CRITERION + "size, minimum: 5}", "allowed"),
        (CRITERION + "size, allowed: 작은 기업}", "작은 기업"),
        (CRITERION + "size, allowed: 중소기업, excluded: 대기업}", "함께"),
        (CRITERION + "size, allowed: []}", "allowed"),
        (CRITERION + "exclusion, allowed: 부도}", "excluded"),
        (CRITERION + "insurance, excluded: 가입}", "allowed"),
        (CRITERION + "region, allowed: 한양}", "한양"),
        (CRITERION + "region, allowed: 경기도 없는군}", "없는군"),
        (CRITERION + "age, remove: true}", "업력"),
        (CRITERION + "region, remove: true, allowed: 경기도}", "remove"),
        (HEAD + "field: year, value: 26}", "26"),
        (HEAD + "field: budget, value: 큰돈}", "큰돈"),
        (HEAD + "field: ministry}", "value"),
        (BENEFIT + "ceiling: 1억원}\n" + BENEFIT + "ceiling: 2억원}", "1번째 항목과 같은"),
        (CRITERION + "age, maximum: 5}\n" + CRITERION + "age, maximum: 7}", "1번째 항목과 같은"),
        (HEAD + "field: agency, value: 가}\n" + HEAD + "field: agency, value: 나}", "1번째 항목과 같은"),
    ],
)
def test_a_wrong_entry_is_refused_and_the_served_generation_stays(corpus: Path, entry: str, said: str) -> None:
    before = synced(corpus, "").generation
    with pytest.raises(CorpusError, match=r"overrides\.yaml의 \d번째 항목") as refused:
        synced(corpus, entry, 2)
    assert said in str(refused.value)
    record, books = open_catalogue(corpus.parent / "data")
    books.close()
    assert record.id == before


def test_every_correction_is_listed_with_its_reason_its_words_and_what_it_replaced(corpus: Path) -> None:
    report = synced(corpus, BENEFIT + "ceiling: 4천만원}\n" + CRITERION + "employees, minimum: 5}")
    ceiling, employees = (item for item in report.review if item.code is ReviewCode.OVERRIDDEN)
    assert ceiling.replaced == "지원한도 5,000만 원" and employees.replaced == "상시근로자 10명 이상 50명 이하"
    for item in (ceiling, employees):
        assert "직원이 고친 값" in item.message and "통화로 확인" in item.message and item.quote


@pytest.mark.parametrize(
    ("entry", "changed", "said"),
    [
        (BENEFIT + "ceiling: 4천만원, was: 5천만원}", NOTICE.replace("5천만원", "6천만원"), "5,000만 원"),
        (CRITERION + "region, remove: true}", NOTICE.replace(", 경기도에 있는 기업", ""), "지역"),
        (BENEFIT + "ceiling: 4천만원}", NOTICE.replace("5천만원", "6천만원"), "6,000만 원"),
        (
            BENEFIT + "ceiling: 4천만원, source: garam, pages: 1, quote: 과제당 최대 5천만원}",
            NOTICE.replace("5천만원", "6천만원"),
            "quote",
        ),
        (BENEFIT + "ceiling: 4천만원}", NOTICE.replace("가람 바우처", "마루 상담"), "가람 바우처 지원사업"),
    ],
)
def test_a_correction_that_the_documents_outgrew_is_listed_until_staff_settle_it(
    corpus: Path, entry: str, changed: str, said: str
) -> None:
    synced(corpus, entry)
    (corpus / "garam.md").write_text(changed, "utf-8")
    for day in (2, 3):
        report = synced(corpus, entry, day)
        lapsed = [item for item in report.review if item.code is ReviewCode.LAPSED]
        assert report.changed and lapsed
        assert said in " ".join(item.message for item in lapsed)
        (corpus / "narae.md").write_text(TRACKS + "\n이틀째 공고입니다.\n", "utf-8")
    assert not [item for item in synced(corpus, "", 4).review if item.code is ReviewCode.LAPSED]
