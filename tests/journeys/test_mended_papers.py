"""Papers count only for what they are: this receipt, this parcel, this payment, this ground."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Callable

import pytest

from tests.cast import COMPANY
from tests.journeys.desk import Desk
from tests.journeys.tale import CERTIFICATE_NUMBER

OfficeAt = Callable[..., Desk]

FINANCE = "--for finance --evidence 材料/开票通知.pdf"
CONFIRM = "payment confirm 1 --for finance --evidence 材料/到账通知.pdf"
FILE = "--file 材料/电子票据原文件.pdf"
SCAN = "材料/证书用印照片.pdf"
SEND = "parcel send 1 --by post --tracking EX000052099CN --with"
OTHER = "深圳市恒源控股有限公司"


def issue(number: str, day: str, rest: str = "") -> str:
    return f"receipt record 1 --number {number} --issued-on {day} {FILE} {FINANCE} {rest}"


def stages(desk: Desk, what: str) -> list[str]:
    return [row["stage"] for row in desk(f"{what} list 1 --json").data]


def paid_twice(office_at: OfficeAt) -> Desk:
    """Two payments that are confirmed, with a receipt asked for each."""
    desk = office_at("perform")
    for amount in ("20万", "30万"):
        desk(f"payment record 1 --amount {amount}", day="2026-05-20")
        desk(CONFIRM)
        desk("receipt request 1")
    return desk


def test_an_old_parcel_does_not_deliver_a_new_receipt(office_at: OfficeAt) -> None:
    desk = office_at("delivered")
    desk(f"receipt void 1 --back-on 2026-06-05 --reason 抬头有误 {FINANCE}", day="2026-06-05")
    desk("receipt request 1")
    desk(issue("0000520032", "2026-06-05"))
    desk("receipt collect 1")
    assert desk.refused("receipt move 1 deliver") == {"receipt_handed_over"}
    desk(f"{SEND} receipt")
    assert desk.refused("receipt move 1 deliver") == {"receipt_handed_over"}
    desk("parcel deliver 1")
    desk("receipt move 1 deliver")
    assert stages(desk, "receipt") == ["voided", "delivered"]


def test_an_old_parcel_does_not_deliver_a_new_certificate(office_at: OfficeAt) -> None:
    desk = office_at("delivered")
    desk("certificate cancel 1 --reason 抬头有误", day="2026-06-05")
    desk(f"certificate collect 1 --number 云基证〔2026〕032号 --file {SCAN}")
    assert desk.refused("certificate deliver 1") == {"certificate_handed_over"}
    desk(f"{SEND} certificate")
    desk("parcel deliver 1")
    desk("certificate deliver 1")
    assert stages(desk, "certificate") == ["cancelled", "delivered"]


def test_a_parcel_carries_only_what_is_in_hand(office_at: OfficeAt) -> None:
    desk = office_at("arrived")
    assert desk.refused(f"{SEND} receipt --with certificate") == {"not_in_hand"}
    desk(f"{SEND} souvenir")
    desk = office_at("certified")
    assert desk.refused(f"{SEND} receipt --on 2026-05-27") == {"not_in_hand"}
    desk(f"{SEND} receipt")


def test_a_package_is_handed_over_anew_after_a_paper_was_filed_anew(office_at: OfficeAt) -> None:
    desk = office_at("delivered")
    desk("paper file 1 agreement_scan 材料/协议扫描件.pdf", day="2026-06-05")
    desk("paper file 1 other 材料/签收记录.pdf")
    assert refusals(desk) == set()
    desk("paper file 1 agreement_scan 材料/签收记录.pdf")
    assert refusals(desk) == {"custody_acknowledged"}
    desk("paper handover 1")
    assert refusals(desk) == {"custody_acknowledged"}
    desk("paper acknowledge 1 --file 材料/移交签收单.pdf")
    desk("gift advance 1 close")


def refusals(desk: Desk) -> set[str]:
    """What stands in the way of closing, asked without closing."""
    options = desk("gift options 1 --json").data
    (close,) = [option for option in options if option["transition"] == "close"]
    return {refusal["code"] for refusal in close["refusals"]}


def test_a_title_does_not_type_over_who_paid(office_at: OfficeAt) -> None:
    desk = office_at("perform")
    desk(f"payment record 1 --amount 50万 --payer {OTHER}", day="2026-05-20")
    desk(CONFIRM)
    desk("receipt request 1")
    line = issue("0000520031", "2026-05-20", f"--payer {COMPANY}")
    assert desk.refused(line) == {"payer_is_party"}
    wrong = issue("0000520031", "2026-05-20", "--payer 江氏贸易商行")
    assert desk.refused(wrong) == {"payer_is_party", "receipt_title_right"}
    desk("gift record 1 payer_explained --file 材料/捐赠人回复.pdf")
    desk(line)


def test_each_of_two_receipts_can_be_reached(office_at: OfficeAt) -> None:
    desk = paid_twice(office_at)
    line = issue("0000520031", "2026-05-20")
    answer = desk(f"{line} --json", code=2)
    assert "several_receipts" in answer.err
    assert "1" in answer.err
    assert "2" in answer.err
    assert desk.refused(f"{line} --receipt 9") == {"not_found"}
    desk(f"{line} --receipt 1")
    desk(issue("0000520032", "2026-05-20"))
    assert stages(desk, "receipt") == ["issued", "issued"]
    assert desk.refused("receipt collect 1") == {"several_receipts"}
    desk("receipt collect 1 --receipt 1")
    desk("receipt collect 1")
    desk(f"{SEND} receipt")
    desk("parcel deliver 1")
    desk("receipt move 1 deliver --receipt 2")
    desk("receipt move 1 deliver")
    assert stages(desk, "receipt") == ["delivered", "delivered"]
    void = f"receipt void 1 --back-on 2026-05-20 --reason 抬头有误 {FINANCE}"
    assert desk.refused(void) == {"several_receipts"}
    desk(f"{void} --receipt 1")
    assert stages(desk, "receipt") == ["voided", "delivered"]
    assert desk("verify").code == 0


def test_a_gift_has_one_certificate_that_stands(office_at: OfficeAt) -> None:
    desk = office_at("certified")
    collect = f"certificate collect 1 --number 云基证〔2026〕032号 --file {SCAN}"
    assert desk.refused(collect) == {"certificate_exists"}
    assert desk.refused("certificate print 1 --number 云基证〔2026〕032号") == {
        "certificate_exists"
    }
    assert desk.refused("certificate waive 1 --reason 不愿留名") == {"certificate_exists"}
    desk("certificate cancel 1 --reason 抬头有误")
    desk(collect)


@pytest.mark.parametrize(
    ("milestone", "line", "code"),
    [
        ("delivered", "parcel deliver 1 --on 2026-06-04", "delivered_before_sent"),
        ("perform", "payment record 1 --amount 0", "no_money"),
        ("perform", "payment record 1 --amount 0.00", "no_money"),
        ("perform", "payment record 1 --amount=-5", "negative_amount"),
        ("perform", "payment record 1 --amount 5 --received-on 2027-01-01", "future_day"),
        ("arrived", f"{issue('0000520031', '2027-01-01')}", "future_day"),
    ],
)
def test_days_and_sums_that_cannot_be_are_refused(
    office_at: OfficeAt, milestone: str, line: str, code: str
) -> None:
    desk = office_at(milestone)
    if milestone == "delivered":
        desk(f"{SEND} receipt", day="2026-06-05")
    assert desk.refused(line) == {code}


@pytest.mark.parametrize(
    ("paper", "ground", "code"),
    [
        ("agreement_scan", "anonymous", "ground_unfit"),
        ("agreement_scan", "small_gift", "ground_not_borne_out"),
        ("receipt", "anonymous", "ground_not_borne_out"),
        ("receipt", "small_gift", "ground_unfit"),
        ("receipt", "waived", "role_not_permitted"),
        ("receipt", "not_eligible", "role_not_permitted"),
        ("certificate", "small_gift", "ground_not_borne_out"),
        ("certificate", "not_eligible", "ground_unfit"),
    ],
)
def test_a_ground_agrees_with_the_facts(
    office_at: OfficeAt, paper: str, ground: str, code: str
) -> None:
    desk = office_at("arrived")
    desk("receipt request 1")
    assert desk.refused(f"paper absent 1 {paper} --because {ground} --reason 依据") == {code}


def test_what_was_waived_or_refused_on_record_is_absent(office_at: OfficeAt) -> None:
    desk = office_at("arrived")
    desk("receipt request 1")
    desk(f"receipt move 1 refuse --reason 非公益 {FINANCE}")
    desk("certificate waive 1 --reason 捐赠人不愿留名")
    papers = [p for p in desk("paper list 1 --json").data if p["absent_because"]]
    assert [(paper["kind"], paper["absent_because"]) for paper in papers] == [
        ("receipt", "not_eligible"),
        ("certificate", "waived"),
    ]


def test_a_lost_parcel_is_followed_by_another(office_at: OfficeAt) -> None:
    desk = office_at("certified")
    desk(f"{SEND} receipt --with certificate", day="2026-06-02")
    assert desk("parcel lost 1", code=2).err
    desk("parcel lost 1 --reason 邮局查无此件", day="2026-06-05")
    assert desk.refused("parcel deliver 1") == {"not_found"}
    assert desk.refused("receipt move 1 deliver") == {"receipt_handed_over"}
    assert "parcel_delivered" in refusals_at(desk)
    for _ in range(2):
        desk(f"{SEND} receipt --with certificate")
    answer = desk("parcel deliver 1 --json", code=2)
    assert "several_parcels" in answer.err
    desk("parcel deliver 1 --parcel 3")
    assert "parcel_delivered" in refusals_at(desk)
    desk("parcel lost 1 --reason 退回")
    assert "parcel_delivered" not in refusals_at(desk)
    rows = desk("parcel list 1 --json").data
    assert [row["lost_on"] for row in rows] == ["2026-06-05", "2026-06-05", None]
    desk("receipt move 1 deliver")


def test_a_lost_parcel_that_turns_up_is_delivered_after_all(office_at: OfficeAt) -> None:
    desk = office_at("certified")
    desk(f"{SEND} receipt --with certificate", day="2026-06-02")
    desk("parcel lost 1 --reason 邮局查无此件", day="2026-06-05")
    assert desk.refused("parcel deliver 1") == {"not_found"}
    assert desk.refused("parcel lost 1 --parcel 1 --reason 再报一次") == {"not_found"}
    desk("parcel deliver 1 --parcel 1 --on 昨天", day="2026-06-09")
    (row,) = desk("parcel list 1 --json").data
    assert (row["lost_on"], row["delivered_on"]) == ("2026-06-05", "2026-06-08")
    assert "parcel_delivered" not in refusals_at(desk)
    desk("receipt move 1 deliver")
    desk("certificate deliver 1")


def refusals_at(desk: Desk) -> set[str]:
    return desk.refused("gift advance 1 close")


def test_money_recorded_by_mistake_is_struck(office_at: OfficeAt) -> None:
    desk = office_at("perform")
    desk("payment record 1 --amount 5万", day="2026-05-20")
    desk("payment strike 1 --payment 1 --reason 重复登记")
    assert desk.refused(CONFIRM) == {"not_found"}
    assert desk.refused(f"{CONFIRM} --payment 1") == {"payment_struck"}
    assert desk.refused("payment strike 1 --payment 1 --reason 重复登记") == {"payment_struck"}
    assert desk("payment list 1 --json").data[0]["struck_reason"] == "重复登记"


def test_confirmed_money_is_struck_by_finance_and_counts_nowhere(office_at: OfficeAt) -> None:
    desk = office_at("perform")
    before = desk.gift()
    desk("payment record 1 --amount 50万", day="2026-05-20")
    desk(CONFIRM)
    desk("receipt request 1")
    strike = "payment strike 1 --payment 1 --reason 非本笔捐赠"
    assert desk.refused(strike) == {"role_not_permitted"}
    assert desk.refused(f"{strike} {FINANCE}") == {"receipt_stands"}
    desk(f"receipt move 1 refuse --reason 未到账 {FINANCE}")
    desk(f"{strike} {FINANCE}")
    assert "money_arrived" in desk.refused("gift advance 1 fulfil")
    assert desk.refused("receipt request 1") == {"nothing_confirmed"}
    assert desk.refused("thanks done 1") == {"not_found"}
    assert desk.sql("SELECT stage FROM instalment") == [("planned",)]
    assert desk.gift()["due_on"] == before["due_on"]
    desk("payment record 1 --amount 50万")
    desk(CONFIRM)
    desk("receipt request 1")
    desk("gift advance 1 fulfil")
    assert desk("verify").code == 0


def test_what_else_came_still_counts_after_a_payment_is_struck(office_at: OfficeAt) -> None:
    desk = office_at("perform")
    for amount in ("20万", "30万"):
        desk(f"payment record 1 --amount {amount}", day="2026-05-20")
        desk(CONFIRM)
    desk(f"payment strike 1 --payment 1 --reason 非本笔捐赠 {FINANCE}")
    assert desk.sql("SELECT stage FROM instalment") == [("partial",)]


@pytest.mark.parametrize("harm", ["missing", "damaged"])
def test_taking_a_file_in_again_mends_the_vault(office_at: OfficeAt, harm: str) -> None:
    desk = office_at("perform")
    line = "vault add 材料/银行回单.pdf --json"
    fingerprint = desk(line).data["fingerprint"]
    path = desk.home / "vault" / fingerprint[:2] / fingerprint
    if harm == "missing":
        path.unlink()
    else:
        path.write_bytes(b"x")
    desk("vault check", code=1)
    desk(line)
    desk("vault check")


def test_a_paper_is_filed_under_the_name_that_it_came_with(office_at: OfficeAt) -> None:
    desk = office_at("arrived")
    first = desk.papers / "电子票据原文件.pdf"
    (desk.papers / "票据.pdf").write_bytes(first.read_bytes())
    desk("vault add 材料/电子票据原文件.pdf")
    desk("receipt request 1")
    desk(issue("0000520031", "2026-05-20").replace("电子票据原文件", "票据"))
    desk("receipt collect 1")
    desk("paper file 1 other 材料/票据.pdf")
    desk("vault add 材料/票据.pdf --gift 1 --paper bank_slip")
    papers = desk("paper list 1 --json").data
    assert [paper["name"] for paper in papers[-3:]] == ["票据.pdf"] * 3
    (desk.papers / "证书.pdf").write_bytes(first.read_bytes())
    desk(f"certificate collect 1 --number {CERTIFICATE_NUMBER} --file 材料/证书.pdf")
    assert desk("paper list 1 --json").data[-1]["name"] == "证书.pdf"


def test_the_seal_register_says_only_what_was_stated(office_at: OfficeAt) -> None:
    desk = office_at("receipted")
    desk(f"certificate print 1 --number {CERTIFICATE_NUMBER}")
    by_keeper = f"--for seal_keeper --evidence {SCAN}"
    assert desk.refused(f"certificate seal 1 {by_keeper}") == {"seal_unchecked"}
    assert desk.refused(f"certificate seal 1 --no-blanks {by_keeper}") == {"seal_unchecked"}
    desk(f"certificate seal 1 --no-blanks --text-compared {by_keeper}")


def test_the_package_holds_the_whole_fingerprints_that_its_cover_refers_to(
    office_at: Callable[..., Desk],
) -> None:
    desk = office_at("certified")
    desk("paper handover 1 --out 包.zip", day="2026-06-02")
    with zipfile.ZipFile(desk.folder / "包.zip") as package:
        (listed,) = [name for name in package.namelist() if name.endswith(".txt")]
        lines = package.read(listed).decode().splitlines()
        found = {
            name: hashlib.sha256(package.read(name)).hexdigest() for name in package.namelist()
        }
    assert {line[66:]: line[:64] for line in lines} == {
        name: digest for name, digest in found.items() if name != listed
    }
    assert len(lines) == 4
