"""Which rows a migration moves, and which lifecycles an office must have."""

from __future__ import annotations

from typing import get_args

import pytest

from donflow.bootstrap import import_tables
from donflow.engine.loader import WrongWorkflow
from donflow.lifecycle.migrating import Row
from donflow.lifecycle.workflows import load_workflow
from donflow.shipping import shipped
from donflow.store.base import Base
from donflow.store.moving import Moving

TEXT = shipped("states.yaml").read_text(encoding="utf-8")


def test_whatever_moves_is_migrated() -> None:
    import_tables()
    moving = {
        mapper.class_ for mapper in Base.registry.mappers if issubclass(mapper.class_, Moving)
    }
    assert moving == set(get_args(Row))


def test_a_lifecycle_that_rows_need_may_not_be_missing() -> None:
    rest = TEXT[TEXT.index("  # Founding a chapter.") :]
    without = TEXT[: TEXT.index("  certificate:\n")] + rest
    with pytest.raises(WrongWorkflow) as caught:
        load_workflow(without.encode())
    (mistake,) = caught.value.mistakes
    assert str(mistake.sentence) == "The lifecycle certificate is missing."
    assert mistake.line == 1 + TEXT[: TEXT.index("  gift:\n")].count("\n")


def test_a_lifecycle_of_nothing_is_told_at_its_line() -> None:
    more = f"""{TEXT}
  loan:
    initial: asked
    stages:
      asked: {{zh: 已申请, en: Asked for}}
      back: {{zh: 已归还, en: Back, end: true}}
    transitions:
      - {{do: return, zh: 归还, en: Return, from: asked, to: back, by: secretary}}
"""
    with pytest.raises(WrongWorkflow) as caught:
        load_workflow(more.encode())
    (mistake,) = caught.value.mistakes
    assert "lifecycle loan" in str(mistake.sentence)
    assert mistake.line == 1 + more[: more.index("  loan:")].count("\n")
