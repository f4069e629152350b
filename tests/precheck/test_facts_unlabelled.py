"""Parties, clauses and signatures of papers that are no forms: letters, prose, couples, tables."""

from __future__ import annotations

from datetime import date

import pytest

from donflow.precheck.anatomy import dissect
from donflow.precheck.check import read_draft
from donflow.precheck.draft import Draft
from donflow.precheck.paper import Line, Paper, from_text
from donflow.precheck.rulebook import load
from donflow.precheck.rules.party_names import party_label_inconsistent
from donflow.precheck.rules.references import article_references, original_references
from donflow.precheck.rules.signatures import signature_block_missing
from donflow.shipping import rule_texts

ON = date(2026, 11, 21)
BOOK = load(rule_texts(), on=ON)
FOUNDATION = "云麓大学教育发展基金会"
END = "\n二、本协议一式两份，自签字盖章之日起生效。\n"


def draft(text: str) -> Draft:
    return read_draft(from_text(text), BOOK, on=ON)


def told(text: str) -> list[tuple[str, str, str]]:
    return [(each.role, each.label, each.name) for each in draft(text).facts.parties]


LETTER = (
    "捐赠承诺书\n\n{to}\n\n{who}自愿向贵会捐赠人民币伍万元整（￥50,000.00），用于图书馆购书。\n"
    "1、款项于2026年12月1日前付清。\n2、本承诺书一式两份。\n\n{sign}\n2026年11月1日\n"
)


@pytest.mark.parametrize(
    ("to", "who", "sign", "giver"),
    [
        (
            f"{FOUNDATION}：",
            "本公司深圳市恒源数智科技有限公司（统一社会信用代码：91440300MA5EXAMPL5）",
            "承诺人：深圳市恒源数智科技有限公司（盖章）",
            ("donor", "承诺人", "深圳市恒源数智科技有限公司"),
        ),
        (f"致：{FOUNDATION}", "本人", "承诺人：梁启舟", ("donor", "承诺人", "梁启舟")),
        (
            f"尊敬的{FOUNDATION}：",
            "我公司",
            "承诺单位：深圳市恒源数智科技有限公司（公章）",
            ("donor", "承诺单位", "深圳市恒源数智科技有限公司"),
        ),
    ],
)
def test_a_letter_is_between_who_signs_and_whom_it_addresses(to, who, sign, giver):
    text = LETTER.format(to=to, who=who, sign=sign)
    assert told(text) == [giver, ("recipient", "贵会", FOUNDATION)]
    assert not list(signature_block_missing(draft(text)))


@pytest.mark.parametrize(
    ("opening", "expected"),
    [
        (
            f"赠与人梁启舟，身份证号440301190001010012；受赠人{FOUNDATION}，地址云麓市。",
            [("donor", "赠与人", "梁启舟"), ("recipient", "受赠人", FOUNDATION)],
        ),
        (
            f"本协议由捐赠方深圳市恒源数智科技有限公司与受赠方{FOUNDATION}订立。",
            [
                ("donor", "捐赠方", "深圳市恒源数智科技有限公司"),
                ("recipient", "受赠方", FOUNDATION),
            ],
        ),
    ],
)
def test_prose_names_the_parties_right_behind_their_labels(opening, expected):
    assert told(f"捐赠书\n{opening}\n一、捐赠人民币伍万元整。{END}") == expected


def test_a_couple_gives_under_one_label_and_each_signs():
    text = (
        "捐赠协议\n捐赠人：梁启舟，身份证号440301190001010012\n"
        "　　　　苏若水，身份证号440301190102020025\n"
        f"受赠人：{FOUNDATION}\n一、捐赠人捐赠人民币伍万元整。{END}"
        f"捐赠人（签名）：梁启舟　苏若水\n受赠人（盖章）：{FOUNDATION}\n2026年11月1日\n"
    )
    assert told(text) == [
        ("donor", "捐赠人", "梁启舟"),
        ("donor", "捐赠人", "苏若水"),
        ("recipient", "受赠人", FOUNDATION),
    ]
    blocks = draft(text).facts.signature_blocks
    assert [(each.label, each.signer) for each in blocks] == [
        ("捐赠人", "梁启舟"),
        ("捐赠人", "苏若水"),
        ("受赠人", ""),
    ]


def row(number: int, *cells: str) -> Line:
    return Line(number, "\t".join(cells), cells=cells)


def test_a_table_of_two_languages_names_in_both_and_is_read_in_chinese():
    name = "Harbour Light Education Trust"
    lines = (
        Line(1, "捐赠协议"),
        row(
            2, "捐赠方：港灯教育信托（注册地：新加坡）", f"Donor: {name} (registered in Singapore)"
        ),
        row(3, f"受赠方：{FOUNDATION}", "Donee: Yunlu University Education Foundation"),
        row(
            4,
            "第一条　用途 捐赠款用于资助云麓大学音乐学院购置乐器。",
            "Article 1  Purpose The donation shall be used to buy instruments for the School.",
        ),
        row(5, "捐赠方 Donor：", "受赠方 Donee："),
        row(6, "日期 Date：2026年11月1日", "日期 Date：2026年11月2日"),
    )
    facts = read_draft(Paper(lines), BOOK, on=ON).facts
    donor = facts.parties[0]
    assert (donor.name, donor.name_en, donor.overseas) == ("港灯教育信托", name, True)
    assert facts.purpose == "资助云麓大学音乐学院购置乐器"
    assert facts.beneficiary == "云麓大学音乐学院"
    assert [(each.label, each.on) for each in facts.signature_blocks] == [
        ("捐赠方", date(2026, 11, 1)),
        ("受赠方", date(2026, 11, 2)),
    ]


@pytest.mark.parametrize(
    ("line", "label", "heading"),
    [
        ("【第五条　争议处理】", "第五条", "争议处理"),
        ("第五条【争议处理】", "第五条", "争议处理"),
        ("第五，捐赠人可以查询。", "第五", ""),
        ("其五，捐赠人可以查询。", "其五", ""),
    ],
)
def test_labels_stand_in_brackets_or_count_aloud(line, label, heading):
    before = [re_numbered(line, number) for number in "一二三四"]
    units = dissect(from_text("捐赠协议\n" + "\n".join([*before, line]) + "\n")).units
    assert (units[-1].label, units[-1].heading) == (label, heading)


def re_numbered(line: str, number: str) -> str:
    return line.replace("五", number, 1)


PARTIES = f"捐赠协议\n捐赠者：梁启舟\n受赠者：{FOUNDATION}\n"


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("一、甲乙双方协商解决。", ["甲乙双方"]),
        ("一、双方协商解决。", []),
        ("一、借款由学生本人申请，借款人应按月归还无息借款；学生借款不计利息。", []),
    ],
)
def test_letters_are_alien_where_the_opening_gives_none(words, found):
    text = f"{PARTIES}{words}{END}"
    assert [each.quote for each in party_label_inconsistent(draft(text))] == found


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("2.1 依第1.3款办理。", ["第1.3款"]),
        ("2.1 依第1.2款办理。", []),
        ("2.1 依照《慈善法》第1.3款办理。", []),
    ],
)
def test_decimal_references_lead_to_a_unit_of_the_paper(words, found):
    text = f"{PARTIES}1. 捐赠\n1.1 捐赠人民币伍万元整。\n1.2 一次付清。\n2. 其他\n{words}\n"
    assert [each.quote for each in article_references(draft(text))] == found


@pytest.mark.parametrize(
    ("day", "found"), [("25", ["《捐赠协议书》（2024年3月25日签订）"]), ("15", [])]
)
def test_an_earlier_agreement_has_one_day(day, found):
    text = (
        f"补充协议\n甲方：梁启舟\n乙方：{FOUNDATION}\n双方于2024年3月15日签订《捐赠协议书》。\n"
        f"一、《捐赠协议书》（2024年3月{day}日签订）其他条款继续有效。{END}"
    )
    assert [each.quote for each in original_references(draft(text))] == found
