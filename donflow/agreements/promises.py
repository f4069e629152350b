"""Whether a new draft holds what was accepted, and changes nothing unasked. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from typing import Final

from donflow.agreements.differing import Difference
from donflow.agreements.models import Remark
from donflow.agreements.remarks import RemarkKind
from donflow.domain.demand import Demand
from donflow.domain.masking import numbers_within
from donflow.precheck.anatomy import dissect
from donflow.precheck.paper import Line, Paper
from donflow.word.reading import bare_label

WORDED = frozenset({RemarkKind.CHANGE, RemarkKind.UNTRACKED})
"""What names the very words to be put in or taken out."""
SPOKEN = frozenset({RemarkKind.REMARK, RemarkKind.COMMENT})
"""What says in its own words what is wanted."""
ALIKE: Final = 0.5
"""Less of the words in common, and it is another clause."""


def kept(remark: Remark, sent: Sequence[str], newest: Sequence[str]) -> bool | None:
    """Whether the accepted words came into their clause, or left it; None where none are named.

    They count as having come where they stand more often than in the text that was sent. Long
    numbers are compared as they are kept, masked.
    """
    if remark.answer != "accepted" or remark.kind not in WORDED:
        return None
    new, old = _plain(remark.new_words or ""), _plain(remark.old_words or "")
    if new == old:  # nothing is named, or two numbers that are the same when masked
        return None
    before, after = _of_clause(remark.clause or "", sent, newest)
    if new:
        return after.count(new) > before.count(new)
    return after.count(old) < before.count(old)


def untouched(remark: Remark, sent: Sequence[str], newest: Sequence[str]) -> bool:
    """Whether a remark in words was accepted, and its clause still reads as it was sent.

    Whether a change meets the remark, no rule can say: only that none was made.
    """
    if remark.answer != "accepted" or remark.kind not in SPOKEN or remark.parent_no is not None:
        return False
    if remark.level != Demand.MUST or not remark.clause:
        return False
    before, after = _of_clause(remark.clause, sent, newest)
    return before == after


def unasked(
    differences: Iterable[Difference], remarks: Iterable[Remark]
) -> dict[str, tuple[Difference, ...]]:
    """By clause what was changed where no remark says anything (domain T11)."""
    named = {"".join((remark.clause or "").split()) for remark in remarks}
    found: dict[str, tuple[Difference, ...]] = {}
    for one in differences:
        if not any(_speaks_of(label, one.clause) for label in named):
            found[one.clause] = (*found.get(one.clause, ()), one)
    return found


def _speaks_of(label: str, clause: str) -> bool:
    """第三条 and 第三条第二款 speak of 第三条, 十一 not of 十; without a label only of none."""
    if not clause or label == clause:
        return label == clause
    return label.startswith(clause) and label[len(clause)] in _PART_FOLLOWS


def _of_clause(clause: str, sent: Sequence[str], newest: Sequence[str]) -> tuple[str, str]:
    """The clause in both texts, without blanks; the whole texts where one of them lacks it.

    A clause put in before it gives it another label: in the newest text it is the one that reads
    most like it, and of two alike the one of the same label.
    """
    before, after = _by_clause(sent).get(clause, ""), _by_clause(newest)
    if before and after:
        likeness = {label: _likeness(before, text) for label, text in after.items()}
        nearest = max(after, key=lambda label: (likeness[label], label == clause))
        if likeness[nearest] >= ALIKE:
            return before, after[nearest]
        if after.get(clause):
            return before, after[clause]
    return _plain("".join(sent)), _plain("".join(newest))


def _by_clause(lines: Sequence[str]) -> dict[str, str]:
    """The words of each clause by its label, without blanks."""
    anatomy = dissect(Paper(tuple(Line(no, text) for no, text in enumerate(lines, start=1))))
    found: dict[str, list[str]] = {}
    for no, text in enumerate(lines, start=1):
        found.setdefault(bare_label(anatomy.clause_at(no)), []).append(text)
    plain = ((label, _plain("".join(texts))) for label, texts in found.items())
    return {label: text for label, text in plain if text}


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def _plain(text: str) -> str:
    return numbers_within("".join(text.split())).strip("¶")


_PART_FOLLOWS: Final = "第（(/.．、"
"""What stands between the label of a clause and that of a part of it."""
