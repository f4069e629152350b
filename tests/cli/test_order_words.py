"""No act of two persons is agreed to without words for it."""

from __future__ import annotations

from typing import cast

from donflow.cli.order_words import TELLERS
from donflow.lifecycle.office import Office
from donflow.lifecycle.two_persons import acts_of


def test_no_act_of_two_persons_is_without_words() -> None:
    assert set(TELLERS) == set(acts_of(cast("Office", None)))
