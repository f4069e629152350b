"""Mail handed to a server stage by stage, so that it is always known whether it can have left.

`smtplib.sendmail` raises the same error when the peer drops before the body (surely not
delivered) and after the final dot (perhaps delivered); so MAIL, RCPT and DATA are driven here,
and the caller's fence stands between the 354 and the first byte of the body.
"""

from __future__ import annotations

import re
import smtplib
import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum
from time import monotonic
from typing import Final

from donflow.domain.net_addresses import is_mail_address
from donflow.post.reply import Frozen, Outcome, Reply

BLOCK: Final = 65_536
LONGEST_LINE: Final = 998
"""Without its CRLF (RFC 5322 2.1.1)."""
_QUEUE_ID = re.compile(rb"(?:queued as|\bid=|InternalId=)[ :]*([A-Za-z0-9][\w.,+-]{0,63})", re.I)
_STATUS = re.compile(rb"\A([245]\.\d{1,3}\.\d{1,3})\b")
_GO_AHEAD = 354
_TEMPORARY = range(400, 500)
_FOR_GOOD = range(500, 600)
_LOGIN: Final = frozenset({530, 534, 535, 538})
"""By RFC 4954: who sends must log in, or do it otherwise."""
_POSITIVE = range(200, 300)


class Tls(StrEnum):
    """How the session is encrypted; never in part, and never against a wrong certificate."""

    STARTTLS = "starttls"
    SMTPS = "smtps"
    NONE = "none"


@dataclass(frozen=True)
class Patience:
    """Seconds to wait at each stage, as RFC 5321 4.5.3.2 asks; a shorter `end` makes doubt."""

    connect: float = 30
    banner: float = 300
    command: float = 300
    data: float = 120
    block: float = 180
    end: float = 600
    quit: float = 10
    until_body: float = 840
    """All before the body together: below the fifteen minutes for which a letter is claimed."""


@dataclass(frozen=True)
class MailServer:
    """The server that takes the office's mail, and as whom the office speaks to it."""

    host: str
    port: int
    sender: str
    """Where bounces go (MAIL FROM)."""
    tls: Tls = Tls.STARTTLS
    user: str = ""
    password: str = field(default="", repr=False)
    archive: str | None = None
    """A mailbox that gets a copy in the same transaction; one acceptance covers both."""
    hello: str = "localhost"
    """The name given with EHLO."""
    patience: Patience = field(default_factory=Patience)
    trust: ssl.SSLContext | None = field(default=None, repr=False)
    """None: the certificates that the machine trusts."""


def hand_over(server: MailServer, frozen: Frozen, *, before_body: Callable[[], bool]) -> Reply:
    """Hand one letter to the server, in one attempt and one session.

    `before_body` is the fence: it is called after the server's 354 and before the first byte of
    the body. What it answers is final: False closes the session without a body (NOT_OWNER). Only
    what it raises, and a letter that is no 7-bit text with lines of at most 998 characters
    (ValueError, before any connection), leaves this function as an error.
    """
    body = _body(frozen.content)
    if not is_mail_address(frozen.recipient):
        return Reply(Outcome.REFUSED, None, "address")
    attempt = _Attempt(server)
    try:
        stopped = attempt.reach_body(frozen.recipient, len(frozen.content))
        if stopped is not None:
            return stopped
        if not before_body():
            return Reply(Outcome.NOT_OWNER)
        return attempt.give(body)
    finally:
        attempt.close()


def greet(server: MailServer) -> Reply:
    """Open a session, log in and leave again: ACCEPTED, or NOT_BEGUN with what stood in the way."""
    attempt = _Attempt(server)
    try:
        stopped = attempt.open()
        if stopped is None:
            attempt.quit()
        return stopped or Reply(Outcome.ACCEPTED)
    finally:
        attempt.close()


class _Attempt:
    """One session. Each step gives None to go on, or the reply that ends the attempt."""

    def __init__(self, server: MailServer) -> None:
        self.server = server
        self.until = monotonic() + server.patience.until_body
        self.archived = False
        self.client = smtplib.SMTP(local_hostname=server.hello)

    def reach_body(self, recipient: str, size: int) -> Reply | None:
        """All up to the 354: nothing that happens here can have handed the letter over."""
        stopped = self.open()
        if stopped is not None:
            return stopped
        try:
            return self._address(recipient, size) or self._data()
        except (OSError, ValueError) as fault:
            return _not_begun(fault)

    def open(self) -> Reply | None:
        """Connection, banner, EHLO, TLS, login: whatever fails here may work another time."""
        server = self.server
        try:
            return self._connect() or self._secure() or (self._log_in() if server.user else None)
        except (OSError, ValueError) as fault:
            return _not_begun(fault)

    def give(self, body: bytes) -> Reply:
        """The body and its reply; from here on an error is told by how far the bytes came."""
        sock = self.client.sock
        assert sock is not None
        try:
            sock.settimeout(self.server.patience.block)
            for start in range(0, len(body), BLOCK):
                sock.sendall(body[start : start + BLOCK])
        except OSError:
            # Not all bytes were taken, so the final dot, the last of them, was not.
            return Reply(Outcome.BODY_NOT_TAKEN)
        except Exception:
            return Reply(Outcome.IN_DOUBT)
        try:
            sock.settimeout(self.server.patience.end)
            code, text = self.client.getreply()
        except Exception:
            return Reply(Outcome.IN_DOUBT)
        reply = _judged(code, text, self.archived)
        if reply.outcome is not Outcome.IN_DOUBT:
            self.quit()
        return reply

    def quit(self) -> None:
        """A good-bye that cannot change what was answered before."""
        with suppress(OSError, ValueError):
            if self.client.sock is not None:
                self.client.sock.settimeout(self.server.patience.quit)
                self.client.docmd("QUIT")

    def close(self) -> None:
        self.client.close()

    def _connect(self) -> Reply | None:
        server, patience = self.server, self.server.patience
        sock = socket.create_connection((server.host, server.port), patience.connect)
        self.client.sock = sock
        if server.tls is Tls.SMTPS:
            self._encrypt(sock)
        self._wait(patience.banner)
        code, text = self.client.getreply()
        return None if code == 220 else _stopped(code, text)

    def _secure(self) -> Reply | None:
        self._wait(self.server.patience.command)
        self.client.ehlo_or_helo_if_needed()
        if self.server.tls is not Tls.STARTTLS:
            return None
        if not self.client.has_extn("starttls"):
            return Reply(Outcome.NOT_BEGUN, None, "no_tls")
        code, text = self.client.docmd("STARTTLS")
        if code != 220:
            return _stopped(code, text)
        assert self.client.sock is not None
        self._encrypt(self.client.sock)
        # What was said in the clear counts no more (RFC 3207 4.2), nor what was sent along with it.
        self.client.file = None
        self.client.ehlo_resp = self.client.helo_resp = None
        self.client.esmtp_features = {}
        self.client.does_esmtp = False
        self.client.ehlo_or_helo_if_needed()
        return None

    def _encrypt(self, sock: socket.socket) -> None:
        trust = self.server.trust or ssl.create_default_context()
        self.client.sock = trust.wrap_socket(sock, server_hostname=self.server.host)

    def _log_in(self) -> Reply | None:
        self._wait(self.server.patience.command)
        self.client.login(self.server.user, self.server.password)
        return None

    def _address(self, recipient: str, size: int) -> Reply | None:
        """Sender and recipient; an archive that is refused leaves the letter without evidence."""
        stated = f" SIZE={size}" if self.client.has_extn("size") else ""
        code, text = self._say(f"MAIL FROM:<{self.server.sender}>{stated}")
        if code not in _POSITIVE:
            return self._politely(_refused_sender(code, text))
        code, text = self._say(f"RCPT TO:<{recipient}>")
        if code not in _POSITIVE:
            return self._politely(_refused_recipient(code, text))
        if self.server.archive is not None:
            code, _ = self._say(f"RCPT TO:<{self.server.archive}>")
            self.archived = code in _POSITIVE
        return None

    def _data(self) -> Reply | None:
        self._wait(self.server.patience.data)
        code, text = self.client.docmd("DATA")
        return None if code == _GO_AHEAD else self._politely(_refused_sender(code, text))

    def _say(self, command: str) -> tuple[int, bytes]:
        self._wait(self.server.patience.command)
        return self.client.docmd(command)

    def _politely(self, reply: Reply) -> Reply:
        self.quit()
        return reply

    def _wait(self, seconds: float) -> None:
        left = self.until - monotonic()
        if left <= 0:
            raise TimeoutError
        if self.client.sock is not None:
            self.client.sock.settimeout(min(seconds, left))


def _body(content: bytes) -> bytes:
    """With CRLF alone (a bare line feed would let a body end early), dots doubled, and the end."""
    lines = re.split(rb"\r\n|\r|\n", content)
    if not content.isascii() or max(map(len, lines)) > LONGEST_LINE:
        raise ValueError("a letter is 7-bit text with lines of at most 998 characters")
    if lines[-1]:
        lines.append(b"")
    return b"\r\n".join(_dots_doubled(lines)) + b".\r\n"


def _dots_doubled(lines: list[bytes]) -> Iterator[bytes]:
    return (b"." + line if line.startswith(b".") else line for line in lines)


def _judged(code: int, text: bytes, archived: bool) -> Reply:
    """The answer to the final dot: it alone says who holds the letter (RFC 5321 4.2.5)."""
    if code in _POSITIVE:
        queued = _QUEUE_ID.search(text)
        return Reply(Outcome.ACCEPTED, code, queued[1].decode() if queued else "", archived)
    if code in _TEMPORARY:
        return Reply(Outcome.LATER, code, _status(text))
    if code in _FOR_GOOD:
        return Reply(Outcome.REFUSED, code, _status(text))
    return Reply(Outcome.IN_DOUBT, code if code > 0 else None)


def _refused_sender(code: int, text: bytes) -> Reply:
    """MAIL FROM or DATA was not taken: that is about the office, its login or its day's number of
    letters, never about this one letter, which waits until somebody has mended it.
    """
    if code in _TEMPORARY:
        return Reply(Outcome.LATER, code, _status(text))
    return _stopped(code, text)


def _refused_recipient(code: int, text: bytes) -> Reply:
    """The address was not taken, or the office's login; what is no proper code ends the attempt."""
    if code in _TEMPORARY:
        return Reply(Outcome.LATER, code, _status(text))
    if code in _FOR_GOOD and code not in _LOGIN:
        return Reply(Outcome.REFUSED, code, _status(text))
    return _stopped(code, text)


def _stopped(code: int, text: bytes) -> Reply:
    return Reply(Outcome.NOT_BEGUN, code if code > 0 else None, _status(text))


def _not_begun(fault: Exception) -> Reply:
    """Said with a word of ours: what a server writes may hold an address."""
    match fault:
        case smtplib.SMTPResponseException():
            return _stopped(fault.smtp_code, _as_bytes(fault.smtp_error))
        case ssl.SSLCertVerificationError():
            return Reply(Outcome.NOT_BEGUN, None, "certificate")
        case ssl.SSLError():
            return Reply(Outcome.NOT_BEGUN, None, "tls")
        case TimeoutError() | OSError(__context__=TimeoutError()):
            # The second as smtplib wraps it.
            return Reply(Outcome.NOT_BEGUN, None, "timeout")
        case smtplib.SMTPNotSupportedError():
            return Reply(Outcome.NOT_BEGUN, None, "no_login")
        case socket.gaierror():
            return Reply(Outcome.NOT_BEGUN, None, "no_host")
    return Reply(Outcome.NOT_BEGUN, None, "connection")


def _status(text: bytes) -> str:
    found = _STATUS.match(text)
    return found[1].decode() if found else ""


def _as_bytes(text: bytes | str) -> bytes:
    return text if isinstance(text, bytes) else text.encode("ascii", "replace")
