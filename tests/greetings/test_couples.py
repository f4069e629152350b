"""Couples and people at one address get one letter, and the day's letters keep their order."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from donflow.greetings.facts import GroupFacts, PersonFacts, Said, Wish
from donflow.greetings.judging import DayContext, Greeted, LetterFacts
from donflow.greetings.reasons import Reason
from donflow.greetings.verdicts import Verdict, expected, judge_day, judge_groups
from donflow.outbox.models import Way
from tests.greetings.letters import ALL, DAY, LIANG, SU, a_letter, went

TODAY = DayContext(DAY)
JOINT = Wish(joint=True)
HUSBAND, WIFE = replace(LIANG, spouse=4, wish=JOINT), replace(SU, spouse=3)
BOTH = [a_letter(addressee=3), a_letter(addressee=4)]


def verdicts(
    letters: list[LetterFacts],
    *people: PersonFacts,
    history: dict[int, list[Greeted]] | None = None,
) -> dict[int, Verdict]:
    """By addressee; several letters to one person are not asked for in this way."""
    known = {person.number: person for person in people}
    found = judge_day(letters, known, history or {}, TODAY)
    return {letter.addressee: found[letter.id] for letter in letters}


def test_a_couple_is_greeted_once_by_the_lower_number() -> None:
    found = verdicts(BOTH, HUSBAND, WIFE)
    assert found[3] == Verdict(None, Way.WECHAT, spouse=4)
    assert found[4] == Verdict(Reason.HOUSEHOLD, instead=BOTH[0].id)


def test_the_wish_of_either_is_enough_and_without_one_each_gets_a_letter() -> None:
    wished = verdicts(BOTH, replace(HUSBAND, wish=Wish()), replace(WIFE, wish=JOINT))
    assert [wished[3].spouse, wished[4].reason] == [4, Reason.HOUSEHOLD]
    apart = verdicts(BOTH, replace(HUSBAND, wish=Wish()), WIFE)
    assert apart == {3: Verdict(None, Way.WECHAT), 4: Verdict(None, Way.WECHAT)}


def test_who_alone_is_in_the_rhythm_is_greeted_as_a_couple() -> None:
    found = verdicts([a_letter(addressee=4)], HUSBAND, WIFE)
    assert found[4] == Verdict(None, Way.WECHAT, spouse=3)


@pytest.mark.parametrize("kind", ["birthday", "thanks", "milestone"])
def test_on_personal_occasions_each_gets_their_own(kind: str) -> None:
    letters = [a_letter(kind, 3), a_letter(kind, 4)]
    found = verdicts(letters, HUSBAND, WIFE)
    assert found == {3: Verdict(None, Way.WECHAT), 4: Verdict(None, Way.WECHAT)}


@pytest.mark.parametrize(
    "husband",
    [
        replace(HUSBAND, status="deceased"),
        replace(HUSBAND, status="restricted"),
        replace(HUSBAND, said=dict.fromkeys(ALL, Said.WITHDRAWN)),
        replace(HUSBAND, wish=Wish(joint=True, quiet_until=DAY)),
        replace(HUSBAND, condoled_on=(DAY - timedelta(days=7),)),
    ],
)
def test_a_letter_names_nobody_who_may_not_be_named(husband: PersonFacts) -> None:
    found = verdicts(BOTH, husband, WIFE)
    assert found[3].reason not in (None, Reason.HOUSEHOLD)
    assert found[4] == Verdict(None, Way.WECHAT)


def test_the_letter_goes_to_the_other_where_the_lower_number_is_not_reached() -> None:
    """The couple is greeted; of the one who is not reached the household is no reason."""
    found = verdicts(BOTH, replace(HUSBAND, reachable=frozenset()), WIFE)
    assert found[4] == Verdict(None, Way.WECHAT, spouse=3)
    assert found[3].reason is Reason.NO_ADDRESS
    found = verdicts(BOTH, HUSBAND, WIFE, history={3: [went(2, "birthday")]})
    assert found[4] == Verdict(None, Way.WECHAT, spouse=3)
    assert found[3] == Verdict(Reason.HOUSEHOLD, instead=BOTH[1].id)


def test_what_has_gone_already_leads() -> None:
    letters = [BOTH[0], replace(BOTH[1], gone=True, named=Way.MAIL)]
    found = verdicts(letters, HUSBAND, WIFE)
    assert found[3] == Verdict(Reason.HOUSEHOLD, instead=BOTH[1].id)
    assert found[4] == Verdict(None, Way.MAIL, spouse=3)


def test_a_couple_gets_one_letter_of_two_occasions_on_a_day() -> None:
    letters = [*BOTH, a_letter("term", 3), a_letter("term", 4)]
    found = judge_day(letters, {3: HUSBAND, 4: WIFE}, {}, TODAY)
    assert [found[letter.id].reason for letter in letters] == [
        None,
        Reason.HOUSEHOLD,
        Reason.JUST_GREETED,
        Reason.JUST_GREETED,
    ]


def on_paper(person: PersonFacts, **changes: object) -> PersonFacts:
    return replace(person, reachable=frozenset({Way.PAPER}), **changes)


MOTHER = on_paper(LIANG, number=9, name="梁母")


def test_two_at_one_address_get_one_letter_on_paper() -> None:
    letters = [a_letter(addressee=3), a_letter(addressee=9)]
    found = verdicts(letters, on_paper(LIANG), MOTHER)
    assert found[3] == Verdict(None, Way.PAPER, household=(9,))
    assert found[9] == Verdict(Reason.HOUSEHOLD, instead=letters[0].id)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (on_paper(LIANG), replace(MOTHER, address="a2")),
        (on_paper(LIANG, address=None), replace(MOTHER, address=None)),
        (LIANG, MOTHER),
    ],
)
def test_at_two_addresses_or_by_other_channels_each_gets_a_letter(
    one: PersonFacts, other: PersonFacts
) -> None:
    found = verdicts([a_letter(addressee=3), a_letter(addressee=9)], one, other)
    assert [found[3].reason, found[9].reason] == [None, None]


def test_a_birthday_card_on_paper_is_for_one_alone() -> None:
    letters = [a_letter("birthday", 3), a_letter("birthday", 9)]
    found = verdicts(letters, on_paper(LIANG), MOTHER)
    assert [found[3].reason, found[9].reason] == [None, None]


def test_a_couple_and_a_mother_at_one_address_are_all_named() -> None:
    letters = [*BOTH, a_letter(addressee=9)]
    found = verdicts(letters, on_paper(HUSBAND), on_paper(WIFE), MOTHER)
    assert found[3] == Verdict(None, Way.PAPER, spouse=4, household=(9,))
    assert [found[4].reason, found[9].reason] == [Reason.HOUSEHOLD, Reason.HOUSEHOLD]
    turned = [a_letter(addressee=2), *BOTH]
    elder = replace(MOTHER, number=2)
    found = verdicts(turned, elder, on_paper(HUSBAND), on_paper(WIFE))
    assert found[2] == Verdict(None, Way.PAPER, household=(3, 4))


def test_groups_are_greeted_by_wechat_once_in_three_days() -> None:
    letters = [a_letter(addressee=1), a_letter("term", 1)]
    found = judge_groups(letters, {1: GroupFacts(1, "云麓校友群")}, {}, TODAY)
    assert found[letters[0].id] == Verdict(None, Way.WECHAT)
    assert found[letters[1].id] == Verdict(Reason.JUST_GREETED)


def test_on_teachers_day_nobody_is_greeted_as_a_couple() -> None:
    letters = [a_letter(addressee=number, occasion="teachers_day") for number in (3, 4)]
    assert verdicts(letters, HUSBAND, WIFE) == {
        3: Verdict(None, Way.WECHAT),
        4: Verdict(None, Way.WECHAT),
    }


def test_a_thank_you_that_waits_greets_nobody() -> None:
    """The festival of that day is stopped by the dispute itself, another reason is not told."""
    thanks, festival = a_letter("thanks"), a_letter()
    found = judge_day([thanks, festival], {3: replace(LIANG, disputed=True)}, {}, TODAY)
    assert found[thanks.id] == Verdict(None, Way.WECHAT, waits=Reason.DISPUTE)
    assert found[festival.id] == Verdict(Reason.DISPUTE)


IN_TWO_DAYS = DAY + timedelta(days=2)


def ahead(kind: str, days: int, number: int = 3) -> LetterFacts:
    letter = a_letter(kind, number, on_day=DAY + timedelta(days=days))
    return replace(letter, id=letter.id + days)


@pytest.mark.parametrize(
    ("letters", "person", "days"),
    [
        ([ahead("festival", 2)], LIANG, [2]),
        ([ahead("birthday", 1)], LIANG, []),
        ([ahead("festival", 2), ahead("school", 4)], LIANG, [4]),
        ([ahead("festival", 2), ahead("school", 6)], LIANG, [2, 6]),
        ([ahead("festival", 2)], replace(LIANG, wish=Wish(quiet_until=DAY)), [2]),
        ([ahead("festival", 2)], replace(LIANG, wish=Wish(quiet_until=IN_TWO_DAYS)), []),
    ],
)
def test_only_what_is_to_go_in_the_next_days_is_expected(
    letters: list[LetterFacts], person: PersonFacts, days: list[int]
) -> None:
    found = expected(letters, {3: person}, TODAY)
    assert sorted((each.on - DAY).days for each in found.get(3, [])) == days


def test_a_term_is_silent_for_a_festival_within_three_days() -> None:
    term = a_letter("term")
    for days, reason in ((2, Reason.JUST_GREETED), (3, Reason.JUST_GREETED), (4, None)):
        history = expected([ahead("festival", days)], {3: LIANG}, TODAY)
        assert judge_day([term], {3: LIANG}, history, TODAY)[term.id].reason is reason
