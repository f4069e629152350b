"""Whoever agrees as the second person reads what is agreed to; nobody else leaves by it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from donflow.sheets.writing import write_list
from tests.cast import ADMIN
from tests.databases import only_sqlite
from tests.journeys.desk import Desk

pytestmark = only_sqlite("what is read here does not depend on the database")
OTHER = ADMIN.username


@pytest.fixture
def desk(office_at: Callable[..., Desk]) -> Desk:
    desk = office_at("new", shared=True)
    for name in ("梁启舟", "苏晚晴"):
        studied(desk, name)
    return desk


def studied(desk: Desk, name: str) -> int:
    number: int = desk(f"person add {name} --phone 1380000{len(name) * 1111} --json").data["person"]
    desk(f"person study {number} --enrol 2009 --major 会计学 --class 1 --source archive")
    return number


def shown(desk: Desk, order: int) -> str:
    """The same three times: in the list, by itself, and before it is done."""
    listed = desk("order list", as_=OTHER).out
    alone = desk(f"order show {order}", as_=OTHER).out
    for line in alone.splitlines()[1:]:
        assert line.strip() in listed
    return alone


def test_an_export_tells_how_many_of_whom_which_columns_and_what_for(desk: Desk) -> None:
    line = "roster export --year 2009 --full --reason 返校日通知 --json"
    order = desk(line).data["order"]
    told = shown(desk, order)
    for words in ("2", "2009", "入学", "姓名", "返校日通知"):
        assert words in told, words
    what = desk(f"order show {order} --json", as_=OTHER).data["what"]
    assert (what["people"], what["reason"]) == (2, "返校日通知")
    assert what["selection"] == {"year": "2009"}
    assert "phone" in what["columns"]
    confirmed = desk(f"order confirm {order}", as_=OTHER).out
    assert "返校日通知" in confirmed


def test_whoever_comes_into_the_class_afterwards_does_not_go_along(desk: Desk) -> None:
    asked = desk("roster export --year 2009 --full --reason 返校 --json").data
    desk(f"order confirm {asked['order']}", as_=OTHER)
    late = studied(desk, "郑后来")
    merged = studied(desk, "秦合并")
    desk(f"roster merge 2 {merged}")
    written = desk(f"roster export --agreed {asked['export']} --out 全.csv --json").data
    told = (desk.folder / "全.csv").read_text("utf-8-sig")
    assert written["people"] == 1
    assert "梁启舟" in told
    assert "郑后来" not in told
    assert "苏晚晴" not in told, "merged since with somebody who was not agreed to"
    assert late


def test_an_import_tells_its_size_day_source_and_fingerprint(desk: Desk) -> None:
    rows = [("方知远", "会计学"), ("余思齐", "会计学")]
    book = write_list("校友", ("姓名", "专业"), rows, created=datetime(2026, 3, 2, tzinfo=UTC))
    (desk.folder / "名册.xlsx").write_bytes(book)
    line = "roster import 名册.xlsx --as-of 2025-12-31 --yes --json"
    order = desk(line).data["order"]
    told = shown(desk, order)
    what = desk(f"order show {order} --json", as_=OTHER).data["what"]
    assert (what["people"], what["sheets"], what["as_of"]) == (2, 1, "2025-12-31")
    for words in ("2025", "校友", what["fingerprint"]):
        assert words in told, words
    assert desk(line).data["order"] == order


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("user add xin 新同事 --role finance", ("xin", "新同事", "财务")),
        ("user role zhou finance", ("zhou", "财务")),
        ("user deactivate zhou", ("zhou",)),
        ("settings desk single", ("共用", "单人")),
        ("person erase 1 --because asked", ("1", "本人")),
    ],
)
def test_every_other_order_tells_its_arguments_in_words(
    desk: Desk, line: str, words: tuple[str, ...]
) -> None:
    order = desk(f"{line} --json").data["order"]
    told = shown(desk, order)
    for word in words:
        assert word in told, told
    assert desk(f"order show {order} --json", as_=OTHER).data["what"]


def test_an_order_that_waits_no_more_is_not_shown(desk: Desk) -> None:
    order = desk("user deactivate zhou --json").data["order"]
    desk(f"order refuse {order}")
    desk(f"order show {order}", code=2)
