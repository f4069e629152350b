"""Rhythms, planning, preview, queue and approval, as the secretary types them."""

from __future__ import annotations

from collections.abc import Callable

from tests.cast import ADMIN
from tests.databases import only_sqlite
from tests.journeys.desk import Desk


@only_sqlite("what the commands do, not where")
def test_a_secretary_sets_rhythms_plans_looks_and_approves(office: Desk) -> None:
    """One office for all: each step stands on the one before."""
    usual = {(each["segment"], each["occasion"]) for each in _json(office, "rhythm list")}
    assert ("donors", "spring_festival") in usual
    assert ("教师", "teachers_day") in usual
    assert len(usual) == 10
    office("person add 梁启舟 --gender male")
    office("person segment 1 百 --json")
    office("greeting rhythm set 百 中秋节 --channel folder --signer 院长 --hour 8")
    told = office("greeting plan --through 2026-10-12 --json").data
    assert (told["letters"], told["taken_back"], told["through"]) == (1, 0, "2026-10-12")
    assert office("greeting plan --json").data["letters"] == 0
    [letter] = _json(office, "queue")
    assert (letter["occasion"], letter["state"], letter["salutation"]) == (
        "mid_autumn",
        "planned",
        "梁启舟先生",
    )
    [seen] = _json(office, "preview --through 2026-10-12")
    assert (seen["state"], seen["reason"], seen["id"]) == ("suppressed", "not_asked", letter["id"])
    [batch] = _json(office, "batches")
    assert (batch["occasion"], batch["letters"], batch["brake"]) == ("mid_autumn", 1, False)
    assert "batches" in {each["what"] for each in office("today --json --all").data}
    assert office("greeting approve --json", code=2).codes == {"nothing_named"}
    assert office("greeting approve --day 2026-09-25 --json", code=2).codes == {
        "day_without_occasion"
    }
    assert office("greeting approve --occasion 春节 --json", code=2).codes == {"none_waits"}
    done = office("greeting approve --occasion 中秋 --day 2026-09-25 --json").data
    assert done["batches"] == [batch["batch"]]
    again = office(f"greeting approve {batch['batch']} 99 --json", code=2)
    assert "not_approvable" in again.codes
    office("greeting rhythm stop 百 中秋节")
    assert office("greeting plan --json").data["taken_back"] == 1
    wrong = office("greeting rhythm set groups 生日 --channel mail --json", code=2)
    assert "wrong_rhythm" in wrong.codes
    assert office("greeting rhythm set 百 中秋节啊 --json", code=2).codes == {"no_such_occasion"}
    assert office("verify --json").data["findings"] == []


@only_sqlite("what the commands do, not where")
def test_on_a_shared_desk_a_second_person_confirms_a_rhythm(
    office_at: Callable[..., Desk],
) -> None:
    shared = office_at("new", shared=True)
    order = shared("greeting rhythm set 捐赠人 元宵节 --words 团圆安康 --json").data["order"]
    assert "元宵节" in shared("order list").out
    assert len(_json(shared, "rhythm list")) == 10
    shared(f"order confirm {order}", as_=ADMIN.username)
    assert len(_json(shared, "rhythm list")) == 11


def _json(desk: Desk, line: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = desk(f"greeting {line} --json").data
    return found
