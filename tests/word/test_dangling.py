"""What a file refers to and does not hold is told, part by part; a whole file is told nothing."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace

import pytest

from donflow.word.reading import read
from tests.word.returned.comments_of_word import in_notes, ranges, threads
from tests.word.returned.markup import File, archived, packed
from tests.word.returned.other_makers import wps_comments


def unrelated(data: bytes, part: str) -> bytes:
    """The file without its relation to this part, which stays in it."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    name = "word/_rels/document.xml.rels"
    ends = members[name].decode().split("/>")
    members[name] = "/>".join(one for one in ends if f'Target="{part}"' not in one).encode()
    return archived(members)


GONE: dict[str, tuple[bytes, str]] = {
    "the comments": (
        packed(replace(ranges(), comments="")),
        "word/document.xml refers to 8 comments that are not in the file.",
    ),
    "one comment of a footnote": (
        packed(replace(in_notes(), comments=in_notes().comments.replace('w:id="0"', 'w:id="7"'))),
        "word/footnotes.xml refers to 1 comments that are not in the file.",
    ),
    "the footnotes": (
        packed(replace(in_notes(), footnotes="")),
        "word/document.xml refers to 1 notes that are not in the file.",
    ),
    "the header": (
        unrelated(packed(wps_comments()), "header1.xml"),
        "word/document.xml refers to a header or footer that is not in the file.",
    ),
    "the way to the states": (
        unrelated(packed(threads()), "commentsExtended.xml"),
        "Nothing in the file points to its part word/commentsExtended.xml; it was not read.",
    ),
}


@pytest.mark.parametrize("what", GONE)
def test_what_is_not_there_is_told(what: str) -> None:
    data, told = GONE[what]

    assert told in [str(one) for one in read(data).warnings]


@pytest.mark.parametrize("make", [ranges, in_notes, wps_comments, threads])
def test_a_whole_file_is_told_nothing_of_the_kind(make: Callable[[], File]) -> None:
    told = " ".join(str(one) for one in read(packed(make())).warnings)

    assert "refers to" not in told
    assert "points to" not in told
