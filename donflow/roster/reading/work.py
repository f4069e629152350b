"""Employer and post: two columns kept as written, or one cell split where the split is sure."""

from __future__ import annotations

import re
from typing import Final

from donflow.roster.reading.cells import joined, written
from donflow.roster.reading.found import NOTHING, Found, one
from donflow.roster.reading.rows import Column
from donflow.sheets.reading import Cell


def read_employer(cell: Cell) -> Found:
    """The employer as written, without stray spaces; being without work is no employer."""
    text = joined(written(cell))
    if not text or _IDLE(text) or not re.search(r"[^\W\d_]", text):
        return NOTHING
    return one(Column.EMPLOYER, text)


def read_job_title(cell: Cell) -> Found:
    """The post as written; two posts parted by a space stay parted."""
    text = re.sub(r"\s+", " ", written(cell))
    spread = re.fullmatch(r"(?:[一-龥] )+[一-龥]", text) is not None
    if spread or (_TITLE_ONLY(joined(text)) and not all(map(_TITLE_ONLY, text.split()))):
        text = joined(text)
    return one(Column.JOB_TITLE, text) if text and not _IDLE(text) else NOTHING


def read_work(cell: Cell) -> Found:
    """Both from one cell. Without a sure border all of it is the employer."""
    text = written(cell)
    if not text or _IDLE(joined(text)):
        return NOTHING
    if _TITLE_ONLY(joined(text)):
        return one(Column.JOB_TITLE, joined(text))
    run_on = _ORGANISATION_AND_TITLE(joined(text))
    if run_on and text.startswith(run_on[1]) and not _BETWEEN.search(run_on[1]):
        return Found({Column.EMPLOYER: run_on[1], Column.JOB_TITLE: run_on[2]})
    parted = _parted(text)
    if parted:
        return Found({Column.EMPLOYER: joined(parted[0]), Column.JOB_TITLE: parted[1]})
    text = joined(text)
    if run_on:
        return Found({Column.EMPLOYER: run_on[1], Column.JOB_TITLE: run_on[2]})
    bracket = re.fullmatch(r"(.{4,}?)[(（]([^()（）]+)[)）]", text)
    if bracket and _is_title(bracket[2]):
        return Found({Column.EMPLOYER: bracket[1], Column.JOB_TITLE: bracket[2]})
    return one(Column.JOB_TITLE if _is_title(text) else Column.EMPLOYER, text)


def _parted(text: str) -> tuple[str, str] | None:
    """Employer and post where a mark stands between them, whichever comes first."""
    for mark in _BETWEEN.finditer(text):
        before, after = text[: mark.start()], re.sub(r"\s+", " ", text[mark.end() :])
        if len(before) > 1 and (_is_title(after) or _ends_an_employer(before, mark[0], after)):
            return before, after
        if _is_title(before) and _ORGANISATION_ONLY(after):
            return after, before
    return None


def _is_title(text: str) -> bool:
    """Whether a text can only be a post: a known one, or one that ends as posts do."""
    if _TITLE_ONLY(text):
        return True
    return _LIKE_A_TITLE(text) is not None and not _INSIDE_AN_EMPLOYER.search(text[:-1])


def _ends_an_employer(before: str, mark: str, after: str) -> bool:
    """Whether a clear mark stands between a whole employer and something short that is none."""
    clear = mark.strip() != "" or "\n" in mark
    whole = _ORGANISATION_ONLY(joined(before)) is not None
    short = len(joined(after)) <= _LONGEST_TITLE and not _ENDS_AN_EMPLOYER.search(after)
    return clear and whole and short and re.search("[一-龥A-Za-z]", after) is not None


_LONGEST_TITLE: Final = 10
_RANKS: Final = (
    "董事长兼总经理|副董事长|董事长助理|董事长|总经理助理|副总经理|总经理|执行董事|董事会秘书|董事|监事长|监事|总裁助理|副总裁|总裁"
    "|首席[一-龥]{2,4}官|创始合伙人|联合创始人|创始人|高级合伙人|合伙人|CEO|CFO|COO|CTO|CIO|CHO|HRD|HRBP|HR"
    "|行长助理|副行长|行长|支行行长|人力资源总监|财务总监|销售总监|市场总监|运营总监|技术总监|副总监|总监"
    "|人事经理|财务经理|销售经理|大堂经理|区域经理|客户经理|项目经理|产品经理|部门经理|大区经理|副经理|经理助理|经理"
    "|人力资源主管|财务主管|主管会计|主管|主办会计|总会计师|高级会计师|注册会计师|会计师|会计|出纳|审计员|审计师|总审计师|总工程师|高级工程师"
    "|助理工程师|工程师|总经济师|高级经济师|经济师|分析师|规划师|理财师|造价师|律师|法务专员|法务"
    "|院长助理|副院长|院长|校长助理|副校长|校长|副教授|教授|讲师|助教|副研究员|研究员|辅导员|教师|老师|班主任|系主任"
    "|副厅长|厅长|副局长|局长|副处长|处长|副科长|科长|副主任科员|主任科员|副主任|主任|办公室主任|科员|副调研员|调研员|巡视员"
    "|一级主任科员|二级主任科员|三级主任科员|四级主任科员|副县长|县长|副市长|市长|副区长|区长|副镇长|镇长|副乡长|乡长|副书记|书记"
    "|副部长|部长|副秘书长|秘书长|秘书|副会长|会长|副理事长|理事长|副所长|所长|副站长|站长|副厂长|厂长|副队长|队长|店长"
    "|副总|总助|负责人|法人代表|法定代表人|职员|员工|文员|干事|专员|助理|业务员|销售员|工人|柜员|研究生|学生|经办|公务员|主治医师|医师|医生|护士"
    "|博士生导师|硕士生导师|博导|硕导|编辑|记者|翻译|设计师|顾问|培训师|架构师|程序员|开发工程师|软件工程师"
)
_BEFORE_RANK: Final = (
    "原|前|现任|兼|常务|党委|党组|党支部|纪委|行政|办公室|财务|人事|团委|第一|高级|资深|执行|区域"
)
_TITLE: Final = rf"(?:(?:{_BEFORE_RANK})*(?:{_RANKS}))"
_TITLES: Final = rf"{_TITLE}(?:(?:[、/,，兼&\s]|及|和)+{_TITLE})*"
_ORGANISATION: Final = (
    r".{2,}(?:公司|集团|银行|支行|分行|总行|大学|学院|学校|中学|小学|幼儿园|医院|研究院|设计院|法院|检察院|委员会|人大|政协|管委会|居委会"
    r"|事务所|研究所|派出所|交易所|税务局|财政局|公安局|管理局|统计局|审计局|教育局|司法局|铁路局|电力局|供电局|监督局|监管局|局|厅|政府|党校|中心"
    r"|工厂|厂|酒店|宾馆|协会|学会|基金会|商会|出版社|报社|电视台|证券|保险|合作社|联社|联合会|办事处|分公司|工作室|部队|营业部|(?<!干)部|信用社|店|站|社|处|科|室|院|所)"
)
_IDLE: Final = re.compile(
    "(?:无|暂无|没有)(?:工作|单位|业|职务|职业|固定工作)|[待无]业|待就业|(?:已|签约|灵活)?就业|升学|读研|考研|出国(?:深造|留学)?|留学|深造|(?:已|内)?退休|离休|离退休|退休在家"
).fullmatch
_TITLE_ONLY: Final = re.compile(_TITLES).fullmatch
_BETWEEN: Final = re.compile(r"\s*(?:[\s/|,，;；、：:·]|——?|-)+\s*")
_LIKE_A_TITLE: Final = re.compile(
    r"[一-龥A-Za-z、/]{1,8}(?:经理|总监|主管|主任|总裁|教授|研究员|工程师|会计师|经济师|分析师|专员|科员|秘书|[^首]长"
    r"|代表|合伙人|律师|顾问|师|员|VP|Manager|Director|Partner)"
).fullmatch
_INSIDE_AN_EMPLOYER: Final = re.compile(
    r"公司|集团|银行|大学|学院|学校|中学|小学|医院|研究[院所]|设计院|法院|检察院|委员会|事务所|[支分总]行|信用社|营业部"
    r"|[一-龥]{2}[厅局](?!级)|政府|中心(?!主任)|协会|商会"
)
_ENDS_AN_EMPLOYER: Final = re.compile(
    rf"{_INSIDE_AN_EMPLOYER.pattern}|[厅局部处室科所院厂站社行系店部]$|证券$|保险$|\d"
)
_ORGANISATION_ONLY: Final = re.compile(_ORGANISATION).fullmatch
_ORGANISATION_AND_TITLE: Final = re.compile(rf"({_ORGANISATION})({_TITLES})").fullmatch
