"""What a story is made of, and which parts of two stories belong together."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain

from lxml import etree

from donflow.word.markup import W
from donflow.word.redlining.comparing import heaviest_chain, least, paired
from donflow.word.redlining.units import MARK, Unit, canonical, take_apart
from donflow.word.seeing.package import Package, R

_TRANSPARENT = {f"{W}{name}" for name in ("sdt", "sdtContent", "customXml")}
_OBJECTS = ("drawing", "pict", "object")
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
_MOST_LIKELY = 0.3  # so much of two tables or rows is the same before they count as one


@dataclass(frozen=True, eq=False)
class Block:
    """A paragraph or a table; `key` is equal where the words are."""

    element: etree._Element
    units: tuple[Unit, ...]
    key: Hashable
    weight: int

    @property
    def is_table(self) -> bool:
        return self.element.tag == f"{W}tbl"


class Kind(StrEnum):
    SAME = "same"  # a paragraph of the same words
    CHANGED = "changed"  # paragraphs in place of paragraphs; one side may be empty
    TABLE = "table"  # a table in both
    GONE = "gone"  # a table of the old file only
    CAME = "came"  # a table of the new file only


@dataclass(frozen=True)
class Step:
    """One stretch of both stories, in order."""

    kind: Kind
    old: tuple[Block, ...]
    new: tuple[Block, ...]


def read_blocks(body: etree._Element | None, package: Package, part: str) -> list[Block]:
    """The paragraphs and tables of a body, cell, header or note, content controls opened."""

    def likeness(node: etree._Element) -> Hashable:
        return _likeness(node, package, part)

    return [_read(element, likeness) for element in _blocks(body)]


def steps(old: Sequence[Block], new: Sequence[Block]) -> list[Step]:
    """Both stories laid side by side, as the least change of all their characters suggests.

    Paragraphs that stay whole, and tables that share most, are the fixed points; what stands
    between them is compared more closely.
    """
    shared = _shared(old, new)
    anchors = [
        (i, j)
        for (i, j), size in shared.items()
        if not old[i].is_table and old[i].key == new[j].key and size == len(_keys(old[i])) + 1
    ]
    anchors = sorted(anchors + _tables_alike(old, new, shared))  # of one alignment: none cross
    made: list[Step] = []
    i = j = 0
    for one, other in [*anchors, (len(old), len(new))]:
        made += _around_tables(old[i:one], new[j:other])
        if one < len(old):
            kind = Kind.TABLE if old[one].is_table else Kind.SAME
            made.append(Step(kind, (old[one],), (new[other],)))
        i, j = one + 1, other + 1
    return _ending_together(_neighbours([one for one in made if one.old or one.new]))


def rows(table: etree._Element) -> list[etree._Element]:
    """The rows of a table, content controls opened."""
    return [row for row in table.iter(f"{W}tr") if next(row.iterancestors(f"{W}tbl")) is table]


def cells(row: etree._Element) -> list[etree._Element]:
    """The cells of a row."""
    return [cell for cell in row.iter(f"{W}tc") if next(cell.iterancestors(f"{W}tr")) is row]


def row_pairs(
    old: Sequence[etree._Element], new: Sequence[etree._Element]
) -> list[tuple[int, int]]:
    """Rows that belong together: of as many cells, and alike in them."""
    texts = [[_words(cell) for cell in cells(row)] for row in old]
    others = [[_words(cell) for cell in cells(row)] for row in new]
    counts = [[Counter(text) for text in row] for row in texts]
    other_counts = [[Counter(text) for text in row] for row in others]

    def likeness(i: int, j: int) -> int:
        if len(counts[i]) != len(other_counts[j]):
            return 0
        shared = sum(
            (one & two).total() for one, two in zip(counts[i], other_counts[j], strict=True)
        )
        longer = max(sum(map(len, texts[i])), sum(map(len, others[j])))
        return 2 * shared + 1 if shared >= _MOST_LIKELY * longer else 0

    anchors = heaviest_chain(
        [tuple(row) for row in texts],
        [tuple(row) for row in others],
        lambda i: sum(map(len, texts[i])),
    )
    found: list[tuple[int, int]] = []
    i = j = 0
    for one, other in [*anchors, (len(old), len(new))]:
        found += [
            (i + a, j + b)
            for a, b in paired(one - i, other - j, lambda a, b, i=i, j=j: likeness(i + a, j + b))  # type: ignore[misc]
        ]
        if one < len(old):
            found.append((one, other))
        i, j = one + 1, other + 1
    return found


def _blocks(body: etree._Element | None) -> Iterator[etree._Element]:
    for child in () if body is None else body:
        if child.tag in (f"{W}p", f"{W}tbl"):
            yield child
        elif child.tag in _TRANSPARENT:
            yield from _blocks(child)


def _read(element: etree._Element, likeness: Callable[[etree._Element], Hashable]) -> Block:
    if element.tag == f"{W}tbl":
        words = tuple(tuple(map(_words, cells(row))) for row in rows(element))
        return Block(element, (), ("table", words), sum(len(w) for row in words for w in row) + 1)
    units = tuple(take_apart(element, likeness))
    keys = tuple(unit.key for unit in units if unit.key is not None)
    return Block(element, units, keys, len(keys) if len(keys) > 1 else 0)


def _words(element: etree._Element) -> str:
    return MARK.join(
        "".join(text.text or "" for text in paragraph.iter(f"{W}t"))
        for paragraph in element.iter(f"{W}p")
    )


def _shared(old: Sequence[Block], new: Sequence[Block]) -> Counter[tuple[int, int]]:
    """How many items each two blocks share in the least change of the whole."""
    keys, others = [[_items(block) for block in blocks] for blocks in (old, new)]
    owners = [place for place, items in enumerate(keys) for _ in items]
    other_owners = [place for place, items in enumerate(others) for _ in items]
    found: Counter[tuple[int, int]] = Counter()
    for match in least(list(chain(*keys)), list(chain(*others))):
        found.update(
            (owners[match.old + at], other_owners[match.new + at]) for at in range(match.size)
        )
    return found


def _items(block: Block) -> list[Hashable]:
    """A paragraph's keys and its mark; a table's characters, which match those of tables only."""
    if block.is_table:
        return [("cell", character) for character in _words(block.element) + MARK]
    return [*_keys(block), MARK]


def _tables_alike(
    old: Sequence[Block], new: Sequence[Block], shared: Counter[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Tables that belong together, by index in both."""
    olds = [place for place, block in enumerate(old) if block.is_table]
    news = [place for place, block in enumerate(new) if block.is_table]
    sizes = {place: len(_items(old[place])) for place in olds}
    other_sizes = {place: len(_items(new[place])) for place in news}

    def likeness(a: int, b: int) -> int:
        i, j = olds[a], news[b]
        alike = shared[i, j] >= _MOST_LIKELY * max(sizes[i], other_sizes[j])
        return shared[i, j] if alike else 0

    return [(olds[a], news[b]) for a, b in paired(len(olds), len(news), likeness)]


def _around_tables(old: Sequence[Block], new: Sequence[Block]) -> Iterator[Step]:
    """Paragraphs, cut where a table stands in one story only."""
    texts = [block for block in old if not block.is_table]
    others = [block for block in new if not block.is_table]
    cuts = sorted(
        [(*cut, block) for block, cut in _cuts(old, texts, others)]
        + [(there, here, block) for block, (here, there) in _cuts(new, others, texts)],
        key=lambda cut: (cut[0], cut[1]),
    )
    gone = {id(block) for block in old}
    i = j = 0
    for at, there, block in cuts:
        at, there = max(at, i), max(there, j)
        yield Step(Kind.CHANGED, tuple(texts[i:at]), tuple(others[j:there]))
        if id(block) in gone:
            yield Step(Kind.GONE, (block,), ())
        else:
            yield Step(Kind.CAME, (), (block,))
        i, j = at, there
    yield Step(Kind.CHANGED, tuple(texts[i:]), tuple(others[j:]))


def _cuts(
    blocks: Sequence[Block], texts: Sequence[Block], others: Sequence[Block]
) -> Iterator[tuple[Block, tuple[int, int]]]:
    """For each table the number of paragraphs before it here, and the same place there."""
    if not any(block.is_table for block in blocks):
        return
    keys = [key for block in texts for key in (*_keys(block), MARK)]
    other_keys = [key for block in others for key in (*_keys(block), MARK)]
    met = [(m.old + k, m.new + k) for m in least(keys, other_keys) for k in range(m.size)]
    ends = [0]
    for block in others:
        ends.append(ends[-1] + len(_keys(block)) + 1)
    here = start = 0
    for block in blocks:
        if not block.is_table:
            here, start = here + 1, start + len(_keys(block)) + 1
            continue
        before = max((there for at, there in met if at < start), default=-1) + 1
        yield block, (here, min(range(len(ends)), key=lambda k: abs(ends[k] - before)))


def _keys(block: Block) -> tuple[Hashable, ...]:
    assert isinstance(block.key, tuple)
    return block.key


def _neighbours(made: list[Step]) -> list[Step]:
    """A table in the very place of another counts as the same one: two would run together."""
    joined: list[Step] = []
    for step in made:
        last = joined[-1] if joined else None
        if last and {last.kind, step.kind} == {Kind.GONE, Kind.CAME}:
            joined[-1] = Step(Kind.TABLE, last.old + step.old, last.new + step.new)
        else:
            joined.append(step)
    return joined


def _ending_together(made: list[Step]) -> list[Step]:
    """Before a table and at the end a paragraph of both stories stands, wherever there is one.

    A mark that comes or goes needs a paragraph after it to be joined with.
    """
    kept: list[Step] = []
    for at, step in enumerate(made):
        last = kept[-1] if kept else None
        if (
            step.kind is Kind.CHANGED
            and bool(step.old) != bool(step.new)
            and ends_a_run(made, at)
            and last is not None
            and last.kind in (Kind.SAME, Kind.CHANGED)
            and last.old
            and last.new
        ):
            kept[-1] = Step(Kind.CHANGED, last.old + step.old, last.new + step.new)
        else:
            kept.append(step)
    return kept


def ends_a_run(made: Sequence[Step], at: int) -> bool:
    """Whether no paragraph follows a step before the next table or the end."""
    return at + 1 == len(made) or made[at + 1].kind not in (Kind.SAME, Kind.CHANGED)


def _likeness(node: etree._Element, package: Package, part: str) -> Hashable:
    """When two pictures, boxes, signs or notes count as the same."""
    name = etree.QName(node).localname
    if name == "fldChar":
        return ("edge", node.get(f"{W}fldCharType"))
    if name in ("instrText", "delInstrText"):
        return ("code", " ".join((node.text or "").split()))
    if name in ("footnoteReference", "endnoteReference"):
        return ("note", name)
    if name in _OBJECTS or node.tag == _MC:
        copy = deepcopy(node)
        relations = package.relations(part) or {}
        for one in copy.iter(etree.Element):
            for attribute in [str(a) for a in one.attrib if str(a).startswith(R)]:
                relation = relations.get(one.get(attribute, ""))
                if relation is not None and not relation.external:
                    content = package.bytes_of(relation.target)
                    one.set("content", hashlib.sha256(content).hexdigest())
                del one.attrib[attribute]
            if etree.QName(one).localname in ("docPr", "cNvPr"):
                one.attrib.pop("name", None)
        return ("object", canonical(copy, f"{W}txbxContent"))
    return (name, canonical(node))
