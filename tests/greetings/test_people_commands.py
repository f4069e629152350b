"""Wishes, days of mourning, groups and condolences, as the secretary types them."""

from __future__ import annotations

from tests.databases import only_sqlite
from tests.journeys.desk import Desk


@only_sqlite("what the commands do, not where")
def test_a_secretary_keeps_wishes_groups_mourning_and_condolences(office: Desk) -> None:
    """One office for all: each step stands on the one before."""
    for name in ("梁启舟", "苏文君"):
        office(f"person add {name} --phone 1390000{len(name)}00{ord(name[0]) % 10} --json")
    office("person add 深圳市恒源数智科技有限公司 --kind company")
    _wishes(office)
    _mourning(office)
    _groups(office)
    _condolences(office)
    _erasure(office)
    assert office("verify --json").data["findings"] == []


def _wishes(office: Desk) -> None:
    unsaid = office("greeting wish show 1 --json").data
    assert unsaid == {
        "person": 1, "lunar_birthday": False, "leap_day": "february", "timezone": None,
        "channel": None, "quiet_until": None, "joint": False,
    }  # fmt: skip
    office("greeting wish set 1 --lunar-birthday --channel wechat --quiet-until 2026-12-31")
    told = office("greeting wish set 1 --joint --timezone America/New_York --json")
    assert told.data["quiet_until"] == "2026-12-31"
    assert told.data["timezone"] == "America/New_York"
    assert "person relate 1 spouse" in told.err
    office("person relate 2 spouse 1")
    heard = office("greeting wish set 1 --channel any --not-quiet --timezone office")
    assert "person relate" not in heard.err
    assert office("greeting wish show 梁启舟 --json").data == unsaid | {
        "lunar_birthday": True,
        "joint": True,
    }
    assert "农历" in office("greeting wish show 1").out
    for line, code in (
        ("greeting wish set 1", "nothing_wished"),
        ("greeting wish set 1 --timezone Mars/Base", "no_such_zone"),
        ("greeting wish set 1 --quiet-until 2026-12-31 --not-quiet", "quiet_twice"),
        ("greeting wish set 3 --lunar-birthday", "wish_of_body"),
    ):
        assert code in office(f"{line} --json", code=2).codes
    both = office("greeting wish set 3 --joint --timezone x --json", code=2)
    assert both.codes == {"wish_of_body", "no_such_zone"}


def _mourning(office: Desk) -> None:
    office("greeting mourning add 2026-12-13 --reason 国家公祭日")
    office("greeting mourning add 2026-05-19 --reason 悼念梁启舟老师")
    assert [each["day"] for each in office("greeting mourning list --json").data] == [
        "2026-12-13",
        "2026-05-19",
    ]
    again = office("greeting mourning add 2026-12-13 --reason 又一次 --json", code=2)
    assert again.codes == {"mourning_known"}
    office("greeting mourning remove 2026-12-13")
    office("greeting mourning remove 2026-12-13", code=2)


def _groups(office: Desk) -> None:
    office("greeting group add 深圳校友群 --people 230")
    office("greeting group add 百人群 --segment 百")
    office("greeting group add 深圳校友群", code=2)
    office("greeting group add 某群 --segment 没有", code=2)
    office("greeting group end 1")
    office("greeting group end 1", code=2)
    found = office("greeting group list --json").data
    assert [(each["group"], each["name"], each["ended_on"]) for each in found] == [
        (2, "百人群", None),
        (1, "深圳校友群", office.day),
    ]


def _condolences(office: Desk) -> None:
    told = office("person deceased 1 --died 2026-02 --source class_liaison --json")
    assert "donflow greeting condolence 2 --for 1" in told.err
    done = office("greeting condolence 2 --for 1 --json").data
    assert (done["person"], done["on"]) == (2, office.day)
    letters = office.sql("SELECT addressee_id, occasion, about, state, on_day FROM letter")
    assert [tuple(map(str, row)) for row in letters] == [
        ("2", "condolence", str(done["condolence"]), "planned", office.day)
    ]
    for line, code in (
        ("greeting condolence 2 --for 1", "condolence_known"),
        ("greeting condolence 1", "not_to_condole_with"),
        ("greeting condolence 3", "not_to_condole_with"),
        ("greeting condolence 2 --for 2", "oneself_mourned"),
    ):
        assert office(f"{line} --json", code=2).codes == {code}
    office("person deceased 1 --mistaken")


def _erasure(office: Desk) -> None:
    """The wish goes; the condolence to the widow stays and names nobody; then hers goes as well."""
    second = "--for leader --evidence 材料/党政联席会纪要.pdf"
    office(f"person erase 1 --because asked {second}")
    assert office.sql("SELECT count(*) FROM greeting_wish") == [(0,)]
    assert office.sql("SELECT constituent_id, for_id FROM condolence") == [(2, None)]
    assert office.sql("SELECT reason FROM mourning_day") == [("悼念*老师",)]
    office(f"person erase 2 --because asked {second}")
    assert office.sql("SELECT count(*) FROM condolence") == [(0,)]
    assert office.sql("SELECT state, reason FROM letter") == [("suppressed", "restricted")]


@only_sqlite("what the command says, not where")
def test_to_opt_out_is_one_line(office: Desk) -> None:
    office("person add 梁启舟 --phone 13900000001")
    office("person consent 1 greetings --given")
    office("person consent 1 greetings --channel mail --withdrawn")
    office("person consent 梁启舟 greetings --withdrawn")
    said = office("person show 1 --json").data["consents"]
    assert [each["decision"] for each in said] == ["given", "withdrawn", "withdrawn"]
