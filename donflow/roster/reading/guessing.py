"""What a column holds by the look of its cells, where its header does not tell."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Final

from donflow.roster.reading.table import Field
from donflow.sheets.reading import Cell

LOOKED_AT: Final = 200
"""Cells of a column that are looked at; offices do not change a column's sense halfway."""


def field_of(cells: Sequence[Cell]) -> Field | None:
    """What most of the cells look like; None where nothing is likely, or they are too few.

    Only a guess: who uses it asks a person. Plain years, serial numbers and identity numbers are
    never guessed to be anything.
    """
    said = sample(cells)
    if not said or is_serial(said) or is_identity(said):
        return None
    for field, share, looks in _LOOKS:
        if sum(map(looks, said)) >= share * len(said):
            return field
    return None


def sample(cells: Sequence[Cell]) -> list[str]:
    """The cells that say something, as text of half width."""
    return [text for cell in cells[: LOOKED_AT * 5] if (text := _text(cell))][:LOOKED_AT]


def is_identity(said: Sequence[str]) -> bool:
    """Whether most are numbers of identity cards, whatever stands above them."""
    return bool(said) and 2 * sum(map(_identity, said)) >= len(said)


def is_serial(said: Sequence[str]) -> bool:
    """Whether they count 1, 2, 3, with few gaps and beginnings."""
    numbers = [int(text) for text in said if re.fullmatch(r"\d{1,6}", text)]
    if len(numbers) < max(2, 0.9 * len(said)):
        return False
    steps = sum(1 for one, two in pairwise(numbers) if two - one == 1)
    return steps >= 0.7 * (len(numbers) - 1)


def is_name(text: str) -> bool:
    """Whether it can be a person's name: a common surname, or parts joined by a middle dot."""
    plain = re.sub(r"\s+", "", text)
    if re.fullmatch(rf"{_HAN}{{2,10}}[·•・.‧∙]{_HAN}{{2,10}}(?:[·•・.‧∙]{_HAN}{{1,10}})*", plain):
        return True
    if not re.fullmatch(rf"{_HAN}{{2,4}}", plain) or _NO_NAME.search(plain):
        return False
    return is_surname(plain)


def is_surname(text: str) -> bool:
    """Whether a text begins with a Chinese surname that is not rare."""
    return text[:1] in _SURNAMES or text[:2] in _DOUBLE_SURNAMES


def _text(cell: Cell) -> str:
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime.date):
        return cell.isoformat()[:10]
    return unicodedata.normalize("NFKC", str(cell)).strip()


def _matches(pattern: str) -> Callable[[str], bool]:
    found = re.compile(pattern, re.IGNORECASE)
    return lambda text: found.search(text) is not None


_HAN: Final = "[\u3400-\u9fff\U00020000-\U0003ffff]"
_identity = _matches(r"^[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])\d{3}[\dX]$")
_SURNAMES: Final = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈"
    "姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
    "温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴"
    "霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚"
    "岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑"
    "迟邝官封谈匡鞠惠荆乐冀郁胥南班储原栗燕楚鄢劳谌奚皮粟冼蔺楼盘满闻位厉伊仝区郜海阚花权强帅屠豆朴盖练廉"
    "禹井祖漆巴丰支卿国狄平计索宣晋相初门云容敬来扈晁芮都普阙浦戈伏鹿薄邸雍辜羊阿母裘亓修邰赫杭况那宿鲜印"
    "逯隆茹诺战慕危玉银亢嵇公哈湛宾戎勾茅利呼居揭干但尉冶斯元束檀衣信展阴昝智幸奉植衡富尧闭由"
)
_DOUBLE_SURNAMES: Final = frozenset(
    {"欧阳", "上官", "司马", "诸葛", "司徒", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐"}
    | {"宇文", "长孙", "夏侯", "端木", "独孤", "南宫", "百里", "呼延", "闻人", "澹台", "轩辕"}
)
_NO_NAME: Final = re.compile(
    r"[省市县区州]$|公司|大学|学院|银行|中心|经理|教授|主任|局长|处长|科长|董事|总监|会计|管理|工程"
    r"|金融|贸易|经济|营销|专业|统计|财务|保险|税收|财政|审计|安全|[级届班系]$|男|女|本科|硕士|博士"
    r"|合计|小计|总计|共计|汉族|族$|文员|职员|科员"
)
_PROVINCES: Final = (
    "北京|天津|上海|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川"
    "|贵州|云南|陕西|甘肃|青海|台湾|内蒙古|广西|西藏|宁夏|新疆|香港|澳门"
)
_CITIES: Final = (
    "广州|深圳|杭州|南京|武汉|成都|西安|苏州|青岛|大连|宁波|厦门|长沙|郑州|济南|沈阳|哈尔滨|长春|合肥|福州|南昌"
    "|昆明|贵阳|南宁|海口|兰州|西宁|银川|乌鲁木齐|拉萨|石家庄|太原|呼和浩特|无锡|佛山|东莞|珠海|温州|烟台|常州"
    "|徐州|南通|扬州|洛阳|绵阳|桂林|三亚|天水|酒泉|嘉兴|绍兴|泉州|中山|惠州|潍坊|唐山|保定"
)
_LOOKS: Final[Sequence[tuple[Field, float, Callable[[str], bool]]]] = (
    (Field.EMAIL, 0.6, _matches(r"^[^@\s]+@[^@\s]+\.\w+")),
    (Field.GENDER, 0.8, _matches(r"^(?:男|女|男性|女性|[MF]|male|female)$")),
    (Field.PHONE, 0.6, _matches(r"^(?:\+?(?:00)?86[- ]?)?1[3-9]\d[- ]?[\d*]{4}[- ]?\d{4}(?!\d)")),
    (Field.PHONE, 0.8, _matches(r"^(?:0\d{2,3}[- )]?\d{7,8}|(?:\+?86)?1[3-9]\d{9})(?!\d)")),
    (Field.ETHNICITY, 0.7, _matches(rf"^{_HAN}{{1,5}}族$")),
    (Field.DEGREE, 0.7, _matches(r"^(?:全日制)?(?:大?本科|专科|硕士|博士|研究生|E?MBA|MPA|学士)")),
    (Field.ENROL_YEAR, 0.6, _matches(r"^(?:19|20)?\d{2}级$")),
    (Field.GRAD_YEAR, 0.6, _matches(r"^(?:19|20)?\d{2}届$")),
    (Field.STUDY, 0.6, _matches(r"^(?:19|20)?\d{2}级?\D*(?:专业|学|管理|工程|班)")),
    (Field.CLASS_NO, 0.6, _matches(rf"^\(?(?:\d{{1,2}}|{_HAN}{{1,2}})\)?班$")),
    (Field.NAME, 0.7, is_name),
    (Field.STUDENT_NO, 0.8, _matches(r"^[A-Z]{0,3}(?:19[6-9]|20[0-3])\d{5,9}$")),
    (
        Field.WORK,
        0.5,
        _matches(r"(?:公司|局|大学|银行|集团|医院|委员会)[\s,、/]*\S*(?:经理|长|总监|教授|主任)$"),
    ),
    (
        Field.EMPLOYER,
        0.5,
        _matches(
            r"(?:公司|局|学院|大学|银行|集团|医院|委员会|中心|厂|研究所|事务所|中学|政府|厅|设计院)$"
        ),
    ),
    (
        Field.JOB_TITLE,
        0.6,
        _matches(r"(?:经理|总监|长|教授|讲师|主任|会计|员|助理|董事|师|总裁|书记|科)$"),
    ),
    (Field.PLACE, 0.7, _matches(rf"^(?:{_PROVINCES}|{_CITIES})|市$")),
    (Field.WECHAT, 0.7, _matches(r"^(?:wx|wxid)[-_]|^(?=.*[-_a-z])(?=.*\d)[a-z][-_a-z0-9]{5,19}$")),
    (
        Field.MAJOR,
        0.6,
        _matches(r"(?:学|管理|工程|经济|贸易|营销|会计|金融|财务|统计|商务)(?:专业|系)?$"),
    ),
    (
        Field.BIRTH,
        0.7,
        _matches(r"^19[3-9]\d(?:[-./年](?:0?[1-9]|1[0-2])(?:[-./月]?\d{0,2}日?)?|\d{4})月?$"),
    ),
)
