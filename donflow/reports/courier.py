"""The courier's batch sheet for greetings on paper, out with full values and back with numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from donflow.errors import N_, DonflowError, Sentence, SeveralWrong, say
from donflow.outbox.by_hand import tracking_number
from donflow.reports.exporting import Left, as_written
from donflow.reports.people import listed_people
from donflow.roster.holdings import plain_value
from donflow.roster.merging import numbers_of_each
from donflow.roster.models import Constituent, ContactKind, ContactPoint
from donflow.sheets.reading import Book, Cell, Sheet
from donflow.store.keys import KeyRing

HEADERS: Final = ("序号", "编号", "收件人", "手机", "地址", "内件", "到付", "运单号")
FIELDS: Final = ("name", "phone", "address")
"""What of a person leaves the office by this sheet."""
KINDS: Final = (ContactKind.PHONE, ContactKind.ADDRESS)
OWN_NUMBERS: Final = ("编号", "客户订单号", "订单号", "备注编号")
TRACKING: Final = ("运单号", "快递单号", "物流单号", "邮件号")
HEAD_ROWS: Final = 10
EXACT: Final = 10**15
"""From here on a sheet that keeps numbers as numbers has rounded the last figures."""


class NotCouriers(DonflowError):
    code = "not_couriers_sheet"
    message = N_("{name} has no row of headings with {number} and {tracking}.")
    remedy = N_("Put the courier's numbers into the last column of the sheet that donflow wrote.")


class WrongInSheet(SeveralWrong):
    code = "wrong_in_courier_sheet"
    message = N_("The sheet has mistakes ({count}); nothing was written down.")


@dataclass(frozen=True)
class Addressed:
    """One card on paper: its letter, the person whose address it goes to, whom it greets."""

    letter: int
    person: int
    names: tuple[str, ...]


def numbers_on_sheet(session: Session, cards: Sequence[Addressed]) -> tuple[list[int], int]:
    """All numbers of those whom the sheet would name, and how many people and bodies they are."""
    groups = numbers_of_each(session, {card.person for card in cards})
    return sorted({each for group in groups.values() for each in group}), len(groups)


def courier_rows(
    session: Session, keys: KeyRing, cards: Sequence[Addressed], *, contents: str, collect: bool
) -> tuple[list[tuple[str | int, ...]], Left]:
    """The rows in the order of the cards, in full; who may not leave the office is left out."""
    groups = numbers_of_each(session, {card.person for card in cards})
    stays = {one.number: one for one in listed_people(session, groups.keys())}
    rows: list[tuple[str | int, ...]] = []
    restricted = abroad = 0
    for card in cards:
        group = groups[card.person]
        person = stays.get(group[0])
        if person is not None and not (person.may_be_used and not person.abroad):
            restricted += not person.may_be_used
            abroad += person.may_be_used
            continue
        phone, address = (_value(session, keys, group, kind) for kind in KINDS)
        name, pay = "、".join(card.names), "是" if collect else "否"
        rows.append((len(rows) + 1, card.letter, name, phone, address, contents, pay, ""))
    return rows, Left(restricted, abroad)


def tracking_in(book: Book) -> tuple[Mapping[int, str], tuple[int, ...]]:
    """The tracking number of each letter, and the letters that have none yet.

    Raises NotCouriers, and WrongInSheet with every row that cannot be read.
    """
    for sheet in book.sheets:
        head = _head(sheet)
        if head is not None:
            return _read(sheet, *head)
    raise NotCouriers(name=book.name, number=OWN_NUMBERS[0], tracking=TRACKING[0])


def _value(session: Session, keys: KeyRing, numbers: Sequence[int], kind: ContactKind) -> str:
    """The contact point to use of this kind, whole; empty where there is none."""
    query = (
        select(ContactPoint)
        .where(ContactPoint.constituent_id.in_(numbers), ContactPoint.kind == kind)
        .order_by(ContactPoint.preferred.desc(), ContactPoint.id)
    )
    point = session.scalars(query).first()
    if point is None:
        return ""
    return as_written(plain_value(keys, session.get_one(Constituent, point.constituent_id), point))


def _head(sheet: Sheet) -> tuple[int, int, int] | None:
    """The row of the headings, from 0, and the columns of letter and tracking number."""
    for place, row in enumerate(sheet.rows()):
        if place >= HEAD_ROWS:
            break
        words = [str(cell).strip() for cell in row]
        number = next((words.index(each) for each in OWN_NUMBERS if each in words), None)
        tracking = next((words.index(each) for each in TRACKING if each in words), None)
        if number is not None and tracking is not None:
            return place, number, tracking
    return None


def _read(
    sheet: Sheet, head: int, number: int, tracking: int
) -> tuple[Mapping[int, str], tuple[int, ...]]:
    found: dict[int, str] = {}
    without: list[int] = []
    wrong: list[Sentence] = []
    for place, row in _below(sheet, head):
        letter, given = _text(row[number]).removesuffix(".0"), _text(row[tracking])
        if not letter and not given:
            continue
        if not (letter.isascii() and letter.isdigit() and len(letter) <= 9):
            wrong.append(
                say(N_("Row {row}: “{given}” is no letter's number."), row=place, given=letter)
            )
        elif not given:
            without.append(int(letter))
        elif int(letter) in found:
            wrong.append(
                say(N_("Row {row}: letter {letter} stands there twice."), row=place, letter=letter)
            )
        elif _is_rounded(row[tracking]):
            wrong.append(
                say(
                    N_("Row {row}: the sheet has rounded the tracking number; write it as text."),
                    row=place,
                )
            )
        else:
            try:
                found[int(letter)] = tracking_number(given)
            except DonflowError as fault:
                wrong.append(say(N_("Row {row}: {fault}"), row=place, fault=fault.sentence))
    if wrong:
        raise WrongInSheet(wrong)
    return found, tuple(without)


def _below(sheet: Sheet, head: int) -> Iterator[tuple[int, list[Cell]]]:
    """The rows under the headings, numbered as a spreadsheet numbers them."""
    for place, row in enumerate(sheet.rows()):
        if place > head:
            yield place + 1, row


def _text(cell: Cell) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip().lstrip("'")


def _is_rounded(cell: Cell) -> bool:
    return isinstance(cell, float | int) and abs(cell) >= EXACT
