"""Guards from the first word to the moment a draft leaves the school."""

from __future__ import annotations

from datetime import timedelta

from donflow.domain.facts import GiftFacts, OpenFinding, RecordKind
from donflow.domain.guards.mending import lacking, lacking_either, wait
from donflow.engine.spec import Unmet
from donflow.errors import N_, Sentence, say

SILENT_DAYS = 60
"""After so many days without an answer a waiting gift may expire (house rule)."""


def donor_named(gift: GiftFacts) -> Unmet | None:
    """The donor is on record, or the gift is recorded as anonymous (慈善法 39; 捐赠法 12)."""
    if gift.donor_kind is not None or gift.anonymous:
        return None
    reason = say(N_("It is not recorded who gives."))
    return lacking(reason, f"gift edit {gift.number} --donor NAME")


def liaison_known(gift: GiftFacts) -> Unmet | None:
    """It is known through whom the intent came, unless nobody knows who gives."""
    if gift.liaison_known or gift.donor_unknown:
        return None
    reason = say(N_("It is not recorded which teacher brought this intent."))
    return lacking(reason, f"gift edit {gift.number} --liaison NAME")


def privacy_notice_given(gift: GiftFacts) -> Unmet | None:
    """The donor was told who keeps which data and why (个人信息保护法 17)."""
    if gift.notice_given_on is not None or gift.donor_unknown:
        return None
    reason = say(N_("The donor has not been given the privacy notice."))
    return lacking(reason, f"gift edit {gift.number} --notice-given-on DAY")


def contact_made(gift: GiftFacts) -> Unmet | None:
    """The secretary has spoken with the donor directly, unless nobody knows who gives."""
    if gift.last_contact_on is not None or gift.donor_unknown:
        return None
    reason = say(N_("No direct contact with the donor is recorded."))
    return lacking(reason, f"gift contact {gift.number} --channel phone")


def gift_described(gift: GiftFacts) -> Unmet | None:
    """Amount, purpose and whether it is restricted are known (慈善法 39)."""
    if not gift.undescribed:
        return None
    reason = say(N_("Not yet recorded: {fields}."), fields=_fields(gift.undescribed))
    options = " ".join(FIELD_OPTIONS.get(name, f"--{name}") for name in gift.undescribed)
    return lacking(reason, f"gift edit {gift.number} {options}")


def screening_passed(gift: GiftFacts) -> Unmet | None:
    """Source of funds and conditions were judged, and nothing stood against the gift."""
    if gift.screening_passed:
        return None
    if gift.screening_passed is None:
        reason = say(N_("The source of funds and the conditions have not been judged."))
    else:
        reason = say(N_("The screening ended with doubts."))
    return lacking(reason, f"gift screen {gift.number} --source-of-funds TEXT --passed")


def fields_complete(gift: GiftFacts) -> Unmet | None:
    """Nothing that the agreement must say is unknown (慈善法 39; 捐赠法 12)."""
    if not gift.unfilled:
        return None
    reason = say(N_("The agreement lacks: {fields}."), fields=gift.unfilled)
    return lacking(reason, f"agreement fields {gift.number}")


def plan_sums_up(gift: GiftFacts) -> Unmet | None:
    """The instalments add up to the gift's amount."""
    if gift.amount is None:
        reason = say(N_("The gift's amount is not recorded."))
        return lacking(reason, f"gift edit {gift.number} --amount AMOUNT")
    if gift.instalments_total == gift.amount:
        return None
    if gift.instalments_total is None:
        reason = say(N_("No instalment is planned."))
        return lacking(reason, f"gift edit {gift.number} --pay-by DAY")
    reason = say(
        N_("The instalments add up to {planned}, the gift is {amount}."),
        planned=gift.instalments_total,
        amount=gift.amount,
    )
    if gift.instalments > 1:
        return lacking(reason, f"gift instalments {gift.number} --part DAY=AMOUNT")
    return lacking(reason, f"gift edit {gift.number} --pay-by DAY")


def draft_written(gift: GiftFacts) -> Unmet | None:
    """There is a revision of the agreement."""
    if gift.revision is not None:
        return None
    return lacking(say(N_("No draft has been written.")), f"agreement draft {gift.number}")


def draft_as_recorded(gift: GiftFacts) -> Unmet | None:
    """The current draft says what is on record now: amount, parties, purpose, terms."""
    if gift.revision is None or not gift.draft_outdated:
        return None
    reason = say(
        N_("Something the agreement names was changed after draft {no}."), no=gift.revision
    )
    return lacking(reason, f"agreement draft {gift.number}")


def template_newest(gift: GiftFacts) -> Unmet | None:
    """The draft stands on the template that a person lately confirmed as the newest."""
    fresh = gift.template_confirmed_on is not None and (
        gift.today - gift.template_confirmed_on <= timedelta(days=gift.template_days)
    )
    if fresh and not gift.template_outdated:
        return None
    if fresh:
        reason = say(N_("The draft was written from an older template."))
        return lacking(reason, f"agreement draft {gift.number}")
    reason = say(
        N_("Nobody has confirmed in the last {days} days that the template is the newest."),
        days=gift.template_days,
    )
    return lacking(reason, f"template confirm {gift.kind or 'KIND'}")


def self_check_done(gift: GiftFacts) -> Unmet | None:
    """A person has read this very revision before it leaves the school."""
    if gift.revision is not None and gift.checked_revision == gift.revision:
        return None
    if gift.revision is None:
        reason = say(N_("No draft has been read through by a person."))
    else:
        reason = say(N_("Revision {no} has not been read through by a person."), no=gift.revision)
    return lacking(reason, f"agreement check {gift.number}")


def precheck_clean_or_waived(gift: GiftFacts) -> Unmet | None:
    """The pre-check by today's rules found no fault in the draft, or a person let each stand."""
    if gift.rules_changed:
        reason = say(
            N_("The rules were changed since draft {no} was held to them."), no=gift.revision
        )
        return lacking(reason, f"agreement check {gift.number}")
    if not gift.findings_open:
        return None
    reason = say(
        N_("Faults in draft {no}: {faults}"),
        no=gift.revision,
        faults=tuple(_fault(finding) for finding in gift.findings_open),
    )
    again = "take-in {gift} FILE" if gift.draft_taken_in else "draft {gift}"
    return lacking_either(
        reason,
        f"agreement {again.format(gift=gift.number)}",
        f"agreement waive {gift.number} NO --reason TEXT",
    )


def identity_seen(gift: GiftFacts) -> Unmet | None:
    """The donor's licence or identity card was seen (it is not kept unless asked for)."""
    if RecordKind.IDENTITY_SEEN in gift.records or gift.anonymous:
        return None
    reason = say(N_("It is not recorded that the donor's licence or identity card was seen."))
    return lacking(reason, f"gift record {gift.number} identity_seen")


def leader_consented(gift: GiftFacts) -> Unmet | None:
    """The school's leaders agreed that this gift goes to the foundation."""
    if RecordKind.LEADER_CONSENT in gift.records:
        return None
    reason = say(N_("The consent of the school's leaders is not on record."))
    command = f"gift record {gift.number} leader_consent --for leader --evidence MINUTES"
    return lacking(reason, command)


def withdrawal_recorded(gift: GiftFacts) -> Unmet | None:
    """The donor's own word of withdrawal is on record (no pressure is put on anybody)."""
    if RecordKind.WITHDRAWAL in gift.records:
        return None
    reason = say(N_("The donor's own word of withdrawal is not on record."))
    return lacking(reason, f"gift record {gift.number} withdrawal --file FILE")


def long_silent(gift: GiftFacts) -> Unmet | None:
    """The other side has been silent for the whole time that the house rule grants."""
    since = max(filter(None, (gift.entered_on, gift.last_contact_on)))
    silent = (gift.today - since).days
    if silent >= SILENT_DAYS:
        return None
    reason = say(
        N_("Silent for {days} days only; a gift expires after {limit}."),
        days=silent,
        limit=SILENT_DAYS,
    )
    until = since + timedelta(days=SILENT_DAYS)
    return wait(reason, say(N_("Wait until {day}, or remind the donor."), day=until))


def reminded(gift: GiftFacts) -> Unmet | None:
    """A reminder went out since the gift came to this stage."""
    if gift.last_reminded_on is not None and gift.last_reminded_on >= gift.entered_on:
        return None
    reason = say(N_("The donor has not been reminded since {day}."), day=gift.entered_on)
    return lacking(reason, f"gift record {gift.number} reminded --note TEXT")


FIELD_NAMES = {
    "amount": N_("amount"),
    "purpose": N_("purpose"),
    "restricted": N_("restricted or not"),
    "pay-by": N_("date of payment"),
}
"""The names of fields as a person reads them."""

FIELD_OPTIONS = {
    "amount": "--amount AMOUNT",
    "purpose": "--purpose TEXT",
    "restricted": "--restricted",
    "pay-by": "--pay-by DAY",
}
"""What records each field, as options of `donflow gift edit`."""


def _fault(finding: OpenFinding) -> Sentence:
    if not finding.words:
        return say(N_("({no}) {expect}"), no=finding.no, expect=finding.expect)
    return say(
        N_("({no}) line {line} “{words}”: {expect}"),
        no=finding.no,
        line=finding.line,
        words=finding.words,
        expect=finding.expect,
    )


def _fields(codes: tuple[str, ...]) -> tuple[object, ...]:
    return tuple(say(FIELD_NAMES.get(code, code)) for code in codes)


GUARDS = (
    donor_named,
    liaison_known,
    privacy_notice_given,
    contact_made,
    gift_described,
    screening_passed,
    fields_complete,
    plan_sums_up,
    draft_written,
    draft_as_recorded,
    template_newest,
    self_check_done,
    precheck_clean_or_waived,
    identity_seen,
    leader_consented,
    withdrawal_recorded,
    long_silent,
    reminded,
)
