"""Openings as many authors write them, and the parties that a reader finds in them."""
# ruff: noqa: E501 - one row a line

import pytest

from donflow.precheck.anatomy import dissect
from donflow.precheck.facts_parties import read_parties
from donflow.precheck.paper import Line, Paper, from_text

ARTICLE = "\n\n第一条 捐赠财产\n{gives}\n\n第二条 其他\n本协议一式两份。"
FOUNDATION = "云麓大学教育发展基金会"
COMPANY = "深圳市恒源数智科技有限公司"


def parties_of(opening, gives="甲方自愿向乙方捐赠人民币壹拾万元整。"):
    paper = from_text("捐赠协议书\n\n" + opening + ARTICLE.format(gives=gives))
    return read_parties(paper, dissect(paper))


OPENINGS = [
    # label with its role behind, before, in square brackets, without any role
    (f"甲方（捐赠方）：{COMPANY}\n乙方（受赠方）：{FOUNDATION}", ["donor 甲方 " + COMPANY, "recipient 乙方 " + FOUNDATION]),
    (f"捐赠方（甲方）：{COMPANY}\n受赠方（乙方）：{FOUNDATION}", ["donor 甲方 " + COMPANY, "recipient 乙方 " + FOUNDATION]),
    (f"甲方【捐赠人】：{COMPANY}\n乙方【受赠人】：{FOUNDATION}", ["donor 甲方 " + COMPANY, "recipient 乙方 " + FOUNDATION]),
    (f"甲方：{COMPANY}\n乙方：{FOUNDATION}", ["donor 甲方 " + COMPANY, "recipient 乙方 " + FOUNDATION]),
    (f"捐赠人:{COMPANY}\n受赠人:{FOUNDATION}", ["donor 捐赠人 " + COMPANY, "recipient 受赠人 " + FOUNDATION]),
    (f"捐 赠 方：{COMPANY}\n受 赠 方：{FOUNDATION}", ["donor 捐赠方 " + COMPANY, "recipient 受赠方 " + FOUNDATION]),
    (f"甲　　方：{COMPANY}\n乙　　方：{FOUNDATION}", ["donor 甲方 " + COMPANY, "recipient 乙方 " + FOUNDATION]),
    # short names given in the opening
    (f"捐赠方（以下简称甲方）：{COMPANY}\n受赠方（以下简称乙方）：{FOUNDATION}", ["donor 甲方 " + COMPANY, "recipient 乙方 " + FOUNDATION]),
    (f"捐赠方：{COMPANY}（以下称“甲方”）\n受赠方：{FOUNDATION}（以下称“乙方”）", ["donor 甲方 " + COMPANY, "recipient 乙方 " + FOUNDATION]),
    (f"{COMPANY}（以下简称“甲方”）\n{FOUNDATION}（以下简称“乙方”）", ["donor 甲方 " + COMPANY, "recipient 乙方 " + FOUNDATION]),
    (f"本协议由{COMPANY}（以下简称“捐赠人”）与{FOUNDATION}（以下简称“受赠人”）签订。", ["donor 捐赠人 " + COMPANY, "recipient 受赠人 " + FOUNDATION]),
    # the name behind a key, on the next line, in the next column
    (f"甲方名称：{COMPANY}\n乙方名称：{FOUNDATION}", ["donor 甲方 " + COMPANY, "recipient 乙方 " + FOUNDATION]),
    (f"捐赠单位（甲方）：{COMPANY}\n受赠单位（乙方）：{FOUNDATION}", ["donor 甲方 " + COMPANY, "recipient 乙方 " + FOUNDATION]),
    (f"甲方（捐赠方）：\n名称：{COMPANY}\n住所：深圳市学府路88号\n乙方（受赠方）：\n名称：{FOUNDATION}\n住所：兰州市云麓南路222号", ["donor 甲方 " + COMPANY, "recipient 乙方 " + FOUNDATION]),
    (f"甲方：      {COMPANY}\n乙方：      {FOUNDATION}", ["donor 甲方 " + COMPANY, "recipient 乙方 " + FOUNDATION]),
    (f"甲方（捐赠方）  {COMPANY}\n乙方（受赠方）  {FOUNDATION}", ["donor 甲方 " + COMPANY, "recipient 乙方 " + FOUNDATION]),
    (f"甲方：{COMPANY}        乙方：{FOUNDATION}", ["donor 甲方 " + COMPANY, "recipient 乙方 " + FOUNDATION]),
    (f"│甲方（捐赠方）│{COMPANY}│\n│乙方（受赠方）│{FOUNDATION}│", ["donor 甲方 " + COMPANY, "recipient 乙方 " + FOUNDATION]),
    (f"│捐赠方│{COMPANY}│\n│（甲方）│        │\n│受赠方（乙方）│{FOUNDATION}│", ["donor 甲方 " + COMPANY, "recipient 乙方 " + FOUNDATION]),
    (f"捐赠方：（以下简称“甲方”）{COMPANY}\n受赠方：（以下简称“乙方”）{FOUNDATION}", ["donor 甲方 " + COMPANY, "recipient 乙方 " + FOUNDATION]),
    (f"捐赠单位：{COMPANY}（下称甲方）\n受赠单位：{FOUNDATION}（下称乙方）\n受益学院：云麓大学管理学院（下称丙方）", ["donor 甲方 " + COMPANY, "recipient 乙方 " + FOUNDATION, "beneficiary 丙方 云麓大学管理学院"]),
    # blanks, people, three and four parties
    (f"甲方（捐赠方）：____________________\n乙方（受赠方）：{FOUNDATION}", ["donor 甲方 ", "recipient 乙方 " + FOUNDATION]),
    (f"甲方（捐赠方）：\n身份证号：\n乙方（受赠方）：{FOUNDATION}", ["donor 甲方 ", "recipient 乙方 " + FOUNDATION]),
    (f"赠与人：贺兰亭，男，身份证号：620121190105137941\n受赠人：{FOUNDATION}", ["donor 赠与人 贺兰亭", "recipient 受赠人 " + FOUNDATION]),
    (f"捐赠人：贺兰亭先生\n受赠人：{FOUNDATION}", ["donor 捐赠人 贺兰亭", "recipient 受赠人 " + FOUNDATION]),
    (f"甲方（捐赠方）：{COMPANY}\n乙方（受赠方）：{FOUNDATION}\n丙方（受益方）：云麓大学管理学院", ["donor 甲方 " + COMPANY, "recipient 乙方 " + FOUNDATION, "beneficiary 丙方 云麓大学管理学院"]),
    (f"甲方：{COMPANY}\n乙方：{FOUNDATION}\n丙方：云麓大学管理学院", ["donor 甲方 " + COMPANY, "recipient 乙方 " + FOUNDATION, "beneficiary 丙方 云麓大学管理学院"]),
    (f"甲方（捐赠人）：{COMPANY}\n乙方（受赠人）：{FOUNDATION}\n丙方（管理方）：云麓大学管理学院\n目标公司：南山恒源控股有限公司", ["donor 甲方 " + COMPANY, "recipient 乙方 " + FOUNDATION, "manager 丙方 云麓大学管理学院", "target 目标公司 南山恒源控股有限公司"]),
    (f"捐赠方：{COMPANY}\n受赠方：{FOUNDATION}\n执行单位：云麓大学管理学院", ["donor 捐赠方 " + COMPANY, "recipient 受赠方 " + FOUNDATION, "beneficiary 执行单位 云麓大学管理学院"]),
    (f"甲方一（捐赠方）：梁启舟\n甲方二（捐赠方）：祁连山\n乙方（受赠方）：{FOUNDATION}", ["donor 甲方一 梁启舟", "donor 甲方二 祁连山", "recipient 乙方 " + FOUNDATION]),
    (f"捐赠人：云麓大学管理学院2003级全体校友（代表：岳鹏程）\n受赠人：{FOUNDATION}", ["donor 捐赠人 云麓大学管理学院2003级全体校友", "recipient 受赠人 " + FOUNDATION]),
    # labels that only the name behind them shows; asides behind a name
    (f"捐书人：贺兰亭\n受捐单位：{FOUNDATION}\n收藏单位：云麓大学图书馆", ["donor 捐书人 贺兰亭", "recipient 受捐单位 " + FOUNDATION, "beneficiary 收藏单位 云麓大学图书馆"]),
    (f"捐物人：{COMPANY}\n受赠人：{FOUNDATION}\n保管人：云麓大学档案馆", ["donor 捐物人 " + COMPANY, "recipient 受赠人 " + FOUNDATION, "beneficiary 保管人 云麓大学档案馆"]),
    (f"甲方（捐建方）：{COMPANY}\n乙方（受赠方）：{FOUNDATION}\n丙方（项目管理）：云麓大学基建处", ["donor 甲方 " + COMPANY, "recipient 乙方 " + FOUNDATION, "manager 丙方 云麓大学基建处"]),
    (f"甲方（赠书人）：{COMPANY}\n乙方：{FOUNDATION}", ["donor 甲方 " + COMPANY, "recipient 乙方 " + FOUNDATION]),
    (f"甲方：{COMPANY}\n联系人：岳鹏程\n经办人：林秘书\n校方联系人：周审核\n施工单位：溪山第一建筑有限公司\n乙方：{FOUNDATION}\n收款人：{FOUNDATION}", ["donor 甲方 " + COMPANY, "recipient 乙方 " + FOUNDATION]),
    (f"甲方：{COMPANY}（股票上市公司）\n乙方：{FOUNDATION}", ["donor 甲方 " + COMPANY, "recipient 乙方 " + FOUNDATION]),
    (f"甲方：云麓大学香港校友会有限公司（于香港注册，以下简称“港友会”）\n乙方：{FOUNDATION}", ["donor 甲方 云麓大学香港校友会有限公司", "recipient 乙方 " + FOUNDATION]),
    (f"甲方：云溪大学（深圳）\n乙方：{FOUNDATION}", ["donor 甲方 云溪大学（深圳）", "recipient 乙方 " + FOUNDATION]),
    (f"甲方（捐赠人）：{COMPANY}\n乙方（受赠人）：{FOUNDATION}\n甲方（代建单位）：云麓大学基建处", ["donor 甲方 " + COMPANY, "recipient 乙方 " + FOUNDATION, "manager 甲方 云麓大学基建处"]),
    (f"Party A（捐赠方）：{COMPANY}\nParty B（受赠方）：{FOUNDATION}", ["donor 捐赠方 " + COMPANY, "recipient 受赠方 " + FOUNDATION]),
    (f"甲方：莱特玛克科技（上海）有限公司\n乙方：{FOUNDATION}", ["donor 甲方 莱特玛克科技（上海）有限公司", "recipient 乙方 " + FOUNDATION]),
    (f"甲方：深圳南山青禾投资合伙企业（有限合伙）（以下简称“甲方”）\n乙方：{FOUNDATION}", ["donor 甲方 深圳南山青禾投资合伙企业（有限合伙）", "recipient 乙方 " + FOUNDATION]),
]  # fmt: skip


@pytest.mark.parametrize(("opening", "expected"), OPENINGS)
def test_the_parties_of_an_opening_are_found(opening, expected):
    assert [f"{each.role} {each.label} {each.name}" for each in parties_of(opening)] == expected


def test_the_foundation_is_the_recipient_where_it_is_named_first():
    parties = parties_of(
        f"甲方：{FOUNDATION}\n乙方：{COMPANY}", "乙方自愿向甲方捐赠人民币壹拾万元整。"
    )
    assert [(each.role, each.label) for each in parties] == [
        ("recipient", "甲方"),
        ("donor", "乙方"),
    ]


def test_a_foundation_may_give_to_a_foundation():
    giver = "深圳市青禾公益基金会"
    parties = parties_of(f"甲方：{giver}\n乙方：{FOUNDATION}")
    assert [(each.role, each.name) for each in parties] == [
        ("donor", giver),
        ("recipient", FOUNDATION),
    ]


def test_a_receipt_given_to_the_donor_makes_nobody_a_donor():
    gives = "乙方按名单向每位校友开具公益事业捐赠统一票据。甲方集资回馈母校。"
    parties = parties_of(f"甲方：云麓大学1996级地质班校友\n乙方：{FOUNDATION}", gives)
    assert [each.role for each in parties] == ["donor", "recipient"]


TRADERS = [
    ("知新书店\n经营者：皇甫青简", "individual_business"),
    ("知新书店\n统一社会信用代码：92610102MA7F5K1L3P", "individual_business"),
    ("知新书店\n统一社会信用代码：91610102MA7F5K1L3P", "organisation"),
    ("云麓大学沿河城校友会（联系人：端木青岚）", "group"),
    ("云麓大学沿河城校友会\n法定代表人：端木青岚", "organisation"),
    ("云麓大学校友会", "organisation"),
]


@pytest.mark.parametrize(("opening", "kind"), TRADERS)
def test_a_registration_or_who_acts_tells_what_sort_of_giver_it_is(opening, kind):
    assert parties_of(f"甲方（捐赠方）：{opening}\n乙方（受赠方）：{FOUNDATION}")[0].type == kind


def test_a_cover_page_does_not_double_the_parties():
    cover = f"甲方：{COMPANY}\n乙方：{FOUNDATION}\n二〇二五年五月\n\n捐赠协议书\n\n"
    assert len(parties_of(cover + f"甲方：{COMPANY}\n乙方：{FOUNDATION}\n")) == 2


def test_what_is_told_beside_a_name_is_read():
    opening = (
        f"甲方（捐赠方）：{COMPANY}\n"
        "统一社会信用代码：9144 0300 46G9 3110 43\n"
        "法定代表人：梁启舟    职务：董事长\n"
        "联系人：岳鹏程\n"
        f"乙方（受赠方）：{FOUNDATION}\n"
        "法定代表人：秦望川"
    )
    donor, recipient = parties_of(opening)
    assert donor.uscc == "9144030046G9311043"
    assert (donor.representative, donor.contact) == ("梁启舟", "岳鹏程")
    assert recipient.representative == "秦望川"


def test_columns_side_by_side_keep_their_representatives():
    opening = (
        f"甲方：{COMPANY}        乙方：{FOUNDATION}\n法定代表人：梁启舟        法定代表人：秦望川"
    )
    assert [each.representative for each in parties_of(opening)] == ["梁启舟", "秦望川"]


def test_a_persons_number_and_telephone_are_read():
    donor = parties_of(
        f"捐赠人：贺兰亭    身份证号：620121190105137941    联系电话：139 0000 6071\n受赠人：{FOUNDATION}"
    )[0]
    assert (donor.type, donor.id_number) == ("person", "620121190105137941")
    assert donor.phone == "+8613900006071"


def _table(*rows):
    lines = [Line(1, "捐赠协议书")]
    lines += [Line(no, "\t".join(row), cells=row) for no, row in enumerate(rows, start=2)]
    return [*lines, Line(30, "第一条 甲方向乙方捐赠人民币壹拾万元整。")]


TABLES = [
    [("甲方（捐赠方）", COMPANY), ("乙方（受赠方）", FOUNDATION)],
    [("甲方（捐赠方）", "单位名称", COMPANY), ("", "法定代表人", "梁启舟"), ("乙方（受赠方）", "单位名称", FOUNDATION)],
    [("", "甲方（捐赠方）", "乙方（受赠方）"), ("名称", COMPANY, FOUNDATION), ("地址", "深圳市", "兰州市")],
    [(f"甲方：{COMPANY}", f"乙方：{FOUNDATION}"), ("法定代表人：梁启舟", "法定代表人：秦望川")],
    [("甲方（捐赠方）：", COMPANY), ("法定代表人：", "梁启舟"), ("乙方（受赠方）：", FOUNDATION)],
]  # fmt: skip


@pytest.mark.parametrize("rows", TABLES)
def test_parties_are_found_in_a_table(rows):
    paper = Paper(tuple(_table(*rows)))
    parties = read_parties(paper, dissect(paper))
    assert [(each.role, each.name) for each in parties] == [
        ("donor", COMPANY),
        ("recipient", FOUNDATION),
    ]


TYPES = [
    (COMPANY, "organisation"), (FOUNDATION, "foundation"), ("云麓大学管理学院", "school"),
    ("云麓大学", "school"), ("贺兰亭", "person"), ("云麓大学2003级工商管理专业全体校友", "group"),
    ("云麓大学管理学院1998级2班", "group"), ("云麓大学香港校友会有限公司", "organisation"),
    ("深圳市青禾商会", "organisation"), ("上海启衡新材料股份有限公司", "organisation"),
    ("云麓大学MBA2010届校友", "group"), ("欧阳明月", "person"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "kind"), TYPES)
def test_a_name_tells_what_sort_of_giver_it_is(name, kind):
    assert parties_of(f"甲方（捐赠方）：{name}\n乙方（受赠方）：{FOUNDATION}")[0].type == kind


OVERSEAS = [
    ("云麓大学香港校友会有限公司", True),
    ("Lightmark Holdings Limited\n注册地址：Singapore", True),
    ("青岛海岳贸易有限公司\n地址：青岛市香港中路8号", False),
    (COMPANY, False),
]


@pytest.mark.parametrize(("name", "overseas"), OVERSEAS)
def test_a_giver_from_abroad_is_known_by_name_and_address(name, overseas):
    party = parties_of(f"甲方（捐赠方）：{name}\n乙方（受赠方）：{FOUNDATION}")[0]
    assert party.overseas is overseas
