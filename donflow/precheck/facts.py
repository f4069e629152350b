"""What an agreement says: the facts that the pre-check reads from a paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from donflow.precheck.paper import Span


class Kind(StrEnum):
    """What sort of agreement it is."""

    ONE_OFF_CASH = "one_off_cash"
    MULTI_INSTALMENT = "multi_instalment"
    ENDOWED = "endowed"
    IN_KIND = "in_kind"
    GROUP = "group"
    OVERSEAS = "overseas"
    SMALL = "small"
    SUPPLEMENTARY = "supplementary"
    TERMINATION = "termination"


@dataclass(frozen=True)
class Party:
    """One party as the opening names it.

    `role` is donor, recipient, beneficiary, manager or target; `label` what the text calls it
    (甲方, 捐赠人); `type` organisation, foundation, person, school, group, individual_business …
    """

    role: str
    label: str
    name: str
    type: str
    at: Span
    name_en: str = ""
    uscc: str = ""
    id_number: str = ""
    phone: str = ""
    representative: str = ""
    contact: str = ""
    overseas: bool = False


@dataclass(frozen=True)
class Amount:
    """The total: `figures` and `words_value` are None where they cannot be read."""

    currency: str
    figures: Decimal | None
    words_value: Decimal | None
    figures_at: Span | None
    words_at: Span | None


@dataclass(frozen=True)
class Instalment:
    """One payment or delivery; `due` is an ISO date, `signing+30d`, or empty; `raw` as written."""

    no: int
    amount: Decimal | None
    due: str
    raw: str
    at: Span


@dataclass(frozen=True)
class Account:
    """Where the money goes; empty strings where blank; digits half-width."""

    name: str
    bank: str
    number: str
    at: Span
    currency_note: str = ""


@dataclass(frozen=True)
class Item:
    """One row of a list of things given."""

    no: int
    item: str
    quantity: int | None
    unit: str
    unit_price: Decimal | None
    total: Decimal | None
    at: Span


@dataclass(frozen=True)
class Copies:
    """How many originals, and by label how many each party keeps."""

    total: int
    split: tuple[tuple[str, int], ...]
    at: Span


@dataclass(frozen=True)
class SignatureBlock:
    """Where a party signs; `on` is None where the date is not filled."""

    label: str
    on: date | None
    at: Span
    signer: str = ""


@dataclass(frozen=True)
class Amends:
    """The agreement that a supplement or termination speaks of."""

    title: str
    on: date | None


@dataclass(frozen=True)
class Facts:
    """All of it; empty strings and tuples, or None, where the paper does not say."""

    language: str
    kind: Kind
    title: str
    agreement_no: str
    parties: tuple[Party, ...]
    beneficiary: str
    amount: Amount | None
    purpose: str
    restricted: bool
    payment_mode: str  # lump, instalments or delivery
    instalments: tuple[Instalment, ...]
    account: Account | None
    items: tuple[Item, ...]
    titles: int | None  # of books
    naming: str
    management_fee: str
    principal_kept: bool
    spend_rate_cap: str
    copies: Copies | None
    clauses: tuple[str, ...]
    signature_blocks: tuple[SignatureBlock, ...]
    prevailing_language: str
    amends: Amends | None
