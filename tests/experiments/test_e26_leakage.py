"""E26 for the roster: what identifies a person comes out of no command, file or journal unmasked.

Canaries of people who were entered, imported and proposed are looked for in all that every role
gets to see. Whoever adds a command to `roster` or `person` gives it a line here, or this fails.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from donflow.roster.form_number import form_number
from donflow.sheets.writing import write_list
from donflow.store.keys import open_keys
from tests import databases
from tests.cast import ADMIN, EVERYBODY
from tests.cli.commands import all_commands
from tests.journeys.desk import Answer, Desk, Workshop

NOW = datetime(2026, 3, 2, tzinfo=UTC)
PHONES = ("13900007345", "13900007346", "13900007347")
MAILS = ("canary.one@yunlu.example", "canary.two@yunlu.example", "canary.three@yunlu.example")
BIRTHS = ("1904-07-23", "1905-08-17", "1906-09-21")
WECHAT, ADDRESS = "canary_wechat", "云州市麓山区金丝雀街9号"
RESIDENT = "110101190407233453"
LATER = ("13900007348", "canary.later@yunlu.example", "1907-10-29")
"""What only a proposal says."""

LINES = {
    "person add": ("person add 江望川 --resident-id 110101190407233450 --phone 1390000734",),
    "person show": ("person show 1", "person show 1 --json", "person show 7345"),
    "person list": ("person list", "person list 7345 --json", "person list --xlsx {out}/人员.xlsx"),
    "person set": ("person set 1 --birth 1904-07-99", "person set 1 --city 兰州"),
    "person study": ("person study 1 --degree 硕士 --grad 190", "person study 1 --degree 博士"),
    "person work": ("person work 1 --employer 甲公司 --title 总监",),
    "person segment": ("person segment 1 千",),
    "person relate": ("person relate 2 contact 1",),
    "person deceased": ("person deceased 3 --died 2025", "person deceased 3 --mistaken"),
    "person restrict": ("person restrict 3", "person restrict 3 --lift"),
    "person edit": ("person edit 1 --gender male",),
    "person reach": ("person reach 1 phone 13900007345", "person reach 1 mail canary.one@yunlu"),
    "person identify": ("person identify 1 resident_id 110101190407233451",),
    "person consent": ("person consent 1 greetings --given",),
    "person reveal": ("person reveal 1 passport --reason 核对", "person reveal 1 birth"),
    "person erase": ("person erase 3 --because asked",),
    "contact add": ("contact add 1 called --note 已约座谈", "contact add 7345 visited"),
    "contact list": ("contact list 1", "contact list 7345 --json"),
    "contact stale": ("contact stale --json", "contact stale --xlsx {out}/久未联系.xlsx"),
    "contact suggest": ("contact suggest --by 1 --text 多用校园照片",),
    "contact answer": ("contact answer 1 --text 采纳",),
    "contact suggestions": ("contact suggestions", "contact suggestions --json"),
    "greeting wish set": ("greeting wish set 1 --joint --channel mail",),
    "greeting wish show": ("greeting wish show 1", "greeting wish show 7345 --json"),
    "greeting condolence": ("greeting condolence 3 --for 2",),
    "greeting wechat": (
        "greeting wechat",
        "greeting wechat --next --json",
        "greeting wechat --page",
    ),
    "greeting courier": (
        "greeting courier --occasion 春节 --on 2027-02-06 --reason 寄送贺卡",
        "greeting courier --agreed 999 --out {out}/快递单.xlsx",
    ),
    "roster import": (
        "roster import {papers}/他人名单.xlsx --dry-run",
        "roster import {papers}/他人名单.xlsx --dry-run --json",
        "roster import {papers}/他人名单.xlsx",
    ),
    "roster headers": ("roster headers", "roster headers --json"),
    "roster forget-header": ("roster forget-header 备用号",),
    "roster show": ("roster show 1", "roster show 2 --json"),
    "roster search": (
        "roster search 梁启舟 --json",
        "roster search 7345",
        "roster search canary.one@yunlu.example",
    ),
    "roster form": (
        "roster form 1 --contact 029-00000000 --out {out}/表.docx",
        "roster form 1 2 --sheet --out {out}/表.xlsx",
    ),
    "roster form-back": (
        "roster form-back {papers}/回表.csv",
        "roster form-back {papers}/坏表.csv",
    ),
    "roster list": ("roster list", "roster list --json", "roster list --xlsx {out}/名单.xlsx"),
    "roster stats": ("roster stats", "roster stats --json", "roster stats --excel {out}/数.xlsx"),
    "roster check": (
        "roster check 梁启舟 --department 财务处 --purpose 核对身份",
        "roster check --sheet {papers}/他人名单.xlsx --out {out}/答复.xlsx --department 财务处"
        " --purpose 年会",
    ),
    "roster export": (
        "roster export --out {out}/名单.xlsx",
        "roster export --out {out}/名单.csv",
        "roster export --full --reason 返校日通知 --out {out}/全.xlsx",
        "roster export --agreed 999 --out {out}/不成.xlsx",
    ),
    "roster vcard": (
        "roster vcard 梁启舟 --out {out}/一位.vcf",
        "roster vcard 梁启舟 --full --reason 校庆接待 --out {out}/全.vcf",
    ),
    "roster liaison appoint": ("roster liaison appoint 1 2005级会计2班 --new-class",),
    "roster liaison renew": ("roster liaison renew 1",),
    "roster liaison list": ("roster liaison list", "roster liaison list --without --json"),
    "roster liaison letters": ("roster liaison letters 1 --out {out}/聘书.pdf",),
    "roster liaison end": ("roster liaison end 1",),
    "roster merge": ("roster merge 1 2",),
    "roster unmerge": ("roster unmerge 2",),
    "roster doubles": ("roster doubles",),
    "roster proposals": ("roster proposals", "roster proposals --json"),
    "roster propose": ("roster propose 1 phone=139000073", "roster propose 1 city=云州"),
    "roster refuse": ("roster refuse 999",),
    "roster accept": ("roster accept 1",),
    "roster diff": (
        "roster diff {papers}/他人名单.xlsx",
        "roster diff {papers}/他人名单.xlsx --json",
        "roster diff {papers}/他人名单.xlsx --out {out}/需更新.xlsx",
    ),
}
"""By command; what a line itself types in full (a number that is searched) is not repeated."""
BESIDE = ("journal show", "verify", "doctor", "today", "order list", "user list", "settings show")
"""Commands of other nouns that read across all rows."""


@pytest.fixture(scope="module")
def desk(workshop: Workshop, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A shared desk with a user in every role; three people, two of them by a spreadsheet."""
    desk = workshop.copy("new", tmp_path_factory.mktemp("leaks") / "office", shared=True)
    desk(
        f"person add 梁启舟 --phone {PHONES[0]} --mail {MAILS[0]} --address {ADDRESS}"
        f" --resident-id {RESIDENT}"
    )
    desk(f"person reach 1 wechat {WECHAT}")
    desk(f"person set 1 --birth {BIRTHS[0]}")
    desk("person study 1 --degree 本科 --major 会计学 --class 2 --enrol 2005")
    headers = ("姓名", "专业", "入学年份", "班级", "手机", "邮箱", "出生日期")
    rows = [
        ("苏晚晴", "会计学", "2005", "2班", PHONES[1], MAILS[1], BIRTHS[1]),
        ("秦望川", "会计学", "2005", "2班", PHONES[2], MAILS[2], BIRTHS[2]),
    ]
    sheet(desk.folder / "名册.xlsx", headers, rows)
    order = desk("roster import 名册.xlsx --json").data["order"]
    desk(f"order confirm {order}", as_=ADMIN.username)
    own = desk("roster import 名册.xlsx --json")
    assert leaks(own), "the caller's own file is echoed: the checker sees it"
    names = [(name, "会计学", "2005", "2班") for name in ("梁启舟", "苏晚晴", "秦望川")]
    sheet(desk.papers / "他人名单.xlsx", headers[:4], names)
    number = form_number(open_keys(desk.folder / "office.keys"), 1)
    csv(desk.papers / "回表.csv", number, LATER)
    csv(desk.papers / "坏表.csv", number, ("139000073460", "canary.two@", "1905-08-99"))
    yield desk
    desk.close()


def sheet(path: Path, headers: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
    path.write_bytes(write_list("校友", headers, rows, created=NOW))


def csv(path: Path, number: str, told: tuple[str, ...]) -> None:
    path.write_text(
        f"表号,姓名,手机,电子邮箱,出生日期\n{number},梁启舟,{','.join(told)}\n", "utf-8"
    )


def canaries() -> list[str]:
    """Every way to write them that would give them away."""
    births = [*BIRTHS, LATER[2]]
    parts = [birth.split("-") for birth in births]
    said = [f"{year}年{int(month)}月{int(day)}日" for year, month, day in parts]
    joined = ["".join(part) for part in parts]
    dotted = [".".join(part) for part in parts]
    slashed = ["/".join(part) for part in parts]
    months = [birth[:7] for birth in births]
    secret = (*PHONES, *MAILS, WECHAT, "金丝雀街", RESIDENT, *LATER[:2])
    return [*secret, *births, *said, *joined, *dotted, *slashed, *months]


def leaks(answer: Answer | str, typed: str = "") -> list[str]:
    """The canaries in what was answered, but for those that the line itself typed."""
    text = answer if isinstance(answer, str) else answer.out + answer.err
    text = re.sub(r"(?<=[0-9])[ -](?=[0-9]{4}\b)", "", text) + text
    return [canary for canary in canaries() if canary in text and canary not in typed]


def words_in(path: Path) -> str:
    """All text of a written file, of every part of a package."""
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as package:
            return "\n".join(
                package.read(name).decode("utf-8", "replace") for name in package.namelist()
            )
    return path.read_bytes().decode("utf-8", "replace")


def lines_of(command: str) -> tuple[str, ...]:
    return LINES.get(command, ())


def typed_at(desk: Desk, line: str, username: str, out: Path) -> Answer:
    return desk(line.format(papers=desk.papers, out=out), as_=username, code=None)


NOUNS = ("roster", "person", "contact")
COMMANDS = [name for name in all_commands() if name.split()[0] in NOUNS or name in LINES]


@pytest.mark.parametrize("command", COMMANDS)
def test_no_command_lets_anything_out(desk: Desk, command: str, tmp_path: Path) -> None:
    assert lines_of(command), f"give {command} a line in LINES: what it says is to be looked at"
    found = {}
    for person in EVERYBODY:
        out = tmp_path / person.username
        out.mkdir()
        for line in lines_of(command):
            told = leaks(typed_at(desk, line, person.username, out), line)
            written = [leak for file in out.iterdir() for leak in leaks(words_in(file))]
            if told or written:
                found[person.username, line] = (told, written)
    assert found == {}


@pytest.mark.parametrize("command", BESIDE)
def test_nothing_comes_out_beside(desk: Desk, command: str) -> None:
    for person in EVERYBODY:
        for form in (command, f"{command} --json"):
            assert leaks(desk(form, as_=person.username, code=None)) == []


def test_the_lines_do_something(desk: Desk, tmp_path: Path) -> None:
    """The secretary's reading lines answer, or nothing was looked at above."""
    lines = [line for command in READS for line in LINES[command] if command in COMMANDS]
    for line in lines:
        answer = typed_at(desk, line, "lin", tmp_path)
        assert answer.code in (0, 1), str(answer)
        assert answer.out or any(tmp_path.iterdir())


READS = ("person list", "roster show", "roster list", "roster proposals", "roster diff")


def test_no_table_holds_them_but_the_persons_own_row(desk: Desk) -> None:
    desk.close()
    held = {
        (table, canary)
        for table, rows in databases.all_rows(desk.url).items()
        for row in rows
        for canary in leaks(repr(row))
    }
    births = {birth for whole in (*BIRTHS, LATER[2]) for birth in (whole, whole[:7])}
    assert {(table, canary) for table, canary in held if canary not in births} == set()
    assert {table for table, _ in held} == {"constituent"}


def test_no_log_nor_note_in_the_home_holds_them(desk: Desk) -> None:
    files = [path for path in desk.home.rglob("*") if path.is_file()]
    said = [path for path in files if not path.name.startswith("donflow.db")]
    assert said
    assert [(path.name, found) for path in said if (found := leaks(words_in(path)))] == []


def test_what_is_revealed_would_be_seen(desk: Desk) -> None:
    """The negative control: the one command that does let a field out, with a reason."""
    for kind in ("phone", "mail", "birth"):
        assert leaks(desk(f"person reveal 1 {kind} --reason 核对", as_="lin"))
    refused = desk("person reveal 1 birth --reason 核对", as_=ADMIN.username, code=2)
    assert leaks(refused) == []


def test_a_view_that_forgets_the_mask_would_be_seen(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control for what is shown: a birth with its year."""
    monkeypatch.setattr("donflow.domain.masking.birth", lambda value: value)
    assert leaks(desk("person show 1", as_="lin"))
