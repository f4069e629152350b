"""The words for the codes of people: how sure, which field, which standing, how related."""

from __future__ import annotations

from typing import Final

from donflow.errors import N_

CONFIDENCE_NAMES: Final = {
    "sure": N_("sure"),
    "likely": N_("likely"),
    "doubtful": N_("in doubt"),
}
TRAIT_NAMES: Final = {
    "birth": N_("birth"),
    "gender": N_("gender"),
    "ethnicity": N_("ethnic group"),
    "city": N_("city"),
    "province": N_("province"),
}
STATUS_NAMES: Final = {
    "active": N_("in use"),
    "deceased": N_("deceased"),
    "restricted": N_("kept, not used"),
    "erased": N_("erased"),
}
RELATION_NAMES: Final = {
    "spouse": N_("spouse"),
    "widow": N_("widow or widower"),
    "representative": N_("representative"),
    "contact": N_("contact"),
}
LEAP_DAY_NAMES: Final = {"february": N_("on 28 February"), "march": N_("on 1 March")}
WISHED_CHANNEL_NAMES: Final = {
    "wechat": N_("WeChat"),
    "mail": N_("mail"),
    "paper": N_("paper"),
    "any": N_("any channel"),
}
PROPOSAL_NAMES: Final = {
    "merge": N_("two numbers may be one person"),
    "update": N_("changed fields"),
}
BIRTH_NAMES: Final = {"birth": N_("birth")}
"""Beside the contact points and identifiers, what is revealed by itself."""
COLUMN_NAMES: Final = {
    "name": N_("name"),
    "gender": N_("gender"),
    "ethnicity": N_("ethnic group"),
    "birth": N_("birth"),
    "student_no": N_("student number"),
    "enrol_year": N_("year of entry"),
    "grad_year": N_("year of graduation"),
    "degree": N_("degree"),
    "major": N_("major"),
    "class_no": N_("class"),
    "employer": N_("employer"),
    "job_title": N_("post"),
    "city": N_("city"),
    "province": N_("province"),
    "phone": N_("telephone"),
    "email": N_("mail address"),
    "wechat": N_("WeChat"),
    "status": N_("whether deceased"),
}
"""The columns of a spreadsheet of people."""
SECTION_NAMES: Final = {
    "totals": N_("Totals"),
    "head_counts": N_("Head count of graduates"),
    "contact_by_class": N_("Contact rate by class"),
    "contact_by_year": N_("Contact rate by year"),
    "contact_by_segment": N_("Contact rate by segment"),
    "giving_by_class": N_("Participation by class"),
    "giving_by_chapter": N_("Participation by chapter"),
    "completeness": N_("Completeness"),
    "sources": N_("Sources"),
}
FIGURE_NAMES: Final = COLUMN_NAMES | {
    "people": N_("all people"),
    "living": N_("living"),
    "deceased": N_("deceased"),
    "restricted": N_("kept, not used"),
    "graduates": N_("with a study"),
    "reached": N_("can be reached"),
    "effective": N_("effectively contacted"),
    "checked": N_("asked about this year"),
    "merges_open": N_("possible doubles to decide"),
    "updates_open": N_("changes to decide"),
    "mail": N_("mail address"),
    "address": N_("address"),
}
VERDICT_NAMES: Final = {
    "yes": N_("an alumnus"),
    "no": N_("not found"),
    "other_class": N_("an alumnus of that name, of another class or year"),
    "several": N_("several of that name"),
}
