"""Sentences on disks and files that refuse: which place, what is the matter, and what mends it."""

from __future__ import annotations

import errno

FULL = "{place}: 디스크에 빈 곳이 없습니다. 공간을 비운 뒤 다시 실행해 주세요.{needed}"
NEEDED = " 지금 판만 한 판을 만드는 데 {needed:,}MB쯤 필요합니다(남은 공간 {free:,}MB)."
READ_ONLY = (
    "{place}: 읽기 전용이라 쓸 수 없습니다. 쓸 수 있게 다시 마운트하거나 JIWON_DATA_DIR에 다른 폴더를 적어 주세요."
)
FORBIDDEN = "{place}: 권한이 없습니다. 이 폴더의 주인({owner})으로 실행하거나 폴더의 주인을 바꿔 주세요."
TOO_MANY_FILES = "{place}: 한꺼번에 열 수 있는 파일 수를 넘었습니다. `ulimit -n`의 값을 늘리고 다시 시작해 주세요."
BROKEN = "{place}: 디스크가 읽거나 쓰지 못합니다. 디스크를 점검하고, 고친 뒤 `jiwon sync`를 다시 실행해 주세요."
NO_FOLDER = "{place}: 폴더가 아닙니다. JIWON_DATA_DIR에 적은 경로를 확인해 주세요."
NO_CHROMA = (
    "벡터를 둔 Chroma 서버가 답하지 않습니다. 잠시 뒤 다시 시도하고, 계속되면 관리자에게 JIWON_CHROMA_URL의 서버를 "
    "확인하도록 알려 주세요."
)
NO_STORE = (
    "원본 파일을 둔 저장소가 답하지 않거나 거절합니다. 잠시 뒤 다시 시도하고, 계속되면 관리자에게 JIWON_STORE_URL의 "
    "저장소와 권한을 확인하도록 알려 주세요."
)
NO_STORE_PACKAGE = (
    "JIWON_STORE_URL: 이 저장소에 접속할 패키지가 없습니다({why}). S3이면 'pip install s3fs'로 설치해 주세요."
)
NO_STORE_KIND = "JIWON_STORE_URL: 모르는 저장소입니다. 's3://버킷/폴더'나 'file:///폴더'처럼 적어 주세요."
UNKNOWN_OWNER = "알 수 없음"

REMEDIES = {
    errno.ENOSPC: FULL,
    errno.EDQUOT: FULL,
    errno.EROFS: READ_ONLY,
    errno.EACCES: FORBIDDEN,
    errno.EPERM: FORBIDDEN,
    errno.EMFILE: TOO_MANY_FILES,
    errno.ENFILE: TOO_MANY_FILES,
    errno.EIO: BROKEN,
    errno.ENOTDIR: NO_FOLDER,
}
