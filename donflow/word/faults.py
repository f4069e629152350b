"""Where a fault of a template or a value stands."""

from __future__ import annotations

from dataclasses import dataclass

from donflow.errors import N_, Sentence, say


@dataclass(frozen=True)
class Place:
    """A place in a Word file.

    `line` counts paragraphs from 1, a table row being one line, within its part; `clause` is the
    heading that it stands under (第三条 …, 附件一 …), empty before the first.
    """

    part: str
    line: int
    clause: str = ""

    @property
    def sentence(self) -> Sentence:
        if self.part != "word/document.xml":
            return say(N_("line {line} of {part}"), line=self.line, part=self.part)
        if self.clause:
            return say(N_("line {line}, {clause}"), line=self.line, clause=self.clause)
        return say(N_("line {line}"), line=self.line)
