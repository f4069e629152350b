"""A signed agreement as a measure for drafts: its clauses in order, its names, its account."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from donflow.domain.halfwidth import halfwidth
from donflow.precheck.anatomy import Anatomy
from donflow.precheck.draft import Registered
from donflow.precheck.facts import Facts, Kind
from donflow.precheck.facts_clauses import clauses_of_unit
from donflow.precheck.paper import Paper

UNKNOWN: Final = Registered()
TWICE: Final = 2
"""A name or an account is the office's own once so many signed agreements carry it."""


@dataclass(frozen=True)
class Clause:
    """One clause at the top level: its label (第七条), its heading, its words, its first line.

    `key` is what clauses on the same matter share; `plain` is the text without what differs from
    gift to gift.
    """

    label: str
    heading: str
    key: str
    text: str
    plain: str
    line: int

    @property
    def name(self) -> str:
        """What a person calls it: its heading, else its label."""
        return self.heading or self.label


@dataclass(frozen=True)
class Precedent:
    """A signed agreement as a measure: `name` is its number, or its file's name.

    `clauses` are empty where the wording was not read; `order` are the keys of its clauses,
    `kinds` the kinds of clauses that it has.
    """

    name: str
    kind: Kind
    on: date | None = None
    kinds: tuple[str, ...] = ()
    order: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    account: tuple[str, str] | None = None
    clauses: tuple[Clause, ...] = ()


def measure(
    facts: Facts, paper: Paper, anatomy: Anatomy, *, name: str, on: date | None = None
) -> Precedent:
    """A signed agreement as a measure; no word of its donor is in it but in `clauses`."""
    clauses = clauses_of(facts, paper, anatomy)
    signed = [block.on for block in facts.signature_blocks if block.on is not None]
    return Precedent(
        name=facts.agreement_no or name,
        kind=facts.kind,
        on=on or max(signed, default=None),
        kinds=facts.clauses,
        order=tuple(clause.key for clause in clauses if clause.key),
        recipients=recipients_of(facts),
        account=_account(facts),
        clauses=clauses,
    )


def registered_by(
    precedents: Iterable[Precedent], *, confirmed: Registered = UNKNOWN
) -> Registered:
    """The office's names and accounts: those confirmed, and those that several agreements carry."""
    precedents = tuple(precedents)
    names = Counter(name for item in precedents for name in set(item.recipients))
    accounts = Counter(item.account for item in precedents if item.account)
    return Registered(
        confirmed.names | {name for name, count in names.items() if count >= TWICE},
        confirmed.accounts | {key for key, count in accounts.items() if count >= TWICE},
    )


def recipients_of(facts: Facts) -> tuple[str, ...]:
    """The full names of the bodies that receive; a person's name is not kept for a measure."""
    return tuple(
        name_key(party.name)
        for party in facts.parties
        if party.role == "recipient" and party.name and party.type != "person"
    )


def name_key(name: str) -> str:
    """A name as it is compared: half-width, without blanks."""
    return re.sub(r"\s", "", halfwidth(name))


def account_key(name: str, number: str) -> tuple[str, str]:
    """An account as it is compared: the holder's name, and the digits alone."""
    return name_key(name), re.sub(r"[\s-]", "", halfwidth(number))


def clauses_of(facts: Facts, paper: Paper, anatomy: Anatomy) -> tuple[Clause, ...]:
    """The clauses at the top level, annexes and signatures left out."""
    apart = {line for annex in anatomy.annexes for line in annex} | set(anatomy.signing)
    names = {party.name: party.role for party in facts.parties if party.name}
    if facts.beneficiary:
        names.setdefault(facts.beneficiary, "beneficiary")
    if facts.account is not None and facts.account.name:
        names.setdefault(facts.account.name, "recipient")
    clauses = []
    for unit in anatomy.units:
        if unit.parent is not None or unit.first in apart:
            continue
        text = "\n".join(
            line.text
            for line in paper.lines
            if unit.first <= line.number <= unit.last and line.number not in apart
        )
        words = text.strip().removeprefix(unit.label).strip().removeprefix(unit.heading)
        kinds = clauses_of_unit(paper, anatomy, unit, facts.kind)
        key = kinds[0] if kinds else _heading_key(unit.heading)
        plain = _plain(words, names)
        clauses.append(Clause(unit.label, unit.heading, key, text, plain, unit.first))
    return tuple(clauses)


def _account(facts: Facts) -> tuple[str, str] | None:
    """Where the money goes, unless the holder is a donor: that account is nobody's measure."""
    account, donors = facts.account, {p.name for p in facts.parties if p.role == "donor"}
    if account is None or not account.number or account.name in donors:
        return None
    return account_key(account.name, account.number)


def _heading_key(heading: str) -> str:
    """A heading without marks and particles."""
    return re.sub(r"[\W_]|[与和及的]|条款$", "", halfwidth(heading))


def _plain(text: str, names: Mapping[str, str]) -> str:
    """A wording without what differs from gift to gift: names, sums, dates, what is in quotes."""
    text = halfwidth(text)
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(halfwidth(name), names[name])
    text = re.sub("“[^”]*”|「[^」]*」|《[^》]*》", "“”", text)
    text = re.sub(rf"[{_SUMS}]{{2,}}|[\d.,%_]+|[□☑]", "0", text)
    return re.sub(r"[^\w“]", "", text)


_SUMS: Final = "零壹贰叁肆伍陆柒捌玖拾佰仟万亿元角分整圆〇一二三四五六七八九十百千"
