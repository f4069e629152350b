"""Which records are one person: found by what they have in common, joined only without doubt."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from itertools import chain, combinations
from typing import TypeVar

from donflow.roster.evidence import (
    TOKENS,
    Judgement,
    Surroundings,
    Verdict,
    alike,
    employers_of,
    judge,
    may_be_one,
    one_apart,
    plain_name,
    same_cohort,
    same_study,
    source_of,
)
from donflow.roster.memory import uncollected
from donflow.roster.portrait import Portrait, Study

Lookup = Callable[[Sequence[Portrait]], Iterable[Portrait]]
"""The known people who share a phone, mail, WeChat name, student number or name with any of these.

Their tokens must be of the same make (blind indexes on both sides, say).
"""

Shared = TypeVar("Shared", bound=Hashable)

CROWD = 12
"""So many records of one token are compared only under one name: more pairs tell nothing."""

MOST_NAMESAKES = 200
"""Of more records under one name and token each is compared with its neighbours only."""


SHORT_NAME = 2
"""Characters of a name of which one that is changed leaves hardly more than the surname."""


class DuplicateKind(StrEnum):
    """How a record stands to the first of its group."""

    EXACT = "exact"
    FORMAT = "format"
    UPDATED = "updated"
    SECOND_DEGREE = "second_degree"


@dataclass(frozen=True, slots=True)
class Found:
    """Records that are one person (joined), or two that may be (proposed); the first is the head.

    A known person comes first, and there is at most one among joined records. `kinds` go with
    `keys`: None for the first. The judgement is the weakest of those that hold the group together.
    """

    keys: tuple[str, ...]
    kinds: tuple[DuplicateKind | None, ...]
    judgement: Judgement

    @property
    def state(self) -> Verdict:
        return self.judgement.verdict


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records, by their places, and what was found."""

    left: int
    right: int
    judgement: Judgement


def match(records: Sequence[Portrait], known: Lookup | None = None) -> tuple[Found, ...]:
    """Judge records among themselves and against known people, who are not compared with another.

    Joined groups first, then proposals, each in the order of the records; keys must differ.
    """
    recognised = {portrait.key: portrait for portrait in (known(records) if known else ())}
    everybody = [*recognised.values(), *records]
    with uncollected():
        pairs = compare(everybody, len(recognised))
    groups = _Groups(everybody, len(recognised))
    proposed = []
    for pair in sorted(pairs, key=lambda each: (-each.judgement.score, each.left, each.right)):
        if pair.judgement.verdict is not Verdict.JOINED or not groups.join(pair):
            proposed.append(pair)
    joined = [_found(everybody, places, weakest) for places, weakest in groups.joined()]
    return (*joined, *_proposals(everybody, groups, proposed))


def compare(everybody: Sequence[Portrait], known: int = 0) -> list[Pair]:
    """Every pair that is not apart; the first `known` records are not compared with each other."""
    blocks = _Blocks(everybody)
    pairs = []
    for left, right in sorted(blocks.candidates(known)):
        if not may_be_one(everybody[left], everybody[right]):
            continue
        is_shared = partial(blocks.is_shared, left, right)
        around = Surroundings(is_shared, blocks.alone(left, right))
        judgement = judge(everybody[left], everybody[right], around)
        if judgement.verdict is not Verdict.APART:
            pairs.append(Pair(left, right, judgement))
    return pairs


def kind_of(first: Portrait, other: Portrait) -> DuplicateKind:
    """How a record of one person stands to the first: another study, other work, or only ink."""
    pairs = [(one, two) for one in first.studies for two in other.studies]
    if pairs and not any(same_study(one, two) for one, two in pairs):
        return DuplicateKind.SECOND_DEGREE
    for read in (_employers, TOKENS["phone"]):
        before, after = read(first), read(other)
        if before and after and not before & after:
            return DuplicateKind.UPDATED
    return DuplicateKind.EXACT if alike(first, other) else DuplicateKind.FORMAT


class _Blocks:
    """Records by what they have in common, so that not all are compared with all."""

    def __init__(self, everybody: Sequence[Portrait]) -> None:
        self._everybody = everybody
        self._names = [plain_name(portrait.name) for portrait in everybody]
        self._by_token = {
            kind: _shared(
                (token, place)
                for place, portrait in enumerate(everybody)
                for token in read(portrait)
            )
            for kind, read in TOKENS.items()
        }
        namesakes = _shared((name, place) for place, name in enumerate(self._names))
        self._by_name = _shared(
            ((name, fact), place)
            for name, places in namesakes.items()
            for place in places
            for fact in facts_of(everybody[place])
        )
        self._users: dict[tuple[str, str], set[str]] = {}

    def candidates(self, known: int) -> set[tuple[int, int]]:
        """Pairs of places that share a token, or a name and one fact more."""
        found: set[tuple[int, int]] = set()
        tokens = (places for of_kind in self._by_token.values() for places in of_kind.values())
        for places in chain(tokens, self._by_name.values()):
            for crowd in self._parted(places):
                found.update(pair for pair in combinations(crowd, 2) if pair[1] >= known)
        return found

    def is_shared(self, left: int, right: int, kind: str, token: str) -> bool:
        """Whether people of really different names use it, the two themselves or others beside.

        A short name with one character changed is the name of somebody else: in 王强 and 王芳 only
        the surname agrees.
        """
        users = self._users.get((kind, token))
        if users is None:
            places = self._by_token[kind].get(token, ())
            users = self._users[kind, token] = {self._names[place] for place in places}
        one, other = self._names[left], self._names[right]
        if len(users) > CROWD or not (one == other or one_apart(one, other)):
            return True
        return any(
            not any(len(name) > SHORT_NAME and one_apart(name, each) for each in (one, other))
            for name in users - {one, other}
        )

    def alone(self, left: int, right: int) -> bool:
        """Whether neither has a namesake of its class or year within its own source."""
        one, other = self._everybody[left], self._everybody[right]
        if self._names[left] != self._names[right]:
            return False
        shared = [
            study
            for study in one.studies
            if any(same_cohort(study, second) for second in other.studies)
        ]
        return any(self._only(left, study) and self._only(right, study) for study in shared)

    def _only(self, place: int, study: Study) -> bool:
        source = source_of(self._everybody[place])
        facts = facts_of(self._everybody[place])
        name = self._names[place]
        beside = {each for fact in facts for each in self._by_name.get((name, fact), ())} - {place}
        return not any(
            source_of(self._everybody[each]) == source
            and any(same_cohort(study, theirs) for theirs in self._everybody[each].studies)
            for each in beside
        )

    def _parted(self, places: list[int]) -> Iterator[list[int]]:
        if len(places) <= CROWD:
            yield places
            return
        by_name = defaultdict(list)
        for place in places:
            by_name[self._names[place]].append(place)
        for crowd in by_name.values():
            if len(crowd) <= MOST_NAMESAKES:
                yield crowd
            else:
                yield from (
                    crowd[start : start + CROWD] for start in range(0, len(crowd), CROWD // 2)
                )


def _shared(told: Iterable[tuple[Shared, int]]) -> dict[Shared, list[int]]:
    """The places of each key that stands at several; most stand at one, and no list is made."""
    first: dict[Shared, int] = {}
    several: dict[Shared, list[int]] = {}
    for key, place in told:
        before = first.setdefault(key, place)
        if before != place:
            several.setdefault(key, [before]).append(place)
    return several


class _Groups:
    """Records joined so far; no group holds a contradiction nor two known people."""

    def __init__(self, everybody: Sequence[Portrait], known: int) -> None:
        self._everybody = everybody
        self._known = known
        self._members: dict[int, list[int]] = {}
        self._head: dict[int, int] = {}
        self._weakest: dict[int, Judgement] = {}

    def head(self, place: int) -> int:
        return self._head.get(place, place)

    def join(self, pair: Pair) -> bool:
        """Join the groups of the two, unless one record of the one contradicts one of the other."""
        one, other = self.head(pair.left), self.head(pair.right)
        if one == other:
            return True
        here, there = self._members.get(one, [one]), self._members.get(other, [other])
        if sum(place < self._known for place in (*here, *there)) > 1:
            return False
        everybody = self._everybody
        if any(judge(everybody[x], everybody[y]).contradictory for x in here for y in there):
            return False
        members = sorted((*here, *there))
        weakest = [self._weakest.get(one), self._weakest.get(other), pair.judgement]
        self._members.pop(one, None), self._members.pop(other, None)
        self._members[members[0]] = members
        self._weakest[members[0]] = min((w for w in weakest if w), key=lambda each: each.score)
        self._head.update(dict.fromkeys(members, members[0]))
        return True

    def joined(self) -> Iterator[tuple[list[int], Judgement]]:
        for head, members in sorted(self._members.items()):
            yield members, self._weakest[head]


def _proposals(
    everybody: Sequence[Portrait], groups: _Groups, pairs: Iterable[Pair]
) -> Iterator[Found]:
    """One proposal for two groups, the strongest; each group stands there by its head."""
    best: dict[tuple[int, int], Pair] = {}
    for pair in pairs:
        heads = sorted((groups.head(pair.left), groups.head(pair.right)))
        if heads[0] != heads[1]:
            best.setdefault((heads[0], heads[1]), pair)
    for (left, right), pair in sorted(best.items()):
        judgement = pair.judgement
        if judgement.verdict is Verdict.JOINED:
            judgement = Judgement(Verdict.PROPOSED, judgement.score, judgement.evidence)
        yield _found(everybody, [left, right], judgement)


def _found(everybody: Sequence[Portrait], places: Sequence[int], judgement: Judgement) -> Found:
    first, *others = (everybody[place] for place in places)
    kinds = (None, *(kind_of(first, other) for other in others))
    return Found(tuple(everybody[place].key for place in places), kinds, judgement)


def facts_of(portrait: Portrait) -> set[tuple[str, ...]]:
    """The facts that, with one name, make two records worth a look."""
    found: set[tuple[str, ...]] = {("birth", birth[:4]) for birth in portrait.births}
    for employer in employers_of(portrait):
        found.add(("employer", employer))
    for study in portrait.studies:
        found |= facts_of_study(study)
    return found


def facts_of_study(study: Study) -> set[tuple[str, ...]]:
    """The class, and the year and major, as far as they are known."""
    if study.major is None:
        return set()
    found: set[tuple[str, ...]] = set()
    if study.class_no:
        found.add(("class", study.major, study.class_no))
    if study.enrol_year:
        found.add(("entry", study.major, str(study.enrol_year)))
    if study.grad_year:
        found.add(("end", study.major, str(study.grad_year)))
    return found


def _employers(portrait: Portrait) -> frozenset[str]:
    return portrait.employers
