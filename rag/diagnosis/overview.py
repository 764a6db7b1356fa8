"""The overview: a company and its survey flow in, the tables that open a report flow out; what is unknown is said."""

from __future__ import annotations

from collections.abc import Iterator

from rag.diagnosis.marks import SourceOf
from rag.diagnosis.records import Case, Company, Training
from rag.diagnosis.survey import SurveyQuestion, survey
from rag.diagnosis.telling import SEAT, SITE
from rag.diagnosis.tree import Block, Grid, Paragraph
from rag.money import won
from rag.periods import korean_date

UNKNOWN = "확인되지 않음"
_SURVEY = ("항목", "질문", "답변")
# Upper bounds (regular employees) of the size bands in which the public training diagnosis compares companies.
_BANDS = (5, 30, 100, 300, 1000)


def company_grid(company: Company) -> Grid:
    """The fields of the overview with their values."""
    insured = {True: "가입", False: "미가입", None: UNKNOWN}[company.profile.insured]
    since = f" ({korean_date(company.insured_since)} 성립)" if company.insured_since else ""
    industry = " ".join(filter(None, (company.industry, f"({company.industry_code})" if company.industry_code else "")))
    kind = {True: "우선지원대상기업", False: "우선지원대상기업 아님", None: UNKNOWN}[company.priority_support]
    rows = [
        ("기업명", company.name),
        ("사업장관리번호", company.workplace_number),
        (SEAT, company.address),
        (SITE, company.site),
        ("업종(코드)", industry),
        ("고용보험", f"{insured}{since}"),
        ("우선지원대상 여부", kind),
        ("기업 규모", company.size.value if company.size else None),
        ("상시근로자", f"{company.employees:,}명" if company.employees is not None else None),
        ("규모 구간", band(company.employees)),
        ("설립연도", _founded(company)),
        ("담당자", company.person),
    ]
    if company.circumstances:
        rows.append(("그 밖의 사정", ", ".join(company.circumstances)))
    if company.is_government:
        rows.insert(1, ("신청 주체", "지방정부"))
    return Grid(("항목", "내용"), tuple((name, value or UNKNOWN) for name, value in rows))


def _founded(company: Company) -> str | None:
    if not company.founded:
        return None
    return f"{company.founded}년" + (f" {company.founded_month}월" if company.founded_month else "")


def band(employees: int | None) -> str | None:
    """The size band of a company: "30명 이상 100명 미만"."""
    if employees is None:
        return None
    low = max((bound for bound in _BANDS if bound <= employees), default=None)
    high = min((bound for bound in _BANDS if bound > employees), default=None)
    told = (f"{low:,}명 이상" if low else "", f"{high:,}명 미만" if high else "")
    return " ".join(filter(None, told))


def history_grid(trainings: tuple[Training, ...]) -> Grid:
    """The trainings the company has had, newest first."""
    newest = sorted(trainings, key=lambda t: -(t.year or 0))
    rows = (
        (
            training.name,
            f"{training.year}년" if training.year else UNKNOWN,
            f"{training.people:,}명" if training.people is not None else UNKNOWN,
            f"{training.hours:,}시간" if training.hours is not None else UNKNOWN,
        )
        for training in newest
    )
    return Grid(("훈련", "연도", "인원", "시간"), tuple(rows))


def support_grid(company: Company) -> Grid:
    """Training support of this year: the ceiling, what was used, and the share used."""
    ceiling, used = company.support_ceiling, company.support_used
    share = f"{used * 100 / ceiling:.0f}%" if ceiling and used is not None else UNKNOWN
    rest = won(company.support_left) if company.support_left is not None else UNKNOWN
    sums = (won(ceiling) if ceiling is not None else UNKNOWN, won(used) if used is not None else UNKNOWN)
    return Grid(("올해 한도", "사용한 금액", "사용 비율", "남은 금액"), ((*sums, share, rest),))


def survey_blocks(case: Case, source_of: SourceOf) -> Iterator[Block]:
    """Every question of the survey with the company's reply and its page in the guide, which is named below.

    Where the guide is not among the documents, nothing is said of where a question comes from.
    """
    titles = dict.fromkeys(source.title for asked in survey() if (source := source_of(asked.document)))
    rows = tuple((asked.topic, asked.text, asked.said(case.reply(asked.id)) or UNKNOWN) for asked in survey())
    if not titles:
        yield Grid(_SURVEY, rows)
        return
    pages = (_page(asked, source_of) for asked in survey())
    yield Grid((*_SURVEY, "근거"), tuple((*row, page) for row, page in zip(rows, pages, strict=True)))
    yield Paragraph(f"문항은 '{', '.join(titles)}'의 이 쪽에서 나왔습니다.", is_note=True)


def _page(asked: SurveyQuestion, source_of: SourceOf) -> str:
    source = source_of(asked.document)
    return f"{asked.page}쪽" if source and source.paged else "-"
