"""Changes of greeting rules that a second person confirms on a shared desk."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from sqlalchemy.orm import Session

from donflow.domain.actor import Actor
from donflow.greetings.planning import occasions_of
from donflow.greetings.rhythms import RhythmRules, check_rhythm, set_rhythm, stop_rhythm
from donflow.lifecycle.office import Office

SET_RHYTHM: Final = "greeting rhythm set"
STOP_RHYTHM: Final = "greeting rhythm stop"


def set_as_agreed(
    office: Office, session: Session, arguments: Mapping[str, Any], actor: Actor, now: datetime
) -> None:
    """Set the rhythm that was asked for; what was right then is looked at again."""
    told = dict(arguments)
    segment, occasion = told.pop("segment"), told.pop("occasion")
    rules = RhythmRules(**told)
    check_rhythm(session, occasions_of(office), segment, occasion, rules, new=True)
    set_rhythm(session, office, segment, occasion, rules, actor=actor, now=now)


def stop_as_agreed(
    session: Session, arguments: Mapping[str, Any], actor: Actor, now: datetime
) -> None:
    stop_rhythm(session, arguments["segment"], arguments["occasion"], actor=actor, now=now)
