"""Majors under their full names: what lists write short is written out, all else stays as told."""

from __future__ import annotations

import re
from typing import Final

from donflow.errors import N_
from donflow.roster.reading.cells import joined, text_of, written
from donflow.roster.reading.degrees import PROGRAMMES, degree_said
from donflow.roster.reading.found import NOTHING, Found, unreadable
from donflow.roster.reading.rows import Column
from donflow.sheets.reading import Cell

NO_MAJOR: Final = N_("This is not a major.")


def read_major(cell: Cell) -> Found:
    """The major, and the degree where the cell names it too: 会计学（专升本）, MBA."""
    text = joined(text_of(cell))
    if not text:
        return NOTHING
    said = programme_of(text)
    if said:
        return Found({Column.MAJOR: PROGRAMMES[said], Column.DEGREE: said})
    values: dict[Column, str] = {}
    note = re.search(r"\(([^()]*)\)?$", text)
    degree = degree_said(note[1]) if note else None
    major = joined(written(cell))
    if note and degree:
        values[Column.DEGREE] = degree
        major = re.sub(r"[(（][^()（）]*[)）]?$", "", major)
    major = full_major(major)
    if not major or re.fullmatch(r"[\d.]+", major):
        return unreadable(Column.MAJOR, NO_MAJOR)
    return Found({Column.MAJOR: major} | values)


def full_major(text: str) -> str:
    """The major without its code and the word 专业, written out where it is a usual short form."""
    text = re.sub(
        r"^(?:\(?[0-9]{4,6}[A-Z]{0,2}\)?|专业\s*[:：])\s*(?=\D)", "", text.strip(" ,.;、-")
    )
    text = re.sub(r"\s*[0-9]{6}[A-Z]{0,2}$", "", text)
    text = re.sub(r"(?<=..)专业$", "", text)
    return SHORT_FORMS.get(text, text)


def known_major(text: str) -> str | None:
    """The full name of a major that is known to be one; None for any other text."""
    major = full_major(text)
    return major if major in _KNOWN else None


def programme_of(text: str) -> str | None:
    """MBA, EMBA or MPA where the text is the name of one of these, in any spelling."""
    said = degree_said(text)
    return said if said in PROGRAMMES else None


# Short forms that mean one major only; 管科 or 经管 could be several and stay as they are.
SHORT_FORMS: Final = {
    "会计": "会计学", "工商": "工商管理", "信管": "信息管理与信息系统",
    "旅管": "旅游管理", "旅游": "旅游管理",
    "人力": "人力资源管理", "人力资源": "人力资源管理", "人资": "人力资源管理",
    "人管": "人力资源管理",
    "营销": "市场营销", "市营": "市场营销", "市场营销学": "市场营销",
    "国经": "国民经济管理", "国民经济": "国民经济管理", "国民经济管理学": "国民经济管理",
    "电商": "电子商务", "行管": "行政管理", "行政": "行政管理", "行政管理学": "行政管理",
    "财管": "财务管理", "财务": "财务管理", "物流": "物流管理",
    "国贸": "国际经济与贸易", "国经贸": "国际经济与贸易", "金融": "金融学",
    "审计": "审计学", "统计": "统计学", "财政": "财政学", "法律": "法学",
    "工程管": "工程管理", "公共事业": "公共事业管理",
    "企管": "企业管理", "技经": "技术经济及管理",
    "技术经济与管理": "技术经济及管理", "国商": "国际商务", "社保": "劳动与社会保障",
    "劳保": "劳动与社会保障", "土管": "土地资源管理",
    "计科": "计算机科学与技术", "新闻": "新闻学",
    "信息管理和信息系统": "信息管理与信息系统", "管理科学和工程": "管理科学与工程",
    "国际经济和贸易": "国际经济与贸易", "国际经贸": "国际经济与贸易",
}  # fmt: skip
_OTHERS_KNOWN: Final = """
管理科学 管理科学与工程 管理工程 工业工程 项目管理 信息与计算科学 国际商务 保险学
投资学 税收学 税务 资产评估 国际金融 货币银行学 金融工程 产业经济学 区域经济学
政治经济学 西方经济学 世界经济 国民经济学 劳动经济学 数量经济学 经济管理
企业经济管理 商业经济 贸易经济 农林经济管理 农业经济管理 文化产业管理
会展经济与管理 酒店管理 健康服务与管理 城市管理 社会保障 行政学 政治学与行政学
公共管理 公共政策 教育经济与管理 图书馆学 档案学 情报学 情报分析 供应链管理
大数据管理与应用 数据科学与大数据技术 创业管理 应急管理 审计 社会工作 社会学
数学与应用数学 应用数学 物理学 化学 应用化学 生物科学 生物技术 地理科学 大气科学
软件工程 电子信息工程 通信工程 材料科学与工程 土木工程 英语 俄语 日语 哲学
历史学 法学 汉语言文学 广告学 临床医学 口腔医学 药学 护理学
"""
_KNOWN: Final = frozenset(SHORT_FORMS.values()) | frozenset(_OTHERS_KNOWN.split())
