"""Sentences above answers: what staff announced, in Korean or, of an answer in English, in English."""

from __future__ import annotations

HELD = "직원 알림"
"""What stands for the title of the notice by which nothing is received."""
LINE = {False: "**알림({day}{about})** {text}", True: "**Announcement ({day}{about})** {text}"}
MORE = {False: "알림이 {count}개 더 있습니다.", True: "There are {count} more notices."}
UNREAD = {
    False: "**알림** 직원의 알림을 확인하지 못했습니다. 접수가 중단되었을 수 있으니 문의처에 확인해 주세요.",
    True: "**Announcement** The notices of staff could not be checked. Intake may be suspended; please ask the office.",
}
CHECKED = "직원의 알림을 확인했는지. false면 알림이 있어도 여기에 없을 수 있습니다."
ANNOUNCED = "직원이 알린 것. 없으면 빈 목록"
