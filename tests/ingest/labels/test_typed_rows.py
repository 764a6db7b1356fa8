"""What the rows of a table of typed columns say, and of what."""

from __future__ import annotations

from ingest.labels.typed_rows import Kind, Of, kind_of, part_name, typed_rows
from tests.ingest.making import lines, programs

PARTS = """| 세부사업 | 업체당 지원 | ^^ | 접수기간 | 담당 |
| ^^ | 한도 | 자부담 | ^^ | ^^ |
| 포장재 개선 | 4 | 없음 | 2026. 5. 4. ~ 5. 15. | 가칭팀 055-000-1101 |
| 냉장설비 교체 | 25 | 30% | 2026. 5. 4. ~ 예산 소진 시까지 | 나칭팀 055-000-1102 |"""
NOTICE = f"""# 가람시 식품가공업체 시설개선 지원사업 공고
○ 신청자격: 가람시에 공장을 둔 중소기업
(단위: 백만원)
{PARTS}
○ 신청방법: 누리집 접수, 각 세부사업 마감일 17:00까지"""


def said(text: str) -> list[tuple[Of, str, Kind, str]]:
    return [(s.of, s.name, s.kind, s.text) for told in typed_rows(lines(text)).values() for s in told]


def test_a_column_is_typed_by_the_last_word_of_its_name_that_tells() -> None:
    assert kind_of("지원금 자부담률") is Kind.OWN
    assert kind_of("자부담 제외 지원 한도(백만원)") is Kind.SUM
    assert kind_of("과제당 총사업비") is Kind.COST


def test_a_name_makes_no_column_of_sums_where_no_cell_holds_one() -> None:
    found = said("| 유형 | 지원금 | 접수기간 |\n| 가람 | 심의 | 3. 2. ~ 3. 6. |\n| 나래 | 심의 | 3. 9. ~ 3. 13. |")
    assert {kind for _, _, kind, _ in found} == {Kind.OTHER, Kind.PERIOD}


def test_rows_are_parts_each_with_its_ceiling_its_share_its_days_and_its_desk() -> None:
    (program,) = programs(NOTICE, "가람시 식품가공업체 시설개선 지원사업 공고")
    assert [track.name for track in program.tracks] == ["포장재 개선", "냉장설비 교체"]
    assert [(b.track, b.ceiling, b.own_share) for b in program.benefits] == [
        ("포장재 개선", 4_000_000, 0.0),
        ("냉장설비 교체", 25_000_000, 30.0),
    ]
    assert [(p.track, str(p.opens_on), p.closes_on and str(p.closes_on)) for p in program.periods] == [
        ("포장재 개선", "2026-05-04", "2026-05-15"),
        ("냉장설비 교체", "2026-05-04", None),
    ]
    assert [(c.track, c.phones) for c in program.contacts] == [
        ("포장재 개선", ("055-000-1101",)),
        ("냉장설비 교체", ("055-000-1102",)),
    ]


def test_a_last_hour_told_for_all_parts_is_that_of_each_last_day() -> None:
    (program,) = programs(NOTICE, "가람시 식품가공업체 시설개선 지원사업 공고")
    assert [period.closes_at and period.closes_at.hour for period in program.periods] == [17, None]


def test_columns_of_parts_are_read_like_rows_of_parts() -> None:
    text = "| 구분 | 새싹형 | 나무형 |\n| 지원금 | 3백만원 | 2천만원 |\n| 기업부담 | 없음 | 총사업비의 25% |"
    (program,) = programs(f"# 나래군 공방 지원사업 모집 공고\n○ 지원대상: 소상공인\n{text}", "나래군 공방 지원사업")
    assert [(b.track, b.ceiling, b.own_share) for b in program.benefits if b.ceiling or b.own_share] == [
        ("새싹형", 3_000_000, None),
        ("나무형", 20_000_000, None),
        ("나무형", None, 25.0),
    ]


def test_rows_right_of_a_merged_label_are_a_table_of_their_own() -> None:
    text = """| 접수기간 | 2026. 6. 1. ~ 6. 12. | ^^ | ^^ |
| 지원규모 | 분야 | 과제 수 | 과제당 지원금(최대) |
| ^^ | 도자 | 3 | 1,500만원 |
| ^^ | 목공 | 2 | 2,500만원 |
| 문의처 | 예시공예진흥원 033-000-1201 | ^^ | ^^ |"""
    (program,) = programs(f"# 공예 창작 지원사업 모집 공고\n{text}", "공예 창작 지원사업 모집 공고")
    assert [(b.track, b.ceiling) for b in program.benefits] == [("도자", 15_000_000), ("목공", 25_000_000)]
    assert [c.phones for c in program.contacts] == [("033-000-1201",)]


def test_rounds_are_rounds_of_the_period_and_no_parts() -> None:
    text = (
        "# 접수\n| 차수 | 접수기간 | 발표 |\n| 1차 | 2026. 4. 1. ~ 4. 10. | 5월 |\n| 2차 | 2026. 8. 3. ~ 8. 12. | 9월 |"
    )
    (program,) = programs(f"# 물류비 지원사업 공고\n○ 지원대상: 중소기업\n{text}", "물류비 지원사업 공고")
    assert [period.round for period in program.periods] == ["1차", "2차"]
    assert not program.tracks


def test_a_list_of_fees_gives_no_sums_and_names_no_parts() -> None:
    text = "이용료 안내 (단위: 원/시간)\n| 장비 | 이용료 | 설치장소 |\n| 레이저 절단기 | 9,000 | 1층 |\n"
    text += "| 가마 | 15,000 | 2층 |"
    assert {of for of, *_ in said(text)} == {Of.ITEM}
    (program,) = programs(f"# 공용장비 바우처 사업 공고\n○ 지원대상: 소상공인\n{text}", "공용장비 바우처 사업")
    assert [(d.label, d.text) for d in program.details if d.label == "이용료"] == [
        ("이용료", "레이저 절단기: 9,000원/시간"),
        ("이용료", "가마: 15,000원/시간"),
    ]
    assert not program.tracks
    assert not [benefit for benefit in program.benefits if benefit.ceiling]


def test_a_compulsory_earlier_step_is_a_step_with_its_day() -> None:
    text = "| 유형 | 접수기간 | 한도 |\n| 사전교육(필수) | 3. 4. ~ 3. 5. | - |\n"
    text += "| 시설형 | 3. 9. ~ 3. 20. | 3백만원 |\n| 장비형 | 3. 9. ~ 3. 27. | 5백만원 |"
    (program,) = programs(f"# 점포 지원사업 공고\n○ 지원대상: 소상공인\n{text}", "점포 지원사업 공고")
    assert [track.name for track in program.tracks] == ["시설형", "장비형"]
    assert [step.text for step in program.steps] == ["사전교육(필수): 3. 4. ~ 3. 5."]


def test_what_brackets_behind_a_name_bound_is_asked_of_who_applies() -> None:
    assert part_name("새싹형(창업 3년 이내)") == ("새싹형", "창업 3년 이내")
    assert part_name("실감형(가상·증강)") == ("실감형(가상·증강)", "")


def test_rows_of_sums_up_and_of_labels_are_no_parts() -> None:
    assert said("| 구분 | 내용 | 한도 |\n| 지원대상 | 소상공인 | - |\n| 지원내용 | 임차료 | 3백만원 |") == []
    found = said("| 유형 | 한도 |\n| 가형 | 3백만원 |\n| 나형 | 5백만원 |\n| 합계 | 8백만원 |")
    assert [name for _, name, _, _ in found] == ["가형", "나형"]


def test_who_runs_what_is_a_list_of_other_programmes() -> None:
    assert said("| 운영기관 | 사업 | 지원한도 |\n| 예시부 | 가람 | 1억원 |\n| 모의부 | 나래 | 2억원 |") == []


def test_lines_that_name_a_part_with_what_it_gets_ask_what_brackets_bound() -> None:
    text = "□ 지원금액\n · 새싹형(창업 3년 이내): 최대 1,200만원, 자부담 10%\n"
    text += " · 나무형(창업 3년 초과): 최대 2,400만원, 자부담 20%"
    (program,) = programs(f"# 모의 바우처 지원사업 공고\n□ 지원대상: 중소기업\n{text}", "모의 바우처 지원사업 공고")
    assert [track.name for track in program.tracks] == ["새싹형", "나무형"]
    assert [(b.track, b.ceiling, b.own_share) for b in program.benefits] == [
        ("새싹형", 12_000_000, 10.0),
        ("나무형", 24_000_000, 20.0),
    ]
    assert [(c.track, c.maximum) for c in program.criteria if c.field == "age" and c.maximum] == [("새싹형", 3)]


def test_a_nested_list_of_parts_gives_each_its_sum() -> None:
    text = "3. 지원부문\n가. 창작 부문: 재료비, 팀당 최대 500만원, 12팀\n"
    text += "나. 판로 부문: 박람회 참가비, 팀당 최대 250만원, 9팀"
    (program,) = programs(f"# 공방 지원 공모\n1. 신청대상: 소상공인\n{text}", "공방 지원 공모")
    assert [(b.track, b.ceiling) for b in program.benefits if b.ceiling] == [
        ("창작 부문", 5_000_000),
        ("판로 부문", 2_500_000),
    ]


def test_a_head_that_repeats_itself_names_no_columns() -> None:
    text = "| 항목 | 내용 | 항목 | 내용 |\n| 지원한도 | 400만원 | 접수기간 | 2026. 3. 2. ~ 3. 20. |\n"
    text += "| 대표전화 | 031-000-1301 | 담당자 | 내선 12 |"
    (program,) = programs(f"# 휴게실 지원사업 공고\n○ 지원대상: 중소기업\n{text}", "휴게실 지원사업 공고")
    assert [(b.track, b.ceiling) for b in program.benefits] == [(None, 4_000_000)]
    assert [(p.track, str(p.closes_on)) for p in program.periods] == [(None, "2026-03-20")]
    assert ("031-000-1301",) in [contact.phones for contact in program.contacts]


def test_an_office_serves_every_district_of_its_cell() -> None:
    text = "| 영업점 | 관할지역 | 전화 |\n"
    text += "| 본점 | 청주시 상당구·서원구, 보은군 | 043-000-1401 |\n| 가람지점 | 충주시, 음성군 | 043-000-1402 |"
    (program,) = programs(f"# 모의 특례보증 안내\n○ 보증대상: 소상공인\n{text}", "모의 특례보증 안내")
    assert [(c.phones, c.regions) for c in program.contacts] == [
        (("043-000-1401",), ("충청북도 청주시", "충청북도 보은군")),
        (("043-000-1402",), ("충청북도 충주시", "충청북도 음성군")),
    ]


def test_a_fraction_at_the_head_of_a_cell_is_no_number_of_an_item() -> None:
    (program,) = programs("# 모의 지원사업 공고\n○ 지원대상: 중소기업\n| 지원한도 | 0.2억원 |", "모의 지원사업 공고")
    assert [benefit.ceiling for benefit in program.benefits] == [20_000_000]


def test_whatever_heads_the_first_column_names_the_rows_beside_figures() -> None:
    text = (
        "설비별 지원한도(만원)\n| 설비 종류 | 한도 | 비고 |\n| 집진기 | 700 | 설치비 포함 |\n| 국소배기 | 250 | 없음 |"
    )
    (program,) = programs(f"# 작업환경 지원사업 공고\n○ 지원대상: 중소기업\n{text}", "작업환경 지원사업 공고")
    assert [(b.track, b.ceiling) for b in program.benefits] == [("집진기", 7_000_000), ("국소배기", 2_500_000)]


def test_a_ceiling_counts_where_its_column_is_named_like_its_label() -> None:
    text = "| 자금구분 | 융자한도 | 융자기간 |\n| 시설자금 | 8억원 | 5년 |\n| 운전자금 | 2억원 | 3년 |"
    (program,) = programs(f"# 모의 육성자금 융자 공고\n○ 융자대상: 중소기업\n{text}", "모의 육성자금 융자 공고")
    assert [(b.track, b.ceiling) for b in program.benefits] == [("시설자금", 800_000_000), ("운전자금", 200_000_000)]


def test_names_of_groups_give_way_to_those_right_of_them() -> None:
    text = "| 분야 | 품목 | 지원금(천원) |\n| 디자인 | 포장 | 9,000 |\n| ^^ | 상표 | 4,000 |\n| 인증 | 국내 | 3,000 |"
    assert [(name, cell) for _, name, kind, cell in said(text) if kind is Kind.SUM] == [
        ("포장", "9,000천원"),
        ("상표", "4,000천원"),
        ("국내", "3,000천원"),
    ]


def test_halves_of_a_year_are_rounds() -> None:
    text = "| 구분 | 접수기간 |\n| 상반기 | 2026. 4. 6. ~ 4. 10. |\n| 하반기 | 2026. 9. 7. ~ 9. 11. |"
    assert {of for of, *_ in said(text)} == {Of.ROUND}


def test_what_was_given_year_by_year_is_no_ceiling() -> None:
    text = "| 연도 | 지원금액 | 업체 |\n| 2024년 | 3억원 | 가칭상사 |\n| 2025년 | 5억원 | 나칭상사 |"
    (program,) = programs(f"# 모의 지원사업 공고\n○ 지원대상: 중소기업\n{text}", "모의 지원사업 공고")
    assert not [benefit for benefit in program.benefits if benefit.ceiling]
