"""Whoever does not want to be named is named to those alone who know: every role and read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from tests.cast import ADMIN, EVERYBODY, FANG, HE, LIN, OUTSIDER, QIAN, XU, ZHOU
from tests.cli.commands import all_commands
from tests.journeys.desk import Desk, Workshop

OfficeAt = Callable[..., Desk]

KNOWN, OTHERS = "江远帆", "贺兰溪"
"""The donors of two anonymous gifts: one of the teacher He, and one of another teacher."""
DAY = "2026-03-02"
READING = {"list", "show", "options", "board", "history", "fields", "today", "check"}
WITHOUT_GIFT = {
    "gift list": "gift list --all",
    "gift board": "gift board",
    "person list": "person list",
    "person show": "person show {gift}",
    "today": "today --all",
    "vault show": "vault show {slip}",
}
WITHOUT_DONORS = ("states", "settings", "instance", "template", "user", "identifier", "agreement")
READS = sorted(
    name
    for name in all_commands()
    if name.split()[-1] in READING and name.split()[0] not in WITHOUT_DONORS
)
FORMS = ("", " --json", " --xlsx 名单.xlsx")
NAMED_TO_THE_DESK = {
    "gift board",
    "gift list",
    "gift show",
    "paper list",
    "payment list",
    "person list",
    "person show",
    "roster show",
    "receipt list",
    "today",
    "vault show",
}
"""The reads that name the donor to the secretary: here a reader is spared something."""


def begin(desk: Desk, gift: int, donor: str, teacher: str) -> None:
    """An anonymous gift paid and receipted, with the donor's name wherever people put it."""
    slip, card = f"{donor}回单.pdf", f"{donor}身份证.pdf"
    for name in (slip, card):
        plain = (desk.papers / "到账通知.pdf").read_bytes()
        (desk.papers / name).write_bytes(plain + f"%{gift}{len(name)}\n".encode())
    for line in (
        f"person add {donor} --kind person --phone 1390000111{gift}",
        "gift new --kind small --amount 五千 --purpose 资助图书馆 --channel visit"
        f" --donor {donor} --liaison {teacher} --anonymous",
        f"gift contact {gift} --channel phone",
        f"gift edit {gift} --notice-given-on {DAY} --unrestricted --pay-by {DAY}",
        f"gift advance {gift} take_up",
        f"gift screen {gift} --source-of-funds 工资 --passed",
        f"gift advance {gift} accept",
        f"payment record {gift} --amount 2000 --remark {donor}捐款 --slip 材料/{slip}",
        f"payment record {gift} --amount 3000 --remark {donor}捐款",
        f"payment strike {gift} --payment {2 * gift} --reason 记错",
        f"paper file {gift} other 材料/{card}",
        f"vault add 材料/{slip} --gift {gift} --paper bank_slip",
    ):
        desk(line, as_=LIN.username, day=DAY)
    confirmed = desk(f"payment confirm {gift} --payment {2 * gift - 1}", as_=QIAN.username)
    assert donor not in confirmed.out
    desk(f"receipt request {gift}", as_=LIN.username)
    refused = f"receipt record {gift} --number 000052003{gift} --issued-on {DAY} --payer 恒源"
    receipt = f"--file 材料/电子票据原文件.pdf --receipt {gift}"
    told = desk(f"{refused} {receipt}", as_=QIAN.username, code=2)
    assert "恒源" in told.err
    assert donor not in told.err
    told = desk(f"{refused} {receipt} --json", as_=QIAN.username, code=2)
    assert told.codes == {"receipt_title_right"}
    assert donor not in told.err
    # Without a word of it the receipt is made out to whoever paid.
    desk(f"{refused.removesuffix(' --payer 恒源')} {receipt}", as_=QIAN.username)


@pytest.fixture(scope="module")
def desk(workshop: Workshop, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A shared desk with a user in every role, and the two gifts."""
    desk = workshop.copy("new", tmp_path_factory.mktemp("unnamed") / "office", shared=True)
    begin(desk, 1, KNOWN, HE.name)
    begin(desk, 2, OTHERS, "吴老师")
    yield desk
    desk.close()


def said(desk: Desk, command: str, gift: int, form: str, who: str) -> str | None:
    """All that a read says to somebody, in a file or not; None where it is refused."""
    line = WITHOUT_GIFT.get(command, f"{command} {{gift}}")
    if command.split()[0] in ("task", "order", "thanks", "vault", "doctor"):
        line = WITHOUT_GIFT.get(command, command)
    slip = "" if "{slip}" not in line else slip_of(desk, gift)
    sheet = desk.folder / "名单.xlsx"
    sheet.unlink(missing_ok=True)
    answer = desk(line.format(gift=gift, slip=slip) + form, as_=who, code=None, day=DAY)
    assert KNOWN not in answer.err
    assert OTHERS not in answer.err
    if answer.code:
        return None
    return answer.out + (sheet_text(sheet) if sheet.exists() else "")


def slip_of(desk: Desk, gift: int) -> str:
    papers = desk(f"paper list {gift} --json", as_=LIN.username).data
    return next(str(paper["fingerprint"]) for paper in papers if paper["kind"] == "bank_slip")


def sheet_text(file: Path) -> str:
    book = CalamineWorkbook.from_path(str(file))
    return str([book.get_sheet_by_name(sheet).to_python() for sheet in book.sheet_names])


def naming(desk: Desk, who: str, gift: int, donor: str, forms: tuple[str, ...]) -> set[str]:
    """The reads that name the donor to somebody."""
    return {
        command
        for command in READS
        for form in forms
        if donor in (said(desk, command, gift, form, who) or "")
    }


@pytest.mark.parametrize("form", FORMS[:2], ids=["text", "json"])
@pytest.mark.parametrize("who", [LIN, XU], ids=str)
def test_the_secretary_and_the_leaders_read_who_gave(desk: Desk, who: object, form: str) -> None:
    username = who.username  # type: ignore[attr-defined]
    # A wish is told with the name in words, by the number alone in JSON.
    expected = NAMED_TO_THE_DESK | (set() if form else {"greeting wish show"})
    assert naming(desk, username, 1, KNOWN, (form,)) == expected


def test_the_teacher_reads_who_gave_through_them_and_nobody_else(desk: Desk) -> None:
    assert "gift show" in naming(desk, HE.username, 1, KNOWN, FORMS[:2])
    assert naming(desk, HE.username, 2, OTHERS, FORMS) == set()


@pytest.mark.parametrize("who", [ZHOU, QIAN, FANG, OUTSIDER, ADMIN], ids=lambda who: who.role)
def test_nobody_else_reads_who_gave(desk: Desk, who: object) -> None:
    username = who.username  # type: ignore[attr-defined]
    assert naming(desk, username, 1, KNOWN, FORMS) == set()
    assert naming(desk, username, 2, OTHERS, FORMS[:2]) == set()


def test_every_role_was_asked() -> None:
    asked = {LIN, XU, HE, ZHOU, QIAN, FANG, OUTSIDER, ADMIN}
    assert asked == set(EVERYBODY)


def test_no_file_that_leaves_the_desk_names_who_gave(desk: Desk) -> None:
    register = {"person list"}  # the register of people says nothing of a gift
    assert naming(desk, LIN.username, 1, KNOWN, FORMS[2:]) == register


def test_whoever_is_of_finance_and_a_teacher_too_knows_the_own_donors_only(
    workshop: Workshop, tmp_path: Path
) -> None:
    desk = workshop.copy("new", tmp_path / "office", shared=True)
    order = desk(f"user role {QIAN.username} liaison --json", as_=LIN.username).data["order"]
    desk(f"order confirm {order}", as_=ADMIN.username)
    begin(desk, 1, KNOWN, HE.name)
    begin(desk, 2, OTHERS, QIAN.name)
    assert naming(desk, QIAN.username, 1, KNOWN, FORMS) == set()
    assert {"gift show", "payment list", "person show"} <= naming(
        desk, QIAN.username, 2, OTHERS, FORMS[:1]
    )
    desk.close()


def test_a_payer_who_is_not_the_donor_is_told_without_the_donor(desk: Desk) -> None:
    told = desk("payment record 1 --amount 10 --payer 别人", as_=QIAN.username)
    assert "别人" in told.out
    assert KNOWN not in told.out
    desk("payment strike 1 --payment 5 --reason 记错", as_=LIN.username)
    told = desk("payment record 1 --amount 10 --payer 爱心人士", as_=LIN.username)
    assert "爱心人士" not in told.out  # no written explanation is asked for
    desk("payment strike 1 --payment 6 --reason 记错", as_=LIN.username)


def test_a_donor_cannot_be_named_while_a_paper_is_absent_for_want_of_a_name(
    workshop: Workshop, tmp_path: Path
) -> None:
    desk = workshop.copy("new", tmp_path / "office", shared=True)
    begin(desk, 1, KNOWN, HE.name)
    begin(desk, 2, OTHERS, "吴老师")
    desk("paper absent 2 certificate --because anonymous --reason 匿名", as_=LIN.username)
    assert desk.refused("gift edit 2 --named", as_=LIN.username) == {"anonymity_stands"}
    collect = "certificate collect 2 --number 云基证031 --file 材料/签署页.pdf"
    desk(collect, as_=LIN.username)
    desk("gift edit 2 --named", as_=LIN.username)
    desk("gift edit 2 --anonymous", as_=LIN.username)
    desk(
        f"receipt void 2 --receipt 2 --back-on {DAY} --reason 有误",
        as_=QIAN.username,
    )
    desk("paper absent 2 receipt --because anonymous", as_=LIN.username)
    assert desk.refused("gift edit 2 --named", as_=LIN.username) == {"anonymity_stands"}
    desk("receipt request 2", as_=LIN.username)
    desk("gift edit 2 --named", as_=LIN.username)
    desk.close()
