"""The rules as a table: what each guard accepts, and what it says to each way of being unmet.

A row changes the satisfied facts of tests/builders.py. In commands # stands for the gift's number.
"""

from __future__ import annotations

from tests.domain.guard_rules.after_signing import AFTER_SIGNING
from tests.domain.guard_rules.before_review import BEFORE_REVIEW
from tests.domain.guard_rules.chapter import CHAPTER, ELECTION
from tests.domain.guard_rules.closing import CLOSING
from tests.domain.guard_rules.ledgers import CERTIFICATE, INSTALMENT, RECEIPT
from tests.domain.guard_rules.reviewing import REVIEWING
from tests.domain.guard_rules.rule import Rule

RULES: dict[str, tuple[Rule, ...]] = {
    "gift": (*BEFORE_REVIEW, *REVIEWING, *AFTER_SIGNING, *CLOSING),
    "instalment": INSTALMENT,
    "receipt": RECEIPT,
    "certificate": CERTIFICATE,
    "chapter": CHAPTER,
    "election": ELECTION,
}
