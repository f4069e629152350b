"""Each kind of personal field: its one normal form, its mask, and what is wrong with a wrong one.

The sentences never quote the value: they are printed and logged.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from donflow.domain import masking
from donflow.domain.halfwidth import halfwidth
from donflow.domain.identifiers import Checked, Kind, Verdict, check
from donflow.domain.masking import Masked
from donflow.errors import N_, Refusal, say
from donflow.roster.models import ContactKind, IdentifierKind

FieldKind = ContactKind | IdentifierKind


@dataclass(frozen=True)
class Read:
    """A field as read: the normal form (empty if refused), why not, and what is in doubt."""

    value: str
    refusals: tuple[Refusal, ...] = ()
    doubts: tuple[Refusal, ...] = ()


def read_field(kind: FieldKind, raw: str) -> Read:
    """The normal form of what a person typed, or everything that is wrong with it."""
    return _READERS[kind](raw)


def masked(kind: FieldKind, value: str) -> Masked:
    """The value of a kind in a wrapper that shows itself masked; a credit code is public."""
    return _MASKS[kind](value)


def last_four(kind: FieldKind, value: str) -> str | None:
    """The last four digits of a phone, which people search by; None for the other kinds."""
    return value[-4:] if kind is ContactKind.PHONE else None


def _read_phone(raw: str) -> Read:
    checked = check(Kind.PHONE, raw)
    if checked.verdict in (Verdict.OK, Verdict.FIXABLE) and checked.normalized:
        return Read(checked.normalized)
    return Read("", (_PHONE_REFUSALS[checked.verdict],))


def _read_number(kind: Kind) -> Callable[[str], Read]:
    def read(raw: str) -> Read:
        return _judged(check(kind, raw))

    return read


def _judged(checked: Checked) -> Read:
    said = tuple(_NUMBER_REFUSALS[reason] for reason in checked.reasons)
    match checked.verdict:
        case Verdict.VALID:
            return Read(checked.normalized or "")
        case Verdict.SUSPECT:
            return Read(checked.normalized or "", doubts=said)
        case Verdict.LEGACY15:
            return Read(checked.normalized or "", doubts=(_LEGACY,))
        case _:
            return Read("", said or (_EMPTY,))


def _read_by(pattern: str, refusal: Refusal, drop: str = r"[\s-]") -> Callable[[str], Read]:
    def read(raw: str) -> Read:
        value = re.sub(drop, "", halfwidth(raw)).upper()
        return Read(value) if re.fullmatch(pattern, value) else Read("", (refusal,))

    return read


def _read_mail(raw: str) -> Read:
    value = halfwidth(raw).strip().lower()
    return Read(value) if re.fullmatch(_MAIL, value) else Read("", (_NO_MAIL,))


def _read_text(raw: str) -> Read:
    value = " ".join(halfwidth(raw).split())
    return Read(value) if value else Read("", (_EMPTY,))


def _shown(value: str) -> Masked:
    return Masked(value, value)


_MAIL = r"[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[a-z0-9-]+\.)+[a-z0-9-]{2,63}"

_TYPE_AGAIN = say(N_("Compare it with the paper and type it again."))
_EMPTY = Refusal("empty", say(N_("Nothing was given.")), _TYPE_AGAIN)
_NO_MAIL = Refusal("mail_form", say(N_("This is not a mail address.")), _TYPE_AGAIN)
_NO_ACCOUNT = Refusal(
    "account_form", say(N_("A bank account has 8 to 30 digits and nothing else.")), _TYPE_AGAIN
)
_NO_PASSPORT = Refusal(
    "passport_form", say(N_("A passport number has 5 to 12 letters and digits.")), _TYPE_AGAIN
)
_LEGACY = Refusal(
    "legacy15",
    say(N_("A resident number of 15 digits cannot be checked.")),
    say(N_("Ask for the number of 18 places, or confirm this one.")),
)

_NUMBER_REFUSALS: Mapping[str, Refusal] = MappingProxyType(
    {
        code: Refusal(code, say(message), _TYPE_AGAIN)
        for code, message in {
            "char": N_("It has a character that cannot stand in such a number."),
            "length": N_("It has not the right number of places."),
            "region": N_("Its region does not exist."),
            "date": N_("Its date of birth does not exist."),
            "checksum": N_("Its check digit does not fit the rest: one place is wrong."),
            "inner": N_("The organisation code inside it has a wrong check digit."),
            "dept": N_("Its first two places name no known registrar and class."),
        }.items()
    }
)

_PHONE_REFUSALS: Mapping[Verdict, Refusal] = MappingProxyType(
    {
        Verdict.INVALID: Refusal("phone_form", say(N_("This is not a phone number.")), _TYPE_AGAIN),
        Verdict.EMPTY: _EMPTY,
        Verdict.MASKED: Refusal(
            "phone_masked",
            say(N_("The number has places hidden by asterisks.")),
            say(N_("Ask for the whole number.")),
        ),
        Verdict.INCOMPLETE: Refusal(
            "phone_incomplete",
            say(N_("The area code is missing.")),
            say(N_("Write the number with its area code.")),
        ),
        Verdict.MULTI: Refusal(
            "phone_several",
            say(N_("These are several numbers.")),
            say(N_("Add each number by itself.")),
        ),
    }
)

_READERS: Mapping[FieldKind, Callable[[str], Read]] = MappingProxyType(
    {
        ContactKind.PHONE: _read_phone,
        ContactKind.MAIL: _read_mail,
        ContactKind.WECHAT: _read_text,
        ContactKind.ADDRESS: _read_text,
        IdentifierKind.USCC: _read_number(Kind.USCC),
        IdentifierKind.RESIDENT_ID: _read_number(Kind.RESIDENT_ID),
        IdentifierKind.BANK_ACCOUNT: _read_by("[0-9]{8,30}", _NO_ACCOUNT),
        IdentifierKind.PASSPORT: _read_by("[A-Z0-9]{5,12}", _NO_PASSPORT),
    }
)

_MASKS: Mapping[FieldKind, Callable[[str], Masked]] = MappingProxyType(
    {
        ContactKind.PHONE: masking.phone,
        ContactKind.MAIL: masking.mail,
        ContactKind.WECHAT: masking.name,
        ContactKind.ADDRESS: masking.address,
        IdentifierKind.USCC: _shown,
        IdentifierKind.RESIDENT_ID: masking.resident_number,
        IdentifierKind.BANK_ACCOUNT: masking.bank_account,
        IdentifierKind.PASSPORT: masking.name,
    }
)
