"""The office's mail server and webhook, of its settings and of secrets kept elsewhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from donflow.errors import DonflowError
from donflow.lifecycle.doctor.finding import State
from donflow.lifecycle.doctor.mail import check_mail
from donflow.lifecycle.mailing import (
    NoSecret,
    OpenSecret,
    mail_server,
    message_domain,
    webhook,
)
from donflow.lifecycle.office import Office
from donflow.post.smtp import Tls
from donflow.settings import read_text
from tests.post.mail_server import Fault, MailSink, Plan

MAIL = '[mail]\nhost = "smtp.example.edu"\nfrom_address = "alumni@example.edu"\nuser = "office"\n'
ROBOT = '[webhook]\nurl = "https://example.com/send?key={secret}"\n'


def office_with(text: str, folder: Path) -> Office:
    return Office(folder / "home", read_text(text, {}), folder / "home.keys")


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """A folder with both secrets, kept well."""
    for name in ("mail.password", "webhook.secret"):
        (tmp_path / name).write_text("open sesame\n", "utf-8")
        (tmp_path / name).chmod(0o600)
    return tmp_path


def test_nothing_is_set_in_a_new_office(tmp_path: Path) -> None:
    office = office_with("", tmp_path)
    assert mail_server(office, {}) is None
    assert webhook(office, {}) is None


def test_the_password_lies_beside_the_keys(kept: Path) -> None:
    server = mail_server(office_with(MAIL, kept), {})

    assert server is not None
    assert (server.password, server.port, server.tls) == ("open sesame", 587, Tls.STARTTLS)


def test_the_environment_goes_before_the_file(kept: Path) -> None:
    server = mail_server(office_with(MAIL, kept), {"DONFLOW_MAIL_PASSWORD": "other"})

    assert server is not None
    assert server.password == "other"


@pytest.mark.parametrize(("text", "asked"), [(MAIL, mail_server), (ROBOT, webhook)])
def test_a_secret_that_is_missing_or_open_is_told(text: str, asked: object, kept: Path) -> None:
    assert callable(asked)
    office = office_with(text, kept)
    for name in ("mail.password", "webhook.secret"):
        (kept / name).chmod(0o640)
    with pytest.raises(OpenSecret):
        asked(office, {})
    for name in ("mail.password", "webhook.secret"):
        (kept / name).unlink()
    with pytest.raises(NoSecret):
        asked(office, {})


def test_without_a_user_no_password_is_asked_for(tmp_path: Path) -> None:
    assert mail_server(office_with(MAIL.replace('user = "office"', ""), tmp_path), {}) is not None


def test_the_secret_of_a_robot_is_part_of_its_address_and_signs_nothing(kept: Path) -> None:
    hook = webhook(office_with(ROBOT, kept), {"DONFLOW_WEBHOOK_SECRET": "sesame"})

    assert hook is not None
    assert (hook.url, hook.secret) == ("https://example.com/send?key=sesame", b"")


def test_another_program_gets_a_signature(kept: Path) -> None:
    hook = webhook(office_with('[webhook]\nurl = "https://example.com/letters"\n', kept), {})

    assert hook is not None
    assert hook.secret == b"open sesame"


@pytest.mark.parametrize(
    ("text", "domain"),
    [
        (MAIL, "example.edu"),
        (f'{MAIL}domain = "letters.example.edu"\n', "letters.example.edu"),
        ("", "donflow.invalid"),
    ],
)
def test_the_domain_of_message_ids(text: str, domain: str, tmp_path: Path) -> None:
    assert message_domain(office_with(text, tmp_path)) == domain


@pytest.mark.parametrize(
    ("plan", "state"),
    [
        (Plan(), State.WARNING),  # it answers, unencrypted
        (Plan(Fault.BANNER_554), State.FAULT),
        (Plan(Fault.CLOSED_AT_ONCE), State.FAULT),
    ],
)
def test_the_doctor_asks_the_server(plan: Plan, state: State, tmp_path: Path) -> None:
    with MailSink() as sink:
        sink.plans.append(plan)
        text = f'[mail]\nhost = "127.0.0.1"\nport = {sink.port}\ntls = "none"\n'
        finding = check_mail(office_with(f'{text}from_address = "a@example.edu"\n', tmp_path), {})

    assert finding.state is state
    assert not any(line.startswith("MAIL") for line in sink.commands)


@pytest.mark.parametrize(("text", "state"), [("", State.WARNING), (MAIL, State.FAULT)])
def test_the_doctor_tells_what_is_not_set(text: str, state: State, tmp_path: Path) -> None:
    assert check_mail(office_with(text, tmp_path), {}).state is state


def test_no_secret_stands_in_an_error(kept: Path) -> None:
    (kept / "mail.password").chmod(0o644)
    with pytest.raises(DonflowError) as error:
        mail_server(office_with(MAIL, kept), {})
    assert "sesame" not in str(error.value)
