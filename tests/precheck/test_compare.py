"""A draft beside the signed agreements: few findings, each one right, none on what is as always."""

from __future__ import annotations

from datetime import date

import pytest

from donflow.precheck.compare import MOST, compare
from donflow.precheck.draft import Registered
from donflow.precheck.facts import Kind, Party
from donflow.precheck.findings import Finding, Severity
from donflow.precheck.measure import registered_by
from donflow.precheck.paper import Span
from tests.precheck.signed import CLAUSES, FOUNDATION, KINDS, NUMBER, draft_of, precedent, text_of

OURS = [precedent(no) for no in range(8)]
ARBITRATION = (
    "一切纠纷提交深圳国际仲裁院，按其届时有效的规则仲裁，裁决是终局的，费用由败诉一方负担。"
)


def codes(found: tuple[Finding, ...]) -> list[str]:
    return [finding.code for finding in found]


@pytest.mark.parametrize("no", range(8, 14))
def test_an_agreement_like_its_precedents_has_no_finding(no: int) -> None:
    assert compare(draft_of(text_of(no)), OURS) == ()


def test_without_precedents_nothing_is_said() -> None:
    strange = text_of(9, recipient="云麓大学", holder="云麓大学", account="6222000000000000001")
    assert compare(draft_of(strange, clauses=()), []) == ()


def test_money_that_goes_elsewhere_is_a_warning_that_a_person_confirms() -> None:
    text = text_of(9, account="6222 0000 0000 0000 001")
    (found,) = compare(draft_of(text), OURS)
    assert (found.code, found.severity, found.sure) == (
        "account_unregistered",
        Severity.WARNING,
        False,
    )
    assert found.quote == "6222 0000 0000 0000 001"
    assert found.line is not None
    assert text.splitlines()[found.line - 1] == f"账号：{found.quote}"
    # That none of them has it rests on no single one.
    assert found.ground is None


@pytest.mark.parametrize(
    "written", [f"{NUMBER[:4]} {NUMBER[4:]}", "２７０３０００００００００００１２３４"]
)
def test_the_same_account_written_otherwise_is_the_same(written: str) -> None:
    assert compare(draft_of(text_of(9, account=written)), OURS) == ()


def test_a_recipient_that_never_signed_is_a_warning() -> None:
    (found,) = compare(draft_of(text_of(9, recipient="云麓大学管理学院")), OURS)
    assert (found.code, found.severity, found.quote) == (
        "recipient_unregistered",
        Severity.WARNING,
        "云麓大学管理学院",
    )


def test_what_the_settings_name_is_registered_though_no_precedent_has_it() -> None:
    draft = draft_of(text_of(9, account="6222000000000000001"))
    own = Registered(frozenset({FOUNDATION}), frozenset({(FOUNDATION, "6222000000000000001")}))
    assert codes(compare(draft, OURS)) == ["account_unregistered"]
    assert compare(draft, OURS, registered=own) == ()


def test_one_signed_agreement_alone_makes_no_account_the_offices_own() -> None:
    odd = precedent(9, text_of(9, account="6222000000000000001", recipient="云麓大学校友会"))
    known = registered_by([*OURS, odd])
    assert known == Registered(frozenset({FOUNDATION}), frozenset({(FOUNDATION, NUMBER)}))
    twice = precedent(10, text_of(10, account="6222000000000000001"))
    assert len(registered_by([*OURS, odd, twice]).accounts) == 2


def test_a_donors_own_account_is_no_measure() -> None:
    text = text_of(9, holder="深圳市恒源数智科技第9有限公司", account="6222000000000000001")
    assert precedent(9, text).account is None


def test_a_person_who_receives_is_kept_nowhere() -> None:
    person = Party("recipient", "乙方", "梁启舟", "person", Span(3, 8, 11))
    assert precedent(9, parties=(person,)).recipients == ()


def test_a_clause_that_nearly_all_have_is_missed() -> None:
    draft = draft_of(text_of(9), clauses=tuple(kind for kind in KINDS if kind != "breach"))
    (found,) = compare(draft, OURS)
    assert (found.code, found.severity, found.line) == (
        "clause_unlike_precedents",
        Severity.INFO,
        None,
    )
    assert found.expect.values["count"] == found.expect.values["total"] == 8
    assert "承担相应责任" in str(found.expect.values["model"])
    assert found.ground is not None
    assert found.ground.key == "precedent"
    assert (found.ground.source, found.ground.on) == ("YLJJ-2025-007", date(2025, 1, 8))
    assert found.ground.article == "第五条"


def test_what_a_rule_has_said_is_not_said_again() -> None:
    draft = draft_of(text_of(9), clauses=tuple(kind for kind in KINDS if kind != "breach"))
    said = Finding("breach_clause_missing", Severity.WARNING, None, "", draft_finding().expect)
    assert compare(draft, OURS, found=[said]) == ()


@pytest.mark.parametrize(
    ("having", "lacking", "told"), [(4, 1, True), (3, 2, False), (4, 0, False), (8, 2, True)]
)
def test_a_habit_is_four_of_five_and_at_least_five(having: int, lacking: int, told: bool) -> None:
    less = tuple(kind for kind in KINDS if kind != "breach")
    held = [precedent(no) for no in range(having)]
    held += [precedent(no, clauses=less) for no in range(having, having + lacking)]
    assert bool(compare(draft_of(text_of(9), clauses=less), held)) is told


def test_precedents_of_another_kind_measure_the_account_alone() -> None:
    draft = draft_of(text_of(9, account="6222000000000000001"), kind=Kind.ENDOWED, clauses=())
    assert codes(compare(draft, OURS)) == ["account_unregistered"]


def test_a_clause_in_an_unusual_place_is_told_once() -> None:
    order = ("争议解决", *(heading for heading in CLAUSES if heading != "争议解决"))
    text = text_of(9, order=order)
    (found,) = compare(draft_of(text), OURS)
    assert (found.code, found.severity) == ("clause_order_unlike", Severity.INFO)
    assert found.quote == "争议解决"
    assert found.line is not None
    assert "争议解决" in text.splitlines()[found.line - 1]


def test_a_wording_unlike_all_others_shows_the_nearest_and_the_difference() -> None:
    text = text_of(9, clauses={"争议解决": ARBITRATION})
    (found,) = compare(draft_of(text), OURS)
    assert (found.code, found.severity, found.quote) == (
        "clause_wording_unlike",
        Severity.INFO,
        "争议解决",
    )
    assert found.expect.values["total"] == 8
    assert "人民法院" in str(found.expect.values["model"])
    assert "〔+" in str(found.expect.values["difference"])
    assert found.ground is not None
    assert found.ground.article == "第六条"


def test_where_the_precedents_differ_among_themselves_a_wording_is_nobodys_fault() -> None:
    ways = (
        "提交兰州仲裁委员会仲裁。",
        "由乙方所在地法院管辖。",
        "双方友好协商，协商不成各自承担损失并终止合作。",
        "请上级主管部门调解，调解书对各方有约束力。",
        "按照交易习惯处理，必要时另行约定。",
        "依照《中华人民共和国民法典》合同编办理。",
    )
    held = [precedent(no, text_of(no, clauses={"争议解决": way})) for no, way in enumerate(ways)]
    assert compare(draft_of(text_of(9, clauses={"争议解决": ARBITRATION})), held) == ()


def test_a_clause_gets_one_finding_at_most() -> None:
    order = ("争议解决", *(heading for heading in CLAUSES if heading != "争议解决"))
    text = text_of(9, clauses={"争议解决": ARBITRATION}, order=order)
    found = compare(draft_of(text), OURS)
    assert codes(found) == ["clause_order_unlike"]


def test_clauses_without_headings_are_known_by_what_they_say() -> None:
    held = [precedent(no, bare(text_of(no))) for no in range(8)]
    text = bare(text_of(9, clauses={"争议解决": ARBITRATION}))
    assert compare(draft_of(bare(text_of(9))), held) == ()
    (found,) = compare(draft_of(text), held)
    assert (found.code, found.quote) == ("clause_wording_unlike", "第六条")


def test_of_a_paper_that_is_altogether_another_only_the_furthest_clauses_are_told() -> None:
    other = {
        heading: f"{heading}事宜由双方另行议定，以书面补充文件为准，本文件不作约定。"
        for heading in CLAUSES
    }
    found = compare(draft_of(text_of(9, clauses=other)), OURS)
    assert codes(found) == ["clause_wording_unlike"] * MOST
    assert [finding.line for finding in found] == sorted(finding.line or 0 for finding in found)


def bare(text: str) -> str:
    """The same agreement with its headings left out."""
    for heading in CLAUSES:
        text = text.replace(f"条 {heading}\n", "条 ")
    return text


def draft_finding() -> Finding:
    """Any finding of a missing clause."""
    less = tuple(kind for kind in KINDS if kind != "breach")
    return compare(draft_of(text_of(9), clauses=less), OURS)[0]
