"""What a gift's page says of its receipts and its certificate: how far each is, or why there is none."""

from __future__ import annotations

from collections.abc import Sequence

from donflow.cli.looking import Look
from donflow.cli.naming import GROUND_NAMES, word_for
from donflow.domain.facts import PaperKind
from donflow.errors import N_, say
from donflow.gifts.filing import absence_of
from donflow.gifts.models import Gift
from donflow.papers.certificates import certificates_of
from donflow.papers.models import Certificate, Receipt
from donflow.papers.receipts import receipts_of
from donflow.store.moving import steps_of


def paper_lines(look: Look, gift: Gift) -> list[tuple[str, object]]:
    """A line for receipts and one for the certificate, where there is something to say."""
    last = {receipt.payment_id: receipt for receipt in receipts_of(look.session, gift.id)}
    return [
        (N_("Receipt"), _said(look, gift, PaperKind.RECEIPT, list(last.values()))),
        (
            N_("Certificate"),
            _said(look, gift, PaperKind.CERTIFICATE, certificates_of(look.session, gift.id)[-1:]),
        ),
    ]


def _said(
    look: Look, gift: Gift, kind: PaperKind, rows: Sequence[Receipt | Certificate]
) -> tuple[object, ...]:
    absence = absence_of(look.session, gift.id, kind)
    said: list[object] = []
    for row in rows:
        machine = look.office.machine(look.session, row.workflow_version, row.lifecycle)
        stage = machine.lifecycle.stages[row.stage]
        if row.number:
            said.append(say(N_("{number}, {stage}"), number=row.number, stage=stage.label))
        elif absence and absence.absent_because and stage.end:
            change = steps_of(look.session, row.subject)[-1]
            ground = word_for(GROUND_NAMES, absence.absent_because)
            known = {"stage": stage.label, "ground": ground, "day": change.on}
            if change.reason:
                said.append(
                    say(N_("{stage}: {ground}, {day} ({reason})"), **known, reason=change.reason)
                )
            else:
                said.append(say(N_("{stage}: {ground}, {day}"), **known))
        else:
            said.append(stage.label)
    return tuple(said)
