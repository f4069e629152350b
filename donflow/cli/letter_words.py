"""Words for where a letter stands, and for why it does not go."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from donflow.cli.naming_letters import HOLDS, SKIP_NAMES, WHY_NAMES
from donflow.errors import N_
from donflow.greetings.reasons import Reason, Unknown
from donflow.lifecycle.digests import INACTIVE
from donflow.outbox.evidence import LOG_PROVES
from donflow.outbox.models import LetterState
from donflow.outbox.settling import Why

STATE_NAMES: Final[Mapping[str, str]] = {
    LetterState.PLANNED: N_("planned"),
    LetterState.READY: N_("ready to go"),
    LetterState.CLAIMED: N_("being written"),
    LetterState.HANDING_OFF: N_("being handed over"),
    LetterState.RETRY_WAIT: N_("waiting for another attempt"),
    LetterState.HELD: N_("held"),
    LetterState.IN_DOUBT: N_("in doubt"),
    LetterState.SENT: N_("sent"),
    LetterState.REFUSED: N_("refused"),
    LetterState.SUPPRESSED: N_("not sent"),
    LetterState.EXPIRED: N_("expired"),
}
REASON_NAMES: Final[Mapping[str, str]] = {
    Reason.LATE: N_("its last day has passed"),
    Reason.MERGED: N_("the number was merged into another"),
    Reason.RESTRICTED: N_("the data are only stored, or erased"),
    Reason.DECEASED: N_("the person has died"),
    Reason.STRUCK: N_("the payment was struck"),
    Reason.THANKED: N_("thanked otherwise already"),
    Reason.MOURNING: N_("a day of mourning"),
    Reason.BEREAVED: N_("a condolence within a week"),
    Reason.QUIET: N_("wishes not to be disturbed"),
    Reason.DISPUTE: N_("a dispute over a gift"),
    Reason.OPTED_OUT: N_("wishes no greetings"),
    Reason.NOT_ASKED: N_("nobody asked whether greetings are wished"),
    Reason.NO_ADDRESS: N_("no channel is left to reach them"),
    Reason.HOUSEHOLD: N_("greeted together with the household"),
    Reason.JUST_GREETED: N_("greeted within three days"),
    Reason.CAP: N_("four letters this month already"),
    Unknown.NO_OCCASION: N_("the office has no such occasion any more"),
    Unknown.NO_ADDRESSEE: N_("nobody is known under the number"),
    INACTIVE: N_("the user acts no more"),
    "no_answer": N_("no answer came"),
    "in_doubt": N_("no clear answer came"),
    "refused": N_("the other side will not have it"),
    "not_begun": N_("the mail server could not be reached"),
    "later": N_("the other side asked to try again later"),
    "body_not_taken": N_("the connection broke off"),
    LOG_PROVES: N_("the hand-off journal says so"),
    "by_a_person": N_("decided by a person"),
    Why.NOT_ARRIVED: WHY_NAMES[Why.NOT_ARRIVED],
    **HOLDS,
    **SKIP_NAMES,
}
