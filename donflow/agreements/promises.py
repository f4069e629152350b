"""Whether a new draft holds what was accepted, and changes nothing unasked. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from donflow.agreements.differing import Difference
from donflow.agreements.models import Remark
from donflow.agreements.remarks import RemarkKind
from donflow.domain.masking import numbers_within
from donflow.precheck.anatomy import dissect
from donflow.precheck.paper import Line, Paper
from donflow.word.reading import bare_label

WORDED = frozenset({RemarkKind.CHANGE, RemarkKind.UNTRACKED})
"""What names the very words to be put in or taken out."""


def kept(remark: Remark, sent: Sequence[str], newest: Sequence[str]) -> bool | None:
    """Whether the accepted words came into their clause, or left it; None where none are named.

    They count as having come where they stand more often than in the text that was sent. Long
    numbers are compared as they are kept, masked.
    """
    if remark.answer != "accepted" or remark.kind not in WORDED:
        return None
    new, old = _plain(remark.new_words or ""), _plain(remark.old_words or "")
    if not new and not old:
        return None
    before, after = _of_clause(remark.clause or "", sent, newest)
    if new:
        return after.count(new) > before.count(new)
    return after.count(old) < before.count(old)


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
    """第三条 and 第三条第二款 speak of 第三条; what has no label only of what has none."""
    return label.startswith(clause) if clause else not label


def _of_clause(clause: str, *texts: Sequence[str]) -> tuple[str, ...]:
    """The clause in each text, without blanks; the whole texts where one of them lacks it."""
    parts = tuple(_within(lines, clause) for lines in texts)
    return parts if all(parts) else tuple(_plain("".join(lines)) for lines in texts)


def _within(lines: Sequence[str], clause: str) -> str:
    anatomy = dissect(Paper(tuple(Line(no, text) for no, text in enumerate(lines, start=1))))
    numbered = enumerate(lines, start=1)
    return _plain(
        "".join(text for no, text in numbered if bare_label(anatomy.clause_at(no)) == clause)
    )


def _plain(text: str) -> str:
    return numbers_within("".join(text.split())).strip("¶")
