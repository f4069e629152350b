"""How two sequences differ: the least change, then a little more where people read it better."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass

_CELLS = 1 << 30  # so many bits of one table, 128 MiB, before the work is halved instead
_ALLOWANCE = 0.22  # how much more than the least change may be shown, told from 1.3 by a margin
_SHORT = 3  # so many shared characters between two changes may be written anew


@dataclass(frozen=True)
class Match:
    """`size` items that stand in both sequences, from `old` in one and from `new` in the other."""

    old: int
    new: int
    size: int


def differences(
    old: Sequence[Hashable],
    new: Sequence[Hashable],
    *,
    solid: Callable[[Hashable], bool] = lambda item: False,
    edge: Callable[[Sequence[Hashable], int], int] = lambda items, place: 0,
) -> list[Match]:
    """What stays, in order; all between is changed.

    Changes at most 1.22 times what must change. `solid` items are never written anew for better
    reading; `edge` tells how good a place (before item `place`) is to begin or end a change.
    """
    matches = _coalesced(least(old, new), len(old), len(new), lambda m: any(
        solid(item) for item in old[m.old : m.old + m.size]
    ))  # fmt: skip
    return _slid(matches, old, new, edge)


def least(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[Match]:
    """A longest common subsequence as matches: the least number of items deleted and inserted."""
    head = _shared(old, new)
    tail = _shared(old[head:][::-1], new[head:][::-1])
    made = [Match(0, 0, head)]
    at = there = size = 0
    for i, j in _pairs(old[head : len(old) - tail], new[head : len(new) - tail]):
        if i != at + size or j != there + size:
            made.append(Match(head + at, head + there, size))
            at, there, size = i, j, 0
        size += 1
    made.append(Match(head + at, head + there, size))
    return joined([*made, Match(len(old) - tail, len(new) - tail, tail)])


def cost(matches: Sequence[Match], old: int, new: int) -> int:
    """The items deleted and inserted where two sequences of these lengths match so."""
    return old + new - 2 * sum(match.size for match in matches)


def joined(matches: Sequence[Match]) -> list[Match]:
    """The same matches, neighbours made one and empty ones left out."""
    made: list[Match] = []
    for match in matches:
        last = made[-1] if made else None
        if last and last.old + last.size == match.old and last.new + last.size == match.new:
            made[-1] = Match(last.old, last.new, last.size + match.size)
        elif match.size:
            made.append(match)
    return made


def heaviest_chain(
    old: Sequence[Hashable], new: Sequence[Hashable], weight: Callable[[int], int]
) -> list[tuple[int, int]]:
    """Pairs of equal items in order in both, of the greatest weight (by index in `old`).

    Items without weight, and those repeated so often that they tell nothing, join only where
    they stand beside a pair.
    """
    places = defaultdict(list)
    for j, item in enumerate(new):
        places[item].append(j)
    often = {item for item, found in places.items() if len(found) > 20}
    ends: list[int] = []  # new index at which a chain ends, ascending
    chains: list[tuple[int, _Chain | None]] = []  # its weight, ascending too, and its pairs
    for i, item in enumerate(old):
        own = weight(i)
        if own <= 0 or item in often:
            continue
        for j in reversed(places.get(item, ())):
            at = bisect_left(ends, j)
            total = own + (chains[at - 1][0] if at else 0)
            stop = at
            while stop < len(ends) and chains[stop][0] <= total:
                stop += 1
            if at < len(ends) and ends[at] == j and chains[at][0] > total:
                continue
            ends[at:stop] = [j]
            chains[at:stop] = [(total, (i, j, chains[at - 1][1] if at else None))]
    found: list[tuple[int, int]] = []
    link = chains[-1][1] if chains else None
    while link:
        found.append((link[0], link[1]))
        link = link[2]
    return _spread(found[::-1], old, new)


def paired(old: int, new: int, likeness: Callable[[int, int], int]) -> list[tuple[int, int]]:
    """Pairs (i, j) in order in both, with the greatest sum of likeness; none without likeness."""
    best = [[0] * (new + 1) for _ in range(old + 1)]
    gains = [[likeness(i, j) for j in range(new)] for i in range(old)]
    for i in reversed(range(old)):
        row, below = best[i], best[i + 1]
        for j in reversed(range(new)):
            row[j] = max(below[j], row[j + 1], gains[i][j] + below[j + 1])
    found, i, j = [], 0, 0
    while i < old and j < new:
        if gains[i][j] and best[i][j] == gains[i][j] + best[i + 1][j + 1]:
            found.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return found


_Chain = tuple[int, int, "_Chain | None"]


def _spread(
    found: list[tuple[int, int]], old: Sequence[Hashable], new: Sequence[Hashable]
) -> list[tuple[int, int]]:
    """Equal neighbours join on both sides of each pair."""
    made: list[tuple[int, int]] = []
    for place, (i, j) in enumerate(found):
        before = made[-1] if made else (-1, -1)
        back: list[tuple[int, int]] = []
        while i - 1 - len(back) > before[0] and j - 1 - len(back) > before[1]:
            at = len(back) + 1
            if old[i - at] != new[j - at]:
                break
            back.append((i - at, j - at))
        made += [*reversed(back), (i, j)]
        after = found[place + 1] if place + 1 < len(found) else (len(old), len(new))
        while i + 1 < after[0] and j + 1 < after[1] and old[i + 1] == new[j + 1]:
            i, j = i + 1, j + 1
            made.append((i, j))
    return made


def _shared(old: Sequence[Hashable], new: Sequence[Hashable]) -> int:
    for at, (one, other) in enumerate(zip(old, new, strict=False)):
        if one != other:
            return at
    return min(len(old), len(new))


def _pairs(old: Sequence[Hashable], new: Sequence[Hashable]) -> Iterator[tuple[int, int]]:
    """A longest common subsequence, by whole rows of the table as long integers.

    Hyyrö (2004), "Bit-parallel LCS-length computation revisited": bit j of row i is 0 where the
    length grows at `new[j]`. A table too large to keep is halved as by Hirschberg (1975).
    """
    if not old or not new:
        return
    if len(old) * len(new) > _CELLS and len(old) > 1:
        half = len(old) // 2
        above = _grown(_last(old[:half], new), len(new))
        below = _grown(_last(old[half:][::-1], new[::-1]), len(new))
        split = max(range(len(new) + 1), key=lambda j: above[j] + below[len(new) - j])
        yield from _pairs(old[:half], new[:split])
        yield from ((half + i, split + j) for i, j in _pairs(old[half:], new[split:]))
        return
    rows = list(_rows(old, new))
    found, i, j = [], len(old), len(new)
    while i and j:
        if rows[i] >> (j - 1) & 1:
            j -= 1
        elif not rows[i - 1] >> (j - 1) & 1:
            i -= 1
        else:
            i, j = i - 1, j - 1
            found.append((i, j))
    yield from reversed(found)


def _rows(old: Sequence[Hashable], new: Sequence[Hashable]) -> Iterator[int]:
    where: dict[Hashable, int] = defaultdict(int)
    for j, item in enumerate(new):
        where[item] |= 1 << j
    every = (1 << len(new)) - 1
    row = every
    yield row
    for item in old:
        hits = row & where.get(item, 0)
        row = ((row + hits) | (row - hits)) & every
        yield row


def _last(old: Sequence[Hashable], new: Sequence[Hashable]) -> int:
    row = 0
    for row in _rows(old, new):  # noqa: B007 - the last one is wanted
        pass
    return row


def _grown(row: int, size: int) -> list[int]:
    lengths = [0]
    for bit in reversed(f"{row:0{size}b}"):
        lengths.append(lengths[-1] + (bit == "0"))
    return lengths


def _coalesced(
    matches: list[Match], old: int, new: int, solid: Callable[[Match], bool]
) -> list[Match]:
    """Without the crumbs between two larger changes, as far as the allowance reaches."""
    left = _ALLOWANCE * cost(matches, old, new)
    for size in range(1, _SHORT + 1):
        at = 0
        while at < len(matches):
            match = matches[at]
            before = matches[at - 1] if at else Match(0, 0, 0)
            after = matches[at + 1] if at + 1 < len(matches) else Match(old, new, 0)
            changed_before = match.old - before.old + match.new - before.new - 2 * before.size
            changed_after = after.old - match.old + after.new - match.new - 2 * size
            if (
                match.size == size
                and 2 * size <= left
                and min(changed_before, changed_after) >= size
                and changed_before + changed_after > 2 * size
                and not solid(match)
            ):
                left -= 2 * size
                del matches[at]
            else:
                at += 1
    return matches


def _slid(
    matches: list[Match],
    old: Sequence[Hashable],
    new: Sequence[Hashable],
    edge: Callable[[Sequence[Hashable], int], int],
) -> list[Match]:
    """Each change that could as well stand a little to the left or right, at its best place."""
    made = [Match(0, 0, 0), *matches, Match(len(old), len(new), 0)]
    for at in range(len(made) - 1):
        before, after = made[at], made[at + 1]
        if before.old + before.size == after.old:
            items, start, stop = new, before.new + before.size, after.new
        elif before.new + before.size == after.new:
            items, start, stop = old, before.old + before.size, after.old
        else:
            continue
        left = 0
        while left < before.size and items[start - left - 1] == items[stop - left - 1]:
            left += 1
        right = 0
        while right < after.size and items[start + right] == items[stop + right]:
            right += 1
        by = max(
            range(-left, right + 1),
            key=lambda by: (edge(items, start + by) + edge(items, stop + by), -abs(by)),
        )
        made[at] = Match(before.old, before.new, before.size + by)
        made[at + 1] = Match(after.old + by, after.new + by, after.size - by)
    return joined(made)
