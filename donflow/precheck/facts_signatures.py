"""Where the parties sign: the blocks of the signing area, side by side or one below the other."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from donflow.domain.halfwidth import halfwidth
from donflow.precheck.anatomy import Anatomy
from donflow.precheck.callings import CALLING, ENGLISH, OPEN, callings_in, plain, role_of
from donflow.precheck.dates import dates_of_line
from donflow.precheck.facts import Party, SignatureBlock
from donflow.precheck.names import is_blank, is_person
from donflow.precheck.paper import Line, Paper, Span
from donflow.precheck.signing import Segment, segments


@dataclass
class Block:
    """One signature block while it is read: what its head calls and names, and its date."""

    callings: tuple[str, ...]
    name: str
    at: Span
    left: int
    right: int
    in_cell: bool
    name_at: Span | None = None
    label: str = ""
    signer: str = ""
    on: date | None = None
    has_date: bool = False
    blanks: list[Span] = field(default_factory=list)


def read_signatures(
    paper: Paper, anatomy: Anatomy, parties: Sequence[Party]
) -> tuple[SignatureBlock, ...]:
    """The blocks in reading order, each with the label that its party has in the opening."""
    return tuple(
        SignatureBlock(label=block.label, on=block.on, at=block.at, signer=block.signer)
        for block in blocks(paper, anatomy, parties)
    )


def blocks(paper: Paper, anatomy: Anatomy, parties: Sequence[Party]) -> tuple[Block, ...]:
    """The blocks as read, with the blanks for their dates."""
    found: list[Block] = []
    row: list[Block] = []  # those that stand side by side now
    lines = [paper.by_number[no] for no in anatomy.signing if no in paper.by_number]
    dated = sum(any(map(_is_date, segments(line))) for line in lines)
    for line in lines:
        columns = segments(line)
        heads = _heads(columns, line, parties)
        begun = [head for head in heads if head is not None]
        if begun and not _names_again(begun, row):
            row = _row(begun, columns, heads, line)
            found.extend(row)
            continue
        if begun:
            for block, again in zip(row, begun, strict=False):
                _take(block, Segment(again.name, again.at), line)
                if not block.name:
                    block.name, block.name_at = again.name, again.name_at
        if not row:
            continue
        owners = _owners(columns, row, line)
        is_lone = dated == 1 and len(columns) == 1 < len(found)
        if is_lone and (len(row) == 1 or owners[0] is row[0]):  # one date below them all
            owners = [None if _is_date(part) else row[0] for part in columns]
        for part, owner in zip(columns, owners, strict=True):
            if owner is not None:
                _take(owner, part, line)
            elif _is_date(part):
                for each in found:
                    if not each.has_date:
                        _date(each, part, line)
    for block in found:
        block.label = _label(block, parties)
    labelled = [block for block in found if block.label]
    return tuple(each for block in labelled for each in _by_person(block, labelled, parties, paper))


def _by_person(
    block: Block, found: Sequence[Block], parties: Sequence[Party], paper: Paper
) -> list[Block]:
    """Who gives in person signs by name; a couple behind one label have a block each."""
    people = [
        party.name
        for party in parties
        if party.label == block.label and party.type == "person" and party.name
    ]
    if not block.signer and block.name in people:
        block.signer = block.name
    named = [name for name in people if name in paper.by_number[block.at.line].text]
    if len(named) < 2 or sum(each.label == block.label for each in found) > 1:
        return [block]
    return [replace(block, signer=name, name=name) for name in named]


def _heads(columns: Sequence[Segment], line: Line, parties: Sequence[Party]) -> list[Block | None]:
    """The block that each column begins; a bare name beside a head is that head's name."""
    heads: list[Block | None] = []
    last: Block | None = None
    for part in columns:
        head = _block(part, line, parties)
        if head is not None and not head.callings and last is not None and not last.name:
            last.name, last.name_at = head.name, head.name_at
            head = None
        last = head
        heads.append(head)
    return heads


def _row(
    begun: list[Block],
    columns: Sequence[Segment],
    heads: Sequence[Block | None],
    line: Line,
) -> list[Block]:
    """Blocks begun on one line; what stands beside a head in its column belongs to it."""
    last: Block | None = None
    for part, head in zip(columns, heads, strict=True):
        if head is not None:
            last = head
            _take(head, part, line, is_head=True)
        elif last is not None:
            _take(last, part, line)
    return begun


def _names_again(begun: Sequence[Block], row: Sequence[Block]) -> bool:
    """Whether a line with labels goes on with the blocks above it: 甲方代表：　　乙方代表：."""
    return (
        bool(row)
        and len(begun) == len(row)
        and all(
            new.callings and new.callings == old.callings
            for new, old in zip(begun, row, strict=True)
        )
    )


def _block(part: Segment, line: Line, parties: Sequence[Party]) -> Block | None:
    text = part.text
    head = _HEAD.match(text)
    if head is not None:
        unusual = re.match(rf"(?!{CALLING}){OPEN}", text)
        callings = callings_in(head[0]) or (head[0].strip(),)
        if unusual:
            callings = tuple(dict.fromkeys((plain(unusual[0]), *callings)))
        name, start = _name(text, head.end(), parties)
        at = Span(line.number, part.at.start + start, part.at.start + start + len(name))
        return Block(
            callings,
            name,
            part.at,
            *_place(part, line),
            part.column is not None,
            at if name else None,
        )
    bare = re.sub(rf"\s*[（(]\s*{_SIGN}\s*[）)]\s*[:：]?$", "", text)
    for party in parties:
        if party.name and (bare == party.name or (bare != text and party.name in text)):
            start = part.at.start + text.index(party.name)
            at = Span(line.number, start, start + len(party.name))
            return Block((), party.name, part.at, *_place(part, line), part.column is not None, at)
    if bare != text and re.search(r"(?:公司|基金会|大学|学院|校友会|中心|商会|协会)$", bare):
        at = Span(line.number, part.at.start, part.at.start + len(bare))
        return Block((), bare, part.at, *_place(part, line), part.column is not None, at)
    return None


def _name(text: str, start: int, parties: Sequence[Party]) -> tuple[str, int]:
    """The name behind a head, and where it stands: seals, dates and blanks are no names."""
    rest = text[start:]
    words = re.split(r"[（(]\s*(?:盖章|公章|签[字章名]|印章|签字盖章|盖公章)", rest)[0]
    words = re.split(rf"\s+(?={_DATE_KEY}|{_WHO})", words)[0]
    lead = len(words) - len(words.lstrip(" \u3000:：_＿"))
    name = words.strip(" \u3000:：_＿")
    if is_blank(name) or re.match(rf"{_DATE_KEY}|\d{{4}}\s*年", name):
        return "", start
    return name, start + lead


def _take(block: Block, part: Segment, line: Line, *, is_head: bool = False) -> None:
    text = halfwidth(part.text)
    if _is_date(part) or (is_head and re.search(_DATED_HEAD, text)):
        _date(block, part, line)
        return
    signed = re.search(
        rf"(?:{_WHO}|{_SIGN})(?:\([^)]*\)|[/或、)]|{_WHO}|{_SIGN})*\s*:\s*(?P<who>[^:]+)$", text
    )
    if signed and not block.signer:
        who = re.sub(r"\s+", "", re.split(r"\s{2,}", signed["who"].strip())[0])
        is_sealed = is_head and not re.search(rf"签\s?[字名章署]|{_WHO}", text)
        if is_person(who) and not is_sealed:
            block.signer = who
            if block.name == who and block.callings and re.search(_WHO, text):
                block.name, block.name_at = "", None
    elif not block.name and not block.signer and is_person(part.text) and not is_head:
        block.signer = part.text


def _date(block: Block, part: Segment, line: Line) -> None:
    written = [
        each
        for each in dates_of_line(line)
        if part.at.start <= each.at.start and each.at.end <= part.at.end
    ]
    days = [each.value for each in written if each.value is not None]
    if days:
        block.on = days[0]
        block.blanks = [blank for blank in block.blanks if blank.line != line.number]
    elif not any(each.day is not None for each in written):
        block.blanks.append(part.at)
    block.has_date = True


def _is_date(part: Segment) -> bool:
    text = halfwidth(part.text)
    return bool(
        re.match(rf"(?:{CALLING})?\s*(?:Date|DATE)?\s*{_DATE_KEY}\s*(?:$|[:_\s\d])", text)
        or re.match(r"(?:Date)\s*(?:日期)?\s*:", text)
        or re.fullmatch(r"[\d〇零○一二三四五六七八九_\s]*年[^:]*月[^:]*日", text)
        or re.fullmatch(r"\d{4}[-./]\d{1,2}[-./]\d{1,2}", text)
    )


def _owners(columns: Sequence[Segment], row: Sequence[Block], line: Line) -> list[Block | None]:
    """Whose column each segment stands in; None for one that stands for all of them."""
    if len(row) == 1:
        lone = (
            len(columns) == 1 and _is_date(columns[0]) and _stands_apart(columns[0], row[0], line)
        )
        return [None if lone else row[0] for _ in columns]
    if len(columns) == len(row):
        return list(row)
    owners: list[Block | None] = []
    for part in columns:
        left, right = _place(part, line)
        if part.column is None and row[0].in_cell:
            owners.append(None)
            continue
        nearest = min(row, key=lambda block: abs(block.left - left))
        overlapping = max(row, key=lambda block: min(block.right, right) - max(block.left, left))
        if part.column is not None and len(line.cells) > len(row):
            before = [block for block in row if block.left <= left]
            owners.append(before[-1] if before else row[0])
        elif abs(nearest.left - left) <= 3:
            owners.append(nearest)
        elif min(overlapping.right, right) > max(overlapping.left, left) and not _is_date(part):
            owners.append(overlapping)
        elif len(columns) > 1:
            owners.append(nearest)
        else:
            owners.append(None)
    return owners


def _stands_apart(part: Segment, block: Block, line: Line) -> bool:
    """Whether a bare date stands under all blocks, set to the right: it is for all of them."""
    keyed = re.match(rf"{CALLING}|(?:Date\s*)?{_DATE_KEY}", part.text)
    aside = line.look is not None and line.look.alignment in ("right", "center")
    return not keyed and (aside or _place(part, line)[0] > block.left + 8 or block.has_date)


def _place(part: Segment, line: Line) -> tuple[int, int]:
    """The left and right edge of a segment in half-width columns, or of its cell."""
    if part.column is not None:
        return part.column * 100, part.column * 100 + 99
    left = _width(line.text[: part.at.start])
    return left, left + _width(part.text)


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(each) in "WFA" else 1 for each in text)


def _label(block: Block, parties: Sequence[Party]) -> str:
    """The label of the party that a block is for; its own where no party fits."""
    for calling in block.callings:
        if any(party.label == calling for party in parties):
            return calling
    if block.name:
        for party in parties:
            if party.name and (party.name in block.name or block.name in party.name):
                return party.label
    roles = [role for calling in block.callings if (role := role_of(calling))]
    for party in parties:
        if party.role in roles and sum(each.label == party.label for each in parties) == 1:
            return party.label
    return block.callings[0] if block.callings else ""


_SIGN: Final = r"(?:签\s?[字章名署]|盖\s?章|公\s?章|签字盖章|签章|印章|单位盖章)"
_DATE_KEY: Final = r"(?:签\s?[订署约字定]\s?)?(?:日\s?期|时\s?间)"
_WHO: Final = (
    r"(?:法\s?定\s?代\s?表\s?人|法人代表|法人|(?:委托|授权|签约|签字|签署)\s?(?:代\s?表|代\s?理)\s?人?|负\s?责\s?人"
    r"|代\s?表\s?人?|代\s?理\s?人|经\s?办\s?人|签\s?[字署约]\s?人|联系人)"
)
_DATED_HEAD: Final = (
    rf"{_DATE_KEY}\s*:|年\s*月\s*日|年\s*[\d一二三四五六七八九十]+\s*月|\d{{4}}[-./]\d"
)
_HEAD: Final = re.compile(
    rf"(?:For\s+(?:and\s+on\s+behalf\s+of\s+)?(?:the\s+)?)?(?:{ENGLISH}\s*[/／]?\s*)?"
    rf"(?:{CALLING}|(?:承诺|捐献|立书|立据|声明|具函)(?:人|方|单位)|{OPEN}(?=\s?[（(]?{_SIGN}))(?:\s*[（(【\[][^）)】\]]{{0,24}}[）)】\]])*"
    rf"(?:\s*(?:{_SIGN}|{_WHO}))*(?:\s*[（(][^）)]{{0,16}}[）)])*(?:\s*{ENGLISH})?\s*(?:[:：]|$|[_＿]|(?<=\s)(?=\d{{4}}\s*[年.\-/]))|{ENGLISH}\s*(?:\([^)]*\))?\s*:"
)
