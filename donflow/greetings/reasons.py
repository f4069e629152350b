"""Why somebody is not greeted: the codes, in the order in which they are asked."""

from __future__ import annotations

from enum import StrEnum


class Reason(StrEnum):
    """The first that holds is the reason (docs/greetings.md)."""

    LATE = "late"
    MERGED = "merged"
    RESTRICTED = "restricted"
    DECEASED = "deceased"
    STRUCK = "struck"
    THANKED = "thanked"
    MOURNING = "mourning"
    BEREAVED = "bereaved"
    QUIET = "quiet"
    DISPUTE = "dispute"
    OPTED_OUT = "opted_out"
    NOT_ASKED = "not_asked"
    NO_ADDRESS = "no_address"
    HOUSEHOLD = "household"
    JUST_GREETED = "just_greeted"
    CAP = "cap"


class Unknown(StrEnum):
    """Why a letter is not even judged: nobody knows what it is for, or to whom it goes."""

    NO_OCCASION = "no_occasion"
    NO_ADDRESSEE = "no_addressee"
