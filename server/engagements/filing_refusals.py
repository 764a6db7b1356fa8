"""Refusals of the consulting files: what cannot be done flows out as one Korean sentence with its HTTP status.

FilingRefused
├── NoSuchFile        404  there is none of that id, or it is another consultant's
├── NoSuchEntry       404  the file holds no such item
├── NoSuchPaper       404  the file has no document of that number
├── NobodyThere       404  no consultant of that name to hand over to
├── FileClosed        409  it is closed and is only read
├── FileGone          410  it was erased
├── ChangedByAnother  412  somebody else changed it since it was read
└── EntryRefused      422  an item or the company cannot be kept so
"""

from __future__ import annotations

from rag.errors import JiwonError


class FilingRefused(JiwonError):
    """A file cannot be had or changed so; `status` is the HTTP status that says the same."""

    status = 404


class NoSuchFile(FilingRefused):
    """There is none of that id, or it is another consultant's: a caller cannot tell which."""

    def __init__(self) -> None:
        super().__init__("그런 컨설팅 파일이 없습니다. 목록에서 id를 확인해 주세요.")


class NoSuchEntry(FilingRefused):
    """The file holds no such item."""

    def __init__(self) -> None:
        super().__init__("파일에 그런 항목이 없습니다. 파일을 다시 읽어 id를 확인해 주세요.")


class NoSuchPaper(FilingRefused):
    """The file has no document of that number."""

    def __init__(self) -> None:
        super().__init__("그런 번호의 문서가 없습니다. 문서 목록에서 번호를 확인해 주세요.")


class NobodyThere(FilingRefused):
    """No consultant of that name has a key that holds."""

    def __init__(self, person: str) -> None:
        super().__init__(f"'{person}'의 컨설턴트 열쇠가 없습니다. 이름을 확인하거나 운영자에게 열쇠를 부탁해 주세요.")


class FileClosed(FilingRefused):
    """It is closed and is only read."""

    status = 409

    def __init__(self) -> None:
        super().__init__("닫은 파일입니다. 고치려면 먼저 다시 열어 주세요.")


class FileGone(FilingRefused):
    """It was erased."""

    status = 410

    def __init__(self) -> None:
        super().__init__("지운 파일입니다. 내용은 남아 있지 않습니다.")


class ChangedByAnother(FilingRefused):
    """Somebody else changed it since it was read; nothing of either is lost."""

    status = 412

    def __init__(self) -> None:
        super().__init__(
            "읽은 뒤에 다른 사람이 고친 파일입니다. 다시 읽어 확인한 뒤 보내 주세요. 보낸 것은 저장하지 않았습니다."
        )


class EntryRefused(FilingRefused):
    """An item or the company cannot be kept so; `sentences` say for each field why."""

    status = 422

    def __init__(self, sentences: tuple[str, ...]) -> None:
        super().__init__(" ".join(sentences))
        self.sentences = sentences
