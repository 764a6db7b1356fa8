"""Sentences on settings: each names the variable, says what is wrong with its value and what is allowed."""

from __future__ import annotations

UNKNOWN = "{name}: 모르는 설정입니다. 쓸 수 있는 설정: {names}"
EMPTY = "{name}: 값이 비어 있습니다. 값을 넣거나 변수를 지워 주세요."
NO_PORT = "{name}: '{text}'은(는) 포트 번호가 아닙니다. 1에서 65535 사이의 수를 넣어 주세요."
NOT_BETWEEN = "{name}: '{text}'은(는) 쓸 수 없습니다. {least:g}에서 {most:g} 사이의 {kind}를 넣어 주세요."
WHOLE_NUMBER, NUMBER = "정수", "수"
NOT_AMONG = "{name}: '{text}'은(는) 쓸 수 없습니다. {names} 가운데 하나를 넣어 주세요."
UNSAFE_KEY = "{name}: 안전하지 않은 열쇠입니다. 빈칸 없이 영문자·숫자·기호로 {least}자 이상을 넣어 주세요."
SHARED_KEY = "{name}: 직원용 열쇠({other})와 같은 열쇠입니다. 서로 다른 열쇠를 넣어 주세요."
NO_DATABASE = (
    "{name}: 쓸 수 없는 주소입니다. 'sqlite:////폴더/jiwon.sqlite'나 "
    "'postgresql+psycopg://사용자:비밀번호@서버/이름'처럼 적어 주세요."
)
NO_STORE = "{name}: 저장소의 주소가 아닙니다. 's3://버킷/폴더'나 'file:///폴더'처럼 적어 주세요."
NO_DRAFT_DAYS = "{name}: '{text}'은(는) 쓸 수 없습니다. 초안을 보관할 날수를 1에서 {most} 사이의 수로 넣어 주세요."
NO_RATE = "{name}: '{text}'은(는) 횟수 제한이 아닙니다. '60/minute'이나 '60/minute;1000/day'처럼 적어 주세요."
NO_ORIGIN = "{name}: http://나 https://로 시작하는 주소를 쉼표로 나누어 적어 주세요."
NO_NETWORK = "{name}: 통신망이 아닙니다. '10.1.0.0/16'처럼 쉼표로 나누어 적어 주세요."
NO_CRON = "{name}: '{text}'은(는) 때가 아닙니다. '30 5 * * *'(날마다 5시 30분)처럼 분, 시, 일, 월, 요일을 적어 주세요."
NO_MODEL = "{name}: '{text}'은(는) '제공자:모델' 꼴이 아닙니다. 'openai:모델 이름'처럼 넣어 주세요."
NO_ADDRESS = "{name}: 주소가 아닙니다. http://나 https://로 시작하는 주소를 넣어 주세요."
NO_SMTP = (
    "{name}: 메일 서버 주소가 아닙니다. 'smtp://사용자:비밀번호@서버:587?starttls=1'이나 "
    "'smtps://사용자:비밀번호@서버'처럼 적어 주세요."
)
NO_MAIL_ADDRESS = "{name}: 전자우편 주소가 아닙니다. 'alerts@example.kr'처럼 영문으로 적어 주세요."
