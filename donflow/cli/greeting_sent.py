"""Commands on letters that a person handed over: sent (已发), posted, or left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import click

from donflow.cli.acting import Act, Done, writes_now
from donflow.cli.arguments import DAY, FILE, NUMBER, NamedChoice
from donflow.cli.commands import Command
from donflow.cli.greeting_words import occasion_named
from donflow.cli.letter_words import REASON_NAMES
from donflow.cli.looking import read_upload
from donflow.cli.naming import WAY_NAMES, word_for
from donflow.cli.naming_letters import SKIP_NAMES
from donflow.errors import N_, DonflowError, Sentence, SeveralWrong, say
from donflow.intake.gate import inspect
from donflow.lifecycle.by_hand import letters_to_hand, mark_sent
from donflow.outbox.by_hand import Skip
from donflow.outbox.by_hand import skip as leave_out
from donflow.outbox.models import Letter, Way
from donflow.outbox.settling import MayNotGo

BY_HAND = {way.value: WAY_NAMES[way] for way in (Way.WECHAT, Way.PAPER)}


class NotWrittenDown(SeveralWrong):
    code = "not_written_down"
    message = N_("Of these letters some cannot be written down ({count}); nothing was.")
    remedy = N_("See what waits: donflow greeting wechat")


class WhichLetters(DonflowError):
    code = "which_letters"
    message = N_("It is not said which letters.")
    remedy = N_("Name them by their numbers, or say --all with --occasion or --on.")


class OneTracking(DonflowError):
    code = "one_tracking"
    message = N_("A tracking number belongs to one letter; many come with --sheet.")


def may_not_go(letter: int, reason: str) -> MayNotGo:
    """With the reason in words."""
    return MayNotGo(letter=letter, why=word_for(REASON_NAMES, reason))


@click.command(
    "sent",
    cls=Command,
    help=N_(
        "Write down that you handed letters over. Each is judged once more; whatever was"
        " sent already is refused, with who and when."
    ),
    example="donflow greeting sent 214 215\ndonflow greeting sent --all --occasion 春节 --on 2027-02-06\ndonflow greeting sent 214 --went-out",
)
@click.argument("letters", nargs=-1, type=NUMBER, metavar=N_("[LETTER]…"))
@click.option("--all", "everyone", is_flag=True, help=N_("All that wait, of that occasion or day."))
@click.option("--occasion", metavar=N_("OCCASION"), help=N_("Only of this occasion."))
@click.option("--on", "day", type=DAY, metavar=N_("DAY"), help=N_("Only for this day's occasion."))
@click.option(
    "--channel",
    type=NamedChoice(BY_HAND),
    default=Way.WECHAT.value,
    help=N_("With --all: by WeChat, or on paper."),
)
@click.option(
    "--went-out", is_flag=True, help=N_("It went out already, although it should not have.")
)
@writes_now
def sent(
    act: Act,
    letters: tuple[int, ...],
    everyone: bool,
    occasion: str | None,
    day: date | None,
    channel: str,
    went_out: bool,
) -> Done:
    if everyone == bool(letters) or (everyone and occasion is None and day is None):
        raise WhichLetters
    heed: tuple[Sentence, ...] = ()
    numbers: Sequence[int] = letters
    if everyone:
        code = occasion_named(act.office, occasion).code if occasion else None
        items = letters_to_hand(
            act.session, act.office, Way(channel), now=act.now, on=day, occasion=code
        )
        numbers = [item.letter.id for item in items if item.reason is None]
        heed = tuple(
            may_not_go(item.letter.id, item.reason).sentence for item in items if item.reason
        )
    done = _mark(act, numbers, went_out=went_out)
    told = [letter.id for letter in done]
    return Done(say(N_("Sent: {count} letters."), count=len(told)), None, {"sent": told}, heed=heed)


@click.command(
    "posted",
    cls=Command,
    help=N_(
        "Write down that letters on paper were posted, with the courier's numbers; the sheet may"
        " come back with numbers for letters that were sent already."
    ),
    example="donflow greeting posted 214 215\ndonflow greeting posted 214 --tracking SF1234567890\ndonflow greeting posted --sheet 快递单-回.xlsx",
)
@click.argument("letters", nargs=-1, type=NUMBER, metavar=N_("[LETTER]…"))
@click.option("--tracking", metavar=N_("NUMBER"), help=N_("The tracking number."))
@click.option(
    "--sheet", type=FILE, metavar=N_("FILE"), help=N_("The courier's sheet with its numbers.")
)
@writes_now
def posted(act: Act, letters: tuple[int, ...], tracking: str | None, sheet: Path | None) -> Done:
    if bool(letters) == (sheet is not None):
        raise WhichLetters
    if tracking is not None and len(letters) != 1:
        raise OneTracking
    numbers, heed = dict.fromkeys(letters, tracking), tuple[Sentence, ...]()
    if sheet is not None:
        found, without = _sheet(sheet)
        numbers = dict(found)
        if without:
            heed = (say(N_("No number yet: letters {letters}."), letters=_listed(without)),)
    given = {number: its for number, its in numbers.items() if its is not None}
    done = _mark(act, list(numbers), tracking=given)
    told = [letter.id for letter in done]
    sentence = say(
        N_("Posted: {count} letters, {tracked} with a tracking number."),
        count=len(told),
        tracked=len(given),
    )
    return Done(sentence, None, {"sent": told, "tracked": sorted(given)}, heed=heed)


@click.command(
    "skip",
    cls=Command,
    help=N_("Leave a letter out; it ends as not sent, for your reason."),
    example="donflow greeting skip 214 --reason spoken_to",
)
@click.argument("letter", type=NUMBER, metavar=N_("LETTER_NO"))
@click.option("--reason", type=NamedChoice(SKIP_NAMES), required=True, help=N_("Why."))
@writes_now
def skip(act: Act, letter: int, reason: str) -> Done:
    left = leave_out(act.session, letter, why=Skip(reason), actor=act.actor, now=act.now)
    sentence = say(N_("Letter {no} is left out."), no=letter)
    return Done(sentence, None, {"letter": left.id, "state": left.state, "reason": left.reason})


def _mark(
    act: Act,
    numbers: Sequence[int],
    *,
    tracking: Mapping[int, str] | None = None,
    went_out: bool = False,
) -> list[Letter]:
    """All of them, or none and every reason."""
    done, faults = mark_sent(
        act.session, act.office, numbers, tracking=tracking, went_out=went_out,
        actor=act.actor, now=act.now,
    )  # fmt: skip
    faults = [
        may_not_go(int(str(fault.values["letter"])), str(fault.values["why"]))
        if isinstance(fault, MayNotGo)
        else fault
        for fault in faults
    ]
    if len(faults) == 1 and not done:
        raise faults[0]
    if faults:
        raise NotWrittenDown(fault.sentence for fault in faults)
    return done


def _sheet(path: Path) -> tuple[Mapping[int, str], tuple[int, ...]]:
    from donflow.reports.courier import tracking_in  # few commands need it
    from donflow.sheets.reading import read_book

    upload = read_upload(path)
    inspect(upload.data, name=upload.name)
    return tracking_in(read_book(upload.data, upload.name))


def _listed(numbers: Sequence[int]) -> str:
    return "、".join(map(str, numbers))
