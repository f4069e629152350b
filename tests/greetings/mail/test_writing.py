"""The words of a greeting as they stand in a mail, and in a call."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from donflow.domain.occasions import Occasion, read_occasions
from donflow.greetings.facts import PersonFacts
from donflow.greetings.mail.freezing import freeze
from donflow.greetings.mail.letter import MailLetter
from donflow.greetings.mail.plain import plain_text
from donflow.greetings.mail.writing import mail_letter, sender_of
from donflow.greetings.webhook_letter import freeze_call
from donflow.greetings.wording import Recipients, greeting_of
from donflow.settings import Mail, Settings
from donflow.shipping import shipped

FILE = shipped("rules") / "occasions.yaml"
OCCASIONS = read_occasions(FILE.read_text("utf-8"), FILE.name)
SETTINGS = Settings(
    university="云麓大学",
    school="机械工程学院",
    office="机械工程学院校友工作办公室",
    mail=Mail(host="smtp.example.edu", from_address="alumni@example.edu"),
)
LIANG = PersonFacts(number=1, name="梁启舟", gender="male")
HENGYUAN = PersonFacts(number=2, name="深圳市恒源数智科技有限公司", kind="company")


def written(code: str, to: PersonFacts = LIANG, card: bytes | None = None) -> MailLetter:
    occasion: Occasion = OCCASIONS[code]
    words = greeting_of(occasion, Recipients(to), date(2026, 9, 25), SETTINGS)
    return mail_letter(
        occasion,
        words,
        SETTINGS,
        message_id="A.0@example.edu",
        written_at=datetime(2026, 9, 25, 9, tzinfo=ZoneInfo("Asia/Shanghai")),
        recipient="liang@example.com",
        card=card,
    )


@pytest.mark.parametrize(
    ("code", "subject"),
    [
        ("mid_autumn", "中秋节问候"),
        ("birthday", "生日祝福"),
        ("thanks", "感谢您的支持"),
        ("gift_anniversary", "捐赠周年致意"),
        ("school_anniversary", "校庆问候"),
        ("qingming", "清明问候"),
    ],
)
def test_the_subject_says_what_for_and_from_whom(code: str, subject: str) -> None:
    assert written(code).subject == f"{subject}｜云麓大学机械工程学院"


def test_a_lunar_day_stands_beside_the_day() -> None:
    assert written("mid_autumn").signature[-1] == "2026年9月25日（农历八月十五）"
    assert written("national_day").signature[-1] == "2026年9月25日"


def test_a_company_is_addressed_by_its_name() -> None:
    text = plain_text(written("mid_autumn", HENGYUAN), sender_of(SETTINGS))
    assert text.splitlines()[0] == "深圳市恒源数智科技有限公司："
    assert "祝贵公司中秋快乐" in text


def test_a_company_with_a_salutation_of_its_own_has_both() -> None:
    own = replace(HENGYUAN, salutation="恒源数智各位同仁")
    text = plain_text(written("mid_autumn", own), sender_of(SETTINGS))
    assert text.splitlines()[:2] == ["深圳市恒源数智科技有限公司", "恒源数智各位同仁："]


@pytest.mark.parametrize("code", sorted(OCCASIONS))
def test_every_occasion_makes_a_letter_with_words_for_who_sees_no_card(code: str) -> None:
    letter = written(code, card=b"\x89PNG")

    assert letter.card is not None
    assert OCCASIONS[code].zh in letter.card.says
    assert letter.happy or "贺" not in letter.card.says
    assert freeze(letter, sender_of(SETTINGS)).content.isascii()


def test_the_sender_is_the_office_unless_mail_names_another() -> None:
    assert sender_of(SETTINGS).name == "机械工程学院校友工作办公室"
    other = Settings(mail=Mail(from_address="alumni@example.edu", from_name="校友会"))
    assert sender_of(other).name == "校友会"


def test_a_call_holds_the_words_in_the_form_of_a_robot() -> None:
    words = greeting_of(OCCASIONS["mid_autumn"], Recipients(LIANG), date(2026, 9, 25), SETTINGS)
    frozen = freeze_call(words, message_id="A.0@example.edu", recipient="13800000001")

    content = json.loads(frozen.content)
    assert content["msgtype"] == "text"
    assert content["text"]["content"].startswith(f"{words.salutation}：\n")
    assert (content["to"], content["message_id"]) == ("13800000001", "A.0@example.edu")
    assert frozen == freeze_call(words, message_id="A.0@example.edu", recipient="13800000001")
