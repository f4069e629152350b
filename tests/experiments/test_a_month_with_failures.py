"""A month of an office whose machine goes down three times: exactly the oracle's letters.

Mail, WeChat by hand and thanks for a payment; a sender is killed before its answer, the hand-off
journal loses half a line in a power cut, and then the machine stands still for five days.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, datetime

import pytest
from sqlalchemy import select

from donflow.outbox import handoff
from donflow.outbox.models import Addressee, Letter, LetterState
from donflow.roster.models import ContactKind
from donflow.store.session import reading
from tests.experiments.letters_check import amiss
from tests.experiments.mailing_office import add_people, opened, use_sink
from tests.journeys.desk import Desk
from tests.post.mail_server import Fault, MailSink, Plan

OCCASIONS = {"xiaoman": "2026-05-21", "mangzhong": "2026-06-05", "dragon_boat": "2026-06-19"}
BACK = "2026-06-22"
"""When the machine runs again, three days after the festival."""
COMPANY = 1
"""Number 1 of the tale: it pays, and was never asked whether it wishes to be greeted."""

Stand = tuple[int, str, str, str | None]
"""To whom, for what, its end, the reason."""


@pytest.fixture
def desk(office_at: Callable[..., Desk]) -> Iterator[Desk]:
    desk = office_at("perform")
    yield desk
    desk.close()


def test_a_month_in_which_the_machine_goes_down_three_times(
    desk: Desk, figures: Callable[[str, str], None]
) -> None:
    begun = time.monotonic()
    known = [int(number) for (number,) in desk.sql("SELECT id FROM constituent")]
    heard = datetime.fromisoformat("2026-05-19T10:00:00+08:00")
    mailed = add_people(desk, 3, heard=heard)
    by_wechat = add_people(desk, 2, by=ContactKind.PHONE, heard=heard)
    with MailSink() as sink:
        use_sink(desk, sink.port)
        for occasion in OCCASIONS:
            desk(f"greeting rhythm set all {occasion}", day="2026-05-20")
        desk("payment record 1 --amount 50万 --remark 捐赠恒源奖学金 --slip 材料/银行回单.pdf")
        desk("payment confirm 1 --for finance --evidence 材料/到账通知.pdf")
        wake(desk, "2026-05-20")
        # The sender is killed while it waits for the answer; the server has taken the letter.
        sink.plans.extend([Plan(), Plan(Fault.END_SILENT, takes=True)])
        killed(desk, "2026-05-21", sink, 2)
        wake(desk, "2026-05-21", doubts=1)
        wake(desk, "2026-05-22")
        wake(desk, "2026-06-04")
        # What a power cut left of a line is no line, and takes none of the others with it.
        with (desk.home / handoff.FILE).open("ab") as log:
            log.write(b"\nH 2j7tqmk4x5.0@example.edu 5f1d 1 2026-06-")
        wake(desk, "2026-06-05")
        wake(desk, "2026-06-17")
        wake(desk, BACK)
        accepted = sink.counts()
    desk.close()

    with opened(desk.home) as office:
        wrong = amiss(office.store, desk.home, accepted, today=date.fromisoformat(BACK))
        with reading(office.store) as session:
            rows = session.scalars(
                select(Letter).where(Letter.addressee_kind == Addressee.CONSTITUENT)
            )
            stand = {(x.addressee_id, x.occasion, x.state, x.reason) for x in rows}
    assert wrong == []
    assert stand == oracle(known, [*mailed, *by_wechat])
    assert Counter(accepted.values()) == {1: 2 * len(mailed)}
    ends = Counter(state for _, _, state, _ in stand)
    shown = ", ".join(f"{count} {state}" for state, count in ends.most_common())
    figures("month", f"down three times: {shown}, as the oracle says"
                     f" ({time.monotonic() - begun:.0f} s)")  # fmt: skip


def oracle(known: list[int], asked: list[int]) -> set[Stand]:
    """Who was asked gets what fell on days when the machine ran; the others are told why not."""
    stand: set[Stand] = {(COMPANY, "thanks", LetterState.SENT, None)}
    for occasion in OCCASIONS:
        for number in (*known, *asked):
            if occasion == "dragon_boat":
                end: tuple[str, str | None] = (LetterState.EXPIRED, "late")
            elif number in asked:
                end = (LetterState.SENT, None)
            else:
                end = (LetterState.SUPPRESSED, "not_asked")
            stand.add((number, occasion, *end))
    return stand


def wake(desk: Desk, day: str, *, doubts: int = 0) -> None:
    """A day at the office: approve, deliver, send by hand, and settle what is in doubt."""
    desk.day = day
    desk("scheduler --once")
    waiting = [row["batch"] for row in desk("greeting batches --json").data]
    if waiting:
        desk(f"greeting approve {' '.join(map(str, waiting))}")
        desk("greeting deliver")
    queue = desk("greeting queue --json").data
    ready = [row["id"] for row in queue if row["state"] == "ready" and row["channel"] == "wechat"]
    if ready:
        desk(f"greeting sent {' '.join(map(str, ready))}")
    unclear = [row["id"] for row in queue if row["state"] == "in_doubt"]
    assert len(unclear) == doubts
    for number in unclear:
        desk(f"greeting settle {number} --arrived")
    desk.close()


def killed(desk: Desk, day: str, sink: MailSink, bodies: int) -> None:
    """A real process delivers; it dies when the server has so many bodies."""
    desk.day = day
    desk.close()
    line = [sys.executable, "-c", "from donflow.cli import main; main()", "greeting", "deliver"]
    environment = {**os.environ, **desk.said()}
    sender = subprocess.Popen(line, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    until = time.monotonic() + 60
    while len(sink.accepted) < bodies and time.monotonic() < until and sender.poll() is None:
        time.sleep(0.02)
    sender.kill()
    out, err = sender.communicate()
    assert len(sink.accepted) == bodies, (out, err)
