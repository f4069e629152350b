"""Papers in Chinese and English: which text prevails."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from donflow.errors import N_, say
from donflow.precheck.clauses import absent, found, hits
from donflow.precheck.draft import Draft
from donflow.precheck.findings import Finding, Severity

_CHINESE_PREVAILS: Final = re.compile(
    r"以中文[^，。；]{0,6}为准|中文[^，。；]{0,8}(?:优先|为准|效力优先)"
    r"|Chinese (?:version|text|language|original)?[^.;]{0,40}(?:prevail|govern|control"
    r"|be authoritative)",
    re.IGNORECASE,
)
_ENGLISH_PREVAILS: Final = re.compile(r"以英文[^，。；]{0,6}为准|英文[^，。；]{0,8}(?:优先|为准)")
_ENGLISH_PREVAILS_EN: Final = re.compile(
    r"English (?:version|text|language|original)?[^.;]{0,40}(?:prevail|govern|control)",
    re.IGNORECASE,
)
_EQUAL: Final = re.compile(
    r"(?:中英文?|中、英|中文[^。；]{0,6}英文|两种(?:文字|语言|文本)|双语)[^。；]{0,40}(?:同等"
    r"|同样|相同)(?:的)?(?:法律)?效力"
)
_EQUAL_EN: Final = re.compile(
    r"(?:both|two|Chinese[^.]{0,12}English"
    r"|English[^.]{0,12}Chinese)[^.]{0,60}(?:equally (?:authentic|valid|binding)"
    r"|equal(?: legal)? (?:force|effect|validity)|same (?:legal )?(?:force|effect))",
    re.IGNORECASE,
)


def prevailing_language(draft: Draft) -> Iterator[Finding]:
    """Two texts of which the English one prevails, or neither: a risk in a Chinese court."""
    if draft.facts.language != "zh-en" or any(hits(draft.paper, _CHINESE_PREVAILS)):
        return
    expect = say(N_("Let the Chinese text prevail."))
    for pattern in (_ENGLISH_PREVAILS, _ENGLISH_PREVAILS_EN, _EQUAL, _EQUAL_EN):
        for line, match in hits(draft.paper, pattern):
            yield found(
                "prevailing_language_risk", Severity.WARNING, line, match.span(), expect, sure=False
            )
            return
    yield absent("prevailing_language_risk", Severity.WARNING, expect)
