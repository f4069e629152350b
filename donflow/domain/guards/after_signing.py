"""Guards of the wet-ink originals: printed, signed, countersigned, sealed, given out."""

from __future__ import annotations

from collections.abc import Callable

from donflow.domain.facts import CopyFacts, GiftFacts, PaperKind
from donflow.domain.guards.mending import lacking
from donflow.engine.spec import Unmet
from donflow.errors import N_, say


def copies_printed(gift: GiftFacts) -> Unmet | None:
    """As many copies as the agreement says were printed from the approved text."""
    if not gift.copies:
        return _none_printed(gift)
    right = sum(copy.document == gift.approved_document for copy in gift.copies)
    if right == len(gift.copies) == gift.copies_due:
        return None
    reason = say(
        N_("{due} copies are due; {printed} are printed, {right} of them from the approved text."),
        due=gift.copies_due,
        printed=len(gift.copies),
        right=right,
    )
    return lacking(reason, f"original cancel {gift.number}")


def copies_signed(gift: GiftFacts) -> Unmet | None:
    """The donor executed every copy."""
    if not gift.copies:
        return _none_printed(gift)
    missing = _without(gift, lambda copy: copy.signed_on)
    if not missing:
        return None
    reason = say(N_("Not signed by the donor: copies {copies}."), copies=missing)
    return lacking(reason, _sign(gift))


def signatures_in_form(gift: GiftFacts) -> Unmet | None:
    """A body seals by an authorised signer, a person signs; every page, and the date is filled."""
    form = gift.signature
    if form is None:
        reason = say(N_("It is not recorded how the donor signed."))
        return lacking(
            reason, f"original sign {gift.number} --signer NAME --for donor --evidence FILE"
        )
    wrong = [
        fault
        for fault, found in (
            (N_("a body must put its official or contract seal"), _body_unsealed(gift)),
            (N_("the signer's authorisation was not shown"), not form.authorised),
            (N_("not every page bears the signature or a cross-page seal"), not form.every_page),
            (N_("the date of signing is not filled in"), not form.date_filled),
        )
        if found
    ]
    if not wrong:
        return None
    reason = say(N_("The signature is not in form: {faults}."), faults=tuple(map(say, wrong)))
    return lacking(reason, _sign(gift))


def copies_countersigned(gift: GiftFacts) -> Unmet | None:
    """The foundation's representative signed every copy; whoever signs does not seal."""
    if not gift.copies:
        return _none_printed(gift)
    missing = _without(gift, lambda copy: copy.countersigned_on)
    if not missing:
        return None
    reason = say(N_("Not signed by the foundation: copies {copies}."), copies=missing)
    return lacking(reason, f"original countersign {gift.number} --for reviewer --evidence FILE")


def copies_sealed(gift: GiftFacts) -> Unmet | None:
    """Every copy bears the foundation's seal, under a number of the seal register."""
    if not gift.copies:
        return _none_printed(gift)
    missing = _without(gift, lambda copy: copy.sealed_on)
    if not missing:
        return None
    reason = say(N_("Not sealed by the foundation: copies {copies}."), copies=missing)
    return lacking(reason, _seal(gift))


def sealed_after_signing(gift: GiftFacts) -> Unmet | None:
    """First signed, then sealed: no seal stands on a copy before both signatures."""
    early = tuple(
        copy.no
        for copy in gift.copies
        if copy.sealed_on is not None
        and any(
            signed is None or copy.sealed_on < signed
            for signed in (copy.signed_on, copy.countersigned_on)
        )
    )
    if not early:
        return None
    reason = say(N_("Sealed before they were signed: copies {copies}."), copies=early)
    return lacking(reason, _refuse(gift))


def no_blanks_left(gift: GiftFacts) -> Unmet | None:
    """The seal keeper saw that no blank is left: no seal on blanks."""
    if gift.seal_checked_blanks:
        return None
    reason = say(N_("Nobody has confirmed that no blank is left in the sealed copies."))
    return lacking(reason, _seal(gift))


def text_as_approved(gift: GiftFacts) -> Unmet | None:
    """The sealed copies are printed from the approved bytes and were compared with them."""
    other = tuple(c.no for c in gift.copies if c.document != gift.approved_document)
    if other:
        reason = say(
            N_("Printed from another text than the approved one: copies {copies}."), copies=other
        )
        return lacking(reason, _refuse(gift))
    if not gift.seal_compared_text:
        reason = say(N_("The copies were not compared with the approved text before sealing."))
        return lacking(reason, _seal(gift))
    return None


def agreement_numbered(gift: GiftFacts) -> Unmet | None:
    """The foundation's agreement number is on record."""
    if gift.agreement_number:
        return None
    reason = say(N_("The foundation's agreement number is not on record."))
    return lacking(reason, f"agreement number {gift.number} NUMBER")


def agreement_filed(gift: GiftFacts) -> Unmet | None:
    """The scan of the executed agreement is in the vault."""
    if PaperKind.AGREEMENT_SCAN in gift.scanned:
        return None
    reason = say(N_("The scan of the executed agreement is not in the vault."))
    return lacking(reason, f"paper file {gift.number} agreement_scan SCAN")


def copies_given_out(gift: GiftFacts) -> Unmet | None:
    """Each original is with the party it is meant for; without an agreement there is none."""
    if gift.copies_due and not gift.copies:
        return _none_printed(gift)
    missing = _without(gift, lambda copy: copy.placed)
    if not missing:
        return None
    reason = say(N_("Not yet with the party they are meant for: copies {copies}."), copies=missing)
    return lacking(reason, f"original place {gift.number} COPY --with HOLDER")


def _none_printed(gift: GiftFacts) -> Unmet:
    return lacking(say(N_("No copies are printed.")), f"original print {gift.number}")


def _sign(gift: GiftFacts) -> str:
    return f"original sign {gift.number} --signer NAME --for donor --evidence FILE"


def _seal(gift: GiftFacts) -> str:
    checked = "--no-blanks --text-compared"
    return f"original seal {gift.number} {checked} --for seal_keeper --evidence FILE"


def _refuse(gift: GiftFacts) -> str:
    """Sealing cannot be undone: the copies go back and are printed and signed anew."""
    return f"original refuse {gift.number} --reason TEXT --for seal_keeper --evidence FILE"


def _without(gift: GiftFacts, has: Callable[[CopyFacts], object]) -> tuple[int, ...]:
    return tuple(copy.no for copy in gift.copies if not has(copy))


def _body_unsealed(gift: GiftFacts) -> bool:
    return (
        gift.donor_kind == "company" and gift.signature is not None and not gift.signature.by_seal
    )


GUARDS = (
    copies_printed,
    copies_signed,
    signatures_in_form,
    copies_countersigned,
    copies_sealed,
    sealed_after_signing,
    no_blanks_left,
    text_as_approved,
    agreement_numbered,
    agreement_filed,
    copies_given_out,
)
