"""Fields that show something without a saved result: check boxes, signs, enclosed characters."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from donflow.word.markup import W
from donflow.word.seeing.formatting import is_on, value, whole
from donflow.word.seeing.glyphs import OPEN_BOX, TICKED_BOX, as_seen, symbol

_TICKS = set("√✓✔×xXvVＶ☑✗✕")
_ENCLOSED = re.compile(r"(?i)\\o\s*(?:\\a[cdlr]\s*)*\((.)\s*[,，;；]\s*([^()]*)\)")
_RUBY = re.compile(r"(?i)\\o\s*(?:\\a[cdlr]\s*)*\(\\s\\up[^()]*\([^()]*\)\s*[,，;；]\s*([^()]*)\)")
_BUTTON = re.compile(r"\s*\S+\s+\S+\s(.*)", re.DOTALL)
_SYMBOL = re.compile(
    r"(?i)\s*SYMBOL\s+(0x[0-9a-f]+|\d+)(?:.*?\\f\s+(?:[\"“]([^\"”]*)[\"”]|(\S+)))?"
)


@dataclass(eq=False)
class OpenField:
    """A complex field that was begun and has not ended yet."""

    begin: etree._Element
    in_result: bool = False
    parts: list[str] = field(default_factory=list)

    @property
    def code(self) -> str:
        return "".join(self.parts)

    def take(self, text: str) -> None:
        """More of its code; of a result nothing is taken, it is shown where it stands."""
        if not self.in_result:
            self.parts.append(text)


def seen(field_: OpenField) -> str:
    """What a field shows that has no saved result of its own (ECMA-376-1, 17.16.5)."""
    word = field_.code.split(maxsplit=1)[0].upper() if field_.code.strip() else ""
    data = field_.begin.find(f"{W}ffData")
    if data is not None and (box := data.find(f"{W}checkBox")) is not None:
        return _check_box(box)
    if field_.in_result:
        return ""
    if data is not None and (listed := data.find(f"{W}ddList")) is not None:
        return _chosen(listed)
    if word == "MACROBUTTON" and (found := _BUTTON.match(field_.code)):
        return as_seen(found[1].strip())
    if word == "EQ":
        return _equation(field_.code)
    if word == "SYMBOL" and (found := _SYMBOL.match(field_.code)):
        return symbol(int(found[1], 0), found[2] or found[3])
    return ""


def _check_box(box: etree._Element) -> str:
    """ECMA-376-1, 17.16.7: w:checked is the state, w:default the one before any click."""
    for name in ("checked", "default"):
        state = box.find(f"{W}{name}")
        if state is not None:
            return TICKED_BOX if is_on(state.get(f"{W}val")) else OPEN_BOX
    return OPEN_BOX


def _chosen(listed: etree._Element) -> str:
    entries = [value(one) or "" for one in listed.iterchildren(f"{W}listEntry")]
    chosen = listed.find(f"{W}result")
    at = whole(value(chosen if chosen is not None else listed.find(f"{W}default")))
    return entries[at] if 0 <= at < len(entries) else ""


def _equation(code: str) -> str:
    r"""Characters laid over one another, as Word's 带圈字符 and 拼音指南 write them."""
    if found := _RUBY.search(code):
        return found[1]
    if found := _ENCLOSED.search(code):
        around, within = found[1], found[2].strip()
        if as_seen(around) == OPEN_BOX:
            return TICKED_BOX if within and set(within) <= _TICKS else OPEN_BOX + within
        if around in "○◯〇О" and within.isdecimal() and 1 <= int(within) <= 20:
            return chr(ord("①") + int(within) - 1)
        return within
    return ""
