"""Commands on contacts: the one ledger, who was not contacted for long, suggestions on cards."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import click

from donflow.accounts.users import all_users
from donflow.cli.acting import Act, Done, writes
from donflow.cli.arguments import NUMBER, NamedChoice, RangeType, listed
from donflow.cli.choosing import choose_person
from donflow.cli.commands import Group
from donflow.cli.looking import Look, reads
from donflow.cli.naming import (
    CHANNEL_NAMES,
    CONTACT_KINDS,
    CONTACT_SOURCES,
    METHOD_NAMES,
    WAY_NAMES,
    word_for,
)
from donflow.cli.output import Column, tell, tell_list
from donflow.domain.occasions import read_occasions
from donflow.errors import N_, DonflowError, Label, say
from donflow.gifts.contacts import ContactKind, GiftOfAnother, add_contact
from donflow.gifts.models import Gift
from donflow.greetings.suggesting import (
    answer_suggestion,
    card_suggestions,
    get_card_suggestion,
    suggest_for_cards,
)
from donflow.lifecycle.visible import gifts_given, seen_people
from donflow.reports.contacts import Entry, ledger_of, silent_people
from donflow.roster.merging import numbers_of
from donflow.roster.models import Constituent
from donflow.roster.segments import SegmentUnknown, known_segments
from donflow.shipping import OCCASIONS, occasion_list

contact = Group(
    "contact", help=N_("Contacts with people, and what they suggest"), no_args_is_help=True
)

person_argument = click.argument("who", metavar=N_("PERSON"))
DAYS = RangeType(1, 36_500)


class NoSuchOccasion(DonflowError):
    code = "no_such_occasion"
    message = N_("There is no occasion “{given}”.")
    remedy = N_("Known occasions: {known}.")


@contact.command(
    "add",
    help=N_("Record that somebody was written to, called, visited or met, or wrote to us."),
    example="donflow contact add 12 called --note 愿意回校座谈\ndonflow contact add 梁启舟 visited --on 2026-03-09 --gift 17",
)
@person_argument
@click.argument("kind", type=NamedChoice(CONTACT_KINDS), metavar=N_("WHAT"))
@click.option("--note", metavar=N_("TEXT"), help=N_("What was said."))
@click.option("--gift", metavar=N_("GIFT"), help=N_("The gift that it was about."))
@click.option(
    "--channel", type=NamedChoice(CHANNEL_NAMES), help=N_("By which way, if that matters.")
)
@click.option("--unreached", is_flag=True, help=N_("It was tried, and nobody was reached."))
@writes
def add(
    act: Act,
    who: str,
    kind: str,
    note: str | None,
    gift: str | None,
    channel: str | None,
    unreached: bool,
) -> Done:
    person = choose_person(act, who, partial(_seen, act))
    about = act.gift(gift) if gift else None
    if about is not None and about.donor_id not in (None, *numbers_of(act.session, person.id)):
        raise GiftOfAnother(number=about.number, person=person.id)
    entered = add_contact(
        act.session,
        ContactKind(kind),
        constituent=person,
        gift=about,
        channel=channel,
        on=act.on,
        note=note,
        reached=not unreached,
        actor=act.actor,
        now=act.now,
    )
    sentence = say(
        N_("Recorded of person {number} on {day}: {kind}."),
        number=person.id,
        day=entered.on,
        kind=word_for(CONTACT_KINDS, kind),
    )
    return Done(sentence, about, {"contact": entered.id, "person": person.id})


@contact.command(
    "list",
    help=N_("Every contact with somebody, the newest first: by hand, letters, parcels, thanks."),
    example="donflow contact list 12",
)
@person_argument
@listed
@reads
def list_(look: Look, who: str, as_json: bool, xlsx: Path | None) -> None:
    columns = (
        Column("on", N_("Day")),
        Column("kind", N_("What")),
        Column("what", N_("Source")),
        Column("about", N_("Festival")),
        Column("channel", N_("By which way")),
        Column("gift", N_("Gift")),
        Column("reached", N_("Reached")),
        Column("note", N_("Note")),
    )
    person = choose_person(look, who, partial(_seen, look))
    numbers = numbers_of(look.session, person.id)
    known = gifts_given(look.session, numbers, user=look.user, roles=look.actor.roles)
    gifts = {gift.id: gift for gift in known}
    entries = [
        entry
        for entry in ledger_of(look.session, numbers, zone=look.office.zone)
        if entry.gift_id is None or entry.gift_id in gifts
    ]
    rows = [_row(look, entry, gifts, as_codes=as_json) for entry in entries]
    tell_list(look.shell, N_("Contacts"), columns, rows, as_json=as_json, xlsx=xlsx)


@contact.command(
    "stale",
    help=N_("Who of a segment, or of any, was not contacted for so many days; never comes first."),
    example="donflow contact stale --days 180 --segment 百",
)
@click.option(
    "--days", type=DAYS, default=180, metavar=N_("DAYS"), help=N_("For how many days; usually 180.")
)
@click.option("--segment", metavar=N_("SEGMENT"), help=N_("Only people of this segment."))
@listed
@reads
def stale(look: Look, days: int, segment: str | None, as_json: bool, xlsx: Path | None) -> None:
    columns = (
        Column("person", N_("No.")),
        Column("name", N_("Name")),
        Column("segments", N_("Segments")),
        Column("last_on", N_("Last contact")),
        Column("days", N_("Days since")),
    )
    known = known_segments(look.session)
    if segment is not None and segment not in known:
        raise SegmentUnknown(segment=segment, known=known)
    rows: list[dict[str, object]] = [
        {
            "person": one.number,
            "name": one.name,
            "segments": one.segments,
            "last_on": one.last_on,
            "days": (look.today - one.last_on).days if one.last_on else None,
        }
        for one in silent_people(
            look.session, days=days, segment=segment, today=look.today, zone=look.office.zone
        )
    ]
    tell_list(look.shell, N_("Not contacted"), columns, rows, as_json=as_json, xlsx=xlsx)
    if not rows and not as_json and xlsx is None:
        tell(look.shell, N_("Everybody was contacted within {days} days."), days=days)


@contact.command(
    "suggest",
    help=N_("Enter what somebody suggests for the cards, for one occasion or for all."),
    example="donflow contact suggest --by 梁启舟 --occasion 立春 --text 贺卡上加上校园的迎春花",
)
@click.option("--text", required=True, metavar=N_("TEXT"), help=N_("What is suggested."))
@click.option("--by", "who", metavar=N_("PERSON"), help=N_("Who suggests it."))
@click.option("--occasion", metavar=N_("OCCASION"), help=N_("Whose card it is about."))
@writes
def suggest(act: Act, text: str, who: str | None, occasion: str | None) -> Done:
    entered = suggest_for_cards(
        act.session,
        text,
        occasion=_occasion(act, occasion) if occasion else None,
        constituent=choose_person(act, who) if who else None,
        on=act.on,
        actor=act.actor,
        now=act.now,
    )
    sentence = say(
        N_("Suggestion {number} is entered. Answer it: donflow contact answer {number} --text TEXT"),
        number=entered.id,
    )  # fmt: skip
    return Done(sentence, None, {"suggestion": entered.id})


@contact.command(
    "answer",
    help=N_("Record what was answered to a suggestion on cards."),
    example="donflow contact answer 2 --text 已请设计老师采用，明年立春见",
)
@click.argument("number", type=NUMBER, metavar=N_("SUGGESTION"))
@click.option("--text", required=True, metavar=N_("TEXT"), help=N_("The answer."))
@writes
def answer(act: Act, number: int, text: str) -> Done:
    meant = get_card_suggestion(act.session, number)
    answer_suggestion(act.session, meant, text, on=act.on, actor=act.actor, now=act.now)
    said = say(N_("Suggestion {number} is answered."), number=number)
    return Done(said, None, {"suggestion": number})


@contact.command(
    "suggestions",
    help=N_("Suggestions on cards without an answer, or with --all every one."),
    example="donflow contact suggestions --all",
)
@click.option("--all", "everything", is_flag=True, help=N_("Also those that were answered."))
@listed
@reads
def suggestions(look: Look, everything: bool, as_json: bool, xlsx: Path | None) -> None:
    columns = (
        Column("suggestion", N_("No.")),
        Column("on", N_("Day")),
        Column("occasion", N_("Festival")),
        Column("name", N_("Suggested by")),
        Column("text", N_("Suggestion")),
        Column("answer", N_("Answer")),
        Column("answered_on", N_("Answered")),
        Column("answered_by", N_("Answered by")),
    )
    names = {user.id: user.display_name for user in all_users(look.session)}
    rows: list[dict[str, object]] = []
    for each in card_suggestions(look.session, everything=everything):
        number = each.constituent_id
        by = look.session.get_one(Constituent, number) if number else None
        rows.append(
            {
                "suggestion": each.id,
                "on": each.on,
                "occasion": _occasion_shown(look, each.occasion, as_codes=as_json),
                "person": number,
                "name": by.name if by else None,
                "text": each.text,
                "answer": each.answer,
                "answered_on": each.answered_on,
                "answered_by": names.get(each.answered_by or 0),
            }
        )
    tell_list(look.shell, N_("Suggestions on cards"), columns, rows, as_json=as_json, xlsx=xlsx)


def _seen(look: Look, people: list[Constituent]) -> list[Constituent]:
    return seen_people(
        look.session, people, scope=look.scope, user=look.user, roles=look.actor.roles
    )


def _row(look: Look, entry: Entry, gifts: dict[int, Gift], *, as_codes: bool) -> dict[str, object]:
    gift = gifts[entry.gift_id].number if entry.gift_id is not None else None
    if as_codes:
        return {
            "on": entry.on,
            "kind": entry.kind,
            "what": entry.what,
            "about": entry.about,
            "channel": entry.channel,
            "gift": gift,
            "reached": entry.reached,
            "note": entry.note,
        }
    ways = {"contact": CHANNEL_NAMES, "letter": WAY_NAMES, "parcel": METHOD_NAMES}
    channel = entry.channel
    return {
        "on": entry.on,
        "kind": word_for(CONTACT_KINDS, entry.kind),
        "what": word_for(CONTACT_SOURCES, entry.what),
        "about": _occasion_shown(look, entry.about, as_codes=False),
        "channel": word_for(ways[entry.what], channel) if channel else None,
        "gift": gift,
        # That a letter went does not say that it was read.
        "reached": None if entry.what == "letter" else entry.reached,
        "note": entry.note,
    }


def _occasion(look: Look, given: str) -> str:
    """The code of the occasion that a code or name means. Raises NoSuchOccasion."""
    occasions = read_occasions(occasion_list(look.office.home), OCCASIONS)
    for one in occasions.values():
        if given.strip() in (one.code, one.zh, one.en):
            return one.code
    raise NoSuchOccasion(given=given, known=tuple(one.zh for one in occasions.values()))


def _occasion_shown(look: Look, code: str | None, *, as_codes: bool) -> object:
    if code is None or as_codes:
        return code
    found = read_occasions(occasion_list(look.office.home), OCCASIONS).get(code)
    return Label(zh=found.zh, en=found.en) if found else code
