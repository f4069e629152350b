"""The three papers go to the file keeper as one named package with its cover list."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import PurePath

from sqlalchemy.orm import Session

from donflow.domain.actor import Actor
from donflow.domain.facts import ANONYMOUS_TITLES, PaperKind
from donflow.domain.guards.closing import PAPER_NAMES
from donflow.errors import N_, CommandLine, Refusal, Refused, say
from donflow.gifts.filing import file_paper, papers_of
from donflow.gifts.models import Gift, GiftPaper
from donflow.gifts.plan import instalments_of
from donflow.gifts.register import donor_of
from donflow.lifecycle.advance import gift_machine
from donflow.lifecycle.office import Office
from donflow.lifecycle.papers_due import papers_due
from donflow.papers.certificates import certificates_of
from donflow.papers.custody import hand_over, pack
from donflow.papers.custody_list import CustodyListWords, CustodyPaper, draw_custody_list
from donflow.papers.models import Custody
from donflow.papers.receipts import receipts_of
from donflow.vault import files
from donflow.vault.deposit import Upload, keep
from donflow.vault.models import Blob

PAPER_TITLES = {
    PaperKind.AGREEMENT_SCAN: "捐赠协议",
    PaperKind.RECEIPT: "捐赠票据",
    PaperKind.CERTIFICATE: "捐赠证书",
}


def hand_over_papers(
    session: Session,
    office: Office,
    gift: Gift,
    *,
    custodian: str | None,
    actor: Actor,
    now: datetime,
) -> Custody:
    """Pack the scans with their cover list, keep the package, write down who was given it.

    Refused while a paper that the gift's route asks for is neither filed nor absent on a ground.
    """
    latest = {paper.kind: paper for paper in papers_of(session, gift.id)}
    lifecycle = gift_machine(session, office, gift).lifecycle
    due = papers_due(lifecycle, gift, instalments_of(session, gift.id))
    missing = [kind for kind in due if kind not in latest]
    if missing:
        raise Refused(tuple(_lacking(gift, kind) for kind in missing))
    on = office.acted_on(actor, now)
    keeper = custodian or office.settings.custodian
    scans = [latest[kind] for kind in due if latest[kind].document]
    cover = _cover(session, office, gift, scans, keeper=keeper, now=now, actor=actor)
    members = [(f"00_归档移交清单_{gift.number}.pdf", draw_custody_list(cover))]
    for place, paper in enumerate(scans, start=1):
        blob = session.get_one(Blob, paper.document)
        title = PAPER_TITLES[PaperKind(paper.kind)]
        ending = PurePath(blob.name).suffix
        data = files.read(office.vault, blob.fingerprint)
        members.append((f"{place:02}_{title}_{gift.number}{ending}", data))
    members.append((f"00_文件校验值_{gift.number}.txt", _whole_fingerprints(members)))
    name = f"{gift.number}_归档移交包.zip"
    upload = Upload(name, pack(members))
    package = keep(session, office.vault, upload, kind="zip", actor=actor, now=now)
    kind = PaperKind.CUSTODY_PACKAGE
    file_paper(session, gift, kind, package, title=name, on=on, actor=actor, now=now)
    return hand_over(
        session,
        gift,
        custodian=keeper,
        package=package.fingerprint,
        on=on,
        actor=actor,
        now=now,
    )


def _whole_fingerprints(members: Sequence[tuple[str, bytes]]) -> bytes:
    """The list that the cover refers to: each file's whole sha256, as common tools check it."""
    lines = (f"{files.fingerprint_of(data)}  {name}\n" for name, data in members)
    return "".join(lines).encode()


def _cover(
    session: Session,
    office: Office,
    gift: Gift,
    scans: list[GiftPaper],
    *,
    keeper: str,
    actor: Actor,
    now: datetime,
) -> CustodyListWords:
    donor = donor_of(session, gift)
    return CustodyListWords(
        list_number=f"{gift.number}-01",
        office=office.settings.office or office.settings.school,
        custodian=keeper,
        donor=donor.name if donor and not gift.anonymous else ANONYMOUS_TITLES[0],
        project=gift.naming or gift.purpose or "",
        handed_over_on=office.acted_on(actor, now),
        papers=tuple(
            CustodyPaper(
                kind=PAPER_TITLES[PaperKind(paper.kind)],
                number=_number(session, gift, paper),
                fingerprint=paper.document or "",
                dated_on=paper.on,
            )
            for paper in scans
        ),
        agreement_number=gift.agreement_number or "",
        gift_number=gift.number,
    )


def _number(session: Session, gift: Gift, paper: GiftPaper) -> str:
    match paper.kind:
        case PaperKind.RECEIPT:
            numbers = [receipt.number for receipt in receipts_of(session, gift.id)]
        case PaperKind.CERTIFICATE:
            numbers = [item.number for item in certificates_of(session, gift.id)]
        case _:
            numbers = [gift.agreement_number]
    return next((number for number in reversed(numbers) if number), "")


def _lacking(gift: Gift, kind: PaperKind) -> Refusal:
    reason = say(N_("Not in the scan library: {papers}."), papers=(say(PAPER_NAMES[kind]),))
    command = f"donflow paper file {gift.number} {kind} SCAN"
    return Refusal("papers_filed", reason, say(N_("Run: {command}"), command=CommandLine(command)))
