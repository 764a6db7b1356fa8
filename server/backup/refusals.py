"""Sentences of backup and restore: what is wrong with a file or a folder, and what to do."""

from __future__ import annotations

from rag.errors import JiwonError


class BackupRefused(JiwonError):
    """A backup cannot be made, or nothing is restored: the sentence says why, and nothing has been touched."""


NO_FILE = "{file}: 백업 파일이 없습니다. 경로를 확인해 주세요."
NO_BACKUP = (
    "{file}: 백업 파일이 아니거나, 끝이 잘렸거나, 뒤에 다른 것이 붙었습니다. "
    "온전한 파일로 다시 복사하거나 다른 백업을 써 주세요."
)
CHANGED = "{file}: 백업한 뒤에 내용이 바뀌었습니다(확인값이 다릅니다). 원본에서 다시 복사하거나 다른 백업을 써 주세요."
DAMAGED = "{file}: 백업 파일의 속이 설명과 다릅니다({what}). 다른 백업을 써 주세요."
OTHER_FORM = (
    "{file}: 이 프로그램({here})이 모르는 형식({form})의 백업입니다. 그 백업을 만든 판({product})으로 되돌려 주세요."
)
OTHER_TABLES = (
    "{file}: 이 프로그램({here})보다 새로운 판({product})의 데이터베이스가 들어 있습니다. "
    "프로그램을 그 판으로 올린 뒤 되돌려 주세요."
)
NO_DESCRIPTION = "설명을 읽을 수 없음"
BAD_NAME = "쓸 수 없는 이름 '{name}'"
NOT_PLAIN = "보통 파일이 아닌 '{name}'"
OTHER_MEMBER = "'{name}'의 이름이나 크기"
OTHER_CONTENT = "'{name}'의 내용"
CUT_OFF = "'{name}'에서 끊김"

NO_DATA = "{folder}: 데이터 폴더가 없어 백업할 것이 없습니다. JIWON_DATA_DIR을 확인해 주세요."
NO_CORPUS = "{folder}: 자료 폴더가 없습니다. JIWON_CORPUS_DIR을 확인해 주세요."
WITHIN = "{file}: 백업 파일은 데이터 폴더와 자료 폴더 밖에 두어 주세요. 그 안에 두면 다음 백업에 함께 들어갑니다."
NO_PLACE = "{folder}: 백업 파일을 둘 폴더가 없습니다. 폴더를 만들거나 경로를 확인해 주세요."
TAKEN = "{file}: 백업 파일이 아닌 것이 있어 덮어쓰지 않았습니다. 다른 이름을 적어 주세요."
MAKING = "{file}: 다른 명령이 이 백업 파일을 만들고 있습니다. 그 명령이 끝난 뒤에 다시 실행해 주세요."
UNSTEADY = "{file}: 백업하는 동안 자꾸 바뀌어 온전히 담지 못했습니다. 이 파일을 쓰는 일이 끝난 뒤에 다시 실행해 주세요."
FULL = "{place}: 디스크에 빈 곳이 없습니다. 공간을 비운 뒤 다시 실행해 주세요."
NEEDED = " 되돌리는 데 {needed:,}MB쯤 필요합니다(남은 공간 {free:,}MB)."
READ_ONLY = "{place}: 읽기 전용이라 쓸 수 없습니다. 쓸 수 있는 곳을 적어 주세요."

RESTORING = "{folder}: 백업을 되돌리고 있는 폴더입니다. 끝난 뒤에 다시 실행해 주세요."
IN_USE = (
    "{folder}: 서버나 다른 명령이 쓰고 있는 폴더입니다. 서버를 끝낸 뒤 다시 실행해 주세요. 아무것도 바꾸지 않았습니다."
)
NOT_EMPTY = (
    "{place}: 백업에 없거나 백업과 다른 것이 이미 있습니다. 옆으로 옮겨 두고 되돌리려면 --replace를 붙여 주세요. "
    "아무것도 바꾸지 않았습니다."
)
NOT_SERVABLE = "백업에 든 색인 판을 쓸 수 없습니다. {reason} 아무것도 바꾸지 않았습니다."
SAME_FOLDER = "데이터 폴더와 자료 폴더는 서로 안에 있지 않은 다른 폴더여야 합니다. --into와 --corpus를 확인해 주세요."

THE_DATABASE = "JIWON_DATABASE_URL의 데이터베이스"
CHANGING = "백업하는 동안 자료 폴더에서 파일이 오갔습니다. 담긴 파일은 저마다 온전합니다."
LEFT_DAMAGED = "망가진 색인 판 '{id}'은(는) 담지 않았습니다."
NONE_SERVED = "쓰고 있는 색인 판이 없어 색인은 담지 않았습니다. 되돌린 뒤 `jiwon sync`를 실행해 주세요."
OF_THE_PRODUCT = "'{name}'은(는) 프로그램에 딸린 것이라 되돌리지 않았습니다."

STEP_FILES, STEP_INDEX, STEP_CHECK, STEP_RESTORE = "파일 담기", "색인 담기", "백업 확인", "되돌리기"
