"""Columns: the name at the head of a column flows in, what the column holds flows out."""

from __future__ import annotations

import re
from enum import StrEnum

from ingest.labels.labelled import canonical


class Column(StrEnum):
    """What a column of a table of offices or programmes holds."""

    FAX = "fax"
    PHONE = "phone"
    ASKED = "asked"
    EMAIL = "email"
    URL = "url"
    REGION = "region"
    PERSON = "person"
    ROLE = "role"
    DEPARTMENT = "department"
    ORGANISATION = "organisation"
    PROGRAM = "program"
    TRACK = "track"
    NUMBER = "number"
    LABEL = "label"
    OTHER = "other"


_NAMES = (
    (Column.PHONE, r"^(?:전화|연락처|TEL|Tel)[^팩Ff]{0,6}(?:팩스|FAX|Fax|fax)"),
    (Column.FAX, r"팩스|FAX|Fax|fax|전송$"),
    (Column.EMAIL, r"메일|전자우편|[Ee]-?[Mm]ail"),
    (Column.PHONE, r"전화|연락|Tel|TEL|T\.|(?:^|대표|문의)번호|핸드폰|휴대폰"),
    (Column.ASKED, r"^문의"),
    (Column.URL, r"홈페이지|누리집|사이트|URL|주소창"),
    (Column.ORGANISATION, r"^지역(?:본부|센터|사무소|지부)"),
    (Column.REGION, r"관할|지역|구역|권역|시[·.ㆍ/]?도|시[·.ㆍ/]?군|소재지"),
    (Column.ROLE, r"^(?:직위|직급|직책)$"),
    (Column.PERSON, r"^(?:담당자|성명|이름|담당자명|책임자)$"),
    (Column.DEPARTMENT, r"부서|^(?:팀|과|실|담당과|담당팀|지부|지점)명?$"),
    (Column.PROGRAM, r"^(?:세부|지원|내역|단위|개별)?사업명칭?$|^(?:지원사업|세부사업|내역사업|단위사업|프로그램명?)$"),
    (Column.TRACK, r"^(?:구분|분야|사업|과정명?|훈련과정|교육과정|강좌명?|유형|트랙|지원유형|회차|차수|기수)$"),
    (Column.NUMBER, r"^(?:연번|순번|번호|No\.?|NO\.?|#)$"),
    (Column.ORGANISATION, r"기관|지사|지원단|센터|소속|수행처|은행|협회|대학|접수처|운영처|^담당$"),
)
_PATTERNS = tuple((column, re.compile(pattern)) for column, pattern in _NAMES)


def column_of(name: str) -> Column:
    """What the column of this name holds."""
    bare = re.sub(r"\s", "", name)
    for column, pattern in _PATTERNS:
        if bare and pattern.search(bare):
            return column
    return Column.LABEL if canonical(bare) else Column.OTHER
