"""What every act of this office has at hand: its home, settings, calendar, keys, lifecycles."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from donflow.domain.actor import Actor
from donflow.domain.desk import Desk, person_of, roles_of
from donflow.domain.guards import GUARDS
from donflow.domain.workdays import Calendar, Vacation
from donflow.engine.machine import LifecycleMachine
from donflow.errors import N_, DonflowError
from donflow.settings import FILE_NAME, Settings
from donflow.store.journal import Subject, events_of, record
from donflow.store.keys import KeyRing, open_keys
from donflow.store.workflows import machines

SETTINGS = Subject("settings", 1)
"""What the journal says of the office itself."""


class DeskDiffers(DonflowError):
    code = "desk_differs"
    message = N_("{file} says that this is a {written} desk; the office is a {pinned} one.")
    remedy = N_(
        "Write back: desk = {pinned}. To change it, two persons agree:"
        " donflow settings desk {written}"
    )
    http_status = 403


@dataclass(frozen=True)
class Office:
    """One office: where it keeps things and how it works. Holds no session and no clock."""

    home: Path
    settings: Settings
    keys_file: Path
    _machines: dict[str, dict[str, LifecycleMachine]] = field(default_factory=dict, repr=False)

    @property
    def vault(self) -> Path:
        return self.home / "vault"

    @property
    def templates(self) -> Path:
        return self.home / "agreement_templates"

    @property
    def desk(self) -> Desk:
        return Desk(self.settings.desk)

    @cached_property
    def keys(self) -> KeyRing:
        """The key ring, opened when somebody's data is first needed."""
        return open_keys(self.keys_file)

    @cached_property
    def calendar(self) -> Calendar:
        """Working days with this office's vacations and announced exceptions."""
        return Calendar(
            overrides={
                date.fromisoformat(day): works for day, works in self.settings.workdays.items()
            },
            vacations=tuple(Vacation(item.first, item.last) for item in self.settings.vacations),
        )

    @cached_property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.settings.timezone)

    def today(self, now: datetime) -> date:
        """The office's date at this moment, whatever the host's time zone is."""
        return now.astimezone(self.zone).date()

    def machine(self, session: Session, version: str, lifecycle: str) -> LifecycleMachine:
        """The machine of a lifecycle in the version that a row began with."""
        if version not in self._machines:
            self._machines[version] = machines(session, version, GUARDS)
        return self._machines[version][lifecycle]

    def person(self, actor: Actor) -> str:
        """The identity that separation of duties compares."""
        return person_of(actor, self.desk)

    def roles(self, actor: Actor) -> frozenset[str]:
        """The roles this actor may act in, with the one outside that the evidence speaks for."""
        return frozenset(str(role) for role in roles_of(actor, self.desk))

    def acted_on(self, actor: Actor, now: datetime) -> date:
        """The day of the act: the one in the evidence of a 代录, the one entered, else today."""
        outside = actor.on_behalf_of
        return outside.acted_on if outside else actor.acted_on or self.today(now)


def pin_desk(session: Session, desk: Desk, *, actor: Actor | None, now: datetime) -> None:
    """Write down whose desk this is, so that nobody switches off the second person in a file."""
    record(session, SETTINGS, "desk_set", actor=actor, now=now, detail={"desk": desk})


def check_desk(session: Session, settings: Settings) -> None:
    """Raise DeskDiffers where the settings name another desk than the one written down last."""
    pinned = [e.detail["desk"] for e in events_of(session, SETTINGS) if e.action == "desk_set"]
    if pinned and pinned[-1] != settings.desk:
        raise DeskDiffers(file=FILE_NAME, written=settings.desk, pinned=pinned[-1])
