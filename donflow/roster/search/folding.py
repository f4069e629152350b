"""Text as it is compared: half-width, lower case, without blanks and without the dots in names."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from donflow.domain.halfwidth import halfwidth

LONGEST: Final = 200
"""Characters of a query; nobody types more to find a person."""


def folded(text: str) -> str:
    """The one form in which a stored value and a typed word are compared, character by character.

    Left out are blanks, control and unseen characters, the dots that part a minority name in many
    spellings, and the private characters by which an index writes its own marks.
    """
    return _DROPPED.sub("", unicodedata.normalize("NFC", halfwidth(text).casefold()))


def words_of(text: str) -> tuple[str, ...]:
    """The words of a query, parted by blanks, each once; nothing of one that is too long."""
    if len(text) > LONGEST:
        return ()
    return tuple(dict.fromkeys(word for word in map(folded, halfwidth(text).split()) if word))


_DROPPED: Final = re.compile(
    "[\\s\x00-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff"
    "\u00b7\u2022\u2027\u2219\u22c5\u30fb\uff65\U000f0000-\U000f00ff]"
)
