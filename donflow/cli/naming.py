"""The words for the codes that options take and answers show; NamedChoice takes either."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from donflow.errors import N_, Sentence, say

ROLE_NAMES: Final = {
    "secretary": N_("secretary"),
    "liaison": N_("liaison teacher"),
    "leader": N_("leader"),
    "reviewer": N_("reviewer"),
    "finance": N_("finance officer"),
    "seal_keeper": N_("seal keeper"),
    "chapter_officer": N_("chapter officer"),
    "admin": N_("administrator"),
    "donor": N_("donor"),
    "time": N_("the clock"),
}
EVIDENCE_NAMES: Final = {
    "returned_word": N_("returned draft"),
    "notice": N_("notice"),
    "bank_slip": N_("bank slip"),
    "minutes": N_("minutes"),
    "photo": N_("photo"),
    "signed_paper": N_("signed paper"),
    "message": N_("message"),
    "letter": N_("letter"),
}
CHANNEL_NAMES: Final = {
    "visit": N_("visit"),
    "phone": N_("telephone"),
    "wechat": N_("WeChat"),
    "mail": N_("e-mail"),
    "letter": N_("letter"),
    "event": N_("event"),
    "teacher": N_("teacher"),
    "other": N_("other way"),
}
CONTACT_KINDS: Final = {
    "called": N_("called"),
    "visited": N_("visited"),
    "met": N_("met"),
    "sent": N_("sent a message"),
    "posted": N_("posted something"),
    "received": N_("heard from"),
}
CONTACT_SOURCES: Final = {
    "contact": N_("entered by hand"),
    "letter": N_("greeting or letter"),
    "parcel": N_("parcel"),
    "thanks": N_("thanks"),
}
WAY_NAMES: Final = {
    "wechat": N_("WeChat"),
    "mail": N_("e-mail"),
    "paper": N_("on paper"),
    "folder": N_("as a file"),
    "webhook": N_("by the webhook"),
}
OBLIGATION_NAMES: Final = {
    "report_use": N_("report on the use"),
    "renewal_talk": N_("talk about what follows the naming"),
    "naming_end": N_("end of the naming"),
}
OUTCOME_NAMES: Final = {
    "done": N_("done"),
    "waived": N_("waived"),
    "moved": N_("moved to another day"),
}
FACT_NAMES: Final = {
    "handed_over": N_("handed over by the liaison teacher"),
    "leader_consent": N_("leaders' consent"),
    "identity_seen": N_("licence or identity card seen"),
    "signer_authorised": N_("signer's authorisation"),
    "payer_explained": N_("payer explained"),
    "reminded": N_("donor reminded"),
    "withdrawal": N_("donor's withdrawal"),
    "dispute": N_("dispute"),
    "hardship": N_("donor's hardship"),
    "compliance_hold": N_("compliance hold"),
    "supplement": N_("supplementary agreement"),
    "termination_agreement": N_("termination agreement"),
    "settlement": N_("settlement sheet"),
    "waiver_ground": N_("ground of a waiver"),
    "archive_upload": N_("upload to the document system"),
    "final_report": N_("last report on the use"),
    "surplus_settled": N_("surplus settled"),
}
PAPER_NAMES: Final = {
    "agreement_draft": N_("draft"),
    "returned_draft": N_("returned draft"),
    "agreement_scan": N_("agreement"),
    "payment_notice": N_("payment notice"),
    "bank_slip": N_("bank slip"),
    "receipt": N_("receipt"),
    "certificate": N_("certificate"),
    "acknowledgement": N_("letter of thanks"),
    "routing_slip": N_("routing slip"),
    "custody_package": N_("package for the file keeper"),
    "evidence": N_("evidence"),
    "other": N_("other paper"),
}
GROUND_NAMES: Final = {
    "anonymous": N_("anonymous gift"),
    "waived": N_("donor wants none"),
    "not_eligible": N_("not eligible"),
    "small_gift": N_("small gift"),
}
HOLDER_NAMES: Final = {
    "secretary": N_("secretary"),
    "donor": N_("donor"),
    "foundation": N_("foundation"),
    "school": N_("school"),
    "post": N_("on its way"),
    "archive": N_("archive"),
}
METHOD_NAMES: Final = {
    "post": N_("by post"),
    "hand": N_("by hand"),
    "message": N_("as a message"),
}
CONTENT_NAMES: Final = {
    "agreement": N_("agreement"),
    "receipt": N_("receipt"),
    "certificate": N_("certificate"),
    "acknowledgement": N_("letter of thanks"),
    "souvenir": N_("souvenir"),
    "card": N_("card"),
}
THANKS_NAMES: Final = {
    "sent": N_("by letter"),
    "called": N_("by a call"),
    "visited": N_("in person"),
    "posted": N_("by a public notice without a name"),
}
FORM_NAMES: Final = {"electronic": N_("electronic receipt"), "paper": N_("paper receipt")}
DESK_NAMES: Final = {"single": N_("single desk"), "shared": N_("shared desk")}
LEVEL_NAMES: Final = {"must": N_("must"), "should": N_("should"), "ask": N_("question")}
KIND_NAMES: Final = {
    "person": N_("person"),
    "company": N_("company"),
    "class": N_("class"),
    "chapter": N_("chapter"),
}
GENDER_NAMES: Final = {"male": N_("male"), "female": N_("female")}
CONTACT_NAMES: Final = {
    "phone": N_("telephone"),
    "mail": N_("mail address"),
    "wechat": N_("WeChat"),
    "address": N_("address"),
}
IDENTIFIER_NAMES: Final = {
    "uscc": N_("credit code"),
    "resident_id": N_("resident number"),
    "bank_account": N_("bank account"),
    "passport": N_("passport"),
}
SOURCE_NAMES: Final = {
    "self": N_("the person"),
    "agreement": N_("agreement"),
    "archive": N_("archive"),
    "class_liaison": N_("class liaison"),
    "chapter": N_("chapter"),
    "colleague": N_("colleague"),
    "event": N_("event"),
    "roster": N_("spreadsheet of alumni"),
    "form": N_("form filled in by the person"),
}
PURPOSE_NAMES: Final = {
    "data_keeping": N_("keeping the data"),
    "greetings": N_("greetings"),
    "publicity_name": N_("publishing the name"),
    "publicity_amount": N_("publishing the amount"),
    "publicity_picture": N_("publishing pictures"),
    "chapter_page": N_("name and office on a chapter's page"),
    "chapter_contact": N_("telephone number on a chapter's page"),
}
CONSENT_CHANNEL_NAMES: Final = {
    "any": N_("any channel"),
    "mail": N_("e-mail"),
    "phone": N_("telephone"),
    "post": N_("by post"),
    "wechat": N_("WeChat"),
}
ACT_NAMES: Final = {
    "user add": N_("add a user"),
    "user role": N_("change a user's role"),
    "user deactivate": N_("deactivate a user"),
    "states activate": N_("make a states.yaml current"),
    "states migrate": N_("move the gifts under way to the current lifecycles"),
    "settings desk": N_("change whose desk it is"),
    "person erase": N_("erase a person"),
    "roster import": N_("take in a spreadsheet of alumni"),
    "roster export": N_("let a list of people leave the office in full"),
    "roster vcard": N_("let people leave the office as cards, in full"),
    "greeting rhythm set": N_("greet a segment on an occasion"),
    "greeting courier": N_("give the courier names, mobiles and addresses in full"),
    "greeting rhythm stop": N_("greet a segment on an occasion no more"),
}
ERASURE_NAMES: Final = {
    "asked": N_("the person asked for it"),
    "unneeded": N_("no longer needed"),
}
REFUSAL_NAMES: Final = {
    "bundle": N_("bundle of files"),
    "damaged": N_("damaged"),
    "doctype": N_("XML with a DOCTYPE"),
    "doubled_part": N_("damaged inside"),
    "embedded_object": N_("embedded object"),
    "external_relation": N_("linked to outside"),
    "fetching_field": N_("linked to outside"),
    "foreign_chunk": N_("damaged inside"),
    "hidden_characters": N_("hidden characters in the name"),
    "inflates_too_much": N_("too large once unpacked"),
    "kind_differs": N_("content is not what the name says"),
    "macros": N_("macros or controls"),
    "mail": N_("e-mail"),
    "nested_archive": N_("bundle within a bundle"),
    "nested_too_deeply": N_("damaged inside"),
    "overlapping_parts": N_("damaged inside"),
    "pdf_hidden": N_("hidden content in the PDF"),
    "pdf_launch": N_("PDF that starts programs"),
    "pdf_script": N_("PDF with a script"),
    "picture_kind": N_("kind of picture not taken in"),
    "program": N_("program"),
    "program_field": N_("field that starts programs"),
    "protected": N_("password"),
    "second_file": N_("second file behind the first"),
    "tag_too_long": N_("damaged inside"),
    "too_large": N_("too large"),
    "too_many_elements": N_("too large once unpacked"),
    "too_many_pages": N_("too many pages"),
    "too_many_parts": N_("too large once unpacked"),
    "too_many_pixels": N_("too many pixels"),
    "unknown_kind": N_("unknown kind of file"),
    "unsafe_part_name": N_("damaged inside"),
    "wrong_part_size": N_("damaged inside"),
}
VERDICT_NAMES: Final = {
    "valid": N_("right"),
    "invalid": N_("wrong"),
    "suspect": N_("doubtful, compare it with the paper"),
    "legacy15": N_("an old number of 15 digits, cannot be checked"),
    "ok": N_("right"),
    "fixable": N_("right after mending"),
    "multi": N_("several numbers"),
    "incomplete": N_("without area code"),
    "masked": N_("partly hidden"),
    "empty": N_("nothing"),
}
FAULT_NAMES: Final = {
    "gap_after_rmb": N_("a gap after 人民币"),
    "missing_yi_before_shi": N_("壹 is missing before 拾"),
    "ordinary_numerals": N_("ordinary numerals such as 一二三"),
    "liang": N_("两 instead of 贰"),
    "missing_yuan": N_("元 is missing"),
    "missing_zheng": N_("整 is missing after 元"),
    "zheng_after_fen": N_("整 stands after 分"),
    "missing_zero_gap": N_("零 is missing in a gap"),
    "double_zero": N_("零 stands twice"),
    "needless_zero": N_("a needless 零"),
    "needless_yuan": N_("a needless 元"),
    "figures_words_mismatch": N_("words and figures differ"),
    "blank": N_("a blank"),
    "bad_char": N_("a character that is no numeral"),
    "unreadable": N_("cannot be read"),
}

ACTION_NAMES: Final = {
    "gift_registered": N_("intent registered"),
    "gift_edited": N_("particulars changed"),
    "plan_set": N_("plan of payment set"),
    "contact_recorded": N_("contact recorded"),
    "gift_screened": N_("screened"),
    "fact_recorded": N_("fact recorded"),
    "terms_set": N_("terms set"),
    "revision_written": N_("draft written"),
    "self_checked": N_("draft read through"),
    "finding_waived": N_("fault waived"),
    "prechecked_again": N_("held to the changed rules"),
    "round_opened": N_("sent to the foundation"),
    "remark_recorded": N_("remark recorded"),
    "remark_answered": N_("remark answered"),
    "remark_levelled": N_("level of a remark changed"),
    "consent_recorded": N_("consent recorded"),
    "round_ended": N_("review ended"),
    "approval_lapsed": N_("approval lapsed"),
    "sent_to_donor": N_("sent to the donor"),
    "objection_recorded": N_("objection recorded"),
    "objection_answered": N_("objection answered"),
    "donor_answered": N_("donor answered"),
    "copies_printed": N_("copies printed"),
    "copies_signed": N_("copies signed by the donor"),
    "copies_countersigned": N_("copies signed by the foundation"),
    "copies_cancelled": N_("copies cancelled"),
    "copy_placed": N_("copy handed on"),
    "seal_used": N_("seal used"),
    "payment_recorded": N_("payment recorded"),
    "payment_confirmed": N_("payment confirmed"),
    "payment_struck": N_("payment struck"),
    "receipt_requested": N_("receipt asked for"),
    "receipt_recorded": N_("receipt recorded"),
    "certificate_planned": N_("certificate begun"),
    "certificate_recorded": N_("certificate recorded"),
    "paper_filed": N_("paper filed"),
    "custody_handed": N_("scans handed to the file keeper"),
    "custody_acknowledged": N_("file keeper acknowledged"),
    "parcel_sent": N_("parcel sent"),
    "parcel_lost": N_("parcel lost"),
    "parcel_delivered": N_("parcel delivered"),
    "task_done": N_("task done"),
    "moved": N_("stage changed"),
    "migrated": N_("moved to other lifecycles"),
    "card_suggestion_entered": N_("suggestion on cards entered"),
    "card_suggestion_answered": N_("suggestion on cards answered"),
}


def word_for(names: Mapping[str, str], code: str) -> Sentence:
    """The word for a code; the code itself where there is none."""
    return say(names.get(code, code))


def with_words(sentence: Sentence) -> Sentence:
    """The sentence with words for the codes that rules know only as codes."""
    values = dict(sentence.values)
    for name, words in (("roles", ROLE_NAMES), ("grounds", GROUND_NAMES)):
        codes = values.get(name)
        if isinstance(codes, tuple):
            values[name] = tuple(
                word_for(words, code) if isinstance(code, str) else code for code in codes
            )
    if "action" in values:
        values["action"] = word_for(ACTION_NAMES, str(values["action"]))
    if isinstance(part := values.get("part"), str):
        values["part"] = _part(part)
    return replace(sentence, values=values)


def _part(part: str) -> Sentence | str:
    """A part of a Word file as people call it, with its name in the package."""
    found = re.match(r"word/([a-z]+)\d*\.xml$", part)
    name = PART_NAMES.get(found[1]) if found else None
    return say(N_("{place} ({part})"), place=say(name), part=part) if name else part


PART_NAMES: Final = {
    "document": N_("the text"),
    "footnotes": N_("the footnotes"),
    "endnotes": N_("the endnotes"),
    "header": N_("the header"),
    "footer": N_("the footer"),
    "comments": N_("the comments"),
}
