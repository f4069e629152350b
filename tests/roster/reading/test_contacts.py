"""Phones, mail addresses and WeChat names: whole ones only, several in one cell."""

from __future__ import annotations

import pytest

from donflow.domain import phones
from donflow.roster.reading import contacts
from donflow.roster.reading.contacts import read_contact, read_mail, read_phone, read_wechat
from donflow.roster.reading.found import NOTHING
from donflow.sheets.reading import Cell
from tests.roster.reading.telling import reasons, told


@pytest.mark.parametrize(
    ("cell", "phone"),
    [
        ("13900001069", "+8613900001069"),
        (13900001069.0, "+8613900001069"),
        ("151 0000 1057", "+8615100001057"),
        ("131-0000-1003", "+8613100001003"),
        ("+86 13900001192", "+8613900001192"),
        ("0086 13900001192", "+8613900001192"),
        ("１３１００００１１９６", "+8613100001196"),
        ("13100001019（微信同号）", "+8613100001019"),
        ("15100001024、18600001230", "+8615100001024|+8618600001230"),
        ("13900001111\n13900002222", "+8613900001111|+8613900002222"),
        ("13900001111 13900001111", "+8613900001111"),
        ("0931-8910000", "+869318910000"),
        ("0931-8910000转123", "+869318910000"),
        ("+852 2345 6789", "+85223456789"),
    ],
)
def test_a_phone_is_read_in_every_style(cell: Cell, phone: str) -> None:
    found = read_phone(cell)
    assert told(found) == {"phone": phone}
    assert not found.unread


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("1300000106", contacts.WRONG),
        ("139000011111", contacts.WRONG),
        ("1.39E+10", contacts.LOST),
        (13900000000.0, contacts.LOST),
        ("138****0000", contacts.MASKED),
        ("8910000", contacts.NO_AREA),
        ("13900001111（已停机）", contacts.OUT_OF_USE),
        ("妻子13900001111", contacts.OF_ANOTHER),
    ],
)
def test_what_is_no_whole_phone_of_this_person_stays_unread(cell: Cell, reason: str) -> None:
    found = read_phone(cell)
    assert told(found) == {}
    assert reasons(found) == [f"phone: {reason}"]


def test_a_good_number_beside_a_bad_one_is_kept() -> None:
    found = read_phone("13900001111/1234")
    assert told(found) == {"phone": "+8613900001111"}
    assert reasons(found) == [f"phone: {contacts.WRONG}"]


@pytest.mark.parametrize("prefix", [*range(130, 140), *range(150, 160), *range(180, 190)])
def test_the_short_way_for_plain_mobiles_agrees_with_the_full_check(prefix: int) -> None:
    number = f"{prefix}00001069"
    assert told(read_phone(number)).get("phone") == phones.check(number).normalized


@pytest.mark.parametrize(
    ("cell", "mail"),
    [
        ("liang@example.com", "liang@example.com"),
        ("LIANG@EXAMPLE.COM", "liang@example.com"),
        ("liang＠example.com", "liang@example.com"),
        ("liang@ example.com", "liang@example.com"),
        ("liang@example.com（常用）", "liang@example.com"),
        ("邮箱：liang@example.com", "liang@example.com"),
        ("a@example.com; b@example.org", "a@example.com|b@example.org"),
        ("a@example.com/无", "a@example.com"),
    ],
)
def test_a_mail_address_is_read_in_every_style(cell: str, mail: str) -> None:
    found = read_mail(cell)
    assert told(found) == {"email": mail}
    assert not found.unread


@pytest.mark.parametrize(
    "cell",
    [
        "liang@example,com",
        "liang@example.con",
        "liang#example.com",
        "liang@@example.com",
        "liang@example",
        "li ang@example.com",
        "li**@example.com",
        "12345678",
    ],
)
def test_a_mistyped_mail_address_stays_unread(cell: str) -> None:
    found = read_mail(cell)
    assert told(found) == {}
    assert reasons(found) == [f"email: {contacts.NO_MAIL}"]


@pytest.mark.parametrize(
    ("cell", "wechat"),
    [
        ("wx_01201", "wx_01201"),
        ("ｗｘ_０１２０１", "wx_01201"),
        ("微信号：wx_01201", "wx_01201"),
        ("wx_01201（本人）", "wx_01201"),
        ("139 0000 1111", "13900001111"),
        (13900001111.0, "13900001111"),
    ],
)
def test_a_wechat_name_stands_as_it_is(cell: Cell, wechat: str) -> None:
    assert told(read_wechat(cell)) == {"wechat": wechat}


@pytest.mark.parametrize("cell", ["同手机", "快乐人生", "手机号"])
def test_a_nickname_is_no_wechat_name(cell: str) -> None:
    assert reasons(read_wechat(cell)) == [f"wechat: {contacts.NO_WECHAT}"]


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("13900001111", {"phone": "+8613900001111"}),
        ("wx_01201", {"wechat": "wx_01201"}),
        ("a@example.com", {"email": "a@example.com"}),
        ("13900001111/a@example.com", {"email": "a@example.com", "phone": "+8613900001111"}),
        (
            "电话：13900001111 邮箱：a@example.com",
            {"email": "a@example.com", "phone": "+8613900001111"},
        ),
        ("13900001111 微信wx_01201", {"wechat": "wx_01201", "phone": "+8613900001111"}),
    ],
)
def test_a_common_cell_is_parted(cell: str, said: dict[str, str]) -> None:
    assert told(read_contact(cell)) == said


@pytest.mark.parametrize("cell", ["", "/", "无", "-", "暂无", "待补充", "不详", "N/A"])
def test_nothing_said_is_no_reason(cell: str) -> None:
    for read in (read_phone, read_mail, read_wechat, read_contact):
        assert read(cell) == NOTHING


@pytest.mark.parametrize(
    ("cell", "phones"),
    [
        ("(+86)13800000001", "+8613800000001"),
        ("M:13800000001", "+8613800000001"),
        ("1.3800000001e10", "+8613800000001"),
        ("8.613800000001E+12", "+8613800000001"),
        ("0931-8000001（办）13800000001", "+869318000001|+8613800000001"),
        ("①13800000001②13900000002", "+8613800000001|+8613900000002"),
        ("1380000000113900000002", "+8613800000001|+8613900000002"),
        ("0931-8000001*8012", "+869318000001"),
        ("13800000001 QQ:12345678", "+8613800000001"),
    ],
)
def test_numbers_are_parted_from_labels_and_from_one_another(cell: str, phones: str) -> None:
    assert told(read_phone(cell)) == {"phone": phones}


@pytest.mark.parametrize(
    "cell",
    ["1.38E+10", "8.61380000000E+12", "13800000001（妻）", "13800000001(旧)", "138000000011"],
)
def test_what_lost_digits_or_is_not_theirs_is_never_given(cell: str) -> None:
    assert told(read_phone(cell)) == {}


def test_a_wechat_name_beside_a_number_is_read_without_a_label() -> None:
    both = {"phone": "+8613800000001", "wechat": "yl_001x"}
    assert told(read_contact("13800000001／yl_001x")) == both
    assert told(read_contact("A13800000001")).get("phone") is None
