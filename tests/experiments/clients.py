"""Clients who act on few gifts and note it, and a nemesis who kills, stops and restarts.

Each client is a process with a note file of its own, to which a line is added before an act and
after its answer, so that what it was told outlives it. One that was killed comes back, and mostly
sends its unanswered act again under the same request key.
"""

from __future__ import annotations

import json
import os
import random
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from donflow.bootstrap import OpenOffice
from donflow.errors import DonflowError
from donflow.gifts.models import Gift
from donflow.store.session import reading
from tests import databases
from tests.cast import LIN
from tests.experiments.crash_check import STORED, UNKNOWN
from tests.experiments.history_check import Act, Link
from tests.experiments.many_desks import processes, refusals, username
from tests.experiments.taking_up import open_desk
from tests.journeys.desk import Answer, Desk

CLIENTS: Final = 6
GIFTS: Final = 6
"""Few enough that the clients meet on them."""
DONOR, GROUND = "江远帆", "争议说明.txt"
STANDS: Final = "perform"
SENT_AGAIN: Final = 0.8
"""How many unanswered acts are sent once more; the others stay unknown."""

Break = Callable[[OpenOffice], OpenOffice]


@dataclass(frozen=True)
class Nemesis:
    """Every so many seconds (`pace`) a client is killed, or stopped for at most `longest`."""

    seed: int
    seconds: float
    pace: tuple[float, float]
    longest: float = 3.0
    restart: Callable[[], None] | None = None
    """Stops the server at once and starts it again, twice in all."""
    let_go: Callable[[], None] = lambda: None
    """What a client does first: it closes what it has inherited and would keep the server alive."""


@dataclass
class Deeds:
    """What the nemesis did."""

    killed: int = 0
    stopped: int = 0
    restarted: int = 0
    fell: list[int] = field(default_factory=list)
    """Exit codes of clients who ended by themselves before their time."""


def prepare(desk: Desk) -> None:
    """Bring so many small gifts to where they can be suspended and resumed, again and again."""
    (desk.folder / GROUND).write_text("捐赠人对使用方向有异议。", "utf-8")
    desk(f"person add {DONOR} --kind person --phone 13900001111")
    for gift in range(1, GIFTS + 1):
        for line in (
            f"gift new --kind small --donor {DONOR} --amount 五千 --purpose 资助图书馆"
            " --channel visit --liaison 何老师",
            f"gift edit {gift} --restricted --pay-by 2026-05-29 --notice-given-on {desk.day}"
            " --beneficiary 云麓大学管理学院",
            f"gift contact {gift}",
            f"gift advance {gift} take_up",
            f"gift screen {gift} --source-of-funds 工资 --passed",
            f"gift advance {gift} accept",
            f"gift record {gift} dispute --file {GROUND}",
        ):
            desk(line)
    desk.close()


def storm(desk: Desk, notes: Path, nemesis: Nemesis, broken: Break | None = None) -> Deeds:
    """Let the clients act until the time is over, with the nemesis among them; all have ended."""
    chance, deeds, lives = random.Random(nemesis.seed), Deeds(), count(1)
    until = time.monotonic() + nemesis.seconds
    restarts = [until - nemesis.seconds * part for part in (0.66, 0.33)] if nemesis.restart else []

    def born(number: int) -> Any:
        place, drawn = notes / f"{number}.jsonl", chance.random()
        arguments = (desk, place, next(lives), drawn, until, nemesis.let_go, broken)
        process = processes.Process(target=_live, args=arguments)
        process.start()
        return process

    running = [born(number) for number in range(CLIENTS)]
    asleep: dict[Any, float] = {}
    strike = time.monotonic() + chance.uniform(*nemesis.pace)
    try:
        while (now := time.monotonic()) < until:
            for number, process in enumerate(running):
                if not process.is_alive():
                    deeds.fell += [process.exitcode] if _fell(process) else []
                    running[number] = born(number)
            _wake([process for process, wakes in asleep.items() if wakes <= now], asleep)
            if now >= strike:
                strike = now + chance.uniform(*nemesis.pace)
                _strike(chance.choice(running), asleep, chance, nemesis, deeds)
            if nemesis.restart and restarts and now >= restarts[0]:
                del restarts[0]
                nemesis.restart()
                deeds.restarted += 1
            time.sleep(0.01)
        _wake(list(asleep), asleep)
        for process in running:
            process.join(60)
            deeds.fell += [process.exitcode] if _fell(process) else []
    finally:
        for process in running:
            process.kill()
            process.join()
    return deeds


def _strike(
    process: Any, asleep: dict[Any, float], chance: random.Random, nemesis: Nemesis, deeds: Deeds
) -> None:
    if chance.random() < 0.6:
        process.kill()
        process.join()
        asleep.pop(process, None)
        deeds.killed += 1
    else:
        os.kill(process.pid, signal.SIGSTOP)
        asleep[process] = time.monotonic() + chance.uniform(0.1, nemesis.longest)
        deeds.stopped += 1


def _wake(sleepers: list[Any], asleep: dict[Any, float]) -> None:
    for process in sleepers:
        os.kill(process.pid, signal.SIGCONT)
        del asleep[process]


def _fell(process: Any) -> bool:
    """Whether a client ended by himself before his time, or does not end."""
    return process.exitcode not in (0, -signal.SIGKILL)


def history(notes: Path) -> list[Act]:
    """What all clients noted, an act sent twice as one."""
    acts: dict[str, Act] = {}
    for file in sorted(notes.glob("*.jsonl")):
        for note in _noted(file):
            if "answered" in note:
                acts[note["name"]] = replace(acts[note["name"]], **note["answered"])
            else:
                asked = {name: note[name] for name in ("name", "gift", "began", "read", "seen")}
                acts[note["name"]] = Act(**asked, ended=note["began"], ending="info")
    return list(acts.values())


def chains(desk: Desk) -> tuple[dict[int, list[Link]], list[str]]:
    """The clients' acts in the journal's order, and those whose rows no event has written.

    Read past donflow, by the name that each act left in the row it wrote.
    """
    desk.close()
    rows = {
        f"{table}:{row}": Link(*link)
        for table, columns in OWN.items()
        for row, *link in databases.execute(desk.url, f"SELECT id, {columns} FROM {table}")
        if str(link[0]).startswith(PREFIX)
    }
    found: dict[int, list[Link]] = {gift: [] for gift in range(1, GIFTS + 1)}
    events = databases.execute(
        desk.url,
        "SELECT subject_id, written FROM journal_event WHERE subject_type = 'gift'"
        " ORDER BY subject_id, seq",
    )
    for gift, written in events:
        for key in json.loads(written) if isinstance(written, str) else written:
            if key in rows:
                found[gift].append(rows.pop(key))
    return found, [link.act for link in rows.values()]


PREFIX: Final = "act-"
OWN: Final = {
    "contact": "note",
    "gift_record": "note",
    "stage_change": "reason, from_stage, to_stage",
}


def _live(
    desk: Desk,
    notes: Path,
    life: int,
    seed: float,
    until: float,
    let_go: Callable[[], None],
    broken: Break | None,
) -> None:
    """Act until the time is over; first what an earlier life left unanswered."""
    let_go()
    chance, opened = random.Random(seed), _opened(desk, until)
    if opened is None:
        return
    own = replace(desk, _offices={desk.home: broken(opened) if broken else opened})
    left = _unanswered(notes)
    while time.monotonic() < until:
        again = left is not None and chance.random() < SENT_AGAIN
        asked = left if again else _chosen(opened, chance, notes, life)
        left = None
        if asked is None:
            time.sleep(0.05)
            continue
        answered = _answered(own(asked["line"], as_=asked["user"], code=None), again=again)
        _note(notes, {"name": asked["name"], "answered": answered})
        left = asked if answered["ending"] == "info" else None
    own.close()


def _opened(desk: Desk, until: float) -> OpenOffice | None:
    """The office as soon as its server answers."""
    while time.monotonic() < until:
        with suppress(DonflowError):
            return open_desk(desk)
        time.sleep(0.05)
    return None


def _chosen(
    opened: OpenOffice, chance: random.Random, notes: Path, life: int
) -> dict[str, Any] | None:
    """An act that fits the gift as it was just read, noted; None while the server is gone."""
    began, gift = time.monotonic(), chance.randint(1, GIFTS)
    with suppress(DBAPIError), reading(opened.store) as session:
        query = select(Gift.stage, Gift.row_version).where(Gift.id == gift)
        stage, read = session.execute(query).one()
        return _asked(chance, gift, stage, read, began, notes, life)
    return None


def _asked(
    chance: random.Random, gift: int, stage: str, read: int, began: float, notes: Path, life: int
) -> dict[str, Any]:
    name = f"{PREFIX}{notes.stem}-{life}-{time.monotonic_ns()}"
    move = "suspend" if stage == STANDS else "resume"
    line, user = chance.choice(
        [
            (f"gift advance {gift} {move} --reason {name}", username(0)),
            (f"gift advance {gift} {move} --reason {name}", username(0)),
            (f"gift contact {gift} --note {name}", LIN.username),
            (f"gift record {gift} dispute --file {GROUND} --note {name}", LIN.username),
        ]
    )
    seen = chance.random() < 0.5
    line += f" --request-key {name} --json" + (f" --seen {read}" if seen else "")
    asked = {"name": name, "gift": gift, "began": began, "read": read, "seen": seen}
    asked |= {"line": line, "user": user}
    _note(notes, asked)
    return asked


def _answered(answer: Answer, *, again: bool) -> dict[str, Any]:
    """How the act ended, from what the command said.

    Who sends it again and does not come through learns nothing of the first time.
    """
    ended = {"ended": time.monotonic(), "said": answer.err}
    if answer.code == 0:
        return {**ended, "ending": "ok", "version": answer.data["version"]}
    if STORED in answer.err:
        return {**ended, "ending": "ok"}
    kept_out = again and any(each["code"] in NOT_LET_IN for each in refusals(answer))
    return {**ended, "ending": "info" if kept_out or answer.code == UNKNOWN else "fail"}


NOT_LET_IN: Final = frozenset({"server_gone", "server_unreachable", "in_use"})


def _note(notes: Path, said: dict[str, Any]) -> None:
    """A whole line in one write, which a kill does not tear."""
    with notes.open("ab", buffering=0) as file:
        file.write(json.dumps(said, ensure_ascii=False).encode() + b"\n")


def _noted(notes: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in notes.read_text("utf-8").splitlines()]


def _unanswered(notes: Path) -> dict[str, Any] | None:
    last = None
    for note in _noted(notes) if notes.exists() else []:
        if "answered" not in note:
            last = note
        elif note["answered"]["ending"] != "info":
            last = None
    return last
