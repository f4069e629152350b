"""Rules from the first word to the moment a draft leaves the school."""

from __future__ import annotations

from datetime import date

from donflow.domain.facts import OpenFinding
from donflow.domain.money import Money
from donflow.errors import Label, say
from tests.builders import PRICE
from tests.domain.guard_rules.rule import FEN, met, recorded, unmet

WORDS_WRONG = OpenFinding(2, 12, "伍拾万元", say("Write {words}.", words="伍拾万元整"))
CLAUSE_MISSING = OpenFinding(5, None, "", say("Say how disputes end."))

BEFORE_REVIEW = (
    met("donor_named", donor_kind="person"),
    met("donor_named", donor_kind=None, anonymous=True),
    unmet(
        "donor_named", "It is not recorded who gives.", "gift edit # --donor NAME", donor_kind=None
    ),
    met("liaison_known"),
    met("liaison_known", liaison_known=False, anonymous=True, donor_kind=None),
    unmet(
        "liaison_known",
        "It is not recorded which teacher brought this intent.",
        "gift edit # --liaison NAME",
        liaison_known=False,
    ),
    met("privacy_notice_given", notice_given_on=date(2026, 9, 21)),
    met("privacy_notice_given", notice_given_on=None, anonymous=True, donor_kind=None),
    *(
        unmet(
            "privacy_notice_given",
            "The donor has not been given the privacy notice.",
            "gift edit # --notice-given-on DAY",
            notice_given_on=None,
            anonymous=anonymous,
        )
        for anonymous in (False, True)
    ),
    met("contact_made"),
    met("contact_made", last_contact_on=None, anonymous=True, donor_kind=None),
    unmet(
        "contact_made",
        "No direct contact with the donor is recorded.",
        "gift contact # --channel phone",
        last_contact_on=None,
        anonymous=True,
    ),
    unmet(
        "contact_made",
        "No direct contact with the donor is recorded.",
        "gift contact # --channel phone",
        last_contact_on=None,
    ),
    met("gift_described"),
    unmet(
        "gift_described",
        "Not yet recorded: purpose.",
        "gift edit # --purpose TEXT",
        undescribed=("purpose",),
    ),
    unmet(
        "gift_described",
        "Not yet recorded: amount, restricted or not, date of payment.",
        "gift edit # --amount AMOUNT --restricted --pay-by DAY",
        undescribed=("amount", "restricted", "pay-by"),
    ),
    met("screening_passed"),
    unmet(
        "screening_passed",
        "The source of funds and the conditions have not been judged.",
        "gift screen # --source-of-funds TEXT --passed",
        screening_passed=None,
    ),
    unmet(
        "screening_passed",
        "The screening ended with doubts.",
        "gift screen # --source-of-funds TEXT --passed",
        screening_passed=False,
    ),
    met("fields_complete"),
    unmet(
        "fields_complete",
        "The agreement lacks: Copies, Bank.",
        "agreement fields #",
        unfilled=(Label("份数", "Copies"), Label("开户行", "Bank")),
    ),
    met("plan_sums_up"),
    unmet(
        "plan_sums_up",
        "The instalments add up to 499,999.99 CNY, the gift is 500,000.00 CNY.",
        "gift edit # --pay-by DAY",
        instalments_total=PRICE - FEN,
    ),
    unmet(
        "plan_sums_up",
        "The instalments add up to 500,000.01 CNY, the gift is 500,000.00 CNY.",
        "gift edit # --pay-by DAY",
        instalments_total=PRICE + FEN,
    ),
    unmet(
        "plan_sums_up",
        "The instalments add up to 500,000.00 USD, the gift is 500,000.00 CNY.",
        "gift edit # --pay-by DAY",
        instalments_total=Money(PRICE.minor, "USD"),
    ),
    unmet(
        "plan_sums_up",
        "No instalment is planned.",
        "gift edit # --pay-by DAY",
        instalments_total=None,
    ),
    *(
        unmet(
            "plan_sums_up",
            "The gift's amount is not recorded.",
            "gift edit # --amount AMOUNT",
            amount=None,
            instalments_total=total,
        )
        for total in (None, PRICE)
    ),
    met("draft_written", revision=1),
    unmet("draft_written", "No draft has been written.", "agreement draft #", revision=None),
    met("draft_as_recorded"),
    met("draft_as_recorded", revision=None, draft_outdated=True),
    unmet(
        "draft_as_recorded",
        "Something the agreement names was changed after draft 3.",
        "agreement draft #",
        revision=3,
        draft_outdated=True,
    ),
    met("template_newest", template_confirmed_on=date(2026, 9, 21)),
    met("template_newest", template_confirmed_on=date(2026, 8, 22)),
    met("template_newest", template_confirmed_on=date(2026, 9, 11), template_days=10),
    *(
        unmet(
            "template_newest",
            f"Nobody has confirmed in the last {days} days that the template is the newest.",
            "template confirm cash",
            template_confirmed_on=day,
            template_days=days,
            template_outdated=outdated,
        )
        for day, days, outdated in (
            (date(2026, 8, 21), 30, False),
            (date(2026, 9, 10), 10, False),
            (date(2026, 8, 21), 30, True),
            (None, 30, False),
        )
    ),
    unmet(
        "template_newest",
        "Nobody has confirmed in the last 30 days that the template is the newest.",
        "template confirm KIND",
        template_confirmed_on=None,
        kind=None,
    ),
    unmet(
        "template_newest",
        "The draft was written from an older template.",
        "agreement draft #",
        template_outdated=True,
    ),
    met("self_check_done"),
    *(
        unmet(
            "self_check_done",
            "Revision 3 has not been read through by a person.",
            "agreement check #",
            checked_revision=checked,
        )
        for checked in (None, 2, 4)
    ),
    *(
        unmet(
            "self_check_done",
            "No draft has been read through by a person.",
            "agreement check #",
            revision=None,
            checked_revision=checked,
        )
        for checked in (None, 3)
    ),
    met("precheck_clean_or_waived"),
    unmet(
        "precheck_clean_or_waived",
        "Faults in draft 3: (2) line 12 “伍拾万元”: Write 伍拾万元整.",
        "agreement draft #",
        also="agreement waive # NO --reason TEXT",
        findings_open=(WORDS_WRONG,),
    ),
    unmet(
        "precheck_clean_or_waived",
        "Faults in draft 3: (2) line 12 “伍拾万元”: Write 伍拾万元整. (5) Say how disputes end.",
        "agreement take-in # FILE",
        also="agreement waive # NO --reason TEXT",
        findings_open=(WORDS_WRONG, CLAUSE_MISSING),
        draft_taken_in=True,
    ),
    unmet(
        "precheck_clean_or_waived",
        "The rules were changed since draft 3 was held to them.",
        "agreement check #",
        findings_open=(WORDS_WRONG,),
        rules_changed=True,
    ),
    *recorded(
        "identity_seen",
        "identity_seen",
        "It is not recorded that the donor's licence or identity card was seen.",
        "",
    ),
    met("identity_seen", records=frozenset(), anonymous=True),
    *recorded(
        "leader_consented",
        "leader_consent",
        "The consent of the school's leaders is not on record.",
        "--for leader --evidence MINUTES",
    ),
    *recorded(
        "withdrawal_recorded",
        "withdrawal",
        "The donor's own word of withdrawal is not on record.",
    ),
    met("long_silent", entered_on=date(2026, 7, 23), last_contact_on=None),
    met("long_silent", entered_on=date(2026, 7, 1), last_contact_on=date(2026, 7, 23)),
    unmet(
        "long_silent",
        "Silent for 59 days only; a gift expires after 60.",
        "Wait until 2026-09-22, or remind the donor.",
        entered_on=date(2026, 7, 24),
        last_contact_on=date(2026, 7, 1),
    ),
    unmet(
        "long_silent",
        "Silent for 59 days only; a gift expires after 60.",
        "Wait until 2026-09-22, or remind the donor.",
        last_contact_on=date(2026, 7, 24),
    ),
    unmet(
        "long_silent",
        "Silent for 0 days only; a gift expires after 60.",
        "Wait until 2026-11-20, or remind the donor.",
        entered_on=date(2026, 9, 21),
        last_contact_on=None,
    ),
    met("reminded", last_reminded_on=date(2026, 7, 1)),
    *(
        unmet(
            "reminded",
            "The donor has not been reminded since 2026-07-01.",
            "gift record # reminded --note TEXT",
            last_reminded_on=day,
        )
        for day in (None, date(2026, 6, 30))
    ),
)
