"""What a clause asks of applicants, what shuts out, and what of it stays unread."""

from __future__ import annotations

import pytest

from ingest.records.applicants import applicants, criteria
from rag.domain import TRUSTED, Criterion, Detail, Evidence, Unread
from tests.ingest.making import EVIDENCE, gazetteer

HOME = ("경상남도 김해시",)


def shown(criterion: Criterion) -> str:
    """A criterion in short: "age=3..7", "region!=…", "?" for a preference, "~" for a doubt, "@" before a track."""
    value = ",".join(criterion.allowed or criterion.excluded)
    if criterion.minimum is not None or criterion.maximum is not None:
        low, high = ("" if n is None else str(n) for n in (criterion.minimum, criterion.maximum))
        value = f"{low}..{high}"
    sign = "!=" if criterion.excluded else "="
    marks = ("" if criterion.strict else "?") + ("~" if criterion.confidence < TRUSTED else "")
    return f"{criterion.field}{sign}{value}{marks}" + (f"@{criterion.track}" if criterion.track else "")


def said(*texts: str, label: str = "지원대상") -> set[str]:
    details = [Detail(label, text.lstrip("-○ "), Evidence("n", (1, 1), "", text)) for text in texts]
    return {shown(c) for c in criteria(details, gazetteer(), HOME)}


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        (
            "공고일 기준 양산시에 본사 또는 공장을 둔 창업 3년 이상 중소 제조기업",
            {"region=경상남도 양산시", "age=3..", "size=중소기업", "industry=제조업"},
        ),
        (
            "상시근로자 5인 이상 50인 미만이며 고용보험에 가입한 수도권 소재 중소 제조기업",
            {
                "employees=5..49",
                "insurance=가입",
                "region=서울특별시,인천광역시,경기도",
                "size=중소기업",
                "industry=제조업",
            },
        ),
        ("경기도에 사업장을 두고 사업 개시일로부터 1년이 지난 소상공인", {"region=경기도", "age=1..", "size=소상공인"}),
        ("창업 후 7년 이내 중소기업", {"age=..7", "size=중소기업"}),
        ("업력 3~7년의 중소기업", {"age=3..7", "size=중소기업"}),
        ("업력 3년 초과 7년 이하 기업", {"age=3..7"}),
        ("예비창업자 및 창업 3년 미만 기업", {"age=..2"}),
        ("예비창업자 또는 3년 미만의 창업기업", {"age=..2"}),
        ("설립일로부터 5년이 경과한 중견기업", {"age=5..", "size=중견기업"}),
        ("사업자등록 후 2년 이상 된 소상공인", {"age=2..", "size=소상공인"}),
        ("3년 이상 제조업을 영위한 중소기업", {"age=3..", "size=중소기업", "industry=제조업"}),
        ("개업한 지 1년 이상 지난 소상공인", {"age=1..", "size=소상공인"}),
        ("상시근로자 수 10~29명인 기업", {"employees=10..29"}),
        ("직원이 20명 미만인 사업장", {"employees=..19"}),
        ("종업원 300인 미만 업체", {"employees=..299"}),
        (
            "부산광역시, 경상남도 김해시 또는 울산광역시에 공장이 있는 기업",
            {"region=부산광역시,경상남도 김해시,울산광역시"},
        ),
        ("도내에 주사무소를 둔 중소기업", {"region=경상남도", "size=중소기업"}),
        ("관내 중소기업", {"region=경상남도 김해시", "size=중소기업"}),
        ("시에 사업자등록을 한 소상공인", {"region=경상남도 김해시", "size=소상공인"}),
        ("수도권을 제외한 지역에 본사를 둔 중소기업", {"region!=서울특별시,인천광역시,경기도", "size=중소기업"}),
        ("비수도권 소재 중소기업", {"region!=서울특별시,인천광역시,경기도", "size=중소기업"}),
        ("AI 기업", {"industry=AI"}),
        ("제조업 또는 건설업을 영위하는 중소기업", {"industry=제조업,건설업", "size=중소기업"}),
        ("반드시 2개 이상 기업이 컨소시엄을 구성하여 신청하여야 함", {"consortium=컨소시엄"}),
        ("기업부설연구소를 보유한 중소기업", {"certification=기업부설연구소", "size=중소기업"}),
        ("벤처기업 확인을 받은 업력 7년 이내 기업", {"certification=벤처기업", "age=..7"}),
        ("광역지방자치단체만 신청 가능", {"applicant=광역 지방정부"}),
        ("대학 및 연구기관만 신청 가능", {"applicant=대학,연구기관"}),
        ("광주·전남 지역 중소기업", {"region=광주광역시,전라남도", "size=중소기업"}),
        ("창원특례시에 공장을 둔 기업", {"region=경상남도 창원시"}),
        (
            "사업자등록증상 본점 소재지가 대전광역시인 업력 7년 미만(2019. 3. 1. 이후 창업) 기업",
            {"region=대전광역시", "age=..6"},
        ),
        ("인천 소재 중소기업(본사 또는 공장 중 1개 이상이 인천에 소재)", {"region=인천광역시", "size=중소기업"}),
        ("성남시 소재(본점 기준) 중소·벤처기업", {"region=경기도 성남시", "size=중소기업"}),
        ("고용보험 및 산재보험에 가입한 사업장", {"insurance=가입"}),
        ("대기업의 협력사인 중소기업", {"size=중소기업"}),
        ("본 사업 참여를 희망하는 도내 10인 이상 제조업체", {"region=경상남도", "employees=10..", "industry=제조업"}),
        ("창업기업(사업자등록일 기준 7년 미만)", {"age=..6"}),
        ("설립 1~5년차 기업", {"age=1..5"}),
        ("업력 3년이상 ~ 7년이하의 기업", {"age=3..7"}),
        ("여성기업 확인서를 보유한 기업", {"certification=여성기업"}),
        ("「벤처기업육성에 관한 특별법」에 따른 벤처기업", {"certification=벤처기업"}),
        ("사회적기업, 마을기업, 협동조합", set()),
        ("중소기업(소상공인 제외)", {"size=중소기업", "size!=소상공인"}),
        ("상시근로자 50인 미만 또는 매출액 100억원 미만 기업", {"employees=..49~"}),
        (
            "공고일 현재 김해시 관내에서 1년 이상 사업을 영위하고 있는 소상공인",
            {"region=경상남도 김해시", "age=1..", "size=소상공인"},
        ),
        ("부산지역 중소 조선기자재 업체", {"region=부산광역시", "size=중소기업"}),
        ("주민등록상 주소지가 김해시인 청년", {"region=경상남도 김해시"}),
        ("주민등록상 주소지가 김해시인 청년을 채용한 기업", set()),
        ("무안군에 주소를 두고 농사를 짓는 사람", {"region=전라남도 무안군"}),
        ("고창군에서 영업신고를 한 음식점", {"region=전북특별자치도 고창군"}),
        ("대전광역시에 본점을 둔 중소기업 (법인만 가능, 개인 불가)", {"region=대전광역시", "size=중소기업"}),
        ("서울 강남구·강서구·양천구 사업장", {"region=서울특별시 강남구,서울특별시 강서구,서울특별시 양천구"}),
        ("부산에서 생산한 원료를 쓰는 식품업체", set()),
        ("울산광역시에서 국제 학술회의를 개최하는 단체", set()),
        (
            "서울, 광주, 대전, 경기 소재 중소기업",
            {"region=서울특별시,대전광역시,경기도,광주광역시", "size=중소기업"},
        ),
        ("강원도 원주시, 횡성군에 본사를 둔 기업", {"region=강원특별자치도 원주시,강원특별자치도 횡성군"}),
        ("고용보험에 가입해야만 하나요?", set()),
        ("국세 체납이 없고 휴·폐업 중이 아닌 중소기업", {"exclusion!=휴·폐업,세금 체납", "size=중소기업"}),
        ("산업안전보건법을 위반하여 처벌받지 않았을 것", {"exclusion!=위법"}),
    ],
)
def test_every_condition_of_a_sentence_is_read(text: str, asked: set[str]) -> None:
    assert said(text) == asked


@pytest.mark.parametrize(
    "text",
    [
        "만 39세 이하 청년",
        "대표자가 만 19세 이상 45세 이하인 사람",
        "입사 후 6개월 이상 근속한 재직자",
        "참여 인원은 기업당 5명 이상으로 함",
        "청년을 2명 이상 신규 채용하려는 기업",
        "전년도 매출액 10억원 이상 기업",
        "수출액 500만 달러 미만 기업",
        "기업 규모 제한 없음",
        "업종 무관",
        "업력에 관계없이 신청 가능",
        "제조업이 아니어도 신청할 수 있음",
        "재직자 수는 묻지 않음",
        "컨소시엄으로도 신청 가능",
        "단독 또는 컨소시엄으로 신청",
        "고용보험 가입 여부와 관계없이 신청 가능",
        "최근 3년 이내 수상 실적이 있는 기업",
        "폐업일로부터 3년이 지나야 함",
        "김해시에서 개최하는 교육을 마친 기업",
    ],
)
def test_what_is_no_condition_on_the_applicant_asks_nothing(text: str) -> None:
    assert said(text) == set()


@pytest.mark.parametrize(
    ("label", "text"),
    [
        ("제출서류", "고용보험 가입자 명부, 중소기업확인서, 공장등록증"),
        ("선정절차", "평균 70점 이상인 과제 중 고득점순으로 선정"),
        ("선정절차", "경영 능력 30점, 상시근로자 10인 이상 20점"),
        ("예산", "도비 30%, 김해시비 70%"),
        ("지원내용", "중소기업 담당자 5명 이상이 듣는 교육"),
        ("사례", "경기도의 제조기업은 상시근로자 30인으로 불량을 줄였다."),
        ("지원내용", "부동산 매입비와 유흥비는 지원하지 않음"),
        ("", "선정 뒤 포기하면 2년간 신청할 수 없습니다."),
        ("", "거짓으로 신청한 사실이 드러나면 지원금을 환수합니다."),
        ("", "담당자는 근로자 10명 미만 사업장을 위한 사업을 검토하고 있다."),
    ],
)
def test_other_statements_ask_nothing(label: str, text: str) -> None:
    assert said(text, label=label) == set()


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        (
            "신청할 수 있는 기업은 김해시에 본사를 두고 제조업을 영위하는 업력 1년 이상의 중소기업입니다.",
            {"region=경상남도 김해시", "industry=제조업", "age=1..", "size=중소기업"},
        ),
        ("신청 자격은 창업 후 5년 이내인 소상공인이다.", {"age=..5", "size=소상공인"}),
        ("휴업 또는 폐업 중이거나 세금을 체납한 기업은 지원하지 않습니다.", {"exclusion!=휴·폐업,세금 체납"}),
        ("뿌리기업은 심사에서 우대한다.", {"certification=뿌리기업?"}),
        ("여성기업에는 평가에서 2점을 더 드립니다.", {"certification=여성기업?"}),
    ],
)
def test_running_text_that_says_who_may_apply_is_read_like_a_label(text: str, asked: set[str]) -> None:
    assert said(text, label="") == asked


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("휴·폐업 중인 기업", "휴·폐업"),
        ("국세·지방세를 체납한 기업(단, 분납 승인을 받은 경우는 신청 가능)", "세금 체납"),
        ("세금을 내지 않은 사업자", "세금 체납"),
        ("임금체불 사업주 명단에 오른 사업장", "임금 체불"),
        ("신용정보원에 연체 정보가 있는 자", "신용 불량"),
        ("회생절차가 진행 중인 기업", "신용 불량"),
        ("부도 상태인 기업", "신용 불량"),
        ("부도, 휴업, 폐업 중인 기업", "휴·폐업"),
        ("타 중앙부처의 창업사업화 지원사업에 기선정되어 수행 중인 자", "중복 수혜"),
        ("「보조금 관리에 관한 법률」에 따라 보조사업 수행 배제 대상인 자", "참여제한"),
        ("사치·향락 업종 및 일반유흥주점업", "유흥업"),
        ("금융 및 보험업(K64~66), 부동산업(L68)", "부동산업,금융업"),
        ("금융기관 등으로부터 채무불이행으로 규제 중인 자", "신용 불량"),
        ("정부지원사업 참여제한으로 제재 중인 기업", "참여제한"),
        ("정부사업 참여가 제한된 기업", "참여제한"),
        ("부정한 방법으로 지원금을 받은 기업", "참여제한"),
        ("최근 2년 안에 같은 설비로 국비를 받은 곳", "중복 수혜"),
        ("다른 부처의 유사 사업에 참여 중인 기업", "중복 수혜"),
        ("주점업, 사행시설 운영업", "유흥업"),
        ("부동산 임대업 및 금융·보험업", "부동산업,금융업"),
        ("근로기준법을 위반하여 처분을 받은 기업", "위법"),
        ("국세 체납 및 임금 체불 기업", "세금 체납,임금 체불"),
    ],
)
def test_a_printed_line_on_who_is_left_out_gives_its_kinds_at_once(text: str, kinds: str) -> None:
    assert said(text, label="제외대상") == {f"exclusion!={kinds}"}


@pytest.mark.parametrize(
    "text",
    [
        "고용보험료를 체납한 사업주",
        "단, 분납 승인을 받은 체납 기업은 신청 가능",
        "세금 체납 여부는 심사에서 따지지 않습니다.",
        "대기업이 주식의 30% 이상을 가진 기업",
        "다른 회사 제품을 파는 유통기업",
    ],
)
def test_what_shuts_nobody_out_by_a_known_kind_gives_none(text: str) -> None:
    assert said(text, label="제외대상") == set()


@pytest.mark.parametrize(
    ("text", "shut"),
    [
        ("대기업", "size!=대기업"),
        ("대기업 및 대기업 계열사", "size!=대기업"),
        ("대기업과 중견기업은 제외", "size!=대기업,중견기업"),
        ("밀양시와 함안군 소재 기업", "region!=경상남도 밀양시,경상남도 함안군"),
        ("수도권 소재 기업", "region!=서울특별시,인천광역시,경기도"),
    ],
)
def test_size_classes_and_places_are_shut_out_by_name(text: str, shut: str) -> None:
    assert said(text, label="제외대상") == {shut}


def test_places_left_out_in_the_statement_on_who_may_apply_are_shut_out() -> None:
    assert said("밀양시와 함안군은 자체 사업을 시행하므로 제외") == {"region!=경상남도 밀양시,경상남도 함안군"}


def test_a_list_below_words_that_shut_out_shuts_out_till_its_head_comes_again() -> None:
    lines = (
        "○ 상시근로자 5인 이상 중소기업",
        "○ 다음에 해당하면 제외",
        "- 지방세 체납 사업장",
        "- 휴업한 사업장",
        "○ 제조업",
    )
    assert said(*lines) == {
        "employees=5..",
        "size=중소기업",
        "exclusion!=세금 체납",
        "exclusion!=휴·폐업",
        "industry=제조업",
    }


def test_one_of_several_ways_in_keeps_its_place_among_them() -> None:
    lines = ("○ 다음 중 어느 하나에 해당하는 중소기업", "- 벤처기업", "- 업력 7년 이내 기업")
    assert said(*lines) == {"size=중소기업", "certification=벤처기업", "age=..7"}
    details = [Detail("지원대상", text.lstrip("-○ "), Evidence("n", (1, 1), "", text)) for text in lines]
    assert [c.choice for c in criteria(details, gazetteer())] == [None, (1, 1), (1, 2)]


def test_people_bounded_trade_by_trade_are_two_ways_in() -> None:
    text = "소상공인(제조업·건설업은 상시근로자 10인 미만, 그 밖의 업종은 5인 미만)"
    found = criteria([Detail("지원대상", text, EVIDENCE)], gazetteer())
    told = {(shown(c), c.choice and c.choice[1]) for c in found}
    assert told == {
        ("size=소상공인", None),
        ("industry=제조업,건설업", 1),
        ("employees=..9", 1),
        ("employees=..4", 2),
    }


def test_a_seat_asked_for_is_not_shut_out_by_what_explains_it() -> None:
    assert said("본사가 충청북도인 기업 (공장만 충북에 있는 기업은 제외)") == {"region=충청북도"}


@pytest.mark.parametrize(
    ("text", "region"),
    [("지원지역: 경기", "경기도"), ("지원지역: 부산, 경남", "부산광역시,경상남도"), ("지역: 광주", "광주광역시")],
)
def test_in_a_cell_of_its_own_a_bare_name_is_a_place(text: str, region: str) -> None:
    assert said(text) == {f"region={region}"}


def test_a_consortium_told_beside_the_conditions_is_one_of_them() -> None:
    who, size = Detail("지원대상", "중소기업", EVIDENCE), Detail("지원규모", "3개 컨소시엄", EVIDENCE)
    assert {shown(c) for c in criteria([who, size], gazetteer())} == {"size=중소기업", "consortium=컨소시엄"}


def test_an_exception_widens_the_size_classes() -> None:
    assert said("중소기업. 다만, 중견기업도 신청 가능") == {"size=중소기업,중견기업"}


def test_bounds_for_two_trades_are_doubtful() -> None:
    assert said("상시근로자 5명 미만(제조업은 10명 미만) 소상공인") == {
        "size=소상공인",
        "employees=..4~",
        "employees=..9~",
    }


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("기초형 : 상시근로자 5인 이상 기업", {"employees=5..@기초형"}),
        ("성장 트랙은 업력 3년 이상 기업에 한함", {"age=3..@성장 트랙"}),
        ("시제품 분야는 업력 7년 이내 기업만 신청", {"age=..7@시제품"}),
        ("공통요건 : 상시근로자 5인 이상 기업", {"employees=5.."}),
        ("업력 : 3년 이상", {"age=3.."}),
        ("컨소시엄형은 반드시 컨소시엄을 구성하여야 함", {"consortium=컨소시엄@컨소시엄형"}),
    ],
)
def test_a_condition_of_one_track_carries_its_name(text: str, asked: set[str]) -> None:
    assert said(text) == asked


def test_a_condition_may_hold_for_two_tracks_that_a_table_names() -> None:
    def cell(track: str) -> Detail:
        return Detail("지원내용", f"{track}: 자금", Evidence("n", (1, 1), f"지원 > {track}", track))

    told = Detail("지원대상", "가온형·나래형은 중소기업이어야 합니다.", EVIDENCE)
    found = criteria((cell("가온형"), cell("나래형"), cell("다솜형"), told), gazetteer())
    assert {shown(c) for c in found} == {"size=중소기업@가온형", "size=중소기업@나래형"}


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("벤처기업 또는 이노비즈 인증기업 2점", {"certification=벤처기업,이노비즈?"}),
        ("상시근로자 30인 미만 기업과 뿌리기업", {"employees=..29?", "certification=뿌리기업?"}),
        ("여성 근로자 비율이 50% 이상인 사업장, 사회적기업", {"certification=사회적기업?"}),
        ("최근 1년간 근로자를 5명 이상 늘린 기업", set()),
        ("평가 점수 60점 이상인 기업", set()),
    ],
)
def test_a_favour_is_never_strict(text: str, asked: set[str]) -> None:
    assert said(text, label="우대사항") == asked


def test_a_favour_in_brackets_leaves_the_rest_strict() -> None:
    assert said("창업 7년 이내 중소기업(여성기업·장애인기업 우대)") == {
        "age=..7",
        "size=중소기업",
        "certification=여성기업,장애인기업?",
    }


def test_a_row_under_the_name_of_its_column_states_a_property_or_a_track() -> None:
    assert said("구분: 상시근로자 · 내용: 5인 이상 300인 미만", label="") == {"employees=5..299"}
    assert said("유형: 성장형 · 추가 조건: 창업 3년 이상 · 공동기관: 필수는 아님") == {"age=3..@성장형"}


def test_a_list_whose_head_has_a_label_of_its_own_goes_on_below_it() -> None:
    head = Detail("제외대상", "다만 아래에 해당하면 신청할 수 없습니다.", Evidence("n", (1, 1), "", "다만 아래에"))
    items = [Detail("지원대상", t, Evidence("n", (1, 1), "", f"- {t}")) for t in ("휴업 중인 곳", "국세를 체납한 곳")]
    after = Detail("지원대상", "제조업", Evidence("n", (1, 1), "", "제조업"))
    found = {shown(c) for c in criteria([head, *items, after], gazetteer())}
    assert found == {"exclusion!=휴·폐업", "exclusion!=세금 체납", "industry=제조업"}


def test_a_list_of_those_favoured_below_the_statement_on_who_may_apply_is_a_preference() -> None:
    lines = ("○ 중소기업", "○ 다음에 해당하는 기업은 우대", "- 벤처기업", "- 상시근로자 30인 미만 기업")
    assert said(*lines) == {"size=중소기업", "certification=벤처기업?", "employees=..29?"}


def test_of_a_change_only_what_holds_now_is_read() -> None:
    assert said("구분: 업력 · 변경 전: 창업 5년 이내 · 변경 후: 창업 7년 이내", label="") == {"age=..7"}


def test_bullets_run_together_in_one_line_are_read_apart() -> None:
    line = "도내에 공장을 둔 중소기업 - 밀양시와 함안군은 자체 사업을 하므로 제외 - 농업법인은 운영실적이 있어야 함"
    assert said(line) == {"region=경상남도", "size=중소기업", "region!=경상남도 밀양시,경상남도 함안군"}


def test_places_beside_words_that_shut_out_are_never_taken_for_those_let_in() -> None:
    assert said("밀양시 기업은 올해 자체 사업 대상이라 제외 예정이니 유의") == set()


def left(*texts: str, label: str = "지원대상") -> tuple[Unread, ...]:
    details = [Detail(label, text.lstrip("-○ "), Evidence("n", (1, 1), "", text)) for text in texts]
    return applicants(details, gazetteer(), ("경상남도 김해시",)).unread


@pytest.mark.parametrize(
    "text",
    [
        "설립 3년 이상 법인기업",
        "가구를 만드는 개인 및 중소기업",
        "전년도 매출액이 50억원 이상인 중소기업",
        "대표자가 만 39세 이하인 중소기업",
        "개인사업자",
        "최근 3년간 수출 실적이 있는 경기도 소재 기업",
        "특허를 보유한 제조기업",
        "섬유를 만드는 대구 소재 중소기업",
    ],
)
def test_what_no_criterion_covers_is_left(text: str) -> None:
    (clause,) = left(text)
    assert (clause.text, clause.shuts_out) == (text, False)
    assert clause.left


@pytest.mark.parametrize(
    "text",
    [
        "중소기업",
        "AI 도입을 희망하는 국내 중소·중견 제조기업",
        "인력난에 어려움을 겪는 경기도 소재 중소기업",
        "수출을 하려는 소상공인",
        "상시근로자 5인 이상 50인 미만이며 고용보험에 가입한 수도권 소재 중소 제조기업",
        "「중소기업기본법」 제2조에 따른 중소기업",
        "중소기업기본법에 따른 중소기업",
        "소상공인, 의료기관, 중소·중견기업 등",
        "부산, 대구, 울산 등 3개 지역 내 AI기업",
        "여성기업 확인서를 보유한 중소기업",
        "예비창업자 또는 창업 7년 이내 기업",
        "중소기업, 대학, 연구기관으로 구성된 컨소시엄",
        "사업장별로 신청할 수 있습니다",
    ],
)
def test_what_is_read_whole_leaves_nothing(text: str) -> None:
    assert left(text) == ()


def test_who_is_shut_out_by_what_nothing_names_is_left_as_such() -> None:
    (clause,) = left("법인은 신청 불가", label="제외대상")
    assert (clause.text, clause.shuts_out, clause.left) == ("법인은 신청 불가", True, ("법인",))
    assert left("휴업 또는 폐업 중인 기업", label="제외대상") == ()


def test_a_clause_on_costs_shuts_no_applicant_out() -> None:
    assert left("단순 반복 직무와 무관한 내용은 할 수 없습니다", label="제외대상") == ()


def test_what_takes_an_exclusion_back_names_it() -> None:
    text = "국세 체납 기업 (다만, 분납 중인 기업은 신청 가능)"
    (clause,) = left(text, label="제외대상")
    assert (clause.text, clause.excepts) == ("분납 중인 기업은 신청 가능", text)
    beside = left("국세 체납 기업", "다만, 분납 중인 기업은 신청 가능", label="제외대상")
    assert [c.excepts for c in beside] == ["국세 체납 기업"]


def test_a_clause_that_names_bodies_alone_asks_nothing_of_firms() -> None:
    assert left("해당 분야의 전문성을 가진 비영리기관", "중소기업") == ()


def test_choices_keep_their_place() -> None:
    found = left("○ 다음 가운데 하나에 해당하는 중소기업", "- 특허를 보유한 기업", "- 수출 실적이 있는 기업")
    assert [clause.choice for clause in found] == [(1, 1), (1, 2)]
