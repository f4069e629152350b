"""E28: fifty people erased; neither today's files nor an old copy with today's keys say who.

Those with a gift are locked instead and named with it. Names and salutations stand in plain text
in copies made before: no key opens or shuts them, so the old copy is asked for what is encrypted.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from donflow.roster.form_number import form_number
from donflow.roster.holdings import plain_value
from donflow.roster.models import Constituent, Status
from donflow.sheets.writing import write_list
from donflow.store import session as session_module
from donflow.store.keys import KeyRing, PersonKeyGone, open_keys
from donflow.store.session import close_store, open_store, reading
from tests.cast import ADMIN
from tests.databases import only_sqlite
from tests.journeys.desk import Desk

APPROVAL = "材料/审批单.pdf"
FAMILIES = "赵钱孙李周吴郑王冯陈"
GIVEN = ("云舟", "望川", "听澜", "知远", "慕白", "亦凡", "若水", "景行", "思齐", "怀瑾")
pytestmark = only_sqlite("a server keeps its files, with older states of a row, from us")


@dataclass(frozen=True)
class Person:
    """A canary of each kind."""

    number: int
    name: str
    phone: str
    mail: str
    address: str

    @property
    def birth(self) -> str:
        return f"190{self.number // 28 % 10}-07-{self.number % 28 + 1:02}"

    @property
    def student_no(self) -> str:
        return f"7345000{self.number:02}99"

    @property
    def told_later(self) -> str:
        """Only a proposal says it."""
        return f"later{self.number}.{self.number * 104729}@yunlu.example"

    @property
    def canaries(self) -> tuple[str, ...]:
        known = (self.phone, self.mail, self.address, self.birth, self.student_no, self.told_later)
        return (*known, *map(self.called, ("城", "族", "学", "公司", "主管", "名单")))

    def called(self, what: str) -> str:
        """A name that only this person has."""
        return f"雀{self.number}{what}"


def people(count: int, first: int = 0) -> list[Person]:
    return [
        Person(
            no,
            f"{FAMILIES[no % 10]}{GIVEN[no // 10]}{GIVEN[no % 10]}",
            f"1390000{7000 + no}",
            f"canary{no}.{no * 7919}@yunlu.example",
            f"云州市麓山区金丝雀街{100 + no}号",
        )
        for no in range(first, first + count)
    ]


def enter(desk: Desk, person: Person) -> int:
    """Everything there can be of a person who gives nothing yet."""
    added = desk(
        f"person add {person.name} --phone {person.phone} --mail {person.mail}"
        f" --address {person.address} --salutation {person.name}先生 --json"
    ).data["person"]
    proof = desk.papers / f"同意书-{person.number}.txt"
    proof.write_text(f"{person.name}，{person.phone}，同意接收问候。", encoding="utf-8")
    desk(f"person consent {added} greetings --given --file {proof}")
    # So many an hour are shown to one user.
    day = f"2026-03-{2 + person.number // 10:02}"
    desk(f"person reveal {added} phone --reason 致电{person.name}", day=day)
    enter_as_alumnus(desk, person, added)
    refused = desk.papers / f"{person.name}.exe"
    refused.write_bytes(b"MZ" + proof.read_bytes())
    desk(f"person consent {added} greetings --given --file {refused}", code=2)
    return int(added)


def enter_as_alumnus(desk: Desk, person: Person, number: int) -> None:
    """Studies, work, fields, segment, spouse, an open proposal, and a second number merged."""
    called = person.called
    desk(
        f"person set {number} --birth {person.birth} --city {called('城')}"
        f" --ethnicity {called('族')} --source archive"
    )
    desk(f"person study {number} --major {called('学')} --student-no {person.student_no}")
    desk(f"person work {number} --employer {called('公司')} --title {called('主管')}")
    desk(f"person segment {number} {called('名单')} --new")
    other = desk(f"person add {person.name} --phone {person.phone} --json").data["person"]
    desk(f"person study {other} --degree 硕士 --major {called('学')}")
    keys = open_keys(desk.folder / "office.keys")
    back = desk.papers / "回表.csv"
    told = f"{form_number(keys, number)},{person.name},{person.told_later}"
    back.write_text(f"表号,姓名,电子邮箱\n{told}\n", encoding="utf-8")
    desk(f"roster form-back {back}")
    back.unlink()
    spouse = desk("person add 江望川 --json").data["person"]
    desk(f"person relate {number} spouse {spouse}")
    desk(f"roster merge {number} {other}")


def take_in(desk: Desk, persons: list[Person]) -> dict[int, Person]:
    """These people by a spreadsheet, as most come; nothing else is known of them."""
    rows = [
        (
            person.name,
            person.phone,
            person.mail,
            person.birth,
            person.student_no,
            *map(person.called, ("学", "公司", "主管", "城")),
        )
        for person in persons
    ]
    headers = ("姓名", "手机", "邮箱", "出生日期", "学号", "专业", "工作单位", "职务", "所在城市")
    sheet = desk.folder / "校友名单.xlsx"
    sheet.write_bytes(write_list("校友", headers, rows, created=datetime(2026, 3, 2, tzinfo=UTC)))
    desk(f"roster import {sheet} --json")
    sheet.unlink()
    shown = [desk(f"person show {person.name} --json").data for person in persons]
    assert all(each["contact_points"][0]["source"] == "roster" for each in shown)
    return {each["person"]: person for each, person in zip(shown, persons, strict=True)}


def enter_words(desk: Desk, person: Person) -> None:
    """The name in words that are not the person's own: file, sheet, reasons, purposes, wishes."""
    other = f"江邻{'甲乙丙'[person.number]}"
    sheet = desk.folder / f"{person.name}.xlsx"
    rows = [(other, "会计学", "2005", "某数科公司")]
    headers = ("姓名", "专业", "入学年份", "工作单位")
    sheet.write_bytes(
        write_list(person.name, headers, rows, created=datetime(2026, 3, 2, tzinfo=UTC))
    )
    desk(f"roster import {sheet} --yes --json")
    sheet.unlink()
    proof = f"--for leader --evidence {desk.papers / '党政联席会纪要.pdf'}"
    out = desk.folder / "出.vcf"
    for who in (other, person.name):
        desk(f"roster vcard {who} --full --reason 给{person.name}的回访 --out {out} {proof}")
        out.unlink()
    desk(f"roster export --year 2005 --reason 代{person.name}核对 --out {desk.folder / '出.csv'}")
    (desk.folder / "出.csv").unlink()
    desk(f"roster check {other} --department {person.name}班 --purpose 核对{person.name}")
    desk(f"person reach {other} phone 1380000{9000 + person.number}")
    desk(f"person reveal {other} phone --reason 受{person.name}之托")


def second_numbers(desk: Desk, number: int) -> list[int]:
    numbers: list[int] = desk(f"person show {number} --json").data["numbers"]
    return numbers[1:]


def everything_stored(desk: Desk) -> bytes:
    desk.close()
    return b"\n".join(
        path.read_bytes()
        for folder in (desk.home, *desk.folder.glob("office.keys*"))
        for path in ([folder] if folder.is_file() else sorted(folder.rglob("*")))
        if path.is_file()
    )


def readable(database: Path, keys: KeyRing, numbers: list[int]) -> int:
    """How many encrypted values of these people this copy gives away with these keys."""
    store = open_store(f"sqlite:///{database}")
    found = 0
    with reading(store) as session:
        for number in numbers:
            constituent = session.get_one(Constituent, number)
            for holding in [*constituent.contact_points, *constituent.identifiers]:
                try:
                    found += bool(plain_value(keys, constituent, holding))
                except PersonKeyGone:
                    continue
    close_store(store)
    return found


@dataclass(frozen=True)
class Erased:
    desk: Desk
    old_copy: Path
    gone: dict[int, Person]
    kept: dict[int, Person]
    second: list[int]
    """The other numbers of those who are gone."""


def erase_all(desk: Desk, count: int, *, imported: int = 0) -> Erased:
    """Enter so many people, copy the database, erase them; every fifth has a gift, or had one.

    As many more as `imported` come by a spreadsheet, and have given nothing.
    """
    entered = {enter(desk, person): person for person in people(count)}
    kept = {number: person for number, person in entered.items() if person.number % 5 == 0}
    for place, (number, person) in enumerate(kept.items(), start=1):
        desk(f"gift new --donor {number} --amount 1万 --purpose 奖学金 --liaison 何老师")
        if person.number % 10 == 0:
            desk(f"gift contact {place} --note {person.name}来电")
            another = desk("person add 江望川 --json").data["person"]
            desk(f"gift edit {place} --donor {another}")
    if imported:
        entered |= take_in(desk, people(imported, first=count))
    for person in [each for each in entered.values() if each.number in (1, 2)]:
        enter_words(desk, person)
    merged = {number: second_numbers(desk, number) for number in entered}
    desk.close()
    old_copy = Path(shutil.copy(desk.database, desk.folder / "old.db"))
    (desk.folder / APPROVAL).write_bytes((desk.papers / "党政联席会纪要.pdf").read_bytes())
    for number in entered:
        asked = f"person erase {number} --because asked --for leader --evidence {APPROVAL}"
        status = desk(f"{asked} --json").data["status"]
        assert status == (Status.RESTRICTED if number in kept else Status.ERASED)
    gone = {number: person for number, person in entered.items() if number not in kept}
    second = [other for number in gone for other in merged[number]]
    return Erased(desk, old_copy, gone, kept, second)


def traces(erased: Erased) -> list[str]:
    """The values of erased people that a reader of all the office's files still finds."""
    stored = everything_stored(erased.desk)
    return [
        trace
        for person in erased.gone.values()
        for trace in (person.name, *person.canaries)
        if trace.encode() in stored
    ]


def test_nothing_of_erased_people_is_left_and_duties_are_named(
    office: Desk, points: Callable[[int], int], figures: Callable[[str, str], None]
) -> None:
    erased = erase_all(office, points(50), imported=points(20))

    assert traces(erased) == []
    keys = open_keys(office.folder / "office.keys")
    assert readable(erased.old_copy, keys, [*erased.gone, *erased.second]) == 0
    assert erased.second
    assert readable(erased.old_copy, keys, list(erased.kept)) == 3 * len(erased.kept)
    for number, person in erased.kept.items():
        answer = office(f"person erase {number} --because asked --for leader --evidence {APPROVAL}")
        assert "G2026-" in answer.out
        assert office(f"person show {number} --json").data["status"] == "restricted"
        office(f"person reach {number} phone {person.phone}", code=2)
    for number in (*erased.gone, *erased.second):
        office(f"person show {number}", code=2)
    assert office("verify --json").data["findings"] == []
    assert office("vault check --json").data["faults"] == []
    figures(
        "E28",
        f"{len(erased.gone)} erased under {len(erased.gone) + len(erased.second)} numbers,"
        f" 0 traces; {len(erased.kept)} locked with their gifts",
    )


def test_a_second_person_is_needed(office_at: Callable[..., Desk]) -> None:
    desk = office_at("new", shared=True)
    number = enter(desk, people(1)[0])
    order = desk(f"person erase {number} --because unneeded --json").data["order"]
    desk(f"order confirm {order}", code=2)
    assert desk(f"person show {number} --json").data["status"] == "active"
    desk(f"order confirm {order}", as_=ADMIN.username)
    desk(f"person show {number}", code=2)


def test_a_paper_that_proves_something_else_as_well_is_kept(office: Desk) -> None:
    first, second = (enter(office, person) for person in people(2))
    shared = office.papers / "同意书-两人.txt"
    shared.write_text("两位同意接收问候。", encoding="utf-8")
    for number in (first, second):
        office(f"person consent {number} publicity_name --given --file {shared}")
    (office.folder / APPROVAL).write_bytes(b"%PDF-1.4 approval\nstartxref\n0\n%%EOF\n")
    office(f"person erase {first} --because asked --for leader --evidence {APPROVAL}")
    assert shared.read_bytes() in everything_stored(office)
    office(f"person erase {second} --because asked --for leader --evidence {APPROVAL}")
    assert shared.read_bytes() not in everything_stored(office)
    assert office("verify --json").data["findings"] == []


def test_a_build_that_keeps_the_keys_would_be_seen(
    office: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control for the old copy."""
    monkeypatch.setattr(KeyRing, "forget", lambda _ring, _key_id: None)
    erased = erase_all(office, 2)
    assert readable(erased.old_copy, open_keys(office.folder / "office.keys"), list(erased.gone))


def test_a_build_that_leaves_the_consents_papers_would_be_seen(
    office: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control for the vault."""
    monkeypatch.setattr("donflow.vault.files.remove", lambda _vault, _fingerprint: None)
    assert traces(erase_all(office, 2))


def test_a_build_that_sets_refused_papers_of_people_aside_would_be_seen(
    office: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control for the quarantine."""
    monkeypatch.setattr("donflow.cli.acting._is_personal", lambda _path: False)
    assert traces(erase_all(office, 2))


def test_a_build_that_asks_only_who_gives_now_would_be_seen(
    office: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control for former donors."""
    monkeypatch.setattr("donflow.lifecycle.erasing.EDITED", "nothing")
    with pytest.raises(AssertionError, match="restricted"):
        erase_all(office, 1)


def test_a_build_that_leaves_names_in_other_words_would_be_seen(
    office: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control for reasons, purposes, file names and sheets."""
    monkeypatch.setattr("donflow.lifecycle.erasing.forget_words", lambda *_given, **_named: None)
    assert traces(erase_all(office, 2))


def test_a_build_that_does_not_overwrite_deleted_rows_would_be_seen(
    office: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control for the database: without secure_delete the bytes stay."""
    office.close()
    real = session_module._sqlite

    def careless(url: str, begin: str) -> object:
        engine = real(url, begin)
        session_module.event.listen(
            engine, "connect", lambda connection, _: connection.execute("PRAGMA secure_delete=OFF")
        )
        return engine

    monkeypatch.setattr(session_module, "_sqlite", careless)
    assert traces(erase_all(office, 2))
