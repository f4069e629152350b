"""The province-level codes of GB/T 2260, the part of a region code that does not change."""

from typing import Final

PROVINCES: Final = frozenset(
    str(code)
    for codes in (
        *(range(11, 16), range(21, 24), range(31, 38), range(41, 47), range(50, 55)),
        *(range(61, 66), (71, 81, 82, 83)),
    )
    for code in codes
)
"""With 83, which residence permits of people from Taiwan carry beside 71.

Counties are not checked: they come and go, and a number outlives its county.
"""
