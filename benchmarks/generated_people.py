"""People who never lived, in any number: the rows of a spreadsheet of alumni."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random

from xlsxwriter import Workbook

HEADERS = (
    "姓名",
    "性别",
    "出生年月",
    "学号",
    "入学年份",
    "毕业年份",
    "学历",
    "专业",
    "班级",
    "工作单位",
    "职务",
    "城市",
    "手机",
    "电子邮箱",
)
SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧"
    "程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎"
)
GIVEN = (
    "伟芳娜敏静丽强磊洋艳勇军杰娟涛超明霞平刚桂英华玉兰萍红鹏飞云峰亮辉宁波文博雨晨子涵浩然欣怡梓轩"
)
MAJORS = ("工商管理", "会计学", "市场营销", "人力资源管理", "财务管理", "国际经济与贸易")
CITIES = ("兰州", "西安", "北京", "上海", "深圳", "成都", "天水", "武汉")
POSTS = ("总经理", "副总经理", "部门经理", "办公室主任", "会计", "职员")


def people(count: int, *, seed: int = 20260921) -> Iterator[tuple[str, ...]]:
    """So many different people, the same for the same seed."""
    chance = Random(seed)
    for number in range(count):
        enrolled = chance.randrange(1980, 2022)
        name = chance.choice(SURNAMES) + "".join(chance.choices(GIVEN, k=chance.choice((1, 2, 2))))
        yield (
            name,
            chance.choice("男女"),
            f"{enrolled - 18}-{chance.randrange(1, 13):02}",
            f"{enrolled}{number:08}",
            str(enrolled),
            str(enrolled + 4),
            "本科",
            chance.choice(MAJORS),
            str(chance.randrange(1, 5)),
            f"{chance.choice(CITIES)}云麓{number % 5000:04}有限公司",
            chance.choice(POSTS),
            chance.choice(CITIES),
            f"13{chance.randrange(10)}0000{number % 10000:04}" if number % 7 else "",
            f"user{number}@mail.example.cn" if number % 3 else "",
        )


def write_people(path: Path, count: int) -> list[tuple[str, ...]]:
    """An .xlsx of so many people in one sheet; gives the rows."""
    rows = list(people(count))
    with Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("名册")
        for place, row in enumerate((HEADERS, *rows)):
            sheet.write_row(place, 0, row)
    return rows
