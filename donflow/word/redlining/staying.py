"""Which characters of some paragraphs stay and which change, so that people read it well."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence

from donflow.word.redlining.blocks import Block, Step
from donflow.word.redlining.comparing import Match, cost, differences, joined, least, paired
from donflow.word.redlining.units import MARK, Unit

_PATIENCE = 900  # so many pairs of paragraphs are tried before only characters are compared
_MOST = 1.2  # paragraphs laid beside their likes may cost so much more than the least change
_AFTER = {"。": 4, "；": 4, "！": 4, "？": 4, "\n": 5, "，": 2, "、": 2, "：": 2, "）": 1, " ": 2,
          "\t": 3, "”": 1, "》": 1, ";": 3, ",": 1}  # fmt: skip
_BEFORE = {"（": 1, "《": 1, "“": 1, "第": 1, "\t": 2, " ": 1}


def sequence(blocks: Sequence[Block]) -> list[Unit]:
    """The units of paragraphs, each closed by its mark."""
    return [unit for block in blocks for unit in (*block.units, Unit(MARK, node=block.element))]


def keys_of(blocks: Sequence[Block]) -> list[Hashable]:
    return [unit.key for unit in sequence(blocks) if unit.key is not None]


def staying(step: Step, *, pinned: bool) -> list[Match]:
    """What stays of some paragraphs; `pinned` keeps their last marks together."""
    old, new = keys_of(step.old), keys_of(step.new)
    pinned = pinned and bool(step.old) and bool(step.new)
    if 1 < len(step.old) * len(step.new) <= _PATIENCE:
        beside = _beside(step)
        together = (
            bool(beside)
            and beside[-1].old + beside[-1].size == len(old)
            and (beside[-1].new + beside[-1].size == len(new))
        )
        allowed = _MOST * cost(least(old, new), len(old), len(new))
        if (together or not pinned) and cost(beside, len(old), len(new)) <= allowed:
            return beside
    if not pinned:
        return differences(old, new, solid=_is_mark, edge=_goodness_of_break)
    found = differences(old[:-1], new[:-1], solid=_is_mark, edge=_goodness_of_break)
    return joined([*found, Match(len(old) - 1, len(new) - 1, 1)])


def _beside(step: Step) -> list[Match]:
    """Paragraph beside paragraph, each pair compared for itself."""
    keys = [keys_of([block]) for block in step.old]
    others = [keys_of([block]) for block in step.new]
    bags, other_bags = [Counter(one) for one in keys], [Counter(one) for one in others]

    def likeness(i: int, j: int) -> int:
        longer = max(len(keys[i]), len(others[j]))
        if (bags[i] & other_bags[j]).total() < 0.4 * longer:
            return 0
        shared = sum(match.size for match in least(keys[i], others[j]))
        return shared if shared >= 0.4 * longer else 0

    starts = [sum(map(len, keys[:i])) for i in range(len(keys))]
    other_starts = [sum(map(len, others[:j])) for j in range(len(others))]
    made: list[Match] = []
    for i, j in paired(len(keys), len(others), likeness):
        one, other = keys[i][:-1], others[j][:-1]
        found = [*differences(one, other, solid=_is_mark, edge=_goodness_of_break),
                 Match(len(one), len(other), 1)]  # fmt: skip
        made += [Match(starts[i] + m.old, other_starts[j] + m.new, m.size) for m in found]
    return joined(made)


def _is_mark(key: Hashable) -> bool:
    return key == MARK or not isinstance(key, str)


def _goodness_of_break(keys: Sequence[Hashable], place: int) -> int:
    """How well a change begins or ends before item `place`: at marks, then at punctuation."""
    before = keys[place - 1] if place else MARK
    after = keys[place] if place < len(keys) else MARK
    if before == MARK:
        return 6
    if not isinstance(before, str) or not isinstance(after, str):
        return 2
    if before.isascii() and after.isascii() and before.isalnum() and after.isalnum():
        return -3
    return max(_AFTER.get(before, 0), _BEFORE.get(after, 0))
