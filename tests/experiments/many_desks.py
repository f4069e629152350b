"""An office shared by many: leaders who may all make the same step, and what answers say."""

from __future__ import annotations

import json
import multiprocessing
from pathlib import Path
from typing import Final

from donflow.accounts.users import add_user, assign_role
from donflow.domain.actor import Role
from donflow.store.session import unit_of_work
from tests.cast import ADMIN, INIT
from tests.experiments.taking_up import NOW, open_desk
from tests.experiments.under_way import SECRETARY
from tests.journeys.desk import Answer, Desk

processes = multiprocessing.get_context("fork")
"""The office of a child is open in a moment: all that it needs is loaded already."""

SPOKEN: Final = "en"


def username(leader: int) -> str:
    return f"leader{leader}"


def display_name(leader: int) -> str:
    return f"{'甲乙丙丁戊己庚辛'[leader]}院长"


def shared_office(folder: Path, url: str, *, leaders: int) -> Desk:
    """A fresh shared desk on the empty database at `url`, with so many leaders."""
    folder.mkdir()
    desk = Desk(folder, lang=SPOKEN)
    place = "" if url.startswith("sqlite") else f" --database {url}"
    desk(f"{INIT} --desk shared --admin {ADMIN.username} --admin-name {ADMIN.name}{place}")
    opened = open_desk(desk)
    day = opened.office.today(NOW)
    desk.day = day.isoformat()
    with unit_of_work(opened.store) as session:
        for leader in range(leaders):
            name = display_name(leader)
            user = add_user(session, username(leader), name, actor=SECRETARY, now=NOW)
            assign_role(session, user, Role.LEADER, since=day, actor=SECRETARY, now=NOW)
    opened.close()
    desk("gift list")  # what is loaded now need not be loaded by each child
    desk.close()
    return desk


def refusals(answer: Answer) -> list[dict[str, str]]:
    """What stood in the way: the last line of stderr, after remarks about other things."""
    told: list[dict[str, str]] = json.loads(answer.err.splitlines()[-1])["refusals"]
    return told
