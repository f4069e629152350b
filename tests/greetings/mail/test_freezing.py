"""A greeting as a message: the same bytes each time, and the same words to whoever reads it."""

from __future__ import annotations

import email
import email.policy
import re
from dataclasses import replace
from datetime import datetime
from email.header import decode_header, make_header
from email.message import EmailMessage
from html.parser import HTMLParser
from zoneinfo import ZoneInfo

import pytest

from donflow.greetings.mail.freezing import freeze
from donflow.greetings.mail.letter import Card, MailLetter, Sender
from donflow.post.reply import Frozen

PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40
SENDER = Sender("alumni@example.edu", "云麓大学机械工程学院校友工作办公室")
LETTER = MailLetter(
    message_id="ABCDEFGHIJKLMNOPQRSTUVWXYZ.0@example.edu",
    written_at=datetime(2026, 9, 25, 9, tzinfo=ZoneInfo("Asia/Shanghai")),
    recipient="liang@example.com",
    subject="中秋节问候｜云麓大学机械工程学院",
    salutation="尊敬的梁启舟先生",
    lines=("值此中秋佳节，谨向您和您的家人致以诚挚的问候。", "恭祝阖家团圆，诸事顺遂。"),
    signature=("云麓大学机械工程学院", "二〇二六年九月二十五日"),
    card=Card(PNG, "贺卡：圆月与桂枝，题“月满人间”"),
)
PAGE = "https://alumni.example.edu/out?a=1&b=2"


def read(frozen: Frozen) -> EmailMessage:
    message = email.message_from_bytes(frozen.content, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    assert not [part.defects for part in message.walk() if part.defects]
    return message


def text_of(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    assert part is not None
    return str(part.get_content())


def test_the_message_is_text_or_a_page_with_its_card() -> None:
    message = read(freeze(LETTER, SENDER))

    assert [part.get_content_type() for part in message.walk()] == [
        "multipart/alternative",
        "text/plain",
        "multipart/related",
        "text/html",
        "image/png",
    ]
    picture = list(message.walk())[-1]
    assert picture.get_content() == PNG
    assert f'"cid:{picture["Content-ID"].strip("<>")}"' in text_of(message, "html")


def test_without_a_card_there_is_no_picture() -> None:
    message = read(freeze(replace(LETTER, card=None), SENDER))

    kinds = [part.get_content_type() for part in message.walk()]
    assert kinds == ["multipart/alternative", "text/plain", "text/html"]
    assert "<img" not in text_of(message, "html")


def test_the_headers_say_who_when_and_which() -> None:
    message = read(freeze(LETTER, SENDER))

    assert message["From"].addresses[0].addr_spec == SENDER.address
    # The parser of addresses leaves a blank where a name of two encoded words was folded.
    assert message["From"].addresses[0].display_name.replace(" ", "") == SENDER.name
    assert message["To"].addresses[0].addr_spec == LETTER.recipient
    assert message["Subject"] == LETTER.subject
    assert message["Date"].datetime == LETTER.written_at
    assert message["Date"].endswith("+0800")
    assert message["Message-ID"] == f"<{LETTER.message_id}>"


def test_a_long_name_is_read_whole_by_another_decoder() -> None:
    raw = email.message_from_bytes(freeze(LETTER, SENDER).content)["From"]

    assert str(make_header(decode_header(raw))) == f"{SENDER.name} <{SENDER.address}>"


@pytest.mark.parametrize("kind", ["plain", "html"])
def test_the_words_are_real_text_in_both(kind: str) -> None:
    content = text_of(read(freeze(LETTER, SENDER)), kind)

    for words in (LETTER.salutation, *LETTER.lines, *LETTER.signature, "退订"):
        assert words in content


def test_the_same_letter_is_the_same_bytes() -> None:
    assert freeze(LETTER, SENDER) == freeze(LETTER, SENDER)


def test_another_number_is_another_message_of_the_same_words() -> None:
    again = replace(LETTER, message_id=LETTER.message_id.replace(".0@", ".1@"))

    first, second = freeze(LETTER, SENDER), freeze(again, SENDER)
    assert first.content != second.content
    assert text_of(read(first), "plain") == text_of(read(second), "plain")


@pytest.mark.parametrize("length", [1, 30, 400])
def test_all_is_seven_bit_text_in_short_lines(length: int) -> None:
    name = "云麓大学" * length
    long = replace(LETTER, subject="问候" * length, lines=("月" * 3000,))
    content = freeze(long, replace(SENDER, name=name)).content

    assert content.isascii()
    assert max(map(len, content.split(b"\r\n"))) <= 998
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert read(freeze(long, SENDER))["Subject"] == "问候" * length


@pytest.mark.parametrize(
    "evil", ["你好\r\nBcc: x@example.com", "a\nX-Evil: 1", "a\x00b", "a\u2028b", "\u202eabc"]
)
def test_no_word_becomes_a_header(evil: str) -> None:
    frozen = freeze(replace(LETTER, subject=evil), replace(SENDER, name=evil))
    message = read(frozen)

    assert set(message.keys()) == {
        "From", "To", "Subject", "Date", "Message-ID", "List-Unsubscribe", "Auto-Submitted",
        "Content-Type", "MIME-Version",
    }  # fmt: skip
    assert message["Subject"].isprintable()


@pytest.mark.parametrize(
    "change",
    [
        {"recipient": "liang@example.com\r\nBcc: x@example.com"},
        {"message_id": "A\r\nX-Evil: 1@example.edu"},
    ],
)
def test_a_broken_address_or_number_is_no_letter(change: dict[str, str]) -> None:
    with pytest.raises(ValueError):
        freeze(replace(LETTER, **change), SENDER)  # type: ignore[arg-type]


def test_markup_that_somebody_typed_is_text() -> None:
    evil = "<img src=x onerror=alert(1)>&\"'"
    card = Card(PNG, evil)
    letter = replace(LETTER, subject=evil, salutation=evil, lines=(evil,), signature=(evil,))
    html = text_of(read(freeze(replace(letter, card=card), replace(SENDER, name=evil))), "html")

    assert "<img src=x" not in html
    assert html.count("<img ") == 1


def test_whoever_wants_no_more_is_told_how() -> None:
    message = read(freeze(LETTER, replace(SENDER, opt_out_page=PAGE)))

    mailto = "mailto:alumni@example.edu?subject=%E9%80%80%E8%AE%A2"
    assert message["List-Unsubscribe"] == f"<{mailto}>, <{PAGE}>"
    assert PAGE in text_of(message, "plain")
    assert f'href="{PAGE.replace("&", "&amp;")}"' in text_of(message, "html")


def test_without_a_public_page_there_is_no_link() -> None:
    message = read(freeze(LETTER, SENDER))

    assert message["List-Unsubscribe"].count("<") == 1
    assert "<a " not in text_of(message, "html")


class _Loads(HTMLParser):
    """What a page would fetch, and the elements that have no end."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.addresses += [value or "" for name, value in attrs if name in ("src", "background")]
        if tag in ("link", "script", "iframe", "object", "form"):
            self.addresses.append(tag)
        if tag not in ("meta", "img", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize("letter", [LETTER, replace(LETTER, card=None)])
def test_the_page_is_whole_and_loads_nothing(letter: MailLetter) -> None:
    html = text_of(read(freeze(letter, replace(SENDER, opt_out_page=PAGE))), "html")
    page = _Loads()
    page.feed(html)

    assert page.open == []
    assert [one for one in page.addresses if not one.startswith("cid:")] == []
    assert not re.search(r"url\(|@import", html)


def test_a_day_without_joy_has_no_red() -> None:
    happy, quiet = (
        text_of(read(freeze(replace(LETTER, happy=happy), SENDER)), "html")
        for happy in (True, False)
    )
    assert "#a3302a" in happy
    assert "#a3302a" not in quiet
