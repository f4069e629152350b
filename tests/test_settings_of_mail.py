"""What donflow.toml may say of mail and webhooks; what is wrong is named with its line."""

import pytest

from donflow.settings import WrongMail, WrongSettings, WrongWebhook, read_text

MAIL = '[mail]\nhost = "smtp.example.edu"\nfrom_address = "alumni@example.edu"\n'


def test_mail_is_unset_until_a_host_is_named() -> None:
    assert read_text("", {}).mail.host == ""
    mail = read_text(f'{MAIL}from_name = "校友工作办公室"\nport = 465\ntls = "smtps"\n', {}).mail
    assert (mail.host, mail.port, mail.tls) == ("smtp.example.edu", 465, "smtps")


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ('[mail]\nfrom_name = "办公室"\n', ["host", "from_address"]),
        (f"{MAIL}port = 70000\n", ["port"]),
        (f'{MAIL}tls = "ssl"\n', ["tls"]),
        (f'{MAIL}tls = "none"\nuser = "office"\n', ["user"]),
        (f'{MAIL}from_name = "a\\nb"\n', ["from_name"]),
        (f'{MAIL}archive = "archive"\ndomain = "a b"\n', ["archive", "domain"]),
        (f'{MAIL}unsubscribe = "http://example.edu"\n', ["unsubscribe"]),
    ],
)
def test_all_that_is_wrong_about_mail_is_told_at_once(text: str, keys: list[str]) -> None:
    with pytest.raises(WrongMail) as wrong:
        read_text(text, {})
    assert [told.values["key"] for told in wrong.value.told] == keys


def test_a_password_may_go_unencrypted_to_this_computer_alone() -> None:
    here = MAIL.replace("smtp.example.edu", "127.0.0.1")
    assert read_text(f'{here}tls = "none"\nuser = "office"\n', {}).mail.user == "office"


def test_a_key_is_told_by_the_line_of_its_own_section() -> None:
    text = f'user = "lin"\n\n{MAIL}user = 3\n'
    with pytest.raises(WrongSettings) as wrong:
        read_text(text, {})
    assert (wrong.value.values["key"], wrong.value.values["line"]) == ("user", 6)


def test_a_password_is_no_setting() -> None:
    with pytest.raises(WrongSettings) as wrong:
        read_text(f'{MAIL}password = "open sesame"\n', {})
    assert (wrong.value.values["key"], wrong.value.values["line"]) == ("password", 4)
    assert "sesame" not in str(wrong.value)


@pytest.mark.parametrize(
    ("url", "good"),
    [
        ("https://example.com/send?key={secret}", True),
        ("http://127.0.0.1:8080/", True),
        ("http://example.com/", False),
        ("example.com", False),
    ],
)
def test_a_webhook_is_called_over_https(url: str, good: bool) -> None:
    text = f'office = "校友办"\n[webhook]\nurl = "{url}"\n'
    if good:
        assert read_text(text, {}).webhook.url == url
        return
    with pytest.raises(WrongWebhook) as wrong:
        read_text(text, {})
    assert wrong.value.values["line"] == 3
