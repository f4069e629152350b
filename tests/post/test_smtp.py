"""One letter handed to a server: when the fence is asked, what leaves, and what is kept."""

from __future__ import annotations

import ssl
from dataclasses import replace

import pytest

from donflow.post.reply import Frozen, Outcome, Reply
from donflow.post.smtp import MailServer, Patience, Tls, greet, hand_over
from tests.post.certificates import trusted
from tests.post.mail_server import Fault, MailSink, Plan

LETTER = Frozen(
    b"Message-ID: <A.0@example.edu>\r\nSubject: =?utf-8?b?5L2g5aW9?=\r\n\r\nwords\r\n",
    "A.0@example.edu",
    "liang@example.com",
)
PASSWORD = b"\0office\0open sesame"


def server_at(sink: MailSink, **changes: object) -> MailServer:
    plain = MailServer("127.0.0.1", sink.port, "alumni@example.edu", Tls.NONE)
    return replace(plain, **changes)  # type: ignore[arg-type]


def handed(sink: MailSink, letter: Frozen = LETTER, **changes: object) -> Reply:
    return hand_over(server_at(sink, **changes), letter, before_body=lambda: True)


def test_an_accepted_letter_is_told_by_code_and_queue_id() -> None:
    with MailSink() as sink:
        reply = handed(sink)

    assert reply == Reply(Outcome.ACCEPTED, 250, "Q1")
    assert sink.accepted == [(LETTER.content, ("liang@example.com",))]


def test_the_fence_is_asked_after_the_354_and_before_the_body() -> None:
    with MailSink() as sink:
        seen = []

        def fence() -> bool:
            seen.append((sink.commands[-1], len(sink.accepted)))
            return True

        hand_over(server_at(sink), LETTER, before_body=fence)

    assert seen == [("DATA", 0)]


def test_where_the_fence_says_no_not_a_byte_of_the_body_leaves() -> None:
    with MailSink() as sink:
        reply = hand_over(server_at(sink), LETTER, before_body=lambda: False)

    assert reply == Reply(Outcome.NOT_OWNER)
    assert sink.accepted == []
    assert sink.commands[-1] == "DATA"


def test_what_the_fence_raises_passes_through_and_nothing_leaves() -> None:
    def broken() -> bool:
        raise ArithmeticError

    with MailSink() as sink, pytest.raises(ArithmeticError):
        hand_over(server_at(sink), LETTER, before_body=broken)

    assert sink.accepted == []


def test_before_the_354_the_fence_is_not_asked() -> None:
    with MailSink() as sink:
        for fault in (Fault.BANNER_554, Fault.RCPT_550, Fault.DATA_451, Fault.CLOSED_AT_ONCE):
            sink.plans.append(Plan(fault))
            hand_over(server_at(sink), LETTER, before_body=lambda: pytest.fail("asked"))


def test_the_archive_gets_its_copy_in_the_same_transaction() -> None:
    with MailSink() as sink:
        reply = handed(sink, archive="archive@example.edu")

    assert reply.archived
    assert [to for _, to in sink.accepted] == [("liang@example.com", "archive@example.edu")]


def test_an_archive_that_is_refused_leaves_the_letter_without_evidence() -> None:
    with MailSink(refused=frozenset({"archive@example.edu"})) as sink:
        reply = handed(sink, archive="archive@example.edu")

    assert reply == Reply(Outcome.ACCEPTED, 250, "Q1", archived=False)


@pytest.mark.parametrize(
    ("command", "answer"),
    [
        ("MAIL", "530 5.7.0 Authentication required"),
        ("MAIL", "553 5.7.1 Sender address not owned by user"),
        ("MAIL", "550 5.4.5 Daily sending quota exceeded"),
        ("RCPT", "530 5.7.0 Authentication required"),
        ("DATA", "554 5.7.0 No mail from here today"),
    ],
)
def test_what_is_refused_to_the_office_does_not_end_the_letter(command: str, answer: str) -> None:
    with MailSink(answers={command: answer}) as sink:
        reply = handed(sink)

    assert (reply.outcome, reply.code) == (Outcome.NOT_BEGUN, int(answer[:3]))


def test_of_a_refusal_the_code_is_kept_and_never_the_address() -> None:
    with MailSink(refused=frozenset({"liang@example.com"})) as sink:
        assert handed(sink) == Reply(Outcome.REFUSED, 550, "5.1.1")


@pytest.mark.parametrize(
    "ending",
    [b".\r\nMAIL FROM:<x@example.com>", b".", b"..", b".\n.\r\n", b"\n.\n", b"\r.\r", b"a"],
)
def test_no_body_ends_before_its_end(ending: bytes) -> None:
    letter = replace(LETTER, content=LETTER.content + ending)
    with MailSink() as sink:
        reply = handed(sink, letter)

    with_lines = (LETTER.content + ending).replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    if not with_lines.endswith(b"\n"):
        with_lines += b"\n"
    assert reply.outcome is Outcome.ACCEPTED
    assert [content for content, _ in sink.accepted] == [with_lines.replace(b"\n", b"\r\n")]


@pytest.mark.parametrize("content", ["你好".encode(), b"x" * 999 + b"\r\n", b"a\r\n" + b"x" * 999])
def test_what_is_no_mail_is_ours_to_mend_and_is_not_sent(content: bytes) -> None:
    with MailSink() as sink:
        with pytest.raises(ValueError, match="7-bit"):
            handed(sink, replace(LETTER, content=content))
        assert sink.commands == []


def test_a_line_of_998_characters_is_sent() -> None:
    with MailSink() as sink:
        letter = replace(LETTER, content=LETTER.content + b"x" * 998 + b"\r\n")
        assert handed(sink, letter).outcome is Outcome.ACCEPTED


@pytest.mark.parametrize(
    "address",
    [
        "",
        "liang",
        "a@b\r\nRCPT TO:<x@example.com>",
        "a b@example.com",
        "<a@example.com>",
        "梁@例.com",
    ],
)
def test_an_address_that_could_end_a_command_is_refused_unsent(address: str) -> None:
    with MailSink() as sink:
        reply = handed(sink, replace(LETTER, recipient=address))
        assert reply == Reply(Outcome.REFUSED, None, "address")
        assert sink.commands == []


def test_the_size_is_told_to_a_server_that_asks() -> None:
    with MailSink(extensions=("SIZE 100000",)) as sink:
        handed(sink)

    assert f"MAIL FROM:<alumni@example.edu> SIZE={len(LETTER.content)}" in sink.commands


def test_starttls_and_login_come_before_the_sender() -> None:
    serving, trusting = trusted()
    with MailSink(extensions=("STARTTLS", "AUTH PLAIN"), trust=serving, password=PASSWORD) as sink:
        reply = handed(
            sink, tls=Tls.STARTTLS, trust=trusting, user="office", password="open sesame"
        )

    assert reply.outcome is Outcome.ACCEPTED
    verbs = [line.split(" ")[0].upper() for line in sink.commands]
    assert verbs == ["EHLO", "STARTTLS", "EHLO", "AUTH", "MAIL", "RCPT", "DATA", "QUIT"]


def test_smtps_is_encrypted_from_the_first_byte() -> None:
    serving, trusting = trusted()
    with MailSink(trust=serving, wrapped=True) as sink:
        assert handed(sink, tls=Tls.SMTPS, trust=trusting).outcome is Outcome.ACCEPTED


@pytest.mark.parametrize("tls", [Tls.STARTTLS, Tls.SMTPS])
def test_a_certificate_that_nobody_vouches_for_ends_the_attempt(tls: Tls) -> None:
    serving, _ = trusted()
    wrapped = tls is Tls.SMTPS
    with MailSink(extensions=("STARTTLS",), trust=serving, wrapped=wrapped) as sink:
        reply = handed(sink, tls=tls, trust=ssl.create_default_context())

    assert reply == Reply(Outcome.NOT_BEGUN, None, "certificate")
    assert not any(line.startswith("MAIL") for line in sink.commands)


def test_a_certificate_for_another_name_ends_the_attempt() -> None:
    serving, trusting = trusted()
    with MailSink(trust=serving, wrapped=True) as sink:
        reply = handed(sink, tls=Tls.SMTPS, trust=trusting, host="localhost")

    assert reply == Reply(Outcome.NOT_BEGUN, None, "certificate")


def test_a_server_without_starttls_gets_nothing_in_the_clear() -> None:
    with MailSink(extensions=("AUTH PLAIN",), password=PASSWORD) as sink:
        reply = handed(sink, tls=Tls.STARTTLS, user="office", password="open sesame")

    assert reply == Reply(Outcome.NOT_BEGUN, None, "no_tls")
    assert [line.split(" ")[0].upper() for line in sink.commands] == ["EHLO"]


def test_a_wrong_password_is_told_by_its_code() -> None:
    with MailSink(extensions=("AUTH PLAIN",), password=PASSWORD) as sink:
        reply = handed(sink, user="office", password="wrong")

    assert reply == Reply(Outcome.NOT_BEGUN, 535, "5.7.8")


def test_nobody_sees_the_password_in_a_printed_server() -> None:
    with MailSink() as sink:
        assert "sesame" not in repr(server_at(sink, user="office", password="open sesame"))


def test_a_server_that_is_not_there_is_no_beginning() -> None:
    with MailSink() as sink:
        gone = server_at(sink)
    assert hand_over(gone, LETTER, before_body=lambda: True) == Reply(
        Outcome.NOT_BEGUN, None, "connection"
    )


def test_all_that_comes_before_the_body_has_one_limit() -> None:
    with MailSink() as sink:
        sink.plans.append(Plan(delay=0.2))
        reply = handed(sink, patience=Patience(until_body=0.3))

    assert reply == Reply(Outcome.NOT_BEGUN, None, "timeout")
    assert sink.accepted == []


def test_a_greeting_opens_logs_in_and_leaves() -> None:
    with MailSink(extensions=("AUTH PLAIN",), password=PASSWORD) as sink:
        well = greet(server_at(sink, user="office", password="open sesame"))
        ill = greet(server_at(sink, user="office", password="wrong"))

    assert (well.outcome, ill.outcome, ill.code) == (Outcome.ACCEPTED, Outcome.NOT_BEGUN, 535)
    assert not any(line.startswith("MAIL") for line in sink.commands)
