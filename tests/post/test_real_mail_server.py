"""Letters that go through a mail server others wrote arrive once, with every word."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from donflow.greetings.mail.freezing import freeze
from donflow.greetings.mail.letter import Card, MailLetter, Sender
from donflow.post.reply import Outcome, Reply
from donflow.post.smtp import MailServer, Tls, hand_over

if sys.platform == "win32":
    pytest.skip("exim4 is not written for Windows", allow_module_level=True)

from tests.post.real_mail_server import RealMailServer, real_mail_server

LETTERS = 20
ARCHIVE = "archive@example.edu"
SENDER = Sender("alumni@example.edu", "云麓大学机械工程学院校友工作办公室")
PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 500


@pytest.fixture(scope="module")
def exim() -> Iterator[RealMailServer]:
    with real_mail_server() as server:
        yield server


def a_letter(number: int) -> MailLetter:
    return MailLetter(
        message_id=f"LETTER{number:020}.0@example.edu",
        written_at=datetime(2026, 9, 25, 9, number % 60, tzinfo=ZoneInfo("Asia/Shanghai")),
        recipient=f"liang{number}@example.com",
        subject=f"中秋节问候（第{number}封）｜云麓大学机械工程学院",
        salutation="尊敬的梁启舟先生",
        lines=("值此中秋佳节，谨致问候。", ".", "..点", "From 这里开始", "月" * number * 40),
        signature=("云麓大学机械工程学院",),
        card=Card(PNG, "贺卡：圆月与桂枝") if number % 2 else None,
    )


def handed(exim: RealMailServer, letter: MailLetter) -> Reply:
    server = MailServer("127.0.0.1", exim.port, SENDER.address, Tls.NONE, archive=ARCHIVE)
    return hand_over(server, freeze(letter, SENDER), before_body=lambda: True)


def test_twenty_letters_arrive_once_with_every_word(exim: RealMailServer) -> None:
    letters = {f"<{letter.message_id}>": letter for letter in map(a_letter, range(LETTERS))}

    replies = {number: handed(exim, letter) for number, letter in letters.items()}
    arrived = exim.delivered(letters, 2 * LETTERS)

    assert {(reply.outcome, reply.code, reply.archived) for reply in replies.values()} == {
        (Outcome.ACCEPTED, 250, True)
    }
    copies = Counter((mail["Message-ID"], mail["Envelope-to"]) for mail in arrived)
    assert copies == Counter(
        (number, to) for number, letter in letters.items() for to in (letter.recipient, ARCHIVE)
    )
    for mail in arrived:
        letter, reply = letters[mail["Message-ID"]], replies[mail["Message-ID"]]
        assert reply.text
        assert f"id {reply.text}" in mail["Received"]
        assert mail["Subject"] == letter.subject
        assert mail["Return-path"] == f"<{SENDER.address}>"
        text, page = mail.get_body(("plain",)), mail.get_body(("html",))
        assert text is not None
        assert page is not None
        for words in (letter.salutation, *letter.lines, *letter.signature):
            assert words in text.get_content()
            assert words in page.get_content()
        pictures = [p.get_content() for p in mail.walk() if p.get_content_type() == "image/png"]
        assert pictures == ([PNG] if letter.card else [])


def test_a_mailbox_that_is_not_there_is_refused(exim: RealMailServer) -> None:
    reply = handed(exim, replace(a_letter(99), recipient="nobody@example.com"))

    assert (reply.outcome, reply.code) == (Outcome.REFUSED, 550)


def test_where_the_fence_says_no_nothing_arrives(exim: RealMailServer) -> None:
    server = MailServer("127.0.0.1", exim.port, SENDER.address, Tls.NONE)
    letter = freeze(a_letter(77), SENDER)

    assert hand_over(server, letter, before_body=lambda: False) == Reply(Outcome.NOT_OWNER)
    assert hand_over(server, letter, before_body=lambda: True).outcome is Outcome.ACCEPTED
    assert len(exim.delivered({f"<{letter.message_id}>"}, 1)) == 1
