"""Rules of the wet-ink originals: printed, signed, countersigned, sealed, given out."""

from __future__ import annotations

from datetime import date

from tests.builders import copies, signature_facts
from tests.domain.guard_rules.rule import OTHER_TEXT, SEAL_KEEPER, met, unmet

NONE_PRINTED = ("No copies are printed.", "original print #")
SIGN = "original sign # --signer NAME --for donor --evidence FILE"
SEAL = f"original seal # --no-blanks --text-compared {SEAL_KEEPER}"
REFUSE = f"original refuse # --reason TEXT {SEAL_KEEPER}"
THREE_DUE = "3 copies are due; {} are printed, {} of them from the approved text."

AFTER_SIGNING = (
    met("copies_printed"),
    met("copies_printed", copies=copies()[:2], copies_due=2),
    unmet("copies_printed", *NONE_PRINTED, copies=()),
    unmet("copies_printed", *NONE_PRINTED, copies=(), copies_due=0),
    *(
        unmet("copies_printed", THREE_DUE.format(*said), "original cancel #", copies=printed)
        for printed, said in (
            (copies()[:2], (2, 2)),
            ((*copies(), *copies()[:1]), (4, 4)),
            (copies(document=OTHER_TEXT), (3, 2)),
        )
    ),
    met("copies_signed", copies=copies(countersigned_on=None, sealed_on=None)),
    unmet("copies_signed", *NONE_PRINTED, copies=()),
    unmet(
        "copies_signed", "Not signed by the donor: copies 2.", SIGN, copies=copies(signed_on=None)
    ),
    met("signatures_in_form"),
    met("signatures_in_form", donor_kind="person", signature=signature_facts(by_seal=False)),
    unmet("signatures_in_form", "It is not recorded how the donor signed.", SIGN, signature=None),
    *(
        unmet(
            "signatures_in_form",
            f"The signature is not in form: {faults}.",
            SIGN,
            signature=signature_facts(**dict.fromkeys(fields, False)),
        )
        for fields, faults in (
            (["by_seal"], "a body must put its official or contract seal"),
            (["authorised"], "the signer's authorisation was not shown"),
            (["every_page"], "not every page bears the signature or a cross-page seal"),
            (
                ["by_seal", "authorised", "every_page", "date_filled"],
                "a body must put its official or contract seal, the signer's authorisation was not "
                "shown, not every page bears the signature or a cross-page seal, the date of "
                "signing is not filled in",
            ),
        )
    ),
    unmet(
        "signatures_in_form",
        "The signature is not in form: the date of signing is not filled in.",
        SIGN,
        donor_kind="person",
        signature=signature_facts(by_seal=False, date_filled=False),
    ),
    met("copies_countersigned", copies=copies(sealed_on=None)),
    unmet("copies_countersigned", *NONE_PRINTED, copies=()),
    unmet(
        "copies_countersigned",
        "Not signed by the foundation: copies 2.",
        "original countersign # --for reviewer --evidence FILE",
        copies=copies(countersigned_on=None),
    ),
    met("copies_sealed"),
    unmet("copies_sealed", *NONE_PRINTED, copies=()),
    unmet(
        "copies_sealed",
        "Not sealed by the foundation: copies 2.",
        SEAL,
        copies=copies(sealed_on=None),
    ),
    met("sealed_after_signing", copies=copies(sealed_on=None, signed_on=None)),
    met("sealed_after_signing", copies=copies(sealed_on=date(2026, 8, 12))),
    met("sealed_after_signing", copies=copies(sealed_on=date(2026, 8, 13))),
    *(
        unmet(
            "sealed_after_signing",
            "Sealed before they were signed: copies 2.",
            REFUSE,
            copies=copies(**changes),
        )
        for changes in (
            {"sealed_on": date(2026, 8, 11)},
            {"signed_on": date(2026, 8, 13)},
            {"signed_on": None},
            {"countersigned_on": None},
        )
    ),
    met("no_blanks_left"),
    unmet(
        "no_blanks_left",
        "Nobody has confirmed that no blank is left in the sealed copies.",
        SEAL,
        seal_checked_blanks=False,
    ),
    met("text_as_approved"),
    unmet(
        "text_as_approved",
        "Printed from another text than the approved one: copies 2.",
        REFUSE,
        copies=copies(document=OTHER_TEXT),
    ),
    unmet(
        "text_as_approved",
        "Printed from another text than the approved one: copies 1, 2, 3.",
        REFUSE,
        approved_document=None,
    ),
    unmet(
        "text_as_approved",
        "The copies were not compared with the approved text before sealing.",
        SEAL,
        seal_compared_text=False,
    ),
    met("agreement_numbered"),
    *(
        unmet(
            "agreement_numbered",
            "The foundation's agreement number is not on record.",
            "agreement number # NUMBER",
            agreement_number=number,
        )
        for number in (None, "")
    ),
    met("agreement_filed", scanned=frozenset({"agreement_scan"})),
    *(
        unmet(
            "agreement_filed",
            "The scan of the executed agreement is not in the vault.",
            "paper file # agreement_scan SCAN",
            scanned=scanned,
        )
        for scanned in (frozenset(), frozenset({"agreement_draft", "receipt"}))
    ),
    met("copies_given_out"),
    met("copies_given_out", copies=(), copies_due=0),
    unmet("copies_given_out", *NONE_PRINTED, copies=()),
    unmet(
        "copies_given_out",
        "Not yet with the party they are meant for: copies 2.",
        "original place # COPY --with HOLDER",
        copies=copies(placed=False),
    ),
)
