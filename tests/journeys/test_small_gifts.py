"""Gifts that close without one paper or the other: small, anonymous, waived, not eligible.

Whoever types what donflow prints, word for word, brings each of them home.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from donflow.domain.facts import ANONYMOUS_TITLES
from tests.journeys.desk import Desk
from tests.journeys.papers import paper_text

OfficeAt = Callable[..., Desk]

DONOR, DAY = "江远帆", "2026-03-02"
BY_FINANCE = "--for finance --evidence 材料/开票通知.pdf"
BY_DONOR = "--for donor --evidence 材料/捐赠人回复.pdf"
PERSON = f"person add {DONOR} --kind person --phone 13900001111"
NEW = "gift new --kind small --amount 五千 --purpose 资助图书馆 --channel visit"
FILLED_IN = {
    "AMOUNT": "5000",
    "DAY": DAY,
    "FILE": "材料/捐赠人回复.pdf",
    "NAME": DONOR,
    "NUMBER": "0000520031",
    "SCAN": "材料/签署页.pdf",
    "TEXT": "按捐赠人意愿",
}
"""What this secretary puts where a printed command has a word in capitals."""


@dataclass(frozen=True)
class Case:
    """How the gift begins, which printed way is taken where two are printed, and how it ends."""

    begin: tuple[str, ...]
    without: frozenset[str]
    missing: frozenset[str]
    receipt: tuple[str, str | None]
    certificate: tuple[str, str | None]
    kind: str = "small"


CLOSING = frozenset({"receipt_settled", "certificate_settled", "donor_thanked"})
BOTH = frozenset({"receipt_settled", "certificate_settled"})
CASES = {
    "a receipt": Case(
        (PERSON, f"{NEW} --donor {DONOR} --liaison 何老师"),
        frozenset({"certificate_settled"}),
        CLOSING,
        ("delivered", None),
        ("waived", "small_gift"),
    ),
    "receipt and certificate": Case(
        (PERSON, f"{NEW} --donor {DONOR} --liaison 何老师"),
        frozenset(),
        CLOSING,
        ("delivered", None),
        ("delivered", None),
    ),
    "receipt waived": Case(
        (PERSON, f"{NEW} --donor {DONOR} --liaison 何老师"),
        BOTH,
        CLOSING,
        ("waived", "waived"),
        ("waived", "small_gift"),
    ),
    "anonymous, known": Case(
        (PERSON, f"{NEW} --donor {DONOR} --liaison 何老师 --anonymous"),
        BOTH,
        CLOSING,
        ("waived", "anonymous"),
        ("waived", "anonymous"),
    ),
    "unknown donor": Case(
        (f"{NEW} --anonymous",),
        BOTH,
        CLOSING,
        ("waived", "anonymous"),
        ("waived", "anonymous"),
    ),
}


def printed(remedy: str, *, otherwise: bool) -> str:
    """The command that a remedy prints, filled in; the second of two if so wished."""
    first, _, second = remedy.removeprefix("Run: ").partition("; or, where there is to be none: ")
    chosen = second if second and otherwise else first
    return re.sub(r"\b[A-Z]{3,}\b", lambda word: FILLED_IN.get(word[0], word[0]), chosen)


def follow(desk: Desk, case: Case, until: str) -> list[str]:
    """Type what is printed, one command at a time, until the gift stands there."""
    typed: list[str] = []
    for _ in range(40):
        shown = desk("gift show 1 --json", lang="en").data
        if shown["stage"] == until:
            return typed
        step = shown["next"][0]
        command = step["command"]
        if not step["ready"]:
            lack = step["missing"][0]
            command = printed(lack["remedy"], otherwise=lack["code"] in case.without)
        desk(command)
        typed.append(command)
    raise AssertionError(f"not at {until}: {typed}")


def missing(desk: Desk, step: str) -> dict[str, str]:
    """Every refusal of a step with its printed remedy."""
    refusals = desk(f"gift advance 1 {step} --json", lang="en", code=2).refusals
    return {refusal["code"]: refusal["remedy"] for refusal in refusals}


def lacking(desk: Desk) -> dict[str, str]:
    """The same as the gift's page says it, for the next step."""
    step = desk("gift show 1 --json", lang="en").data["next"][0]
    return {lack["code"]: lack["remedy"] for lack in step["missing"]}


def begun(desk: Desk, case: Case) -> Desk:
    for line in case.begin:
        desk(line)
    return desk


def ends(desk: Desk, ledger: str) -> tuple[str, str | None]:
    """The stage of the last row of a ledger, and the ground on which its paper is absent."""
    papers = desk("paper list 1 --json").data
    grounds = [paper["absent_because"] for paper in papers if paper["kind"] == ledger]
    return desk(f"{ledger} list 1 --json").data[-1]["stage"], grounds[-1]


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_the_printed_commands_alone_bring_it_home(office: Desk, case: Case) -> None:
    desk = begun(office, case)
    follow(desk, case, "fulfilled")
    assert missing(desk, "close").keys() == case.missing
    for code in sorted(case.missing):
        while code in (lacks := lacking(desk)):
            desk(printed(lacks[code], otherwise=code in case.without))
            assert lacking(desk).keys() - {code} == lacks.keys() - {code}
    follow(desk, case, "steward")
    assert ends(desk, "receipt") == case.receipt
    assert ends(desk, "certificate") == case.certificate
    assert desk("verify --json").data["findings"] == []


def test_an_agreement_gift_closes_though_its_receipt_is_not_eligible(office_at: OfficeAt) -> None:
    desk = office_at("arrived")
    lacks = missing(desk, "close")
    assert lacks.keys() == {
        "receipt_settled",
        "certificate_settled",
        "papers_filed",
        "custody_acknowledged",
        "archive_uploaded",
        "parcel_delivered",
        "donor_thanked",
    }
    line = "paper absent 1 receipt --because not_eligible --reason 附带回报条件"
    assert desk.refused(line) == {"role_not_permitted"}
    desk(f"{line} {BY_FINANCE}")
    case = Case((), frozenset(), frozenset(), ("", None), ("", None), "cash")
    typed = follow(desk, case, "steward")
    assert not [line for line in typed if "--with receipt" in line]
    assert ends(desk, "receipt") == ("not_eligible", "not_eligible")
    assert ends(desk, "certificate") == ("delivered", None)
    shown = desk("gift show 1").out
    assert "不予开具" in shown
    assert "附带回报条件" in shown


def test_a_small_gift_is_not_asked_for_what_only_an_agreement_brings(office: Desk) -> None:
    desk = begun(office, CASES["a receipt"])
    follow(desk, CASES["a receipt"], "fulfilled")
    steps = [option["transition"] for option in desk("gift options 1 --json").data]
    assert "amend" not in steps
    assert "协议" not in desk("gift show 1").out.replace("小额捐赠（不签协议）", "")


@pytest.mark.parametrize(
    ("paper", "ground", "code"),
    [
        ("receipt", "small_gift", "ground_unfit"),
        ("receipt", "anonymous", "ground_not_borne_out"),
        ("certificate", "not_eligible", "ground_unfit"),
        ("certificate", "anonymous", "ground_not_borne_out"),
        ("agreement_scan", "waived", "ground_unfit"),
    ],
)
def test_a_paper_is_absent_only_on_its_own_grounds(
    office: Desk, paper: str, ground: str, code: str
) -> None:
    desk = begun(office, CASES["a receipt"])
    follow(desk, CASES["a receipt"], "fulfilled")
    line = f"paper absent 1 {paper} --because {ground} --reason 小额"
    assert desk.refused(line) == {code}
    said = desk(line, code=2).err
    if code == "ground_unfit" and paper == "receipt":
        assert "匿名捐赠、捐赠方声明不需要、不予开具" in said


def test_a_waiver_is_the_donors_own_word_with_its_evidence(office: Desk) -> None:
    desk = begun(office, CASES["a receipt"])
    follow(desk, CASES["a receipt"], "fulfilled")
    waive = "paper absent 1 receipt --because waived"
    assert desk.refused(f"{waive} --reason 不需要票据") == {"role_not_permitted"}
    assert desk.refused(f"{waive} {BY_DONOR}") == {"reason_missing"}
    desk(f"{waive} --reason 不需要票据 {BY_DONOR}")
    move = next(m for m in desk("gift history 1 --json").data if m["subject"] == "receipt")
    assert (move["recorded_for"], move["reason"]) == ("donor", "不需要票据")
    shown = desk("gift show 1").out
    assert "不需开具（已记录）：捐赠方声明不需要，2026年3月2日（不需要票据）" in shown


def test_a_waiver_can_be_taken_back(office: Desk) -> None:
    case = CASES["receipt waived"]
    desk = begun(office, case)
    follow(desk, case, "steward")
    desk("receipt request 1", day="2026-11-20")
    assert desk.refused("receipt request 1") == {"receipt_exists"}
    desk(
        "receipt record 1 --number 0000520031 --issued-on 昨天"
        f" --file 材料/电子票据原文件.pdf {BY_FINANCE}",
        day="2026-11-24",
    )
    desk("receipt collect 1")
    desk("parcel send 1 --by message --with receipt")
    desk("parcel deliver 1")
    desk("receipt move 1 deliver")
    assert [row["stage"] for row in desk("receipt list 1 --json").data] == ["waived", "delivered"]
    assert desk("receipt list 1 --json").data[1]["issued_on"] == "2026-11-23"
    assert "0000520031，已送达" in desk("gift show 1").out
    assert desk("verify").code == 0


def test_a_waiver_taken_back_before_closing_reopens_the_question(office: Desk) -> None:
    case = CASES["receipt waived"]
    desk = begun(office, case)
    follow(desk, case, "fulfilled")
    desk(f"paper absent 1 receipt --because waived --reason 不需要 {BY_DONOR}")
    assert "receipt_settled" not in missing(desk, "close")
    desk("receipt request 1")
    assert "receipt record" in missing(desk, "close")["receipt_settled"]
    assert "sums_agree" not in missing(desk, "close")


def test_a_receipt_is_asked_for_the_payment_that_is_named(office: Desk) -> None:
    case = CASES["a receipt"]
    desk = begun(office, case)
    follow(desk, case, "perform")
    for amount in ("2000", "3000"):
        desk(f"payment record 1 --amount {amount}")
        desk("payment confirm 1 --for finance --evidence 材料/到账通知.pdf")
    assert desk.refused("receipt request 1 --payment 9") == {"not_found"}
    desk("receipt request 1 --payment 2")
    assert desk.refused("receipt request 1 --payment 2") == {"receipt_exists"}
    assert [row["amount"]["amount"] for row in desk("receipt list 1 --json").data] == ["3000.00"]
    desk(f"receipt move 1 waive --reason 不需要 {BY_DONOR}")
    desk("receipt request 1")
    desk("receipt request 1")
    amounts = [row["amount"]["amount"] for row in desk("receipt list 1 --json").data]
    assert amounts == ["3000.00", "2000.00", "3000.00"]


def test_who_promised_a_small_sum_and_never_gave_can_withdraw(office: Desk) -> None:
    case = CASES["a receipt"]
    desk = begun(office, case)
    follow(desk, case, "perform")
    desk("gift record 1 withdrawal --file 材料/捐赠人回复.pdf")
    withdraw = f"gift advance 1 withdraw --reason 另有安排 {BY_DONOR}"
    desk("payment record 1 --amount 5000")
    assert desk.refused(withdraw) == {"no_money_came"}
    desk("payment strike 1 --payment 1 --reason 记错")
    desk(withdraw)
    assert desk.stage() == "withdrawn"


def test_an_anonymous_donor_stands_on_no_paper_that_leaves_the_desk(office: Desk) -> None:
    case = CASES["anonymous, known"]
    desk = begun(office, case)
    follow(desk, case, "perform")
    desk("payment notice 1")
    desk("payment record 1 --amount 5000")
    desk("payment confirm 1 --for finance --evidence 材料/到账通知.pdf")
    desk("certificate print 1 --number 云基证〔2026〕031号")
    desk(
        "certificate seal 1 --no-blanks --text-compared"
        " --for seal_keeper --evidence 材料/证书用印照片.pdf"
    )
    desk("thanks write 1")
    for kind in ("payment_notice", "certificate", "acknowledgement"):
        text = paper_text(desk, kind)
        assert DONOR not in text, kind
        assert ANONYMOUS_TITLES[0] in text, kind
    desk("receipt request 1")
    desk(
        "receipt record 1 --number 0000520031 --issued-on 今天 --payer 爱心人士"
        f" --file 材料/电子票据原文件.pdf {BY_FINANCE}"
    )
    desk("gift list --xlsx 名单.xlsx --all")
    desk("payment list 1 --xlsx 到账.xlsx")
    for name in ("名单.xlsx", "到账.xlsx"):
        assert DONOR not in sheet_text(desk, name)
    assert DONOR in desk("gift show 1").out


def test_only_the_desk_sees_who_does_not_want_to_be_named(office_at: OfficeAt) -> None:
    desk = office_at("new", shared=True)
    begun(desk, CASES["anonymous, known"])
    follow(desk, CASES["anonymous, known"], "perform")
    desk("payment record 1 --amount 5000")
    for line in (
        "gift list",
        "gift show 1",
        "gift board",
        "gift list --json",
        "gift show 1 --json",
    ):
        assert DONOR in desk(line).out
        assert DONOR not in desk(line, as_="qian").out
        assert "匿名" in desk(line, as_="qian").out or "--json" in line


def sheet_text(desk: Desk, name: str) -> str:
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_path(str(desk.folder / name))
    return str([book.get_sheet_by_name(sheet).to_python() for sheet in book.sheet_names])
