"""A signed agreement as a measure for drafts: its clauses in order, its names, its account."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from donflow.domain.halfwidth import halfwidth
from donflow.precheck.anatomy import Anatomy
from donflow.precheck.draft import NOBODY, Registered
from donflow.precheck.facts import Facts, Kind
from donflow.precheck.facts_clauses import clauses_of_unit
from donflow.precheck.paper import Paper
from donflow.precheck.veiling import names_in, veil

TWICE: Final = 2
"""A name or an account is the office's own once agreements of so many donors carry it."""


@dataclass(frozen=True)
class Clause:
    """One clause at the top level: its label (第七条), its heading, its words, its first line.

    `key` is what clauses on the same matter share; `shown` are its words with roles in place of
    names, sums and numbers, as others may read them; `plain` is what of them is compared.
    """

    label: str
    heading: str
    key: str
    shown: str
    plain: str
    line: int

    @property
    def name(self) -> str:
        """What a person calls it: its heading, else its label."""
        return self.heading or self.label


@dataclass(frozen=True)
class Precedent:
    """A signed agreement as a measure: `name` is what people call it, `number` the agreement's own.

    `clauses` are empty where the wording was not read; `order` are the keys of its clauses,
    `kinds` the kinds of clauses that it has. `donors` tell the givers of several agreements
    apart, by their names or whatever stands for these.
    """

    name: str
    kind: Kind
    number: str = ""
    on: date | None = None
    kinds: tuple[str, ...] = ()
    order: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    account: tuple[str, str] | None = None
    donors: tuple[str, ...] = ()
    clauses: tuple[Clause, ...] = ()


def measure(
    facts: Facts, paper: Paper, anatomy: Anatomy, *, name: str, on: date | None = None
) -> Precedent:
    """A signed agreement as a measure; no word of its donor is in it but in `donors`.

    It is called by its number, and without one by `name`.
    """
    clauses = clauses_of(facts, paper, anatomy)
    signed = [block.on for block in facts.signature_blocks if block.on is not None]
    return Precedent(
        name=facts.agreement_no or name,
        kind=facts.kind,
        number=facts.agreement_no,
        on=on or max(signed, default=None),
        kinds=facts.clauses,
        order=tuple(clause.key for clause in clauses if clause.key),
        recipients=recipients_of(facts),
        account=_account(facts),
        donors=_donors(facts),
        clauses=clauses,
    )


def registered_by(precedents: Iterable[Precedent], *, confirmed: Registered = NOBODY) -> Registered:
    """The office's names and accounts: those confirmed, and those that several donors signed.

    What one donor alone wrote, however often, may be a slip of that donor's.
    """
    names: dict[str, set[str]] = defaultdict(set)
    accounts: dict[tuple[str, str], set[str]] = defaultdict(set)
    for item in precedents:
        for name in item.recipients:
            names[name].update(item.donors)
        if item.account:
            accounts[item.account].update(item.donors)
    return Registered(
        confirmed.names | {name for name, donors in names.items() if len(donors) >= TWICE},
        confirmed.accounts | {key for key, donors in accounts.items() if len(donors) >= TWICE},
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
    hidden = names_in(facts, paper)
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
        shown = veil(text, hidden)
        clauses.append(Clause(unit.label, unit.heading, key, shown, plain, unit.first))
    return tuple(clauses)


def _donors(facts: Facts) -> tuple[str, ...]:
    """One name for all who give in one agreement: together they are one voice."""
    names = sorted(name_key(p.name) for p in facts.parties if p.role == "donor" and p.name)
    return ("、".join(names),) if names else ()


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
