"""E08: whatever is tried by whomever in whatever order, the office stands where a small model says.

The lifecycle is the shipped one without its `needs`, so that every stage is reached: which facts a
step waits for is asked elsewhere; here it is roles, separation of duties, versions and keys.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, ClassVar

import pytest
import yaml
from hypothesis import HealthCheck, Phase, Verbosity, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from donflow.accounts.users import actor_of, get_user
from donflow.bootstrap import OpenOffice, open_office
from donflow.cli import acting, repeating
from donflow.domain.actor import EvidenceKind, OnBehalf, Role
from donflow.errors import DonflowError
from donflow.gifts.models import Gift
from donflow.lifecycle import advance as advancing
from donflow.lifecycle import office as offices
from donflow.settings import read_settings
from donflow.store.session import unit_of_work
from tests.cast import ADMIN, XU
from tests.journeys.desk import Answer, Desk, Workshop

ROOT = Path(__file__).parents[2]
FIRST = date(2026, 6, 1)
STEPS_EACH, FULL, EVERYDAY = 50, 200, 8
AT_ONCE = 2
FORWARD = st.sampled_from([*[0] * 14, 1, 2, 3])
"""Which of the steps that leave a stage: mostly the first, which leads on."""
ROLES = {
    "lin": {"secretary"},
    "zhou": {"reviewer", "secretary"},
    "he": {"liaison"},
    "xu": {"leader"},
    "qian": {"finance"},
    "fang": {"seal_keeper"},
    "wai": {"chapter_officer"},
    "donor": {"donor"},
}
"""Who tries what, with their roles; what the donor does is recorded by lin and counts as lin's."""
STARTS_ANEW = ("submit", "resubmit")


def bare_states() -> dict[str, Any]:
    """The shipped lifecycles without what their steps wait for."""
    states: dict[str, Any] = yaml.safe_load((ROOT / "states.yaml").read_text("utf-8"))
    for lifecycle in states["lifecycles"].values():
        for step in lifecycle["transitions"]:
            step.pop("needs", None)
    return states


GIFT = bare_states()["lifecycles"]["gift"]
NAMES = sorted({step["do"] for step in GIFT["transitions"]})


@dataclass
class Modelled:
    """A gift as the model has it: where it stands, since when, its events, who did what."""

    kind: str
    entered: date
    events: int
    stage: str = str(GIFT["initial"])
    done: dict[str, set[str]] = field(default_factory=dict)

    def move(self, name: str, who: str, day: date, *, reason: bool) -> bool:
        """Make the step if the rules allow it to this person; whether they do."""
        person = "lin" if who == "donor" else who
        for step in GIFT["transitions"]:
            others = {
                done for other in step.get("other_than", ()) for done in self.done.get(other, ())
            }
            if (
                step["do"] == name
                and self.stage in listed(step["from"])
                and self.kind in step.get("kinds", (self.kind,))
                and ROLES[who] & set(listed(step["by"]))
                and (reason or step.get("reason") != "required")
                and person not in others
                and day >= self.entered
            ):
                break
        else:
            return False
        if name in STARTS_ANEW:
            self.done = {kept: self.done[kept] for kept in STARTS_ANEW if kept in self.done}
            self.done[name] = set()
        self.done.setdefault(name, set()).add(person)
        self.stage, self.entered, self.events = str(step["to"]), day, self.events + 1
        return True

    @property
    def ended(self) -> bool:
        return bool(GIFT["stages"][self.stage].get("end"))


def listed(given: Any) -> list[str]:
    return given if isinstance(given, list) else [given]


class Office(RuleBasedStateMachine):
    """The office and the model side by side; all examples share the office, each has its gifts."""

    desk: ClassVar[Desk]
    document: ClassVar[str]
    examples: ClassVar[int] = 0
    tried: ClassVar[int] = 0
    moved: ClassVar[int] = 0
    gifts = Bundle("gifts")

    def __init__(self) -> None:
        super().__init__()
        Office.examples += 1
        self.example, self.day = Office.examples, FIRST
        self.model: dict[str, Modelled] = {}
        self.answers: dict[str, tuple[str, str, Any]] = {}
        self.first = 0
        self.first = int(self.ask("SELECT coalesce(max(id), 0) FROM gift")[0][0])

    # what is tried

    @initialize(target=gifts, kind=st.sampled_from(["cash", "small"]))
    def begin(self, kind: str) -> str:
        return self.register(kind)

    @precondition(lambda self: sum(not g.ended for g in self.model.values()) < AT_ONCE)
    @rule(target=gifts, kind=st.sampled_from(["cash", "small"]))
    def register_another(self, kind: str) -> str:
        return self.register(kind)

    def register(self, kind: str) -> str:
        number = str(self.type(f"gift new --kind {kind} --anonymous --json").data["gift"])
        _, _, events = self.stored(number)
        self.model[number] = Modelled(kind, self.day, events)
        return number

    @rule(
        gift=gifts,
        name=st.sampled_from(NAMES),
        who=st.sampled_from(sorted(ROLES)),
        reason=st.booleans(),
    )
    def try_any_step(self, gift: str, name: str, who: str, reason: bool) -> None:
        self.step(gift, name, who, reason=reason)

    @rule(gift=gifts, ways=st.lists(st.tuples(FORWARD, st.integers(0, 3)), min_size=3, max_size=8))
    def go_on_as_one_may(self, gift: str, ways: list[tuple[int, int]]) -> None:
        for which, who in ways:
            here = [s for s in GIFT["transitions"] if self.model[gift].stage in listed(s["from"])]
            if here:
                step = here[which % len(here)]
                may = [name for name, roles in ROLES.items() if roles & set(listed(step["by"]))]
                self.step(gift, step["do"], may[who % len(may)], reason=True)

    @rule(gift=gifts, late=st.integers(0, 2))
    def contact_with_a_page_seen(self, gift: str, late: int) -> None:
        _, version, _ = self.stored(gift)
        line = f"gift contact {gift} --channel phone --seen {max(1, version - late)} --json"
        if late and version > 1 and not self.model[gift].ended:
            assert self.refused(line) == {"stale"}
        else:
            self.write(gift, line)

    @rule(gift=gifts, key=st.integers(0, 3), note=st.sampled_from(["甲", "乙"]))
    def contact_with_a_request_key(self, gift: str, key: int, note: str) -> None:
        name = f"{self.example}-{key}"
        line = f"gift contact {gift} --channel phone --note {note} --request-key {name} --json"
        earlier = self.answers.get(name)
        if earlier is None:
            answer = self.write(gift, line)
            if answer is not None:
                self.answers[name] = (gift, note, answer)
        elif earlier[:2] != (gift, note):
            assert self.refused(line) <= {"request_reused", "gift_ended"}
        elif not self.model[gift].ended:
            before = self.everything()
            assert self.type(line).data == earlier[2]
            assert self.everything() == before

    @rule(gift=gifts, purpose=st.sampled_from(["资助图书馆", "奖励学生"]))
    def correct(self, gift: str, purpose: str) -> None:
        self.write(gift, f"gift edit {gift} --purpose {purpose} --json", free=True)

    @rule(gift=gifts, what=st.sampled_from(["back", "forward", "export", "restart"]))
    def meanwhile(self, gift: str, what: str) -> None:
        before = self.everything()
        match what:
            case "export":
                self.type(f"gift history {gift} --xlsx 经过.xlsx")
            case "restart":
                self.desk.close()
            case _:
                self.day += timedelta(days=1 if what == "forward" else -1)
        assert self.everything() == before

    # what holds

    @invariant()
    def the_office_is_as_the_model_says(self) -> None:
        told = {number: (gift.stage, gift.events) for number, gift in self.model.items()}
        assert {row[0]: (row[1], row[3]) for row in self.ask(STORED) if row[0] in told} == told

    def teardown(self) -> None:
        if self.example % 20 == 0:
            assert self.type("verify --json").data["findings"] == []

    # how it is tried

    def step(self, number: str, name: str, who: str, *, reason: bool) -> None:
        Office.tried += 1
        allowed = self.model[number].move(name, who, self.day, reason=reason)
        before = self.everything()
        done = self.advance(number, name, who, reason="试行" if reason else None)
        assert done == allowed, (number, name, who, self.model[number])
        assert done or self.everything() == before
        Office.moved += done

    def advance(self, number: str, name: str, who: str, *, reason: str | None) -> bool:
        opened = self.opened()
        now = datetime(self.day.year, self.day.month, self.day.day, 2, tzinfo=UTC)
        try:
            with unit_of_work(opened.store) as session:
                user = get_user(session, "lin" if who == "donor" else who)
                actor = actor_of(user, today=self.day)
                if who == "donor":
                    said = OnBehalf(Role.DONOR, EvidenceKind.MESSAGE, self.document, self.day)
                    actor = replace(actor, acting_role=Role.SECRETARY, on_behalf_of=said)
                gift = session.query(Gift).filter_by(number=number).one()
                advancing.advance(
                    session, opened.office, gift, name, actor=actor, now=now, reason=reason
                )
        except DonflowError:
            return False
        return True

    def write(self, number: str, line: str, *, free: bool = False) -> Any:
        """A command that writes one event, or perhaps none if `free`; refused after the end."""
        gift = self.model[number]
        if gift.ended:
            assert self.refused(line) == {"gift_ended"}
            return None
        answer = self.type(line).data
        _, _, events = self.stored(number)
        gift.events = events if free and events <= gift.events + 1 else gift.events + 1
        return answer

    def refused(self, line: str) -> set[str]:
        before = self.everything()
        codes = self.type(line, code=2).codes
        assert self.everything() == before, line
        return codes

    def type(self, line: str, *, code: int = 0) -> Answer:
        Office.tried += 1
        return self.desk(line, day=self.day.isoformat(), as_="lin", code=code)

    def opened(self) -> OpenOffice:
        """The office that the command lines use, opened again after a restart."""
        home = self.desk.home
        if home not in self.desk._offices:
            self.desk._offices[home] = open_office(home, read_settings(home, {}), {})
        opened: OpenOffice = self.desk._offices[home]
        return opened

    def stored(self, number: str) -> tuple[str, int, int]:
        """Stage, version and number of events, as the database has them."""
        _, stage, version, events = next(row for row in self.ask(STORED) if row[0] == number)
        return stage, version, events

    def everything(self) -> list[tuple[Any, ...]]:
        """What any act would leave a mark in."""
        return self.ask(EVERYTHING)

    def ask(self, query: str) -> list[tuple[Any, ...]]:
        """An answer of the database past donflow; of its gifts only those of this example."""
        with closing(sqlite3.connect(self.desk.database)) as database:
            return database.execute(query, {"from": self.first}).fetchall()


STORED = (
    "SELECT number, stage, row_version, (SELECT count(*) FROM journal_event"
    " WHERE subject_type = 'gift' AND subject_id = gift.id) FROM gift WHERE id > :from"
)
EVERYTHING = (
    "SELECT (SELECT max(id) FROM journal_event), (SELECT max(id) FROM stage_change),"
    " (SELECT sum(row_version) FROM gift), (SELECT count(*) FROM contact),"
    " (SELECT count(*) FROM request)"
)


@pytest.fixture
def desk(workshop: Workshop, tmp_path: Path) -> Iterator[Desk]:
    """A shared desk with the bare lifecycle, at which one person could submit and approve."""
    made = workshop.copy("new", tmp_path / "office", shared=True)
    (made.folder / "流程.yaml").write_text(json.dumps(bare_states(), ensure_ascii=False), "utf-8")
    for line, second in (("user role zhou secretary", ADMIN), ("states activate 流程.yaml", XU)):
        order = made(f"{line} --json", as_="lin").data["order"]
        made(f"order confirm {order}", as_=second.username)
    Office.desk = made
    Office.document = made("vault add 材料/捐赠人回复.pdf --json", as_="lin").data["fingerprint"]
    Office.examples = Office.tried = Office.moved = 0
    yield made
    made.close()


def run_machine(examples: int, start: int) -> None:
    how = settings(
        max_examples=examples,
        stateful_step_count=STEPS_EACH,
        deadline=None,
        database=None,
        phases=(Phase.generate,),
        verbosity=Verbosity.quiet,
        suppress_health_check=list(HealthCheck),
        print_blob=False,
        report_multiple_bugs=False,
    )
    run_state_machine_as_test(seed(start)(Office), settings=how)


def test_the_office_and_the_model_agree(
    desk: Desk,
    points: Callable[..., int],
    seed: int,
    figures: Callable[[str, str], None],
) -> None:
    run_machine(points(FULL, EVERYDAY), seed)
    assert desk("verify --json", as_="lin").data["findings"] == []
    figures("E08", f"{Office.tried} acts tried, {Office.moved} steps made, 0 differ from the model")


def forgets_who_did_what(*_given: object) -> dict[str, frozenset[str]]:
    return {}


def any_role(*_given: object) -> frozenset[Role]:
    return frozenset(Role)


def nothing(*_given: object) -> None:
    return None


@pytest.mark.parametrize(
    ("module", "name", "broken"),
    [
        (advancing, "_persons", forgets_who_did_what),
        (offices, "roles_of", any_role),
        (acting, "check_fresh", nothing),
        (repeating.Request, "of", nothing),
    ],
    ids=["the submitter approves", "any role does", "a stale page writes", "a key does twice"],
)
def test_a_broken_build_is_found(
    desk: Desk,
    points: Callable[..., int],
    seed: int,
    monkeypatch: pytest.MonkeyPatch,
    module: Any,
    name: str,
    broken: Callable[..., object],
) -> None:
    monkeypatch.setattr(module, name, broken)
    with pytest.raises(AssertionError):
        run_machine(points(FULL), seed)
