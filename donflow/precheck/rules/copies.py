"""How many originals: that it is said, and that the shares add up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from donflow.domain.halfwidth import halfwidth
from donflow.errors import N_, say
from donflow.precheck.clauses import absent, found
from donflow.precheck.draft import Draft
from donflow.precheck.findings import Finding, Severity
from donflow.precheck.numerals import NUMERAL, whole_number


def rule(draft: Draft) -> Iterator[Finding]:
    """A split that says nothing of some party is held to the sum alone."""
    copies = draft.facts.copies
    if copies is None and any(re.search(_BLANK, line.text) for line in draft.paper.lines):
        return  # how many is left open, which the rule of blanks tells
    if copies is None:
        yield absent(
            "copies_missing",
            Severity.ERROR,
            say(N_("How many originals there are, and who keeps them, is not said.")),
        )
        return
    kept = sum(count for _, count in copies.split)
    said = halfwidth(draft.paper.text(copies.at))
    if copies.split and copies.total not in (
        kept,
        _for_so_many_sides(said, len(draft.facts.parties)),
    ):
        yield found(
            "copies_split_mismatch",
            Severity.ERROR,
            draft.paper.by_number[copies.at.line],
            (copies.at.start, copies.at.end),
            say(
                N_("Of {total} originals {kept} are given out."),
                total=copies.total,
                kept=kept,
            ),
        )


def _for_so_many_sides(said: str, parties: int) -> int | None:
    """三方各执二份 is six, whether or not the paper's head names a third party.

    各方各执二份 is for as many as are named, two under one label too.
    """
    each = re.search(_EACH_SIDE, said)
    count = whole_number(each["count"]) if each else None
    others = re.sub(_EACH_SIDE, "", said)
    if each is None or count is None or len(re.findall(rf"{NUMERAL}\s*份", others)) > 1:
        return None
    sides = parties if each["sides"] in "各每" else _SIDES.index(each["sides"]) // 2
    return sides * count


_BLANK: Final = r"[一壹1]\s*式\s*[_＿□ \u3000]+\s*份"
_SIDES: Final = "零〇一壹二两三叁四肆五伍六陆"
_EACH_SIDE: Final = (
    rf"(?P<sides>[各每二两三叁四肆五伍六陆])方(?:当事人)?(?:均|分别)?(?:各(?:自|方)?)?(?:执|持|存|留|保存|收执|持有|保留|"
    rf"留存)?(?:有|正本)?\s*(?P<count>{NUMERAL})\s*份"
)
