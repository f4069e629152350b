"""A chapter's public page: how to join, whom to call, what it is, who serves; Word and HTML.

A paper of the office: Chinese, whatever the language of the desk.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from typing import Final

from donflow.domain.meetings import ordinal
from donflow.word.printed_form import Body, Closing, Grid, Heading, Part, draw_form

WITHHELD: Final = "暂不公开"
"""What stands for people who have not agreed to be named."""


@dataclass(frozen=True)
class Post:
    """An office of the council: those who agreed to be named, and how many hold it in all."""

    title: str
    names: tuple[str, ...]
    holders: int

    @property
    def shown(self) -> str:
        if not self.names:
            return WITHHELD
        told = "、".join(self.names)
        return told if len(self.names) == self.holders else f"{told}等{self.holders}人"


@dataclass(frozen=True)
class PageWords:
    """What the page says; what is not known or not agreed to be told is None, and left out."""

    name: str
    kind: str
    university: str
    office: str
    as_of: date
    city: str | None = None
    founded_on: date | None = None
    council_no: int | None = None
    elected_on: date | None = None
    members: int = 0
    profile: str | None = None
    posts: tuple[Post, ...] = ()
    joining: str | None = None
    contact_name: str | None = None
    contact_phones: tuple[str, ...] = ()


def draw_word(page: PageWords) -> bytes:
    """The page as an A4 .docx; the same words give the same bytes."""
    parts: list[Part] = []
    for section in _sections(page):
        parts.append(Heading(section.heading))
        parts += [Body(line) for line in section.text]
        if section.rows:
            grid = Grid((34, 140), section.rows, labels=frozenset({0}), left=frozenset({1}))
            parts.append(grid)
    parts.append(Closing(_foot(page)))
    return draw_form(_plain(page.name), _plain(page.university), parts)


def draw_html(page: PageWords) -> bytes:
    """The page as a file to open or to paste: one element whose look stands in its own tags.

    No script, no class, no address, nothing from elsewhere: what a content system would strip is
    not there. Every word is escaped. The same words give the same bytes.
    """
    lines = [f'<h2 style="{_TITLE}">{_safe(page.name)}</h2>']
    lines.append(f'<p style="{_SMALL}">{_safe(page.university)}</p>')
    for section in _sections(page):
        lines.append(f'<h3 style="{_HEADING}">{_safe(section.heading)}</h3>')
        lines += [f'<p style="{_TEXT}">{_safe(line)}</p>' for line in section.text]
        lines += _table(section.rows)
    lines.append(f'<p style="{_FOOT}">{_safe(_foot(page))}</p>')
    body = "\n".join(lines)
    title = _safe(page.name)
    return (
        '<!DOCTYPE html>\n<html lang="zh-CN">\n<head><meta charset="utf-8">'
        f"<title>{title}</title></head>\n<body>\n"
        f'<div style="{_BOX}">\n{body}\n</div>\n</body>\n</html>\n'
    ).encode()


@dataclass(frozen=True)
class _Section:
    heading: str
    text: tuple[str, ...] = ()
    rows: tuple[tuple[str, str], ...] = ()


def _sections(page: PageWords) -> Iterator[_Section]:
    yield _Section("基本情况", rows=tuple(_facts(page)))
    if page.profile:
        yield _Section("分会简介", _paragraphs(page.profile))
    if page.posts:
        rows = tuple((_plain(post.title), _plain(post.shown)) for post in page.posts)
        council = f"（第{ordinal(page.council_no)}届理事会）" if page.council_no else ""
        yield _Section(f"组织机构{council}", rows=rows)
    yield _Section("如何加入", _joining(page), _contact(page))


def _facts(page: PageWords) -> Iterator[tuple[str, str]]:
    yield "分会类型", _plain(page.kind)
    if page.city:
        yield "所在地", _plain(page.city)
    if page.founded_on:
        yield "成立时间", _day(page.founded_on)
    if page.council_no and page.elected_on:
        yield "现任理事会", f"第{ordinal(page.council_no)}届，{_day(page.elected_on)}产生"
    if page.members:
        yield "现有会员", f"{page.members}人"


def _joining(page: PageWords) -> tuple[str, ...]:
    if page.joining:
        return _paragraphs(page.joining)
    whom = "下列联系人" if page.contact_name or page.contact_phones else _plain(page.office)
    return (f"欢迎应届毕业生和校友加入，请与{whom}联系。",)


def _contact(page: PageWords) -> tuple[tuple[str, str], ...]:
    rows = [("联系人", page.contact_name), ("电话", "、".join(page.contact_phones))]
    return tuple((label, _plain(value)) for label, value in rows if value)


def _foot(page: PageWords) -> str:
    return f"{_plain(page.office)}　{_day(page.as_of)}"


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _paragraphs(text: str) -> tuple[str, ...]:
    return tuple(_plain(line) for line in text.splitlines() if line.strip())


def _plain(text: str) -> str:
    """A text on one line, without control characters and signs that turn the reading round."""
    told = (" " if letter.isspace() else letter for letter in text)
    return "".join(letter for letter in told if unicodedata.category(letter) not in _HIDDEN).strip()


def _safe(text: str) -> str:
    return escape(_plain(text), quote=True)


def _table(rows: Sequence[tuple[str, str]]) -> Iterator[str]:
    if not rows:
        return
    yield f'<table style="{_TABLE}"><tbody>'
    for label, value in rows:
        cells = f'<td style="{_LABEL}">{_safe(label)}</td><td style="{_CELL}">{_safe(value)}</td>'
        yield f"<tr>{cells}</tr>"
    yield "</tbody></table>"


_HIDDEN: Final = frozenset({"Cc", "Cf", "Cs"})
_BOX: Final = (
    "max-width:760px;margin:0 auto;padding:16px;color:#222222;font-size:16px;line-height:1.8;"
    "font-family:'Microsoft YaHei','PingFang SC','Noto Sans CJK SC',sans-serif;"
)
_TITLE: Final = "margin:8px 0 4px;font-size:26px;line-height:1.4;text-align:center;color:#8B1A1A;"
_HEADING: Final = (
    "margin:28px 0 10px;padding-left:10px;border-left:4px solid #8B1A1A;font-size:19px;"
    "line-height:1.4;"
)
_TEXT: Final = "margin:0 0 10px;text-indent:2em;text-align:justify;"
_SMALL: Final = "margin:0;text-align:center;color:#666666;font-size:14px;"
_FOOT: Final = "margin:28px 0 0;text-align:right;color:#666666;font-size:14px;"
_TABLE: Final = "width:100%;border-collapse:collapse;"
_LABEL: Final = (
    "width:24%;padding:8px 12px;border:1px solid #D9D9D9;background-color:#F7F3F0;"
    "font-weight:bold;text-align:center;"
)
_CELL: Final = "padding:8px 12px;border:1px solid #D9D9D9;word-break:break-word;"
