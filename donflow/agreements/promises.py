"""Whether a new draft holds what was promised of the one that came back, and changes no more. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from donflow.agreements.differing import Difference
from donflow.agreements.models import Remark
from donflow.agreements.remarks import RemarkKind
from donflow.precheck.anatomy import dissect
from donflow.precheck.paper import Line, Paper
from donflow.word.reading import bare_label

WORDED = frozenset({RemarkKind.CHANGE, RemarkKind.UNTRACKED})
"""What names the very words to be put in or taken out."""


def kept(remark: Remark, sent: Sequence[str], newest: Sequence[str]) -> bool | None:
    """Whether the accepted words stand in their clause, or no more; None where none are named.

    Words to be taken out must stand there less often than in the text that was sent.
    """
    if remark.answer != "accepted" or remark.kind not in WORDED:
        return None
    text = _clause(newest, remark.clause or "")
    new, old = _plain(remark.new_words or ""), _plain(remark.old_words or "")
    if new:
        return new in text
    return text.count(old) < _clause(sent, remark.clause or "").count(old) if old else None


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


def _clause(lines: Sequence[str], clause: str) -> str:
    """The words of a clause without blanks; of all where there is no clause of that name."""
    anatomy = dissect(Paper(tuple(Line(no, text) for no, text in enumerate(lines, start=1))))
    within = (
        text
        for no, text in enumerate(lines, start=1)
        if bare_label(anatomy.clause_at(no)) == clause
    )
    return _plain("".join(within if clause else lines)) or _plain("".join(lines))


def _plain(text: str) -> str:
    return "".join(text.split()).strip("¶")
