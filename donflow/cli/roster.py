"""The commands of the alumni roster, each imported when it is asked for."""

from __future__ import annotations

from typing import Final

from donflow.cli.commands import LazyGroup
from donflow.errors import N_

PLACES: Final = {
    "import": ("donflow.cli.roster_import:import_", N_("Take in the people of a spreadsheet")),
    "headers": ("donflow.cli.roster_headers:headers", N_("What headers of spreadsheets were said to mean")),
    "forget-header": ("donflow.cli.roster_headers:forget_header", N_("Forget what a header was said to mean")),
    "search": ("donflow.cli.roster_search:search", N_("People by whatever one has at hand")),
    "show": ("donflow.cli.person_view:show_alumnus", N_("All that is known of a person, with who told it")),
    "form": ("donflow.cli.roster_form:form", N_("The personal information form, filled with what is known")),
    "form-back": ("donflow.cli.roster_form_back:form_back", N_("Read a filled form as proposals")),
    "merge": ("donflow.cli.roster_merging:merge", N_("Say that two numbers are one person")),
    "unmerge": ("donflow.cli.roster_merging:unmerge", N_("Take a merge back")),
    "doubles": ("donflow.cli.roster_merging:doubles", N_("Look for people who stand in the roster twice")),
    "proposals": ("donflow.cli.roster_proposals:proposals", N_("What is proposed and waits for a decision")),
    "propose": ("donflow.cli.roster_proposals:propose", N_("Propose a change that somebody told")),
    "accept": ("donflow.cli.roster_proposals:accept", N_("Accept proposals")),
    "refuse": ("donflow.cli.roster_proposals:refuse", N_("Refuse proposals")),
    "diff": ("donflow.cli.roster_diff:diff", N_("What the university's own system should add or change")),
    "list": ("donflow.cli.roster_list:list_", N_("Alumni by class, year, major, city, segment or chapter")),
    "stats": ("donflow.cli.roster_stats:stats", N_("Head counts, contact rate, participation, completeness")),
    "liaison": ("donflow.cli.roster_liaison:liaison", N_("Class liaisons and their letters of appointment")),
    "check": ("donflow.cli.roster_check:check", N_("Answer another department whether people are alumni")),
    "export": ("donflow.cli.roster_export:export", N_("Write a list in the office's own columns to a file")),
    "vcard": ("donflow.cli.roster_export:vcard", N_("Write people as cards for an address book")),
}  # fmt: skip

roster = LazyGroup(
    "roster",
    help=N_("Alumni, and the spreadsheets they come from"),
    places=PLACES,
    no_args_is_help=True,
    example="donflow roster import 名册.xlsx --dry-run",
)
