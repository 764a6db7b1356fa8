"""What the names of fields mean, also those coined afresh, and the values beside them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.labels.fields import canonical, introduces, label_and_value, labelled, meant, said, split_labels
from ingest.labels.outline import unbulleted


@pytest.mark.parametrize(
    ("name", "labels"),
    [
        ("접수기간 및 방법", ("신청기간", "신청방법")),
        ("유형별 신청자격 및 지원금", ("지원대상", "지원조건")),
        ("선정인원과 예산", ("지원규모", "예산")),
        ("과제당 지원금액", ("지원조건",)),
        ("권역별 문의처", ("문의처",)),
        ("갖춰야 할 서류", ("제출서류",)),
        ("우선 선정", ("우대사항",)),
        ("적용 제외", ("제외대상",)),
        ("가점 (최대 5점)", ("우대사항",)),
        ("기업평가 항목", ("선정절차",)),
        ("제외 2", ("제외대상",)),
        ("지급 시기", ()),
        ("사업계획서", ()),
        ("마케팅 지원", ()),
        ("국세 체납 기업", ()),
    ],
)
def test_a_coined_name_means_what_its_last_noun_says(name: str, labels: tuple[str, ...]) -> None:
    assert meant(name) == labels


@pytest.mark.parametrize(
    ("head", "label"),
    [
        ("누가 신청할 수 있나요?", "지원대상"),
        ("어느 업체", "지원대상"),
        ("무엇을 도와주나요", "지원내용"),
        ("얼마를 받나요", "지원조건"),
        ("접수는 언제까지 하나요", "신청기간"),
        ("어디로 신청하나요", "신청방법"),
        ("준비할 것", "제출서류"),
        ("어떻게 선정하나요", "선정절차"),
        ("먼저 뽑는 기업", "우대사항"),
        ("이런 업체는 받을 수 없어요", "제외대상"),
        ("참여할 수 없는 사업장", "제외대상"),
        ("물어보는 곳", "문의처"),
        ("얼마나 이용하나요", "지원기간"),
        ("꼭 지켜 주세요", ""),
        ("다른 지역 기업은 신청할 수 없음", None),
        ("제조업을 하는 기업", None),
    ],
)
def test_a_conversational_head_means_what_it_asks(head: str, label: str | None) -> None:
    assert said(head) == label


@pytest.mark.parametrize(
    ("sentence", "label"),
    [
        ("다만, 아래 중 하나에 해당하면 신청할 수 없습니다.", "제외대상"),
        ("다음 각 호의 사업주에게는 지급하지 않는다.", "제외대상"),
        ("다음의 요건을 모두 갖춘 기업", "지원대상"),
        ("아래 기업은 우선 선정합니다.", "우대사항"),
        ("다음과 같이 공고합니다.", None),
        ("세금을 체납한 기업은 신청할 수 없습니다.", None),
    ],
)
def test_a_sentence_that_points_below_opens_a_list(sentence: str, label: str | None) -> None:
    assert introduces(sentence) == label


@given(st.text(max_size=50))
def test_no_phrase_makes_reading_fail(phrase: str) -> None:
    assert isinstance(meant(phrase), tuple)
    assert said(phrase) is None or isinstance(said(phrase), str)


@pytest.mark.parametrize(
    ("line", "label", "value"),
    [
        ("□ 지원대상 : 중소기업", "지원대상", "중소기업"),
        ("○ (신청기간) 3. 19. ~ 4. 20.", "신청기간", "3. 19. ~ 4. 20."),
        ("[문의처] 02-000-0000", "문의처", "02-000-0000"),
        ("【 접수기간 】 연중 상시", "신청기간", "연중 상시"),
        ("**지원규모**: 10개 과제", "지원규모", "10개 과제"),
        ("1. 사업목적", "목적", ""),
        ("가. 신청자격", "지원대상", ""),
        ("Ⅱ. 지원내용", "지원내용", ""),
        ("① 지원조건: 50% 이내", "지원조건", "50% 이내"),
        ("신청 및 접수기간 2026. 3. 4.부터", "신청기간", "2026. 3. 4.부터"),
        ("지 원 대 상 : 소상공인", "지원대상", "소상공인"),
        ("2026년 예산: 128억원", "예산", "128억원"),
        ("'26년 예산 : 128억원", "예산", "128억원"),
        ("융 자 금 리: 연 2.5%", "융자금리", "연 2.5%"),
        ("제출서류", "제출서류", ""),
        ("지원대상 중소기업 및 중견기업", "지원대상", "중소기업 및 중견기업"),
    ],
)
def test_a_marked_field_gives_its_label_and_value(line: str, label: str, value: str) -> None:
    assert labelled(line) == (label, value)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "예산 소진 시까지",
        "예산 범위 내에서 지원합니다.",
        "일정 협의 후 방문합니다.",
        "목적 외 사용 금지",
        "지원대상 확인 후 신청합니다.",
        "담당자 안내",
        "지원대상을 정합니다.",
        "(주)모의기업: 제조업",
        "3. 19. ~ 4. 20.",
        "전기요금: 매월",
    ],
)
def test_a_sentence_or_an_unknown_field_has_no_label(line: str) -> None:
    assert labelled(line) is None


def test_labels_inside_a_line_cut_it() -> None:
    line = "(예산) 47억원, (지원대상) 우선지원대상기업, (참고) 별첨"
    assert split_labels(line) == ["(예산) 47억원", "(지원대상) 우선지원대상기업, (참고) 별첨"]


@pytest.mark.parametrize(
    ("cells", "pair"),
    [
        (("신청 기간", "연중 상시"), ("신청기간", "연중 상시")),
        (("모의 사업", "지원대상", "중소기업"), ("지원대상", "중소기업")),
        (("지원대상", "문의처"), ("지원대상", "문의처")),
        (("업종", "제조업"), None),
        (("지원대상", "지원내용", "문의처"), None),
        (("문의처",), None),
    ],
)
def test_a_row_of_label_and_value_is_a_pair(cells: tuple[str, ...], pair: tuple[str, str] | None) -> None:
    assert label_and_value(cells) == pair


@pytest.mark.parametrize(
    "line", ["□ 모의 내용", "① 모의 내용", "- 모의 내용", "1) 모의 내용", "가. 모의 내용", "※ 모의 내용"]
)
def test_a_bullet_or_number_is_taken_off(line: str) -> None:
    assert unbulleted(line) == "모의 내용"


@given(
    st.sampled_from(["지원대상", "신청기간", "문의처", "지원조건"]), st.sampled_from(["□ {}: 값", "({}) 값", "[{}] 값"])
)
def test_white_space_inside_a_label_changes_nothing(label: str, form: str) -> None:
    assert labelled(form.format(" ".join(label))) == labelled(form.format(label)) == (label, "값")


@given(st.text(max_size=60))
def test_no_line_makes_reading_fail(line: str) -> None:
    found = labelled(line)
    assert found is None or canonical(found[0]) == found[0]
    assert all(part in line for part in split_labels(line))


@pytest.mark.parametrize("line", ["예산 소진시까지", "예산 소진 시까지", "예산 범위 내 지원", "예산 범위내에서"])
def test_a_statement_of_how_long_money_lasts_is_no_budget(line: str) -> None:
    assert labelled(line) is None


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("3) 시작: 2026년 5월 4일", ("신청기간", "2026년 5월 4일")),
        ("시행일 2026년 5월 4일 ~ 자금 소진 시까지", ("신청기간", "2026년 5월 4일 ~ 자금 소진 시까지")),
        ("◎ 신청기간: 5. 4. ~ 5. 8.", ("신청기간", "5. 4. ~ 5. 8.")),
        ("이런 분께: 가람시 소상공인", ("지원대상", "가람시 소상공인")),
        ("빌려드리는 돈: 최고 2천만원", ("융자한도", "최고 2천만원")),
        ("갚는 방법: 3년 분할", ("융자기간", "3년 분할")),
        ("전화", ("문의처", "")),
        ("전화 주시면 안내해 드립니다", None),
        ("접수일 현재 휴업 중인 기업", None),
        ("시작이 반이다", None),
    ],
)
def test_plain_words_are_labels_where_they_stand_alone(line: str, found: tuple[str, str] | None) -> None:
    assert labelled(line) == found
