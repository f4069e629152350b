"""A letter handed to another program by a signed HTTP POST, in the same windows as mail.

How the other side verifies it stands in docs/how-to/webhook.md.
"""

from __future__ import annotations

import hashlib
import hmac
import http.client
import json
import ssl
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from urllib.parse import SplitResult, urlsplit

from donflow.domain.net_addresses import may_be_called
from donflow.post.reply import Frozen, Outcome, Reply

TIMESTAMP: Final = "Donflow-Timestamp"
SIGNATURE: Final = "Donflow-Signature"
IDEMPOTENCY: Final = "Idempotency-Key"
LONGEST_ANSWER: Final = 65_536
_LATER: Final = frozenset({408, 425, 429, 503})
"""The other side says that it did nothing with it yet (RFC 9110, RFC 6585)."""
_OURS: Final = frozenset({401, 403, 404, 407})
"""Not about the letter: the address or the secret is wrong."""
_BUSY: Final = frozenset({-1, 45009})
"""WeCom: busy, and asked too often."""


@dataclass(frozen=True)
class Webhook:
    """Where the call goes, and the secret that proves who made it."""

    url: str = field(repr=False)
    """Not shown: the address of a group robot holds its key."""
    secret: bytes = field(default=b"", repr=False)
    """Empty: nothing is signed, as for a robot that could not check it."""
    connect_seconds: float = 30
    answer_seconds: float = 120
    trust: ssl.SSLContext | None = field(default=None, repr=False)


def hand_over(
    hook: Webhook, frozen: Frozen, *, before_body: Callable[[], bool], at: datetime
) -> Reply:
    """Post one letter, in one attempt; `before_body` is the fence, before the request's first byte.

    An answer of 2xx is taken (a robot's only with `errcode` 0), 408, 425, 429 and 503 ask for
    another attempt, other 4xx refuse. A redirect, which is not followed, and 401, 403, 404 and 407
    are about the address or the secret, which somebody mends: another attempt. What else
    is answered says nothing of whether the letter was taken: it is in doubt.
    ValueError for an address that `may_be_called` does not allow.
    """
    if not may_be_called(hook.url):
        raise ValueError("the address of a webhook is https")
    parts = urlsplit(hook.url)
    connection = _connection(parts, hook)
    try:
        try:
            connection.connect()
        except OSError as fault:
            return Reply(Outcome.NOT_BEGUN, None, _word(fault))
        if not before_body():
            return Reply(Outcome.NOT_OWNER)
        return _post(connection, parts, hook, frozen, at)
    finally:
        connection.close()


def signed(secret: bytes, timestamp: str, body: bytes) -> str:
    """HMAC-SHA-256 over the timestamp, a full stop, and the body as it stands."""
    digest = hmac.new(secret, timestamp.encode() + b"." + body, hashlib.sha256)
    return f"v1={digest.hexdigest()}"


def _connection(parts: SplitResult, hook: Webhook) -> http.client.HTTPConnection:
    host = parts.hostname or ""
    if parts.scheme == "http":
        return http.client.HTTPConnection(host, parts.port, timeout=hook.connect_seconds)
    trust = hook.trust or ssl.create_default_context()
    return http.client.HTTPSConnection(
        host, parts.port, timeout=hook.connect_seconds, context=trust
    )


def _post(
    connection: http.client.HTTPConnection,
    parts: SplitResult,
    hook: Webhook,
    frozen: Frozen,
    at: datetime,
) -> Reply:
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        connection.sock.settimeout(hook.answer_seconds)
        connection.request("POST", target, frozen.content, _headers(hook, frozen, at))
    except OSError:
        # The request states its length: one that did not leave whole is no request.
        return Reply(Outcome.BODY_NOT_TAKEN)
    except Exception:
        return Reply(Outcome.IN_DOUBT)
    try:
        answer = connection.getresponse()
        return _judged(answer.status, answer.read(LONGEST_ANSWER))
    except Exception:
        return Reply(Outcome.IN_DOUBT)


def _headers(hook: Webhook, frozen: Frozen, at: datetime) -> dict[str, str]:
    timestamp = str(int(at.timestamp()))
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": "donflow",
        IDEMPOTENCY: frozen.message_id,
        TIMESTAMP: timestamp,
    }
    if hook.secret:
        headers[SIGNATURE] = signed(hook.secret, timestamp, frozen.content)
    return headers


def _judged(status: int, answer: bytes) -> Reply:
    if 200 <= status < 300:
        match _robot_error(answer):
            case 0:
                return Reply(Outcome.ACCEPTED, status)
            case None:
                return Reply(Outcome.IN_DOUBT, status)
            case error:
                return Reply(Outcome.LATER if error in _BUSY else Outcome.REFUSED, error)
    if status in _LATER or status in _OURS or 300 <= status < 400:
        return Reply(Outcome.LATER, status)
    if 400 <= status < 500:
        return Reply(Outcome.REFUSED, status)
    # A gateway's 502 or 504, and a program's 500, come before or after the letter went on.
    return Reply(Outcome.IN_DOUBT, status)


def _robot_error(answer: bytes) -> int | None:
    """WeCom answers 200 whatever came of it, and tells in `errcode`; 0 where there is none.

    None: an object was begun, and cannot be read.
    """
    if not answer.lstrip().startswith(b"{"):
        return 0
    try:
        error = json.loads(answer).get("errcode", 0)
    except ValueError:
        return None
    return error if isinstance(error, int) else None


def _word(fault: OSError) -> str:
    match fault:
        case ssl.SSLCertVerificationError():
            return "certificate"
        case ssl.SSLError():
            return "tls"
        case TimeoutError():
            return "timeout"
    return "connection"
