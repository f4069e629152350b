"""Rules of the foundation's review and of the donor's check of the approved text."""

from __future__ import annotations

from tests.domain.guard_rules.rule import OTHER_TEXT, met, unmet

CAPACITIES = ("reviewer", "legal", "secretary_general", "chair", "council")
APPROVE = "review approve # --for reviewer --evidence FILE"
RETURN = "review return # --for reviewer --evidence FILE"

REVIEWING = (
    met("has_remarks", remarks_unanswered=1),
    unmet("has_remarks", "No open remark says what is to be changed.", "review remark # TEXT"),
    met("remarks_answered"),
    met("remarks_answered", remarks=0),
    unmet(
        "remarks_answered",
        "1 of 4 remarks are not answered.",
        "review show #",
        also="review answer # NO --accepted",
        remarks_unanswered=1,
    ),
    met("revised_since_review"),
    met("revised_since_review", revision=1, reviewed_revision=None),
    *(
        unmet(
            "revised_since_review",
            f"Revision {reviewed} is the one that came back.",
            "agreement draft #",
            reviewed_revision=reviewed,
        )
        for reviewed in (3, 4)
    ),
    *(
        unmet(
            "revised_since_review",
            "No draft has been written.",
            "agreement draft #",
            revision=None,
            reviewed_revision=reviewed,
        )
        for reviewed in (None, 2)
    ),
    met("approvals_complete"),
    unmet(
        "approvals_complete",
        "Consent is missing from: legal office.",
        APPROVE,
        also=RETURN,
        rungs_missing=("legal",),
    ),
    unmet(
        "approvals_complete",
        "Consent is missing from: reviewer, legal office, secretary-general, chair, council.",
        APPROVE,
        also=RETURN,
        rungs_missing=CAPACITIES,
    ),
    met("text_frozen"),
    unmet(
        "text_frozen",
        "Revision 3 was approved, revision 4 is another text.",
        "review show #",
        revision=4,
        document=OTHER_TEXT,
    ),
    *(
        unmet(
            "text_frozen",
            "No approval covers the current text.",
            APPROVE,
            approved_revision=None,
            approved_document=None,
            **changes,
        )
        for changes in ({}, {"revision": None, "document": None})
    ),
    met("sent_to_donor"),
    *(
        unmet(
            "sent_to_donor",
            "The approved text has not been sent to the donor.",
            "donor send # --channel wechat",
            sent_revision=sent,
            approved_revision=approved,
        )
        for sent, approved in ((None, 3), (2, 3), (3, None), (None, None))
    ),
    met("has_objection", objections_unanswered=1),
    unmet(
        "has_objection",
        "No open objection is written down.",
        "donor object # TEXT --for donor --evidence FILE",
    ),
    met("objections_answered"),
    met("objections_answered", objections=0),
    unmet(
        "objections_answered",
        "2 of 2 objections are not answered.",
        "donor answer # NO TEXT",
        objections_unanswered=2,
    ),
    met("donor_agreed"),
    *(
        unmet(
            "donor_agreed",
            "The donor has not agreed to the approved text.",
            "donor agree # --for donor --evidence FILE",
            agreed_revision=agreed,
            approved_revision=approved,
        )
        for agreed, approved in ((None, 3), (2, 3), (3, None), (None, None))
    ),
)
