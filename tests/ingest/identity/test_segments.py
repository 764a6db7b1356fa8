"""Where a document's programmes begin and end."""

from __future__ import annotations

from ingest.identity.segments import Segment, segments
from ingest.identity.titles import programme_name
from tests.ingest.making import document, lexicon, lines

BODY = """
□ 목적: {0}을 돕습니다.
□ 지원대상: 중소기업
□ 지원내용: {0} 장비
□ 문의처: 02-100-2001
"""


def cut(text: str, title: str = "모의 안내서") -> tuple[list[Segment], str]:
    found, outside = segments(lines(text), document(text, title).source, lexicon())
    return found, "\n".join(line.text for line in outside)


CONTENTS = "# 차례\n1. 가람부\n가람 설비 지원 3\n나래 훈련 바우처 5\n2. 다온부\n다온 수출 지원 7\n"


def test_a_contents_list_names_the_programmes_and_their_chapters() -> None:
    text = CONTENTS + "".join(
        f"# {name}\n{BODY.format(name)}" for name in ("가람 설비 지원", "나래 훈련 바우처", "다온 수출 지원")
    )
    found, outside = cut(text)
    assert [(s.name, s.chapter) for s in found] == [
        ("가람 설비 지원", "가람부"),
        ("나래 훈련 바우처", "가람부"),
        ("다온 수출 지원", "다온부"),
    ]
    assert "차례" in outside


def test_a_programme_whose_title_is_lost_begins_where_a_purpose_follows_whom_to_ask() -> None:
    bodies = {name: BODY.format(name) for name in ("가람 설비 지원", "나래 훈련 바우처", "다온 수출 지원")}
    text = (
        f"{CONTENTS}# 가람 설비 지원\n{bodies['가람 설비 지원']}{bodies['나래 훈련 바우처']}"
        f"# 다온 수출 지원\n{bodies['다온 수출 지원']}"
    )
    found, _ = cut(text)
    assert [s.name for s in found] == ["가람 설비 지원", "나래 훈련 바우처", "다온 수출 지원"]
    for segment in found:
        told = "\n".join(line.text for line in segment.lines)
        assert [name for name in bodies if f"{name} 장비" in told] == [segment.name]


def test_headings_over_core_labels_are_programmes_even_if_nobody_listed_them() -> None:
    text = f"# 올해의 사업\n## 1. 가람 설비 지원\n{BODY.format('가람')}\n## 2. 나래 훈련 바우처\n{BODY.format('나래')}"
    found, outside = cut(text, "모의 통합 공고")
    assert [s.name for s in found] == ["가람 설비 지원", "나래 훈련 바우처"]
    assert outside == "올해의 사업"


def test_a_notice_of_one_programme_is_that_programme_as_a_whole() -> None:
    text = f"# 2026년 가람 설비 지원사업 모집 공고\n{BODY.format('가람')}"
    found, outside = cut(text, "2026년 「가람 설비 지원사업」 참여기업 모집 공고")
    assert ([s.name for s in found], outside) == (["가람 설비 지원사업"], "")
    assert len(found[0].lines) == len(lines(text))


def test_a_document_without_a_programme_gives_none() -> None:
    text = "# 회의록\n오늘 회의를 열었습니다.\n다음 회의는 금요일입니다."
    found, outside = cut(text, "정기 회의록")
    assert found == []
    assert outside.startswith("회의록")


def test_no_line_is_lost_and_none_is_told_twice() -> None:
    text = f"머리말\n# 1. 가람 설비 지원\n{BODY.format('가람')}\n# 2. 나래 훈련 바우처\n{BODY.format('나래')}"
    found, outside = cut(text, "모의 통합 공고")
    told = [outside, *(line.text for segment in found for line in segment.lines)]
    assert told == [line.text for line in lines(text)]


def test_a_title_as_printed_is_given_its_canonical_name() -> None:
    (name, aliases), *_ = lexicon().programs
    assert programme_name(f"1-1. {aliases[0]}", lexicon()) == name
    assert programme_name(f"{name}(2026)", lexicon()) == name
    assert programme_name("3. 가람 설비 지원", lexicon()) == "가람 설비 지원"


def test_programmes_of_a_booklet_are_cut_at_their_numbered_names_below_a_chapter() -> None:
    stated = (("지원대상", "중소기업"), ("지원내용", "장비"), ("신청기간", "연중 상시"), ("문의처", "02-100-2001"))
    body = "사업목적\n {0}을 돕습니다\n" + "".join(f"{label}\n ○ {value}\n" for label, value in stated)
    pages = "".join(
        f"- {n} -\n\n{n}  {name}\n\n{body.format(name)}\n"
        for n, name in ((7, "가람 설비 지원사업"), (8, "나래 훈련 지원사업"))
    )
    found, _ = cut(f"다온시 기업지원 시책\n\nⅣ. 기술 지원\n\n{pages}", "다온시 기업지원 시책")
    assert [segment.name for segment in found] == ["가람 설비 지원사업", "나래 훈련 지원사업"]
