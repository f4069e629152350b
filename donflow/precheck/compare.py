"""A draft beside the office's signed agreements: where it departs from what was always signed.

Few and precise: nothing is said without precedents, a habit counts from five agreements on of
which four fifths keep it, and a clause gets one finding at most. Where the money goes is a
warning that a person confirms; everything else is for information.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from donflow.domain.halfwidth import halfwidth
from donflow.errors import N_, Sentence, say
from donflow.precheck.difference import difference, marked
from donflow.precheck.draft import NOBODY, Draft, Registered
from donflow.precheck.facts import Facts
from donflow.precheck.findings import PRECEDENT, Finding, Ground, Severity
from donflow.precheck.measure import (
    Clause,
    Precedent,
    account_key,
    clauses_of,
    name_key,
    registered_by,
)
from donflow.precheck.paper import Paper

ENOUGH: Final = 5
"""From so many precedents on one may speak of a habit."""
NEARLY_ALL: Final = 4, 5
"""A habit is what four of five do."""
ALIKE: Final = 0.8
"""Wordings that share so much of their pairs of characters say the same."""
MOST: Final = 5
"""So many clauses at most are told to be worded otherwise: more nobody reads."""
CLEARLY: Final = 0.1
"""How much further off than the precedents are from each other a wording must be."""


def compare(
    draft: Draft,
    precedents: Sequence[Precedent],
    *,
    registered: Registered = NOBODY,
    found: Iterable[Finding] = (),
) -> tuple[Finding, ...]:
    """Where a draft is unlike the precedents; what the rules `found` is not said again.

    `registered` are the office's own names and accounts by its settings. Of a precedent's words
    roles stand where it names people, sums and numbers: another donor's gift is in no finding.
    """
    if not precedents:
        return ()
    alike = [item for item in precedents if item.kind == draft.facts.kind]
    clauses = clauses_of(draft.facts, draft.paper, draft.anatomy)
    findings = _elsewhere(draft, precedents, registered)
    findings += _missing(draft.facts, alike, {finding.code for finding in found})
    moved = _moved(clauses, alike)
    lines = {finding.line for finding in moved}
    worded = (item for item in _worded(clauses, alike) if item.line not in lines)
    return draft.pieces.put_back((*findings, *moved, *worded))


def written_number(paper: Paper, number: str, near: int) -> tuple[int, str]:
    """Where an account number stands, as written; at its own place first."""
    digits = re.compile(r"[\s-]*".join(map(re.escape, re.sub(r"[\s-]", "", halfwidth(number)))))
    for line in sorted(paper.lines, key=lambda line: line.number != near):
        if found := digits.search(halfwidth(line.text)):
            return line.number, line.text[found.start() : found.end()]
    return near, number


def _elsewhere(
    draft: Draft, precedents: Sequence[Precedent], registered: Registered
) -> list[Finding]:
    """The recipient and the account that no signed agreement of this office has."""
    known = registered_by(precedents, confirmed=registered)
    total, facts = len(precedents), draft.facts
    findings = []
    for party in facts.parties:
        if party.role != "recipient" or not party.name or party.type == "person":
            continue
        if known.names and name_key(party.name) not in known.names:
            expect = say(
                N_("None of our {total} signed agreements has this recipient; ours is {names}."),
                total=total,
                names=tuple(sorted(known.names)),
            )
            findings.append(_doubt("recipient_unregistered", party.at.line, party.name, expect))
    account = facts.account
    if account is not None and account.number and known.accounts:
        key = account_key(account.name, account.number)
        if key[1] not in {number for _name, number in known.accounts}:
            expect = say(
                N_(
                    "None of our {total} signed agreements has this account: "
                    "confirm it with the foundation before any money is asked for."
                ),
                total=total,
            )
            line, quote = written_number(draft.paper, account.number, account.at.line)
            findings.append(_doubt("account_unregistered", line, quote, expect))
    return findings


def _doubt(code: str, line: int, quote: str, expect: Sentence) -> Finding:
    """That none of them has it rests on all of them: no single one is its ground."""
    return Finding(code, Severity.WARNING, line, quote, expect, sure=False)


def _missing(facts: Facts, alike: Sequence[Precedent], told: set[str]) -> list[Finding]:
    """The kinds of clauses that nearly all of this kind have and this one has not."""
    findings = []
    counts = Counter(kind for item in alike for kind in set(item.kinds))
    for kind, count in sorted(counts.items(), key=lambda entry: (-entry[1], entry[0])):
        known = {f"{kind}_missing", f"{kind}_clause_missing"} & told
        if kind in facts.clauses or known or not _habit(count, len(alike)):
            continue
        last = max((item for item in alike if kind in item.kinds), key=_signed)
        said: dict[str, object] = {
            "count": count,
            "total": len(alike),
            "clause": say(CLAUSE_NAMES.get(kind, kind)),
        }
        model = next((clause for clause in last.clauses if clause.key == kind), None)
        if model is None:
            message = N_(
                "{count} of our {total} signed agreements of this kind have a clause on {clause}."
            )
        else:
            message = N_(
                "{count} of our {total} signed agreements of this kind have a clause on {clause},"
                " such as: {model}"
            )
            said["model"] = _one_line(model.shown)
        expect = say(message, **said)
        findings.append(
            Finding(
                "clause_unlike_precedents",
                Severity.INFO,
                None,
                "",
                expect,
                _ground(last, model.label if model else ""),
            )
        )
    return findings


def _moved(clauses: Sequence[Clause], alike: Sequence[Precedent]) -> list[Finding]:
    """The clauses that stand elsewhere than they always do: as few as set the order right."""
    before: Counter[tuple[str, str]] = Counter()
    for item in alike:
        order = list(dict.fromkeys(item.order))
        before.update((a, b) for at, a in enumerate(order) for b in order[at + 1 :])

    def wrong(first: Clause, then: Clause) -> bool:
        kept, turned = before[first.key, then.key], before[then.key, first.key]
        return turned >= ENOUGH and _habit(turned, kept + turned)

    left = [*{clause.key: clause for clause in reversed(clauses) if clause.key}.values()][::-1]
    moved: list[tuple[Clause, Clause]] = []
    while True:
        pairs = [(a, b) for at, a in enumerate(left) for b in left[at + 1 :] if wrong(a, b)]
        if not pairs:
            break
        counts = Counter(clause for pair in pairs for clause in pair)
        worst = max(left, key=lambda clause: counts[clause])
        pair = next(pair for pair in pairs if worst in pair)
        moved.append((worst, pair[0] if pair[1] is worst else pair[1]))
        left.remove(worst)
    findings = []
    for clause, other in moved:
        after = clause.line < other.line
        message = (
            N_("In our signed agreements of this kind “{clause}” stands after “{other}”.")
            if after
            else N_("In our signed agreements of this kind “{clause}” stands before “{other}”.")
        )
        expect = say(message, clause=clause.name, other=other.name)
        last = max((i for i in alike if {clause.key, other.key} <= set(i.order)), key=_signed)
        findings.append(
            Finding(
                "clause_order_unlike",
                Severity.INFO,
                clause.line,
                clause.name,
                expect,
                _ground(last),
            )
        )
    return findings


def _worded(clauses: Sequence[Clause], alike: Sequence[Precedent]) -> list[Finding]:
    """The clauses that are worded as in no precedent, where the precedents agree in theirs.

    Of a paper that is another office's altogether, only those that are furthest off.
    """
    read = [item for item in alike if item.clauses]
    unlike: list[tuple[float, Finding]] = []
    for clause in clauses:
        models = [
            (item, other)
            for item in read
            for other in item.clauses
            if clause.key and other.key == clause.key
        ]
        if not _habit(len({id(item) for item, _ in models}), len(read)):
            continue
        mine, theirs = _pairs(clause.plain), [_pairs(other.plain) for _, other in models]
        shares = [_share(mine, other) for other in theirs]
        nearest = max(range(len(models)), key=lambda at: (shares[at], _signed(models[at][0])))
        if shares[nearest] < ALIKE and shares[nearest] < _agreement(theirs) - CLEARLY:
            finding = _unlike(clause, *models[nearest], total=len(alike))
            unlike.append((shares[nearest], finding))
    furthest = sorted(unlike, key=lambda item: item[0])[:MOST]
    return sorted((finding for _, finding in furthest), key=lambda finding: finding.line or 0)


def _unlike(clause: Clause, precedent: Precedent, model: Clause, *, total: int) -> Finding:
    old, new = _one_line(model.shown), _one_line(clause.shown)
    expect = say(
        N_(
            "Unlike our {total} signed agreements of this kind. The nearest: {model}"
            " The difference: {difference}"
        ),
        total=total,
        model=old,
        difference=marked(difference(old, new)),
    )
    return Finding(
        "clause_wording_unlike",
        Severity.INFO,
        clause.line,
        clause.name,
        expect,
        _ground(precedent, model.label),
    )


def _agreement(wordings: Sequence[Counter[str]]) -> float:
    """How near four fifths of the wordings come to another one of them, at least."""
    nearest = sorted(
        max(_share(one, other) for at, other in enumerate(wordings) if at != index)
        for index, one in enumerate(wordings)
    )
    nearly, of = NEARLY_ALL
    return nearest[len(nearest) * (of - nearly) // of]


def _share(one: Counter[str], other: Counter[str]) -> float:
    """The share of pairs of characters that two wordings have in common, from 0 to 1."""
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 1.0


def _pairs(text: str) -> Counter[str]:
    return Counter(text[at : at + 2] for at in range(len(text) - 1))


def _habit(count: int, total: int) -> bool:
    nearly, of = NEARLY_ALL
    return total >= ENOUGH and count * of >= total * nearly


def _signed(precedent: Precedent) -> date:
    return precedent.on or date.min


def _ground(precedent: Precedent, clause: str = "") -> Ground:
    return Ground(PRECEDENT, precedent.name, clause, precedent.on)


def _one_line(text: str) -> str:
    return " ".join(text.split())


CLAUSE_NAMES: Final = {
    "acceptance": N_("acceptance"),
    "acknowledgement": N_("acknowledgement"),
    "amendment": N_("amendment"),
    "amount": N_("amount"),
    "annex": N_("annexes"),
    "approval": N_("approval"),
    "breach": N_("breach"),
    "certificate": N_("certificate"),
    "confidentiality": N_("confidentiality"),
    "continuity": N_("what stays in force"),
    "copies": N_("copies"),
    "delivery": N_("delivery"),
    "dispute": N_("disputes"),
    "disposal": N_("disposal"),
    "effect": N_("coming into force"),
    "fx": N_("foreign currency"),
    "investment": N_("investment"),
    "language": N_("language"),
    "law": N_("applicable law"),
    "naming": N_("naming"),
    "ownership": N_("ownership"),
    "payment": N_("payment"),
    "principal": N_("principal"),
    "privacy": N_("personal data"),
    "property": N_("what is given"),
    "purpose": N_("purpose"),
    "quality": N_("quality"),
    "receipt": N_("receipt"),
    "report": N_("reports"),
    "rights": N_("rights and duties"),
    "surplus": N_("surplus"),
    "term": N_("term"),
    "termination": N_("termination"),
    "title": N_("title to the property"),
    "use": N_("use"),
    "warranty": N_("warranty"),
}
"""The kinds of clauses as a person names them."""
