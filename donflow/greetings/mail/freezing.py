"""A greeting frozen into the bytes that every attempt sends: one message, the same each time."""

from __future__ import annotations

import hashlib
from email.headerregistry import Address
from email.message import EmailMessage, MIMEPart
from email.policy import SMTP
from urllib.parse import quote

from donflow.greetings.mail.letter import OPT_OUT, MailLetter, Sender, one_line
from donflow.greetings.mail.page import page_of
from donflow.greetings.mail.plain import plain_text
from donflow.post.reply import Frozen


def freeze(letter: MailLetter, sender: Sender) -> Frozen:
    """The message of RFC 5322 and 2045: text, and a page with its card within.

    Made of nothing but its arguments: the same letter gives the same bytes. All of it is 7-bit
    text in short lines: the words stand in base64, headers in encoded words (RFC 2047).
    """
    message = EmailMessage(policy=SMTP)
    message["From"] = Address(one_line(sender.name), addr_spec=sender.address)
    message["To"] = Address(addr_spec=letter.recipient)
    message["Subject"] = one_line(letter.subject)
    message["Date"] = letter.written_at
    message["Message-ID"] = f"<{letter.message_id}>"
    message["List-Unsubscribe"] = _ways_out(sender)
    # Whoever is away answers no letter that a machine sends (RFC 3834).
    message["Auto-Submitted"] = "auto-generated"
    card_id = f"card.{letter.message_id}" if letter.card is not None else None
    message.set_content(plain_text(letter, sender), cte="base64")
    message.add_alternative(page_of(letter, sender, card_id), subtype="html", cte="base64")
    if letter.card is not None and card_id is not None:
        _page_part(message).add_related(
            letter.card.png, "image", "png", cid=f"<{card_id}>", disposition="inline"
        )
    _bound(message, letter.message_id)
    return Frozen(bytes(message), letter.message_id, letter.recipient)


def _ways_out(sender: Sender) -> str:
    """RFC 2369: a mail to the office, and the page where there is one."""
    ways = [f"<mailto:{quote(sender.address, safe='@')}?subject={quote(OPT_OUT)}>"]
    if sender.opt_out_page:
        ways.append(f"<{sender.opt_out_page}>")
    return ", ".join(ways)


def _page_part(message: EmailMessage) -> MIMEPart:
    *_, page = message.iter_parts()
    return page


def _bound(message: EmailMessage, message_id: str) -> None:
    """Boundaries by the message's own number: left to chance they differ from time to time."""
    several = (part for part in message.walk() if part.is_multipart())
    for number, part in enumerate(several):
        digest = hashlib.sha256(f"{message_id}/{number}".encode()).hexdigest()
        part.set_boundary(f"=_{digest[:32]}")
