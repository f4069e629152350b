"""The same request sent twice is done once; a stale page is told who changed what."""

from __future__ import annotations

from collections.abc import Callable

from tests.cast import COMPANY
from tests.journeys.desk import Desk

NEW = f"gift new --donor {COMPANY} --amount 3万 --json --request-key abc123"


def test_the_same_request_has_one_effect_and_one_answer(office_at: Callable[..., Desk]) -> None:
    desk = office_at("intent")
    first = desk(NEW).data
    assert "（就业指导办公室）" in first["message"]
    rows = desk.rows()
    again = desk(NEW, day="2026-03-05").data
    assert again["message"] == first["message"].replace("就业指导办公室", "—")
    assert again | {"message": ""} == first | {"message": ""}
    assert desk.rows() == rows
    assert len(desk("gift list --json").data) == 2


def test_without_a_key_each_request_is_another(office_at: Callable[..., Desk]) -> None:
    desk = office_at("intent")
    line = NEW.partition(" --request-key")[0]
    assert desk(line).data["gift"] != desk(line).data["gift"]


def test_a_key_is_not_taken_for_another_request(office_at: Callable[..., Desk]) -> None:
    desk = office_at("intent", shared=True)
    desk(NEW)
    assert desk.refused(NEW.replace("3万", "4万").replace(" --json", "")) == {"request_reused"}
    other = "gift contact 1 --channel phone --request-key abc123"
    assert desk.refused(other) == {"request_reused"}
    assert desk.refused(NEW.replace(" --json", ""), as_="he") == {"request_reused"}


def test_a_refused_request_may_be_sent_again(office_at: Callable[..., Desk]) -> None:
    desk = office_at("intent")
    line = "gift advance 1 take_up --request-key xyz"
    assert desk.refused(line)
    for mend in (
        "gift contact 1 --channel phone",
        "gift edit 1 --restricted --pay-by 2026-05-29 --notice-given-on 2026-03-02",
    ):
        desk(mend)
    desk(line)
    assert desk.stage() == "screen"


def test_who_saw_an_older_version_is_told_who_changed_what(
    office_at: Callable[..., Desk],
) -> None:
    desk = office_at("intent", shared=True)
    seen = desk.gift()["version"]
    desk("gift contact 1 --channel phone --note 已通话", as_="he", day="2026-03-03")
    line = f"gift edit 1 --purpose 设立奖教金 --seen {seen}"
    answer = desk(f"{line} --json", as_="lin", code=2)
    assert answer.codes == {"stale"}
    assert "何老师" in answer.refusals[0]["reason"]
    assert "2026年3月3日" in answer.refusals[0]["reason"]
    assert desk.refused(line, as_="lin") == {"stale"}
    desk(line.replace(f"--seen {seen}", f"--seen {desk.gift()['version']}"), as_="lin")


def test_what_changed_nothing_is_answered_and_not_kept(office_at: Callable[..., Desk]) -> None:
    desk = office_at("intent")
    before = desk.rows()
    assert desk("states activate").out
    assert desk.rows() == before
