"""The office's ways out by wire, made of its settings and of secrets that stand in neither."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from donflow.errors import N_, DonflowError
from donflow.lifecycle.office import Office
from donflow.post.smtp import MailServer, Tls
from donflow.post.webhook import Webhook
from donflow.settings import TLS_PORTS

PASSWORD: Final = ("DONFLOW_MAIL_PASSWORD", "mail.password")
SECRET: Final = ("DONFLOW_WEBHOOK_SECRET", "webhook.secret")


class NoSecret(DonflowError):
    code = "no_secret"
    message = N_("There is neither {variable} nor a file {path}.")
    remedy = N_("Write it into that file, on one line, and let nobody else read it: chmod 600")


class OpenSecret(DonflowError):
    code = "open_secret"
    message = N_("Others who use this computer may read {path}.")
    remedy = N_("Take their right away: chmod 600 {path}")


def mail_server(office: Office, environment: Mapping[str, str] = os.environ) -> MailServer | None:
    """The server that `[mail]` names, ready to be spoken to; None where it names none.

    Raises NoSecret or OpenSecret where there is a user but no password that is kept well.
    """
    mail = office.settings.mail
    if not mail.host:
        return None
    return MailServer(
        host=mail.host,
        port=mail.port or TLS_PORTS[mail.tls],
        sender=mail.from_address,
        tls=Tls(mail.tls),
        user=mail.user,
        password=_secret(office, environment, *PASSWORD) if mail.user else "",
        archive=mail.archive or None,
        hello=message_domain(office),
    )


def message_domain(office: Office) -> str:
    """The right half of each Message-ID, the same for good: `domain`, else that of the sender."""
    mail = office.settings.mail
    return mail.domain or mail.from_address.rpartition("@")[2] or "donflow.invalid"


def webhook(office: Office, environment: Mapping[str, str] = os.environ) -> Webhook | None:
    """The program that `[webhook]` names; None where it names none.

    A secret that the address itself holds, as that of a group robot, signs nothing.
    """
    url = office.settings.webhook.url
    if not url:
        return None
    secret = _secret(office, environment, *SECRET)
    if "{secret}" in url:
        return Webhook(url.replace("{secret}", secret))
    return Webhook(url, secret.encode())


def _secret(office: Office, environment: Mapping[str, str], variable: str, file: str) -> str:
    if environment.get(variable):
        return environment[variable]
    path = office.keys_file.with_name(file)
    if not path.is_file():
        raise NoSecret(variable=variable, path=str(path))
    if _others_may_read(path):
        raise OpenSecret(path=str(path))
    return path.read_text("utf-8").strip()


def _others_may_read(path: Path) -> bool:
    """Windows keeps this by the user's own folder."""
    return sys.platform != "win32" and bool(path.stat().st_mode & 0o077)
