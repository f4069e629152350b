"""The sheets of the second roster, each with a mess of its own."""

from __future__ import annotations

from dataclasses import replace

from cells import (
    FULL,
    Hand,
    formula_of_row,
    home_too,
    join_phones,
    landline,
    nothing,
    origin,
    stranger,
    student_number,
    supervisor,
    thesis,
    wechat,
    years,
)
from people import (
    ETHNIC,
    LATIN,
    PLACES,
    Alumnus,
    Inventor,
    Line,
    Lists,
    Teller,
    Told,
    changed,
    doctor,
    plain,
    renamed,
    unlike,
)


def cover(lists: Lists) -> None:
    sheet = lists.sheet("封面")
    sheet.merge_range("B4:H6", "云麓大学经济管理学院\n校友名录（汇编）", lists.title)
    sheet.write("C10", "编制：校友工作办公室　　联系人：林秘书")
    sheet.write("C11", "2019年5月　　内部资料，注意保管")


def export(lists: Lists, invent: Inventor) -> list[Alumnus]:
    """What the registrar's system gives: coded headers, codes for sex, serials for dates."""
    sheet, hand = lists.sheet("CJXX_EXPORT"), Hand("export")
    people = [
        invent.person(enrol, "本科", major, str(no % 2 + 1))
        for enrol in (2004, 2005, 2006, 2007)
        for major in ("会计学", "工商管理", "市场营销")
        for no in range(7)
    ]
    people[9] = renamed(people[9], ETHNIC["女"][0])
    people[30] = renamed(people[30], ETHNIC["男"][1])
    people[51] = replace(people[51], name=LATIN[0], ethnicity="")
    # Two of one name in one class, and twins.
    people[15] = replace(people[14], key=people[15].key, class_no="1", **unlike(people[15]))
    people[14] = replace(people[14], class_no="1")
    first = replace(people[63], name="柳晓东", gender="男", class_no="1", landline="0931-8000777")
    people[63] = first
    people[64] = replace(
        people[64],
        name="柳晓冬",
        gender="男",
        class_no="1",
        landline=first.landline,
        born=first.born,
    )
    heads = "XH XM XBDM MZ CSRQ NJ ZYMC BJMC PYCC BYNY SJHM JTDH DZYX"
    lists.row(sheet, 1, 0, heads.split())

    def number(who: Alumnus) -> Told:
        return int(who.number), {"student_no": who.number}

    def sex(who: Alumnus) -> Told:
        return {"男": 1, "女": 2}[who.gender], {"gender": who.gender}

    def year(who: Alumnus) -> Told:
        return who.enrol, {"enrol_year": str(who.enrol)}

    def group(who: Alumnus) -> Told:
        return f"{who.major}{who.enrol % 100:02}-{who.class_no}", {"class_no": who.class_no}

    def left(who: Alumnus) -> Told:
        return f"{who.grad}06", {"grad_year": str(who.grad)}

    tellers: list[Teller] = [
        *(number, hand.name, sex, hand.ethnicity, hand.serial, year),
        lambda who: (who.major, {"major": who.major}),
        group,
        lambda who: ("本科", {"degree": "本科"}),
        left,
        *(hand.phone, home_too(hand), hand.email),
    ]
    notes = {15: "与CJXX_EXPORT!16同名同班，非同一人", 64: "与上一行为孪生兄弟，家庭电话相同"}
    rows = [(who, "", notes.get(at, "")) for at, who in enumerate(people)]
    end = lists.people(sheet, 2, join_phones(tellers), rows)
    lists.people(sheet, end, join_phones(tellers), [(people[at], "exact", "") for at in (3, 44)])
    sheet.freeze_panes(1, 0)
    return people


def year_of_1987(lists: Lists, invent: Inventor) -> list[Alumnus]:
    """A letter-head, three rows of headers, ticks for the sex, groups, page totals, dittos."""
    sheet, hand = lists.sheet("1987级"), Hand("veterans")
    sheet.merge_range("A1:K1", "云麓大学经济系1987级本科校友通讯录", lists.title)
    sheet.merge_range("A2:K2", "（入学三十周年聚会筹备组  2017年8月  第三稿）", lists.bold)
    sheet.write("A3", "请各位同学核对，如有更正请告联络人。")
    for words in ("A5:A7 序号", "B5:E5 基 本 情 况", "B6:B7 姓名", "C6:D6 性别", "E6:E7 出生年月"):
        sheet.merge_range(*words.split(" ", 1), lists.bold)
    for words in ("F5:G5 工作情况", "F6:F7 单位及职务", "G6:G7 所在城市", "H5:K5 联 系 方 式"):
        sheet.merge_range(*words.split(" ", 1), lists.bold)
    for words in ("H6:I6 移动电话", "J6:J7 办公电话", "K6:K7 电子邮件"):
        sheet.merge_range(*words.split(" ", 1), lists.bold)
    lists.row(sheet, 7, 2, ["男", "女"])
    lists.row(sheet, 7, 7, ["手机1", "手机2"])
    people: list[Alumnus] = []
    row, serial = 8, 0
    for major, no, size in (("会计学", "1", 20), ("会计学", "2", 18), ("国民经济管理", "1", 22)):
        leader = invent.person(1987, "本科", major, no).name
        words = f"1987级 {major}{no}班   班主任：{leader}   共{size}人"
        sheet.merge_range(row - 1, 0, row - 1, 10, words, lists.bold)
        row += 1
        members = [invent.person(1987, "本科", major, no) for _ in range(size)]
        if major == "会计学" and no == "2":
            members[4] = renamed(members[4], ETHNIC["女"][1])
            # A couple with one telephone between them.
            members[6] = replace(members[6], gender="男", name="秦志国")
            members[7] = replace(
                members[7],
                gender="女",
                name="许秀兰",
                mobile=members[6].mobile,
                employer=members[6].employer,
                second="",
                landline="",
            )
        common = {"enrol_year": "1987", "degree": "本科", "major": major, "class_no": no}
        for at, who in enumerate(members):
            serial += 1
            city: Told = hand.city(who)
            if at and who.city == members[at - 1].city:
                city = ("〃", city[1])
            work, told = hand.work(who)
            mobile, phone = hand.phone(who)
            office, of_office = landline(hand, who)
            numbers = [phone.get("phone", ""), f"+86{who.second}" if who.second else "", of_office]
            tick = ["√", ""] if who.gender == "男" else ["", "√"]
            birth, born = hand.birth(who)
            mail, mailed = hand.email(who)
            name, named = hand.marked_name(who)
            cells = [serial, name, *tick, birth, work, city[0], mobile, who.second, office, mail]
            lists.row(sheet, row, 0, cells)
            told = {**common, **named, **told, **city[1], **born, **mailed, "gender": who.gender}
            told["phone"] = "|".join(filter(None, numbers))
            lists.tell(f"1987级!{row}", who, told)
            row += 1
            if serial % 25 == 0:
                lists.row(sheet, row, 0, ["", "本页小计", "", "", "", "25人"])
                lists.row(sheet, row + 1, 0, ["序号", "姓名", "男", "女", "出生年月", "单位及职务"])
                lists.row(sheet, row + 1, 6, ["所在城市", "手机1", "手机2", "办公电话", "电子邮件"])
                row += 2
        lists.row(sheet, row, 0, ["小计", "", "", "", "", f"{size}人"])
        people += members
        row += 1
    lists.row(sheet, row, 0, ["合计", "", "", "", "", f"{len(people)}人"])
    sheet.write(row + 1, 0, "注：1. 带*者为班级联络人。2. 姓名后注明已故者，谨致怀念。")
    sheet.write(row + 2, 0, "制表：林秘书    校对：周审核    2017.8.20")
    return people


def one_class(lists: Lists, invent: Inventor) -> list[Alumnus]:
    """A class by itself: year, major and class stand in the sheet's name only."""
    sheet, hand = lists.sheet("03会计1"), Hand("class")
    people = [invent.person(2003, "本科", "会计学", "1") for _ in range(34)]
    people[5] = replace(people[5], dead=True)
    liaison = people[11].mobile
    people[16:26] = [replace(who, mobile=liaison, wechat="") for who in people[16:26]]
    people[11] = replace(people[11], wechat="")
    lists.row(sheet, 2, 0, ["姓　名", "", "电话/微信", "现单位", "所在地", ""])
    rows = [(who, "", "电话为联络人代收" if 16 <= at < 26 else "") for at, who in enumerate(people)]
    tellers: list[Teller] = [
        *(hand.name, nothing, hand.phone_and_wechat, hand.employer, hand.city, hand.remark),
    ]
    common = {"enrol_year": "2003", "major": "会计学", "class_no": "1"}
    end = lists.people(sheet, 3, tellers, rows, common)
    lists.people(sheet, end + 1, tellers, [(people[8], "exact", "")], common)
    sheet.set_column("C:D", 22)
    return people


def spring(lists: Lists, invent: Inventor, again: list[Alumnus]) -> None:
    """Two tables one under the other, each with its own headers; other people's numbers."""
    sheet, hand = lists.sheet("2011级MBA"), Hand("spring")
    sheet.write("A1", "一、春季班", lists.bold)
    heads = (
        "学员姓名 性别 出生日期 籍贯 单位及职务 移动电话 邮箱 通讯地址 紧急联系人 紧急联系人电话"
    )
    lists.row(sheet, 2, 0, heads.split())
    spring = [invent.person(2011, "MBA", "工商管理硕士", "") for _ in range(18)]
    autumn = [invent.person(2011, "MBA", "工商管理硕士", "") for _ in range(16)]
    spring[4] = replace(spring[4], name=LATIN[1], ethnicity="")
    tellers: list[Teller] = [
        *(hand.name, hand.gender, hand.birth, origin, hand.work, hand.phone, hand.email),
        *(hand.address, stranger("王家人", "赵家人"), stranger("13900009901", "13900009902")),
    ]
    common = {"enrol_year": "2011", "degree": "MBA", "major": "工商管理硕士"}
    second = [(replace(who, title="总经理", email=who.email), "second_degree", "") for who in again]
    row = lists.people(sheet, 3, tellers, [*plain(spring), *second[:3]], common)
    sheet.write(row, 0, "二、秋季班", lists.bold)
    heads = "序号 手机 姓名 微信号 现任职单位 职务 工作地"
    lists.row(sheet, row + 2, 0, heads.split())
    tellers = [
        *(formula_of_row(row + 2), hand.phone, hand.name, wechat, hand.employer, hand.title),
        hand.city,
    ]
    row = lists.people(sheet, row + 3, tellers, [*plain(autumn), *second[3:]], common)
    lists.row(sheet, row + 1, 0, ["以上共", f"{len(spring) + len(autumn) + len(second)}", "人"])
    sheet.set_column("E:F", 24)
    sheet.set_column("J:J", None, None, {"hidden": True})


def doctors(lists: Lists, invent: Inventor, again: list[Alumnus]) -> None:
    """Year and field are merged downwards; supervisors and theses stand beside."""
    sheet, hand = lists.sheet("博士"), Hand("doctors")
    sheet.merge_range("A1:I1", "博士研究生一览（含在职）", lists.title)
    heads = "年级 专业 学号 姓名 导师 论文题目 起止时间 工作单位 电话"
    lists.row(sheet, 3, 0, heads.split())
    row = 4
    for enrol, majors in (
        (2003, ["企业管理", "技术经济及管理"]),
        (2008, ["企业管理"]),
        (2012, ["会计学"]),
    ):
        start = row
        for major in majors:
            rows = list(plain([invent.person(enrol, "博士", major, "") for _ in range(8)]))
            if enrol == 2012:
                rows += [(doctor(who, enrol, major), "second_degree", "") for who in again]
            tellers: list[Teller] = [
                *(nothing, nothing, student_number, hand.name, supervisor, thesis, years),
                *(hand.employer, hand.two_phones),
            ]
            common = {"enrol_year": str(enrol), "degree": "博士", "major": major}
            end = lists.people(sheet, row, tellers, rows, common)
            sheet.merge_range(row - 1, 1, end - 2, 1, major, lists.box)
            row = end
        sheet.merge_range(start - 1, 0, row - 2, 0, f"{enrol}级", lists.box)
    sheet.write(row, 3, "说明：导师姓名以学位档案为准。")
    sheet.set_row(6, None, None, {"hidden": True})


def gathered(
    lists: Lists,
    invent: Inventor,
    exported: list[Alumnus],
    veterans: list[Alumnus],
    classmates: list[Alumnus],
) -> None:
    """The list that somebody once gathered from the others, and half of it changed since."""
    sheet, hand, other = lists.sheet("校友汇总(2019)"), Hand("gathered"), Hand("gathered again")
    lists.row(sheet, 1, 0, ["校友汇总表（请勿外传）"])
    heads = "编号|姓名|性别|民族|出生年月|届别|专业班级|层次|工作单位|职务|城市|原手机（已停用）"
    lists.row(sheet, 2, 0, heads.split("|"))
    lists.row(sheet, 2, 12, ["联系电话", "", "E-Mail", "备注"])
    majors = ["会计学", "工商管理", "国民经济管理", "市场营销"]
    people = [
        invent.person(1992 + no % 10, "本科", majors[no % 4], str(no % 3 + 1)) for no in range(76)
    ]
    people[3] = replace(people[3], dead=True)
    people[33] = replace(people[33], dead=True)
    people[20] = renamed(people[20], ETHNIC["男"][2])
    people[21] = replace(people[21], name=LATIN[2], ethnicity="")
    # A father in the year of 1987, his son with nearly his name; a stranger with an elder's name.
    people[40] = replace(people[40], name=f"{veterans[1].name[0]}小{veterans[1].name[-1]}")
    people[40] = replace(people[40], second=veterans[1].mobile, city=veterans[1].city)
    people[41] = replace(people[41], name=veterans[30].name, gender=veterans[30].gender)
    people[42] = replace(people[42], name=exported[50].name, gender=exported[50].gender)
    people[44] = replace(people[43], key=people[44].key, **unlike(people[44]))
    notes = {40: "与1987级一位校友是父子，名字相近", 44: "与上一行同名同班，非同一人"}
    notes |= {41: "与1987级一位校友同名，非同一人", 42: "与CJXX_EXPORT一位校友同名，非同一人"}
    rows: list[Line] = [(who, "", notes.get(at, "")) for at, who in enumerate(people)]
    formats = [*exported[0:3], *exported[24:30:2], *veterans[12:19:2]]
    rows[10:10] = [(who, "format", "") for who in formats]
    moved = [*classmates[2:5], classmates[28], *veterans[21:24], *exported[33:35]]
    # Of the class by itself no mail is known: there the number stayed.
    rows[30:30] = [(changed(who, invent, keep=who in classmates), "updated", "") for who in moved]
    rows += [(people[at], "exact", "") for at in (1, 8, 15)]

    def tellers(hand: Hand) -> list[Teller]:
        def leaving(who: Alumnus) -> Told:
            text = hand.pick(who, "left", [f"{who.grad}届", f"{who.grad % 100:02}届"])
            return text, {"grad_year": str(who.grad)}

        def level(who: Alumnus) -> Told:
            return hand.pick(who, "level", ["本科", "本", "大学本科"]), {"degree": who.degree}

        def stopped(who: Alumnus) -> Told:
            return f"1370000{who.key}", {}

        return [
            *(formula_of_row(2), hand.name, hand.gender, hand.ethnicity, hand.birth, leaving),
            *(hand.major_and_class, level, hand.employer, hand.title, hand.city, stopped),
            *(hand.two_phones, nothing, hand.email, hand.remark),
        ]

    row = lists.people(sheet, 3, tellers(hand), rows)
    row = lists.people(
        sheet, row + 1, tellers(other), [(people[at], "format", "") for at in (5, 26)]
    )
    lists.row(sheet, row + 1, 0, ["合计", f"{len(rows) + 2}人"])
    sheet.write(row + 2, 0, "转下页")
    sheet.set_column("L:L", None, None, {"hidden": True})
    for hidden in (12, 13, 47):
        sheet.set_row(hidden, None, None, {"hidden": True})


def executives(lists: Lists, invent: Inventor, again: list[Alumnus]) -> None:
    """A table of people with one of figures beside it, and another that begins further right."""
    sheet, hand = lists.sheet("EMBA MPA"), Hand("executives")
    sheet.merge_range("A1:H1", "EMBA学员（２００８－２０１４级）", lists.title)
    heads = "姓名 级别 班次 公司 职位 手机 微信号 住址"
    lists.row(sheet, 2, 0, heads.split())
    people = [invent.person(2008 + no % 7, "EMBA", "", str(no % 2 + 1)) for no in range(26)]
    shown = [replace(who, enrol=2013, class_no="2") for who in again]

    def level(who: Alumnus) -> Told:
        text = hand.pick(
            who, "level", [f"{who.enrol}级", f"{who.enrol % 100:02}级", f"{who.enrol}秋"]
        )
        return text, {"enrol_year": str(who.enrol)}

    def number(who: Alumnus) -> Told:
        text = hand.pick(who, "no", [f"{who.class_no}班", f"（{who.class_no}）", who.class_no])
        return text.translate(FULL), {"class_no": who.class_no}

    rows = [*plain(people), *((who, "second_degree", "") for who in shown)]
    common = {"degree": "EMBA", "major": "高级管理人员工商管理硕士"}
    tellers: list[Teller] = [
        *(hand.name, level, number, hand.employer, hand.title, hand.two_phones, wechat),
        hand.address,
    ]
    row = lists.people(sheet, 3, tellers, [*rows, (people[4], "exact", "")], common)
    lists.row(sheet, 2, 10, ["级别", "人数", "到会"])
    for at in range(7):
        lists.row(sheet, 3 + at, 10, [f"{2008 + at}级", 4, 2])
    lists.row(sheet, 10, 10, ["合计", 28, 14])
    sheet.merge_range(row + 2, 2, row + 2, 7, "MPA学员", lists.bold)
    lists.row(sheet, row + 4, 2, ["姓名", "入学年份", "毕业年份", "工作部门", "职级", "联系方式"])
    others = [invent.person(2006 + no % 5, "MPA", "公共管理硕士", "") for no in range(16)]
    tellers = [
        *(hand.name, hand.enrol, hand.leaving, hand.employer, hand.title),
        hand.phone_and_wechat,
    ]
    common = {"degree": "MPA", "major": "公共管理硕士"}
    lists.people(sheet, row + 5, tellers, plain(others), common, left=2)


def figures(lists: Lists) -> None:
    """A sheet of numbers, and a hidden one of codes: nobody lives there."""
    sheet = lists.sheet("统计")
    lists.row(sheet, 1, 0, ["年级", "男", "女", "合计", "联系上"])
    for at, year in enumerate(range(1987, 2012)):
        total = (f"=B{at + 2}+C{at + 2}", 60 + at)
        lists.row(sheet, at + 2, 0, [f"{year}级", 30 + at, 30, total, 20])
    codes = lists.sheet("代码")
    lists.row(codes, 1, 0, ["代码", "名称", "代码", "名称"])
    for at, (city, province) in enumerate(PLACES):
        lists.row(codes, at + 2, 0, [f"{at:02}", city, f"P{at}", province])
    codes.hide()
