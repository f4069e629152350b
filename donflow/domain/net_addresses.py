"""Which text is a mail address, a host name, or an address that another program is called at."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urlsplit

LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})
"""This very computer: nothing that is sent there can be read on the way."""
_LOCAL: Final = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_LABEL: Final = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_HOST: Final = re.compile(rf"{_LABEL}(?:\.{_LABEL})*")
_LONGEST_LOCAL, _LONGEST_HOST = 64, 253


def is_mail_address(text: str) -> bool:
    """An address as servers take it without extensions: a dot-atom, `@`, a host name (RFC 5321).

    Nothing in it can end a command or a header: no blank, bracket, or control character.
    """
    local, at, host = text.rpartition("@")
    return bool(
        at and len(local) <= _LONGEST_LOCAL and _LOCAL.fullmatch(local) and is_host_name(host)
    )


def is_host_name(text: str) -> bool:
    """A name such as mail.example.edu, or an address in digits."""
    return len(text) <= _LONGEST_HOST and _HOST.fullmatch(text) is not None


def may_be_called(url: str) -> bool:
    """Whether it is an address over https, or over http to this very computer."""
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return False
    safe = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)
    printable = re.fullmatch(r"[!-~]+", url) is not None
    return bool(safe and printable and parts.hostname and parts.username is None)


def is_page(url: str) -> bool:
    """A public page over https whose address may stand in a header and in a link."""
    return re.fullmatch(r"https://[!#-;=?-~]+", url) is not None and may_be_called(url)
