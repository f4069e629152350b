"""Who the parties are, what sort of givers and takers, and who gives to whom."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from donflow.precheck.anatomy import Anatomy
from donflow.precheck.callings import role_of
from donflow.precheck.facts import Party
from donflow.precheck.named import Naming
from donflow.precheck.names import type_of
from donflow.precheck.namings import namings
from donflow.precheck.paper import Paper


def read_parties(paper: Paper, anatomy: Anatomy, *, foreign: bool = False) -> tuple[Party, ...]:
    """The parties in their order; a name that is not filled in is the empty string.

    Who gives `foreign` money under an English name and no Chinese registration gives from abroad.
    """
    found = namings(paper, anatomy)
    listed = _last_listing(found)
    roles = _roles(listed, _body_text(paper, anatomy))
    parties = [_party(naming, role) for naming, role in zip(listed, roles, strict=True) if role]
    return tuple(
        replace(party, overseas=True)
        if foreign and party.role == "donor" and party.name_en and not party.uscc
        else party
        for party in parties
    )


def _last_listing(found: Sequence[Naming]) -> tuple[Naming, ...]:
    """A cover page names the parties once more: the list with the names in it counts.

    A first label that comes back with another name, and no second label behind it, is no new list
    but a label given twice.
    """
    listings: list[list[Naming]] = []
    for position, naming in enumerate(found):
        current = listings[-1] if listings else []
        if not current or (
            not naming.joint
            and naming.label == current[0].label
            and _begins_again(current, found[position:])
        ):
            listings.append([])
        listings[-1].append(naming)
    full = [each for each in listings if any(naming.name for naming in each)]
    longest = max((len(each) for each in full or listings), default=0)
    chosen = [each for each in full or listings if len(each) == longest]
    return tuple(chosen[-1]) if chosen else ()


def _begins_again(current: Sequence[Naming], rest: Sequence[Naming]) -> bool:
    first, again = current[0], rest[0]
    if (
        all(each.joint for each in current[1:])
        or not first.name
        or not again.name
        or first.name == again.name
    ):
        return True
    own = [each for each in current if not each.joint]
    others = [each for each in rest if not each.joint]
    return len(others) > 1 and len(own) > 1 and others[1].label == own[1].label


def _party(naming: Naming, role: str) -> Party:
    values = naming.values
    kind = _type(naming, role)
    where = naming.name + values.get("address", "") + naming.about
    is_abroad = bool(
        _OVERSEAS_NAME.search(naming.name)
        or _OVERSEAS.search(where)
        or re.match(_ABROAD, values.get("address", ""))
    )
    if kind == "foundation" and is_abroad:
        kind = "organisation"  # a foundation by Chinese law is registered in China
    acts = values.get("representative", "")
    contact = values.get("contact", "") or (acts if kind == "group" else "")
    return Party(
        role=role,
        label=naming.label,
        name=naming.name,
        type=kind,
        at=naming.at,
        name_en=naming.name_en,
        uscc=values.get("uscc", ""),
        id_number=values.get("id_number", ""),
        phone="" if contact == acts and kind == "group" else values.get("phone", ""),
        representative="" if kind == "group" else acts,
        contact=contact,
        overseas=is_abroad or ("护照" in naming.about and kind == "person"),
    )


def _type(naming: Naming, role: str = "") -> str:
    """A trader is known by its registration (92…) or by who trades; a chapter has neither."""
    kind = type_of(naming.name, naming.about + "".join(naming.values))
    code = naming.values.get("uscc", "")
    if kind == "organisation" and (code.startswith("92") or "trader" in naming.values):
        return "individual_business"
    is_chapter = re.search(r"(?:大学|学院)[^公司]{2,12}校友(?:会|联谊会)$", naming.name)
    registered = code or "representative" in naming.values
    return "group" if role == "donor" and is_chapter and not registered else kind


def _roles(listed: Sequence[Naming], body: str) -> list[str]:
    """Roles told by the labels; else by who gives to whom; else by what sort of body each is."""
    roles = [
        role_of(" ".join((naming.label, *naming.callings))) or role_of(naming.head)
        for naming in listed
    ]
    kinds = [type_of(naming.name, naming.about) for naming in listed]
    labels = [naming.label for naming in listed]
    if kinds.count("foundation") == 1 and "recipient" not in roles and len(listed) > 1:
        only = kinds.index("foundation")  # a foundation gives only to another one
        roles[only] = roles[only] or "recipient"
    giver, taker = _giver_and_taker(labels, body)
    for index, label in enumerate(labels):
        if not roles[index] and label == giver and "donor" not in roles:
            roles[index] = "donor"
        elif not roles[index] and label == taker and "recipient" not in roles:
            roles[index] = "recipient"
    if "recipient" not in roles:
        free = [index for index, role in enumerate(roles) if not role]
        fit = [i for kind in ("foundation", "school") for i in reversed(free) if kinds[i] == kind]
        for index in (fit or (free if "donor" in roles else free[1:]))[:1]:
            roles[index] = "recipient"
    if "donor" not in roles and "" in roles:
        roles[roles.index("")] = "donor"
    if any("受益" in _called(naming) for naming in listed):  # who else acts carries it out
        for index, naming in enumerate(listed):
            if roles[index] == "beneficiary" and re.search("执行|实施|承办", _called(naming)):
                roles[index] = "manager"
    return [role or _rest(kind) for role, kind in zip(roles, kinds, strict=True)]


def _called(naming: Naming) -> str:
    return " ".join((naming.label, *naming.callings, naming.head))


def _rest(kind: str) -> str:
    """Of a third party without a telling label: who gives, or who has the use of it."""
    return "beneficiary" if kind in ("school", "foundation", "") else "donor"


def _giver_and_taker(labels: Sequence[str], body: str) -> tuple[str, str]:
    """Who gives to whom in the first sentence that says so."""
    names = "|".join(sorted(map(re.escape, labels), key=len, reverse=True))
    if not names:
        return "", ""
    apart = rf"(?:(?!{names})[^。；\n])"
    found = re.search(
        rf"(?P<giver>{names}){apart}{{0,40}}?(?:向|给|予)(?P<taker>{names})?{apart}{{0,40}}?(?:{_GIVES})",
        body,
    ) or re.search(
        rf"(?P<giver>{names})(?:(?!接受|收到|受赠|使用|愿意接受){apart}){{0,16}}?(?:自愿|无偿|捐出|{_GIVES})",
        body,
    )
    if found is None:
        return "", ""
    taker = found.groupdict().get("taker") or ""
    if not taker:
        given = re.search(rf"(?:{_GIVES})(?:给|予|至)(?P<taker>{names})", body)
        taker = given["taker"] if given else ""
    return found["giver"], taker if taker != found["giver"] else ""


def _body_text(paper: Paper, anatomy: Anatomy) -> str:
    return "\n".join(line.text for line in paper.lines if anatomy.in_body(line.number))


_GIVES: Final = (
    r"(?<!公益事业)(?:捐赠|捐资|捐款|赠与|捐助|赠送)"
    r"(?![方人者款]|物(?![资品])|票据|收据|证书|凭证|协议|合同|财产|名单)"
)
_COUNTRIES: Final = (
    r"美国|美利坚|英国|新加坡|加拿大|日本|澳大利亚|新西兰|德国|法国|马来西亚|泰国|印度尼西亚|菲律宾|越南"
    r"|韩国|奥地利|瑞士|瑞典|荷兰|比利时|意大利|西班牙|丹麦|挪威|芬兰|爱尔兰|卢森堡|阿联酋|以色列|巴西|北美|欧洲"
    r"|开曼|英属维尔京|百慕大"
)
_ABROAD: Final = rf"\s*(?:{_COUNTRIES}|(?:中国)?(?:香港|澳门|台湾))"
_OVERSEAS_NAME: Final = re.compile(
    rf"香港|澳门|台湾|[（(](?:{_COUNTRIES}|BVI)[）)]|^(?:{_COUNTRIES}|旅美|旅英)"
    r"|(?:北美|欧洲|海外|东南亚|[美英德法日澳加]国?)[^公]{0,4}(?:校友会|校友联谊会|校友基金会)"
)
_OVERSEAS: Final = re.compile(
    r"(?:中国)?(?:香港|澳门)特别行政区|中国(?:香港|澳门|台湾)|^香港"
    r"|Hong Kong|Singapore|USA|U\.S\.A|United"
    r"|香港(?:九龙|新界|中环|湾仔|岛)|(?:^|[:：])\s*(?:" + _COUNTRIES + ")"
)
