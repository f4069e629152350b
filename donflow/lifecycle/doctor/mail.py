"""The mail server: whether one is set, answers, and lets the office in. Looked at when asked."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Final

from donflow.errors import N_, DonflowError
from donflow.lifecycle.doctor.finding import Code, Finding, fault, mistaken, sound, warning
from donflow.lifecycle.mailing import mail_server
from donflow.lifecycle.office import Office
from donflow.post.reply import Outcome
from donflow.post.smtp import MailServer, Tls, greet

_REMEDIES: Final = {
    "no_host": N_("Look how its name is written, and whether this computer is online."),
    "certificate": N_(
        "Its certificate is not valid for that name: write the name that its owner gives,"
        " or ask them; donflow sends nothing there."
    ),
    "tls": N_("It does not speak that encryption on that port: usual are starttls 587, smtps 465."),
    "no_tls": N_("It offers no STARTTLS there: try tls = smtps with port 465, or ask its owner."),
    "no_login": N_("It takes no password there: take the line user out, or ask its owner."),
    "timeout": N_("It does not answer: look at the port, and whether a firewall is between."),
}
_WRONG_PASSWORD: Final = 535


def check_mail(office: Office, environment: Mapping[str, str] = os.environ) -> Finding:
    """Opens a session, logs in and leaves; nothing is sent."""
    try:
        server = mail_server(office, environment)
    except DonflowError as error:
        return mistaken(Code.MAIL, error, N_("Mend it and look again: donflow doctor --mail"))
    if server is None:
        return warning(
            Code.MAIL,
            N_("No mail server is set: letters by mail wait."),
            N_("Name host, user and from_address under [mail] in donflow.toml."),
        )
    reply = greet(server)
    if reply.outcome is not Outcome.ACCEPTED:
        return _unreached(server, reply.code, reply.text)
    if server.tls is Tls.NONE:
        return warning(
            Code.MAIL,
            N_("The mail server {host} answers; letters go to it unencrypted."),
            N_("Set tls = starttls or smtps, if it can."),
            host=server.host,
        )
    return sound(Code.MAIL, N_("The mail server {host} answers."), host=server.host)


def _unreached(server: MailServer, code: int | None, word: str) -> Finding:
    place = f"{server.host}:{server.port}"
    if code == _WRONG_PASSWORD:
        return fault(
            Code.MAIL,
            N_("The mail server {place} does not take the password of {user}."),
            N_("Many servers want a code that they make for programs in place of the password."),
            place=place,
            user=server.user,
        )
    if code is not None:
        return fault(
            Code.MAIL,
            N_("The mail server {place} refuses the office, with {reply}."),
            N_("Ask its owner what the number means."),
            place=place,
            reply=code,
        )
    usual = N_("Look at host and port, and whether a firewall is between.")
    return fault(
        Code.MAIL,
        N_("The mail server {place} cannot be reached."),
        _REMEDIES.get(word, usual),
        place=place,
    )
