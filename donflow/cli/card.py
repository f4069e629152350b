"""Commands on cards: one with its words, what there is, all of them on one sheet."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import click

from donflow.cli.arguments import DAY, FILE, NamedChoice, json_option, listed
from donflow.cli.commands import Group
from donflow.cli.files import read_file, refuse_taken, write_new
from donflow.cli.output import Column, tell, tell_list, tell_record
from donflow.cli.shell import Shell
from donflow.domain.almanac import lunar_of, lunar_text
from donflow.domain.greeting_words import filled, verse_of
from donflow.domain.occasions import Lunar, Occasion, Term, days_of, read_occasions
from donflow.errors import N_, DonflowError
from donflow.greetings.cards.card import Form, draw_bare, draw_card
from donflow.greetings.cards.designs import DESIGNS, design_of
from donflow.greetings.cards.lettering import CardWords
from donflow.greetings.wording import COMPANY_WISH, COUPLE, WISH
from donflow.intake.gate import inspect
from donflow.pictures.card_picture import contact_sheet, png_of
from donflow.roster.salutation import YOUR_COMPANY
from donflow.shipping import OCCASIONS, occasion_list

card = Group("card", help=N_("Cards: a picture and words for each occasion"), no_args_is_help=True)

FORMS: Mapping[str, str] = {
    Form.PICTURE: N_("picture for the phone"),
    Form.A5_FOLDED: N_("folded to A5"),
    Form.POSTCARD: N_("postcard"),
}
PICTURE_WIDTH = 1080
THUMBNAIL = 180
COLUMNS = 8


class NoSuchOccasion(DonflowError):
    code = "no_such_occasion"
    message = N_("There is no occasion {given}. Near to it: {near}.")
    remedy = N_("All of them: donflow card list.")


class NotACardFile(DonflowError):
    code = "not_a_card_file"
    message = N_("A card is written as .pdf or .png, and {file} is named as neither.")


@card.command(
    "render",
    help=N_(
        "Draw one card with its words. A .png is the first page; the folded card and the postcard have two."
    ),
    example="donflow card render 立春 --to 梁启舟先生 --out 立春.png\ndonflow card render mid_autumn --to 深圳市恒源数智科技有限公司 --form a5_folded --out 中秋.pdf",
)
@click.argument("occasion", metavar=N_("OCCASION"))
@click.option("--to", "to", required=True, metavar=N_("NAME"), help=N_("The salutation."))
@click.option("--out", type=FILE, required=True, metavar=N_("FILE"), help=N_(".pdf or .png"))
@click.option(
    "--form", type=NamedChoice(FORMS), default=str(Form.PICTURE), help=N_("What is made of it.")
)
@click.option("--words", metavar=N_("TEXT"), help=N_("Your own words in place of the usual."))
@click.option("--from", "signer", metavar=N_("NAME"), help=N_("Who signs; else the office."))
@click.option(
    "--picture",
    type=FILE,
    metavar=N_("FILE"),
    help=N_("Your own JPEG or PNG in place of the drawing."),
)
@click.option("--on", "on", type=DAY, metavar=N_("DAY"), help=N_("The day; else the next one."))
@json_option
@click.pass_obj
def render(
    shell: Shell,
    occasion: str,
    to: str,
    out: Path,
    form: str,
    words: str | None,
    signer: str | None,
    picture: Path | None,
    on: date | None,
    as_json: bool,
) -> None:
    found = _find(_occasions(shell), occasion)
    if out.suffix.lower() not in (".pdf", ".png"):
        raise NotACardFile(file=str(out))
    refuse_taken(out)
    day = on or _next_day(found, shell.now().date())
    said = _words(shell, found, to=to, own=words, signer=signer, on=day)
    design = design_of(found.code, found.card)
    if picture is not None:
        own = read_file(picture)
        inspect(own, name=picture.name)
        design = design.with_picture(own)
    drawn = draw_card(design, said, Form(form))
    write_new(out, drawn if out.suffix.lower() == ".pdf" else png_of(drawn, PICTURE_WIDTH))
    if as_json:
        tell_record(shell, {"occasion": found.code, "form": form, "on": day, "file": str(out)})
        return
    tell(shell, N_("Card: {file}"), file=str(out))


@card.command(
    "list",
    help=N_("The occasions that have a card, with the colours and the seal of each."),
    example="donflow card list",
)
@listed
@click.pass_obj
def list_(shell: Shell, as_json: bool, xlsx: Path | None) -> None:
    columns = (
        Column("name", N_("Festival")),
        Column("occasion", N_("Code")),
        Column("colours", N_("Colours")),
        Column("seal", N_("Seal")),
    )
    rows = [
        {
            "occasion": one.code,
            "name": one.zh,
            "colours": design_of(one.code, one.card).palette.name,
            "seal": design_of(one.code, one.card).seal,
        }
        for one in _occasions(shell).values()
    ]
    tell_list(shell, N_("Cards"), columns, rows, as_json=as_json, xlsx=xlsx)


@card.command(
    "sheet",
    help=N_("Every card, small, on one picture; --bare leaves the words out."),
    example="donflow card sheet --out 贺卡一览.png",
)
@click.option("--out", type=FILE, required=True, metavar=N_("FILE"), help=N_(".png"))
@click.option("--bare", is_flag=True, help=N_("The pictures alone."))
@click.pass_obj
def sheet(shell: Shell, out: Path, bare: bool) -> None:
    if out.suffix.lower() != ".png":
        raise NotACardFile(file=str(out))
    refuse_taken(out)
    today = shell.now().date()
    shown: dict[str, bytes] = {}
    for one in _occasions(shell).values():
        design = design_of(one.code, one.card)
        said = _words(shell, one, to="", own="", signer="", on=_next_day(one, today))
        said = replace(said, day="")
        key = next(code for code, known in DESIGNS.items() if known is design)
        shown.setdefault(key, draw_bare(design) if bare else draw_card(design, said))
    pages = [shown[code] for code in DESIGNS if code in shown]
    write_new(out, contact_sheet(pages, columns=COLUMNS, width_px=THUMBNAIL))
    tell(shell, N_("Cards: {file}"), file=str(out))


def _occasions(shell: Shell) -> Mapping[str, Occasion]:
    return read_occasions(occasion_list(shell.home), OCCASIONS)


def _find(occasions: Mapping[str, Occasion], given: str) -> Occasion:
    """By code or Chinese name; 节 may be left out. Raises NoSuchOccasion with those near to it."""
    names = {name: one for one in occasions.values() for name in (one.code, one.zh)}
    for name in (given, f"{given}节"):
        if name in names:
            return names[name]
    near = difflib.get_close_matches(given[:LONGEST], list(names), n=4, cutoff=0.3)
    alike = [one.zh for one in occasions.values() if set(given[:LONGEST]) & set(one.zh)][:4]
    raise NoSuchOccasion(given=given[:LONGEST], near=tuple(dict.fromkeys(near + alike)) or ("—",))


def _next_day(occasion: Occasion, today: date) -> date:
    days = [day for year in (today.year, today.year + 1) for day in days_of(occasion, year)]
    return min((day for day in days if day >= today), default=today)


def _is_company(to: str) -> bool:
    return to.endswith(("公司", "集团", "基金会"))


def _pronoun(to: str) -> str:
    """How the lines speak to those whom `--to` names."""
    if _is_company(to):
        return YOUR_COMPANY
    return "二位" if to.endswith(COUPLE) else "您"


def _words(
    shell: Shell, occasion: Occasion, *, to: str, own: str | None, signer: str | None, on: date
) -> CardWords:
    settings = shell.settings
    known = {
        "you": _pronoun(to),
        "wish": COMPANY_WISH if _is_company(to) else WISH,
        "school": settings.school,
        "university": settings.university,
    }
    lines = filled(occasion.words, known)
    verse = next((found for line in lines if (found := verse_of(line))), None)
    said = tuple(line for line in lines if verse_of(line) is None)
    dated = isinstance(occasion.rule, Lunar | Term)
    return CardWords(
        title=occasion.zh,
        subtitle=lunar_text(lunar_of(on)) if dated else "",
        verse=verse.text if verse else "",
        author=verse.source.partition("《")[0] if verse else "",
        salutation=f"{to}：" if to else "",
        lines=said if own is None else tuple(own.splitlines()),
        signature=settings.office if signer is None else signer,
        day=f"{on.year}年{on.month}月{on.day}日",
    )


LONGEST = 20
