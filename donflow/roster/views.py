"""What pages and lists show of a constituent: masked, with the salutation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from donflow.accounts.scopes import Scope
from donflow.domain import masking
from donflow.roster.models import Constituent
from donflow.roster.salutation import Addressee, salutation_of


@dataclass(frozen=True)
class HoldingView:
    """A contact point or identifier as shown: `shown` is masked but for a public credit code."""

    id: int
    kind: str
    shown: str
    preferred: bool = False
    source: str | None = None
    since: date | None = None
    confidence: str | None = None


@dataclass(frozen=True)
class ConstituentView:
    """A constituent as shown; `row_version` goes back with an edit."""

    id: int
    kind: str
    name: str
    other_names: tuple[str, ...]
    salutation: str
    representative: str | None
    status: str
    row_version: int
    contact_points: tuple[HoldingView, ...]
    identifiers: tuple[HoldingView, ...]


def masked_view(constituent: Constituent, scope: Scope = Scope.ALL) -> ConstituentView:
    """The constituent without a plain value; under Scope.MASKED the names are hidden too.

    The view rests on stored masks: no key is needed, and nothing is decrypted for a list.
    """
    hides_names = scope is Scope.MASKED

    def shown(name: str) -> str:
        return str(masking.name(name)) if hides_names else name

    representative = constituent.representative
    return ConstituentView(
        id=constituent.id,
        kind=constituent.kind,
        name=shown(constituent.name),
        other_names=tuple(map(shown, constituent.other_names)),
        salutation=shown(salutation_of(addressee_of(constituent))),
        representative=shown(representative) if representative else None,
        status=constituent.status,
        row_version=constituent.row_version,
        contact_points=tuple(
            HoldingView(
                each.id,
                each.kind,
                each.masked,
                each.preferred,
                each.source,
                each.since,
                each.confidence,
            )
            for each in constituent.contact_points
        ),
        identifiers=tuple(
            HoldingView(each.id, each.kind, each.masked) for each in constituent.identifiers
        ),
    )


def addressee_of(constituent: Constituent) -> Addressee:
    """What the salutation of a constituent depends on."""
    return Addressee(
        kind=constituent.kind,
        name=constituent.name,
        preferred=constituent.salutation,
        gender=constituent.gender,
    )
