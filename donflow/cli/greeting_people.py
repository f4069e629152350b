"""Commands on whom greetings reach: wishes, WeChat groups, days of mourning, condolences."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from donflow.cli.acting import Act, Done, writes_oneself
from donflow.cli.arguments import DAY, NUMBER, NamedChoice, json_option, listed
from donflow.cli.choosing import choose_person
from donflow.cli.commands import Command, Group
from donflow.cli.looking import Look, reads
from donflow.cli.naming import word_for
from donflow.cli.naming_people import LEAP_DAY_NAMES, WISHED_CHANNEL_NAMES
from donflow.cli.output import Column, tell, tell_list, tell_record
from donflow.cli.person_view import person_argument
from donflow.errors import N_, DonflowError, Sentence, say
from donflow.greetings.condolences import condole
from donflow.greetings.facts import Wish
from donflow.greetings.mourning import add_mourning, all_mourning, remove_mourning
from donflow.greetings.wechat_groups import add_group, all_groups, end_group
from donflow.greetings.wishes import has_spouse, set_wish, wish_of
from donflow.roster.models import Constituent

wish = Group("wish", help=N_("How somebody wishes to be greeted"), no_args_is_help=True)
group = Group("group", help=N_("WeChat groups that are greeted as one"), no_args_is_help=True)
mourning = Group("mourning", help=N_("Days on which nobody is greeted"), no_args_is_help=True)

ANY = "any"
OFFICE_ZONE = "office"


class QuietTwice(DonflowError):
    code = "quiet_twice"
    message = N_("Quiet up to a day, and quiet no more, cannot both be wished.")
    remedy = N_("Give --quiet-until or --not-quiet.")


@wish.command(
    "set",
    help=N_("Write how somebody wishes to be greeted; what is not named stays as it is."),
    example="donflow greeting wish set 梁启舟 --lunar-birthday --channel wechat\ndonflow greeting wish set 3 --quiet-until 2026-12-31\ndonflow greeting wish set 3 --joint\ndonflow greeting wish set 5 --timezone America/New_York",
)
@person_argument
@click.option(
    "--lunar-birthday/--solar-birthday",
    "lunar_birthday",
    default=None,
    help=N_("The birthday by the lunar calendar, or by the common one."),
)
@click.option(
    "--leap-day",
    type=NamedChoice(LEAP_DAY_NAMES),
    help=N_("Born on 29 February: when in other years."),
)
@click.option(
    "--channel",
    type=NamedChoice(WISHED_CHANNEL_NAMES),
    help=N_("By which channel, where there is a choice."),
)
@click.option(
    "--timezone",
    metavar=N_("ZONE"),
    help=N_("Where the person lives, such as America/New_York; office: where the office is."),
)
@click.option("--quiet-until", type=DAY, metavar=N_("DAY"), help=N_("No greetings up to this day."))
@click.option("--not-quiet", is_flag=True, help=N_("Greetings again."))
@click.option(
    "--joint/--apart",
    "joint",
    default=None,
    help=N_("In one letter with the spouse, or each their own."),
)
@writes_oneself
def wish_set(
    act: Act,
    who: str,
    quiet_until: date | None,
    not_quiet: bool,
    channel: str | None,
    timezone: str | None,
    **wishes: object,
) -> Done:
    if quiet_until is not None and not_quiet:
        raise QuietTwice
    wished = {name: value for name, value in wishes.items() if value is not None}
    if channel is not None:
        wished["channel"] = None if channel == ANY else channel
    if timezone is not None:
        wished["timezone"] = None if timezone == OFFICE_ZONE else timezone.strip()
    if quiet_until is not None or not_quiet:
        wished["quiet_until"] = quiet_until
    chosen = choose_person(act, who)
    stands = set_wish(act.session, chosen, wished, actor=act.actor, now=act.now)
    alone = stands.joint and not has_spouse(act.session, chosen)
    heed = (
        say(
            N_("Nobody knows the spouse yet: donflow person relate {no} spouse PERSON"),
            no=chosen.id,
        ),
    )
    sentence = say(N_("Wishes of {no} {name}: {wishes}."), no=chosen.id, name=chosen.name, wishes=_said(stands))  # fmt: skip
    return Done(sentence, None, _data(chosen, stands), heed=heed if alone else ())


@wish.command(
    "show",
    help=N_("How somebody wishes to be greeted."),
    example="donflow greeting wish show 3",
)
@person_argument
@json_option
@reads
def wish_show(look: Look, who: str, as_json: bool) -> None:
    chosen = choose_person(look, who)
    stands = wish_of(look.session, chosen.id)
    if as_json:
        tell_record(look.shell, _data(chosen, stands))
        return
    sentence = N_("Wishes of {no} {name}: {wishes}.")
    tell(look.shell, sentence, no=chosen.id, name=chosen.name, wishes=_said(stands))


def _data(person: Constituent, stands: Wish) -> dict[str, object]:
    return {"person": person.id, **vars(stands)}


def _said(stands: Wish) -> tuple[Sentence, ...] | None:
    """What is wished otherwise than usual; None where nothing is."""
    said = []
    if stands.lunar_birthday:
        said.append(say(N_("birthday by the lunar calendar")))
    if stands.leap_day != Wish().leap_day:
        said.append(say(N_("born on a leap day: on 1 March")))
    if stands.channel:
        channel = word_for(WISHED_CHANNEL_NAMES, stands.channel)
        said.append(say(N_("by {channel}"), channel=channel))
    if stands.timezone:
        said.append(say(N_("lives in the time zone {zone}"), zone=stands.timezone))
    if stands.quiet_until:
        said.append(say(N_("no greetings up to {day}"), day=stands.quiet_until))
    if stands.joint:
        said.append(say(N_("in one letter with the spouse")))
    return tuple(said) or None


@mourning.command(
    "add",
    help=N_("Let nobody be greeted on a day, with the reason; condolences still go."),
    example="donflow greeting mourning add 2026-12-13 --reason 国家公祭日",
)
@click.argument("day", type=DAY, metavar=N_("DAY"))
@click.option("--reason", required=True, metavar=N_("TEXT"), help=N_("Why."))
@writes_oneself
def mourning_add(act: Act, day: date, reason: str) -> Done:
    add_mourning(act.session, day, reason, actor=act.actor, now=act.now)
    return Done(say(N_("On {day} nobody is greeted."), day=day), None, {"day": day})


@mourning.command(
    "remove",
    help=N_("Greet on a day as on any other; what was silenced stays so."),
    example="donflow greeting mourning remove 2026-12-13",
)
@click.argument("day", type=DAY, metavar=N_("DAY"))
@writes_oneself
def mourning_remove(act: Act, day: date) -> Done:
    remove_mourning(act.session, day, actor=act.actor, now=act.now)
    return Done(say(N_("{day} is no day of mourning."), day=day), None, {"day": day})


@mourning.command(
    "list",
    help=N_("All days of mourning, with the reasons."),
    example="donflow greeting mourning list",
)
@listed
@reads
def mourning_list(look: Look, as_json: bool, xlsx: Path | None) -> None:
    columns = (Column("day", N_("Day")), Column("reason", N_("Reason")))
    rows: list[dict[str, object]] = [
        {"day": each.day, "reason": each.reason} for each in all_mourning(look.session)
    ]
    tell_list(look.shell, N_("Days of mourning"), columns, rows, as_json=as_json, xlsx=xlsx)
    if not rows and not as_json and xlsx is None:
        tell(look.shell, N_("Add one: donflow greeting mourning add DAY --reason TEXT"))


@group.command(
    "add",
    help=N_("Add a WeChat group that is greeted as one."),
    example="donflow greeting group add 深圳校友群 --people 230\ndonflow greeting group add 百人群 --segment 百",
)
@click.argument("name", metavar=N_("NAME"))
@click.option("--segment", metavar=N_("SEGMENT"), help=N_("With which segment it is greeted."))
@click.option("--people", type=NUMBER, metavar=N_("HEADS"), help=N_("How many people are in it."))
@writes_oneself
def group_add(act: Act, name: str, segment: str | None, people: int | None) -> Done:
    added = add_group(
        act.session, name, segment=segment, people=people, actor=act.actor, now=act.now
    )
    sentence = say(N_("Group {no}: {name}."), no=added.id, name=added.name)
    return Done(sentence, None, {"group": added.id})


@group.command(
    "end",
    help=N_("Greet a group no more."),
    example="donflow greeting group end 1",
)
@click.argument("number", type=NUMBER, metavar=N_("NO"))
@writes_oneself
def group_end(act: Act, number: int) -> Done:
    ended = end_group(act.session, number, on=act.today, actor=act.actor, now=act.now)
    sentence = say(N_("Group {no} is greeted no more: {name}."), no=ended.id, name=ended.name)
    return Done(sentence, None, {"group": ended.id, "ended_on": ended.ended_on})


@group.command(
    "list",
    help=N_("The WeChat groups, those that have ended last."),
    example="donflow greeting group list",
)
@listed
@reads
def group_list(look: Look, as_json: bool, xlsx: Path | None) -> None:
    columns = (
        Column("group", N_("No.")),
        Column("name", N_("Name")),
        Column("segment", N_("Segment")),
        Column("people", N_("Head count")),
        Column("ended_on", N_("Ended")),
    )
    rows: list[dict[str, object]] = [
        {
            "group": each.id,
            "name": each.name,
            "segment": each.segment,
            "people": each.people,
            "ended_on": each.ended_on,
        }
        for each in all_groups(look.session)
    ]
    tell_list(look.shell, N_("WeChat groups"), columns, rows, as_json=as_json, xlsx=xlsx)
    if not rows and not as_json and xlsx is None:
        tell(look.shell, N_("Add the first: donflow greeting group add NAME --people HEADS"))


@click.command(
    "condolence",
    cls=Command,
    help=N_("Condole with somebody: a letter by hand, and greetings pause for seven days."),
    example="donflow greeting condolence 4 --for 3\ndonflow greeting condolence 苏文君",
)
@person_argument
@click.option(
    "--for", "for_", metavar=N_("PERSON"), help=N_("The deceased, if the roster knows them.")
)
@writes_oneself
def condolence(act: Act, who: str, for_: str | None) -> Done:
    bereaved = choose_person(act, who)
    condoled = condole(
        act.session,
        bereaved,
        deceased=choose_person(act, for_) if for_ else None,
        on=act.on,
        zone=act.office.zone,
        actor=act.actor,
        now=act.now,
    )
    sentence = N_("Condolence to {no} {name}: its letter waits for you, and greetings pause.")
    data = {"person": bereaved.id, "condolence": condoled.id, "on": condoled.on}
    return Done(say(sentence, no=bereaved.id, name=bereaved.name), None, data)
