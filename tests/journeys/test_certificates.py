"""Certificates: collected from the foundation, or printed here with words that are frozen."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date

from donflow.papers.certificate import CertificateWords, draw_certificate
from tests.cast import COMPANY
from tests.journeys.desk import Desk
from tests.journeys.papers import pdf_text, stored
from tests.journeys.tale import CERTIFICATE_NUMBER

PRINT = f"certificate print 1 --number {CERTIFICATE_NUMBER}"
SEAL = (
    "certificate seal 1 --no-blanks --text-compared"
    " --for seal_keeper --evidence 材料/证书用印照片.pdf"
)


def test_a_certificate_of_the_foundation_is_collected_with_its_scan(
    office_at: Callable[..., Desk],
) -> None:
    desk = office_at("receipted")
    collect = f"certificate collect 1 --number {CERTIFICATE_NUMBER}"
    assert desk.refused(collect) == {"certificate_on_file"}
    assert desk.refused("certificate collect 1 --file 材料/证书用印照片.pdf") == {
        "certificate_numbered"
    }
    desk(f"{collect} --file 材料/证书用印照片.pdf")
    (row,) = desk("certificate list 1 --json").data
    assert (row["kind"], row["stage"]) == ("collected", "ready")
    assert "certificate" in {paper["kind"] for paper in desk("paper list 1 --json").data}
    desk("certificate deliver 1", code=None)


def test_nothing_is_printed_before_the_money_came(office_at: Callable[..., Desk]) -> None:
    assert office_at("perform").refused(PRINT) == {"nothing_arrived"}


def test_a_printed_certificate_carries_donor_amount_and_number(
    office_at: Callable[..., Desk],
) -> None:
    desk = office_at("receipted")
    document = desk(f"{PRINT} --json").data["document"]
    text = "".join(pdf_text(stored(desk, document)).split())
    for words in (COMPANY, "500,000.00", "伍拾万元整", CERTIFICATE_NUMBER, "恒源奖学金"):
        assert words in text, words
    assert "G2026-0001" not in text


def test_the_same_words_give_the_same_bytes(office_at: Callable[..., Desk]) -> None:
    """A certificate can be drawn again from the words that are frozen with it."""
    desk = office_at("receipted")
    document = desk(f"{PRINT} --json").data["document"]
    frozen = json.loads(desk.sql("SELECT words FROM certificate")[0][0])
    frozen["awarded_on"] = date.fromisoformat(frozen["awarded_on"])
    assert draw_certificate(CertificateWords(**frozen)) == stored(desk, document)


def test_a_certificate_is_sealed_before_it_is_delivered(office_at: Callable[..., Desk]) -> None:
    desk = office_at("receipted")
    desk(PRINT)
    assert desk.refused("certificate deliver 1")
    assert desk.refused("certificate seal 1") == {"not_permitted"}
    desk(SEAL)
    assert desk("certificate list 1 --json").data[0]["stage"] == "ready"


def test_a_certificate_with_a_fault_is_cancelled_and_replaced(
    office_at: Callable[..., Desk],
) -> None:
    desk = office_at("certified")
    assert desk.refused("certificate cancel 1")
    desk("certificate cancel 1 --reason 抬头有误")
    desk("certificate print 1 --number 云基证〔2026〕032号 --awarded-to 恒源数智")
    rows = desk("certificate list 1 --json").data
    assert [(row["number"], row["stage"]) for row in rows] == [
        (CERTIFICATE_NUMBER, "cancelled"),
        ("云基证〔2026〕032号", "printed"),
    ]
    codes = desk.sql("SELECT verification_code FROM certificate")
    assert len(set(codes)) == 2
    assert desk("verify").code == 0


def test_a_certificate_that_is_not_made_needs_a_reason(office_at: Callable[..., Desk]) -> None:
    desk = office_at("receipted")
    assert desk.refused("certificate waive 1")
    desk("certificate waive 1 --reason 捐赠人不愿留名")
    assert desk("certificate list 1 --json").data[0]["stage"] == "waived"
    assert "certificate_settled" not in desk.refused("gift advance 1 close")
