"""Which clauses a paper has, with headings, without them, in forms, and in papers that change."""
# ruff: noqa: E501 - one row a line

import pytest

from donflow.precheck.anatomy import dissect
from donflow.precheck.facts import Kind
from donflow.precheck.facts_clauses import read_clauses
from donflow.precheck.paper import Line, Paper, from_text

PARTIES = "甲方：深圳市恒源数智科技有限公司\n乙方：云麓大学教育发展基金会\n"
CASH, THINGS = Kind.ONE_OFF_CASH, Kind.IN_KIND


def clauses(body, kind=CASH):
    paper = from_text(f"捐赠协议书\n{PARTIES}{body}")
    return set(read_clauses(paper, dissect(paper), kind))


HEADED = [
    ("第一条 捐赠金额与支付\n甲方分期支付。", {"amount", "payment"}), ("第一条 冠名与产权\n见下。", {"naming", "ownership"}),
    ("第一条 交付与验收\n由乙方验收。", {"payment", "acceptance"}), ("第一条 文本与生效\n正本两本。", {"copies", "effect"}),
    ("第一条 票据与反馈\n乙方开具票据。", {"receipt"}), ("第一条 语言和文本\n以中文书就。", {"language"}),
    ("第一条 违约与争议\n协商解决。", {"breach", "dispute"}), ("第一条 Payment 支付\n甲方汇款。", {"payment"}),
    ("第一条 管理\n乙方负责保值增值。", {"investment"}), ("第一条 管理\n乙方专款专用。", {"use"}),
    ("第一条 捐赠用途\n用于教学，结余部分用于维护。", {"purpose", "surplus"}), ("第一条 捐赠用途\n改造方案须经学校审批。", {"purpose", "approval"}),
    ("第一条 权利义务\n一方违反约定的，应当承担违约责任。", {"rights", "breach"}), ("第一条 捐赠用途\n【捐赠用途】", set()),
    ("第一条 其他\n附件与本协议具有同等法律效力。", {"annex"}),
    # innocent
    ("第一条 报告\n乙方报告收支和结余情况。", {"report"}), ("第一条 票据\n乙方开具票据，颁发捐赠证书。", {"receipt"}),
    ("第一条 捐赠财产\n甲方保证财产合法。", {"property"}), ("第一条 捐赠用途\n方案报乙方备案。", {"purpose"}),
]  # fmt: skip


@pytest.mark.parametrize(("body", "expected"), HEADED)
def test_a_heading_tells_the_clause_and_the_words_what_else_it_holds(body, expected):
    assert clauses(body) == expected


UNHEADED = [
    ("一、甲方捐出港币伍拾万元整给乙方。", CASH, {"amount"}),
    ("一、甲方向乙方捐赠人民币壹拾万元整，用于学生活动。", CASH, {"amount", "purpose"}),
    ("一、甲方向乙方捐赠图书500册。", THINGS, {"property"}),
    ("一、软件用于课程教学，不得转让。", THINGS, {"purpose"}),
    ("一、甲方于2026年8月31日前完成现场部署。", THINGS, {"delivery"}),
    ("一、藏书估价合计人民币壹拾万元整，以评估报告为依据。", THINGS, {"valuation"}),
    ("一、作品交付后所有权归乙方。", THINGS, {"title"}),
    ("一、体育馆建成后所有权归学校。", CASH, {"ownership"}),
    ("一、乙方有权对破损图书予以剔旧。", THINGS, {"disposal"}),
    ("一、乙方在官网公布捐赠人姓名。", CASH, {"privacy"}),
    ("一、甲方可以查询使用情况；乙方专款专用。", CASH, {"rights"}),
    ("一、乙方专款专用；甲方有权查询。", CASH, {"use"}),
    ("一、一方违约的，应赔偿对方损失。", CASH, {"breach"}),
    ("一、乙方不按约定使用的，甲方可要求返还。", CASH, {"breach"}),
    ("一、丙方在五年内不得转让设备。", THINGS, {"rights"}),
    ("一、争议由法院管辖，协商解决。一方违约的，应当承担违约责任。", CASH, {"dispute", "breach"}),
    ("一、基金因故终止的，剩余财产用于相近项目。", CASH, {"termination"}),
    ("一、本协议叁份，双方签字后生效。", CASH, {"copies", "effect"}),
    ("一、石碑正面镌刻校训。", CASH, set()),
    ("一、甲方将款项汇入乙方账户。\n二、甲方将捐赠款打入乙方账户。", CASH, {"payment"}),
]  # fmt: skip


@pytest.mark.parametrize(("body", "kind", "expected"), UNHEADED)
def test_a_unit_without_a_heading_is_what_it_speaks_of(body, kind, expected):
    assert clauses(body, kind) == expected


CHANGES = [
    ("一、原协议自即日起终止，未付款项不再支付。", Kind.TERMINATION, {"termination"}),
    ("一、已支付款项不予退还。", Kind.TERMINATION, {"refund"}),
    ("一、丙方停止使用“恒源楼”名称。", Kind.TERMINATION, {"naming"}),
    ("一、双方确认甲方已向乙方支付人民币壹拾万元整。", Kind.TERMINATION, set()),
    ("一、第三期捐赠款调整为人民币壹拾万元整，用于学术交流。", Kind.SUPPLEMENTARY, {"amendment"}),
    ("一、未约定的，仍按原协议执行。争议解决方式不变。", Kind.SUPPLEMENTARY, {"continuity", "dispute"}),
]  # fmt: skip


@pytest.mark.parametrize(("body", "kind", "expected"), CHANGES)
def test_a_paper_that_changes_another_has_clauses_of_its_own(body, kind, expected):
    assert clauses(body, kind) == expected


def test_the_rows_of_a_form_are_clauses():
    rows = [("捐赠人", "贺兰亭"), ("受赠人", "云麓大学教育发展基金会"), ("捐赠金额", "人民币贰仟元整"), ("捐赠用途", "助学"), ("支付方式", "转账"), ("公开意愿", "同意")]  # fmt: skip
    lines = [Line(1, "捐赠登记表")]
    lines += [Line(no, "\t".join(row), cells=row) for no, row in enumerate(rows, start=2)]
    lines.append(Line(9, "一、乙方开具捐赠票据。"))
    paper = Paper(tuple(lines))
    found = set(read_clauses(paper, dissect(paper), Kind.SMALL))
    assert found == {"amount", "purpose", "payment", "privacy", "receipt"}


def test_a_numbered_recital_is_no_clause():
    body = "鉴于：\n（1）甲方热心教育；\n（2）乙方依法设立。\n现约定如下：\n1. 甲方汇入乙方账户。\n2. 一式两份。"
    assert clauses(body) == {"payment", "copies"}
