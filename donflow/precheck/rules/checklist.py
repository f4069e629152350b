"""What only a person can judge: the reviewer's checklist, by kind of agreement."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from donflow.errors import N_, Sentence, say
from donflow.precheck.facts import Facts, Kind


@dataclass(frozen=True)
class Question:
    """One thing to look into; the key stays the same between versions."""

    key: str
    sentence: Sentence


def checklist(facts: Facts) -> tuple[Question, ...]:
    """The questions for an agreement of this kind, in the order in which a reviewer asks them."""
    return tuple(_questions(facts))


def _questions(facts: Facts) -> Iterator[Question]:
    donors = [party for party in facts.parties if party.role == "donor"]
    yield _ask("donor_identity", N_("Are the donor's identity and the source of the money proper?"))
    yield _ask(
        "purpose_fits",
        N_("Does it fit the foundation's aims and the school's needs? Does the unit agree?"),
    )
    if facts.kind is Kind.IN_KIND:
        yield _ask(
            "goods_needed",
            N_("Are the goods needed and usable, and who pays for running them?"),
        )
        yield _ask("valuation", N_("Can the value be trusted, or must it be appraised?"))
        yield _ask(
            "property_rights",
            N_("Do shares, buildings or rights given carry limits or taxes?"),
        )
    if facts.naming:
        yield _ask(
            "naming", N_("Is the name {name} fitting, or a risk to reputation?"), name=facts.naming
        )
    if any(word in facts.purpose for word in ("奖", "助学", "资助", "名额", "竞赛")):
        yield _ask("fair_selection", N_("Are places, standards and selection fair and workable?"))
    yield _ask(
        "academic_freedom",
        N_("Do the donor's rights reach into teaching, appointments or selection?"),
    )
    if facts.kind is Kind.OVERSEAS or any(party.overseas for party in donors):
        yield _ask("overseas", N_("Which approvals or filings does a gift from abroad need?"))
    if facts.kind in (Kind.ENDOWED, Kind.MULTI_INSTALMENT):
        yield _ask("lasting", N_("Can the promise be kept over the years, and who follows it up?"))
    if facts.kind in (Kind.SUPPLEMENTARY, Kind.TERMINATION):
        yield _ask("original", N_("Has the original agreement been read beside this one?"))
    yield _ask(
        "authority", N_("Are the signers authorised, and the meetings' resolutions at hand?")
    )


def _ask(key: str, message: str, **values: object) -> Question:
    return Question(key, say(message, **values))
