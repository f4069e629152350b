"""All guards by lifecycle: the name in states.yaml is the function's name, and grep finds both.

A guard is a short statement that must be true. It sees facts and answers None, or what is unmet
and the command that mends it. Each one has its rows in tests/domain/guard_table.py.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from donflow.domain.guards import (
    after_signing,
    before_review,
    chapter,
    closing,
    election,
    ledgers,
    reviewing,
)
from donflow.engine.spec import Unmet

GuardFunction = Callable[[Any], Unmet | None]


def _named(*functions: GuardFunction) -> dict[str, GuardFunction]:
    return {function.__name__: function for function in functions}


GUARDS: dict[str, dict[str, GuardFunction]] = {
    "gift": _named(
        *before_review.GUARDS, *reviewing.GUARDS, *after_signing.GUARDS, *closing.GUARDS
    ),
    "instalment": _named(*ledgers.INSTALMENT_GUARDS),
    "receipt": _named(*ledgers.RECEIPT_GUARDS),
    "certificate": _named(*ledgers.CERTIFICATE_GUARDS),
    "chapter": _named(*chapter.GUARDS),
    "election": _named(*election.GUARDS),
}
