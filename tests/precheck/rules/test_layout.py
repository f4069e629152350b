"""How a paper is set: told once for each matter, never in the way."""

from __future__ import annotations

from donflow.precheck import check
from donflow.precheck.findings import Finding
from donflow.precheck.paper import Line, Look, Page, Paper
from tests.precheck.rules.said import draft_of

RIGHT = Page(210, 297, 37, 35, 28, 26, has_page_number=True)
BODY = Look("仿宋_GB2312", 16, line_pitch=29)


def told(page: Page | None, look: Look = BODY, title: Look | None = None) -> list[Finding]:
    lines = [Line(1, "捐赠协议书", look=title or Look("方正小标宋简体", 22, alignment="center"))]
    lines += [Line(no, "甲方自愿向乙方捐赠人民币壹拾万元整。", look=look) for no in range(2, 9)]
    return list(check.RULES["layout"](draft_of(Paper(tuple(lines), page))))


def test_a_paper_set_by_the_norm_has_nothing_to_be_told() -> None:
    assert told(RIGHT) == []


def test_plain_text_has_no_layout_to_judge() -> None:
    assert told(None, Look()) == []


def test_contract_practice_in_smaller_type_is_allowed() -> None:
    assert told(Page(210, 297, 25.4, 25.4, 31.7, 31.7, None), Look("宋体", 12, line_pitch=20)) == []


def test_many_paragraphs_of_a_wrong_size_are_one_finding() -> None:
    found = told(RIGHT, Look("仿宋_GB2312", 8, line_pitch=29))
    assert [(each.code, each.severity) for each in found] == [("format_size", "info")]


def test_each_matter_is_told_once_and_never_weighs() -> None:
    page = Page(216, 279, 10, 10, 10, 10, has_page_number=False)
    found = told(page, Look("Comic Sans MS", 30, line_pitch=60), Look("黑体", 12, alignment="left"))
    assert {each.code for each in found} == {
        "format_page",
        "format_margins",
        "format_page_number",
        "format_font",
        "format_size",
        "format_pitch",
        "format_title",
    }
    assert {each.severity for each in found} == {"info"}
    assert len(found) == 7
