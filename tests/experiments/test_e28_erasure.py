"""E28: fifty people erased; neither today's files nor an old copy with today's keys say who.

Those with a gift are locked instead and named with it. Names and salutations stand in plain text
in copies made before: no key opens or shuts them, so the old copy is asked for what is encrypted.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from donflow.roster.holdings import plain_value
from donflow.roster.models import Constituent, Status
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
    def canaries(self) -> tuple[str, ...]:
        return (self.phone, self.mail, self.address)


def people(count: int) -> list[Person]:
    return [
        Person(
            no,
            f"{FAMILIES[no % 10]}{GIVEN[no // 10]}{GIVEN[no % 10]}",
            f"1390000{7000 + no}",
            f"canary{no}.{no * 7919}@yunlu.example",
            f"云州市麓山区金丝雀街{100 + no}号",
        )
        for no in range(count)
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
    refused = desk.papers / f"{person.name}.exe"
    refused.write_bytes(b"MZ" + proof.read_bytes())
    desk(f"person consent {added} greetings --given --file {refused}", code=2)
    return int(added)


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


def erase_all(desk: Desk, count: int) -> Erased:
    """Enter so many people, copy the database, erase them; every fifth has a gift, or had one."""
    entered = {enter(desk, person): person for person in people(count)}
    kept = {number: person for number, person in entered.items() if person.number % 5 == 0}
    for place, (number, person) in enumerate(kept.items(), start=1):
        desk(f"gift new --donor {number} --amount 1万 --purpose 奖学金 --liaison 何老师")
        if person.number % 10 == 0:
            desk(f"gift contact {place} --note {person.name}来电")
            another = desk("person add 江望川 --json").data["person"]
            desk(f"gift edit {place} --donor {another}")
    desk.close()
    old_copy = Path(shutil.copy(desk.database, desk.folder / "old.db"))
    (desk.folder / APPROVAL).write_bytes((desk.papers / "党政联席会纪要.pdf").read_bytes())
    for number in entered:
        asked = f"person erase {number} --because asked --for leader --evidence {APPROVAL}"
        status = desk(f"{asked} --json").data["status"]
        assert status == (Status.RESTRICTED if number in kept else Status.ERASED)
    gone = {number: person for number, person in entered.items() if number not in kept}
    return Erased(desk, old_copy, gone, kept)


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
    erased = erase_all(office, points(50))

    assert traces(erased) == []
    keys = open_keys(office.folder / "office.keys")
    assert readable(erased.old_copy, keys, list(erased.gone)) == 0
    assert readable(erased.old_copy, keys, list(erased.kept)) == 3 * len(erased.kept)
    for number, person in erased.kept.items():
        answer = office(f"person erase {number} --because asked --for leader --evidence {APPROVAL}")
        assert "G2026-" in answer.out
        assert office(f"person show {number} --json").data["status"] == "restricted"
        office(f"person reach {number} phone {person.phone}", code=2)
    for number in erased.gone:
        office(f"person show {number}", code=2)
    assert office("verify --json").data["findings"] == []
    assert office("vault check --json").data["faults"] == []
    figures(
        "E28", f"{len(erased.gone)} erased, 0 traces; {len(erased.kept)} locked with their gifts"
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
