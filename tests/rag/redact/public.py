"""Made-up sentences as notices and questions have them: phones of offices, sums, days, everyday words."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

AREAS = ("02", "031", "032", "041", "042", "051", "062", "063", "064", "070")
# Everyday words of nothing but syllables that are digits too, and such that begin or end with one. Of "at" and "dot"
# one alone: words drawn by lot between both are an address spelled out.
WORDS = (
    *("공사", "오일", "이사", "사이", "일이", "구이", "삼사", "이", "일", "영", "공", "구", "오", "사", "육", "칠"),
    *("구매", "영업", "이번", "사업", "공장", "일자리", "오늘", "팔고", "칠판", "육지", "삼월", "구로", "사장님"),
    *("시설을", "늘리려고", "합니다", "교육", "비용", "자부담", "접수", "신청", "마감", "기업", "직원", "은행"),
    *("골뱅이", "다음", "점검", "다시", "마이너스", "하이픈", "at", "and", "zero", "one"),
    *("우리", "하나", "공고", "이용", "지사", "팔"),
)


@st.composite
def _day(draw: DrawFn) -> str:
    sign = draw(st.sampled_from(("-", ".", ". ", "/")))
    form = draw(st.sampled_from(("{}{s}{:02}{s}{:02}", "{}{s}{}{s}{}", "{}년 {}월 {}일")))
    return form.format(draw(st.integers(1990, 2040)), draw(st.integers(1, 12)), draw(st.integers(1, 28)), s=sign)


@st.composite
def _phone(draw: DrawFn) -> str:
    four = st.integers(1000, 9999)
    if draw(st.integers(0, 4)) == 0:
        return f"{draw(st.sampled_from((1544, 1566, 1588, 1600, 1661, 1811)))}-{draw(four)}"
    area, middle = draw(st.sampled_from(AREAS)), draw(st.integers(200, 9999))
    form = draw(st.sampled_from(("{}-{}-{}", "{}) {}-{}", "({}){}-{}", "{}.{}.{}", "{} {} {}", "{}{}{}")))
    return form.format(area, middle if area != "070" else draw(four), draw(four))


@st.composite
def _sum(draw: DrawFn) -> str:
    # From a trillion won on the digits of a sum are as many as those of a resident number, and spell one by chance.
    form = draw(st.sampled_from(("{:,}원", "{:,} 원", "{}원", "{:,}", "총 {:,}백만원")))
    return form.format(draw(st.integers(0, 10**12 - 1)) if form.endswith("원") else draw(st.integers(0, 10**9)))


_NUMBERED = st.builds("제{}-{}호".format, st.integers(2015, 2030), st.integers(1, 9999))
_PIECES = (
    _day(),
    st.builds("{} ~ {}".format, _day(), _day()),
    st.builds("{} {:02}:{:02}".format, _day(), st.integers(0, 23), st.integers(0, 59)),
    _phone(),
    st.builds("{}~{}".format, _phone(), st.integers(1, 9)),
    _sum(),
    st.builds("{}억 {}천만 원".format, st.integers(1, 99), st.integers(1, 9)),
    _NUMBERED,
    st.builds("과제번호 {}".format, st.integers(10**9, 10**12)),
    st.builds("(우) {:05}".format, st.integers(1000, 63999)),
    st.builds("{}%".format, st.integers(0, 100)),
    st.builds("{:.2f}%".format, st.floats(0, 100)),
    st.builds("직원 {}명".format, st.integers(1, 3000)),
    st.builds("https://www.example.go.kr/view.do?id={}&page={}".format, st.integers(0, 10**8), st.integers(1, 99)),
    st.builds("{}~{}세".format, st.integers(19, 34), st.integers(35, 64)),
    st.builds("① {} ② {}".format, st.sampled_from(WORDS), st.sampled_from(WORDS)),
)


@st.composite
def sentences(draw: DrawFn) -> str:
    """Words and public figures in turn."""
    parts = []
    for piece in draw(st.lists(st.sampled_from(_PIECES), min_size=1, max_size=4)):
        words = draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=4))
        # A word that is no digit ends every row of them, as in any sentence.
        parts += [*words, draw(st.sampled_from(("기한은", "안내", "또는", "금액", "참고"))), draw(piece), "까지"]
    return " ".join(parts)
