"""What may be an address of a mail, and what a program may be called at."""

import pytest

from donflow.domain.net_addresses import is_host_name, is_mail_address, is_page, may_be_called


@pytest.mark.parametrize(
    ("text", "good"),
    [
        ("liang@example.com", True),
        ("o'neill+a.b@mail.example.edu.cn", True),
        ("liang@localhost", True),
        ("", False),
        ("liang", False),
        ("@example.com", False),
        ("liang@", False),
        ("a..b@example.com", False),
        ("liang@-example.com", False),
        ("liang@example..com", False),
        ("liang@example.com\n", False),
        ("a b@example.com", False),
        ("<liang@example.com>", False),
        ("liang@example.com>\r\nRCPT TO:<x@example.com", False),
        ("梁@example.com", False),
        (f"{'x' * 65}@example.com", False),
    ],
)
def test_a_mail_address(text: str, good: bool) -> None:
    assert is_mail_address(text) is good


@pytest.mark.parametrize(
    ("text", "good"),
    [
        ("smtp.example.edu", True),
        ("127.0.0.1", True),
        ("", False),
        ("a_b", False),
        ("x" * 64, False),
    ],
)
def test_a_host_name(text: str, good: bool) -> None:
    assert is_host_name(text) is good


@pytest.mark.parametrize(
    ("url", "good"),
    [
        ("https://example.com/send?key=1", True),
        ("http://127.0.0.1:8080/", True),
        ("http://localhost/", True),
        ("http://example.com/", False),
        ("https:///send", False),
        ("https://user:word@example.com/", False),
        ("https://example.com:99999/", False),
        ("https://example.com/a b", False),
        ("https://example.com/\r\nX: 1", False),
        ("ftp://example.com/", False),
    ],
)
def test_an_address_that_may_be_called(url: str, good: bool) -> None:
    assert may_be_called(url) is good


@pytest.mark.parametrize(
    ("url", "good"),
    [
        ("https://example.edu/out", True),
        ("http://127.0.0.1/out", False),
        ("https://example.edu/>x", False),
        ('https://example.edu/"x', False),
    ],
)
def test_a_public_page(url: str, good: bool) -> None:
    assert is_page(url) is good
