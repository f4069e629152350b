"""The words of a file that donflow itself made, for tests and for checking a paper after filling.

Not for files that come back: it does not tell insertions from deletions, nor hidden text.
"""

from __future__ import annotations

from donflow.word.markup import lines, parse, text_of_line
from donflow.word.packing import unpack


def plain_text(docx: bytes) -> tuple[str, ...]:
    """The body's lines in order: a paragraph is one, a table row is one, its cells parted by tabs.

    Page numbers and other fields show the words they were saved with. Headers and footers are
    left out.
    """
    root = parse(unpack(docx)["word/document.xml"])
    return tuple(text_of_line(line) for line in lines(root))
