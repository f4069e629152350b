"""Evidence: two records are judged by what they share, never by a name or a phone alone."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest

from donflow.roster.evidence import (
    Surroundings,
    Verdict,
    judge,
    may_be_one,
    one_apart,
    plain_name,
    same_years,
)
from donflow.roster.evidence_codes import WEIGHTS, Evidence, in_words
from donflow.roster.portrait import Portrait, Study
from tests.roster.crowd import crowd

CLASS = Study("本科", "会计学", "2", 2001, None)
SHEN = Portrait(
    key="名册!4",
    name="沈云松",
    gender="男",
    births=frozenset({"1983-05-06"}),
    studies=(CLASS,),
    employers=frozenset({"云州市方舟设计院"}),
    city="云州",
    phones=frozenset({"13800000001"}),
)
ELSEWHERE = replace(SHEN, key="汇总!9")


def of(*values: str) -> frozenset[str]:
    return frozenset(values)


@pytest.mark.parametrize(
    ("changes", "verdict"),
    [
        ({}, Verdict.JOINED),
        ({"key": "名册!9"}, Verdict.JOINED),
        ({"name": "沈 云·松"}, Verdict.JOINED),
        ({"births": of("1983-05")}, Verdict.JOINED),
        ({"births": of("1983-05", "1983-10")}, Verdict.JOINED),
        ({"studies": (Study("硕士", "行政管理", None, 2008, 2011),)}, Verdict.JOINED),
        # A classmate of the same name with another phone, and one who is the same after a move.
        ({"key": "名册!9", "phones": of("1"), "births": of("1982-01")}, Verdict.APART),
        ({"key": "名册!9", "phones": of("1"), "births": of()}, Verdict.APART),
        ({"key": "名册!9", "phones": of("1"), "employers": of("乙")}, Verdict.PROPOSED),
        # What contradicts is never joined, however much agrees.
        ({"gender": "女"}, Verdict.PROPOSED),
        ({"births": of("1984-05-06")}, Verdict.PROPOSED),
        # A name alone, a name and a town.
        ({"births": of(), "studies": (), "employers": of(), "phones": of()}, Verdict.APART),
        # One phone: a couple, a son, a typo, a twin.
        ({"name": "梅若竹", "gender": "女", "births": of()}, Verdict.APART),
        ({"name": "沈小舟", "births": of("2008-01-01"), "studies": ()}, Verdict.APART),
        ({"name": "沈云树"}, Verdict.PROPOSED),
        ({"name": "沈云树", "births": of(), "studies": (), "employers": of()}, Verdict.APART),
        ({"name": "沈雨树"}, Verdict.APART),
        # A name and its phone, and nothing besides.
        (
            {"births": of(), "studies": (), "employers": of(), "city": None},
            Verdict.PROPOSED,
        ),
    ],
)
def test_the_verdict_follows_what_two_records_share(
    changes: dict[str, object], verdict: Verdict
) -> None:
    other = replace(ELSEWHERE, **changes)  # type: ignore[arg-type]
    judgement = judge(SHEN, other)
    assert judgement.verdict is verdict, judgement
    assert judge(other, SHEN) == judgement


def test_a_shared_phone_joins_nobody_and_alone_in_the_class_proposes() -> None:
    crowd = Surroundings(is_shared=lambda _kind, _token: True)
    bare = replace(SHEN, births=of(), employers=of(), city=None)
    other = replace(bare, key="名册!9")
    assert judge(bare, other).verdict is Verdict.JOINED
    assert judge(bare, other, crowd).verdict is Verdict.PROPOSED
    moved = replace(bare, key="汇总!9", phones=of("2"))
    assert judge(bare, moved).verdict is Verdict.APART
    assert judge(bare, moved, Surroundings(alone=True)).verdict is Verdict.PROPOSED


BARE = replace(SHEN, births=of(), employers=of(), city=None)
YOUNG = (Study("本科", "法学", "3", 2015, None),)
TWINS = (Study("本科", "会计学", "1", 2001, None),)


@pytest.mark.parametrize(
    ("left", "changes", "verdict"),
    [
        # Two student numbers in one list, whatever else is not told.
        (
            replace(BARE, student_nos=of("2009001"), studies=()),
            {"key": "名册!9", "student_nos": of("2009002")},
            Verdict.APART,
        ),
        # One degree, ten years apart: father and son, or a switchboard.
        (replace(BARE, employers=of("云州银行")), {"studies": YOUNG}, Verdict.PROPOSED),
        # A landline, and a place in a list of names.
        (replace(BARE, landlines=of("13800000001")), {}, Verdict.PROPOSED),
        (replace(BARE, phones=of(), student_nos=of("5")), {"studies": TWINS}, Verdict.APART),
        # Both tell a class, and not the same.
        (
            replace(SHEN, births=of("1985-01-01"), phones=of()),
            {"studies": TWINS},
            Verdict.PROPOSED,
        ),
        (BARE, {"studies": TWINS, "births": of("1983")}, Verdict.PROPOSED),
        # Who is retired has no employer in common with others who are.
        (replace(BARE, phones=of(), employers=of("退休")), {}, Verdict.PROPOSED),
        # A phone of one who moved and changed work, as a liaison tells it of two namesakes.
        (
            replace(BARE, employers=of("甲"), city="甲"),
            {"employers": of("乙"), "city": "乙"},
            Verdict.PROPOSED,
        ),
        (replace(BARE, ethnicity="汉族"), {"ethnicity": "藏族", "city": "云州"}, Verdict.PROPOSED),
        (replace(SHEN, name="沈先生"), {}, Verdict.PROPOSED),
        (replace(SHEN, name="沈"), {}, Verdict.PROPOSED),
    ],
)
def test_what_may_be_another_person_is_never_joined(
    left: Portrait, changes: dict[str, object], verdict: Verdict
) -> None:
    right = replace(left, **{"key": "汇总!9", **changes})  # type: ignore[arg-type]
    judgement = judge(left, right, Surroundings(alone=True))
    assert judgement.verdict is verdict, judgement


def test_student_numbers_join_and_part() -> None:
    bare = replace(SHEN, births=of(), employers=of(), phones=of(), student_nos=of("200101"))
    same, other = replace(bare, key="a!2"), replace(bare, key="a!3", student_nos=of("200102"))
    assert judge(bare, same).verdict is Verdict.JOINED
    assert Evidence.STUDENT_NO_DIFFERS in judge(bare, other).evidence
    later = replace(other, studies=(Study("硕士", "会计学", None, 2005, 2008),))
    assert Evidence.STUDENT_NO_DIFFERS not in judge(bare, later).evidence


def test_another_name_is_only_proposed_and_needs_two_numbers_and_a_birth() -> None:
    married = replace(ELSEWHERE, name="梅沈云竹", mails=of("yun@example.cn"))
    before = replace(SHEN, mails=of("yun@example.cn"))
    assert judge(before, married).verdict is Verdict.PROPOSED
    assert judge(before, replace(married, births=of())).verdict is Verdict.APART


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ("沈云松", "沈云树", True),
        ("沈云", "沈云松", True),
        ("云松", "沈云松", True),
        ("沈云松", "沈云松", True),
        ("沈云松", "沈雨树", False),
        ("沈", "梅", False),
        ("沈云松", "云松沈", False),
    ],
)
def test_one_character_apart(one: str, other: str, apart: bool) -> None:
    assert one_apart(one, other) is apart
    assert one_apart(other, one) is apart


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        (Study(enrol_year=2001), Study(enrol_year=2001), True),
        (Study(enrol_year=2001), Study(enrol_year=2002), False),
        (Study("本科", enrol_year=2001), Study("本科", grad_year=2005), True),
        (Study("硕士", enrol_year=2001), Study("硕士", grad_year=2005), False),
        (Study("本科", enrol_year=2001), Study("硕士", enrol_year=2001), False),
        (Study(enrol_year=2001), Study(), False),
    ],
)
def test_years_agree_across_entry_and_end(left: Study, right: Study, same: bool) -> None:
    assert same_years(left, right) is same
    assert same_years(right, left) is same


def test_names_are_compared_without_spaces_and_dots() -> None:
    assert plain_name("阿依·古丽 Bat") == plain_name("阿依•古丽Bat") == "阿依古丽bat"


def test_each_code_has_a_weight_and_words() -> None:
    assert set(WEIGHTS) == set(Evidence)
    assert all(in_words(code).message for code in Evidence)


def test_no_pair_that_is_judged_is_passed_over_at_the_first_look() -> None:
    made = crowd(400)
    pairs = list(combinations(made.records, 2))

    judged = [pair for pair in pairs if judge(*pair).verdict is not Verdict.APART]

    assert judged
    assert all(may_be_one(*pair) for pair in judged)
    assert sum(may_be_one(*pair) for pair in pairs) < len(pairs) / 20
