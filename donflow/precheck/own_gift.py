"""A draft beside its own gift and office: who receives where, who gives what by when, and for what.

What both sides' texts can agree on and still be wrong: another account, another sum. Pure: what is
on record comes as values. No finding prints a donor's name or a purpose, which may name people:
findings are kept, and a donor may wish to stay unnamed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from donflow.domain.halfwidth import halfwidth
from donflow.domain.money import Money
from donflow.errors import N_, Sentence, say
from donflow.precheck.compare import written_number
from donflow.precheck.facts import Facts, Kind, Party
from donflow.precheck.findings import Finding, Severity
from donflow.precheck.measure import account_key, name_key
from donflow.precheck.paper import Paper, Span


@dataclass(frozen=True)
class OwnOffice:
    """Who receives, and where, by the office's settings; empty where these do not say."""

    recipient: str = ""
    holders: tuple[str, ...] = ()
    account: str = ""


@dataclass(frozen=True)
class OwnGift:
    """What is on record of a gift; empty or None where nothing is.

    `donor_names` are all by which the donor is known. `named` is False where a paper may call the
    donor otherwise: a class, a chapter, or whoever wishes to stay anonymous.
    """

    amount: Money | None = None
    donor_names: tuple[str, ...] = ()
    named: bool = True
    anonymous: bool = False
    credit_code: str = ""
    pay_by: date | None = None
    purpose: str = ""


def unlike_office(paper: Paper, facts: Facts, office: OwnOffice) -> tuple[Finding, ...]:
    """Where a draft has the money go elsewhere than the office's settings say."""
    return (*_recipient(facts, office), *_account(paper, facts, office))


def unlike_gift(paper: Paper, facts: Facts, gift: OwnGift) -> tuple[Finding, ...]:
    """Where a draft differs from its gift: an error where sure, else a person confirms."""
    return (
        *_donor(facts, gift),
        *_amount(paper, facts, gift),
        *_pay_by(paper, facts, gift),
        *_purpose(paper, facts, gift),
    )


def _recipient(facts: Facts, office: OwnOffice) -> Iterator[Finding]:
    named = [party for party in facts.parties if party.role == "recipient" and party.name]
    if not office.recipient or not named or any(_is(each, office.recipient) for each in named):
        return
    elsewhere = any(_is(party, office.recipient) for party in facts.parties)
    first = named[0]
    expect = say(N_("By the settings our foundation receives: {name}."), name=office.recipient)
    yield _finding(
        "recipient_unlike_settings",
        first.at.line,
        first.name,
        expect,
        sure=not elsewhere and _one_script(first.name, office.recipient),
    )


def _account(paper: Paper, facts: Facts, office: OwnOffice) -> Iterator[Finding]:
    account = facts.account
    if account is None or not office.account:
        return
    donors = {name_key(party.name) for party in facts.parties if party.role == "donor"}
    is_donors = bool(account.name) and name_key(account.name) in donors
    own_currency = facts.amount is None or facts.amount.currency in ("", "CNY")
    if account.number and account_key("", account.number) != account_key("", office.account):
        line, quote = written_number(paper, account.number, account.at.line)
        expect = say(
            N_(
                "By the settings the foundation's account ends in {last}: "
                "confirm it with the foundation before any money is asked for."
            ),
            last=account_key("", office.account)[1][-4:],
        )
        sure = own_currency and not is_donors
        yield _finding("account_unlike_settings", line, quote, expect, sure=sure)
    holders = {_bare(name) for name in office.holders}
    if account.name and not is_donors and holders and _bare(account.name) not in holders:
        expect = say(
            N_("By the settings the holder of the account is {name}."), name=office.holders[0]
        )
        sure = _one_script(account.name, office.holders[0])
        at = _line_with(paper, account.name, account.at.line)
        yield _finding("account_holder_unlike_settings", at, account.name, expect, sure=sure)


def _donor(facts: Facts, gift: OwnGift) -> Iterator[Finding]:
    givers = [party for party in facts.parties if party.role == "donor" and party.name]
    known = gift.donor_names
    if givers and known and not any(_is(each, name) for each in givers for name in known):
        first = givers[0]
        near = any(_bare(name) in _bare(each.name) for each in givers for name in known)
        near = near or any(_bare(each.name) in _bare(name) for each in givers for name in known)
        sure = gift.named and not gift.anonymous and not near
        expect = say(N_("This gift's donor is on record under another name."))
        # Words near a name would give it away.
        quote = "" if gift.anonymous else first.name
        sure = sure and _one_script(first.name, known[0])
        yield _finding("donor_unlike_gift", first.at.line, quote, expect, sure=sure)
    codes = [party for party in givers if party.uscc]
    wanted = name_key(gift.credit_code).upper()
    if wanted and codes and wanted not in {name_key(each.uscc).upper() for each in codes}:
        expect = say(N_("This gift's donor is on record with another credit code."))
        first, alone = codes[0], len(givers) == 1
        yield _finding("credit_code_unlike_gift", first.at.line, "", expect, sure=alone)


def _amount(paper: Paper, facts: Facts, gift: OwnGift) -> Iterator[Finding]:
    """Where one of figures and words is right, the rules say that they differ."""
    said, wanted = facts.amount, gift.amount
    if said is None or wanted is None:
        return
    told = [
        (value, at)
        for value, at in ((said.figures, said.figures_at), (said.words_value, said.words_at))
        if value is not None and at is not None
    ]
    right = said.currency in ("", wanted.currency)
    if not told or (right and any(value == Decimal(wanted.minor) / 100 for value, _ in told)):
        return
    at = told[0][1]
    expect = say(N_("This gift is on record with {amount}."), amount=wanted)
    sure = facts.kind not in _PARTLY
    yield _finding("amount_unlike_gift", at.line, _words(paper, at), expect, sure=sure)


def _pay_by(paper: Paper, facts: Facts, gift: OwnGift) -> Iterator[Finding]:
    last = facts.instalments[-1] if facts.instalments else None
    if last is None or gift.pay_by is None or not _DAY.fullmatch(last.due):
        return
    if date.fromisoformat(last.due) == gift.pay_by:
        return
    expect = say(N_("By this gift's plan the last payment is due on {day}."), day=gift.pay_by)
    sure = facts.kind not in _PARTLY and facts.payment_mode != "delivery"
    yield _finding("pay_by_unlike_gift", last.at.line, _words(paper, last.at), expect, sure=sure)


def _purpose(paper: Paper, facts: Facts, gift: OwnGift) -> Iterator[Finding]:
    wanted, said = _plain(gift.purpose), _plain(facts.purpose)
    everything = _plain("".join(line.text for line in paper.lines))
    if not wanted or not said or wanted in everything or said in wanted:
        return
    line = next((one.number for one in paper.lines if said in _plain(one.text)), None)
    expect = say(N_("This gift's purpose is on record in other words: confirm which one holds."))
    quote = facts.purpose if line and facts.purpose in paper.by_number[line].text else ""
    yield _finding("purpose_unlike_gift", line, quote, expect, sure=False)


def _finding(code: str, line: int | None, quote: str, expect: Sentence, *, sure: bool) -> Finding:
    severity = Severity.ERROR if sure else Severity.WARNING
    return Finding(code, severity, line, quote, expect, sure=sure)


def _is(party: Party, name: str) -> bool:
    return _bare(name) in (_bare(party.name), _bare(party.name_en))


def _bare(name: str) -> str:
    """A name as it is compared, without what only says what stands there (盖章, 以下简称)."""
    return re.sub(r"\((?:盖章|签字|签章|签名|以下|下称|简称|法人)[^()]*\)$", "", name_key(name))


def _one_script(one: str, other: str) -> bool:
    """Whether two names can be compared at all: an English one says nothing of a Chinese one."""
    return bool(_HAN.search(one)) == bool(_HAN.search(other))


def _line_with(paper: Paper, words: str, near: int) -> int:
    lines = sorted(paper.lines, key=lambda line: (line.number < near, abs(line.number - near)))
    return next((line.number for line in lines if words in line.text), near)


def _words(paper: Paper, at: Span) -> str:
    return paper.by_number[at.line].text[at.start : at.end]


def _plain(text: str) -> str:
    return re.sub(r"[\W_]", "", halfwidth(text))


_PARTLY: Final = frozenset({Kind.SUPPLEMENTARY, Kind.TERMINATION, Kind.IN_KIND})
"""What these say of money may be a part of the gift, or what things are worth."""
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_HAN: Final = re.compile("[\u4e00-\u9fff]")
