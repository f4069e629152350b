"""The account: that it is written, in the recipient's name, and takes the gift's currency."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from donflow.domain.halfwidth import halfwidth
from donflow.errors import N_, say
from donflow.precheck.clauses import absent, found, sentence_of
from donflow.precheck.draft import Draft
from donflow.precheck.facts import Kind
from donflow.precheck.facts_account import Written, recipients_account, said_currency
from donflow.precheck.findings import Finding, Severity
from donflow.precheck.sums import CURRENCIES, is_english


def rule(draft: Draft) -> Iterator[Finding]:
    """Gifts of money only."""
    written = recipients_account(draft.paper, draft.facts.parties)
    is_money = draft.facts.payment_mode != "delivery" and draft.facts.kind is not Kind.IN_KIND
    if is_money and draft.facts.kind not in (Kind.SUPPLEMENTARY, Kind.TERMINATION):
        yield from _missing(draft, written)
    if written is not None:
        yield from _name(draft, written)
        yield from _currency(draft, written)


def _missing(draft: Draft, written: Written | None) -> Iterator[Finding]:
    wanted = {"name", "bank", "number"}
    there = {entry.key for entry in written.entries} if written else set()
    if wanted <= there:
        return
    expect = say(N_("The account's name, bank and number are to be written."))
    if written is not None:
        first, last = written.entries[0].at, written.entries[-1].at
        if wanted - there == {"name"} and _names_recipient(draft, first.line, last.line):
            return
        line = draft.paper.by_number[first.line]
        end = last.end if last.line == first.line else first.end
        yield found("account_missing", Severity.ERROR, line, (first.start, end), expect)
        return
    for line in draft.paper.lines:
        if is_english(line.text) or line.number in draft.anatomy.signing:
            continue
        said = re.search(_REMIT, line.text) or re.search(_TO_ACCOUNT, line.text)
        if said and not _goes_another_way(line.text[slice(*sentence_of(line.text, *said.span()))]):
            yield found("account_missing", Severity.ERROR, line, said.span(), expect)
            return
    if any(_goes_another_way(line.text) for line in draft.paper.lines):
        return
    yield absent("account_missing", Severity.ERROR, expect)


def _goes_another_way(text: str) -> bool:
    """In cash, by cheque, on a platform, out of wages, or as shares."""
    return re.search(_NO_ACCOUNT_NEEDED, halfwidth(text)) is not None


def _names_recipient(draft: Draft, first: int, last: int) -> bool:
    """Whether the recipient is named just beside, as a form does (受赠单位：…)."""
    near = [line.text for line in draft.paper.lines if first - 3 <= line.number <= last + 1]
    names = [party.name for party in draft.facts.parties if party.role in ("recipient", "manager")]
    return any(name and name in text for name in names for text in near)


def _name(draft: Draft, written: Written) -> Iterator[Finding]:
    """The holder is a party; where the recipient is a foundation, the recipient or a manager."""
    entry = written.entry("name")
    parties = [party for party in draft.facts.parties if party.name]
    recipients = [party for party in parties if party.role in ("recipient", "manager")]
    if entry is None or not entry.value or not recipients:
        return
    if re.search("[_＿]|X{2,}|×{2,}", entry.value):
        return
    known = {_plain(party.name) for party in parties if party.role != "donor"}
    english = {_plain(party.name_en) for party in parties if party.name_en}
    if _plain(entry.value) in known | english:
        return
    yield found(
        "account_name_mismatch",
        Severity.ERROR,
        draft.paper.by_number[entry.at.line],
        (entry.at.start, entry.at.end),
        say(N_("The account's name is to be the recipient's: {name}."), name=recipients[0].name),
    )


def _plain(name: str) -> str:
    return re.sub(r"[\s·]", "", halfwidth(name)).lower()


def _currency(draft: Draft, written: Written) -> Iterator[Finding]:
    amount, number = draft.facts.amount, written.entry("number")
    entry = number if number and number.note else written.entry("currency")
    led = said_currency(draft.paper, written)
    if amount is None or (entry is None and led is None):
        return
    note, at = (
        (entry.note or entry.value, entry.at) if entry else led or ("", written.entries[0].at)
    )
    named = {code for code, names in CURRENCIES.items() if re.search(names, note.upper())}
    is_open = re.search("多币种|外汇|外币|本外币", note) is not None
    if not named and not is_open:
        return
    takes_foreign = is_open or bool(named - {"CNY"})
    fits = amount.currency in named or (takes_foreign and amount.currency != "CNY" and is_open)
    if fits or (is_open and "本外币" in note) or "多币种" in note:
        return
    yield found(
        "account_currency_mismatch",
        Severity.ERROR,
        draft.paper.by_number[at.line],
        (at.start, at.end),
        say(N_("This account does not take the gift's currency.")),
    )


_REMIT: Final = (
    r"(?:汇入|汇至|汇到|转入|转至|划入|存入|打入|支付至|付至|拨付至|缴至|划拨至|划至|到达)"
    r"[^。；，,;]{0,20}?[账帐][户号]"
)
_TO_ACCOUNT: Final = r"(?:捐赠款|款项|捐款)[^。；，,;]{0,12}[账帐]户"
_NO_ACCOUNT_NEEDED: Final = (
    "现金(?:方式|形式)?[^。;]{0,8}?(?:交付|支付|交给|移交|交予|缴纳|缴付|交到|捐出)|支票|汇票|股权(?:变更|过户|捐赠)|"
    "当面(?:以)?现金|当场(?:以现金)?(?:交付|支付|捐)|微信|支付宝|扫码|二维码|小程序|(?:网上|在线|网络)(?:捐赠)?(?:平台|支付|捐赠)|"
    "捐赠平台|工资(?:中)?(?:代扣|扣除|扣缴)|代扣|刷卡|POS|银联|云闪付|捐赠箱|财务处(?:窗口)?(?:交|缴)"
)
