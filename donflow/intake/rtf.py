"""Looks into rich text for what it would start, fetch or carry (RTF 1.9.1).

Control words stand literally in the file; the words of a field's code may be spelt in pieces and
escapes, which are undone before they are judged.
"""

from __future__ import annotations

import itertools
import re
from typing import Final

from donflow.errors import N_, say
from donflow.intake.fields import judged_code, points_outside
from donflow.intake.findings import Findings, against
from donflow.intake.parts import WITHOUT_LINKS, WITHOUT_OBJECTS


def examine(data: bytes) -> Findings:
    findings = Findings()
    if _OBJECT.search(data):
        reason = say(N_("It holds an embedded object."))
        findings += against("embedded_object", reason, WITHOUT_OBJECTS)
    for found in itertools.islice(_TEMPLATE.finditer(data), _MOST):
        if points_outside(_spelt_out(data[found.end() : found.end() + _WINDOW].partition(b"}")[0])):
            reason = say(N_("It takes its template from outside."))
            findings += against("external_relation", reason, WITHOUT_LINKS)
    for found in itertools.islice(_CODE.finditer(data), _MOST):
        code = _spelt_out(data[found.end() : found.end() + _WINDOW].partition(b"}}")[0])
        findings += judged_code(code, "fldinst")
    return findings


def _spelt_out(data: bytes) -> str:
    """What the bytes say, without groups and control words."""
    code = _ESCAPE.sub(lambda found: bytes([int(found[1], 16)]), data)
    code = code.replace(b"\\\\", b"\0").translate(None, b"{}\r\n")
    return _WORD.sub(b"", code).replace(b"\0", b"\\").decode("gb18030", errors="replace")


_OBJECT: Final = re.compile(rb"\\obj(?:data|emb|link|autlink|ocx|sub|pub|icemb|html)\b")
_TEMPLATE: Final = re.compile(rb"\\\*\s*\\template\b")
_CODE: Final = re.compile(rb"\\fldinst\b")
_ESCAPE: Final = re.compile(rb"\\'([0-9A-Fa-f]{2})")
_WORD: Final = re.compile(rb"\\(?:\*|[a-z]+-?\d* ?)")
_WINDOW: Final = 2_000
_MOST: Final = 10_000
