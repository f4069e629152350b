"""`donflow roster search`, as the secretary and others type it."""

from __future__ import annotations

from collections.abc import Callable

from tests.cast import ADMIN, HE, OUTSIDER
from tests.databases import only_sqlite
from tests.journeys.desk import Desk


@only_sqlite("the search itself is tried on both")
def test_people_are_searched_by_command(office: Desk) -> None:
    office("person add 单晚晴 --phone 13900000071")
    office("person add 苏启舟")

    (row,) = office("roster search swq 0071 --json").data

    assert row["name"] == "单晚晴"
    assert row["phone"] == "139****0071"
    assert row["matched"] == [
        {"word": "swq", "field": "pinyin"},
        {"word": "0071", "field": "contact"},
    ]
    assert office("roster search 启舟 --count --json").data == {"count": 1}
    assert "单晚晴" in str(office("roster search shan"))
    assert office("roster search 无此人 --json").data == []

    office("person restrict 2")
    assert "苏启舟（限制使用）" in str(office("roster search 启舟"))
    (restricted,) = office("roster search 启舟 --json").data
    assert restricted["status"] == "restricted"


@only_sqlite("what a scope means is worked out before the search")
def test_each_finds_those_whom_they_may_see(office_at: Callable[..., Desk]) -> None:
    desk = office_at("new", shared=True)
    own = desk("person add 单晚晴 --json", as_="lin").data["person"]
    desk("person add 单启舟", as_="lin")
    desk(
        f"gift new --donor {own} --amount 50万 --purpose 设立奖学金 --liaison {HE.name}", as_="lin"
    )

    def names(who: str) -> list[str]:
        return [row["name"] for row in desk("roster search 单 --json", as_=who).data]

    assert names("lin") == ["单晚晴", "单启舟"]
    assert names(HE.username) == ["单晚晴"]
    assert names(OUTSIDER.username) == []
    assert names(ADMIN.username) == [], "a hit would confirm the hidden name"
    (masked,) = desk(f"roster search {own} --json", as_=ADMIN.username).data
    assert (masked["name"], masked["phone"], masked["employer"]) == ("***", None, None)
    assert desk("roster search 单 --count --json", as_=HE.username).data == {"count": 1}
