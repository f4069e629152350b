"""What may be a precedent: a whole agreement, signed, filled in, without faults; and only once."""

from __future__ import annotations

from datetime import date

import pytest

from donflow.agreements.precedents import (
    NoMeasure,
    NotAnAgreement,
    Studied,
    one_agreement,
    study,
)
from donflow.precheck.facts import Kind
from donflow.precheck.measure import Precedent, registered_by
from donflow.precheck.rulebook import RuleBook, load
from donflow.shipping import rule_texts
from donflow.vault.deposit import Upload
from tests.precheck.signed import FOUNDATION, NUMBER, text_of

TODAY = date(2026, 3, 6)


def rules(day: date) -> RuleBook:
    return load(rule_texts(), on=day)


def studied(text: str, name: str = "协议.txt") -> Studied:
    return study(Upload(name, text.encode()), rules, today=TODAY)


def test_a_signed_agreement_is_a_measure_under_its_own_number() -> None:
    found = studied(f"协议编号：YLJJ-2025-037\n{text_of(0)}", "YLJJ-2025-037.txt").measure
    assert (found.number, found.name) == ("YLJJ-2025-037", "YLJJ-2025-037")
    assert found.on == date(2025, 1, 8)
    assert studied(text_of(0)).measure.number == ""


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (("日期：2025年1月8日", "日期：　年　月　日"), "date of signing"),
        (("日期：2025年1月8日", ""), "No day of signing"),
        (("2025年1月8日", "2026年5月8日"), "still to come"),
        (("10个工作日", "____个工作日"), "Fill this in"),
        (("一次性汇入", "同意/不同意（请选择）一次性汇入"), "Mark one of the options"),
        (("500,000.00", "600,000.00"), "500,000"),
    ],
)
def test_what_nobody_signed_so_is_refused_with_the_reason(
    change: tuple[str, str], reason: str
) -> None:
    with pytest.raises(NoMeasure) as refused:
        studied(text_of(0).replace(*change))
    assert any(reason in str(detail) for detail in refused.value.details)


def test_every_reason_is_told_at_once() -> None:
    text = text_of(0).replace("10个工作日", "____个工作日").replace("日期：2025年1月8日", "")
    with pytest.raises(NoMeasure) as refused:
        studied(text)
    assert len(refused.value.details) == refused.value.values["count"] >= 2


def test_an_agreement_is_held_to_the_law_of_its_day() -> None:
    cited = ("第七条 其他", "第七条 其他\n本协议依照《中华人民共和国合同法》订立。")
    old = text_of(0, on="2019年1月8日", day="2019年1月28日").replace(*cited)
    assert studied(old).measure.on == date(2019, 1, 8)
    with pytest.raises(NoMeasure):
        studied(text_of(0).replace(*cited))


@pytest.mark.parametrize(
    "text",
    [
        "请各位老师周五前交材料。\n",
        text_of(0, recipient="梁启舟").replace("（受赠方）", "（受赠人）"),
    ],
    ids=["no clauses", "nobody receives but a person"],
)
def test_what_is_no_agreement_is_refused(text: str) -> None:
    with pytest.raises(NotAnAgreement):
        studied(text)


NUMBERED = "协议编号：YLJJ-2025-037\n"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (text_of(0), text_of(0).replace("条 ", "条　"), True),
        (NUMBERED + text_of(0), NUMBERED + text_of(0).replace("条 ", "条　"), True),
        (NUMBERED + text_of(0), text_of(0).replace("条 ", "条　"), True),
        (NUMBERED + text_of(0), NUMBERED.replace("037", "038") + text_of(0), False),
        (text_of(0), text_of(1), False),
        (text_of(0), text_of(0, sum="600,000.00", words="陆拾万元整"), False),
        (text_of(0), text_of(0, on="2025年1月9日"), False),
    ],
)
def test_one_agreement_in_several_files_is_one(one: str, other: str, same: bool) -> None:
    assert one_agreement(studied(one), studied(other)) is same


def test_what_one_donor_wrote_twice_is_not_the_offices_own() -> None:
    def signed(donor: str) -> Precedent:
        return Precedent(
            "", Kind.SMALL, recipients=(FOUNDATION,), account=("", NUMBER), donors=(donor,)
        )

    assert not registered_by([signed("梁启舟"), signed("梁启舟")]).accounts
    known = registered_by([signed("梁启舟"), signed("许慎言")])
    assert known.names == {FOUNDATION}
    assert known.accounts == {("", NUMBER)}


BY_HAND = "2025年1月8日", "　年　月　日"


def said_signed(text: str) -> Studied:
    return study(Upload("协议.txt", text.encode()), rules, today=TODAY, signed=True)


def test_what_a_person_says_was_signed_may_be_blank_where_one_signs() -> None:
    text = text_of(0).replace(*BY_HAND)
    with pytest.raises(NoMeasure) as refused:
        studied(text)
    assert "--signed" in str(refused.value.remedy_sentence)
    found = said_signed(text)
    assert found.signed
    assert found.measure.on is None


def test_a_blank_elsewhere_is_refused_whatever_a_person_says() -> None:
    text = text_of(0).replace(*BY_HAND).replace("10个工作日", "____个工作日")
    with pytest.raises(NoMeasure) as refused:
        said_signed(text)
    (reason,) = refused.value.details
    assert "____" in str(reason)


def test_undated_agreements_of_two_years_are_two() -> None:
    text = text_of(0).replace(*BY_HAND)
    later = text.replace("2025年1月28日", "2026年1月28日")
    assert later != text
    assert not one_agreement(said_signed(text), said_signed(later))
