"""Meetings of chapters and of the association: their kinds, and how a meeting is titled."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class MeetingKind(StrEnum):
    """What meets; each kind is numbered by itself within the time of a council."""

    COUNCIL = "council"
    CONGRESS = "congress"
    SEMINAR = "seminar"
    LIAISONS = "liaisons"
    EVENT = "event"


def meeting_title(kind: str, council: int, session: int) -> str:
    """A meeting as its papers name it: 第四届理事会第三次会议."""
    before, after = _TITLES[MeetingKind(kind)]
    return f"第{ordinal(council)}届{before}第{ordinal(session)}次{after}"


def ordinal(number: int) -> str:
    """A number from 1 to 99 as Chinese titles write it, 十二 for 12; from 100 on in figures."""
    if not 0 < number < 100:
        return str(number)
    tens, ones = divmod(number, 10)
    before = "" if not tens else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return before + (_DIGITS[ones] if ones else "")


_DIGITS: Final = "〇一二三四五六七八九"
_TITLES: Final = {
    MeetingKind.COUNCIL: ("理事会", "会议"),
    MeetingKind.CONGRESS: ("代表大会", "会议"),
    MeetingKind.SEMINAR: ("理事会任内", "研讨会"),
    MeetingKind.LIAISONS: ("理事会任内", "联络员联谊会"),
    MeetingKind.EVENT: ("理事会任内", "活动"),
}
