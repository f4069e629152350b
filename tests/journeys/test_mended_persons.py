"""Who stands behind an act: another person, the one recorded for, and proof that proves it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.journeys.desk import Desk
from tests.journeys.test_separation import FOR_REVIEWER, give_role, second_secretary

MINUTES = "材料/党政联席会纪要.pdf"
FOR_DONOR = "--for donor --evidence 材料/捐赠人确认.pdf"
SEAL = "original seal 1 --no-blanks --text-compared"


def test_who_gave_one_consent_of_several_does_not_seal(office_at: Callable[..., Desk]) -> None:
    desk = office_at("review", shared=True)
    second_secretary(desk)
    give_role(desk, "fang", "reviewer", ("legal",))
    desk("review approve 1", as_="fang", day="2026-03-13")
    desk("review approve 1", as_="zhou")
    desk("donor send 1", as_="lin")
    desk(f"donor agree 1 {FOR_DONOR}", as_="lin")
    desk("original print 1", as_="lin")
    desk(f"original sign 1 --by-seal --signer 梁启舟 {FOR_DONOR}", as_="lin")
    desk("original countersign 1", as_="zhou")
    assert "same_person" in desk.refused(SEAL, as_="fang")


def test_who_countersigned_does_not_seal(office_at: Callable[..., Desk]) -> None:
    desk = office_at("sealing", shared=True)
    second_secretary(desk)
    give_role(desk, "qian", "seal_keeper")
    give_role(desk, "qian", "reviewer", ("reviewer",))
    desk("original countersign 1", as_="qian", day="2026-04-09")
    assert "same_person" in desk.refused(SEAL, as_="qian")
    desk(SEAL, as_="fang")
    assert desk.stage() == "effective"


@pytest.mark.parametrize("role", ["donor", "reviewer"])
@pytest.mark.parametrize("shared", [False, True], ids=["single", "shared"])
def test_what_is_recorded_for_somebody_is_not_the_secretarys_own_act(
    office_at: Callable[..., Desk], shared: bool, role: str
) -> None:
    desk = office_at("draft", shared=shared)
    line = f"gift advance 1 submit --for {role} --evidence {MINUTES} --evidence-kind message"
    assert desk.refused(line, as_="lin") & {"role_not_permitted", "not_permitted"}
    own = f"gift edit 1 --purpose 资助学生 --for {role} --evidence {MINUTES}"
    assert desk.refused(f"{own} --evidence-kind message", as_="lin") == {"not_permitted"}


def test_the_environment_does_not_switch_off_the_second_person(
    office_at: Callable[..., Desk],
) -> None:
    desk = office_at("review", shared=True)
    desk.environment["DONFLOW_DESK"] = "single"
    assert desk.refused(f"review approve 1 {FOR_REVIEWER}", as_="lin") == {"not_permitted"}


def test_another_desk_is_agreed_by_two_persons(office_at: Callable[..., Desk]) -> None:
    desk = office_at("review", shared=True)
    file = desk.home / "donflow.toml"
    shared = file.read_text(encoding="utf-8")
    single = shared.replace('desk = "shared"', 'desk = "single"')
    file.write_text(single, encoding="utf-8")
    desk.close()
    assert desk.refused("gift show 1") == {"desk_differs"}
    file.write_text(shared, encoding="utf-8")
    order = desk("settings desk single --json", as_="lin").data["order"]
    assert desk.refused(f"order confirm {order}", as_="lin") == {"own_order"}
    desk(f"order confirm {order}", as_="zheng")
    desk.close()
    assert desk.refused("gift show 1") == {"desk_differs"}
    file.write_text(single, encoding="utf-8")
    desk(f"review approve 1 {FOR_REVIEWER}", as_="lin", day="2026-03-13")
    assert desk("verify").code == 0


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("gift record 1 supplement", "document_missing"),
        (f"gift record 1 leader_consent --file {MINUTES}", "leaders_act"),
        (f"gift record 1 dispute --for leader --evidence {MINUTES}", "not_permitted"),
        (
            f"gift record 1 leader_consent --for leader --evidence {MINUTES}"
            " --evidence-kind bank_slip",
            "evidence_unfit",
        ),
        (
            "gift record 1 leader_consent --for leader"
            " --evidence office/agreement_templates/cash/agreement.docx",
            "evidence_made_here",
        ),
    ],
)
def test_proof_is_asked_for_and_looked_at(office: Desk, line: str, code: str) -> None:
    office("gift new")
    assert office.refused(line) == {code}


def test_what_donflow_made_is_no_evidence(office_at: Callable[..., Desk]) -> None:
    desk = office_at("draft")
    draft = "材料/草稿.docx"
    desk("agreement set 1 naming_term=五年 beneficiaries=学生 standard=每人五千元 use_plan=评选")
    desk("template confirm cash")
    desk(f"agreement draft 1 --out {draft}", code=None)
    line = f"gift record 1 leader_consent --for leader --evidence {draft}"
    assert desk.refused(line) == {"evidence_made_here"}


def test_a_bodys_consent_is_never_given_along_with_others(
    office_at: Callable[..., Desk],
) -> None:
    desk = office_at("draft")
    desk("gift edit 1 --amount 100万")
    for line in (
        "agreement set 1 naming_term=五年 beneficiaries=学生 standard=每人五千元"
        " management_fee=3% donor_contact=孟知行 use_plan=评选",
        "template confirm cash",
        "agreement draft 1",
        "agreement check 1",
        "gift record 1 identity_seen",
        f"gift record 1 leader_consent --for leader --evidence {MINUTES}",
        "gift advance 1 submit",
        f"review approve 1 {FOR_REVIEWER}",
    ):
        desk(line)
    assert desk.stage() == "review"
    assert desk.refused(f"review approve 1 {FOR_REVIEWER}") == {"minutes_missing"}
    chair = f"review approve 1 --as-capacity chair {FOR_REVIEWER}"
    assert desk.refused(chair) == {"minutes_missing"}
    desk(f"{chair} --minutes 理事会〔2026〕3号")
    assert desk.stage() == "approved"


def test_a_body_of_a_shared_desk_is_heard_by_number_and_scan_of_its_minutes(
    office_at: Callable[..., Desk],
) -> None:
    desk = office_at("draft", shared=True)
    order = desk("user role zhou reviewer --as-capacity chair --json", as_="lin").data["order"]
    desk(f"order confirm {order}", as_="zheng")
    for line in (
        "gift edit 1 --amount 一百万",
        "agreement set 1 naming_term=五年 beneficiaries=学生 standard=每人五千元"
        " management_fee=3% donor_contact=孟知行 use_plan=评选",
        "template confirm cash",
        "agreement draft 1",
        "agreement check 1",
        "gift record 1 identity_seen",
    ):
        desk(line, as_="lin")
    desk(f"gift record 1 leader_consent --file {MINUTES}", as_="xu")
    desk("gift advance 1 submit", as_="lin")
    desk("review approve 1", as_="zhou")
    chair = "review approve 1 --as-capacity chair --minutes 理事会〔2026〕3号"
    assert desk.refused(chair, as_="zhou") == {"minutes_missing"}
    desk(f"{chair} --scan {MINUTES}", as_="zhou")
    assert desk.stage() == "approved"
    assert desk("paper list 1 --json").data[-1]["kind"] == "evidence"


def test_no_act_is_dated_before_the_day_its_stage_began(office_at: Callable[..., Desk]) -> None:
    desk = office_at("review")
    line = f"review approve 1 {FOR_REVIEWER} --on 2026-03-01"
    assert desk.refused(line) == {"before_its_stage"}


def test_nobody_asks_for_a_role_of_his_own(office_at: Callable[..., Desk]) -> None:
    desk = office_at("new", shared=True)
    assert desk.refused("user role lin reviewer", as_="lin") == {"own_account"}
    assert desk.refused("user deactivate lin", as_="lin") == {"own_account"}


def test_the_role_is_written_down_that_permitted_the_act(
    office_at: Callable[..., Desk],
) -> None:
    desk = office_at("review", shared=True)
    second_secretary(desk)
    give_role(desk, "qian", "reviewer", ("reviewer", "legal", "secretary_general"))
    desk("review approve 1", as_="qian", day="2026-03-13")
    sent = desk.sql("SELECT acting_role FROM stage_change WHERE transition = 'approve'")
    assert sent == [("reviewer",)]


def test_a_signed_page_is_known_as_one_without_being_told(office_at: Callable[..., Desk]) -> None:
    desk = office_at("sealing")
    kinds = {(item["transition"], item["evidence"]) for item in desk.gift()["recorded_for"]}
    assert ("sign", "signed_paper") in kinds
