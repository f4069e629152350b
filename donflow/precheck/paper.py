"""A paper as the pre-check sees it: its lines, and plainly how they are laid out."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Span:
    """Characters `start` up to, not including, `end` of the line numbered `line` (from 1)."""

    line: int
    start: int
    end: int


@dataclass(frozen=True)
class Look:
    """How a paragraph is set: fonts by name, sizes in points, alignment; None where unknown."""

    font: str | None = None
    size: float | None = None
    bold: bool = False
    alignment: str | None = None
    first_indent_chars: float | None = None
    line_pitch: float | None = None


@dataclass(frozen=True)
class Page:
    """The page in millimetres, and whether its number is printed; None where unknown."""

    width: float | None = None
    height: float | None = None
    top: float | None = None
    bottom: float | None = None
    left: float | None = None
    right: float | None = None
    has_page_number: bool | None = None


@dataclass(frozen=True)
class Line:
    """One line as people see it, its automatic number included.

    `number` is the line of a text file, or the paragraph of a Word file (from 1), a table row
    being one line whose `cells` hold the columns. The first `label_length` characters are an
    automatic number, which no edit of characters can reach. Underlined blanks stand as `_`,
    check boxes as □ and ☑.
    """

    number: int
    text: str
    cells: tuple[str, ...] = ()
    label_length: int = 0
    look: Look | None = None


@dataclass(frozen=True)
class Paper:
    """The lines in reading order; `page` is None where the file has no layout (plain text)."""

    lines: tuple[Line, ...]
    page: Page | None = None
    by_number: dict[int, Line] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_number", {line.number: line for line in self.lines})

    def text(self, span: Span) -> str:
        """The characters of a span."""
        return self.by_number[span.line].text[span.start : span.end]

    def between(self, first: int, last: int) -> tuple[Line, ...]:
        """The lines of these numbers, both included."""
        numbers = range(first, last + 1)
        return tuple(self.by_number[number] for number in numbers if number in self.by_number)


def from_text(text: str) -> Paper:
    """A paper of a plain text: one line for each line of it, counted from 1, blank ones too."""
    return Paper(tuple(Line(no, line) for no, line in enumerate(text.splitlines(), start=1)))
