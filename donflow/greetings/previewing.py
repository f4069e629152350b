"""Weeks and years ahead without writing: every salutation, and every silence with its reason.

What is expected to go counts as gone for the days behind it, so that a pause or a cap shows where
it will fall. The judgement is that of the hand-over itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import Session

from donflow.domain.occasions import Occasion
from donflow.greetings.already import GONE
from donflow.greetings.facts import GroupFacts, PersonFacts
from donflow.greetings.following import COLUMNS, following, read_zones
from donflow.greetings.judging import QUIET_AFTER_LETTER, DayContext, Greeted, LetterFacts, order_of
from donflow.greetings.laid_out import Rules
from donflow.greetings.letter_lines import LetterLine, line_of
from donflow.greetings.models import Rhythm
from donflow.greetings.occurrences import occurrences_of
from donflow.greetings.people import gather_groups, gather_people, mourning_days
from donflow.greetings.planning import anniversary_of, occasions_of, without_gone
from donflow.greetings.verdicts import (
    Verdict,
    expected,
    judge_day,
    judge_groups,
    with_expected,
)
from donflow.greetings.weighing import LOOKED_AHEAD, history_of
from donflow.greetings.wording import Recipients
from donflow.outbox.models import ENDS, WAITING, Addressee, Letter, LetterState

if TYPE_CHECKING:
    from donflow.lifecycle.office import Office

Histories = dict[int, list[Greeted]]


def preview(session: Session, office: Office, *, through: date, now: datetime) -> list[LetterLine]:
    """Every letter from today to `through` as it would go today, were nothing to change meanwhile.

    A silence has the state `suppressed` (or `expired`) and its reason. What went or ended already
    stands as it is. Nothing is kept of what this writes to answer. Raises WrongOccasions.
    """
    today = office.today(now)
    occasions = occasions_of(office)
    letters = [
        letter
        for letter in _expected(session, office, occasions, today, through)
        if letter.occasion in occasions
    ]
    folder = _Folder.of(session, office, occasions, letters, today)
    by_day: dict[date, list[Letter]] = defaultdict(list)
    for letter in letters:
        by_day[max(letter.on_day, today)].append(letter)
    lines: list[LetterLine] = []
    for day in sorted(by_day):
        following = (day + timedelta(days=each) for each in range(1, LOOKED_AHEAD.days + 1))
        ahead = [letter for each in following for letter in by_day.get(each, ())]
        lines += folder.day(by_day[day], day, ahead)
    return lines


def _expected(
    session: Session,
    office: Office,
    occasions: Mapping[str, Occasion],
    today: date,
    through: date,
) -> list[Letter]:
    """The letters that stand, and those that the rhythms will give; these have no number."""
    standing = list(
        session.scalars(
            select(Letter).where(
                Letter.on_day <= through,
                (Letter.on_day >= today) | Letter.state.not_in(sorted(ENDS)),
            )
        )
    )
    taken = {_key(letter) for letter in standing}
    rhythms = list(session.scalars(select(Rhythm).order_by(Rhythm.id)))
    days = occurrences_of(
        rhythms,
        occasions,
        anniversary=anniversary_of(office),
        today=today,
        through=through,
    )
    within = [each for each in days if today <= each.on <= through]
    rules = Rules(today, office.zone, read_zones(session))
    given: list[Letter] = []
    for query in following(session, within, rules):
        for row in session.connection().execute(without_gone(session, query, today)):
            letter = Letter(
                **dict(zip(COLUMNS, row[:-1], strict=True)), n=0, state=LetterState.PLANNED
            )
            if _key(letter) not in taken:
                taken.add(_key(letter))
                given.append(letter)
    return [*standing, *given]


def _key(letter: Letter) -> tuple[str, int, str, date, int, int]:
    about = letter.about
    return (
        letter.addressee_kind,
        letter.addressee_id,
        letter.occasion,
        letter.on_day,
        about,
        letter.n,
    )


@dataclass(frozen=True)
class _Folder:
    """Goes through the days; what goes on one is history for the next."""

    occasions: Mapping[str, Occasion]
    people: Mapping[int, PersonFacts]
    groups: Mapping[int, GroupFacts]
    mourning: frozenset[date]
    to_people: Histories
    to_groups: Histories

    @classmethod
    def of(
        cls,
        session: Session,
        office: Office,
        occasions: Mapping[str, Occasion],
        letters: Iterable[Letter],
        today: date,
    ) -> _Folder:
        kinds: dict[str, set[int]] = defaultdict(set)
        for letter in letters:
            kinds[letter.addressee_kind].add(letter.addressee_id)
        people = gather_people(session, office, kinds[Addressee.CONSTITUENT], today)
        groups = gather_groups(session, kinds[Addressee.GROUP])

        def went(kind: Addressee, who: Mapping[int, PersonFacts | GroupFacts]) -> Histories:
            return history_of(session, office, kind, who, occasions, today)

        return cls(
            occasions,
            people,
            groups,
            mourning_days(session),
            went(Addressee.CONSTITUENT, people),
            went(Addressee.GROUP, groups),
        )

    def day(
        self, letters: Sequence[Letter], day: date, ahead: Sequence[Letter]
    ) -> Iterator[LetterLine]:
        """The lines of the letters that would go on a day; `ahead` are those of the days after."""
        context = DayContext(day, self.mourning)
        ended = [each for each in letters if each.state in ENDS and each.state not in GONE]
        by_kind: dict[str, dict[int, Letter]] = defaultdict(dict)
        for place, letter in enumerate(each for each in letters if each not in ended):
            by_kind[letter.addressee_kind][place] = letter
        people = {
            place: letter
            for place, letter in by_kind[Addressee.CONSTITUENT].items()
            if letter.addressee_id in self.people
        }
        groups = {
            place: letter
            for place, letter in by_kind[Addressee.GROUP].items()
            if letter.addressee_id in self.groups
        }
        self._forget(day)
        coming = self._coming(letters, ahead, context)
        before = with_expected(self.to_people, coming[Addressee.CONSTITUENT])
        verdicts = judge_day(self._facts(people), self.people, before, context)
        before = with_expected(self.to_groups, coming[Addressee.GROUP])
        verdicts |= judge_groups(self._facts(groups), self.groups, before, context)
        for place, letter in people.items():
            self._remember(letter, verdicts[place], self.to_people, day)
        for place, letter in groups.items():
            self._remember(letter, verdicts[place], self.to_groups, day)
        lines = [self._line(letter, verdicts[place]) for place, letter in (people | groups).items()]
        lines += [line_of(letter, self.people, self.groups) for letter in ended]
        yield from sorted(
            lines,
            key=lambda line: (
                order_of(self.occasions[line.occasion], self.occasions),
                line.addressee_kind,
                line.addressee,
            ),
        )

    def _coming(
        self, letters: Iterable[Letter], ahead: Iterable[Letter], day: DayContext
    ) -> dict[Addressee, dict[int, list[Greeted]]]:
        """What is to go in the next days to those who have letters that are not personal today."""
        asked = {
            (letter.addressee_kind, letter.addressee_id)
            for letter in letters
            if not self.occasions[letter.occasion].personal
        }
        of_kind: dict[str, list[Letter]] = defaultdict(list)
        for letter in ahead:
            goes = letter.state in (*WAITING, LetterState.SENT)
            goes = goes and not self.occasions[letter.occasion].personal
            if goes and (letter.addressee_kind, letter.addressee_id) in asked:
                of_kind[letter.addressee_kind].append(letter)
        known: dict[Addressee, Mapping[int, PersonFacts] | Mapping[int, GroupFacts]] = {
            Addressee.CONSTITUENT: self.people,
            Addressee.GROUP: self.groups,
        }
        return {
            kind: expected(
                self._facts(
                    {
                        place: letter
                        for place, letter in enumerate(of_kind[kind])
                        if letter.addressee_id in who
                    }
                ),
                who,
                day,
            )
            for kind, who in known.items()
        }

    def _facts(self, letters: Mapping[int, Letter]) -> Iterator[LetterFacts]:
        for place, letter in letters.items():
            occasion = self.occasions[letter.occasion]
            yield LetterFacts(
                id=place,
                addressee=letter.addressee_id,
                occasion=letter.occasion,
                kind=occasion.kind,
                personal=occasion.personal,
                order=order_of(occasion, self.occasions),
                on_day=letter.on_day,
                expires_on=letter.expires_on,
                about=letter.about,
                n=letter.n,
                named=letter.channel,
                gone=letter.state in GONE,
            )

    def _remember(self, letter: Letter, verdict: Verdict, to: Histories, day: date) -> None:
        if verdict.reason is None and verdict.waits is None:
            occasion = self.occasions[letter.occasion]
            order = order_of(occasion, self.occasions)
            what = (letter.occasion, letter.on_day, letter.about)
            greeted = Greeted(day, order, what, occasion.personal)
            for number in (letter.addressee_id, verdict.spouse, *verdict.household):
                if number is not None:
                    to.setdefault(number, []).append(greeted)

    def _forget(self, day: date) -> None:
        """What is too long ago for any judgement is dropped, so that a year costs what it must."""
        first = min(day.replace(day=1), day - QUIET_AFTER_LETTER)
        for history in (self.to_people, self.to_groups):
            for number, greeted in history.items():
                if greeted and greeted[0].on < first:
                    history[number] = [each for each in greeted if each.on >= first]

    def _line(self, letter: Letter, verdict: Verdict) -> LetterLine:
        first = (
            self.people[letter.addressee_id]
            if letter.addressee_kind == Addressee.CONSTITUENT
            else self.groups[letter.addressee_id]
        )
        to = Recipients(
            first,
            self.people.get(verdict.spouse) if verdict.spouse else None,
            tuple(self.people[number] for number in verdict.household if number in self.people),
        )
        state = None
        if verdict.reason is not None:
            late = verdict.reason == "late"
            state = (LetterState.EXPIRED if late else LetterState.SUPPRESSED).value
        return line_of(
            letter,
            self.people,
            self.groups,
            recipients=to,
            state=state,
            reason=verdict.reason or verdict.waits,
            channel=verdict.channel,
        )
