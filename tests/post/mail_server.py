"""A mail server of our own on loopback that fails as it is told, and says what it answers for."""

from __future__ import annotations

import email
import socket
import ssl
import struct
import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum
from types import TracebackType
from typing import BinaryIO, Self

NARROW = 4096
"""Of what is not read little lies in the server's buffer, so that a large body stays on its way."""


class Fault(StrEnum):
    """The 22 faults of trust.md 5.4 (the fence is the sender's), and none."""

    NONE = "none"
    CLOSED_AT_ONCE = "closed at once"
    BANNER_554 = "554 as banner"
    SILENT = "silence"
    HELLO_500 = "500 to EHLO"
    MAIL_450 = "450 to MAIL"
    RCPT_451 = "451 to RCPT"
    RCPT_550 = "550 to RCPT"
    DROP_AFTER_RCPT = "drop after RCPT"
    DATA_451 = "451 to DATA"
    FENCE = "354, and the fence says no"
    BODY_CUT = "reset amid the body"
    END_DROP = "drop after the final dot"
    END_RESET = "reset after the final dot"
    END_SILENT = "silence after the final dot"
    END_CUT = "a reply cut off: 25"
    END_GARBAGE = "garbage for a reply"
    END_250 = "250 after the final dot"
    END_451 = "451 after the final dot"
    END_421 = "421 after the final dot"
    END_554 = "554 after the final dot"
    END_354 = "354 after the final dot"
    QUIT_DROP = "drop instead of a good-bye"


FAULTS = tuple(fault for fault in Fault if fault is not Fault.NONE)


@dataclass(frozen=True)
class Plan:
    """What one session does. `takes`: whether the server keeps the letter of an unclear end."""

    fault: Fault = Fault.NONE
    takes: bool = False
    delay: float = 0
    """Seconds before each answer."""


class _Over(Exception):
    """The session ends here."""


@dataclass
class MailSink:
    """One server; sessions follow `plans` in turn, then the sound one. A context manager."""

    plans: deque[Plan] = field(default_factory=deque)
    extensions: tuple[str, ...] = ()
    password: bytes | None = None
    """What AUTH PLAIN must carry: NUL, user, NUL, password."""
    trust: ssl.SSLContext | None = None
    wrapped: bool = False
    """TLS from the first byte."""
    refused: frozenset[str] = frozenset()
    """Recipients that are answered 550."""
    answers: Mapping[str, str] = field(default_factory=dict)
    """By command what is answered in place of all else."""
    accepted: list[tuple[bytes, tuple[str, ...]]] = field(default_factory=list)
    """The letters that it answers for: what came, and to whom."""
    commands: list[str] = field(default_factory=list)

    def __enter__(self) -> Self:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, NARROW)
        self.port: int = self._listener.getsockname()[1]
        self._closing = threading.Event()
        self._sessions: list[threading.Thread] = []
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._closing.set()
        with suppress(OSError):
            socket.create_connection(("127.0.0.1", self.port), 5).close()
        self._thread.join()
        self._listener.close()
        self.settled()

    def settled(self) -> None:
        """Wait until every session has ended: what is accepted counts from then on."""
        for session in self._sessions:
            session.join(30)

    def counts(self) -> Counter[str]:
        """How often it took a letter of each Message-ID."""
        self.settled()
        return Counter(message_id(content) for content, _ in self.accepted)

    def _serve(self) -> None:
        while True:
            connection, _ = self._listener.accept()
            if self._closing.is_set():
                connection.close()
                return
            plan = self.plans.popleft() if self.plans else Plan()
            session = threading.Thread(target=self._attend, args=(connection, plan))
            self._sessions.append(session)
            session.start()

    def _attend(self, connection: socket.socket, plan: Plan) -> None:
        connection.settimeout(20)
        session = _Session(self, connection, plan)
        with suppress(OSError, _Over):
            session.run()
        session.close()


class _Session:
    def __init__(self, sink: MailSink, connection: socket.socket, plan: Plan) -> None:
        self.sink, self.connection, self.plan = sink, connection, plan
        self.file: BinaryIO = connection.makefile("rb")
        self.recipients: list[str] = []
        self.encrypted = False

    def run(self) -> None:
        fault = self.plan.fault
        if fault is Fault.CLOSED_AT_ONCE:
            return
        if fault is Fault.SILENT:
            self.wait_until_gone()
        if self.sink.wrapped:
            self.encrypt()
        self.say("554 no service" if fault is Fault.BANNER_554 else "220 sink ready")
        while line := self.file.readline():
            self.obey(line.decode("ascii").rstrip("\r\n"))

    def obey(self, line: str) -> None:
        self.sink.commands.append(line)
        fault = self.plan.fault
        verb = line.split(" ")[0].upper()
        if verb in self.sink.answers:
            self.say(self.sink.answers[verb])
            return
        match verb:
            case "EHLO" | "HELO":
                self.hello(fault)
            case "STARTTLS":
                self.say("220 go ahead")
                self.encrypt()
            case "AUTH":
                self.log_in(line)
            case "MAIL":
                self.say("450 busy" if fault is Fault.MAIL_450 else "250 ok")
            case "RCPT":
                self.recipient(line, fault)
            case "DATA":
                self.data(fault)
            case "QUIT":
                if fault is not Fault.QUIT_DROP:
                    self.say("221 bye")
                raise _Over
            case _:
                self.say("250 ok")

    def hello(self, fault: Fault) -> None:
        if fault is Fault.HELLO_500:
            self.say("500 what?")
            return
        offered = [e for e in self.sink.extensions if not (e == "STARTTLS" and self.encrypted)]
        lines = ["sink", *offered]
        self.say("\r\n".join([*(f"250-{one}" for one in lines[:-1]), f"250 {lines[-1]}"]))

    def log_in(self, line: str) -> None:
        import base64

        given = base64.b64decode(line.split(" ")[-1])
        self.say("235 welcome" if given == self.sink.password else "535 5.7.8 wrong password")

    def recipient(self, line: str, fault: Fault) -> None:
        address = line[line.index("<") + 1 : line.index(">")]
        if fault is Fault.RCPT_451:
            self.say("451 4.7.1 grey list")
        elif fault is Fault.RCPT_550 or address in self.sink.refused:
            self.say(f"550 5.1.1 <{address}>: no such user")
        else:
            self.recipients.append(address)
            self.say("250 ok")
            if fault is Fault.DROP_AFTER_RCPT:
                raise _Over

    def data(self, fault: Fault) -> None:
        if fault is Fault.DATA_451:
            self.say("451 later")
            return
        self.say("354 go ahead")
        if fault is Fault.BODY_CUT:
            self.connection.recv(100)
            self.reset()
        content = self.body()
        taken = {
            Fault.END_250: True,
            Fault.QUIT_DROP: True,
            Fault.NONE: True,
            Fault.END_451: False,
            Fault.END_421: False,
            Fault.END_554: False,
        }.get(fault, self.plan.takes)
        if taken:
            self.sink.accepted.append((content, tuple(self.recipients)))
        self.end(fault)

    def end(self, fault: Fault) -> None:
        match fault:
            case Fault.END_DROP:
                raise _Over
            case Fault.END_RESET:
                self.reset()
            case Fault.END_SILENT:
                self.wait_until_gone()
            case Fault.END_CUT:
                self.raw(b"25")
                raise _Over
            case Fault.END_GARBAGE:
                self.say("\x07\x00 <li@example.com> what a day")
            case Fault.END_354:
                self.say("354 more?")
            case Fault.END_451:
                self.say("451 4.3.0 try later")
            case Fault.END_421:
                self.say("421 4.3.2 closing")
                raise _Over
            case Fault.END_554:
                self.say("554 5.7.1 spam")
            case _:
                self.say(f"250 2.0.0 Ok: queued as Q{len(self.sink.accepted)}")

    def body(self) -> bytes:
        """Up to the final dot; without it the session is over and nothing was taken."""
        lines: list[bytes] = []
        while (line := self.file.readline()) != b".\r\n":
            if not line.endswith(b"\r\n"):
                raise _Over
            lines.append(line[1:] if line.startswith(b".") else line)
        return b"".join(lines)

    def say(self, answer: str) -> None:
        self.raw(answer.encode() + b"\r\n")

    def raw(self, answer: bytes) -> None:
        time.sleep(self.plan.delay)
        self.connection.sendall(answer)

    def encrypt(self) -> None:
        assert self.sink.trust is not None
        self.connection = self.sink.trust.wrap_socket(self.connection, server_side=True)
        self.file = self.connection.makefile("rb")
        self.encrypted = True

    def wait_until_gone(self) -> None:
        """Says nothing more until the other side has had enough."""
        while self.connection.recv(65_536):
            pass
        raise _Over

    def reset(self) -> None:
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        raise _Over

    def close(self) -> None:
        # The file holds the socket open: both are closed, else no end reaches the other side.
        for close in (self.file.close, self.connection.close):
            _quietly(close)


def _quietly(act: Callable[[], None]) -> None:
    with suppress(OSError):
        act()


def message_id(content: bytes) -> str:
    found = email.message_from_bytes(content.partition(b"\r\n\r\n")[0])["Message-ID"]
    return str(found).strip("<> ")
