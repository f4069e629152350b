"""Reads the account that the money goes to, from lines, brackets or a table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from donflow.domain.halfwidth import halfwidth
from donflow.precheck.account_by_content import (
    BANK,
    HOLDER,
    NUMBER,
    accounts_by_content,
    beside,
)
from donflow.precheck.facts import Account, Party
from donflow.precheck.named import languages
from donflow.precheck.paper import Paper, Span
from donflow.precheck.tables import tables


@dataclass(frozen=True)
class Entry:
    """One labelled value of an account: `at` from the label to the value's end."""

    key: str  # name, bank, number or currency
    value: str
    note: str
    at: Span


@dataclass(frozen=True)
class Written:
    """The entries of one account in reading order, and the words just before them."""

    entries: tuple[Entry, ...]
    before: str

    def entry(self, key: str) -> Entry | None:
        """The entry of that key."""
        return next((each for each in self.entries if each.key == key), None)

    def value(self, key: str) -> str:
        """What it says; empty where it is blank or not there."""
        found = self.entry(key)
        return found.value if found else ""


def account(paper: Paper, parties: tuple[Party, ...]) -> Account | None:
    """The recipient's account; blanks as empty strings. None where none is written."""
    found = recipients_account(paper, parties)
    if found is None:
        return None
    number, currency = found.entry("number"), found.value("currency")
    at = (number or found.entries[0]).at
    note = number.note if number and number.note else currency
    led = said_currency(paper, found)
    note = note or (led[0] if led else "")
    return Account(found.value("name"), found.value("bank"), found.value("number"), at, note)


def said_currency(paper: Paper, written: Written) -> tuple[str, Span] | None:
    """The currency of the account in the words that lead to it (汇入下列人民币账户), and where."""
    first = written.entries[0].at
    for line in reversed(paper.lines[: _index_of(paper, first.line) + 1][-4:]):
        text = halfwidth(line.text if line.number != first.line else line.text[: first.start])
        found = list(re.finditer(_LED_BY, text))
        if found:
            return found[-1]["currency"], Span(line.number, *found[-1].span())
        if line.number != first.line and re.search("[。;]\\s*$", text):
            break
    return None


def _index_of(paper: Paper, number: int) -> int:
    return next(index for index, line in enumerate(paper.lines) if line.number == number)


def recipients_account(paper: Paper, parties: tuple[Party, ...]) -> Written | None:
    """The account of whoever receives, where a paper names the donor's too."""
    found = accounts(paper)
    if not found:
        return None
    names = {
        party.name for party in parties if party.role in ("recipient", "manager") and party.name
    }
    donors = {party.name for party in parties if party.role == "donor" and party.name}

    def rank(written: Written) -> tuple[bool, bool, bool, bool]:
        name = written.value("name")
        is_donors = name in donors or re.search(_DONORS, written.before) is not None
        return (name not in names, is_donors, "基金会" not in name, written.entry("number") is None)

    return min(found, key=rank)


def accounts(paper: Paper) -> tuple[Written, ...]:
    """Every account of a paper: its labels, until one comes again; else what the words show."""
    groups: list[list[Entry]] = []
    before: list[str] = []
    last_line = -10
    for line in paper.lines:
        for entry in _entries(line.text, line.number):
            known = {each.key for each in groups[-1]} if groups else set()
            if not groups or entry.key in known or line.number - last_line > 6:
                groups.append([])
                before.append(_words_before(paper, entry.at))
            groups[-1].append(entry)
            last_line = line.number
    written = [Written(tuple(group), said) for group, said in zip(groups, before, strict=True)]
    told = [*_in_columns(paper), *(_completed(each, paper) for each in written)]
    labelled = [each for each in told if each.entry("number") or each.entry("bank")]
    return (*labelled, *_unlabelled(paper, labelled))


def _completed(written: Written, paper: Paper) -> Written:
    """With the values that stand below their labels, and the holder or bank that has no label."""
    entries = tuple(each if each.value else _below(each, paper) for each in written.entries)
    number = next((each for each in entries if each.key == "number" and each.value), None)
    if number is None or {"name", "bank"} <= {each.key for each in entries}:
        return Written(entries, written.before)
    line = paper.by_number[number.at.line]
    digits = re.search(NUMBER, halfwidth(line.text[number.at.start : number.at.end]))
    if digits is None:
        return Written(entries, written.before)
    at = (number.at.start + digits.start(), number.at.start + digits.end())
    keys = {each.key for each in entries}
    more = [
        Entry(one.key, one.value, "", one.at) for one in beside(line, at) if one.key not in keys
    ]
    ordered = sorted((*entries, *more), key=lambda each: (each.at.line, each.at.start))
    return Written(tuple(ordered), written.before)


def _below(entry: Entry, paper: Paper) -> Entry:
    """户名： at the end of a line has its value in the next one, where that has no label."""
    line, following = paper.by_number[entry.at.line], paper.by_number.get(entry.at.line + 1)
    is_last = re.fullmatch(r"[\s:：]*", line.text[entry.at.end :]) is not None
    if following is None or not is_last or re.search("[:：_＿。│|]|\t", following.text):
        return entry
    value, note = _value(entry.key, following.text)
    fits = re.fullmatch(_HOLDS[entry.key], halfwidth(value)) if entry.key in _HOLDS else None
    return Entry(entry.key, value, note, entry.at) if fits else entry


def _in_columns(paper: Paper) -> Iterator[Written]:
    """A table whose heading names holder, bank and number, with the values in its rows."""
    for table in tables(paper):
        columns = {key: table.column(pattern) for key, pattern in _COLUMNS.items()}
        if columns["number"] is None or columns["bank"] is None:
            continue
        for row in table.rows[1:]:
            cells = [
                (key, row[at]) for key, at in columns.items() if at is not None and at < len(row)
            ]
            read = [(key, *_value(key, cell.text), cell.at) for key, cell in cells]
            yield Written(tuple(Entry(*each) for each in read), "")


def _unlabelled(paper: Paper, labelled: Sequence[Written]) -> Iterator[Written]:
    known = {each.value("number") for each in labelled}
    for line in paper.lines:
        for pieces in accounts_by_content(line):
            found = Written(
                tuple(Entry(one.key, one.value, "", one.at) for one in pieces),
                _words_before(paper, pieces[0].at),
            )
            if found.value("number") not in known:
                yield found


def _words_before(paper: Paper, at: Span) -> str:
    numbers = [number for number in range(at.line - 4, at.line) if number in paper.by_number]
    earlier = "".join(paper.by_number[number].text for number in numbers)
    return (earlier + paper.by_number[at.line].text[: at.start])[-_NEAR:]


def _entries(text: str, number: int) -> Iterator[Entry]:
    plain = halfwidth(text)
    labels = _labels(plain)
    for label, following in zip(labels, [*labels[1:], None], strict=False):
        end = following.start() if following else len(plain)
        said = plain[label.end() : end]
        stop = re.search(r"[;。,\n│|]|\s{3,}|\t", said.lstrip(" \t│|:"))
        lead = len(said) - len(said.lstrip(" \t│|:"))
        if stop:
            said = said[: lead + stop.start()]
        key = next(key for key in ("name", "bank", "number", "currency") if label[key])
        value, note = _value(key, text[label.end() : label.end() + len(said)])
        last = label.end() + len(
            said.rstrip(" \u3000)" if key == "number" and not note else " \u3000")
        )
        bank = re.match(r"\s*([\u4e00-\u9fff()]*银行[\u4e00-\u9fff()]*)", said[lead:])
        if (
            key == "number"
            and bank
            and re.search(
                "开户(?:银)?行(?:及|和|、)$", plain[max(0, label.start() - 12) : label.start()]
            )
        ):
            yield Entry("bank", bank[1], "", Span(number, label.start(), last))
        yield Entry(key, value, note, Span(number, label.start(), last))


def _labels(plain: str) -> list[re.Match[str]]:
    """The labels that have a value; of one told in two languages (户名 Account Name) the last."""
    found = list(re.finditer(_LABEL, plain))
    labels = [read for read in found if not _is_talk(plain, read)]
    twice = {
        one.start()
        for one, two in pairwise(found)
        if one.lastgroup == two.lastgroup
        and re.fullmatch(r"[\s/():]*", plain[one.end() : two.start()])
    }
    return [read for read in labels if read.start() not in twice]


def _value(key: str, said: str) -> tuple[str, str]:
    said = halfwidth(said) if key in ("number", "currency") else said
    said = re.sub(r"^(?:为|是)(?!\s*民)", "", said.strip(" \t\u3000:：│|"))
    if key == "number":
        # 开户行及账号：中国银行兰州支行 1045…: the number stands behind the bank.
        digits = re.match(r"[A-Za-z]{0,4}[0-9][0-9 \-]*", said) or re.search(
            r"[0-9][0-9 \-]{9,}", said
        )
        note = re.search(rf"\(([^()]*(?:{_CURRENCY})[^()]*)\)?", said)
        return (re.sub(r"[ \-]", "", digits[0]) if digits else ""), (
            note[1].strip() if note else ""
        )
    said = re.sub(r"[_＿]+", "", said).strip()
    closers = said.count("）") + said.count(")") - said.count("（") - said.count("(")
    said = re.sub(r"[）)]\s*$", "", said).strip() if closers > 0 else said.rstrip("；;，,。")
    return (languages(said)[0] if key == "name" else said), ""


def _is_talk(plain: str, label: re.Match[str]) -> bool:
    """账号信息, 户名一致: behind a label stands a colon, a cell's edge, 为 or blanks."""
    return not re.match(
        r"(?:信息)?\s*(?:\([^)]*\))?\s*(?::|\t|│|\||为|是|\s{1,}\S|_)",
        plain[label.end() : label.end() + _NEAR],
    ) and (re.match(r"\s*[0-9]{8,}", plain[label.end() : label.end() + _NEAR]) is None)


_HOLDS: Final = {"name": HOLDER, "bank": BANK, "number": "[0-9]{8,}"}
_COLUMNS: Final = {
    "name": "^(?:户名|[账帐]户名称?|开户名称?|收款人|收款单位|单位名称)$",
    "bank": "^(?:开户(?:银)?行|收款(?:银)?行|开户(?:银)?行名称|银行|开户机构)$",
    "number": "^(?:(?:银行|收款)?[账帐](?:号|户号?码?))$",
}
_CURRENCY: Final = "人民币|美元|港币|港元|外汇|外币|欧元|日元|英镑|RMB|CNY|USD|HKD|EUR|多币种"
_NEAR: Final = 200  # what stands further off says nothing of an account
_LED_BY: Final = (
    r"(?P<currency>人民币|美元|港币|港元|欧元|日元|英镑|RMB|CNY|USD|HKD)(?:的)?(?:基本|一般|结算|专用|存款|对公|银行|收款|"
    r"活期)*[账帐]户"
)
_DONORS: Final = (
    "(?:甲方|捐赠人|捐赠方|赠与方|赠与人)(?:的)?(?:银行|付款|汇款|开户)?(?:账户|帐户|账号)"
    "[^。]{0,20}$|付款账户|汇出"
)
_LABEL: Final = re.compile(
    r"(?P<name>户\s*名(?:称)?|[账帐]\s*户\s*名\s*称?|开户名称?|开户单位(?:名称)?|"
    r"收款单位(?:名称)?|收款人(?:名称|全称)?|收款方(?:名称)?|单位名称"
    r"|^\s*名\s*称(?=[\s:])|开户人|Account\s+Name|Name\s+of\s+Account|Beneficiary(?:\s+Name)?)"
    r"|(?P<bank>开\s*户\s*(?:银\s*)?行(?:名称|全称)?|开户网点|收款(?:银)?行(?:名称)?|银行名称|"
    r"(?<![\u4e00-\u9fff])银\s*行(?=\s*[:：│\t])|开户地|"
    r"开户机构|Beneficiary\s+Bank|Bank(?:\s+Name)?(?=:))"
    r"|(?P<number>(?:(?:银\s*行|收\s*款)\s*)?[账帐]\s*(?:号|户号码?)(?:码)?|"
    r"银行[账帐]户(?=\s*[:\t│])|银行卡号|卡\s*号"
    r"|Account\s+(?:No\.?|Number)|A/C\s*No\.?)"
    r"|(?P<currency>[账帐]户币种|币\s*种|[账帐]户(?:类型|性质)|Currency)",
    re.IGNORECASE,
)
