"""What one wording has and another has not, word for word: pure, and short enough to read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Final


class Change(StrEnum):
    """Whether a piece stands in both wordings, only in the old one, or only in the new one."""

    SAME = "same"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True)
class Piece:
    """Words that follow each other and fared alike."""

    change: Change
    text: str


def difference(old: str, new: str) -> tuple[Piece, ...]:
    """The pieces in reading order; what is gone stands before what came in its place.

    Joined without the new pieces they are the old wording, without the gone ones the new.
    """
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    pieces: list[Piece] = []
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for tag, first, last, start, end in matcher.get_opcodes():
        if tag == "equal":
            pieces.append(Piece(Change.SAME, "".join(before[first:last])))
            continue
        if last > first:
            pieces.append(Piece(Change.GONE, "".join(before[first:last])))
        if end > start:
            pieces.append(Piece(Change.NEW, "".join(after[start:end])))
    return tuple(pieces)


def marked(pieces: tuple[Piece, ...], *, around: int = 12) -> str:
    """The pieces in one line: 〔-gone-〕〔+new+〕, of what stays only the words beside a change."""
    told = []
    last = len(pieces) - 1
    for index, piece in enumerate(pieces):
        text = piece.text
        if piece.change is Change.SAME and len(text) > 2 * around:
            head = text[:around] if index > 0 else ""
            tail = text[-around:] if index < last else ""
            text = f"{head}…{tail}"
        told.append(_MARKS[piece.change].format(text))
    return "".join(told)


_MARKS: Final = {Change.SAME: "{}", Change.GONE: "〔-{}-〕", Change.NEW: "〔+{}+〕"}
# A Han character is a word; Latin words and figures stay whole.
_WORDS: Final = re.compile(r"[A-Za-z]+|\d[\d,.]*|\s+|.", re.DOTALL)
