"""From the first screen to 已发: what waits for a hand, what cannot go, what comes, and why not."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.desk import Desk, Workshop, copy_of

EARLY, DAY = "2027-01-28", "2027-02-06"
NAMES = ("梁启舟", "苏婉清", "顾怀川", "温如玉")


@pytest.fixture(scope="module")
def made(workshop: Workshop, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """春节 is planned: a couple by WeChat, 顾怀川 on paper, 温如玉 by mail."""
    desk = workshop.copy("new", tmp_path_factory.mktemp("flow") / "office")
    desk.day = "2027-01-20"
    for number, name in enumerate(NAMES, start=1):
        desk(f"person add {name}" + (f" --phone 1380000000{number}" if number < 3 else ""))
        desk(f"person segment {number} 百")
        desk(f"person consent {number} greetings --given --channel any")
    desk("person relate 1 spouse 2")
    desk("greeting wish set 1 --joint")
    desk("person reach 3 address 430070云州市麓山区云麓路1号")
    desk("person reach 4 mail wen@example.org")
    desk("greeting rhythm set 百 春节")
    desk("greeting deliver")
    yield desk
    desk.close()


@pytest.fixture
def desk(made: Desk, tmp_path: Path) -> Iterator[Desk]:
    made.close()
    desk = copy_of(made, tmp_path / "office")
    desk.day = EARLY
    yield desk
    desk.close()


def lines(desk: Desk) -> dict[str, dict[str, str]]:
    return {line["what"]: line for line in desk("today --json").data}


def test_a_condolence_waits_for_a_hand_and_today_says_so(desk: Desk) -> None:
    desk("person deceased 3 --died 2027-01-27")
    desk("greeting condolence 4 --for 3")
    desk("scheduler --once")
    letters = desk("greeting queue --person 温如玉 --json").data
    (letter,) = (each for each in letters if each["occasion"] == "condolence")
    assert (letter["state"], letter["channel"]) == ("ready", "paper")
    line = lines(desk)["letters_by_paper"]
    desk(line["command"])
    assert "慰问" in line["command"]
    desk(f"greeting posted {letter['id']}")
    assert "letters_by_paper" not in lines(desk)


def test_cards_on_paper_are_printed_and_posted_before_their_day(desk: Desk) -> None:
    line = lines(desk)["letters_coming_by_paper"]
    printed = desk(f"{line['command']} --json").data["letters"]
    desk(f"greeting posted {printed[0]} --tracking SF1234567890")
    assert "letters_coming_by_paper" not in lines(desk)
    assert desk.refused(f"greeting posted {printed[0]}") == {"sent_already"}
    desk("greeting deliver", day=DAY)
    letters = desk("greeting queue --person 顾怀川 --state sent --json").data
    assert [(each["id"], each["on"]) for each in letters] == [(printed[0], DAY)]
    assert desk("verify").code == 0


def test_nothing_is_printed_weeks_before_and_nothing_by_wechat_is_posted(desk: Desk) -> None:
    desk.day = "2027-01-26"
    assert desk.refused(f"greeting print --occasion 春节 --on {DAY}") == {"nothing_on_paper"}
    by_name = {each["name"]: each["id"] for each in desk("greeting queue --json").data}
    desk.day = EARLY
    assert desk.refused(f"greeting posted {by_name['梁启舟']}") == {"not_by_hand"}
    assert desk.refused(f"greeting posted {by_name['温如玉']}") == {"not_by_hand"}
    desk("person deceased 3 --died 2027-01-27")
    assert desk.refused(f"greeting posted {by_name['顾怀川']}") == {"may_not_go"}
    desk(f"greeting sent {by_name['顾怀川']} --went-out")


def test_what_was_posted_early_silences_the_term_before_it(desk: Desk) -> None:
    desk("greeting rhythm set 百 立春")
    printed = desk(f"greeting print --occasion 春节 --on {DAY} --json").data["letters"]
    desk(f"greeting posted {printed[0]}")
    told = desk("greeting preview --occasion 立春 --person 顾怀川 --json").data
    assert [each["reason"] for each in told] == ["just_greeted"]
    desk("greeting deliver", day="2027-02-04")
    told = desk("greeting queue --person 顾怀川 --state suppressed --json").data
    assert [(each["occasion"], each["reason"]) for each in told] == [("lichun", "just_greeted")]


def test_today_names_what_comes_and_what_ends_today(desk: Desk) -> None:
    desk.day = "2027-02-04"
    assert lines(desk)["letters_coming_by_wechat"]["due_on"] == DAY
    desk("greeting deliver", day=DAY)
    assert "今天是最后一天" in desk("today --all").out
    assert lines(desk)["letters_by_wechat"]["command"] == "donflow greeting wechat"


def test_a_couples_letter_stands_in_both_ledgers(desk: Desk) -> None:
    desk("greeting deliver", day=DAY)
    assert [each["name"] for each in desk("contact stale --segment 百 --json").data] == list(NAMES)
    (letter,) = desk("greeting wechat --json").data
    desk(f"greeting sent {letter['id']}")
    for name in NAMES[:2]:
        (told,) = desk(f"contact list {name} --json").data
        assert (told["about"], told["channel"]) == ("spring_festival", "wechat")
    stale = [each["name"] for each in desk("contact stale --segment 百 --json").data]
    assert stale == list(NAMES[2:])


def test_mail_without_a_server_is_told_wherever_somebody_looks(desk: Desk) -> None:
    assert "letters_without_server" not in lines(desk)
    assert "[mail]" in desk("greeting rhythm set 百 立春 --channel mail").err
    desk("greeting approve --occasion 春节", code=None)
    answer = desk("scheduler --once", day=DAY)
    assert "[mail]" in answer.err
    assert "letters_without_server" in lines(desk)
    assert "mail" in {each["code"] for each in desk("doctor --json", code=None).data}


def test_an_empty_preview_says_why_and_what_comes_next(office: Desk) -> None:
    office.day = "2027-03-02"
    told = office("greeting preview").out
    assert "2027年3月30日" in told
    assert "donflow greeting preview --through" in told


def test_a_copied_office_is_led_by_commands_that_work(desk: Desk) -> None:
    desk.close()
    copy = desk.folder / "copy"
    shutil.copytree(desk.home, copy)
    other = Desk(
        desk.folder,
        day=DAY,
        environment={"DONFLOW_HOME": str(copy), "DONFLOW_KEYS": f"{desk.home}.keys"},
    )
    answer = other("scheduler --once", code=2)
    assert "instance release --yes" in answer.err
    assert "held=" not in answer.err + answer.out
    (line,) = (each for each in other("today --json").data if "held" in each["what"])
    assert "clock_stands_still" not in lines(other)
    other(line["command"])
    answer = other("scheduler --once")
    assert "held=" not in answer.err + answer.out
    line = lines(other)["letters_held"]
    other(line["command"])
    assert "donflow greeting release" in other("today --all").out
    other("greeting release")
    assert not any("held" in each for each in lines(other))
    other.close()
