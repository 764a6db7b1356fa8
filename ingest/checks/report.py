"""Report: what became of each source in a sync, for people and for exit codes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from rag.domain import ReviewItem, Source, SourceResult
from rag.errors import LoadError


class ResultCode(StrEnum):
    """What became of one source; `sentence` says it in Korean, with what to do."""

    OK = "ok"
    INFERRED = "inferred"
    KEPT = "kept"
    REMOVED = "removed"
    PARTIAL = "partial"
    HIDDEN_TEXT = "hidden_text"
    STRUCK = "struck"
    LOST_HANGUL = "lost_hangul"
    NO_RECOGNISER = "no_recogniser"
    TOO_MANY_PICTURES = "too_many_pictures"
    SIDEWAYS = "sideways"
    RECOGNISED = "recognised"
    NO_FACTS = "no_facts"
    BAD_ROW = "bad_row"
    DUPLICATE_ID = "duplicate_id"
    DUPLICATE_FILE = "duplicate_file"
    MISSING = "missing"
    NOT_A_FILE = "not_a_file"
    OUTSIDE = "outside"
    CHANGED = "changed"
    UNOPENED = "unopened"
    ENCRYPTED = "encrypted"
    DISTRIBUTION_LOCKED = "distribution_locked"
    NO_TEXT = "no_text"
    TRUNCATED = "truncated"
    TOO_LARGE = "too_large"
    TIMED_OUT = "timed_out"
    UNSAFE = "unsafe"
    CORRUPT = "corrupt"
    UNSUPPORTED = "unsupported"

    @property
    def sentence(self) -> str:
        """What happened and what to do; '' where all is well."""
        return _SENTENCES[self]


_SENTENCES = {
    ResultCode.OK: "",
    ResultCode.INFERRED: "manifest.csv에 없어 제목과 날짜를 글에서 짐작했습니다. 확인하고 행을 넣어 주세요.",
    ResultCode.KEPT: (
        "자료 폴더에 없지만 이전 판의 내용을 남겼습니다. 지우려면 --allow-deletions를 붙여 다시 실행해 주세요."
    ),
    ResultCode.REMOVED: "자료 폴더에 없어 색인에서 지웠습니다.",
    ResultCode.PARTIAL: "일부만 읽었습니다. 빠진 쪽을 확인하고 온전한 파일로 바꿔 주세요.",
    ResultCode.HIDDEN_TEXT: "눈에 보이지 않는 글이 있어 색인에서 뺐습니다. 원본을 확인해 주세요.",
    ResultCode.STRUCK: "취소선을 긋거나 지운 것으로 표시한 글이 있어 색인에서 뺐습니다. 원본과 견주어 확인해 주세요.",
    ResultCode.LOST_HANGUL: "한글이 빠진 채 저장된 PDF입니다. 같은 문서의 HWP·HWPX나 다시 만든 PDF로 바꿔 주세요.",
    ResultCode.NO_RECOGNISER: (
        "스캔한 쪽은 글자 인식 프로그램이 있어야 읽습니다. tesseract-ocr와 tesseract-ocr-kor를 설치해 주세요."
    ),
    ResultCode.TOO_MANY_PICTURES: "스캔한 쪽이 너무 많아 앞쪽만 글자를 인식했습니다. 파일을 나누어 넣어 주세요.",
    ResultCode.SIDEWAYS: "옆으로 누운 글이 섞여 낱말이 흩어졌을 수 있습니다. 글을 바로 세운 파일로 바꿔 주세요.",
    ResultCode.RECOGNISED: (
        "스캔 문서에서 글자 인식으로 읽은 쪽이 있습니다. 원본과 견주고, 확인한 값은 overrides.yaml에 적어 주세요."
    ),
    ResultCode.NO_FACTS: (
        "글은 읽었으나 사업의 내용을 가려 읽지 못해 찾기에만 씁니다. 나누어 넣거나 다른 형식으로 바꿔 주세요."
    ),
    ResultCode.BAD_ROW: "manifest.csv의 행에 잘못 적은 칸이 있습니다. 그 칸을 고쳐 주세요.",
    ResultCode.DUPLICATE_ID: "manifest.csv에서 여러 행의 id가 같습니다. 행마다 다른 id를 적어 주세요.",
    ResultCode.DUPLICATE_FILE: "manifest.csv에서 여러 행의 file이 같습니다. 파일마다 한 행만 적어 주세요.",
    ResultCode.MISSING: "manifest.csv에는 있으나 파일이 없습니다. 파일을 넣거나 행을 지워 주세요.",
    ResultCode.NOT_A_FILE: "파일이 아니라 폴더나 장치라서 읽지 않았습니다. 파일을 넣어 주세요.",
    ResultCode.OUTSIDE: "자료 폴더 밖을 가리켜 읽지 않았습니다. 파일을 자료 폴더 안에 넣고 그 이름을 적어 주세요.",
    ResultCode.CHANGED: "읽는 동안 파일이 바뀌었습니다. 저장이 끝난 뒤 다시 실행해 주세요.",
    ResultCode.UNOPENED: "파일을 열 수 없습니다. 권한과 위치를 확인해 주세요.",
    ResultCode.ENCRYPTED: "암호가 걸린 파일이라 읽을 수 없습니다. 암호를 푼 파일로 바꿔 주세요.",
    ResultCode.DISTRIBUTION_LOCKED: "배포용으로 잠긴 문서라 읽을 수 없습니다. 잠기지 않은 원본이나 PDF로 바꿔 주세요.",
    ResultCode.NO_TEXT: "글자가 없는 파일입니다(스캔한 그림일 수 있음). 글자가 들어 있는 파일로 바꿔 주세요.",
    ResultCode.TRUNCATED: "파일이 중간에서 잘렸습니다. 원본을 다시 받아 주세요.",
    ResultCode.TOO_LARGE: "파일이나 그 안의 내용이 너무 커서 읽지 않았습니다. 나누거나 그림을 줄여 넣어 주세요.",
    ResultCode.TIMED_OUT: "정해진 시간 안에 읽지 못했습니다. 나누어 넣거나 다른 형식으로 바꿔 주세요.",
    ResultCode.UNSAFE: "위험한 구조가 들어 있는 파일이라 읽지 않았습니다. 출처를 확인하고 다시 저장해 주세요.",
    ResultCode.CORRUPT: "손상된 파일이라 읽을 수 없습니다. 원본을 다시 받아 주세요.",
    ResultCode.UNSUPPORTED: "읽을 수 없는 형식입니다. PDF, HWP, HWPX, DOCX, HTML, MD, TXT로 바꿔 넣어 주세요.",
}

OF_PART = frozenset(
    {
        *(ResultCode.PARTIAL, ResultCode.NO_RECOGNISER, ResultCode.TOO_MANY_PICTURES),
        *(ResultCode.LOST_HANGUL, ResultCode.SIDEWAYS, ResultCode.NO_FACTS),
    }
)
"""What tells that something of a file was not read."""
OF_ROWS = frozenset({ResultCode.BAD_ROW, ResultCode.DUPLICATE_ID, ResultCode.DUPLICATE_FILE})
"""What is wrong with a row of the manifest, not with its file."""
PASSING = frozenset({ResultCode.TIMED_OUT, ResultCode.CHANGED, ResultCode.NO_FACTS})
"""What may go better the next time though nothing changed."""


@dataclass(frozen=True, slots=True)
class SyncReport:
    """A whole sync; `generation` is the one served afterwards, `changed` whether it is (or, dry, would be) new.

    A new one was `asked` so many standard questions before it was served; one that is `staged` is not served yet, and
    `generation` names it; it was asked nothing where it waited already.

    One that `failed` left everything as it was: no file could be read, or, where that was asked for, one could not.
    """

    generation: str | None
    changed: bool
    failed: bool
    results: tuple[SourceResult, ...]
    review: tuple[ReviewItem, ...] = ()
    asked: int = 0
    staged: bool = False


def refusal(source: Source, code: ResultCode, detail: str = "", more: Iterable[ResultCode] = ()) -> LoadError:
    """The error that names the file, what is wrong with it and what to do.

    `detail` is for whoever looks closer; the sentences of `more` codes are added.
    """
    said = " ".join(each.sentence for each in (code, *more))
    return LoadError(f"{source.path}: {said}" + (f" [{detail}]" if detail else ""), code)
