"""Mail: a message flows in and is handed to the operator's mail server, or it is said why not; never to whom.

The Message-ID is made of the id of what is sent, so that a mail that is sent again after a crash is the same mail.
"""

from __future__ import annotations

import re
import smtplib
import socket
import ssl
import threading
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from urllib.parse import unquote, urlsplit

from server.alerts.sent import NotSent

LINES = SMTP.clone(cte_type="7bit")  # a server need not know how to take more
TIMEOUT_S = 10.0
"""How long the server may take for one step, in seconds."""
WHOLE_S = 45.0
"""How long it may take for all of them: what dribbles is cut off."""
LONGEST, LONGEST_LOCAL = 254, 64
_LOCAL = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_ADDRESS = re.compile(rf"(?P<local>{_LOCAL})@{_LABEL}(?:\.{_LABEL})+", re.ASCII)
_PERMANENT = range(500, 600)


@dataclass(frozen=True, slots=True)
class Note:
    """What one mail says; `stop_url` stops what it is of in one click, empty where nothing runs yet."""

    id: str
    to: str
    subject: str
    plain: str
    html: str
    stop_url: str
    moment: datetime


@dataclass(frozen=True, slots=True)
class Mailer:
    """The operator's mail server, `smtp://user:password@host:port?starttls=1` or `smtps://…`, and who writes."""

    url: str = field(repr=False)
    sender: str

    def send(self, note: Note) -> None:
        """Hand a mail over. Raises NotSent."""
        message = self.message(note)
        try:
            with _Bounded(self._connected()) as server:
                server.send_message(message, self.sender, [note.to])
        except smtplib.SMTPRecipientsRefused as error:
            code = next(iter(error.recipients.values()), (0, b""))[0]
            raise NotSent(f"받는 주소가 거절됨(SMTP {code})", is_final=code in _PERMANENT) from None
        except smtplib.SMTPDataError as error:
            raise NotSent(f"메일이 거절됨(SMTP {error.smtp_code})", is_final=error.smtp_code in _PERMANENT) from None
        except smtplib.SMTPResponseException as error:
            raise NotSent(f"메일 서버가 거절함(SMTP {error.smtp_code})", is_outage=True) from None
        except (OSError, smtplib.SMTPException, ValueError) as error:
            raise NotSent(f"메일 서버에 닿지 않음({type(error).__name__})", is_outage=True) from None

    def message(self, note: Note) -> EmailMessage:
        """The mail as it is sent."""
        message = EmailMessage(policy=LINES)
        message["From"], message["To"], message["Subject"] = self.sender, note.to, note.subject
        message["Date"] = format_datetime(note.moment)
        message["Message-ID"] = f"<{note.id}@{self.sender.rpartition('@')[2]}>"
        message["Auto-Submitted"] = "auto-generated"
        if note.stop_url:
            message["List-Unsubscribe"] = f"<{note.stop_url}>"
            message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        message.set_content(note.plain)
        message.add_alternative(note.html, subtype="html")
        return message

    def _connected(self) -> smtplib.SMTP:
        parts = urlsplit(self.url)
        host = parts.hostname or ""
        if parts.scheme == "smtps":
            context = ssl.create_default_context()
            server: smtplib.SMTP = smtplib.SMTP_SSL(host, parts.port or 465, timeout=TIMEOUT_S, context=context)
        else:
            server = smtplib.SMTP(host, parts.port or 25, timeout=TIMEOUT_S)
        try:
            if parts.query == "starttls=1":
                server.starttls(context=ssl.create_default_context())
            if parts.username:
                server.login(unquote(parts.username), unquote(parts.password or ""))
        except BaseException:
            server.close()
            raise
        return server


class _Bounded:
    """A connection that is cut off when all of it takes too long; its end is not waited for."""

    def __init__(self, server: smtplib.SMTP) -> None:
        self._server = server
        self._timer = threading.Timer(WHOLE_S, self._cut)
        self._timer.daemon = True

    def __enter__(self) -> smtplib.SMTP:
        self._timer.start()
        return self._server

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()
        self._server.close()

    def _cut(self) -> None:
        # Only this wakes a thread that waits for the other end.
        with suppress(OSError):
            if self._server.sock is not None:
                self._server.sock.shutdown(socket.SHUT_RDWR)


def is_mail_address(text: str) -> bool:
    """Whether mail can go there: letters of ASCII in the form of RFC 5321, and so nothing that ends a line."""
    found = _ADDRESS.fullmatch(text)
    return found is not None and len(text) <= LONGEST and len(found["local"]) <= LONGEST_LOCAL
