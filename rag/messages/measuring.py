"""Sentences on measurements: in what an answer falls short of its case, and the names of the reader's figures."""

from __future__ import annotations

FACT, FORBIDDEN, PROGRAM, CITATION, STATUS = "빠진 사실", "있으면 안 되는 말", "사업", "출처", "상태"

FACT_MISSING = FACT + ": {words}"
FACT_UNBOUND = FACT + ": {label}의 {value}"
FORBIDDEN_TOLD = FORBIDDEN + ": {words}"
NO_PROGRAM_OF = "빠진 사업(하나 이상): {names}"
PROGRAM_MISSING = "빠진 사업: {names}"
PROGRAM_WRONG = "추천하면 안 되는 사업: {names}"
STANDING_WRONG = "접수 상태가 {wanted}이(가) 아님"
VERDICT_WRONG = "판정이 {wanted} 중 하나가 아님: {found}"
STATUS_WRONG = "답변 상태가 {wanted}이(가) 아님: {found}"
NO_CITATION_OF = "빠진 출처(하나 이상): {names}"
CITATION_MISSING = "빠진 출처: {names}"
CITATION_WRONG = "있으면 안 되는 출처: {names}"
FACT_FAR_DOWN = "물어본 사실이 처음 {length}자 안에 없음"
TOO_LONG = "{most}자를 넘음: {length}자"
FIRST_DENIED = "있는 내용인데 없다는 말로 시작함"

ASKS_OF_ROW, ASKS_EACH = "묻는 것(질문마다 모두)", "묻는 것(하나하나)"
STANCE, PARTS, SHAPE, SELECTION = "마음가짐", "부분의 수", "꼴", "고르는 법"
SET_ASIDE, ONLY_WANTED, SIMPLY_SAID = "빼라는 말", "그것만이라는 말", "그냥 한 말"
PROGRAM_NAMES, TRACK_NAMES, CONSTRAINTS = "사업 이름", "유형 이름", "조건"
