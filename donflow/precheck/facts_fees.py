"""Reads the management fee and the yearly spending cap, as percentages (5%)."""

from __future__ import annotations

import re
from typing import Final

from donflow.domain.halfwidth import halfwidth
from donflow.precheck.numerals import NUMERAL, whole_number
from donflow.precheck.paper import Paper, Span


def management_fee(paper: Paper) -> str:
    """The share that may be taken as a fee, empty where none is said."""
    found = fee_at(paper)
    return found[0] if found else ""


def fee_at(paper: Paper) -> tuple[str, Span] | None:
    """The fee as a percentage, and the words that say it."""
    for line in paper.lines:
        for read in re.finditer("[^。；;]+", line.text):
            said = halfwidth(read[0])
            if re.search(_FEE, said) is None:
                continue
            for percent in re.finditer(_PERCENT, said):
                near = said[max(0, percent.start() - 30) : percent.end() + 30]
                if re.search(_FEE, near) and not re.search(_NO_FEE, said):
                    at = Span(line.number, read.start() + _lead(read[0]), read.end())
                    return _shown(percent), at
    return None


def spend_rate_cap(paper: Paper) -> str:
    """The share of an endowed fund that a year may spend, empty where none is said."""
    for line in paper.lines:
        for read in re.finditer("[^。；;]+", halfwidth(line.text)):
            said = read[0]
            if not re.search(_SPENDING, said) or re.search(_FEE, said):
                continue
            percent = re.search(_PERCENT, said)
            if percent and re.search(
                "不超过|不得超过|不高于|上限|以内|控制在|最高|至多|按|不得高于", said
            ):
                return _shown(percent)
    return ""


def _lead(text: str) -> int:
    return len(text) - len(text.lstrip())


def _shown(percent: re.Match[str]) -> str:
    if percent["words"]:
        return f"{whole_number(percent['words'])}%"
    return f"{percent['figures']}%"


_PERCENT: Final = re.compile(
    rf"(?P<figures>[0-9]{{1,3}}(?:\.[0-9]+)?)\s*%|百分之(?P<words>{NUMERAL})"
)
_FEE: Final = (
    "管理费|管理成本|工作经费|项目管理|服务费|运行费|行政(?:费|经费|办公)|management fee|"
    "administrat"
)
_NO_FEE: Final = "不(?:收取|提取|计提|列支)"
_SPENDING: Final = (
    "(?:年度|每年|当年|各年)[^,]{0,12}(?:支出|使用|支用|提取|动用|可用)|(?:支出|使用|提取)"
    "(?:比例|率|额度|金额)"
)
