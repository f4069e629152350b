"""Terms of office in a chapter: how long a council serves, who may stand again, when to warn.

Two choices that the charter leaves open stand here, and nowhere else:

* A council serves the term it was elected for. Who voted gave a mandate of so many years; an
  article that is changed meanwhile binds the councils that are elected from its day on.
* Whether somebody may stand is judged by the article in force on the day of the election, since
  it is a condition on who can be elected, and looks back at all the terms that were served.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType

from donflow.errors import N_, Label, Sentence, say

OFFICES: Mapping[str, Label] = MappingProxyType(
    {
        "chair": Label("理事长", "chair"),
        "vice_chair": Label("副理事长", "vice-chair"),
        "secretary_general": Label("秘书长", "secretary-general"),
        "standing_director": Label("常务理事", "standing director"),
        "director": Label("理事", "director"),
    }
)
"""The offices of a council, the highest first."""

TITLES: Mapping[str, Mapping[str, Label]] = MappingProxyType(
    {
        "overseas": {
            "chair": Label("会长", "president"),
            "vice_chair": Label("副会长", "vice-president"),
        }
    }
)
"""What some kinds of chapters call an office otherwise: names only, the rules are the same."""

SINGLE = frozenset({"chair", "secretary_general"})
"""The offices that one person holds at a time."""

REMINDERS = (6, 3)
"""So many months before its end a term is spoken of again, after the article's own notice."""

PAST = 0
"""The stage of a warning that the term is over."""


@dataclass(frozen=True)
class TermRule:
    """What an article of a charter says of terms, from a day on.

    `offices` are those that it limits, `needed` those without which a council cannot act.
    `counts_over`: what is filled in (增补) for another counts as a term where it is more than so
    many hundredths of the years that the article gives a council (任期过半计为一届).
    """

    from_on: date
    years: int
    most_terms: int
    offices: tuple[str, ...]
    notice_months: int
    source: str
    counts_over: int = 50
    needed: tuple[str, ...] = ("chair", "vice_chair", "secretary_general")


STANDARD = TermRule(
    from_on=date.min,
    years=3,
    most_terms=2,
    offices=("chair", "vice_chair", "secretary_general"),
    notice_months=12,
    source="章程第五章第三十一条",
)
"""Chapter 5, article 31 of the association's charter: holds where a chapter's own says nothing."""


@dataclass(frozen=True)
class Council:
    """The n-th council (第N届理事会) of a chapter, in office from the day it was elected."""

    no: int
    elected_on: date


@dataclass(frozen=True)
class Service:
    """That a person held an office in a council, from one day until another (None: still)."""

    person: int
    office: str
    council: int
    since: date
    until: date | None = None


@dataclass(frozen=True)
class TermWarning:
    """That a council's term ends in so many months, or is over (`PAST`); given on a day, once."""

    council: int
    months: int
    on: date
    ends_on: date


@dataclass(frozen=True)
class Standing:
    """Whether somebody may be elected to an office, with the reason in either case.

    `terms` are those that were served in a row; `most` is None for an office without a limit.
    """

    may: bool
    terms: int
    most: int | None
    reason: Sentence


def title_of(office: str, kind: str) -> Label:
    """What a chapter of this kind calls the office."""
    return TITLES.get(kind, {}).get(office) or OFFICES[office]


def rule_on(day: date, *articles: Iterable[TermRule]) -> TermRule:
    """The rule in force on a day: of the first of these charters that has one; else STANDARD."""
    for article in articles:
        in_force = [rule for rule in article if rule.from_on <= day]
        if in_force:
            return max(in_force, key=lambda rule: rule.from_on)
    return STANDARD


def later(day: date, months: int) -> date:
    """The same day so many months later (earlier where negative), or that month's last day.

    So a period by months and years ends (民法典 202).
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def term_end(council: Council, rule: TermRule) -> date:
    """The last day of the council's term, by the rule in force when it was elected."""
    return later(council.elected_on, 12 * rule.years)


def stages_of(rule: TermRule) -> tuple[int, ...]:
    """The months before the end at which a warning is given; the article's notice is the first."""
    return (rule.notice_months, *(each for each in REMINDERS if each < rule.notice_months), PAST)


def warnings_of(
    councils: Sequence[Council],
    articles: Sequence[Iterable[TermRule]],
    *,
    through: date,
    ended_on: date | None = None,
) -> tuple[TermWarning, ...]:
    """Every warning given up to a day, in order: each stage once, none once the next is elected.

    `ended_on`: the day on which the chapter itself ceased. Where the stages of a short term were
    reached before the council was there, they are given on its first day.
    """
    found: list[TermWarning] = []
    ordered = sorted(councils, key=lambda council: council.elected_on)
    for council, following in zip(ordered, [*ordered[1:], None], strict=True):
        rule = rule_on(council.elected_on, *articles)
        ends_on = term_end(council, rule)
        over = [following.elected_on] if following else []
        over += [ended_on] if ended_on else []
        for months in stages_of(rule):
            on = later(ends_on, -months) if months else ends_on + timedelta(days=1)
            on = max(on, council.elected_on)
            if on <= through and all(on < end for end in over):
                found.append(TermWarning(council.no, months, on, ends_on))
    return tuple(found)


def warning_now(
    councils: Sequence[Council],
    articles: Sequence[Iterable[TermRule]],
    *,
    today: date,
    ended_on: date | None = None,
) -> TermWarning | None:
    """The last warning of the council in office; None while there is none, or no council."""
    if not councils or (ended_on and ended_on <= today):
        return None
    newest = max(councils, key=lambda council: council.elected_on).no
    given = warnings_of(councils, articles, through=today, ended_on=ended_on)
    return next((warning for warning in reversed(given) if warning.council == newest), None)


def terms_in_a_row(
    person: int,
    office: str,
    councils: Sequence[Council],
    services: Iterable[Service],
    *,
    on: date,
    counts_over: int = STANDARD.counts_over,
    articles: Sequence[Iterable[TermRule]] = (),
) -> int:
    """How many terms the person served in this office without a break, looking back from a day.

    Elected from a council's first day is a term, however soon one leaves: the charter limits how
    often one is elected. What is filled in (增补) for another later counts where it is more than
    `counts_over` hundredths of the term by the article under which that council was elected, be
    the council's own time shorter or longer; time after the term's end adds nothing. A smaller
    part counts for nothing, and is no break either. A break is a council in which the person did
    not hold the office at all.
    """
    ordered = sorted((each for each in councils if each.elected_on < on), key=lambda c: c.no)
    ends = [*(each.elected_on for each in ordered), on][1:]
    held = [each for each in services if (each.person, each.office) == (person, office)]
    terms = 0
    for council, end in reversed(list(zip(ordered, ends, strict=True))):
        parts = [each for each in held if each.council == council.no and each.since < end]
        if not parts:
            break
        term_over = term_end(council, rule_on(council.elected_on, *articles))
        last = min(end, term_over)
        served = sum(max(0, (min(part.until or last, last) - part.since).days) for part in parts)
        elected = any(part.since <= council.elected_on for part in parts)
        terms += elected or 100 * served > counts_over * (term_over - council.elected_on).days
    return terms


def standing(
    person: int,
    office: str,
    councils: Sequence[Council],
    services: Iterable[Service],
    rule: TermRule,
    *,
    on: date,
    deceased: bool = False,
    articles: Sequence[Iterable[TermRule]] = (),
) -> Standing:
    """Whether the person may be elected to the office on a day; another office is another count.

    `rule` is that of the day, `articles` are those under which the councils were elected.
    """
    limited = office in rule.offices
    most = rule.most_terms if limited else None
    terms = terms_in_a_row(
        person,
        office,
        councils,
        services,
        on=on,
        counts_over=rule.counts_over,
        articles=articles,
    )
    name = OFFICES[office]
    if deceased:
        return Standing(False, terms, most, say(N_("Has died.")))
    if most is None:
        reason = say(N_("The office of {office} is not limited."), office=name)
        return Standing(True, terms, None, reason)
    message = N_("Terms in a row as {office}: {terms}; at most {most} ({source}).")
    reason = say(message, terms=terms, office=name, most=most, source=rule.source)
    return Standing(terms < most, terms, most, reason)
