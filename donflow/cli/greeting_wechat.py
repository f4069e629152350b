"""The command for greetings by WeChat: the day's list, one person's card and text, the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path

import click

from donflow.cli.arguments import DAY, NUMBER, listed
from donflow.cli.clipboard import copy as copy_text
from donflow.cli.commands import Command
from donflow.cli.greeting_words import occasion_named, tell_letters
from donflow.cli.looking import Look, reads
from donflow.cli.naming import CONTACT_NAMES, word_for
from donflow.cli.output import tell, tell_record
from donflow.cli.telling import tell_beside
from donflow.errors import N_, CommandLine, DonflowError, NotFound, say
from donflow.greetings.cards.card import Form
from donflow.greetings.hand_page import Entry, draw_page
from donflow.lifecycle.by_hand import (
    Place,
    ToHand,
    Written,
    card_if_drawn,
    letters_to_hand,
    lines_to_hand,
    places_of,
    refuse_held,
    write,
)
from donflow.lifecycle.letters import CARD_WIDTH
from donflow.outbox.letter_files import PAGE, name_of_one, name_of_several, put
from donflow.outbox.models import Addressee, Way
from donflow.pictures.card_picture import png_of

PAGE_PLACES = {"wechat": "微信号", "phone": "手机号"}
"""On the page, which is a paper of the office."""


class OneOfThese(DonflowError):
    code = "one_of_these"
    message = N_("One letter, --next and --page are three different wishes.")
    remedy = N_("Say one of them.")


class NobodyWaits(DonflowError):
    code = "nobody_waits"
    message = N_("Nobody waits for a greeting by WeChat.")
    remedy = N_("What is due becomes ready with: donflow greeting deliver")
    http_status = 404


@click.command(
    "wechat",
    cls=Command,
    help=N_(
        "Greetings to be sent by WeChat, by hand: the list; for one of them, or the next, the card"
        " as a picture and the text to copy; or all of them as one page to work through."
    ),
    example="donflow greeting wechat\ndonflow greeting wechat --next --copy\ndonflow greeting wechat 214\ndonflow greeting wechat --page --on 2027-02-06",
)
@click.argument("letter", required=False, type=NUMBER, metavar=N_("[LETTER]"))
@click.option("--on", type=DAY, metavar=N_("DAY"), help=N_("Only for this day's occasion."))
@click.option("--occasion", metavar=N_("OCCASION"), help=N_("Only of this occasion."))
@click.option("--next", "following", is_flag=True, help=N_("The first of the list."))
@click.option("--page", is_flag=True, help=N_("One page to work through, opened in a browser."))
@click.option("--copy", is_flag=True, help=N_("Put the text into the clipboard."))
@listed
@reads
def wechat(
    look: Look,
    letter: int | None,
    on: date | None,
    occasion: str | None,
    following: bool,
    page: bool,
    copy: bool,
    as_json: bool,
    xlsx: Path | None,
) -> None:
    if (letter is not None) + following + page > 1:
        raise OneOfThese
    code = occasion_named(look.office, occasion).code if occasion else None
    items = letters_to_hand(
        look.session, look.office, Way.WECHAT, now=look.now, on=on, occasion=code
    )
    if letter is None and not following and not page:
        lines = lines_to_hand(look.session, look.office, items, now=look.now)
        tell_letters(look, N_("To be sent by WeChat"), lines, as_json=as_json, xlsx=xlsx)
        if not as_json and xlsx is None and not lines:
            tell(look.shell, NobodyWaits.remedy)
        return
    refuse_held(look.session, look.office)
    going = [item for item in items if item.reason is None]
    if letter is not None:
        going = [_found(items, letter)]
    if not going:
        raise NobodyWaits
    if page:
        _tell_page(look, going, on or look.today, as_json)
    else:
        _tell_one(look, going[0], len(going) - 1 if letter is None else 0, copy, as_json)


def _found(items: Sequence[ToHand], letter: int) -> ToHand:
    found = next((item for item in items if item.letter.id == letter), None)
    if found is None:
        mend = N_("See what waits: donflow greeting wechat")
        raise NotFound(what=say(N_("letter to be sent by WeChat")), given=letter, mend=mend)
    if found.reason is not None:
        from donflow.cli.greeting_sent import may_not_go

        raise may_not_go(letter, found.reason)
    return found


def _tell_one(look: Look, item: ToHand, more: int, copied: bool, as_json: bool) -> None:
    written = write(look.session, look.office, item, now=look.now)
    places = _places(look, [item], item)
    card, text = _files(look, written)
    in_clipboard = copied and copy_text(written.text, look.shell.environment)
    number = item.letter.id
    if as_json:
        answer = {
            "letter": number,
            "occasion": item.letter.occasion,
            "on": item.letter.on_day,
            "name": "、".join(written.names),
            "salutation": written.said.words.salutation,
            "where": [asdict(place) for place in places],
            "text": written.text,
            "card": str(card) if card else None,
            "text_file": str(text),
            "copied": in_clipboard,
            "more": more,
        }
        tell_record(look.shell, answer)
    else:
        _say_one(look, written, places, card, text)
    if copied and not in_clipboard:
        tell_beside(
            look.shell,
            "no_clipboard",
            say(N_("This computer offers no clipboard to programs; nothing was copied.")),
            say(N_("Copy the text from {file}."), file=str(text)),
        )
    if not as_json:
        if in_clipboard:
            tell(look.shell, N_("The text is in the clipboard."))
        command = CommandLine(f"donflow greeting sent {number}")
        tell(look.shell, N_("When it is sent: {command}"), command=command)
        if more:
            tell(look.shell, N_("{count} more wait: donflow greeting wechat --next"), count=more)


def _say_one(
    look: Look, written: Written, places: Sequence[Place], card: Path | None, text: Path
) -> None:
    shell, said, letter = look.shell, written.said, written.letter
    tell(
        shell,
        N_("{occasion}, {day}: {salutation} (letter {no})"),
        occasion=said.occasion.zh,
        day=letter.on_day,
        salutation=said.words.salutation,
        no=letter.id,
    )
    if letter.addressee_kind == Addressee.GROUP:
        tell(shell, N_("In the group: {name}"), name=written.names[0])
    for place in places:
        tell(
            shell,
            N_("{kind}: {shown}. To see it whole: {command}"),
            kind=word_for(CONTACT_NAMES, place.kind),
            shown=place.shown,
            command=CommandLine(
                f"donflow person reveal {place.number} {place.kind} --reason 微信问候"
            ),
        )
    if card is not None:
        tell(shell, N_("Card: {file}"), file=str(card))
    tell(shell, N_("Text: {file}"), file=str(text))
    click.echo("")
    click.echo(written.text)
    click.echo("")


def _files(look: Look, written: Written) -> tuple[Path | None, Path]:
    """The picture, if the occasion has one, and the text, as files in `letters/`."""
    letter, said = written.letter, written.said

    def named(ending: str) -> str:
        to = said.words.salutation
        if letter.addressee_kind == Addressee.GROUP:
            to = written.names[0]
        return name_of_one(letter.on_day, said.occasion.zh, to, letter.id, ending)

    drawn = card_if_drawn(said, Form.PICTURE)
    home = look.office.home
    card = put(home, named("png"), png_of(drawn, CARD_WIDTH)) if drawn is not None else None
    # WeChat on Windows is pasted into from the editor, which knows UTF-8 by its mark.
    return card, put(home, named("txt"), written.text.encode("utf-8-sig"))


def _tell_page(look: Look, items: Sequence[ToHand], day: date, as_json: bool) -> None:
    places = places_of(look.session, [item.letter for item in items], Way.WECHAT)
    entries = []
    for item in items:
        written = write(look.session, look.office, item, now=look.now)
        drawn = card_if_drawn(written.said, Form.PICTURE)
        entries.append(
            Entry(
                number=item.letter.id,
                occasion=written.said.occasion.zh,
                salutation=written.said.words.salutation,
                name="、".join(written.names),
                where=_where(places.get(item.letter.id, ())),
                text=written.text,
                card=png_of(drawn, CARD_WIDTH) if drawn is not None else None,
            )
        )
    name = name_of_several(day, None, PAGE, "html")
    title = f"{day.year}年{day.month}月{day.day}日　微信问候"
    file = put(look.office.home, name, draw_page(title, entries))
    if as_json:
        letters = [entry.number for entry in entries]
        tell_record(look.shell, {"file": str(file), "letters": letters})
        return
    tell(look.shell, N_("Page with {count} greetings: {file}"), count=len(entries), file=str(file))
    tell(look.shell, N_("It holds personal data: keep it on this computer, delete it afterwards."))


def _places(look: Look, items: Sequence[ToHand], item: ToHand) -> Sequence[Place]:
    letters = [each.letter for each in items]
    return places_of(look.session, letters, Way.WECHAT).get(item.letter.id, ())


def _where(places: Sequence[Place]) -> str:
    return "　".join(f"{PAGE_PLACES[place.kind]} {place.shown}" for place in places)
