"""A draft as a reviewer's Word sends it back: comments, tracked and untracked changes.

The markup is that of `tests.word.markup_builder`, not of donflow's own writers.
"""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from pathlib import Path

from tests.word import markup_builder as markup

ZHOU, LEGAL = "周审核", "外部法务"


@dataclass(frozen=True)
class Hand:
    """What one hand did at some words: a comment with answers, other words, or both.

    `untracked` words are put in with tracking switched off.
    """

    words: str
    new: str | None = None
    comments: tuple[str, ...] = ()
    resolved: bool = False
    untracked: bool = False


def give_back(draft: Path, returned: Path, *hands: Hand) -> None:
    """Write the draft with what these hands did; each of the words stands in one run."""
    members = _members(draft)
    body = members["word/document.xml"].decode()
    comments: list[str] = []
    threads: list[str] = []
    for hand in hands:
        body = _done(body, hand, comments, threads)
    members["word/document.xml"] = body.encode()
    if comments:
        _add_part(members, "comments", markup.part("w:comments", "".join(comments)))
        _add_part(members, "commentsExtended", markup.part("w15:commentsEx", "".join(threads)))
    returned.write_bytes(markup.archive(members))


def accepted(returned: Path, new: Path, *pairs: tuple[str, str]) -> None:
    """The draft with plain replacements, as its writer would save a next one."""
    members = _members(returned)
    body = members["word/document.xml"].decode()
    for old, words in pairs:
        assert old in body, old
        body = body.replace(old, words)
    members["word/document.xml"] = body.encode()
    new.write_bytes(markup.archive(members))


def _done(body: str, hand: Hand, comments: list[str], threads: list[str]) -> str:
    run = re.search(rf"<w:r>(?:(?!</w:r>).)*?{re.escape(hand.words)}.*?</w:r>", body, re.DOTALL)
    run = run or re.search(
        rf"<w:r [^>]*>(?:(?!</w:r>).)*?{re.escape(hand.words)}.*?</w:r>", body, re.DOTALL
    )
    assert run is not None, hand.words
    text = re.search(r"<w:t[^>]*>([^<]*)</w:t>", run[0])
    assert text is not None
    head, tail = text[1].split(hand.words, 1)
    look = re.search(r"<w:rPr>.*?</w:rPr>", run[0], re.DOTALL)
    properties = look[0][len("<w:rPr>") : -len("</w:rPr>")] if look else ""
    middle = markup.r(hand.words, properties)
    if hand.new is not None and hand.untracked:
        middle = markup.r(hand.new, properties)
    elif hand.new is not None:
        old = markup.r(hand.words, properties, tag="w:delText")
        middle = markup.dele(ZHOU, old, id_=900 + len(body))
        middle += markup.ins(ZHOU, markup.r(hand.new, properties), id_=901 + len(body))
    first = len(comments)
    for place, said in enumerate(hand.comments):
        id_, name = first + place, f"{0x1000 + first + place:08X}"
        author = LEGAL if place else ZHOU
        comments.append(markup.comment(id_, author, said, ids=(name,)))
        parent = f"{0x1000 + first:08X}" if place else ""
        threads.append(markup.extended(name, parent, done=hand.resolved))
        middle = markup.start(id_) + middle + markup.end(id_)
    whole = markup.r(head, properties) + middle + markup.r(tail, properties)
    return body[: run.start()] + whole + body[run.end() :]


def _members(path: Path) -> dict[str, str | bytes]:
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as read:
        return {name: read.read(name) for name in read.namelist()}


def _add_part(members: dict[str, str | bytes], name: str, content: str) -> None:
    kind = markup._PARTS[name]
    types = members["[Content_Types].xml"]
    relations = members["word/_rels/document.xml.rels"]
    assert isinstance(types, bytes)
    assert isinstance(relations, bytes)
    override = (
        f'<Override PartName="/word/{name}.xml" ContentType="{markup.CONTENT}{kind[1]}"/></Types>'
    )
    relation = (
        f'<Relationship Id="rId-{name}" Type="{kind[0]}{name}" Target="{name}.xml"/>'
        "</Relationships>"
    )
    members["[Content_Types].xml"] = types.decode().replace("</Types>", override).encode()
    members["word/_rels/document.xml.rels"] = (
        relations.decode().replace("</Relationships>", relation).encode()
    )
    members[f"word/{name}.xml"] = content.encode()
