"""Who gives and who takes: whether they may, and board resolutions that some gifts need."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from donflow.errors import N_, say
from donflow.precheck.draft import Draft
from donflow.precheck.facts import Party
from donflow.precheck.findings import Finding, Severity


def recipient_not_foundation(draft: Draft) -> Iterator[Finding]:
    """A university or a part of one as recipient: gifts are taken by the education foundation."""
    recipients = [party for party in draft.facts.parties if party.role == "recipient"]
    if any(party.type == "foundation" or not party.name for party in recipients):
        return
    for party in recipients:
        yield Finding(
            "recipient_not_foundation",
            Severity.ERROR,
            party.at.line,
            draft.paper.text(party.at),
            say(N_("The recipient should be the foundation, and this party the beneficiary.")),
            sure=False,
        )


def donor_not_legal_entity(draft: Draft) -> Iterator[Finding]:
    """A class, a department or a branch as donor; a group that a named person acts for is none."""
    for party in draft.facts.parties:
        if party.role == "donor" and party.name and _is_no_legal_person(party):
            yield Finding(
                "donor_not_legal_entity",
                Severity.ERROR,
                party.at.line,
                draft.paper.text(party.at),
                say(N_("{name} is no legal person and cannot be a donor itself."), name=party.name),
                sure=False,
            )


def board_resolution_missing(draft: Draft) -> Iterator[Finding]:
    """Shares, buildings or land given, or anything by a listed or a state-owned company.

    The paper must speak of the resolution that such a gift needs.
    """
    text = "\n".join(line.text for line in draft.paper.lines if draft.anatomy.in_body(line.number))
    bodies = [
        party
        for party in draft.facts.parties
        if party.role == "donor" and party.type in ("organisation", "foundation")
    ]
    has_target = any(party.role == "target" for party in draft.facts.parties)
    gives = _HOLDINGS.search(text) or _HOLDINGS.search(draft.facts.title)
    heads = "".join(draft.paper.by_number[party.at.line].text for party in bodies)
    watched = _WATCHED.search(heads) or (bodies and _WATCHED_TOLD.search(text))
    owes = (bodies or has_target) and (gives or has_target)
    if (owes or watched) and not _RESOLVED.search(text):
        yield Finding(
            "board_resolution_missing",
            Severity.WARNING,
            None,
            "",
            say(N_("A resolution of the shareholders or the board is needed for such a gift.")),
            sure=False,
        )


def _is_no_legal_person(party: Party) -> bool:
    name = re.sub(r"[（(][^（）()]*[）)]$", "", party.name)
    if re.search(r"(?:公司|集团|银行).{0,12}(?:分公司|分行|支行)$", name):
        return True
    if re.search(rf"(?:公司|集团|企业).{{0,14}}(?:{_PARTS})$", name):
        return True
    if party.uscc:
        return False
    if re.search(
        r"(?:大学|学院)[^公]{0,16}(?:学院|系|处|部|办公室|中心|团委|学生会|研究生会|社团|协会)$",
        name,
    ):
        return True
    if re.search(r"分会$|学生会$|研究生会$|团委$|党支部$|教研室$|筹委会$|筹备组$|理事会$", name):
        return True
    if re.search(r"校友会$", name) and not re.search(r"有限", name):
        return not (party.representative or party.contact)
    is_class = re.search(r"班(?:级|委会)?$|级(?:[^校友同学]{0,14})班", name) and "全体" not in name
    return bool(is_class) and not (party.contact or party.representative)


_PARTS: Final = (
    r"部|处|科|室|中心|事业部|项目部|办事处|代表处|车间|工会|团委|党委|分部|工厂|门店|营业部"
    r"|办公室|工作组"
)
_WATCHED: Final = re.compile(
    r"(?<!非)上市(?:公司|企业)|(?:股票|证券)(?:代码|简称)|国有(?:独资|控股|全资)|中央企业"
)
# 甲方系在证券交易所上市的股份有限公司; 捐赠人为国有控股企业.
_WATCHED_TOLD: Final = re.compile(
    rf"作为(?:{_WATCHED.pattern})"
    rf"|(?:甲方|捐赠[人方]|赠与[人方]|公司)(?:系|为|是|作为)(?:一家)?(?:[^。；，非不未拟]{{0,20}}?)(?:{_WATCHED.pattern}"
    r"|(?:交易所|主板|创业板|科创板|新三板|A股|港股)[^。；，非不未拟]{0,8}(?:上市|挂牌))"
)
_HOLDINGS: Final = re.compile(
    r"(?:捐赠|赠与|转让|持有的?)[^。；]{0,40}?(?:股权|股份(?!有限|公司|合作)|房产|房屋所有权|不动产|土地使用权)"
    r"|(?:股权|股份|房产|不动产)捐赠"
)
_RESOLVED: Final = re.compile(
    r"(?:股东(?:大?会)?|董事会|理事会|合伙人会议|党委会?|办公会|上级|主管部门)[^。；]{0,24}(?:决议|决定|同意|批准|审议|通过|核准|放弃(?:了)?优先)"
    r"|(?:决议|批准文件|授权文件)[^。；]{0,12}(?:附|见|提供|提交|复印件)"
)
