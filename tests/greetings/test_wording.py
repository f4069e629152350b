"""How a greeting speaks to one, to a couple, to a house, to a company, to a group."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from donflow.domain.greeting_words import Verse
from donflow.domain.occasions import read_occasions
from donflow.greetings.facts import GroupFacts, PersonFacts
from donflow.greetings.wording import Recipients, greeting_of, pronoun, salutation
from donflow.roster.models import ConstituentKind
from donflow.settings import Settings
from donflow.shipping import occasion_list
from tests.greetings.letters import LIANG, SU

OCCASIONS = read_occasions(occasion_list())
SETTINGS = Settings(
    university="云麓大学", school="云麓大学管理学院", office="云麓大学管理学院校友工作办公室"
)
MID_AUTUMN = date(2026, 9, 25)
TEACHER = replace(LIANG, name="顾言蹊", segments=frozenset({"教师"}))
COMPANY = PersonFacts(7, "深圳市恒源数智科技有限公司", kind=ConstituentKind.COMPANY)
CLASS = PersonFacts(8, "会计学2005级2班", kind=ConstituentKind.CLASS)
GROUP = GroupFacts(1, "深圳校友群")


@pytest.mark.parametrize(
    ("to", "said", "you"),
    [
        (Recipients(LIANG), "梁启舟先生", "您"),
        (Recipients(replace(LIANG, gender=None)), "梁启舟校友", "您"),
        (Recipients(replace(LIANG, salutation="梁学长")), "梁学长", "您"),
        (Recipients(TEACHER), "顾言蹊老师", "您"),
        (Recipients(LIANG, SU), "梁启舟先生、苏文君女士伉俪", "二位"),
        (Recipients(SU, LIANG), "苏文君女士、梁启舟先生伉俪", "二位"),
        (Recipients(replace(LIANG, salutation="梁先生伉俪"), SU), "梁先生伉俪", "二位"),
        (Recipients(LIANG, None, (TEACHER,)), "梁启舟先生、顾言蹊老师", "各位"),
        (Recipients(LIANG, SU, (TEACHER,)), "梁启舟先生、苏文君女士伉俪、顾言蹊老师", "各位"),
        (Recipients(COMPANY), "贵公司", "贵公司"),
        (Recipients(CLASS), "会计学2005级2班全体校友", "各位校友"),
        (Recipients(GROUP), "各位校友", "各位校友"),
    ],
)
def test_each_is_addressed_by_their_own_salutation(to: Recipients, said: str, you: str) -> None:
    assert (salutation(to), pronoun(to)) == (said, you)


def test_a_greeting_has_all_its_words() -> None:
    words = greeting_of(OCCASIONS["mid_autumn"], Recipients(LIANG, SU), MID_AUTUMN, SETTINGS)
    assert words.title == "中秋节"
    assert words.verse == Verse("但愿人长久，千里共婵娟。", "苏轼《水调歌头》")
    assert words.lines[-1] == "祝二位中秋快乐，身体健康、阖家幸福。"
    assert (words.day_text, words.lunar_text) == ("2026年9月25日", "八月十五")
    assert words.signature == ("云麓大学管理学院校友工作办公室",)
    assert words.happy
    assert not words.head


def test_a_company_is_wished_what_fits_a_company_and_named_at_the_head() -> None:
    words = greeting_of(OCCASIONS["mid_autumn"], Recipients(COMPANY), MID_AUTUMN, SETTINGS)
    assert (words.head, words.salutation) == (COMPANY.name, "贵公司")
    assert words.lines[-1] == "祝贵公司中秋快乐，事业兴旺、前程似锦。"


def test_the_office_may_bring_its_own_words_and_signer() -> None:
    words = greeting_of(
        OCCASIONS["lichun"],
        Recipients(LIANG),
        date(2027, 2, 4),
        SETTINGS,
        own_words="“春到人间草木知。”——张栻《立春偶成》\n愿{you}开春大吉。\n\n",
        signer="院长 秦望川",
    )
    assert words.verse == Verse("春到人间草木知。", "张栻《立春偶成》")
    assert words.lines == ("愿您开春大吉。",)
    assert words.signature == ("云麓大学管理学院", "院长 秦望川")


@pytest.mark.parametrize(
    ("values", "lines"),
    [
        (
            {"years": "3", "purpose": "图书馆"},
            ["3年前的今天，您的捐赠到了学校。这份心意，师生一直记得。", "当年的款项用于“图书馆”。"],
        ),
        ({"years": "3"}, ["3年前的今天，您的捐赠到了学校。这份心意，师生一直记得。"]),
        ({}, []),
    ],
)
def test_what_is_not_known_of_a_letter_is_not_said(
    values: dict[str, str], lines: list[str]
) -> None:
    words = greeting_of(
        OCCASIONS["gift_anniversary"], Recipients(LIANG), MID_AUTUMN, SETTINGS, values=values
    )
    assert list(words.lines[:-1]) == lines
    assert words.lines[-1] == "谢谢您，祝您身体健康、阖家幸福。"
    assert words.lunar_text == ""


def test_no_shipped_word_is_of_a_year_and_all_can_be_said_to_everybody() -> None:
    for occasion in OCCASIONS.values():
        for to in (
            Recipients(LIANG),
            Recipients(COMPANY),
            Recipients(GROUP),
            Recipients(LIANG, SU),
        ):
            words = greeting_of(occasion, to, MID_AUTUMN, SETTINGS)
            assert words.lines
            assert "{" not in "".join(words.lines)
            assert "2026" not in "".join(words.lines)
