"""A precedent's wording is shown without the gift in it: no name, address, sum, day or number."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from time import perf_counter

import pytest

from donflow.precheck.check import read_draft
from donflow.precheck.compare import compare
from donflow.precheck.paper import from_text
from donflow.precheck.rulebook import RuleBook
from donflow.precheck.veiling import names_in, veil
from tests.precheck.signed import KINDS, draft_of, precedent, text_of

CORPUS = Path(__file__).parent / "corpus"
ILLNESS = (
    "因甲方罹患疾病，乙方应对甲方许慎言的姓名和住址（兰州市城关区学府路5号）保密。"
    "有关事宜由王秀兰女士（电话138 0000 1235）转达，捐赠款￥500,000.00于2025年3月1日前付清，"
    "设立“慎言助学金”，并报甘肃云上实业有限公司备案。"
)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("甲方许慎言与乙方云麓大学教育发展基金会", "甲方捐赠人与乙方受赠人"),
        ("许 慎 言（以下简称甲方）", "捐赠人（以下简称甲方）"),
        ("由王秀兰女士、欧阳老师经办", "由某女士、某老师经办"),
        ("联系人：王秀兰 电话：138 0000 1235", "联系人：［姓名］ 电话：［数］"),
        ("身份证号：62010019050101793X", "身份证号：［数］"),
        ("邮箱 lin@example.cn。", "邮箱 ［邮箱］。"),
        ("住址为兰州市城关区学府路5号", "住址为［地址］"),
        ("（甘肃省兰州市城关区学府路5号楼3室）", "（［地址］）"),
        ("捐赠人民币伍拾万元整（￥500,000.00）", "捐赠［金额］（［金额］）"),
        ("每年十万元，合计50万元", "每年［金额］，合计［金额］"),
        ("于2025年3月1日前，每年3月31日前", "于［日期］前，每年［日期］前"),
        ("二〇二五年三月一日", "［日期］"),
        ("收到后10个工作日内，列支3%", "收到后［数］个工作日内，列支［数］%"),
        ("账号 6222 0000 0000 0000 001。", "账号 ［数］。"),
        ("联系电话Tel.13800006071", "联系电话Tel.［数］"),
        ("全角６２２２００００", "全角［数］"),
        ("设立“慎言助学金”，以下称“甲方”", "设立“…”，以下称“甲方”"),
        ("依《许慎言助学金管理办法》和《慈善法》", "依《…》和《慈善法》"),
        ("根据《中华人民共和国民法典》第6条", "根据《中华人民共和国民法典》第6条"),
        ("委托甘肃云上实业有限公司施工", "［单位］施工"),
        ("第12条 违约责任", "第12条 违约责任"),
        ("3.2 乙方应当专款专用", "3.2 乙方应当专款专用"),
        ("本协议一式肆份，甲方执贰份", "本协议一式肆份，甲方执贰份"),
        ("任何一方违约的，承担相应责任。", "任何一方违约的，承担相应责任。"),
    ],
)  # fmt: skip
def test_roles_stand_for_what_differs_from_gift_to_gift(text: str, shown: str) -> None:
    names = {"许慎言": "捐赠人", "云麓大学教育发展基金会": "受赠人"}
    assert veil(text, names) == shown


@pytest.mark.parametrize(
    "sign", ["甲", "_", "1", "1 ", "A", " ", "“", "路市", "一", "《", "（", "a.-"]
)
def test_a_line_without_end_takes_no_time_without_end(sign: str) -> None:
    started = perf_counter()
    veil(sign * (60_000 // len(sign)), {"许慎言": "甲方"})
    assert perf_counter() - started < 5


def test_what_a_party_is_called_in_short_is_its_name() -> None:
    text = (
        text_of(0).replace("第0有限公司", "有限公司（以下简称“恒源”）", 1)
        + "\n恒源与恒源数智科技均为甲方。"
    )
    draft = read_draft(from_text(text), RuleBook({}), on=date(2026, 3, 6))
    names = names_in(draft.facts, draft.paper)
    assert veil("恒源与恒源数智科技均为甲方。", names) == "甲方与甲方均为甲方。"


@pytest.mark.parametrize("path", sorted(CORPUS.glob("*.txt")), ids=lambda path: path.stem)
def test_no_name_and_no_number_of_an_agreement_is_left(path: Path) -> None:
    draft = read_draft(from_text(path.read_text("utf-8")), RuleBook({}), on=date(2026, 3, 6))
    facts, names = draft.facts, names_in(draft.facts, draft.paper)
    shown = "\n".join(veil(line.text, names) for line in draft.paper.lines)
    said = [party.name for party in facts.parties] + [party.phone for party in facts.parties]
    said += [party.id_number for party in facts.parties]
    said += [facts.account.number] if facts.account else []
    said += [party.representative for party in facts.parties]
    left = [word for word in said if word and word in shown]
    assert left == []


def test_no_finding_says_whose_gift_a_precedent_was() -> None:
    told = {"违约责任": f"{ILLNESS}任何一方违反本协议约定的，应当承担相应责任。"}
    held = [precedent(no, text_of(no, clauses=told, donor="许慎言")) for no in range(8)]
    missing = draft_of(text_of(9), clauses=tuple(kind for kind in KINDS if kind != "breach"))
    unlike = draft_of(text_of(9, clauses={"违约责任": "违约者赔偿对方损失并支付违约金。"}))
    for draft in (missing, unlike):
        words = "".join(str(found.expect) for found in compare(draft, held))
        assert "应当承担相应责任" in words
        for secret in ("许慎言", "慎言", "王秀兰", "1235", "学府路", "500,000", "云上"):
            assert secret not in words
