"""Erasing a person: before the commit nothing is destroyed, after it nothing is left undone."""

from __future__ import annotations

import errno
import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as StillWaiting
from pathlib import Path

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from donflow.gifts.models import Gift
from donflow.gifts.register import change_gift
from donflow.lifecycle.erasing import erase_person
from donflow.roster.models import Status
from donflow.roster.people import NotChangeable
from donflow.store import keys as keys_module
from donflow.store.keys import KeyRing
from donflow.store.session import unit_of_work
from donflow.vault import discarding
from donflow.vault.deposit import Upload, keep, note_deposit
from donflow.vault.discarding import discard_unnamed
from donflow.vault.files import fingerprint_of, path_of
from tests.cast import ADMIN
from tests.databases import only_postgresql
from tests.experiments.taking_up import NOW, open_desk
from tests.experiments.under_way import SECRETARY
from tests.journeys.desk import Desk

APPROVAL = "材料/党政联席会纪要.pdf"
PROOF = "沈听澜同意接收问候。".encode()
MOMENT = 1.0
"""Long enough for a unit that does not wait to be done."""


def enter(desk: Desk) -> int:
    """A person with a phone and a consent on paper."""
    added = desk("person add 沈听澜 --phone 13900007001 --json").data["person"]
    (desk.papers / "同意书.txt").write_bytes(PROOF)
    desk(f"person consent {added} greetings --given --file 材料/同意书.txt")
    return int(added)


def erasing(number: int) -> str:
    return f"person erase {number} --because asked --for leader --evidence {APPROVAL}"


def paper(desk: Desk) -> Path:
    return path_of(desk.home / "vault", fingerprint_of(PROOF))


def take_in_again(session: Session, desk: Desk) -> None:
    upload = Upload("同意书.txt", PROOF)
    kept = keep(session, desk.home / "vault", upload, kind="text", actor=SECRETARY, now=NOW)
    note_deposit(session, kept, actor=SECRETARY, now=NOW)


def keys_match(desk: Desk) -> str:
    told = desk("doctor --json", code=None).data
    return str(next(each["state"] for each in told if each["code"] == "keys_match"))


def test_an_erasure_whose_commit_fails_leaves_key_and_paper(office: Desk) -> None:
    number = enter(office)
    office.close()
    opened = office._offices[office.home] = open_desk(office)

    def fail(_connection: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    event.listen(opened.store.writer, "commit", fail)
    answer = office(erasing(number), code=1, lang="en")
    event.remove(opened.store.writer, "commit", fail)

    assert "nothing was changed" in answer.err
    assert paper(office).read_bytes() == PROOF
    assert "13900007001" in office(f"person reveal {number} phone --reason 致电").out
    assert office("vault check --json", code=None).data["faults"] == []


def test_a_key_that_cannot_be_destroyed_at_once_is_told_and_goes_later(
    office: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = enter(office)

    def fail(*_: object) -> None:
        raise OSError(errno.EROFS, "read-only")

    with monkeypatch.context() as broken:
        broken.setattr(keys_module.KeyRing, "forget", fail)
        answer = office(f"{erasing(number)} --json")
        assert answer.data["status"] == Status.ERASED
        (warning,) = json.loads(answer.err)["warnings"]
        assert warning["code"] == "left_undone"
        assert not paper(office).exists()
        assert keys_match(office) == "warning"
    office("scheduler --once")
    assert keys_match(office) == "ok"


def test_a_former_donor_of_a_gift_is_locked_as_its_donor_is(office_at: Callable[..., Desk]) -> None:
    desk = office_at("intent")
    number = enter(desk)
    desk(f"gift edit 1 --donor {number}")
    desk("gift contact 1 --note 沈听澜来电")
    other = desk("person add 江望川 --json").data["person"]
    desk(f"gift edit 1 --donor {other}")

    answer = desk(f"{erasing(number)} --json")

    assert answer.data["status"] == Status.RESTRICTED
    assert "not_changeable" in desk.refused(f"gift edit 1 --donor {number}")


def test_a_refused_paper_of_a_person_is_not_set_aside(office: Desk) -> None:
    number = enter(office)
    (office.papers / "沈听澜.exe").write_bytes(b"MZ" + PROOF)
    lines = (
        f"person consent {number} greetings --given --file 材料/沈听澜.exe",
        f"person erase {number} --because asked --for leader --evidence 材料/沈听澜.exe",
    )
    for line in lines:
        office(line, code=2)
        assert list(office.home.glob("quarantine/*")) == []
    office("vault add 材料/沈听澜.exe", code=2)
    assert list(office.home.glob("quarantine/*"))


def test_of_two_orders_for_one_person_the_other_is_settled(office_at: Callable[..., Desk]) -> None:
    desk = office_at("new", shared=True)
    number = enter(desk)
    another = enter(desk)
    first, second, third = (
        desk(f"person erase {each} --because asked --json").data["order"]
        for each in (number, number, another)
    )
    desk(f"order confirm {first}", as_=ADMIN.username)

    assert [row["order"] for row in desk("order list --json").data] == [third]
    assert "order_settled" in desk.refused(f"order confirm {second}", as_=ADMIN.username)
    assert desk("verify --json").data["findings"] == []


def test_a_consents_paper_that_proves_an_act_recorded_for_another_is_kept(
    office_at: Callable[..., Desk],
) -> None:
    desk = office_at("review")
    number = enter(desk)
    desk("review remark 1 请写明到账日期 --for reviewer --evidence 材料/同意书.txt")
    desk(erasing(number))
    assert paper(desk).read_bytes() == PROOF
    assert desk("vault check --json").data["faults"] == []


def test_what_is_answered_is_chinese_and_names_the_older_backups(
    office_at: Callable[..., Desk],
) -> None:
    desk = office_at("new")
    number = enter(desk)
    desk(f"person erase {number} --because unneeded")
    waiting = desk("order list").out
    assert "删除" in waiting
    assert "erase" not in waiting
    said = desk(erasing(number)).out
    assert "备份" in said
    assert "erased" not in said


def test_bytes_that_were_taken_in_again_meanwhile_stay(
    office: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = enter(office)
    real = discarding.remove_bytes

    def late(*given: object, **named: object) -> None:
        other = open_desk(office)
        with unit_of_work(other.store) as session:
            take_in_again(session, office)
        other.close()
        real(*given, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(discarding, "remove_bytes", late)
    office(erasing(number))
    assert paper(office).read_bytes() == PROOF
    assert office("vault check --json").data["faults"] == []


on_server = only_postgresql("SQLite's writers queue")


@on_server
def test_a_gift_that_takes_a_donor_and_an_erasure_wait_for_each_other(
    office_at: Callable[..., Desk],
) -> None:
    desk = office_at("intent")
    first, second = enter(desk), enter(desk)
    opened, other = open_desk(desk), open_desk(desk)

    def erase(number: int) -> Status:
        with unit_of_work(other.store) as session:
            return erase_person(session, other.office, number, actor=SECRETARY, now=NOW)[0]

    def take(number: int) -> None:
        with unit_of_work(other.store) as session:
            gift = session.get_one(Gift, 1)
            change_gift(session, gift, {"donor_id": number}, actor=SECRETARY, now=NOW)

    with ThreadPoolExecutor(1) as threads:
        with unit_of_work(opened.store) as session:
            gift = session.get_one(Gift, 1)
            change_gift(session, gift, {"donor_id": first}, actor=SECRETARY, now=NOW)
            session.flush()
            erased = threads.submit(erase, first)
            with pytest.raises(StillWaiting):
                erased.result(MOMENT)
        assert erased.result() is Status.RESTRICTED
        with unit_of_work(opened.store) as session:
            erase_person(session, opened.office, second, actor=SECRETARY, now=NOW)
            session.flush()
            taken = threads.submit(take, second)
            with pytest.raises(StillWaiting):
                taken.result(MOMENT)
        with pytest.raises(NotChangeable):
            taken.result()
    opened.close()
    other.close()
    assert desk("verify --json").data["findings"] == []


@on_server
def test_a_deposit_waits_for_whoever_lets_go_of_the_same_bytes(office: Desk) -> None:
    enter(office)
    office.sql("UPDATE consent SET evidence = NULL")
    opened, other = open_desk(office), open_desk(office)
    vault = office.home / "vault"

    def take_in() -> None:
        with unit_of_work(other.store) as session:
            take_in_again(session, office)

    with ThreadPoolExecutor(1) as threads:
        with unit_of_work(opened.store) as session:
            discard_unnamed(session, vault, [fingerprint_of(PROOF)], actor=SECRETARY, now=NOW)
            session.flush()
            taken = threads.submit(take_in)
            with pytest.raises(StillWaiting):
                taken.result(MOMENT)
        taken.result()
    opened.close()
    other.close()
    assert paper(office).read_bytes() == PROOF
    assert office("vault check --json").data["faults"] == []


def test_the_negative_control_a_key_that_stays_is_a_warning(
    office: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = enter(office)
    assert keys_match(office) == "ok"
    monkeypatch.setattr(KeyRing, "forget", lambda _ring, _key_id: None)
    office(erasing(number))
    assert keys_match(office) == "warning"
