"""A letter posted to another program: signed, in one attempt; its outcome is known, or in doubt."""

from __future__ import annotations

import hashlib
import hmac
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest

from donflow.post.reply import Frozen, Outcome, Reply
from donflow.post.webhook import Webhook, hand_over
from tests.post.certificates import trusted

BODY = '{"words": "中秋安康"}'.encode()
LETTER = Frozen(BODY, "A.0@example.edu", "")
AT = datetime(2026, 9, 25, 1, tzinfo=UTC)
SECRET = b"open sesame"


@dataclass
class Caught:
    """What one server saw."""

    port: int = 0
    head: str = ""
    body: bytes = b""
    calls: int = 0
    lines: dict[str, str] = field(default_factory=dict)


@contextmanager
def answering(answer: bytes, *, encrypted: bool = False) -> Iterator[Caught]:
    """A server that takes one request and answers with these bytes."""
    caught = Caught()
    listener = socket.create_server(("127.0.0.1", 0))
    listener.settimeout(10)
    caught.port = listener.getsockname()[1]

    def serve() -> None:
        connection, _ = listener.accept()
        try:
            with (
                trusted()[0].wrap_socket(connection, server_side=True)
                if encrypted
                else connection as c
            ):
                file = c.makefile("rb")
                lines = []
                while (line := file.readline()) not in (b"\r\n", b""):
                    lines.append(line.decode("ascii").strip())
                if lines:
                    caught.head, caught.calls = lines[0], caught.calls + 1
                    pairs = (line.partition(": ") for line in lines[1:])
                    caught.lines = {name: value for name, _, value in pairs}
                    caught.body = file.read(int(caught.lines["Content-Length"]))
                    c.sendall(answer)
                file.close()
        except OSError:
            connection.close()

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield caught
    finally:
        thread.join(10)
        listener.close()


def posted(caught: Caught, *, path: str = "/letters?a=1", fence: bool = True) -> Reply:
    hook = Webhook(f"http://127.0.0.1:{caught.port}{path}", SECRET, answer_seconds=0.3)
    return hand_over(hook, LETTER, before_body=lambda: fence, at=AT)


def an_answer(status: str, body: str = "") -> bytes:
    return f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\n\r\n{body}".encode()


def test_the_other_side_can_prove_who_called_and_when() -> None:
    with answering(an_answer("204 No Content")) as caught:
        reply = posted(caught)

    assert reply == Reply(Outcome.ACCEPTED, 204)
    assert caught.head == "POST /letters?a=1 HTTP/1.1"
    assert caught.body == BODY
    stamp = caught.lines["Donflow-Timestamp"]
    expected = hmac.new(SECRET, stamp.encode() + b"." + BODY, hashlib.sha256).hexdigest()
    assert (stamp, caught.lines["Donflow-Signature"]) == ("1790298000", f"v1={expected}")
    assert caught.lines["Idempotency-Key"] == "A.0@example.edu"


@pytest.mark.parametrize(
    ("answer", "outcome", "code"),
    [
        (an_answer("200 OK"), Outcome.ACCEPTED, 200),
        (an_answer("200 OK", '{"errcode": 0, "errmsg": "ok"}'), Outcome.ACCEPTED, 200),
        (an_answer("200 OK", '{"errcode": 45009}'), Outcome.LATER, 45009),
        (an_answer("200 OK", '{"errcode": 93000}'), Outcome.REFUSED, 93000),
        (an_answer("200 OK", '{"errcode": "x"}'), Outcome.IN_DOUBT, 200),
        (an_answer("200 OK", '{"errc'), Outcome.IN_DOUBT, 200),
        (an_answer("200 OK", "fine"), Outcome.ACCEPTED, 200),
        (an_answer("429 Too Many Requests"), Outcome.LATER, 429),
        (an_answer("503 Service Unavailable"), Outcome.LATER, 503),
        (an_answer("403 Forbidden"), Outcome.LATER, 403),
        (an_answer("401 Unauthorized"), Outcome.LATER, 401),
        (an_answer("404 Not Found"), Outcome.LATER, 404),
        (an_answer("410 Gone"), Outcome.REFUSED, 410),
        (b"HTTP/1.1 307 T\r\nLocation: http://127.0.0.1:1/\r\n\r\n", Outcome.LATER, 307),
        (an_answer("502 Bad Gateway"), Outcome.IN_DOUBT, 502),
        (an_answer("500 Oh"), Outcome.IN_DOUBT, 500),
        (b"", Outcome.IN_DOUBT, None),
        (b"HTTP/1.1 2", Outcome.IN_DOUBT, None),
        (b"250 ok\r\n\r\n", Outcome.IN_DOUBT, None),
    ],
)
def test_each_answer_is_told_for_what_it_is(
    answer: bytes, outcome: Outcome, code: int | None
) -> None:
    with answering(answer) as caught:
        assert posted(caught) == Reply(outcome, code)
    assert caught.calls == 1


def test_where_the_fence_says_no_not_a_byte_leaves() -> None:
    with answering(an_answer("200 OK")) as caught:
        assert posted(caught, fence=False) == Reply(Outcome.NOT_OWNER)
    assert caught.calls == 0


def test_nobody_there_is_no_beginning_and_the_fence_is_not_asked() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    hook = Webhook(f"http://127.0.0.1:{port}/")
    reply = hand_over(hook, LETTER, before_body=lambda: pytest.fail("asked"), at=AT)
    assert reply == Reply(Outcome.NOT_BEGUN, None, "connection")


@pytest.mark.parametrize("known", [True, False])
def test_the_certificate_is_verified(known: bool) -> None:
    with answering(an_answer("200 OK"), encrypted=True) as caught:
        trust = trusted()[1] if known else None
        hook = Webhook(f"https://127.0.0.1:{caught.port}/", SECRET, trust=trust)
        reply = hand_over(hook, LETTER, before_body=lambda: True, at=AT)

    expected = (
        Reply(Outcome.ACCEPTED, 200) if known else Reply(Outcome.NOT_BEGUN, None, "certificate")
    )
    assert reply == expected


def test_a_body_that_is_not_taken_whole_is_no_call() -> None:
    listener = socket.create_server(("127.0.0.1", 0))
    port = listener.getsockname()[1]
    hook = Webhook(f"http://127.0.0.1:{port}/", answer_seconds=0.3)
    letter = Frozen(b"x" * 20_000_000, "A.0@example.edu", "")
    try:
        reply = hand_over(hook, letter, before_body=lambda: True, at=AT)
    finally:
        listener.close()

    assert reply == Reply(Outcome.BODY_NOT_TAKEN)


def test_an_open_address_is_never_called() -> None:
    with pytest.raises(ValueError, match="https"):
        hand_over(Webhook("http://example.com/"), LETTER, before_body=lambda: True, at=AT)


def test_neither_secret_nor_address_is_printed() -> None:
    shown = repr(Webhook("https://example.com/send?key=sesame", b"sesame"))
    assert "sesame" not in shown
