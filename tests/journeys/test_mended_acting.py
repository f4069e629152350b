"""What an act answers when something fails: never more, and never less, than is stored."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import chdir, redirect_stderr, redirect_stdout

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Connection

from donflow.bootstrap import OpenOffice
from donflow.cli import run
from tests import databases
from tests.journeys.desk import Desk
from tests.journeys.tale import CERTIFICATE_NUMBER

RARE = "𠮷𠮷"
"""A name that a terminal in GBK cannot show."""


class Broken(io.StringIO):
    """A terminal that takes nothing."""

    def write(self, text: str) -> int:
        raise OSError(5, "input/output error")


def office_of(desk: Desk) -> OpenOffice:
    opened: OpenOffice = desk._offices[desk.home]
    return opened


def people(desk: Desk) -> list[str]:
    return [row["name"] for row in desk("person list --json").data]


def test_a_name_that_the_terminal_cannot_show_stops_nothing(office: Desk) -> None:
    office.close()
    done = subprocess.run(
        [sys.executable, "-c", "from donflow.cli import main; main()", "person", "add", RARE],
        env={**os.environ, "DONFLOW_HOME": str(office.home), "PYTHONIOENCODING": "gbk"},
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert rb"\U00020bb7" in done.stdout
    assert people(office) == [RARE]


def test_an_answer_that_cannot_be_told_does_not_deny_the_act(office: Desk) -> None:
    environment = {"DONFLOW_HOME": str(office.home), "DONFLOW_LANG": "en"}
    said = io.StringIO()
    with chdir(office.folder), redirect_stdout(Broken()), redirect_stderr(said):
        code = run(["person", "add", RARE], environment)
    assert code == 1
    assert "done and stored" in said.getvalue()
    assert "Nothing was changed" not in said.getvalue()
    assert people(office) == [RARE]


def test_a_copy_that_cannot_be_written_is_a_warning(office_at: Callable[..., Desk]) -> None:
    desk = office_at("perform")
    answer = desk("payment notice 1 --out 材料/银行回单.pdf/通知.docx --json")
    assert answer.data["document"]
    assert answer.data["paper"] is None
    assert '"warnings"' in answer.err
    assert "cannot_write" in answer.err


@pytest.mark.parametrize(
    ("stored", "answers", "code"), [(True, True, 0), (False, True, 1), (True, False, 3)]
)
def test_a_failed_commit_is_told_as_what_the_database_says(
    office: Desk, *, stored: bool, answers: bool, code: int
) -> None:
    def lose(connection: Connection) -> None:
        if stored:
            connection.exec_driver_sql("COMMIT")
        raise OSError("the connection broke")

    def refuse(_connection: Connection) -> None:
        raise OSError("nobody there")

    desk = office
    desk("person list")
    store = office_of(desk).store
    event.listen(store.writer, "commit", lose)
    if not answers:
        event.listen(store.reader, "begin", refuse)
    answer = desk("person add 梁启舟 --json --request-key k1", code=None)
    event.remove(store.writer, "commit", lose)
    if not answers:
        event.remove(store.reader, "begin", refuse)
        assert answer.codes == {"outcome_unknown"}
        assert "k1" in answer.refusals[0]["remedy"]
        assert desk("person add 梁启舟 --json --request-key k1").data
    if code == 1:
        assert answer.codes == {"not_applied"}
    assert people(desk) == (["梁启舟"] if stored else [])


def test_no_request_is_kept_without_a_key_and_no_name_with_one(
    office_at: Callable[..., Desk],
) -> None:
    desk = office_at("draft")
    assert desk.sql("SELECT * FROM request") == []
    first = desk("person add 林致远 --kind person --json --request-key k1").data
    ((kept,),) = desk.sql("SELECT outcome FROM request")
    assert "林致远" not in kept
    assert "林致远" in first["message"]
    again = desk("person add 林致远 --kind person --json --request-key k1").data
    assert (again["person"], "林致远" in again["message"]) == (first["person"], False)


def test_the_json_answer_carries_a_finished_sentence(office_at: Callable[..., Desk]) -> None:
    message = office_at("intent")("gift contact 1 --channel phone --json").data["message"]
    assert "G2026-0001" in message
    assert "{" not in message


def test_another_file_of_the_same_name_is_another_request(office_at: Callable[..., Desk]) -> None:
    desk = office_at("intent")
    scan = desk.papers / "纪要.pdf"
    scan.write_bytes((desk.papers / "银行回单.pdf").read_bytes())
    line = "gift record 1 identity_seen --file 材料/纪要.pdf --request-key k1"
    desk(line)
    scan.write_bytes((desk.papers / "证书用印照片.pdf").read_bytes())
    assert desk.refused(line) == {"request_reused"}
    (desk.papers / "银行回单.pdf").rename(desk.papers / "同一份.pdf")
    desk(line.replace("纪要", "同一份"))


@pytest.mark.parametrize("more", ["--acting-role secretary", "--seen 9", "--on 2026-03-01"])
def test_what_is_said_of_the_evidence_belongs_to_the_request(office: Desk, more: str) -> None:
    office("person add 林致远 --request-key k1")
    assert office.refused(f"person add 林致远 --request-key k1 {more}") == {"request_reused"}


def test_who_may_no_longer_act_gets_no_old_answer(office_at: Callable[..., Desk]) -> None:
    desk = office_at("intent", shared=True)
    line = "gift contact 1 --channel phone --request-key k1"
    desk(line, as_="he")
    desk(line, as_="he")
    order = desk("user deactivate he --json", as_="lin").data["order"]
    desk(f"order confirm {order}", as_="zheng")
    assert desk.refused(line, as_="he") != {"request_reused"}


def test_who_saw_the_right_version_may_act_on_a_ledger(office_at: Callable[..., Desk]) -> None:
    desk = office_at("receipted")
    line = f"certificate collect 1 --number {CERTIFICATE_NUMBER} --file 材料/证书用印照片.pdf"
    desk(f"{line} --seen {desk.gift()['version']}")


def test_the_last_act_on_a_ledger_is_named(office_at: Callable[..., Desk]) -> None:
    desk = office_at("receipted")
    seen = desk.gift()["version"]
    desk(f"certificate collect 1 --number {CERTIFICATE_NUMBER} --file 材料/证书用印照片.pdf")
    (refusal,) = desk(f"gift edit 1 --purpose 奖教金 --seen {seen} --json", code=2).refusals
    last = desk.sql("SELECT action FROM journal_event ORDER BY id DESC LIMIT 1")[0][0]
    assert refusal["code"] == "stale"
    assert last not in refusal["reason"]


def test_a_gift_is_linked_though_the_earlier_one_was_changed(
    office_at: Callable[..., Desk],
) -> None:
    desk = office_at("intent")
    desk("gift new --kind cash")
    desk("gift contact 1 --channel phone")
    seen = desk.gift("2")["version"]
    assert seen != desk.gift("1")["version"]
    desk(f"gift link 2 1 --seen {seen}")


def test_each_act_raises_the_version_also_at_the_same_moment(
    office_at: Callable[..., Desk],
) -> None:
    desk = office_at("intent")
    versions = [desk.gift()["version"]]
    for _ in range(3):
        desk("gift contact 1 --channel phone")
        versions.append(desk.gift()["version"])
    assert versions == sorted(set(versions))


def test_a_request_key_that_is_too_long_is_refused(office: Desk) -> None:
    assert office.refused(f"person add 林致远 --request-key {'k' * 81}") == {"wrong_request_key"}


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (["order", "confirm", "9" * 23], "number_too_large"),
        (["person", "add", "\udcff"], "broken_characters"),
    ],
)
def test_what_no_table_can_hold_is_refused_in_a_line(
    office: Desk, line: list[str], code: str
) -> None:
    said = io.StringIO()
    environment = {"DONFLOW_HOME": str(office.home), "DONFLOW_DEBUG": "1"}
    with redirect_stderr(said):
        assert run([*line, "--json"], environment) == 2
    assert code in said.getvalue()


@pytest.mark.parametrize(
    "setting",
    [
        'timezone = "Mars/X"\n',
        'timezone = "../etc"\n',
        '[workdays]\n"2026-02-30" = true\n',
        '[workdays]\n"2026-05-09" = "yes"\n',
    ],
)
def test_settings_that_name_no_place_or_day_are_refused_with_their_line(
    office: Desk, setting: str
) -> None:
    office.close()
    file = office.home / "donflow.toml"
    lines = [line for line in file.read_text("utf-8").splitlines() if "timezone" not in line]
    text = "\n".join(lines)
    file.write_text(
        setting + text if setting.startswith("timezone") else f"{text}\n{setting}", "utf-8"
    )
    answer = office("today", code=2, lang="en")
    number = file.read_text("utf-8").splitlines().index(setting.splitlines()[-1]) + 1
    assert answer.err.startswith(f"donflow.toml:{number}: ")
    file.write_text(text, "utf-8")


def test_the_reason_of_a_submission_is_kept(office_at: Callable[..., Desk]) -> None:
    desk = office_at("written")
    desk("gift advance 1 submit --reason 理事会急需", day="2026-03-06")
    assert desk.sql("SELECT reason FROM stage_change ORDER BY id DESC LIMIT 1") == [("理事会急需",)]


def test_that_nothing_was_changed_is_said_where_it_is_true(office: Desk) -> None:
    databases.refuse(office.url, "INSERT", "constituent")
    office.environment["DONFLOW_DEBUG"] = ""
    before = office.rows()
    answer = office("person add 林致远", code=1, lang="en")
    assert "Nothing was changed" in answer.err
    assert office.rows() == before
