"""One ledger of contacts with a person: by hand, letters, parcels, thanks; none of them twice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from sqlalchemy import select

from donflow.accounts.users import actor_of, get_user
from donflow.bootstrap import open_office
from donflow.greetings.thanking import on_sent, still_thankful, thanked
from donflow.outbox.acts import happen
from donflow.outbox.models import Letter
from donflow.outbox.states import Event
from donflow.settings import read_settings
from donflow.store.session import unit_of_work
from tests import databases
from tests.cast import COMPANY
from tests.journeys.desk import Desk

OfficeAt = Callable[..., Desk]
ONCE = databases.only_sqlite("the ledger is asked in the same words on every database")

ALUMNA, SILENT, GONE = "江远帆", "苏静川", "陆行舟"


def send(desk: Desk, about: int) -> None:
    """The letter of thanks for a payment goes, as the outbox would say it."""
    desk.close()
    opened = open_office(desk.home, read_settings(desk.home, {}), {})
    now = datetime.fromisoformat(f"{desk.day}T10:00:00+08:00").astimezone(UTC)
    with unit_of_work(opened.store) as session:
        actor = actor_of(get_user(session, "lin"), today=opened.office.today(now))
        letter = session.scalars(select(Letter).where(Letter.about == about)).one()
        letter.channel = "mail"
        assert still_thankful(session, [about]) == {about}
        happen(session, letter, Event.ACCEPT, actor=actor, now=now)
        on_sent(session, letter, actor, now)
        on_sent(session, letter, actor, now)  # told twice, it is as told once
        assert thanked(session, [about]) == {about}
    opened.close()


@ONCE
def test_every_contact_stands_in_the_ledger_once(office_at: OfficeAt) -> None:
    desk = office_at("arrived")
    desk("contact add 1 called --note 商定颁奖日期 --gift 1", day="2026-05-21")
    desk("contact add 1 received --channel letter --on 2026-05-20 --note 来函致谢")
    send(desk, 1)
    assert desk.sql("SELECT outcome FROM task WHERE kind = 'thank'") == [("sent",)]
    assert desk("thanks list --json").data == []
    desk("parcel send 1 --by post --courier 邮政特快 --tracking EX000052031CN --with card")
    told = [
        (one["on"], one["kind"], one["what"], one["gift"])
        for one in desk("contact list 1 --json").data
    ]
    assert sorted(told) == [
        ("2026-03-03", "called", "contact", "G2026-0001"),
        ("2026-05-20", "received", "contact", None),
        ("2026-05-21", "called", "contact", "G2026-0001"),
        ("2026-05-21", "posted", "parcel", "G2026-0001"),
        ("2026-05-21", "sent", "letter", "G2026-0001"),
    ]
    assert told == sorted(told, key=lambda one: one[0], reverse=True)
    assert "致谢" in desk(f"contact list {COMPANY}").out
    assert desk("verify --json").data["findings"] == []


@ONCE
def test_who_was_not_contacted_is_told_by_segment_and_the_rate_counts_whom_we_reached(
    office: Desk,
) -> None:
    for no, name in enumerate((ALUMNA, SILENT, GONE), start=1):
        office(f"person add {name} --phone 1390000000{no}")
        office(f"person segment {no} 百")
    office("person add 何不言")
    office("person segment 4 千")
    office("person deceased 3 --on 2026-03-01 --source class_liaison")
    office("contact add 1 visited --note 走访企业")
    office("contact add 2 called --unreached")
    office("contact add 4 called")

    def rates() -> list[list[object]]:
        found = office("roster stats --json").data["contact_by_segment"]
        return [[one[key] for key in ("group", "living", "reached", "effective")] for one in found]

    assert rates() == [["百", 2, 2, 1], ["千", 1, 0, 0]]
    assert "百：" in office("today").out or "百: 1" in office("today", lang="en").out
    stale = office("contact stale --days 180 --segment 百 --json").data
    assert [(one["name"], one["last_on"]) for one in stale] == [(SILENT, None)]
    assert office.refused("contact stale --segment 佰") == {"segment_unknown"}
    office.day = "2026-09-15"
    stale = office("contact stale --days 180 --json").data
    assert [(one["name"], one["days"]) for one in stale] == [
        (SILENT, None),
        (ALUMNA, 197),
        ("何不言", 197),
    ]
    office.day = "2027-03-03"
    assert rates()[0] == ["百", 2, 2, 0]
    office("contact stale --xlsx 久未联系.xlsx")
    assert office.refused("contact add 3 called --gift 1") == {"not_found"}


@ONCE
def test_a_suggestion_on_cards_waits_in_today_until_it_is_answered(office: Desk) -> None:
    office(f"person add {ALUMNA}")
    office(f"contact suggest --by {ALUMNA} --occasion 立春 --text 卡上画校园的迎春花")
    assert office.refused("contact suggest --occasion 立夏前 --text 好") == {"no_such_occasion"}
    (line,) = office("today --json").data
    assert line["what"] == "suggestions"
    office(line["command"])
    office("contact answer 1 --text 已请设计老师采用")
    assert office("today --json").data == []
    assert office.refused("contact answer 1 --text 再答") == {"already_answered"}
    assert office.refused("contact answer 2 --text 再答") == {"not_found"}
    (told,) = office("contact suggestions --all --json").data
    assert told["answered_by"] == "林秘书"
    assert told["answered_on"] == "2026-03-02"
    assert told["occasion"] == "lichun"


@ONCE
def test_an_erased_person_leaves_neither_contact_nor_words(office: Desk) -> None:
    office(f"person add {ALUMNA}")
    office(f"person add {SILENT}")
    office("contact add 1 called --note 家中来电")
    office(f"contact add 2 called --note 请她转告{ALUMNA}")
    office(f"contact suggest --by {ALUMNA} --text 多用校园照片")
    office(f"contact suggest --by {SILENT} --text 请{ALUMNA}题字")
    office("person erase 1 --because asked --for leader --evidence 材料/党政联席会纪要.pdf")
    rows = str(office.rows()["contact"]) + str(office.rows()["card_suggestion"])
    assert ALUMNA not in rows
    assert "家中来电" not in rows
    assert "多用校园照片" not in rows
    assert [one["text"] for one in office("contact suggestions --json").data] == ["请*题字"]
    assert office("verify --json").data["findings"] == []


def thanking(desk: Desk) -> dict[str, str]:
    """The letter of thanks as it waits on the next working day."""
    desk("person reach 1 phone 13800000009", code=None)
    desk("greeting deliver", day="2026-05-25")
    (letter,) = (one for one in desk("greeting queue --json").data if one["occasion"] == "thanks")
    return letter


@ONCE
def test_thanks_that_a_person_sent_finish_their_task_at_once(office_at: OfficeAt) -> None:
    desk = office_at("arrived")
    letter = thanking(desk)
    assert (letter["state"], letter["channel"]) == ("ready", "wechat")
    assert [task["kind"] for task in desk("task list --json").data].count("thank") == 1
    desk(f"greeting sent {letter['id']}")
    assert "thank" not in [task["kind"] for task in desk("task list --json").data]
    assert desk.sql("SELECT outcome FROM task WHERE kind = 'thank'") == [("sent",)]
    assert desk("verify --json").data["findings"] == []


@ONCE
def test_thanks_that_went_by_any_other_way_finish_their_task_with_the_next_tick(
    office_at: OfficeAt,
) -> None:
    desk = office_at("arrived")
    letter = thanking(desk)
    desk.close()
    opened = open_office(desk.home, read_settings(desk.home, {}), {})
    now = datetime.fromisoformat(f"{desk.day}T10:00:00+08:00").astimezone(UTC)
    with unit_of_work(opened.store) as session:
        actor = actor_of(get_user(session, "lin"), today=opened.office.today(now))
        row = session.get_one(Letter, letter["id"])
        happen(session, row, Event.ACCEPT, actor=actor, now=now)
    opened.close()
    desk("greeting deliver")
    assert desk.sql("SELECT outcome FROM task WHERE kind = 'thank'") == [("sent",)]
