"""How the paper is set, held to the office's norms: one word on each matter, never in the way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Final

from donflow.errors import N_, Sentence, say
from donflow.precheck.clauses import absent
from donflow.precheck.draft import Draft
from donflow.precheck.findings import Finding, Severity
from donflow.precheck.paper import Line

_SIDES: Final = {
    "top": say(N_("top margin")),
    "bottom": say(N_("bottom margin")),
    "left": say(N_("left margin")),
    "right": say(N_("right margin")),
}


def layout(draft: Draft) -> Iterator[Finding]:
    """Page, margins, page number, fonts, sizes and line pitch where the file tells them."""
    page, norms = draft.paper.page, draft.book.format.ranges
    if page is not None:
        size = {"width": page.width, "height": page.height}
        if _outside(size, norms):
            yield _told("format_page", say(N_("Set the page to A4.")))
        margins = {
            "top": page.top, "bottom": page.bottom, "left": page.left, "right": page.right
        }  # fmt: skip
        for side, value in _outside(margins, norms).items():
            expect = say(
                N_("The {side} is {value} mm; usual are {first} to {last} mm."),
                side=_SIDES[side],
                value=f"{value:.0f}",
                first=f"{norms[side][0]:.0f}",
                last=f"{norms[side][1]:.0f}",
            )
            yield _told("format_margins", expect)
            break
        if page.has_page_number is False:
            yield _told("format_page_number", say(N_("Print the page number.")))
    yield from _looks(draft)


def _looks(draft: Draft) -> Iterator[Finding]:
    title = draft.paper.by_number.get(draft.anatomy.title_line or 0)
    body = [line for line in draft.paper.lines if line is not title and len(line.text.strip()) > 8]
    fonts = draft.book.format.fonts
    used = Counter(
        line.look.font for line in body if line.look and line.look.font and not line.cells
    )
    foreign = [font for font in used if fonts and font not in fonts]
    if foreign:
        message = N_("These fonts are not the office's: {fonts}.")
        yield _told("format_font", say(message, fonts=tuple(sorted(foreign))))
    yield from _measured(draft, body, "size", "body_size", "format_size")
    yield from _measured(draft, body, "line_pitch", "pitch", "format_pitch")
    if title is not None and title.look is not None:
        first, last = draft.book.format.ranges.get("title_size", (0.0, 1000.0))
        small = title.look.size is not None and not first <= title.look.size <= last
        aside = title.look.alignment not in (None, "center", "centre")
        if small or aside:
            expect = say(N_("Centre the title and set it in a larger type."))
            yield _told("format_title", expect, title)


def _measured(
    draft: Draft, body: list[Line], attribute: str, norm: str, code: str
) -> Iterator[Finding]:
    """One finding for all paragraphs whose measure lies outside the norm."""
    first, last = draft.book.format.ranges.get(norm, (0.0, 1000.0))
    values = [(line, getattr(line.look, attribute)) for line in body if line.look is not None]
    wrong = [(line, value) for line, value in values if value and not first <= value <= last]
    if wrong:
        message = N_("{count} paragraphs are outside {first} to {last} points.")
        expect = say(message, count=len(wrong), first=f"{first:g}", last=f"{last:g}")
        yield _told(code, expect, wrong[0][0])


def _outside(
    values: Mapping[str, float | None], norms: Mapping[str, tuple[float, float]]
) -> dict[str, float]:
    return {
        key: value
        for key, value in values.items()
        if value is not None and key in norms and not norms[key][0] <= value <= norms[key][1]
    }


def _told(code: str, expect: Sentence, line: Line | None = None) -> Finding:
    if line is None:
        return absent(code, Severity.INFO, expect)
    return Finding(code, Severity.INFO, line.number, line.text.strip()[:20], expect)
