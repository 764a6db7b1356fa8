"""Names: the title and the first lines of a document flow in, the name of the programme it is about flows out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath

from ingest.identity.events import announced
from ingest.labels.fields import Column, asked, canonical, column_of, labelled
from ingest.labels.lines import Line
from ingest.labels.outline import unbulleted
from rag.domain import Source
from rag.korean import is_hangul
from rag.lexicon import Lexicon
from rag.text import squash
from rag.wordlists import word_lists

_WORDS = word_lists(Path(__file__).with_name("titles.yaml"))
_QUOTED = re.compile(r"[「『‘'“\"<〈《\[]([^」』’'”\">〉》\]]{4,40})[」』’'”\">〉》\]]")
_APPLICANT = (
    r"(?:기업|기관|업체|과제|협동조합|경력인력|수강생|교육생|훈련생|연수생|참가자|참여자|신청자|대출자|사업대상자|대상자|사업자"
    r"|소상공인|사업장|희망자|지원\s*대상|단체|청년)"
)
_WHO = (
    r"(?:신규\s*)?(?:(?:참여|참가|지원대상|지원|수요|수혜|수행|공급|도입|신청|대상|주관|입주|입점|협약|창업|중소|강소)\s*(?:희망\s*)?"
    rf"|(?<![가-힣])(?:희망\s*)?|(?<=사업)){_APPLICANT}"
    rf"(?:\s*(?:및|[·ㆍ,])\s*(?:참여|참가)?\s*{_APPLICANT})?"
)
_ROUND = r"(?:신규|추가|최종|예비|상시|수시|통합|정기|제?\d+차)"
# What a title adds to the name of its programme, cut from the end as long as any is left.
_TAILS = tuple(
    re.compile(rf" ?(?:{tail})$".replace(r"\s*", " ?").replace(r"\s+", " "))
    for tail in (
        r"\((?:안|변경|연장|재공고|수정|정정|추가|긴급|기간|제?(?<!\d)\d+차|상반기|하반기|\d{4}년?)[^()]*+\)",
        r"(?:자주\s*(?:묻는|하는)\s*질문(?:과\s*답변)?|질의\s*응답(?:집)?|Q\s*&\s*A|FAQ)(?:\s*\([^()]*\))?|한눈에\s*보기",
        r"(?:사업\s*)?설명회?\s*자료|(?<=\s)(?:사업\s*)?설명회|발표\s*자료|홍보물",
        r"(?:공고|안내|계획|모집)\s*\([^()]*\)",
        r"(?<=융자지원)\s*계획|(?<=지원)\s+계획|(?:(?<!융자)지원|융자|운용|육성|공모|모집|변경)\s*계획|(?<=사업)\s*계획|(?:실행|시행|추진|운영)\s*계획|(?:통합|변경|연장|재|수정|정정|추가|긴급)?\s*공고문?|보도자료|보도|종합\s*안내서?"
        r"|안내문?|안내서|가이드북?|리플릿|지침|설명자료|포스터",
        r"\(예비\)|(?:참여|참가)\s*컨소시엄(?=\s*(?:모집|공모|선정)?$)",
        rf"{_WHO}\s*(?:{_ROUND}\s*)*(?:모집|선정|공모|신청)",
        rf"(?<=사업)\s+(?:[가-힣]{{1,6}}\s+)?[가-힣]{{0,5}}{_APPLICANT}\s*(?:{_ROUND}\s*)*(?:모집|선정|공모)",
        rf"(?<=사업)\s+(?:참여|참가|수혜)\s*{_APPLICANT}?",
        r"(?<![가-힣])(?:상시|수시|수정|정정)\s*(?:모집)?|(?:시행|추진|지원)?\s*계획\s*및|신규\s*(?:지원\s*)?(?:대상\s*)?과제",
        r"(?:광역\s*지방정부|광역지방자치단체|지방자치단체|지자체)\s*(?:모집|공모)",
        r"모집|공모|시행|추진|실행|신청|접수|선정|변경|연장|(?<![가-힣])(?:(?:모집|접수|신청|공모)\s*)?기간|통합|추가|개별|제?(?<!\d)\d+차"
        r"|조기\s*(?:마감|종료)|마감|취소|철회|연락처|담당자|문의처",
    )
)
_LEADS = re.compile(
    r"^(?:\[[^\]]*\]|\((?:수정|정정|변경|연장|재공고|추가|긴급|보도자료|공고|안)[^()]*\)|한눈에\s*보는|(?:알기\s*)?쉽게\s*보는|알기\s*쉬운|['’‘]?(?:20)?\d\d\s*년(?:도)?|20\d\d(?=\s)|상반기|하반기|제?\d차|\d\)|\(\d{4}\))\s*"
)
# "천안시 2021년 가람 지원사업": who issues the notice stands before the year.
_ISSUER = re.compile(r"^\s*(?:\[[^\]]*\]\s*)?\S{1,15}(?:시|군|구|도|원|공단|재단|센터|협회)\s+20\d\d년(?:도)?\s+")
# An amount, a comma or a quotation makes a title a headline.
_HEADLINE = re.compile(r"[,…!?“”]|(?<![\d,.])\d[\d,.]*\s*(?:억|만|조)|한다|나선다|밝혀")
_CALLING = re.compile(
    r"\d\s?[월일.)]\s?[^.]{0,20}까지.{0,40}(?:신청|접수|모집|받)|(?:신청|접수|모집).{0,60}\d\s?[월일.].{0,20}까지"
)
_OFFERING = re.compile(r"\d\s?(?:억|만|천만|백만)\s?원|0\d{1,2}-\d{3,4}-\d{4}|1[5-9]\d\d-\d{4}")
_GIVING = frozenset(
    {
        "지원대상",
        "지원내용",
        "지원규모",
        "지원조건",
        "신청기간",
        "신청방법",
        "융자한도",
        "훈련내용",
        "제외대상",
        "우대사항",
    }
)
# Who runs it, when and for whom: the form in which portals list a programme, whatever its title speaks of besides.
_ANNOUNCED = frozenset({"전담기관", "신청기간", "지원대상"})
_ENOUGH, _TWO = 3, 2
# A phrase of running text that names a programme: how it ends, what ends another phrase before it, how many words.
_PROGRAMME_WORDS = (
    "지원사업",
    "개선사업",
    "육성사업",
    "사업",
    "바우처",
    "대출",
    "융자",
    "특례보증",
    "장려금",
    "지원금",
)
# What stands behind a name in quotation marks that is a programme's: "도우미" 사업을.
_CALLED = ("사업", "프로그램", "지원사업", "공모", "바우처")
_ENDS_PHRASE = ("은", "는", "을", "를", "에", "에서", "하는", "위한", "위해", "이번", "올해", "오는", "새", "관련")
_LONGEST_PHRASE = 5
_DASHES = " -–—"


def programme_name(words: str, lexicon: Lexicon) -> str:
    """The canonical name for a title as printed; a title that staff have not listed is kept as it stands."""
    bare = unbulleted(words.replace("*", ""))
    unnumbered = bare.lstrip("0123456789.- ")
    bare = unnumbered if unnumbered[:1].isupper() or is_hangul(unnumbered[:1]) or unnumbered[:1] == "「" else bare
    key = squash(bare)
    for name, aliases in lexicon.programs:
        if key in {squash(spelling) for spelling in (name, *aliases)}:
            return name
    without = _unbracketed(bare)
    for name, aliases in lexicon.programs:
        if squash(without) in {squash(spelling) for spelling in (name, *aliases)}:
            return name
    return bare


def bare_title(title: str) -> str:
    """A title without year, kind of document and whom it calls: "2026년 가람사업 참여기업 모집 공고" → 가람사업."""
    name = _without_heading(" ".join(title.split()))
    if match := _ISSUER.match(name):
        name = name[match.end() :]
    while (shorter := _LEADS.sub("", name, count=1).strip()) != name:
        name = shorter
    cut = True
    while cut:
        cut = False
        for tail in _TAILS:
            shorter = tail.sub("", name).strip()
            if shorter and shorter != name:
                name, cut = shorter, True
    *before, last = name.split(" ")
    year = last.strip("'’‘").rstrip("년도")
    name = " ".join(before) if before and len(year) == 4 and year.isdecimal() and year.startswith("20") else name
    opened = sum(name.count(mark) for mark in "「『")
    is_quoted = opened == name.startswith(("「", "『")) and (opened or name.endswith(("」", "』")))
    name = name.rstrip(_DASHES)
    return name.strip("「」『』 ") if is_quoted else name


def _without_heading(title: str) -> str:
    """The title without the sort of page that stands before a dash: "자주 묻는 질문 — 가람사업"."""
    for dash in _DASHES.strip():
        head, found, rest = title.partition(f" {dash} ")
        if found and rest and squash(head) in _WORDS["sorts_of_page"]:
            return rest.strip()
    return title


def reads_as_programme(name: str) -> bool:
    """Whether words end like the name of a programme, brackets behind them left out."""
    bare = _unbracketed(name)
    return bare.endswith(_WORDS["programmes"]) or name.endswith(_WORDS["programmes"])


def _unbracketed(name: str) -> str:
    """The name without the brackets that end it."""
    bare = name.rstrip()
    return bare.rpartition("(")[0].rstrip() if bare.endswith(")") and "(" in bare else bare


def _unmarked(title: str) -> str:
    """The title without what it says in brackets of itself, which is no name: "[정정·연장]"."""
    begin = title.lstrip()
    end = min((place for mark in "])" if (place := begin.find(mark)) > 0), default=-1)
    return begin[end + 1 :] if begin[:1] in ("[", "(") else title


def _is_of(words: str, name: str) -> bool:
    """Whether one of a list of words stands in a title."""
    bare = "".join(words.split())
    return any(word in bare for word in _WORDS[name])


def document_name(lines: Sequence[Line], source: Source, lexicon: Lexicon) -> str | None:
    """The programme that the whole document is about; `None` where it describes none."""
    told = {label for line in lines for label in _labels(line)}
    labels = told & _GIVING
    announces = _is_of(source.title, "announcing")
    known = known_program(source.title, lexicon)
    if known and (labels or announces):
        return known
    is_thin = len(labels) < _ENOUGH or not reads_as_programme(bare_title(source.title))
    if is_other_matter(source) and is_thin and not told >= _ANNOUNCED:
        return None
    if stated := next(_stated(lines), None):
        return programme_name(bare_title(stated), lexicon)
    called = next(_quoted_names(lines), None) or (_kept_name(lines) if _HEADLINE.search(source.title) else None)
    changed = _changed(source.title)
    bare = changed or bare_title(source.title)
    is_headline = bool(_HEADLINE.search(bare))
    offers = any(_OFFERING.search(line.text) for line in lines)
    is_named = announces and offers and reads_as_programme(bare) and not is_headline
    says = len(labels) + announces + bool(called) + _calls(lines) + is_named
    if says < _TWO and not (announces and changed):
        return None
    if quoted := _quoted_whole(source.title, bare):
        return programme_name(bare_title(quoted), lexicon)
    if called and bare.removesuffix("지원사업").removesuffix("사업").strip() == called:
        return called
    if bare and reads_as_programme(bare) and not is_headline:
        return bare
    titled = bare if announces and not is_headline else next(_title_lines(lines), None)
    name = called or titled or bare or source.title
    return name if sum(map(str.isalpha, name)) > 1 else None


def _quoted_whole(title: str, bare: str) -> str:
    """The name in quotation marks in a title; "" where it is but a part of the name ("새싹터"), or a law."""
    found = _QUOTED.search(_unmarked(title))
    name = found[1] if found else ""
    is_whole = reads_as_programme(name) or len(name) * 2 > len(bare)
    is_other = name.strip().endswith(_WORDS["laws"]) or _HEADLINE.search(name)
    return "" if not name or not is_whole or is_other else name.strip()


def _changed(title: str) -> str:
    """The programme whose call a title changes, without the part that is named behind ("… 사업 섬유 분야 연장")."""
    bare = bare_title(title)
    words = bare.split()
    heads = (" ".join(words[:count]) for count in range(len(words), 0, -1))
    name = bare if reads_as_programme(bare) else next((head for head in heads if head.endswith("사업")), "")
    return name if name and announced(title, name) else ""


def _calls(lines: Sequence[Line]) -> bool:
    """Whether running text says until when to apply and gives a sum or a phone."""
    said = [line.text for line in lines]
    return any(map(_CALLING.search, said)) and any(map(_OFFERING.search, said))


def known_program(title: str, lexicon: Lexicon) -> str | None:
    """The listed programme that a title names; a spelling that is but a part of another programme's name is none."""
    known = lexicon.program_named(title)
    bare = bare_title(title)
    if not known or _HEADLINE.search(title) or not reads_as_programme(bare):
        return known
    spellings = (known, *lexicon.aliases_of(known))
    longest = max((len(squash(spelling)) for spelling in spellings if squash(spelling) in squash(bare)), default=0)
    return (
        known
        if longest * 2 > len(squash(bare.replace("지원사업", "").replace("사업", "").removesuffix("지원")))
        else None
    )


def is_other_matter(source: Source) -> bool:
    """Whether the title, or the name of the file, is that of a document that mentions programmes in passing."""
    return any(
        _is_of(words.replace("_", ""), "other_matters") for words in (source.title, PurePosixPath(source.path).stem)
    )


def is_named_after_file(name: str, source: Source) -> bool:
    """Whether nothing but the file's name says how the programme is called."""
    return squash(source.title) == squash(PurePosixPath(source.path).stem) and squash(name) in squash(source.title)


def _labels(line: Line) -> Iterator[str]:
    if line.cells:
        yield from (label for cell in (*line.cells[:1], *line.cells[2:3], *line.header) if (label := canonical(cell)))
    elif found := labelled(line.text):
        yield found[0]
    elif answered := asked(line.text):
        yield answered


def _stated(lines: Sequence[Line]) -> Iterator[str]:
    return (name for line in lines if (name := stated_name(line)))


def stated_name(line: Line) -> str | None:
    """The name that stands beside 사업명."""
    if line.cells and not line.header:
        for place in range(0, len(line.cells) - 1, 2):
            if column_of(line.cells[place]) is Column.PROGRAM and line.cells[place + 1]:
                return " ".join(line.cells[place + 1].split())
    elif not line.cells:
        found = labelled(line.text)
        if found and found[0] == "사업명" and found[1]:
            return found[1]
    return None


def _quoted_names(lines: Sequence[Line]) -> Iterator[str]:
    for line in lines:
        for match in _QUOTED.finditer(line.text):
            name = bare_title(match[1])
            is_called = line.text[match.end() :].lstrip().startswith(_CALLED)
            if (
                (is_called or reads_as_programme(name))
                and not name.endswith(_WORDS["laws"])
                and not _HEADLINE.search(name)
                and len(name) >= 6
            ):
                yield name


def _kept_name(lines: Sequence[Line]) -> str | None:
    """The longest phrase that reads as the name of a programme and that running text uses more than once."""
    counted = Counter(phrase for line in lines for phrase in _phrases(line.text.split()))
    kept = [phrase for phrase, count in counted.items() if count > 1]
    return max(kept, key=len, default=None)


def _phrases(words: Sequence[str]) -> Iterator[str]:
    """Every run of plain words that ends in the word of a programme, particles and marks behind it left out."""
    for at, word in enumerate(words):
        last = word.rstrip(".,)」』’”'\"").rstrip("은는이가을를의에로과와")
        if not last.endswith(_PROGRAMME_WORDS):
            continue
        for start in range(at - 1, max(-1, at - _LONGEST_PHRASE), -1):
            if not words[start].isalnum() or words[start].endswith(_ENDS_PHRASE):
                break
            yield " ".join([*words[start:at], last])


def _title_lines(lines: Sequence[Line]) -> Iterator[str]:
    """Names in lines near the top that read as the title of a notice."""
    for line in lines[:12]:
        words = line.text.strip()
        name = bare_title(words)
        if ":" in words or unbulleted(words) != words:
            continue
        if not line.cells and 6 <= len(words) <= 60 and reads_as_programme(name) and not _HEADLINE.search(words):
            yield name
