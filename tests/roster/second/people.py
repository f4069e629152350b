"""Invents alumni, and writes a list of them into a workbook while noting down the truth."""

from __future__ import annotations

import csv
import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter

COLUMNS = [
    *("row_ref", "person_id", "name", "gender", "ethnicity", "birth", "birth_accept"),
    *("student_no", "enrol_year", "grad_year", "degree", "major", "class_no", "employer"),
    *("job_title", "city", "province", "phone", "email", "wechat", "status"),
    *("dup_of", "dup_kind", "note"),
]
SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕张孔曹严华金魏陶姜谢邹窦章苏潘葛范彭鲁马方袁柳"
)
GIVEN = {
    "男": "志 国 建 文 晓 德 永 家 振 兆|强 军 明 辉 平 华 斌 刚 峰 林 涛 民 毅 凯",
    "女": "晓 雅 秀 丽 淑 美 静 春 玉 雪|梅 芳 兰 燕 敏 娟 霞 琴 萍 英 洁 莹 倩 蓉",
}
ETHNIC = {
    "男": [("买买提江·吐尔逊", "维吾尔族"), ("巴特尔", "蒙古族"), ("才让多杰", "藏族")],
    "女": [("阿依努尔·买买提", "维吾尔族"), ("乌云其木格", "蒙古族"), ("德吉卓嘎", "藏族")],
}
LATIN = ["Tran Van Minh", "Ayesha Siddiqui", "John Okello", "Dulguun Erdene"]
PLACES = [
    *(("兰州", "甘肃"), ("天水", "甘肃"), ("西安", "陕西"), ("宝鸡", "陕西"), ("成都", "四川")),
    *(("武汉", "湖北"), ("长沙", "湖南"), ("郑州", "河南"), ("广州", "广东"), ("深圳", "广东")),
    *(("杭州", "浙江"), ("苏州", "江苏"), ("北京", "北京"), ("上海", "上海"), ("银川", "宁夏")),
]
BRANDS = "云麓 岚石 禾川 沐晨 谷雨 朴野 星桥 知远 望舒 松间 澄湖 砺行 青岑 听泉"
FIRMS = (
    "科技有限公司 会计师事务所 建设集团有限公司 药业股份有限公司"
    " 信用社 中学 贸易有限公司 设计研究院"
)
TITLES = ["财务总监", "总经理", "副处长", "教师", "高级会计师", "主任", "部门经理", "董事长"]


@dataclass(frozen=True)
class Alumnus:
    """What is true of one person, as far as a list could tell it."""

    key: str
    name: str
    gender: str
    ethnicity: str
    born: date
    enrol: int
    grad: int
    degree: str
    major: str
    class_no: str
    employer: str
    title: str
    city: str
    province: str
    mobile: str  # eleven digits
    second: str  # another mobile, or ""
    landline: str  # "0931-8000012", or ""
    email: str
    wechat: str
    number: str  # of a student
    dead: bool = False


Cell = Any
Told = tuple[Cell, dict[str, str]]  # a cell, and what of the truth it tells
Teller = Callable[[Alumnus], Told]
Line = tuple[Alumnus, str, str]  # a person, the kind of a second line, a note


class Inventor:
    """Makes up people that share neither name nor number, unless a caller says so."""

    def __init__(self, seed: int, first_number: int) -> None:
        self.random = random.Random(seed)
        self.next = first_number
        self.names: set[str] = set()

    def person(self, enrol: int, degree: str, major: str, class_no: str, **known: Any) -> Alumnus:
        pick = self.random.choice
        gender = known.get("gender") or pick("男女")
        no, city_province = self.next, pick(PLACES)
        self.next += 1
        age, years = {"本科": (18, 4), "硕士": (23, 3), "博士": (28, 4)}.get(degree, (31, 2))
        firm = city_province[0] + pick(BRANDS.split()) + pick(FIRMS.split())
        born = date(
            enrol - age - self.random.randrange(3),
            self.random.randrange(1, 13),
            self.random.randrange(1, 29),
        )
        made = Alumnus(
            key=f"{no:04}",
            name=self._name(gender),
            gender=gender,
            ethnicity="回族" if no % 29 == 0 else "汉族",
            born=born,
            enrol=enrol,
            grad=enrol + years,
            degree=degree,
            major=major,
            class_no=class_no,
            employer=firm if no % 9 else "",
            title=pick(TITLES) if no % 7 else "",
            city=city_province[0],
            province=city_province[1],
            mobile=f"{pick(['135', '138', '139', '150', '159', '186', '189'])}0000{no:04}",
            second=f"1330000{no:04}" if no % 6 == 0 else "",
            landline=f"0931-8000{no % 1000:03}" if no % 4 == 0 else "",
            email=f"al{no}@{pick(['example.com', 'example.org', 'mail.example.cn'])}"
            if no % 3
            else "",
            wechat=f"yl_{no}x" if no % 4 == 1 else "",
            number=f"{enrol}{no:05}",
        )
        return replace(made, **known)

    def _name(self, gender: str) -> str:
        first, last = (half.split() for half in GIVEN[gender].split("|"))
        while True:
            middle = self.random.choice(["", *first, *first])
            name = self.random.choice(SURNAMES) + middle + self.random.choice(last)
            if name not in self.names:
                self.names.add(name)
                return name


class Lists:
    """A workbook that is being written, and the truth of each line that is a person."""

    def __init__(self, path: Path) -> None:
        self.book = xlsxwriter.Workbook(str(path), {"default_date_format": "yyyy-mm-dd"})
        self.book.set_properties({"created": datetime(2019, 5, 6, tzinfo=UTC)})
        self.truth: list[dict[str, str]] = []
        self.first: dict[str, str] = {}
        self.bold = self.book.add_format({"bold": True, "align": "center", "border": 1})
        self.title = self.book.add_format({"bold": True, "font_size": 16, "align": "center"})
        self.box = self.book.add_format({"border": 1})
        self.wrap = self.book.add_format({"border": 1, "text_wrap": True, "valign": "vcenter"})
        self.day = self.book.add_format({"border": 1, "num_format": "yyyy/m/d"})

    def sheet(self, name: str) -> Any:
        return self.book.add_worksheet(name)

    def tell(
        self, ref: str, who: Alumnus, told: dict[str, str], kind: str = "", note: str = ""
    ) -> None:
        """Note down what a line tells of a person; a second line of a person says its kind."""
        first = self.first.setdefault(who.key, ref)
        if (first != ref) != bool(kind):
            raise ValueError(f"{ref}: {who.name} needs a kind the second time, and only then")
        line = {"row_ref": ref, "person_id": f"P{who.key}", "note": note, **told}
        line |= {"dup_of": first if kind else "", "dup_kind": kind}
        self.truth.append({name: line.get(name, "") for name in COLUMNS})

    def row(self, sheet: Any, row: int, left: int, cells: Iterable[Cell]) -> None:
        """Write the cells of a line, `row` as Excel counts it; None leaves a cell alone."""
        for at, cell in enumerate(cells, start=left):
            put(self, sheet, row - 1, at, cell)

    def people(
        self,
        sheet: Any,
        row: int,
        tellers: list[Teller],
        people: Iterable[tuple[Alumnus, str, str]],
        common: dict[str, str] | None = None,
        left: int = 0,
    ) -> int:
        """Write (person, kind, note) line by line from `row`; returns the row after the last."""
        for who, kind, note in people:
            told = dict(common or {})
            cells = []
            for teller in tellers:
                cell, tells = teller(who)
                cells.append(cell)
                told |= tells
            self.row(sheet, row, left, cells)
            self.tell(f"{sheet.get_name()}!{row}", who, told, kind, note)
            row += 1
        return row

    def close(self, truth: Path) -> None:
        self.book.close()
        write_truth(truth, self.truth)


def put(lists: Lists, sheet: Any, row: int, column: int, cell: Cell) -> None:
    """Write one cell: a date, a wrapped text, a formula ("=…", its value), a number or a text."""
    if cell is None:
        return
    if isinstance(cell, tuple):
        sheet.write_formula(row, column, cell[0], lists.box, cell[1])
    elif isinstance(cell, date):
        sheet.write_datetime(row, column, cell, lists.day)
    elif isinstance(cell, int | float):
        sheet.write_number(row, column, cell, lists.box)
    else:
        sheet.write_string(row, column, cell, lists.wrap if "\n" in cell else lists.box)


def write_truth(path: Path, lines: list[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        out.writeheader()
        out.writerows(lines)


def plain(people: list[Alumnus]) -> Iterator[Line]:
    return ((who, "", "") for who in people)


def renamed(who: Alumnus, known: tuple[str, str]) -> Alumnus:
    gender = next(gender for gender, names in ETHNIC.items() if known in names)
    return replace(who, name=known[0], gender=gender, ethnicity=known[1])


def unlike(other: Alumnus) -> dict[str, Any]:
    """What sets apart two people of one name in one class."""
    names = "born employer title city province mobile second landline email wechat number"
    return {name: getattr(other, name) for name in names.split()}


def changed(who: Alumnus, invent: Inventor, keep: bool = False) -> Alumnus:
    """The same person some years on: another employer; the number or the mail stayed."""
    fresh = invent.person(who.enrol, who.degree, who.major, who.class_no)
    mobile = who.mobile if keep or not who.email else fresh.mobile
    employer = fresh.employer or f"{who.city}望舒商业管理有限公司"
    return replace(who, employer=employer, title="副总经理", mobile=mobile, second="", dead=False)


def doctor(who: Alumnus, enrol: int, major: str) -> Alumnus:
    return replace(who, enrol=enrol, grad=enrol + 4, major=major, number=f"B{enrol}{who.key}")
