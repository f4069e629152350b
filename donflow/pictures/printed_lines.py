"""Printed rows made lines again: a paragraph that the page broke is one, page edges are dropped."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from donflow.pictures.pdf_rows import Row


def without_edges(pages: Sequence[Sequence[Row]]) -> list[list[Row]]:
    """The pages without page numbers and without what stands at the edge of most of them."""
    repeated = Counter(
        text for rows in pages for text in {_plain(row) for row in rows if _at_edge(row)}
    )
    most = max(2, len(pages) // 2 + 1)
    return [
        [
            row
            for row in rows
            if not (
                _at_edge(row)
                and (_PAGE_NUMBER.fullmatch(row.text.strip()) or repeated[_plain(row)] >= most)
            )
        ]
        for rows in pages
    ]


def paragraphs(pages: Iterable[Sequence[Row]]) -> Iterator[str]:
    """Each paragraph as one line; a row goes on in the next where its first word did not fit.

    What begins a numbered unit, is set in like the beginning of this paragraph, or stands in
    columns, begins a line of its own.
    """
    text, rows, edge = "", list[Row](), 0.0
    for page in pages:
        left = min((row.left for row in page), default=0.0)
        right = _edge(page, left)
        for row in page:
            if rows and _goes_on(rows, row, left, edge):
                text = _joined(text, row.text.lstrip())
                rows.append(row)
            else:
                if rows:
                    yield text.rstrip()
                text, rows = row.text.lstrip(), [row]
            edge = right
    if rows:
        yield text.rstrip()


def _goes_on(rows: Sequence[Row], row: Row, left: float, right: float) -> bool:
    """Whether the row continues the paragraph that holds `rows`."""
    last, first = rows[-1], rows[0]
    if last.has_columns or row.has_columns or _begins(row.text.strip()):
        return False
    if abs(last.size - row.size) > row.size / 3 or _had_room(last, row, right):
        return False
    step = 0.8 * row.em
    if len(rows) > 1:
        return abs(row.left - last.left) < step
    if row.left - first.left > step:
        return _LABEL.match(first.text.strip()) is not None
    # Where paragraphs are not set in, only a full stop at the edge tells that one has ended.
    flush = first.left - row.left <= step
    return row.left - left <= step and not (flush and last.text.rstrip().endswith(_ENDS))


def _begins(text: str) -> bool:
    """Whether a row begins something of its own: a numbered unit, or a fact by its name."""
    return (_LABEL.match(text) or _FIELD.match(text)) is not None


def _had_room(last: Row, row: Row, right: float) -> bool:
    """Whether the first word of a row would have fitted behind the last one."""
    blank = row.em / 3 if last.text.rstrip()[-1:].isascii() and row.text[:1].isascii() else 0.0
    return last.right + blank + row.head < right - row.em / 2


def _edge(page: Sequence[Row], left: float) -> float:
    """Where full rows end: where several do, else as far from the edge as they begin.

    A page may hold short rows only, such as names to be signed.
    """
    reach = sorted((_reach(row) for row in page), reverse=True)
    if not reach:
        return 0.0
    width, em = page[0].page_width, page[0].em
    several = len(reach) > 1 and reach[0] - reach[1] < em
    return max(reach[0], width * _LEAST_BLOCK if several else width - left - em)


def _reach(row: Row) -> float:
    """Where a row ends, but for a stop that may hang over the edge."""
    return row.right - (row.em if row.text.rstrip().endswith(_HANGING) else 0.0)


def _joined(before: str, after: str) -> str:
    """Latin words are parted by a blank; a number that was broken without one is whole again."""
    bare = before.rstrip()
    latin = bare[-1:].isascii() and after[:1].isascii()
    number = bare[-1:].isdigit() and after[:1].isdigit() and bare == before
    return bare + (" " if latin and not number and bare[-1:] != "-" else "") + after


def _at_edge(row: Row) -> bool:
    return row.height > _TOP or row.height < _BOTTOM


def _plain(row: Row) -> str:
    return re.sub(r"[\d\s]", "", row.text)


_LEAST_BLOCK: Final = 0.7
_TOP, _BOTTOM = 0.92, 0.09
_ENDS: Final = ("。", "；", "：", ":", ";", "！", "？")
_HANGING: Final = ("，", "。", "、", "；", "：")
_PAGE_NUMBER: Final = re.compile(
    r"[-—–－·\s]*(?:第\s*|[Pp]age\s*)?[\divxIVX一二三四五六七八九十]+\s*页?"
    r"(?:\s*[/／,，共of]+\s*[\d一二三四五六七八九十]+\s*页?)?[-—–－·\s]*"
)
_LABEL: Final = re.compile(
    r"第[一二三四五六七八九十百零〇\d]+[条章节款项]|[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]{1,3}[）)]"
    r"|\d{1,2}(?:[.．、)）]|(?:\.\d{1,2})+)(?!\d)|[①-⑳]|附件|Article\s+\d"
)
_FIELD: Final = re.compile(
    r"(?i:(?:donor|donee|party|recipient|beneficiary|address|tel)[A-Za-z /.]{0,20})?\s*"
    r"(?:(?:甲|乙|丙|丁|捐赠|捐助|赠与|受赠|受益|管理|见证|执行)(?:方|人|单位)"
    r"|法定代表人|负责人|授权代表|委托代理人|联系人|经办人|统一社会信用代码|身份证(?:件)?号码?|证件号码"
    r"|户名|账户名称|开户(?:银)?行|账号|帐号|(?:联系|通讯|通信)?地址|住所|(?:联系)?电话|手机|邮箱|电子邮件"
    r"|邮(?:政)?编(?:码)?|(?:签订|签署)?日期|(?:合同|协议)?编号)"
    r"(?:[（(][^（()）]{1,12}[）)])?\s*[：:]"
)
