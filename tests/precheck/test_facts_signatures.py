"""Signing areas as many authors set them, and the blocks and dates that a reader finds."""
# ruff: noqa: E501 - one row a line

import pytest

from donflow.precheck.anatomy import dissect
from donflow.precheck.facts_parties import read_parties
from donflow.precheck.facts_signatures import blocks, read_signatures
from donflow.precheck.paper import Line, Look, Paper, from_text

COMPANY = "深圳市恒源数智科技有限公司"
FOUNDATION = "云麓大学教育发展基金会"
OPENING = f"捐赠协议书\n\n甲方（捐赠方）：{COMPANY}\n乙方（受赠方）：{FOUNDATION}\n"
BODY = "\n第一条 捐赠财产\n甲方自愿向乙方捐赠人民币壹拾万元整。\n\n第二条 生效\n本协议自双方盖章之日起生效。\n\n"
THREE = OPENING + "丙方（受益方）：云麓大学管理学院\n"
PERSON = f"捐赠协议书\n\n捐赠人：贺兰亭\n受赠人：{FOUNDATION}\n"


def read(text):
    paper = from_text(text)
    anatomy = dissect(paper)
    parties = read_parties(paper, anatomy)
    return [
        f"{each.label} {each.on or '-'} {each.signer}".strip()
        for each in read_signatures(paper, anatomy, parties)
    ]


AREAS = [
    # side by side
    ("甲方（盖章）：                 乙方（盖章）：\n代表（签字）：                 代表（签字）：\n日期：2025年5月20日            日期：2025年5月20日", ["甲方 2025-05-20", "乙方 2025-05-20"]),
    ("甲方：                         乙方：\n（盖章）                       （盖章）\n年   月   日                   年   月   日", ["甲方 -", "乙方 -"]),
    ("甲方（公章）            乙方（公章）\n法定代表人：            法定代表人：\n2025.5.20               2025.5.21", ["甲方 2025-05-20", "乙方 2025-05-21"]),
    (f"甲方：{COMPANY}（盖章）      乙方：{FOUNDATION}（盖章）\n授权代表：                        授权代表：\n日期：2025-05-20                  日期：2025-05-20", ["甲方 2025-05-20", "乙方 2025-05-20"]),
    ("甲方（签章）：          乙方（签章）：\n签订日期：              签订日期：", ["甲方 -", "乙方 -"]),
    ("甲方（盖章）：          乙方（盖章）：\n法定代表人              法定代表人\n（或授权代表）签字：    （或授权代表）签字：\n签订时间：2025 年 5 月 20 日     签订时间：2025 年 5 月 20 日", ["甲方 2025-05-20", "乙方 2025-05-20"]),
    ("捐赠方（盖章）：          受赠方（盖章）：\n日期：2025年5月20日       日期：2025年5月20日", ["甲方 2025-05-20", "乙方 2025-05-20"]),
    ("甲方：__________          乙方：__________\n代表：__________          代表：__________\n日期：____年__月__日      日期：____年__月__日", ["甲方 -", "乙方 -"]),
    ("甲方（盖章）                乙方（盖章）\n法定代表人：梁启舟          法定代表人：秦望川\n二〇二五年五月二十日        二〇二五年五月二十日", ["甲方 2025-05-20 梁启舟", "乙方 2025-05-20 秦望川"]),
    ("甲方（盖章）：          乙方（盖章）：\n\n甲方代表（签字）：      乙方代表（签字）：\n\n日期：2025年5月20日     日期：", ["甲方 2025-05-20", "乙方 -"]),
    ("甲方代表签字：          乙方代表签字：\n单位盖章：              单位盖章：\n日期：  年 月 日        日期：  年 月 日", ["甲方 -", "乙方 -"]),
    # one below the other
    ("甲方（盖章）：\n法定代表人（签字）：\n日期：2025年5月20日\n\n乙方（盖章）：\n法定代表人（签字）：\n日期：2025年5月22日", ["甲方 2025-05-20", "乙方 2025-05-22"]),
    (f"甲方（盖章）：{COMPANY}\n代表签字：梁启舟\n2025年5月20日\n乙方（盖章）：{FOUNDATION}\n代表签字：\n2025年5月20日", ["甲方 2025-05-20 梁启舟", "乙方 2025-05-20"]),
    ("甲方（签字）：\n乙方（盖章）：\n                              二〇二五年四月十八日", ["甲方 2025-04-18", "乙方 2025-04-18"]),
    ("甲方（盖章）：\n甲方代表（签字）：\n乙方（盖章）：\n乙方代表（签字）：\n签订日期：2025年5月20日", ["甲方 2025-05-20", "乙方 2025-05-20"]),
    ("甲方（盖章）：\n地址：深圳市学府路88号\n电话：0755-00000000\n日期：2025年5月20日\n乙方（盖章）：\n地址：兰州市云麓南路222号\n日期：2025年5月20日", ["甲方 2025-05-20", "乙方 2025-05-20"]),
    # frills around it
    ("（以下无正文）\n\n甲方（盖章）：          乙方（盖章）：\n日期：2025年5月20日     日期：2025年5月20日", ["甲方 2025-05-20", "乙方 2025-05-20"]),
    ("（本页无正文，为《捐赠协议书》签署页）\n甲方（盖章）：          乙方（盖章）：\n日期：2025年5月20日     日期：2025年5月20日", ["甲方 2025-05-20", "乙方 2025-05-20"]),
    ("甲方（盖章）：          乙方（盖章）：\n日期：2025年5月20日     日期：2025年5月20日\n签订地点：兰州", ["甲方 2025-05-20", "乙方 2025-05-20"]),
    ("甲方（盖章）：          乙方（盖章）：\n日期：2025年5月20日     日期：2025年5月20日\n\n附件一：捐赠清单\n一、设备\n二、图书", ["甲方 2025-05-20", "乙方 2025-05-20"]),
    ("附件：捐赠清单\n\n甲方（盖章）：          乙方（盖章）：\n日期：2025年5月20日     日期：2025年5月20日", ["甲方 2025-05-20", "乙方 2025-05-20"]),
    (f"{COMPANY}（盖章）          {FOUNDATION}（盖章）\n代表人：                   代表人：\n2025年5月20日              2025年5月20日", ["甲方 2025-05-20", "乙方 2025-05-20"]),
    ("甲方（捐赠方）盖章：      乙方（受赠方）盖章：\n代表签字：               代表签字：\n日期：2025年5月20日      日期：2025年5月20日", ["甲方 2025-05-20", "乙方 2025-05-20"]),
    ("甲　方（盖章）：          乙　方（盖章）：\n日　期：2025年5月20日     日　期：2025年5月20日", ["甲方 2025-05-20", "乙方 2025-05-20"]),
    ("甲方：                               乙方：（公章）\n                                     2025年5月6日", ["甲方 -", "乙方 2025-05-06"]),
]  # fmt: skip


@pytest.mark.parametrize(("area", "expected"), AREAS)
def test_the_blocks_of_a_signing_area_are_found(area, expected):
    assert read(OPENING + BODY + area) == expected


def test_three_parties_sign_side_by_side():
    area = (
        "甲方（公章）                乙方（公章）                丙方（公章）\n"
        "代表签字：                  代表签字：                  代表签字：\n"
        "2025年7月15日               2025年7月16日               2025年7月17日"
    )
    assert read(THREE + BODY + area) == ["甲方 2025-07-15", "乙方 2025-07-16", "丙方 2025-07-17"]


def test_the_third_of_three_may_sign_in_a_second_row():
    area = (
        "甲方（盖章）：            乙方（盖章）：\n日期：2025年7月15日       日期：2025年7月15日\n\n"
        "丙方（盖章）：\n日期：2025年7月16日"
    )
    assert read(THREE + BODY + area) == ["甲方 2025-07-15", "乙方 2025-07-15", "丙方 2025-07-16"]


def test_who_gives_in_person_signs_by_name():
    area = "捐赠人（签字）：贺兰亭            受赠人（盖章）：\n日期：2025年3月12日              日期：2025年3月12日"
    assert read(PERSON + BODY + area) == ["捐赠人 2025-03-12 贺兰亭", "受赠人 2025-03-12"]


def table(*rows, after=()):
    text = (OPENING + BODY).splitlines()
    lines = [Line(no, words) for no, words in enumerate(text, start=1)]
    for row in rows:
        cells = row if isinstance(row, tuple) else ()
        words = "\t".join(row) if cells else row
        lines.append(Line(len(lines) + 1, words, cells=cells))
    for words in after:
        look = Look(alignment="right")
        lines.append(Line(len(lines) + 1, words, look=look))
    paper = Paper(tuple(lines))
    anatomy = dissect(paper)
    found = read_signatures(paper, anatomy, read_parties(paper, anatomy))
    return [f"{each.label} {each.on or '-'} {each.signer}".strip() for each in found]


BOTH = ["甲方 2025-05-20", "乙方 2025-05-20"]


def test_blocks_stand_in_the_cells_of_a_table():
    rows = [
        ("甲方（盖章）：", "乙方（盖章）："),
        ("代表（签字）：", "代表（签字）："),
        ("日期：2025年5月20日", "日期：2025年5月20日"),
    ]
    assert table(*rows) == BOTH


def test_a_date_below_a_table_is_for_all_who_sign():
    assert table(("甲方（盖章）：", "乙方（盖章）："), after=["2025年5月20日"]) == BOTH


def test_labels_and_what_is_filled_in_stand_in_cells_of_their_own():
    rows = [
        ("甲方（盖章）：", COMPANY, "乙方（盖章）：", FOUNDATION),
        ("日期：", "2025年5月20日", "日期：", "2025年5月20日"),
    ]
    assert table(*rows) == BOTH


def test_a_whole_block_may_stand_in_one_cell():
    block = "（盖章） 代表（签字）： 日期：2025年5月20日"
    assert table((f"甲方{block}", f"乙方{block}")) == BOTH


def test_contacts_in_the_body_are_no_signatures():
    body = (
        "\n第一条 捐赠\n甲方自愿向乙方捐赠人民币壹拾万元整。\n第二条 联系方式\n甲方联系人：岳鹏程\n"
        "电话：0755-00000000\n乙方联系人：林秘书\n第三条 生效\n自盖章之日起生效。\n"
    )
    area = "甲方（盖章）：          乙方（盖章）：\n日期：2025年5月20日     日期：2025年5月20日"
    assert read(OPENING + body + area) == BOTH


def test_contacts_in_the_last_clause_are_no_signatures():
    body = (
        BODY + "第三条 通知与送达\n甲方：梁启舟\n联系人：岳鹏程\n乙方：秦望川\n联系人：林秘书\n\n"
    )
    area = "甲方：                乙方：\n（盖章）              （盖章）\n签约时间：2025年5月20日"
    assert read(OPENING + body + area) == BOTH


def test_a_paper_without_a_signing_area_has_no_blocks():
    assert read(OPENING + BODY) == []


BLANKS = [
    (
        "日期：    年   月   日                   日期：    年   月   日",
        ["日期：    年   月   日"] * 2,
    ),
    ("日期：____年__月__日      日期：2025年5月20日", ["日期：____年__月__日"]),
    ("日期：2025年5月20日      日期：2025年5月20日", []),
    ("签订日期：               签订日期：", ["签订日期："] * 2),
]


@pytest.mark.parametrize(("dates", "expected"), BLANKS)
def test_blanks_for_dates_are_quoted_as_they_stand(dates, expected):
    paper = from_text(OPENING + BODY + "甲方（盖章）：            乙方（盖章）：\n" + dates)
    anatomy = dissect(paper)
    found = blocks(paper, anatomy, read_parties(paper, anatomy))
    assert [paper.text(blank) for block in found for blank in block.blanks] == expected
