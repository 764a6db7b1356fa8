"""Which programmes and which company a conversation is about."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from rag.conversation import carried_programs, company_so_far, ordinal
from rag.domain import CompanyProfile, Question, SizeClass, Turn
from rag.lexicon import read_lexicon
from rag.naming import ProgramNames
from rag.places import read_regions
from rag.settings import INSTALLATION
from tests.rag.records import PROGRAM

LEXICON = read_lexicon(INSTALLATION / "corpus" / "lexicon.yaml")
GAZETTEER = read_regions(INSTALLATION / "corpus" / "regions.yaml", LEXICON.homographs)
DAY = date(2026, 3, 20)
GARAM, NARAE, DARAE = "가람 설비 지원", "나래 훈련 바우처", "다래 수출 융자"
OFFICE = replace(PROGRAM.contacts[0], phones=("02-345-6789",), emails=("ask@darae.kr",))
NAMES = ProgramNames(
    (
        replace(PROGRAM, name=GARAM, aliases=("smart-garam",), contacts=()),
        replace(PROGRAM, name=NARAE, aliases=(), contacts=()),
        replace(PROGRAM, name=DARAE, aliases=(), contacts=(OFFICE,)),
    )
)


def talk(*contents: str) -> Question:
    """A question after turns of the asker and the adviser by turns, the asker first."""
    roles = ("user", "assistant")
    turns = tuple(Turn(roles[at % 2], content) for at, content in enumerate(contents))
    return Question("그럼 마감은요?", DAY, history=turns)


def carried(text: str, *contents: str) -> tuple[str, ...]:
    return carried_programs(talk(*contents), text, NAMES)


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("첫 번째 거요", 0),
        ("두번째는요", 1),
        ("3번 알려 주세요", 2),
        ("네 번째", 3),
        ("마감은요", None),
        ("1644-8001번으로 걸까요", None),
        ("12번 넘게 신청", None),
    ],
)
def test_an_ordinal_is_read_in_words_and_figures_but_not_inside_a_number(text: str, at: int | None) -> None:
    assert ordinal(text) == at


def test_without_a_conversation_nothing_is_carried() -> None:
    assert carried("두 번째는요?") == ()


def test_the_programme_last_talked_about_is_carried() -> None:
    assert carried("마감은요?", f"{GARAM} 알려줘", "설비를 삽니다.") == (GARAM,)
    assert carried("마감은요?", f"{GARAM} 알려줘", "설비를 삽니다.", f"{NARAE}는요?", "훈련입니다.") == (NARAE,)


def test_an_ordinal_picks_from_the_list_last_told() -> None:
    listed = f"1. {GARAM} 2. {NARAE} 3. {DARAE}"
    assert carried("두 번째는요?", "뭐가 있나요", listed) == (NARAE,)
    assert carried("세 번째는요?", "뭐가 있나요", listed, "첫 번째 전화번호", f"{GARAM} 02-111-2222") == (DARAE,)
    assert carried("첫 번째는요?", "뭐가 있나요", listed, "두 번째 마감", f"{NARAE} 상시입니다") == (GARAM,)


def test_an_ordinal_beyond_every_list_leaves_what_was_last_talked_about() -> None:
    assert carried("네 번째는요?", f"{GARAM}은요?", "설비를 삽니다.") == (GARAM,)


def test_a_programme_that_an_answer_names_in_passing_does_not_change_the_topic() -> None:
    passing = f"{GARAM} 선정기업은 {DARAE}에서 우대합니다."
    assert carried("전화번호는요?", f"{GARAM} 자격은?", passing) == (GARAM,)
    assert carried("전화번호는요?", f"{GARAM} 자격은?", passing, "마감은?", passing) == (GARAM,)


def test_an_answer_that_tells_a_phone_is_about_the_programme_reached_there() -> None:
    assert carried("마감은요?", "전화번호 주세요", "02-345-6789입니다.") == (DARAE,)
    assert carried("마감은요?", "메일 주세요", "ask@darae.kr 입니다.") == (DARAE,)


def test_a_web_address_names_no_programme() -> None:
    assert carried("마감은?", f"{NARAE} 사이트", "www.smart-garam.kr 입니다.") == (NARAE,)
    assert carried("마감은?", f"{NARAE} 사이트", "https://smart-garam.kr/x 나 who@smart-garam.kr") == (NARAE,)


def test_the_company_is_what_the_asker_told_in_every_turn_and_not_what_the_adviser_said() -> None:
    question = talk(
        "화성시 공장이에요", "직원 999명 이하가 대상입니다.", "직원 40명", "부산 회사도 됩니다.", "아니, 50명이요"
    )
    company = company_so_far(question, NAMES, GAZETTEER)
    assert (company.region, company.industry, company.employees) == ("경기도 화성시", "제조", 50)


def test_the_profile_given_stays_where_the_talk_tells_nothing() -> None:
    given = CompanyProfile("경기도 화성시", "금형", 32, SizeClass.SMALL, 2015, True, ("교육",))
    assert company_so_far(replace(talk("안녕하세요", "네."), profile=given), NAMES, GAZETTEER) == given
