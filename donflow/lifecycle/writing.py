"""The papers donflow draws for a gift: words gathered once, frozen, drawn, kept in the vault."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Session

from donflow.agreements.drafting import template_of
from donflow.agreements.values import chinese_date, remittance_note
from donflow.domain.actor import Actor
from donflow.domain.facts import ANONYMOUS_TITLES, PaperKind
from donflow.domain.money import Money, figures, symbol_figures
from donflow.domain.rmb_words import words as in_words
from donflow.errors import N_, DonflowError
from donflow.gifts.filing import file_paper
from donflow.gifts.models import Gift, Instalment
from donflow.gifts.payments import payments_of
from donflow.gifts.plan import instalments_of, open_part
from donflow.gifts.register import donor_of
from donflow.greetings.thanking import THANK, finish_thank, still_thankful
from donflow.lifecycle.office import Office
from donflow.originals.copies import copies_of
from donflow.papers.payment_notice import PaymentNoticeWords, draw_payment_notice
from donflow.papers.routing_slip import RoutingSlipWords, SlipCopy, SlipParty, draw_routing_slip
from donflow.roster.models import Constituent, ConstituentKind
from donflow.roster.salutation import salutation_of
from donflow.roster.views import addressee_of
from donflow.tasks.planning import open_tasks
from donflow.vault.deposit import Upload, keep
from donflow.vault.models import Blob
from donflow.word.filling import fill
from donflow.word.seeing.numerals import numeral

HOLDER_NAMES = {"donor": "甲方（捐赠人）", "foundation": "乙方（基金会）"}
HAN = "chineseCountingThousand"
"""Numerals as 二 and 十二."""
STEPS = ("学院经办人", "捐赠人签署", "基金会签字", "基金会用印", "学院领回分发", "扫描归档")


class NothingToWrite(DonflowError):
    code = "nothing_to_write"
    message = N_("Gift {number} has no donor, amount or plan yet; this paper needs them.")
    remedy = N_("See what is missing: donflow gift show {number}")
    http_status = 409


def write_notice(
    session: Session, office: Office, gift: Gift, *, actor: Actor, now: datetime
) -> Blob:
    """The payment notice with the exact 附言, the account, and the day by which to pay.

    It asks for what the next open part of the plan still lacks.
    """
    donor, _whole, _last = _basics(session, gift)
    parts = instalments_of(session, gift.id)
    money = [payment for payment in payments_of(session, gift.id) if payment.counts]
    part, amount = open_part(parts, money)
    foundation, settings = office.settings.foundation, office.settings
    drawn = draw_payment_notice(
        PaymentNoticeWords(
            donor=_respectful(gift, donor),
            foundation=foundation.name,
            purpose=gift.purpose or "",
            amount_words=in_words(amount),
            amount_figures=symbol_figures(amount),
            pay_by=part.pay_by,
            account_name=foundation.account_name or foundation.name,
            bank=foundation.account_bank,
            account_number=foundation.account_number,
            remark=remittance_note(_named(gift, donor), gift),
            contact=f"{settings.school}校友工作办公室" if not settings.office else settings.office,
            notified_on=office.acted_on(actor, now),
            agreement_number=gift.agreement_number or "",
            instalment=_which(part, len(parts)),
            you=_you(donor),
        )
    )
    name = f"付款提示_{gift.number}.pdf"
    return _keep(session, office, gift, PaperKind.PAYMENT_NOTICE, name, "pdf", drawn, actor, now)


def write_slip(
    session: Session, office: Office, gift: Gift, *, actor: Actor, now: datetime
) -> Blob:
    """The routing slip that goes with the originals from desk to desk; its QR is our number."""
    donor, amount, _pay_by = _basics(session, gift)
    settings = office.settings
    drawn = draw_routing_slip(
        RoutingSlipWords(
            gift_number=gift.number,
            agreement_title=f"{settings.foundation.name}捐赠协议书",
            office=settings.office or settings.school,
            parties=(
                SlipParty(HOLDER_NAMES["donor"], _named(gift, donor)),
                SlipParty(HOLDER_NAMES["foundation"], settings.foundation.name),
            ),
            copies=tuple(
                SlipCopy(f"{copy.no}", HOLDER_NAMES[copy.meant_for])
                for copy in copies_of(session, gift.id)
            ),
            steps=STEPS,
            prepared_on=office.acted_on(actor, now),
            prepared_by=settings.office or settings.school,
            amount_words=in_words(amount),
            amount_figures=symbol_figures(amount),
            agreement_number=gift.agreement_number or "",
        )
    )
    name = f"流转单_{gift.number}.pdf"
    return _keep(session, office, gift, PaperKind.ROUTING_SLIP, name, "pdf", drawn, actor, now)


def write_thanks(
    session: Session,
    office: Office,
    gift: Gift,
    *,
    signatory: str,
    wish: str,
    actor: Actor,
    now: datetime,
) -> Blob:
    """The letter of thanks (鸣谢函) as a Word file: for what was not thanked for, else the last."""
    donor = donor_of(session, gift)
    arrived = [payment for payment in payments_of(session, gift.id) if payment.counts]
    if not arrived or (donor is None and not gift.anonymous):
        raise NothingToWrite(number=gift.number)
    template = template_of(office.templates, "acknowledgement")
    due = still_thankful(session, [payment.id for payment in arrived])
    meant = [payment for payment in arrived if payment.id in due] or arrived[-1:]
    amount = sum((payment.amount for payment in meant[1:]), start=meant[0].amount)
    values = {
        "salutation": _respectful(gift, donor),
        "pronoun": _you(donor),
        "received_date": chinese_date(meant[-1].received_on),
        "recipient_name": office.settings.foundation.name,
        "amount": figures(amount),
        "amount_words": in_words(amount).removeprefix("人民币"),
        "purpose": gift.purpose or "",
        "school_name": office.settings.school,
        "signatory": signatory,
        "letter_date": chinese_date(office.acted_on(actor, now)),
        "wish": wish or _wish(donor),
    }
    known = {name: value for name, value in values.items() if name in template.fields and value}
    letter = fill(template.content, template.fields, known)
    name = f"鸣谢函_{gift.number}.docx"
    return _keep(session, office, gift, PaperKind.ACKNOWLEDGEMENT, name, "docx", letter, actor, now)


def finish_thanks(
    session: Session, gift: Gift, *, outcome: str, actor: Actor, now: datetime
) -> int:
    """Mark the thanks of this gift as said (`sent`, `called`, `visited`); how many there were.

    Letters of thanks that have not left yet do not go any more.
    """
    tasks = [task for task in open_tasks(session, subject=gift.subject) if task.kind == THANK]
    for task in tasks:
        finish_thank(session, task, outcome=outcome, actor=actor, now=now)
    return len(tasks)


def _basics(session: Session, gift: Gift) -> tuple[Constituent | None, Money, date]:
    donor, parts = donor_of(session, gift), instalments_of(session, gift.id)
    if (donor is None and not gift.anonymous) or gift.amount is None or not parts:
        raise NothingToWrite(number=gift.number)
    return donor, gift.amount, parts[-1].pay_by


def _which(part: Instalment, count: int) -> str:
    """第二期（共三期）; nothing of a gift that is paid at once."""
    no, whole = numeral(part.no, HAN), numeral(count, HAN)
    return f"第{no}期（共{whole}期）" if count > 1 else ""


def _named(gift: Gift, donor: Constituent | None) -> str:
    """The donor's name, unless the donor is not to be named on any paper."""
    return ANONYMOUS_TITLES[0] if gift.anonymous or donor is None else donor.name


def _respectful(gift: Gift, donor: Constituent | None) -> str:
    """A body is called by its name on a letter; a person by the salutation, never a bare name."""
    if donor is not None and donor.kind == ConstituentKind.PERSON and not gift.anonymous:
        return salutation_of(addressee_of(donor))
    return _named(gift, donor)


def _you(donor: Constituent | None) -> str:
    kind = ConstituentKind(donor.kind) if donor else ConstituentKind.PERSON
    return {ConstituentKind.PERSON: "您", ConstituentKind.COMPANY: "贵公司"}.get(kind, "各位校友")


def _wish(donor: Constituent | None) -> str:
    if donor is not None and donor.kind == ConstituentKind.COMPANY:
        return "事业兴旺、前程似锦"
    return "身体健康、阖家幸福"


def _keep(
    session: Session,
    office: Office,
    gift: Gift,
    kind: PaperKind,
    name: str,
    file_kind: str,
    data: bytes,
    actor: Actor,
    now: datetime,
) -> Blob:
    blob = keep(session, office.vault, Upload(name, data), kind=file_kind, actor=actor, now=now)
    on = office.acted_on(actor, now)
    file_paper(session, gift, kind, blob, title=name, on=on, actor=actor, now=now)
    return blob
