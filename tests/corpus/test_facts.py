"""Source texts and guides flow in; the law: every fact of a source stands in its guide, and none is invented."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

REPO = Path(__file__).resolve().parents[2]
SOURCES = REPO.parent / "shared" / "source-documents"
GUIDES = ("guide2026", "gyeonggi2025", "press2026", "news2025")

PHONE = re.compile(r"(0\d{1,2}-\d{3,4}-|1\d{3}-)(\d{4}(?:\s*[,/]\s*\d{4}(?![\d-]))*)")
LINK = re.compile(r"[\w.-]+@[\w-]+\.[\w.]*\w|(?:https?://|www\.)[\w./-]*\w")
DATE = re.compile(
    r"\d{4}\.\d{1,2}\.\d{1,2}|(?<![\d.])\d{1,2}\.\d{1,2}\.(?=\()|\d{4}년\d{1,2}월(?:[초중말])?|\d{1,2}월\d{1,2}일|\d{1,2}월[초중말]"
)
AMOUNT = re.compile(r"\d[\d,.]*(?:백만|천|만|억)원|\d[\d,.]*억")
PERCENT = re.compile(r"[-+]?\d[\d.]*%p?")
UNITS = "개소|개월|개|여명|명|회|년|일|종|시간|초|산(?!업)|도(?!입)|건|천원|점|만원|등급|인|차|Q|쪽"
COUNT = re.compile(rf"(?<!\d)(?<!\d[.,])\d[\d,.]*(?:{UNITS})")
NUMBER = re.compile(r"(?<!\d)(?<!\d[.,])(?!20\d\d\.)\d+(?:,\d{3})*(?:\.\d+)?")
PLAIN_AMOUNT = re.compile(r"((?:(\d+)억)?(?:([\d,]+)만)?원)\(([\d,]+)(백만|천)원")
WON = {"백만": 1_000_000, "천": 1_000}


def source(guide: str) -> str:
    """The facts of a source text: what follows the copyright line of a news page is page furniture."""
    if not SOURCES.is_dir():
        pytest.skip("the source texts are not beside the repository")
    return (SOURCES / f"{guide}.txt").read_text("utf-8").split("무단전재")[0]


def guide_text(guide: str) -> str:
    return (REPO / "corpus" / "src" / f"{guide}.md").read_text("utf-8")


def squeezed(text: str) -> str:
    """The text with one way to write years and without spaces; cells and lines stay apart, phones are left out."""
    text = PHONE.sub(" ", re.sub(r"<[^<>]*>|&[lg]t;|\*\*|[\u2018\u2019]", ";", text))
    text = re.sub(r"(?<!\d)['『](\d\d)(?=[.년~)])|(?<![\d.,])(2[2-5])(?=년)", r"20\1\2", text)
    text = re.sub(r" ", "", re.sub(r"[\t\n|]+", ";", text))
    text = re.sub(r"(20\d\d)\.(?=\d,\d{3})", r"\1;", text)
    text = re.sub(r"(20\d\d)\.(\d{1,2})(?=월|~\d{1,2}월)", r"\1년\2", text)
    return re.sub(r"(20\d\d)\.(\d)Q", r"\1년\2분기", text)


def phones(text: str) -> set[str]:
    """Every phone in full, short forms ("0957, 0952") expanded."""
    return {head + tail for head, tails in PHONE.findall(text) for tail in re.findall(r"\d{4}", tails)}


def recorded(guide: str) -> str:
    """What the sources print and the guides knowingly do not: the second column of CORRECTIONS.md."""
    rows = (REPO / "corpus" / "CORRECTIONS.md").read_text("utf-8").splitlines()
    cells = [[cell.strip() for cell in row.strip("|").split("|")] for row in rows if row.startswith("| ")]
    return squeezed(" ".join(row[1] for row in cells if guide in row[0] or "모든 문서" in row[0]))


def missing(guide: str, pattern: re.Pattern[str]) -> list[str]:
    ours, known = squeezed(guide_text(guide)), recorded(guide)
    tokens = {match.group().strip(".,") for match in pattern.finditer(squeezed(source(guide)))}
    return sorted(token for token in tokens if not stands(token, ours) and not stands(token, known))


def stands(token: str, text: str) -> bool:
    """Whether the token stands in the text and is no part of a longer number."""
    return re.search(rf"(?:(?<!\d)(?<!\d[.,])|(?<=20\d\d\.)){re.escape(token)}(?!(?<=\d)[.,]?\d)", text) is not None


@pytest.mark.parametrize("guide", GUIDES)
def test_every_phone_of_the_source_stands_in_the_guide_in_full(guide: str) -> None:
    assert phones(source(guide)) == phones(guide_text(guide))


@pytest.mark.parametrize("guide", GUIDES)
def test_every_address_of_the_source_stands_in_the_guide(guide: str) -> None:
    printed = set(LINK.findall(source(guide)))
    ours = set(LINK.findall(guide_text(guide)))
    assert {address for address in printed - ours if address not in recorded(guide)} == set()
    assert ours <= printed


@pytest.mark.parametrize("guide", GUIDES)
@pytest.mark.parametrize("pattern", [DATE, AMOUNT, PERCENT, COUNT], ids=["date", "amount", "percent", "count"])
def test_every_figure_of_the_source_stands_in_the_guide_with_its_unit(guide: str, pattern: re.Pattern[str]) -> None:
    assert missing(guide, pattern) == []


@pytest.mark.parametrize("guide", GUIDES)
def test_every_number_of_the_source_stands_in_the_guide(guide: str) -> None:
    assert missing(guide, NUMBER) == []


@pytest.mark.parametrize("guide", GUIDES)
def test_no_guide_states_a_figure_that_its_source_does_not(guide: str) -> None:
    text = squeezed(guide_text(guide))
    derived = {match.group(1) for match in PLAIN_AMOUNT.finditer(text)}
    printed = squeezed(source(guide))
    ours = {match.group().strip(".,") for pattern in (AMOUNT, PERCENT) for match in pattern.finditer(text)}
    assert sorted(token for token in ours if not stands(token, printed) and not any(token in d for d in derived)) == []


@pytest.mark.parametrize("guide", GUIDES)
def test_a_plain_amount_equals_the_amount_it_explains(guide: str) -> None:
    for match in PLAIN_AMOUNT.finditer(squeezed(guide_text(guide))):
        _, eok, man, figure, unit = match.groups()
        plain = int(eok or 0) * 100_000_000 + int((man or "0").replace(",", "")) * 10_000
        assert plain == int(figure.replace(",", "")) * WON[unit], match.group()


@pytest.mark.parametrize("guide", GUIDES)
def test_no_sentence_of_the_source_stands_in_the_guide(guide: str) -> None:
    ours = re.sub(r"\s", "", guide_text(guide))
    sentences = re.split(r"(?<=[다요])\.\s|\n", source(guide))
    copied = [
        s for s in sentences if re.search(r"(?:다|요)\.?$", s.strip()) and len(s) > 30 and re.sub(r"\s", "", s) in ours
    ]
    assert copied == []


def test_every_office_keeps_its_cities_and_its_phone() -> None:
    printed = {
        (cells[0], re.sub(r"[\s/,]", "", cells[1]), cells[2])
        for cells in (line.split("\t") for line in source("guide2026").splitlines())
        if len(cells) == 3 and re.fullmatch(r"0[\d-]+", cells[2])
    }
    assert len(printed) == 33
    offices: list[list[str]] = []
    for line in guide_text("guide2026").split("#### 지사별 관할구역")[1].split("<!--")[0].splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) == 4 and cells[0] == "^^":
            offices[-1][1] += cells[1] + re.sub(r"[\s,]", "", cells[2])
        elif len(cells) == 4 and cells[3].startswith("0"):
            offices.append([cells[0], cells[1] + re.sub(r"[\s,]", "", cells[2]), cells[3]])
    corrected = {
        (name, cities.replace("여주시", "여수시") if name == "전남지사" else cities, phone)
        for name, cities, phone in printed
    }
    assert {tuple(office) for office in offices} == corrected
