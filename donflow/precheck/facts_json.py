"""The facts as `donflow precheck --json` writes them: the field names of the corpus."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from donflow.precheck.facts import Account, Amount, Copies, Facts, Instalment, Item, Party
from donflow.precheck.facts_items import computed_total


def facts_json(facts: Facts) -> dict[str, Any]:
    """Sums as text with two decimals, days as ISO dates, what cannot be read as an empty string.

    What a paper of this sort does not have is left out; an account or copies that are missing are
    null.
    """
    return {
        "language": facts.language,
        "kind": facts.kind.value,
        "title": facts.title,
        "agreement_no": facts.agreement_no,
        "parties": [_party(party) for party in facts.parties],
        "beneficiary": facts.beneficiary,
        **_amends(facts),
        "amount": _amount(facts.amount),
        **_in_kind(facts),
        "purpose": facts.purpose,
        "restricted": facts.restricted,
        **_given(principal_kept=facts.principal_kept, spend_rate_cap=facts.spend_rate_cap),
        "payment": {
            "mode": facts.payment_mode,
            "items": [_instalment(instalment) for instalment in facts.instalments],
        },
        "account": _account(facts.account) if facts.account else None,
        "naming": facts.naming,
        "management_fee": facts.management_fee,
        "copies": _copies(facts.copies) if facts.copies else None,
        **_given(prevailing_language=facts.prevailing_language),
        "clauses": list(facts.clauses),
        "signature_blocks": [
            {
                "label": block.label,
                **_given(signer=block.signer),
                "date": block.on.isoformat() if block.on else "",
            }
            for block in facts.signature_blocks
        ],
    }


def _given(**values: object) -> dict[str, Any]:
    """Those that say something."""
    return {name: value for name, value in values.items() if value}


def _sum(value: Decimal | None) -> str:
    return "" if value is None else f"{value:.2f}"


def _party(party: Party) -> dict[str, Any]:
    return {
        "role": party.role,
        "label": party.label,
        "name": party.name,
        **_given(name_en=party.name_en),
        "type": party.type,
        **_given(
            uscc=party.uscc,
            id_number=party.id_number,
            phone=party.phone,
            representative=party.representative,
            contact=party.contact,
            overseas=party.overseas,
        ),
    }


def _amends(facts: Facts) -> dict[str, Any]:
    if facts.amends is None:
        return {}
    on = facts.amends.on.isoformat() if facts.amends.on else ""
    return {"amends": {"title": facts.amends.title, "date": on}}


def _amount(amount: Amount | None) -> dict[str, Any]:
    if amount is None:
        return {"currency": "CNY", "figures": "", "words_value": ""}
    return {
        "currency": amount.currency,
        "figures": _sum(amount.figures),
        "words_value": _sum(amount.words_value),
    }


def _in_kind(facts: Facts) -> dict[str, Any]:
    if not facts.items:
        return {}
    total = computed_total(facts.items)
    return {
        "in_kind": {
            "items": [_item(item) for item in facts.items],
            **_given(computed_total=_sum(total)),
            **({"titles": facts.titles} if facts.titles is not None else {}),
        }
    }


def _item(item: Item) -> dict[str, Any]:
    return {
        "no": item.no,
        "item": item.item,
        **({"qty": item.quantity} if item.quantity is not None else {}),
        **_given(
            unit=item.unit,
            unit_price=_sum(item.unit_price),
            total=_sum(item.total),
        ),
    }


def _instalment(instalment: Instalment) -> dict[str, Any]:
    return {
        "no": instalment.no,
        **_given(amount=_sum(instalment.amount)),
        "due": instalment.due,
        "raw": instalment.raw,
    }


def _account(account: Account) -> dict[str, Any]:
    return {
        "name": account.name,
        "bank": account.bank,
        "number": account.number,
        **_given(currency_note=account.currency_note),
    }


def _copies(copies: Copies) -> dict[str, Any]:
    return {"total": copies.total, "split": dict(copies.split)}
