"""Breaking a Chinese text into lines: no line starts or ends with the wrong mark (避头尾)."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from itertools import pairwise

NEVER_FIRST = frozenset("，。、；：？！）》〉」』】〕”’…—·～％%,.;:?!)]}℃㎡")
NEVER_LAST = frozenset("（《〈「『【〔“‘￥¥([{")

# Money in words (壹…玖, 拾佰仟万亿, 元角分零整) stays in one piece, as do names and numbers in
# Latin letters with their units: a broken sum is misread.
MONEY_WORDS = frozenset("壹贰叁肆伍陆柒捌玖拾佰仟萬億万亿元圆圓角分零整正")
UNITS = frozenset("年月日号元角分万亿份页册期次人个名台套件间股米倍")
CURRENCY_NAMES = ("人民币", "港币", "美元", "欧元")

Measure = Callable[[str], float]


def break_lines(
    text: str, width: float, measure: Measure, *, indent: float = 0.0
) -> tuple[str, ...]:
    """The lines of one paragraph: joined they are the text again, spaces at line ends included.

    `measure` gives a text's width in the unit of `width`; the first line is shorter by `indent`.
    A piece wider than a line is broken inside, though never against NEVER_FIRST and NEVER_LAST:
    a row of such marks alone may be wider than the line.
    """
    lines: list[str] = []
    line = ""
    for piece in _pieces(text):
        room = width - (0.0 if lines else indent)
        if not _too_wide(line + piece, room, measure):
            line += piece
            continue
        if line:
            lines.append(line)
            line, room = piece, width
        if not line or _too_wide(piece, room, measure):
            *full, line = _break_inside(piece, room, width, measure)
            lines += full
    return (*lines, line) if line or not lines else tuple(lines)


def balance_lines(text: str, width: float, measure: Measure) -> tuple[str, ...]:
    """Lines of nearly equal length, as few as fit the width: for titles and centred names."""
    best = break_lines(text, width, measure)
    if len(best) == 1:
        return best
    low, high = width / (len(best) + 1), width
    for _ in range(12):
        middle = (low + high) / 2
        lines = break_lines(text, middle, measure)
        if len(lines) == len(best) and all(measure(one.rstrip()) <= middle for one in lines):
            best, high = lines, middle
        else:
            low = middle
    return best


def may_break(left: str, right: str) -> bool:
    """Whether a line may end after the character `left` when `right` follows, by the marks."""
    return right != " " and right not in NEVER_FIRST and left not in NEVER_LAST


@lru_cache(maxsize=20_000)
def in_one_word(left: str, right: str) -> bool:
    """Whether two characters belong to one word, number or amount."""
    if _is_latin(left) and _is_latin(right):
        return True
    if left in MONEY_WORDS and right in MONEY_WORDS:
        return True
    if right == "〔" or left == "〕":  # 云基协〔2026〕017号 is one number
        return True
    return left.isascii() and left.isdigit() and right in UNITS


@lru_cache(maxsize=100)
def _pieces(text: str) -> tuple[str, ...]:
    """The text cut wherever a line may end; asked for again with each size that is tried."""
    pieces = [text[:1]]
    for place, (left, right) in enumerate(pairwise(text), start=1):
        if may_break(left, right) and not in_one_word(left, right) and not _is_named(text, place):
            pieces.append(right)
        else:
            pieces[-1] += right
    return tuple(pieces)


def _is_named(text: str, place: int) -> bool:
    """Whether the place is inside a currency's name or between it and its amount in words."""
    for name in CURRENCY_NAMES:
        start = text.rfind(name, max(0, place - len(name)), place + len(name))
        if start >= 0 and start < place <= start + len(name):
            following = text[start + len(name) : start + len(name) + 1]
            return place < start + len(name) or following in MONEY_WORDS
    return False


def _break_inside(piece: str, room: float, width: float, measure: Measure) -> tuple[str, ...]:
    lines = [""]
    atoms = [piece[:1]]
    for left, right in pairwise(piece):
        if may_break(left, right):
            atoms.append(right)
        else:
            atoms[-1] += right
    for atom in atoms:
        if lines[-1] and _too_wide(lines[-1] + atom, room, measure):
            lines.append("")
            room = width
        lines[-1] += atom
    return tuple(lines)


def _too_wide(text: str, room: float, measure: Measure) -> bool:
    return measure(text.rstrip(" ")) > room + 1e-6


def _is_latin(character: str) -> bool:
    return character.isascii() and character not in " " and character.isprintable()
