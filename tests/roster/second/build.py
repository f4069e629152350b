"""Builds the second set of rosters with its truths: `python tests/roster/second/build.py`.

Writes second.xlsx, second_old.xls (which needs xlwt, that nothing else here does) and
second_plain.csv in GB18030, each with its truth. All people are invented; the same code gives the
same lists.
"""

from __future__ import annotations

import csv
import tempfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import xlwt
from cells import Hand, formula_of_row, home_or_mobile, wechat
from people import (
    ETHNIC,
    Alumnus,
    Inventor,
    Line,
    Lists,
    Teller,
    Told,
    changed,
    plain,
    renamed,
    write_truth,
)
from python_calamine import CalamineWorkbook
from sheets import (
    cover,
    doctors,
    executives,
    export,
    figures,
    gathered,
    one_class,
    spring,
    year_of_1987,
)

HERE = Path(__file__).parent
NUMBERS = "一二三四五六七八九十"


def main() -> None:
    invent = Inventor(seed=20190506, first_number=3001)
    lists = Lists(HERE / "second.xlsx")
    cover(lists)
    exported = export(lists, invent)
    veterans = year_of_1987(lists, invent)
    classmates = one_class(lists, invent)
    spring(lists, invent, exported[:5])
    doctors(lists, invent, [exported[20], exported[38], veterans[2]])
    gathered(lists, invent, exported, veterans, classmates)
    executives(lists, invent, veterans[8:11])
    figures(lists)
    lists.close(HERE / "second_truth.csv")
    old_workbook(invent)
    plain_text(invent)


def old_workbook(invent: Inventor) -> None:
    """A list of the nineties, kept in the format of those years."""
    hand = Hand("old")
    with tempfile.TemporaryDirectory() as folder:
        lists = Lists(Path(folder) / "second_old.xlsx")
        for sheet_name, year, major in (("九五级", 1995, "工商管理"), ("98级会计", 1998, "会计学")):
            sheet = lists.sheet(sheet_name)
            sheet.merge_range("A1:H1", f"{sheet_name}校友名单", lists.title)
            heads = "编号 姓名 性别 班级 出生年月 工作单位 电话 家庭住址"
            lists.row(sheet, 3, 0, heads.split())
            people = [invent.person(year, "本科", major, str(no % 2 + 1)) for no in range(29)]
            people[6] = renamed(people[6], ETHNIC["女"][2])

            def group(who: Alumnus) -> Told:
                no = NUMBERS[int(who.class_no) - 1]
                return hand.pick(who, "no", [f"{no}班", f"（{no}）班", who.class_no]), {
                    "class_no": who.class_no
                }

            tellers: list[Teller] = [
                *(formula_of_row(3), hand.name, hand.gender, group, hand.birth, hand.employer),
                *(home_or_mobile(hand), hand.address),
            ]
            common = {"enrol_year": str(year)}
            if major == "会计学":
                common["major"] = major
            again = replace(people[3], city=people[3].city)
            rows = [*plain(people), (again, "exact", "")]
            row = lists.people(sheet, 4, tellers, rows, common)
            lists.row(sheet, row + 1, 0, ["", "共计", "30人"])
        lists.close(HERE / "second_old_truth.csv")
        to_xls(Path(folder) / "second_old.xlsx", HERE / "second_old.xls")


def plain_text(invent: Inventor) -> None:
    """What a form on the web once gave, in the characters of its day."""
    hand, truth, first = Hand("plain"), [], {}
    majors = ["市场营销", "工商管理"]
    people = [invent.person(1999 + no % 9, "本科", majors[no % 2], "") for no in range(38)]
    rows: list[Line] = [*plain(people), (people[2], "exact", "")]
    rows.append((changed(people[7], invent), "updated", ""))
    heads = ["提交时间", "您的姓名", "性别", "入学年份", "所学专业", "最高学历", "目前单位"]
    lines: list[list[str]] = [[*heads, "手机号码", "微信", "邮箱", "所在省份"]]
    for number, (who, kind, note) in enumerate(rows, start=2):
        told: dict[str, str] = {"major": who.major, "province": who.province}
        cells = [f"2016-03-{number % 28 + 1:02} 10:0{number % 10}"]
        tellers: list[Teller] = [hand.name, hand.gender, hand.enrol]
        for teller in tellers:
            cell, tells = teller(who)
            cells.append(str(cell))
            told |= tells
        cells += [who.major, "本科"]
        told["degree"] = "本科"
        for teller in (hand.employer, hand.phone, wechat, hand.email):
            cell, tells = teller(who)
            cells.append(str(cell).replace("\n", ""))
            told |= tells
        lines.append([*cells, who.province])
        ref = f"second_plain!{number}"
        head = first.setdefault(who.key, ref)
        line = {"row_ref": ref, "person_id": f"P{who.key}", "note": note, **told}
        truth.append(line | {"dup_of": head if kind else "", "dup_kind": kind})
    with (HERE / "second_plain.csv").open("w", encoding="gb18030", newline="") as file:
        csv.writer(file).writerows(lines)
    write_truth(HERE / "second_plain_truth.csv", truth)


def to_xls(path: Path, target: Path) -> None:
    """The same cells in the format of the nineties."""
    old, day = xlwt.Workbook(encoding="utf-8"), xlwt.XFStyle()
    day.num_format_str = "yyyy-m-d"
    with CalamineWorkbook.from_path(str(path)) as book:
        for name in book.sheet_names:
            sheet = old.add_sheet(name)
            rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            for row, cells in enumerate(rows):
                for column, cell in enumerate(cells):
                    if row == 0 and column == 0:
                        sheet.write_merge(0, 0, 0, 7, cell)
                    elif isinstance(cell, date):
                        sheet.write(row, column, cell, day)
                    elif cell != "" and row:
                        sheet.write(row, column, cell)
    old.save(str(target))


if __name__ == "__main__":
    main()
