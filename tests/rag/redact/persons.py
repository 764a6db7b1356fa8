"""Made-up data of nobody, written as people write it to be read by people and by no machine."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

ASCII = "0123456789"
SCRIPTS = (
    "０１２３４５６７８９",
    "٠١٢٣٤٥٦٧٨٩",
    "۰۱۲۳۴۵۶۷۸۹",
    "०१२३४५६७८९",
    "⓪①②③④⑤⑥⑦⑧⑨",
    "⓿❶❷❸❹❺❻❼❽❾",
    "₀₁₂₃₄₅₆₇₈₉",
    "⁰¹²³⁴⁵⁶⁷⁸⁹",
    "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗",
    "𝟘𝟙𝟚𝟛𝟜𝟝𝟞𝟟𝟠𝟡",
    "𝟶𝟷𝟸𝟹𝟺𝟻𝟼𝟽𝟾𝟿",
    "공일이삼사오육칠팔구",
    "영일이삼사오륙칠팔구",
    "〇一二三四五六七八九",
)
NATIVE = ("공", "하나", "둘", "셋", "넷", "다섯", "여섯", "일곱", "여덟", "아홉")
ENGLISH = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
WRITINGS: tuple[tuple[str, ...], ...] = (tuple(ASCII), *map(tuple, SCRIPTS), NATIVE)
SIGNED = ("-", " - ", "‐", "–", "—", "―", "−", "－", "ㅡ", "~", ".", " . ", "·", "/", ") ", "_", ", ", "\u200b-", "(-)")
WORDED = (" 하이픈 ", "하이픈", " 다시 ", "에 ", " 대시 ", " 점 ", " dash ")
JOINTS = (*SIGNED, *WORDED, "  ", "\t", "\u00a0", "\u3000", " · ", "-\u2060")
INSIDE = ("", "", "", "", " ", "  ", "\u200b", "\u2009")
# Words without a syllable that is a digit too, so that every digit that is left over is one of the person's.
LEADS = ("", "저는 ", "문의 드려요 ", "안녕하세요 ", "연락 주세요: ", "제 번호는 ", "(대표) ", "☎ ", "고객")
TAILS = ("", " 입니다", "입니다", " 맞아요", "번으로 답 주세요", ", 고맙습니다", ".", "\n고맙습니다", ")")


def plain_digits(text: str) -> str:
    """The digits of a text, in whatever of these scripts they are; syllables of the words beside are none."""
    for word in ("사업자", "카카오"):
        text = text.replace(word, "")
    values = {letter: str(value) for script in (ASCII, *SCRIPTS) for value, letter in enumerate(script)}
    return "".join(values.get(letter, "") for letter in text)


@st.composite
def written(draw: DrawFn, groups: tuple[str, ...], joints: tuple[str, ...] = JOINTS) -> str:
    """Groups of digits in one script or in all at once, joined, spaced out or run together."""
    every = draw(st.sampled_from((*WRITINGS, *WRITINGS[:1] * 4, ENGLISH, None)))
    spaced = draw(st.booleans())
    joint = draw(st.sampled_from(joints))
    said = []
    for group in groups:
        forms = [(every or draw(st.sampled_from(WRITINGS)))[int(digit)] for digit in group]
        inside = " " if every is ENGLISH else draw(st.sampled_from(INSIDE)) if spaced else ""
        said.append(inside.join(forms))
    return (f" {joint} " if every is ENGLISH else joint).join(said)


def digits(count: int) -> st.SearchStrategy[str]:
    """So many digits."""
    return st.text(alphabet=ASCII, min_size=count, max_size=count)


def around(written_number: st.SearchStrategy[str]) -> st.SearchStrategy[tuple[str, str]]:
    """A text with the number in it, and the number."""
    told = st.tuples(st.sampled_from(LEADS), written_number, st.sampled_from(TAILS))
    return told.map(lambda parts: ("".join(parts), parts[1]))


@st.composite
def mobile(draw: DrawFn) -> str:
    """A mobile phone, also in groups of nobody's."""
    prefix = draw(st.sampled_from(("010", "010", "010", "011", "016", "019")))
    middle = draw(digits(4 if prefix == "010" else draw(st.sampled_from((3, 4)))))
    number = (prefix, middle, draw(digits(4)))
    if draw(st.booleans()) and draw(st.booleans()):
        whole = "".join(number)
        cut = draw(st.integers(2, 5))
        return draw(written((whole[:cut], whole[cut : cut + 3], whole[cut + 3 :])))
    if prefix == "010" and draw(st.integers(0, 9)) == 0:
        return f"+82{draw(st.sampled_from((' ', '-', ')', ' (0)')))}10-{number[1]}-{number[2]}"
    return draw(written(number))


@st.composite
def resident(draw: DrawFn) -> str:
    """A resident or alien number."""
    month, day = draw(st.integers(1, 12)), draw(st.integers(1, 28))
    birthday = f"{draw(digits(2))}{month:02}{day:02}"
    return draw(written((birthday, draw(st.sampled_from("12345678")) + draw(digits(6)))))


@st.composite
def business(draw: DrawFn) -> str:
    """A business number in its groups, or in any with its name before."""
    groups = (draw(digits(3)), draw(digits(2)), draw(digits(5)))
    if draw(st.booleans()):
        return draw(written(groups, tuple(joint for joint in JOINTS if joint.strip())))
    return f"사업자등록번호 {draw(written((''.join(groups),)))}"


BANKS = ("계좌번호 ", "국민은행 ", "농협 ", "통장: ", "카카오뱅크 ", "환불계좌(신한은행) ", "우체국 ", "토스 ")
SHAPES = (
    *((3, 3, 6), (3, 2, 6), (4, 3, 6), (6, 2, 6), (3, 6, 2, 3), (4, 2, 7), (3, 4, 4, 2)),
    *((12,), (11,), (14,), (3, 8)),
)


@st.composite
def account(draw: DrawFn) -> str:
    """An account number: in any form with its bank, or in groups joined by hyphens."""
    shape = draw(st.sampled_from(SHAPES))
    first = draw(st.sampled_from("1345678"))
    groups = [draw(digits(count)) for count in shape]
    groups[0] = first + groups[0][1:]
    if len(shape) > 2 and draw(st.booleans()):
        return draw(written(tuple(groups), ("-", " - ", "–", "－", "하이픈", " 다시 ")))
    return draw(st.sampled_from(BANKS)) + draw(written(tuple(groups)))


NAMES = ("hong", "kim.gil", "sales_team", "a.b-c", "gildong", "hg", "ceo", "홍길동")
PROVIDERS = (("naver", "com"), ("gmail", "com"), ("firm", "co", "kr"), ("daum", "net"), ("my-company", "kr"))
SPOKEN = ("지메일 닷컴", "네이버 점 컴", "네이버닷컴", "다음 닷 넷", "한메일 쩜 넷", "네이버", "회사 닷 씨오 닷 케이알")
SIGNS = ("@", "＠", "﹫", " @ ", "ⓐ", "골뱅이", " 골뱅이 ", "(at)", " at ", " [at] ", "앳")
DOTS = (".", "．", " . ", "。", " 닷 ", "점", " 쩜 ", " dot ", "(dot)", "[.]")


@st.composite
def email(draw: DrawFn) -> str:
    """An e-mail address in signs, in words, in both."""
    name, sign = draw(st.sampled_from(NAMES)), draw(st.sampled_from(SIGNS))
    if sign.strip() in ("골뱅이", "@", "앳") and draw(st.booleans()):
        return f"{name}{sign}{draw(st.sampled_from(SPOKEN))}"
    return f"{name}{sign}{draw(st.sampled_from(DOTS)).join(draw(st.sampled_from(PROVIDERS)))}"


NUMBERS = {"mobile": mobile(), "resident": resident(), "business": business(), "account": account()}
