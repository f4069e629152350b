"""Where a row lands in another version of its lifecycle, what forbids it, and what changes."""
# ruff: noqa: E501 - one row a line

from __future__ import annotations

from dataclasses import replace

import pytest

from donflow.engine.mapping import Standing, Taken, land
from donflow.engine.spec import Lifecycle
from tests.engine.lending import TEXT, loaded

LENT = Standing("lent", "tool", (Taken("lend", "asked", "lent"),))
CHECKED = Standing("checked", "camera", (Taken("check", "asked", "checked"),))


def loan(*changes: tuple[str, str]) -> Lifecycle:
    text = TEXT
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    return loaded(text).lifecycles["loan"]


OLD = loan()


def codes(new: Lifecycle, row: Standing) -> list[str]:
    return [block.code for block in land(OLD, new, row).blocks]


def notes(new: Lifecycle, row: Standing) -> list[str]:
    return [str(note) for note in land(OLD, new, row).notes]


def test_a_stage_keeps_its_name_and_nothing_changes() -> None:
    landing = land(OLD, loan(), LENT)
    assert (landing.stage, landing.blocks, landing.notes, landing.history) == ("lent", (), (), ())


def test_a_renamed_stage_is_found_by_what_it_was() -> None:
    renamed = loan(
        ("lent: {zh: 借出, en: Lent, ", "away: {zh: 借出, en: Lent, was: [lent], "),
        ("to: lent", "to: away"),
        ("from: lent", "from: away"),
    )
    landing = land(OLD, renamed, LENT)
    assert (landing.stage, landing.blocks, landing.history) == ("away", (), ())


def test_a_stage_that_is_gone_blocks_and_says_what_to_write() -> None:
    gone = loan(("lent: {zh", "away: {zh"), ("to: lent", "to: away"), ("from: lent", "from: away"))
    landing = land(OLD, gone, LENT)
    assert landing.stage is None
    assert [block.code for block in landing.blocks] == ["stage_gone"]
    assert "was: [lent]" in str(landing.blocks[0].remedy)


def test_a_stage_that_two_continue_blocks() -> None:
    stages = {
        name: replace(stage, was=("lent",)) if name in ("asked", "checked") else stage
        for name, stage in OLD.stages.items()
        if name != "lent"
    }
    assert codes(replace(OLD, stages=stages), LENT) == ["stage_split"]


@pytest.mark.parametrize(
    ("changes", "row", "code"),
    [
        ((("      camera: {zh: 相机, en: Camera}\n", "      lens: {zh: 镜头, en: Lens}\n"),
          ("kinds: [camera]", "kinds: [lens]")), CHECKED, "kind_gone"),
        ((("zh: 借出, en: Lent, owner", "zh: 借出, en: Lent, end: true, owner"),
          ("from: lent, to: back", "from: checked, to: back")), LENT, "would_end"),
        ((("zh: 已归还, en: Back, end: true", "zh: 已归还, en: Back"),
          ("      - {do: refuse,", "      - {do: again, zh: 再借, en: Again, from: back, to: refused, by: clerk}\n      - {do: refuse,")),
         Standing("back", "tool"), "would_reopen"),
        ((("do: check,", "do: examine,"), ("other_than: [check]", "other_than: [examine]")),
         CHECKED, "step_gone"),
    ],
    ids=["kind_gone", "would_end", "would_reopen", "step_gone"],
)  # fmt: skip
def test_what_would_harm_the_row_blocks(
    changes: tuple[tuple[str, str], ...], row: Standing, code: str
) -> None:
    assert code in codes(loan(*changes), row)


def test_a_stage_without_a_way_on_for_the_kind_blocks() -> None:
    assert codes(OLD, Standing("checked", "tool")) == []
    only_cameras = loan(
        ("from: [asked, checked], to: refused,\n         by: clerk, reason: required",
         "from: [asked, checked], to: refused,\n         by: clerk, kinds: [camera]"),
    )  # fmt: skip
    assert codes(only_cameras, Standing("checked", "tool")) == ["no_way_on"]


def test_a_renamed_step_that_parts_persons_needs_its_earlier_name() -> None:
    """Forgetting who did it would let one person do both."""
    renamed = (("do: check,", "do: examine,"), ("other_than: [check]", "other_than: [examine]"))
    known = loan(*renamed, ("do: examine,", "do: examine, was: [check],"))
    assert codes(loan(*renamed), CHECKED) == ["step_gone"]
    assert codes(known, CHECKED) == []


def test_what_changes_at_the_stage_is_told() -> None:
    new = loan(
        ("owner: keeper, was", "owner: clerk, was"),
        ("needs: [in_stock, insured]", "needs: [insured]"),
        ("by: [clerk, keeper]", "by: keeper"),
        ("        reason: required\n", ""),
        ("from: [asked, checked], to: refused", "from: asked, to: refused"),
    )
    told = notes(new, CHECKED)
    for number, part in enumerate(
        ["now waits for", "no longer needs: ('in_stock',)", "is now done by: ('keeper',)",
         "no longer needs a reason", "No longer possible"]
    ):  # fmt: skip
        assert part in told[number]
    assert len(told) == 5
    assert notes(new, LENT) == []


def test_a_step_of_the_past_that_is_no_more_is_told_and_blocks_nothing() -> None:
    new = loan(
        ("do: lend, zh: 出借, en: Lend, from: asked, to: lent",
         "do: lend, zh: 出借, en: Lend, from: asked, to: checked"),
        ("kinds: [camera]\n        other_than", "other_than"),
    )  # fmt: skip
    landing = land(OLD, new, LENT)
    assert landing.blocks == ()
    assert len(landing.history) == 1
