"""The ways in which a list writes one thing: each gives the cell, and what it tells."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence
from datetime import date
from typing import TypeVar

from people import PLACES, Alumnus, Teller, Told

T = TypeVar("T")
DIGITS = "零一二三四五六七八九"
FULL = str.maketrans("0123456789", "０１２３４５６７８９")
SHORT = {"会计学": "会计", "工商管理": "工商", "国民经济管理": "国民经济管理", "市场营销": "营销"}


class Hand:
    """Somebody's way of writing: the same person and column always come out the same."""

    def __init__(self, salt: str) -> None:
        self.salt = salt

    def pick(self, who: Alumnus, column: str, options: Sequence[T]) -> T:
        return options[zlib.crc32(f"{self.salt}{who.key}{column}".encode()) % len(options)]

    def name(self, who: Alumnus) -> Told:
        text = who.name
        if len(text) == 2:
            text = self.pick(
                who, "name", [text, text, f"{text[0]}  {text[1]}", "\u3000".join(text)]
            )
        elif "·" in text:
            text = text.replace("·", self.pick(who, "name", ["•", ".", "・", "‧"]))
        elif text.isascii():
            text = self.pick(who, "name", [text, text.replace(" ", "  ")])
        else:
            text = self.pick(who, "name", [text, text, text, text, f" {text}", f"{text}　"])
        return text, {"name": who.name}

    def marked_name(self, who: Alumnus) -> Told:
        """A name with what people add to it."""
        text, told = self.name(who)
        if who.dead:
            return f"{who.name}（已故）", {**told, "status": "已故"}
        mark = self.pick(who, "mark", [*("",) * 12, "*", "（班长）"])
        return (f"*{text}" if mark == "*" else f"{text}{mark}"), told

    def gender(self, who: Alumnus) -> Told:
        return who.gender, {"gender": who.gender}

    def birth(self, who: Alumnus) -> Told:
        """A birth in a style of its own; one style in twenty leaves two months open."""
        born = who.born
        styles: list[Callable[[date], Told]] = [
            lambda d: (d, day(d)),
            lambda d: (f"{d:%Y-%m-%d}", day(d)),
            lambda d: (f"{d:%Y%m%d}", day(d)),
            lambda d: (f"{d.year}年{d.month}月{d.day}日", day(d)),
            lambda d: (f"{d.year}.{d.month:02}.{d.day:02}", day(d)),
            lambda d: (f"{d:%Y-%m-%d} 00:00:00", day(d)),
            lambda d: (f"{d.year}/{d.month}", month(d)),
            lambda d: (f"{d.year % 100:02}/{d.month}", month(d)),
            lambda d: (f"{d.year % 100:02}.{d.month}", month(d)),
            lambda d: (f"{d.year}.{d.month:02}", month(d)),
            lambda d: (int(f"{d:%Y%m}"), month(d)),
            lambda d: (f"{chinese_year(d.year)}年{chinese_month(d.month)}月", month(d)),
            lambda d: (f"{d.year}年{d.month}月生", month(d)),
            lambda d: (f"{d.year % 100:02}年{d.month}月", month(d)),
            lambda d: (d.year, {"birth": str(d.year)}),
            lambda d: (f"{d.year}年", {"birth": str(d.year)}),
            lambda d: (f"{d.year}-{d.month:02}-00", month(d)),
            lambda d: (f"{d.year}.{d.month}.{d.day}".translate(FULL), day(d)),
            lambda d: ("不详", {}),
            lambda d: ("", {}),
        ]
        if born.month in (1, 10) and self.pick(who, "open", [True, False]):
            both = f"{born.year}-01|{born.year}-10"
            return float(f"{born.year}.1"), {"birth_accept": both}
        return self.pick(who, "birth", styles)(born)

    def serial(self, who: Alumnus) -> Told:
        """A date as the number that a spreadsheet keeps for it."""
        if self.pick(who, "serial", [True, True, False]):
            return (who.born - date(1899, 12, 30)).days, day(who.born)
        return f"{who.born:%Y%m%d}", day(who.born)

    def phone(self, who: Alumnus) -> Told:
        """A mobile; now and then one that nobody can dial."""
        digits, told = who.mobile, {"phone": f"+86{who.mobile}"}
        usable: list[object] = [
            digits,
            digits,
            digits,
            int(digits),
            int(digits),
            f"{digits[:3]}-{digits[3:7]}-{digits[7:]}",
            f"{digits[:3]} {digits[3:7]} {digits[7:]}",
            f"{digits[:1]}.{digits[1:]}E+10",
            digits.translate(FULL),
            f"+86-{digits}",
            f"0086{digits}",
            f"手机：{digits}",
            f"{digits}（微信同号）",
        ]
        unusable = [digits[:-1], f"{digits}0", f"{digits[:3]}****{digits[7:]}", "—", "停机", ""]
        if self.pick(who, "unusable", [True, *[False] * 11]):
            return self.pick(who, "phone", unusable), {}
        return self.pick(who, "phone", usable), told

    def two_phones(self, who: Alumnus) -> Told:
        """Both mobiles in one cell, where there are two."""
        if not who.second:
            return self.phone(who)
        mark = self.pick(who, "mark", ["/", "；", "、", "\n", " "])
        told = {"phone": f"+86{who.mobile}|+86{who.second}"}
        return f"{who.mobile}{mark}{who.second}", told

    def phone_and_wechat(self, who: Alumnus) -> Told:
        told = {"phone": f"+86{who.mobile}"}
        if not who.wechat:
            return self.pick(
                who, "both", [who.mobile, who.mobile, who.mobile, f"{who.mobile}/同号"]
            ), told
        mark = self.pick(who, "both", [" / ", "／", " 微信：", "\n微信号 "])
        return f"{who.mobile}{mark}{who.wechat}", {**told, "wechat": who.wechat}

    def email(self, who: Alumnus) -> Told:
        if not who.email:
            return self.pick(who, "email", ["", "", "无", "-"]), {}
        text = self.pick(who, "email", [*("",) * 14, *("U",) * 3, *("F",) * 2, "S", "S", "B"])
        told = {"email": who.email}
        if text == "B":
            return who.email.replace("@", ""), {}
        changed = {
            "U": who.email.upper(),
            "F": who.email.replace("@", "＠"),
            "S": f" {who.email} ",
        }
        return changed.get(text, who.email), told

    def employer(self, who: Alumnus) -> Told:
        if not who.employer:
            return self.pick(who, "employer", ["", "", "无", "/"]), {}
        text = who.employer
        if len(text) > 9 and self.pick(who, "wrap", [True, False, False]):
            text = f"{text[:4]}\n{text[4:]}"
        return text, {"employer": who.employer}

    def title(self, who: Alumnus) -> Told:
        return who.title, {"job_title": who.title}

    def work(self, who: Alumnus) -> Told:
        """Employer and post in one cell."""
        told = {"employer": who.employer, "job_title": who.title}
        if not who.employer:
            return who.title, told
        if not who.title:
            return who.employer, told
        marks = [" ", "，", "/", "\n"]
        if who.employer.endswith("有限公司"):
            marks.append("")
        return f"{who.employer}{self.pick(who, 'work', marks)}{who.title}", told

    def city(self, who: Alumnus) -> Told:
        mark = self.pick(who, "city", ["", "", "市"])
        return f"{who.city}{mark}", {"city": who.city}

    def address(self, who: Alumnus) -> Told:
        """A postal address, from which only province and city are kept."""
        told = {"city": who.city, "province": who.province}
        street = self.pick(who, "street", ["", "云麓路17号", "松间区望舒街8号2单元301室"])
        if who.city == who.province:
            return f"{who.city}市{street}", told
        full = f"{who.province}省{who.city}市"
        if who.province == "宁夏":
            full = f"宁夏回族自治区{who.city}市"
        return f"{self.pick(who, 'full', [full, who.province + who.city])}{street}", told

    def ethnicity(self, who: Alumnus) -> Told:
        short = who.ethnicity.removesuffix("族")
        return self.pick(who, "folk", [who.ethnicity, short]), {"ethnicity": who.ethnicity}

    def enrol(self, who: Alumnus) -> Told:
        year = who.enrol
        styles = [
            f"{year}级",
            f"{year % 100:02}级",
            f"{year}.9",
            f"{year}年秋",
            year,
            f"{year}年9月",
            f"{year % 100:02}",
        ]
        return self.pick(who, "enrol", styles), {"enrol_year": str(year)}

    def leaving(self, who: Alumnus) -> Told:
        year = who.grad
        styles = [f"{year}届", f"{year % 100:02}届", f"{year}.6", f"{year}年7月", year]
        return self.pick(who, "leaving", styles), {"grad_year": str(year)}

    def major_and_class(self, who: Alumnus) -> Told:
        """Year, major and class in one cell, as each office of the university has its own way."""
        told = {"major": who.major, "class_no": who.class_no}
        year, short, no = f"{who.enrol % 100:02}", SHORT.get(who.major, who.major), who.class_no
        with_year = {**told, "enrol_year": str(who.enrol)}
        ways: list[Told] = [
            (f"{who.major}{no}班", told),
            (f"{short}（{no}）班", told),
            (f"{year}{short}{no}班", with_year),
            (f"{who.enrol}级{who.major}{no}班", with_year),
            (f"{who.major}{year}-{no}", with_year),
            (f"{who.major}（{DIGITS[int(no)]}）班", told),
        ]
        return self.pick(who, "class", ways)

    def remark(self, who: Alumnus) -> Told:
        if who.dead:
            text = self.pick(who, "remark", ["已故", "2015年病故", "已去世"])
            return text, {"status": "已故"}
        texts = [*("",) * 12, "联络人", "曾用名见档案", "理事", "常驻外地"]
        return self.pick(who, "remark", texts), {}


def day(when: date) -> dict[str, str]:
    return {"birth": f"{when:%Y-%m-%d}"}


def month(when: date) -> dict[str, str]:
    return {"birth": f"{when:%Y-%m}"}


def chinese_year(year: int) -> str:
    return "".join("〇一二三四五六七八九"[int(digit)] for digit in str(year))


def chinese_month(number: int) -> str:
    return ("十" if number >= 10 else "") + ("" if number == 10 else DIGITS[number % 10])


def formula_of_row(before: int) -> Teller:
    """A running number that the sheet works out from the row."""
    count = iter(range(1, 1000))

    def number(who: Alumnus) -> Told:
        return (f"=ROW()-{before}", next(count)), {}

    return number


def home_too(hand: Hand) -> Teller:
    def home(who: Alumnus) -> Told:
        text, number = landline(hand, who)
        return text, {"landline": number}

    return home


def join_phones(tellers: list[Teller]) -> list[Teller]:
    """The tellers, where the landline of a column joins the phones of the columns before."""
    said: dict[str, str] = {}

    def joined(teller: Teller) -> Teller:
        def tell(who: Alumnus) -> Told:
            cell, told = teller(who)
            said.update({"phone": told["phone"]} if "phone" in told else {})
            if "landline" in told:
                both = filter(None, [said.pop("phone", ""), told["landline"]])
                return cell, {"phone": "|".join(both)}
            return cell, told

        return tell

    return [joined(teller) for teller in tellers]


def landline(hand: Hand, who: Alumnus) -> tuple[str, str]:
    """A landline as it stands, and in the world's form; without an area code nobody can dial it."""
    if not who.landline:
        return "", ""
    area, number = who.landline.split("-")
    world = f"+86{area[1:]}{number}"
    ways = [(f"{area}-{number}", world), (f"({area}){number}", world), (f"{area}{number}", world)]
    ways += [(f"{area}-{number}转801", world), (f"{area}-{number}-802", world), (number, "")]
    return hand.pick(who, "landline", ways)


def home_or_mobile(hand: Hand) -> Teller:
    def phone(who: Alumnus) -> Told:
        if who.landline:
            text, number = landline(hand, who)
            return text, {"phone": number}
        return hand.phone(who)

    return phone


def nothing(who: Alumnus) -> Told:
    return None, {}


def wechat(who: Alumnus) -> Told:
    return who.wechat, {"wechat": who.wechat}


def student_number(who: Alumnus) -> Told:
    return who.number, {"student_no": who.number}


def years(who: Alumnus) -> Told:
    told = {"enrol_year": str(who.enrol), "grad_year": str(who.grad)}
    return f"{who.enrol}.9-{who.grad}.6", told


def origin(who: Alumnus) -> Told:
    return f"{PLACES[int(who.key) % 12][1]}{PLACES[int(who.key) % 12][0]}", {}


def supervisor(who: Alumnus) -> Told:
    return ["方教授", "严守一", "苏知行 教授"][int(who.key) % 3], {}


def thesis(who: Alumnus) -> Told:
    return ["区域产业集聚研究", "上市公司审计定价研究", "企业创新网络演化"][int(who.key) % 3], {}


def stranger(one: str, other: str) -> Teller:
    """A name or a number that is somebody else's."""
    return lambda who: ([one, other, ""][int(who.key) % 3], {})
