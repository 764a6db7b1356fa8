"""Sentences on what is asked of other hosts: each names the host, says what was wrong and what to do."""

from __future__ import annotations

NO_ADDRESS = "쓸 수 없는 주소입니다. http://나 https://로 시작하고 이름이나 비밀번호가 들지 않은 주소를 적어 주세요."
NO_HOST = "{host}: 주소를 찾을 수 없습니다. 주소를 확인하거나 잠시 뒤 다시 시도해 주세요."
PRIVATE = "{host}: 안쪽 통신망의 주소라서 부르지 않습니다. 밖에서 보이는 주소를 적어 주세요."
LATE = "{host}: {seconds:g}초 안에 답하지 않았습니다. 잠시 뒤 다시 시도해 주세요."
SLOW = "{host}: 답을 너무 느리게 보냅니다. 잠시 뒤 다시 시도해 주세요."
CUT_OFF = "{host}: 연결이 되지 않거나 끊겼습니다({why}). 잠시 뒤 다시 시도해 주세요."
TOO_LARGE = "{host}: 답이 {most}MB를 넘어 받지 않았습니다."
TOO_MANY_TURNS = "{host}: 주소를 {most}번 넘게 돌려보냅니다. 바른 주소를 적어 주세요."
