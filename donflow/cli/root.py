"""The root of the command line, and where each command lives."""

from __future__ import annotations

from typing import Final

import click

from donflow import __version__
from donflow.cli.commands import LazyGroup
from donflow.errors import N_

PLACES: Final = {
    "init": ("donflow.cli.setup:init", N_("Set up an office in a folder of its own")),
    "demo": ("donflow.cli.demo:demo", N_("Take a fictional gift from first word to closure")),
    "today": ("donflow.cli.today:today", N_("What is to be done today, most urgent first")),
    "gift": ("donflow.cli.gift:gift", N_("Gifts: register, look at, move on")),
    "person": ("donflow.cli.person:person", N_("Donors and other people and bodies")),
    "roster": ("donflow.cli.roster:roster", N_("Alumni, and the spreadsheets they come from")),
    "greeting": ("donflow.cli.greeting:greeting", N_("Greetings: planned, approved, handed over")),
    "contact": ("donflow.cli.contact:contact", N_("Contacts with people, and what they suggest")),
    "chapter": ("donflow.cli.chapter:chapter", N_("Chapters of alumni, their councils and officers")),
    "election": ("donflow.cli.election:election", N_("Re-elections of chapters")),
    "agreement": ("donflow.cli.agreement:agreement", N_("The agreement's fields and drafts")),
    "template": ("donflow.cli.template:template", N_("The foundation's templates")),
    "precedent": ("donflow.cli.precedent:precedent", N_("Signed agreements as the measure of drafts")),
    "precheck": ("donflow.cli.precheck:precheck", N_("What a reviewer would find in an agreement")),
    "word": ("donflow.cli.word:word", N_("Read a Word file that came back; compare two")),
    "review": ("donflow.cli.review:review", N_("The foundation's review")),
    "donor": ("donflow.cli.donor:donor", N_("The donor's answer to the approved text")),
    "original": ("donflow.cli.original:original", N_("Signed and sealed originals")),
    "payment": ("donflow.cli.payment:payment", N_("Payment notices and money received")),
    "receipt": ("donflow.cli.receipt:receipt", N_("Official receipts")),
    "certificate": ("donflow.cli.certificate:certificate", N_("Certificates")),
    "paper": ("donflow.cli.paper:paper", N_("Scans, and the file keeper")),
    "parcel": ("donflow.cli.parcel:parcel", N_("Parcels to donors")),
    "thanks": ("donflow.cli.thanks:thanks", N_("Letters of thanks")),
    "task": ("donflow.cli.task:task", N_("Things to do")),
    "vault": ("donflow.cli.vault:vault", N_("Stored files")),
    "order": ("donflow.cli.order:order", N_("Acts that wait for a second person")),
    "user": ("donflow.cli.user:user", N_("Users and their roles")),
    "states": ("donflow.cli.states:states", N_("The lifecycles in states.yaml")),
    "settings": ("donflow.cli.settings:settings", N_("The office's settings")),
    "journal": ("donflow.cli.journal:journal", N_("Who did what, and when")),
    "doctor": ("donflow.cli.doctor:doctor", N_("Look whether machine, home and database are sound")),
    "verify": ("donflow.cli.verify:verify", N_("Find what was changed behind donflow's back")),
    "backup": ("donflow.cli.backup:backup", N_("Write a backup and prove it")),
    "restore": ("donflow.cli.backup:restore", N_("Make an office of a backup, or check one")),
    "upgrade": ("donflow.cli.backup:upgrade", N_("Bring an older office to this donflow")),
    "instance": ("donflow.cli.instance:instance", N_("Whether this is the office or a copy of it")),
    "scheduler": ("donflow.cli.scheduler:scheduler", N_("Let the clock bring what it brings")),
    "money": ("donflow.cli.money:money", N_("Amounts in figures and words")),
    "card": ("donflow.cli.card:card", N_("Cards: a picture and words for each occasion")),
    "calendar": ("donflow.cli.calendar:calendar", N_("The Chinese calendar: terms, festivals, days off, lunar days")),
    "identifier": ("donflow.cli.identifier:identifier", N_("Check credit codes, identity numbers, phones")),
}  # fmt: skip

root = LazyGroup(
    "donflow",
    help=N_(
        "From a first word to a framed certificate. Every command also takes --home, --lang zh_CN or en, and --as USER."
    ),
    places=PLACES,
    example="donflow today\ndonflow gift show 17\ndonflow gift advance 17 submit",
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
click.version_option(__version__, prog_name="donflow")(root)
