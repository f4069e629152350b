"""What a finished redline does not say of its two files, found by reading it as people would."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest

from donflow.errors import N_, Sentence, say
from donflow.word.seeing.seen import View, lines, open_document
from donflow.word.settling import accept_all, reject_all


def unsaid(old: bytes, new: bytes, redline: bytes) -> Iterator[Sentence]:
    """Where the redline, accepted or rejected, does not read as the new file or the old one."""
    for settled, expected, message in (
        (
            accept_all(redline),
            new,
            N_("Accepted, the redline does not read as the new file from line {line} on."),
        ),
        (
            reject_all(redline),
            old,
            N_("Rejected, the redline does not read as the old file from line {line} on."),
        ),
    ):
        pairs = zip_longest(_read(settled), _read(expected))
        line = next((at for at, (one, other) in enumerate(pairs, start=1) if one != other), None)
        if line is not None:
            yield say(message, line=line)


def _read(docx: bytes) -> list[str]:
    return [line.text for line in lines(open_document(docx), View.AFTER)]
