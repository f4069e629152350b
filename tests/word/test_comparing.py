"""The least change is the least, by the plain table of dynamic programming, and reads well."""

import random
import time

import pytest

from donflow.word.redlining import comparing
from donflow.word.redlining.comparing import Match, cost, differences, least, paired


def shared(old: str, new: str) -> int:
    """The length of a longest common subsequence by the textbook's table."""
    row = [0] * (len(new) + 1)
    for one in old:
        before = 0
        for j, other in enumerate(new, start=1):
            before, row[j] = row[j], before + 1 if one == other else max(row[j], row[j - 1])
    return row[-1]


def holds(matches: list[Match], old: str, new: str) -> None:
    i = j = 0
    for match in matches:
        assert match.size > 0
        assert match.old >= i
        assert match.new >= j
        assert old[match.old : match.old + match.size] == new[match.new : match.new + match.size]
        i, j = match.old + match.size, match.new + match.size


@pytest.mark.parametrize("cells", [1 << 30, 40])
@pytest.mark.parametrize("seed", range(60))
def test_the_least_change_is_the_least(seed, cells, monkeypatch):
    monkeypatch.setattr(comparing, "_CELLS", cells)  # a small table forces halving
    draw = random.Random(seed)
    old, new = ("".join(draw.choices("甲乙丙ab", k=draw.randrange(60))) for _ in range(2))

    found = least(old, new)

    holds(found, old, new)
    assert sum(match.size for match in found) == shared(old, new)


@pytest.mark.parametrize("seed", range(60))
def test_better_reading_stays_within_its_allowance(seed):
    draw = random.Random(seed)
    old, new = ("".join(draw.choices("甲乙丙丁戊己。，", k=draw.randrange(80))) for _ in range(2))

    found = differences(old, new, edge=lambda items, place: place % 3)

    holds(found, old, new)
    assert cost(found, len(old), len(new)) <= 1.3 * (len(old) + len(new) - 2 * shared(old, new))


def test_crumbs_between_large_changes_are_written_anew():
    old, new = "一二三四五六七八九十的甲乙丙丁戊己庚辛", "天地玄黄宇宙洪荒日月的盈昃辰宿列张寒来"

    assert differences(old, new) == []


def test_solid_items_are_never_written_anew():
    old, new = "一二三四五¶六七八九十", "天地玄黄宇¶宙洪荒日月"

    assert differences(old, new, solid=lambda item: item == "¶") == [Match(5, 5, 1)]


def test_pairs_are_those_most_alike_in_order():
    alike = {(0, 1): 5, (1, 0): 9, (1, 2): 5}

    assert paired(2, 3, lambda i, j: alike.get((i, j), 0)) == [(0, 1), (1, 2)]


def test_a_long_text_is_compared_in_a_moment():
    draw = random.Random(1)
    old = "".join(draw.choices("甲乙丙丁戊己庚辛壬癸", k=25_000))
    new = old[:5000] + "天地" + old[5003:20_000] + old[20_100:]
    start = time.perf_counter()

    assert cost(least(old, new), len(old), len(new)) <= 110
    assert time.perf_counter() - start < 2
