"""Refusals of the consulting files: what cannot be done flows out as one Korean sentence with its HTTP status.

FilingRefused
├── NoSuchFile        404  there is none of that id, or it is another consultant's
├── NoSuchEntry       404  the file holds no such item
├── NoSuchPaper       404  the file has no document of that number
├── NobodyThere       404  no consultant of that name to hand over to, or to ask
├── NothingIssued     404  none of the files has a document
├── FileClosed        409  it is closed and is only read
├── OwnReviewer       409  whoever has the file would look through it
├── ApprovalSettled   409  the reviewer has approved the document, or sent it back
├── PaperReplaced     409  a newer document stands for it
├── TooMuchToPrint    409  more documents than go into one archive
├── TooLargeToPrint   409  they are larger than one archive may be
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


class NothingIssued(FilingRefused):
    """None of the files has a document."""

    def __init__(self) -> None:
        super().__init__("고른 파일에 발급한 문서가 없습니다. 파일을 다시 고르거나 먼저 문서를 발급해 주세요.")


class OwnReviewer(FilingRefused):
    """Whoever has the file would look through its document."""

    status = 409

    def __init__(self) -> None:
        super().__init__("파일을 맡은 사람이 스스로 검토할 수는 없습니다. 다른 컨설턴트에게 검토를 맡겨 주세요.")


class ApprovalSettled(FilingRefused):
    """The reviewer has approved the document, or sent it back."""

    status = 409

    def __init__(self) -> None:
        super().__init__("이미 검토가 끝난 문서입니다. 바꿀 것이 있으면 다시 발급한 뒤 새 문서의 검토를 맡겨 주세요.")


class PaperReplaced(FilingRefused):
    """A newer document stands for it."""

    status = 409

    def __init__(self) -> None:
        super().__init__("다시 발급하여 옛것이 된 문서입니다. 새 번호의 문서를 확인해 주세요.")


class TooMuchToPrint(FilingRefused):
    """More documents than go into one archive."""

    status = 409

    def __init__(self, count: int, most: int) -> None:
        super().__init__(f"문서가 {count:,}건입니다. 한 번에 {most:,}건까지 묶습니다. 파일을 나누어 골라 주세요.")


class TooLargeToPrint(FilingRefused):
    """The documents are larger than one archive may be."""

    status = 409

    def __init__(self, most: int) -> None:
        super().__init__(f"문서가 모두 {most}MB를 넘어 하나로 묶지 못합니다. 파일을 나누어 골라 주세요.")


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
