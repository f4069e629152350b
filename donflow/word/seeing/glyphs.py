"""Signs that people see and Unicode alone does not tell: check boxes, and fonts of symbols."""

from __future__ import annotations

OPEN_BOX, TICKED_BOX, BULLET = "□", "☑", "•"

# What people draw for a box to tick, and for one that is ticked.
_SEEN_AS = str.maketrans(
    {
        "☐": OPEN_BOX,
        "▢": OPEN_BOX,
        "◻": OPEN_BOX,
        "⬜": OPEN_BOX,
        "❑": OPEN_BOX,
        "❒": OPEN_BOX,
        "❏": OPEN_BOX,
        "❐": OPEN_BOX,
        "🗆": OPEN_BOX,
        "🞎": OPEN_BOX,
        "☒": TICKED_BOX,
        "√": TICKED_BOX,
        "✓": TICKED_BOX,
        "✔": TICKED_BOX,
        "✅": TICKED_BOX,
        "🗹": TICKED_BOX,
        "🗵": TICKED_BOX,
        "🗷": TICKED_BOX,
        "\n": " ",
        "\r": " ",
        "\v": " ",
        "\f": " ",
        "\x85": " ",
        "\u2028": " ",
        "\u2029": " ",
    }
)

# Code points of the symbol fonts as Microsoft ships them, low byte of U+F000 to U+F0FF.
_WINGDINGS = {
    0x6C: "●",
    0x6D: "○",
    0x6E: "■",
    0x6F: OPEN_BOX,
    0x70: OPEN_BOX,
    0x71: OPEN_BOX,
    0x72: OPEN_BOX,
    0x75: "◆",
    0x76: "❖",
    0x77: "◆",
    0x9F: BULLET,
    0xA7: "▪",
    0xA8: OPEN_BOX,
    0xD8: "➢",
    0xE0: "→",
    0xDF: "←",
    0xE8: "➔",
    0xFB: "✗",
    0xFC: TICKED_BOX,
    0xFD: TICKED_BOX,
    0xFE: TICKED_BOX,
    0x20: " ",
    **{0x81 + place: chr(ord("①") + place) for place in range(10)},
    **{0x8C + place: chr(ord("❶") + place) for place in range(10)},
}
_WINGDINGS_2 = {
    0x20: " ",
    0x4F: "✗",
    0x50: TICKED_BOX,
    0x51: TICKED_BOX,
    0x52: TICKED_BOX,
    0x53: TICKED_BOX,
    0x54: TICKED_BOX,
    0x2A: OPEN_BOX,
    0x30: OPEN_BOX,
    0xA2: "■",
    0xA3: OPEN_BOX,
    0x97: "●",
    **{0x6A + place: chr(ord("①") + place) for place in range(10)},
}
_WEBDINGS = {0x20: " ", 0x61: TICKED_BOX, 0x63: OPEN_BOX, 0x67: "■", 0x6E: "●", 0x72: TICKED_BOX}
_SYMBOL = {
    0x20: " ",
    0xA3: "≤",
    0xB0: "°",
    0xB1: "±",
    0xB3: "≥",
    0xB4: "×",
    0xB7: BULLET,
    0xB8: "÷",
    0xB9: "≠",
    0xD2: "®",
    0xD3: "©",
    0xD4: "™",
    0xE2: "®",
    0xE3: "©",
    0xE4: "™",
}
_FONTS = {
    "wingdings": _WINGDINGS,
    "wingdings 2": _WINGDINGS_2,
    "wingdings 3": {},
    "webdings": _WEBDINGS,
    "symbol": _SYMBOL,
}


def as_seen(text: str) -> str:
    """The same number of characters, check boxes as □ and ☑, breaks as spaces."""
    return text.translate(_SEEN_AS)


def is_symbol_font(font: str | None) -> bool:
    """Whether the font draws signs in place of letters."""
    return font is not None and font.casefold() in _FONTS


def has_private_sign(text: str) -> bool:
    """Whether the text holds code points that mean something in a symbol font only."""
    return any("\uf000" <= character <= "\uf0ff" for character in text)


def symbol(code: int, font: str | None) -> str:
    """What is seen for a code point of a symbol font; • for a sign that has no name here."""
    known = _FONTS.get((font or "wingdings").casefold())
    if 0xF000 <= code <= 0xF0FF:
        return (_WINGDINGS if known is None else known).get(code - 0xF000, BULLET)
    if known is not None and code <= 0xFF:
        return known.get(code, BULLET)
    try:
        return as_seen(chr(code))
    except (ValueError, OverflowError):
        return BULLET


def in_font(text: str, font: str | None) -> str:
    """The text as a symbol font shows it, character for character."""
    drawn = is_symbol_font(font)
    return "".join(
        symbol(ord(character), font) if drawn or has_private_sign(character) else character
        for character in text
    )
