"""A refused step says every reason at once and changes nothing; each remedy mends its own."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Callable
from datetime import UTC, datetime
from hashlib import sha256

import pytest

from donflow.accounts.users import actor_of, get_user
from donflow.bootstrap import open_office
from donflow.engine.machine import Refusals, decide
from donflow.gifts.register import get_gift
from donflow.lifecycle.advance import attempt_on, gift_machine
from donflow.settings import read_settings
from donflow.store.session import reading
from tests import databases
from tests.journeys.desk import Desk

SUBMIT = "gift advance 1 submit"
LACKING = {
    "fields_complete",
    "draft_written",
    "template_newest",
    "self_check_done",
    "identity_seen",
    "leader_consented",
}


def test_every_reason_is_told_at_once(office_at: Callable[..., Desk]) -> None:
    desk = office_at("draft")
    answer = desk(f"{SUBMIT} --json", code=2)
    assert answer.codes == LACKING
    assert all(item["reason"] and item["remedy"] for item in answer.refusals)
    said = desk(SUBMIT, code=2)
    assert said.out == ""
    for item in answer.refusals:
        assert item["reason"] in said.err
        assert item["remedy"] in said.err


def test_the_command_says_what_the_machine_decides(office_at: Callable[..., Desk]) -> None:
    desk = office_at("draft")
    told = [item["code"] for item in desk(f"{SUBMIT} --json", code=2).refusals]
    assert told == _decided(desk, "submit")
    shown = {step["transition"]: step for step in desk.gift()["next"]}["submit"]
    assert [item["code"] for item in shown["missing"]] == told
    options = {option["transition"]: option for option in desk("gift options 1 --json").data}
    assert [item["code"] for item in options["submit"]["refusals"]] == told
    assert not options["submit"]["allowed"]


def test_a_refusal_changes_not_one_byte(office_at: Callable[..., Desk]) -> None:
    desk = office_at("draft")
    desk("gift show 1")
    before = _all_of(desk)
    stored = sorted(path.name for path in (desk.home / "vault").rglob("*"))
    desk(SUBMIT, code=2)
    desk.refused(SUBMIT)
    assert _all_of(desk) == before
    assert sorted(path.name for path in (desk.home / "vault").rglob("*")) == stored


def test_each_remedy_mends_its_refusal(office_at: Callable[..., Desk]) -> None:
    desk = office_at("draft")
    waiting = desk(f"{SUBMIT} --json", code=2).refusals
    mended = set()
    while waiting:
        first = waiting[0]
        run_remedy(desk, first["remedy"])
        answer = desk(f"{SUBMIT} --json", code=None)
        waiting = answer.refusals if answer.code == 2 else []
        mended.add(first["code"])
        assert first["code"] not in {item["code"] for item in waiting}, first
    assert mended == LACKING
    assert desk.stage() == "review"


def test_a_step_that_the_stage_does_not_have_is_refused_with_those_it_has(
    office_at: Callable[..., Desk],
) -> None:
    desk = office_at("draft")
    answer = desk("gift advance 1 fulfil --json", code=2)
    assert answer.codes == {"not_from_here"}
    assert "报审" in answer.refusals[0]["remedy"]
    (told,) = json.loads(answer.err)["details"]
    assert "林秘书" in told
    assert "受理" in told


REVIEWER = "--for reviewer --evidence 材料/审核意见.pdf"
DONOR = "--for donor --evidence 材料/捐赠人确认.pdf"


@pytest.mark.parametrize(
    ("milestone", "line", "made"),
    [
        ("review", f"review approve 1 {REVIEWER}", "审核通过"),
        ("review", f"review return 1 --remark 请写明到账期限 {REVIEWER}", "退回修改"),
        ("donor_check", f"donor agree 1 {DONOR}", "捐赠人同意"),
        ("donor_check", f"donor object 1 名称请用全称 {DONOR}", "提出异议"),
    ],
)
@databases.only_sqlite("the rule asks nothing of the database")
def test_who_makes_a_step_again_learns_who_made_it_and_when(
    office_at: Callable[..., Desk], milestone: str, line: str, made: str
) -> None:
    desk = office_at(milestone)
    desk(line)
    answer = desk(f"{line} --json", code=2)
    assert answer.codes == {"not_from_here"}
    (told,) = json.loads(answer.err)["details"]
    assert "林秘书" in told
    assert "10:00" in told
    assert made in told


def test_of_a_gift_that_nobody_has_moved_no_last_step_is_told(office: Desk) -> None:
    office("gift new")
    answer = office("gift advance 1 fulfil --json", code=2)
    assert "details" not in json.loads(answer.err)


def test_a_step_with_records_of_its_own_names_its_command(office_at: Callable[..., Desk]) -> None:
    desk = office_at("review")
    answer = desk("gift advance 1 approve --json", code=2)
    assert answer.codes == {"own_command"}
    assert "donflow review approve G2026-0001" in answer.refusals[0]["remedy"]


def run_remedy(desk: Desk, remedy: str) -> None:
    """Run the command that a remedy names; what only a person knows is filled in."""
    found = re.search(r"donflow [ -~]+", remedy)
    assert found, remedy
    command = re.sub(r"--(file|evidence)\b.*", r"--\1 材料/党政联席会纪要.pdf", found[0].strip())
    if shlex.split(command)[1:3] == ["agreement", "fields"]:
        fields = desk(f"{command} --json").data
        missing = [field["name"] for field in fields if field["state"] == "missing"]
        desk(f"agreement set 1 {' '.join(f'{name}=按双方约定' for name in missing)}")
    else:
        desk(command)


def _decided(desk: Desk, step: str) -> list[str]:
    """The codes with which the rules themselves refuse, asked without the command line."""
    opened = open_office(desk.home, read_settings(desk.home, {}), {})
    now = datetime(2026, 3, 3, 2, tzinfo=UTC)
    with reading(opened.store) as session:
        gift = get_gift(session, "1", year=2026)
        actor = actor_of(get_user(session, "lin"), today=now.date())
        attempt = attempt_on(session, opened.office, gift, actor=actor, now=now)
        decision = decide(gift_machine(session, opened.office, gift), step, attempt)
    opened.close()
    assert isinstance(decision, Refusals)
    return [refusal.code for refusal in decision.refusals]


def _all_of(desk: Desk) -> object:
    """SQLite's file to the byte; of a server's database all rows."""
    if desk.database.exists():
        return sha256(desk.database.read_bytes()).hexdigest()
    return desk.rows()
