"""Programmes of one name that several governments run: which is meant, and that none lends another a fact."""

from __future__ import annotations

from datetime import date

import pytest

from ingest.pipeline import sync
from rag import generation
from rag.advisor import Advisor
from rag.domain import AnswerStatus, Question
from rag.embedders.kiwi import KiwiEmbedder
from rag.shelf import home_of

TODAY = date(2026, 3, 2)
HEADER = "id,file,title,publisher,published_on,source_url\n"
NOTICES = {
    "daegu": ("대구광역시", "2026년 3월 20일", "053-000-0101", ""),
    "jeonnam": ("전라남도", "2026년 4월 10일", "061-000-0202", "- 지원내용: 기업당 최대 700만원\n"),
}


def notice(government: str, closes: str, phone: str, more: str) -> str:
    return f"""# 2026년 새벽장터 육성사업 참여기업 모집 공고

- 사업명: 새벽장터 육성사업
- 소관부처: {government}
- 지원대상: {government} 소재 중소기업
{more}- 신청기간: 2026년 2월 16일 ~ {closes}
- 문의처: {government} 시장팀 {phone}
"""


@pytest.fixture(scope="module")
def siblings(tmp_path_factory: pytest.TempPathFactory, kiwi: KiwiEmbedder) -> Advisor:
    """An adviser over two notices of one name by two governments."""
    folder = tmp_path_factory.mktemp("siblings")
    corpus = folder / "corpus"
    corpus.mkdir()
    rows = [f"{id_},{id_}.md,2026년 새벽장터 육성사업 공고,{told[0]},2026-02-16,\n" for id_, told in NOTICES.items()]
    (corpus / "manifest.csv").write_text(HEADER + "".join(rows), "utf-8")
    for id_, told in NOTICES.items():
        (corpus / f"{id_}.md").write_text(notice(*told), "utf-8")
    sync(corpus, folder / "data", kiwi, built_at="2026-03-01T00:00:00")
    return Advisor(generation.open_current(folder / "data", kiwi))


def test_each_government_has_a_programme_of_its_own_that_supersedes_none(siblings: Advisor) -> None:
    programs = siblings.shelf.current(TODAY)
    assert sorted(program.ministry for program in programs) == ["대구광역시", "전라남도"]
    assert [program.supersedes for program in programs] == [None, None]


@pytest.mark.parametrize(
    ("text", "told", "others"),
    [
        ("대구에 있는 회사인데 새벽장터 육성사업 전화번호요", "053-000-0101", "061-000-0202"),
        ("목포 회사예요. 새벽장터 육성사업 전화번호 알려 주세요", "061-000-0202", "053-000-0101"),
    ],
)
def test_the_place_told_picks_the_sibling(siblings: Advisor, text: str, told: str, others: str) -> None:
    answer = siblings.answer(Question(text, TODAY))
    assert told in answer.text and others not in answer.text


def test_no_sibling_lends_another_a_sum(siblings: Advisor) -> None:
    answer = siblings.answer(Question("대구 회사예요. 새벽장터 육성사업 얼마까지 주나요?", TODAY))
    assert "700만" not in answer.text


def test_without_a_place_each_is_told_and_which_is_meant_is_asked(siblings: Advisor) -> None:
    answer = siblings.answer(Question("새벽장터 육성사업 언제까지 신청해요?", TODAY))
    assert answer.clarifying_question and "어느 지역" in answer.clarifying_question
    assert answer.card and set(answer.card.replies) == {"대구광역시", "전라남도"}
    assert "새벽장터 육성사업(대구광역시)" in answer.text and "새벽장터 육성사업(전라남도)" in answer.text
    assert answer.status is AnswerStatus.PARTIAL


def test_where_no_sibling_serves_the_place_none_is_told(siblings: Advisor) -> None:
    answer = siblings.answer(Question("부산 영도구 회사예요. 새벽장터 육성사업 언제까지 신청해요?", TODAY))
    assert answer.status is AnswerStatus.NOT_FOUND and "영도구 새벽장터 육성사업" in answer.text
    assert "3월 20일" not in answer.text and "4월 10일" not in answer.text


@pytest.fixture(scope="module")
def alike(tmp_path_factory: pytest.TempPathFactory, kiwi: KiwiEmbedder) -> Advisor:
    """An adviser over notices whose names differ in words that tell none from another, each of another place."""
    folder = tmp_path_factory.mktemp("alike")
    corpus = folder / "corpus"
    corpus.mkdir()
    told = {
        "a": ("나들이상회 시설자금", "전라남도", "전라남도", "061-000-0303"),
        "b": ("나들이상회 시설자금 지원사업", "대구광역시", "대구광역시 남구", "053-000-0404"),
    }
    rows = [f"{id_},{id_}.md,2026년 {name} 공고,{office},2026-02-16,\n" for id_, (name, office, *_) in told.items()]
    (corpus / "manifest.csv").write_text(HEADER + "".join(rows), "utf-8")
    for id_, (name, office, place, phone) in told.items():
        text = f"# 2026년 {name} 공고\n\n- 사업명: {name}\n- 소관부처: {office}\n- 지원대상: {place} 소재 소상공인"
        text += "\n- 지원내용: 업체당 최대 500만원\n- 신청기간: 2026년 2월 16일 ~ 4월 30일"
        text += f"\n- 문의처: {office} 상권팀 {phone}\n"
        (corpus / f"{id_}.md").write_text(text, "utf-8")
    sync(corpus, folder / "data", kiwi, built_at="2026-03-01T00:00:00")
    return Advisor(generation.open_current(folder / "data", kiwi))


@pytest.mark.parametrize(
    ("text", "told", "others"),
    [
        ("대구 남구 호프집인데 나들이상회 시설자금 전화번호요", "053-000-0404", "061-000-0303"),
        ("여수 식당인데 나들이상회 시설자금 전화번호요", "061-000-0303", "053-000-0404"),
    ],
)
def test_a_name_used_in_many_places_means_the_programme_of_the_place_told(
    alike: Advisor, text: str, told: str, others: str
) -> None:
    answer = alike.answer(Question(text, TODAY))
    assert told in answer.text and others not in answer.text


def test_a_place_inside_another_is_the_home_where_conditions_name_both(alike: Advisor) -> None:
    homes = {home_of(program) for program in alike.shelf.programs}
    assert ("대구광역시 남구",) in homes


def test_of_a_place_that_none_is_for_what_is_near_by_name_is_named_and_nothing_of_it_told(alike: Advisor) -> None:
    answer = alike.answer(Question("대구 북구 가게예요. 나들이상회 시설자금 지원사업 언제까지예요?", TODAY))
    assert answer.status is AnswerStatus.NOT_FOUND
    assert "**나들이상회 시설자금 지원사업**" in answer.text and "4월 30일" not in answer.text
