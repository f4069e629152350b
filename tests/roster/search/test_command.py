"""`donflow roster search`, as the secretary types it."""

from __future__ import annotations

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
