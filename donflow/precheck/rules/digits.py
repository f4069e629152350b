"""Full-width digits in sums, dates and numbers (GB/T 15835-2011)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from donflow.domain.halfwidth import halfwidth
from donflow.errors import N_, say
from donflow.precheck.clauses import found
from donflow.precheck.draft import Draft
from donflow.precheck.findings import Finding, Severity


def rule(draft: Draft) -> Iterator[Finding]:
    """Each run of them; the labels of clauses (１．) are left alone."""
    for line in draft.paper.lines:
        label = re.match(_LABEL, line.text)
        start = max(line.label_length, label.end() if label else 0)
        for run in re.compile(_RUN).finditer(line.text, start):
            pieces = list(re.finditer(r"[０-９]+(?:[，．][０-９]+)*", run[0]))
            yield found(
                "fullwidth_digits",
                Severity.WARNING,
                line,
                run.span(),
                say(N_("Digits are half-width: {digits}."), digits=halfwidth(run[0])),
                mend=[
                    (run.start() + each.start(), run.start() + each.end(), halfwidth(each[0]))
                    for each in pieces
                ],
            )


_LABEL: Final = r"\s*[（(]?[０-９]{1,2}(?:[．.][０-９]{1,2})*[）)、．.]"
_RUN: Final = r"[￥¥]?[０-９](?:[^。；;\s０-９]{0,2}[０-９])*"
