"""What is told about a party beside its name: numbers, telephone, who represents it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from donflow.domain.halfwidth import halfwidth
from donflow.domain.phones import check as check_phone
from donflow.precheck.names import is_blank, is_person


def details(text: str) -> dict[str, str]:
    """uscc, id_number, phone (+86…), representative, contact and address, as far as told.

    A telephone number behind a contact's name is the contact's, not the party's.
    """
    found: dict[str, str] = {}
    plain = halfwidth(text)
    for key, pattern in _VALUES:
        read = None if key in found else pattern.search(plain)
        if read is None:
            continue
        value = read["value"].strip(" ,;、。()")
        if is_blank(value):
            continue
        if key == "phone":
            value = "" if "联系人" in plain[: read.start()] else _phone(value)
        elif key in ("uscc", "id_number"):
            value = re.sub(r"[\s\-]", "", value).upper()
        elif key in ("representative", "contact"):
            value = _last_name(value)
        if value:
            found[key] = value
    return found


def keyed(cells: Sequence[str]) -> str:
    """The cells of a row as words with keys: 法定代表人：梁启舟；电话：…."""
    words = [cell.strip() for cell in cells if cell.strip()]
    pairs = [
        f"{key.rstrip(':：')}：{value}"
        for key, value in pairwise(words)
        if re.fullmatch(rf"(?:{KEYS}|{NAME_WORD})[:：]?", key)
    ]
    return "；".join(pairs) or "；".join(words)


def _phone(value: str) -> str:
    checked = check_phone(value)
    return (checked.normalized or "").split("|")[0]


def _last_name(value: str) -> str:
    """Of “2003级工商管理专业2班  岳鹏程” the name; titles (先生, 董事长) are left off."""
    words = re.split(r"\s{2,}|[,;，；(（/]", value.strip())
    words = [word for word in words if word]
    name = words[-1].split()[-1] if words and " " in words[-1].strip() else (words or [""])[-1]
    if words and len(words) > 1 and is_person(words[0].strip()) and not is_person(name):
        name = words[0].strip()
    if re.fullmatch(r"[\u4e00-\u9fff](?:\s+[\u4e00-\u9fff]){1,2}", value.strip()):
        name = re.sub(r"\s", "", value)
    return re.sub(r"(?:先生|女士|教授|老师|董事长|总经理|理事长|院长)$", "", name)


KEYS: Final = (
    r"(?:统一社会信用代码|社会信用代码|信用代码|组织机构代码|登记证号|身份证(?:件)?(?:号码|号)?|公民身份号码|证件号码?|护照号?码?"
    r"|(?:联系|办公|移动|固定)?电\s?话|手\s?机(?:号码?)?|法\s?定\s?代\s?表\s?人|法人代表|法人|负\s?责\s?人|授权代表"
    r"|代\s?表\s?人?|联\s?系\s?人|经办人|(?:通讯|注册|联系|单位|家庭)?(?:地\s?址)|住\s?所|邮\s?编|传\s?真|电子邮[箱件]|邮箱|性别"
    r"|开户行|账号|户名|职务|国籍|注册地)"
)
NAME_WORD: Final = (
    r"(?:(?:单\s?位|机构|公司|企业|组织|集体)?\s?(?:名\s*称|全\s*称)|姓\s*名(?:[/或]名称)?"
    r"|名称[/或（(]姓名[）)]?)"
)
_VALUES: Final = (
    (
        "uscc",
        re.compile(
            r"(?:信用代码|机构代码|登记证号)[^:\w]{0,4}:?\s*"
            r"(?P<value>[0-9A-Za-z][0-9A-Za-z \-]{7,24})"
        ),
    ),
    (
        "id_number",
        re.compile(
            r"(?:身份证件?(?:号码|号)?|公民身份号码|证件号码?|护照号?码?)(?:\([^)]*\))?\s*[:;]?\s*"
            r"(?P<value>[0-9A-Za-z][0-9A-Za-z \-]{5,24}[0-9A-Za-z])"
        ),
    ),
    (
        "phone",
        re.compile(
            r"(?:电\s?话|手\s?机(?:号码?)?|联系方式|Tel)\s*:?\s*(?P<value>[+\d][\d \-()+]{6,22})"
        ),
    ),
    (
        "representative",
        re.compile(
            r"(?:法\s?定\s?代\s?表\s?人(?:[/或及](?:负责人|授权代表(?:人)?|授权委托人))?|法人代表|法人|负\s?责\s?人|经营者|"
            r"授权代表人?|(?<!定)(?<!权)代\s?表\s?人?)(?:\([^)]*\))?\s*:\s*(?P<value>[^,;。:\t]{1,30}?)"
            r"(?=[,;。\t)]|\s{2,}|\s*(?:职务|电话|联系|身份证|地址)|$)"
        ),
    ),
    (
        "representative",
        re.compile(
            r"法\s?定\s?代\s?表\s?人(?:为|是|系)?\s?(?P<value>(?!或|签|授|盖|及|以|的|应|身|和)[\u4e00-\u9fff·]{2,4})"
            r"(?=[,;。)\s]|$)"
        ),
    ),
    ("trader", re.compile(r"经营者\s*:\s*(?P<value>[^,;。:\t)]{1,30})")),
    (
        "contact",
        re.compile(
            r"(?:联\s?系\s?人|经办人)(?:\([^)]*\))?\s*:\s*(?P<value>[^,;。:\t]{1,40}?)(?=[,;。\t)]|\s*(?:电话|联系电话|职务|手机)|$)"
        ),
    ),
    ("address", re.compile(r"(?:地\s?址|住\s?所(?:地)?|注册地|国籍)\s*:\s*(?P<value>.{1,60})")),
)
