"""Commands on rhythms: which segment is greeted on which occasion, how and in whose name."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from donflow.cli.acting import Act, Done, writes_oneself
from donflow.cli.arguments import NamedChoice, RangeType, listed
from donflow.cli.commands import Group
from donflow.cli.greeting_words import label_of, occasion_named
from donflow.cli.looking import Look, reads
from donflow.cli.naming import WAY_NAMES, word_for
from donflow.cli.output import Column, tell_list, without_empty
from donflow.cli.two_persons import ask
from donflow.domain.desk import Desk
from donflow.errors import N_, say
from donflow.greetings.audiences import ALL, DONORS, GROUPS
from donflow.greetings.planning import occasions_of
from donflow.greetings.rhythms import (
    MOST_DAYS,
    RhythmRules,
    all_rhythms,
    check_rhythm,
    set_rhythm,
    stop_rhythm,
)
from donflow.lifecycle.greeting_rules import SET_RHYTHM, STOP_RHYTHM
from donflow.outbox.models import Way

rhythm = Group(
    "rhythm", help=N_("Which segment is greeted on which occasion"), no_args_is_help=True
)
ANY = "any"
CHANNELS = {ANY: N_("as each is best reached"), **WAY_NAMES}
NO_SERVER = N_("No mail server is set yet; letters by mail wait for it: [mail] in donflow.toml")
AUDIENCES = {DONORS: N_("donors"), ALL: N_("everybody"), GROUPS: N_("WeChat groups")}


def audience_named(given: str) -> str:
    """The code of an audience that donflow knows; else the segment as it was written."""
    words = {"捐赠人": DONORS, "捐赠者": DONORS, "全部": ALL, "所有人": ALL, "微信群": GROUPS}
    return words.get(given.strip(), given.strip())


@rhythm.command(
    "list",
    help=N_("The rhythms: segment, occasion, channel, words, signer, who approves."),
    example="donflow greeting rhythm list",
)
@click.option("--all", "everything", is_flag=True, help=N_("Also those that were stopped."))
@listed
@reads
def list_(look: Look, everything: bool, as_json: bool, xlsx: Path | None) -> None:
    columns = (
        Column("segment", N_("Segment")),
        Column("occasion", N_("Festival")),
        Column("channel", N_("Channel")),
        Column("approve", N_("A person approves")),
        Column("hour", N_("Goes at (hour)")),
        Column("tolerance_days", N_("Days it may be late")),
        Column("signer", N_("Signed by")),
        Column("words", N_("Own words")),
        Column("planned_through", N_("Planned up to")),
        Column("active", N_("Is kept")),
    )
    occasions = dict(occasions_of(look.office))
    rows: list[dict[str, object]] = [
        {
            "segment": row.segment if as_json else _segment(row.segment),
            "occasion": row.occasion if as_json else label_of(occasions, row.occasion),
            "channel": row.channel if as_json else word_for(CHANNELS, row.channel or ANY),
            "approve": row.approve,
            "hour": row.send_hour,
            "tolerance_days": row.tolerance_days,
            "signer": row.signer,
            "words": row.words,
            "planned_through": row.planned_through,
            "active": row.active,
        }
        for row in all_rhythms(look.session)
        if everything or row.active
    ]
    shown = columns if xlsx is not None else without_empty(columns, rows)
    tell_list(look.shell, N_("Rhythms"), shown, rows, as_json=as_json, xlsx=xlsx)


@rhythm.command(
    "set",
    help=N_(
        "Greet a segment on an occasion by these rules, in place of earlier ones. On a shared desk a second person confirms it."
    ),
    example="donflow greeting rhythm set 捐赠人 元宵节\ndonflow greeting rhythm set 百 春节 --channel paper --signer 院长\ndonflow greeting rhythm set donors birthday --no-approve --hour 8",
)
@click.argument("segment", metavar=N_("SEGMENT"))
@click.argument("occasion", metavar=N_("OCCASION"))
@click.option("--channel", type=NamedChoice(CHANNELS), default=ANY, help=N_("By which way."))
@click.option("--words", metavar=N_("TEXT"), help=N_("Your own words in place of the usual."))
@click.option("--signer", metavar=N_("NAME"), help=N_("Who signs; else the office."))
@click.option("--approve/--no-approve", default=True, help=N_("Whether a person approves first."))
@click.option(
    "--tolerance",
    type=RangeType(0, MOST_DAYS),
    metavar=N_("DAYS"),
    help=N_("How many days late a letter may still go."),
)
@click.option(
    "--hour",
    type=RangeType(0, 23),
    default=9,
    metavar=N_("HOUR"),
    help=N_("At which hour it is due."),
)
@click.option("--new", is_flag=True, help=N_("Though nobody belongs to this segment yet."))
@writes_oneself
def set_(
    act: Act,
    segment: str,
    occasion: str,
    channel: str,
    words: str | None,
    signer: str | None,
    approve: bool,
    tolerance: int | None,
    hour: int,
    new: bool,
) -> Done:
    code, found = audience_named(segment), occasion_named(act.office, occasion)
    rules = RhythmRules(
        channel=None if channel == ANY else channel,
        words=words,
        signer=signer,
        approve=approve,
        tolerance_days=tolerance,
        send_hour=hour,
    )
    check_rhythm(act.session, occasions_of(act.office), code, found.code, rules, new=new)
    if act.office.desk is Desk.SHARED:
        return ask(act, SET_RHYTHM, {"segment": code, "occasion": found.code, **asdict(rules)})
    row = set_rhythm(act.session, act.office, code, found.code, rules, actor=act.actor, now=act.now)
    sentence = say(
        N_("“{segment}” is greeted on {occasion} from today on; what is planned follows."),
        segment=_segment(code),
        occasion=label_of({found.code: found}, found.code),
    )
    lacks_server = channel == Way.MAIL and not act.office.settings.mail.host
    heed = (say(NO_SERVER),) if lacks_server else ()
    return Done(sentence, None, {"rhythm": row.id, "occasion": row.occasion}, heed=heed)


@rhythm.command(
    "stop",
    help=N_("Greet a segment on an occasion no more; letters not yet under way are taken back."),
    example="donflow greeting rhythm stop 捐赠人 元宵节",
)
@click.argument("segment", metavar=N_("SEGMENT"))
@click.argument("occasion", metavar=N_("OCCASION"))
@writes_oneself
def stop(act: Act, segment: str, occasion: str) -> Done:
    code, found = audience_named(segment), occasion_named(act.office, occasion)
    if act.office.desk is Desk.SHARED:
        return ask(act, STOP_RHYTHM, {"segment": code, "occasion": found.code})
    row = stop_rhythm(act.session, code, found.code, actor=act.actor, now=act.now)
    sentence = say(
        N_("“{segment}” is greeted on {occasion} no more."),
        segment=_segment(code),
        occasion=label_of({found.code: found}, found.code),
    )
    return Done(sentence, None, {"rhythm": row.id, "occasion": row.occasion})


def _segment(code: str) -> object:
    return word_for(AUDIENCES, code) if code in AUDIENCES else code
