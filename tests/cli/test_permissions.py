"""Who may run which command: exactly as the policy says, and what is not yours is not there."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterator

import pytest

from donflow.accounts.policy import POLICY, open_commands
from donflow.domain.actor import Role
from tests.cast import COMPANY, EVERYBODY
from tests.cli.commands import all_commands, examples
from tests.journeys.desk import Desk, Workshop

COMMANDS = all_commands()
TRIED = sorted(set(COMMANDS) - open_commands())
OUTSIDE_OPTIONS = ("--for", "--evidence")


@pytest.fixture(scope="module")
def desk(workshop: Workshop, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A shared desk with a user in every role."""
    desk = workshop.copy("new", tmp_path_factory.mktemp("roles") / "office", shared=True)
    desk.day = "2026-12-28"  # after every day that an example names
    yield desk
    desk.close()


def test_every_command_has_its_row_and_every_row_its_command() -> None:
    assert sorted(POLICY) == sorted(COMMANDS)


@pytest.mark.parametrize("command", TRIED)
def test_each_role_may_what_the_policy_says(desk: Desk, command: str) -> None:
    line = _bare(examples(COMMANDS[command])[0])
    allowed = {
        person.role
        for person in EVERYBODY
        if not _forbidden(desk, f"{line} --json", person.username)
    }
    expected = {str(role) for role in POLICY[command]}
    assert allowed == expected & {person.role for person in EVERYBODY}


def test_a_checker_that_lets_all_through_would_be_seen(desk: Desk) -> None:
    assert _forbidden(desk, "gift new --json", "fang")
    assert not _forbidden(desk, "gift list --json", "fang")


@pytest.mark.parametrize("command", sorted(open_commands()))
def test_open_commands_need_neither_home_nor_user(tmp_path: object, command: str) -> None:
    assert set(POLICY[command]) == set(Role)


SEEING = ("gift show 1", "gift history 1", "paper list 1", "payment list 1", "journal show 1")


@pytest.mark.parametrize(
    ("milestone", "username", "line", "seen"),
    [
        ("intent", "lin", "gift show 1", True),
        ("intent", "he", "gift show 1", True),
        ("intent", "xu", "gift show 1", True),
        ("intent", "zhou", "gift show 1", False),
        ("intent", "qian", "gift show 1", False),
        ("intent", "fang", "gift show 1", False),
        ("intent", "wai", "gift show 1", False),
        ("review", "zhou", "gift show 1", True),
        ("review", "qian", "gift show 1", False),
        ("sealing", "fang", "gift show 1", True),
        ("sealing", "qian", "gift show 1", True),
        ("review", "fang", "paper list 1", False),
        ("intent", "zhou", "review show 1", False),
    ],
)
def test_a_gift_is_seen_from_the_day_it_concerns_somebody(
    office_at: Callable[..., Desk], milestone: str, username: str, line: str, seen: bool
) -> None:
    desk = office_at(milestone, shared=True)
    assert (desk(line, as_=username, code=None).code == 0) is seen
    listed = [row["number"] for row in desk("gift list --json", as_=username).data]
    if line == "gift show 1":
        assert listed == (["G2026-0001"] if seen else [])


@pytest.mark.parametrize("username", ["zhou", "qian", "fang", "wai"])
@pytest.mark.parametrize(
    "line", ["gift show {}", "gift options {}", "gift history {}", "paper list {}"]
)
def test_what_is_not_yours_and_what_is_not_there_look_the_same(
    office_at: Callable[..., Desk], username: str, line: str
) -> None:
    desk = office_at("intent", shared=True)
    foreign = desk(line.format("1"), as_=username, code=2)
    missing = desk(line.format("9"), as_=username, code=2)
    assert foreign.out == missing.out == ""
    assert foreign.err.replace("1", "9") == missing.err


def test_another_teachers_gift_is_not_there(office_at: Callable[..., Desk]) -> None:
    desk = office_at("intent", shared=True)
    desk(f"gift new --donor {COMPANY} --liaison 吴老师", as_="lin")
    assert desk("gift show 2", as_="lin")
    assert desk("gift show 2", as_="he", code=2)
    assert desk("gift contact 2 --channel phone", as_="he", code=2)


def test_a_teachers_new_gift_is_the_teachers_own(office_at: Callable[..., Desk]) -> None:
    desk = office_at("intent", shared=True)
    answer = desk(f"gift new --donor {COMPANY} --amount 5万", as_="he")
    assert answer.err == ""
    assert desk.gift("2")["liaison"] == "何老师"
    assert desk("gift show 2", as_="he")


def test_an_act_on_what_one_does_not_see_is_answered_all_the_same(
    office_at: Callable[..., Desk],
) -> None:
    desk = office_at("intent", shared=True)
    answer = desk(f"gift new --donor {COMPANY} --liaison 吴老师", as_="he")
    assert answer.err == ""


def test_a_user_who_was_deactivated_may_nothing(office_at: Callable[..., Desk]) -> None:
    desk = office_at("intent", shared=True)
    order = desk("user deactivate qian --json", as_="lin").data["order"]
    desk(f"order confirm {order}", as_="zheng")
    answer = desk("user list --json", as_="qian", code=2)
    assert answer.codes == {"user_inactive"}


def _forbidden(desk: Desk, line: str, username: str) -> bool:
    answer = desk(line, as_=username, code=None)
    return answer.code == 2 and answer.err.startswith("{") and "not_permitted" in answer.codes


def _bare(arguments: list[str]) -> str:
    """The example without evidence: in a shared desk everybody acts for himself."""
    kept: list[str] = []
    waiting = list(arguments)
    while waiting:
        word = waiting.pop(0)
        if word in OUTSIDE_OPTIONS:
            waiting.pop(0)
        else:
            kept.append(word)
    return shlex.join(kept)
