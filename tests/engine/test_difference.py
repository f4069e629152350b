"""What differs between two versions is told in sentences: a version of its own, a sentence."""
# ruff: noqa: E501 - one row a line

from __future__ import annotations

import pytest

from donflow.engine.difference import differences
from tests.engine.lending import TEXT, loaded

CHANGES = {
    "stage_renamed": (
        (("checked: {", "seen: {"), ("was: [tested]", "was: [checked]"),
         ("to: checked", "to: seen"), ("from: checked", "from: seen"),
         ("[asked, checked]", "[asked, seen]")), ["Stage", "becomes"]),
    "stage_added": (
        (("      back: {", "      mended: {zh: 已修, en: Mended}\n      back: {"),
         ("to: back,", "to: mended,"),
         ("      - {do: refuse,", "      - {do: end, zh: 了结, en: End, from: mended, to: back, by: clerk}\n      - {do: refuse,")),
        ["New stage", "now leads to", "New step"]),
    "owner": ((("en: Checked, owner: keeper", "en: Checked, owner: clerk"),), ["now waits for"]),
    "owner_gone": ((("en: Checked, owner: keeper", "en: Checked"),), ["waits for nobody"]),
    "deadline": ((("within: 30 days", "within: 9 workdays"),), ["deadline 30 days, now 9 working days"]),
    "reminder": ((("remind: 25 days", "remind: 20 days"),), ["reminder after 25 days, now 20 days"]),
    "label": ((("en: Checked", "en: Seen"),), ["is now called"]),
    "needs": ((("[in_stock, insured]", "[insured]"),), ["no longer needs"]),
    "by": ((("by: [borrower, keeper]", "by: keeper"),), ["is now done by"]),
    "kinds": ((("needs: [in_stock], kinds: [tool]", "needs: [in_stock]"),), ["now serves"]),
    "other_than": ((("        other_than: [check]\n", ""),), ["no longer barred"]),
    "reason": ((("by: clerk, reason: required", "by: clerk"),), ["no longer needs a reason"]),
    "source": ((("from: [asked, checked], to: refused", "from: asked, to: refused"),), ["no longer begins at"]),
    "kind_label": ((("en: Tool", "en: Device"),), ["is now called"]),
    "agreement": ((("en: Tool}", "en: Tool, agreement: false}"),), ["has no agreement now"]),
    "ladder": ((("as: dean", "as: council"),), ["Consent from 20000 yuan"]),
    "ladder_mode": ((("mode: any", "mode: all"),), ["Consent from 20000 yuan"]),
    "ladder_gone": ((("amount_from: 5000", "amount_from: 6000"),), ["5000 yuan is gone", "Consent from 6000"]),
    "earlier_name": ((("was: [tested]", "was: [tried]"),), ["earlier names"]),
    "order_only": ((("[in_stock, insured]", "[insured, in_stock]"),), ["Only the order"]),
}  # fmt: skip


@pytest.mark.parametrize("case", CHANGES)
def test_each_change_is_told(case: str) -> None:
    changes, expected = CHANGES[case]
    text = TEXT
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    told = [str(sentence) for _, sentence in differences(loaded(), loaded(text))]
    for fragment in expected:
        assert any(fragment in sentence for sentence in told), told


def test_a_kind_that_has_an_agreement_again_is_told() -> None:
    without = loaded(TEXT.replace("en: Tool}", "en: Tool, agreement: false}"))
    ((_, sentence),) = differences(without, loaded())
    assert "has an agreement now" in str(sentence)


def test_the_same_lifecycles_have_no_difference() -> None:
    assert differences(loaded(), loaded(f"# a word\n{TEXT}")) == ()


def test_a_renamed_stage_is_not_told_again_at_each_step() -> None:
    changes, _ = CHANGES["stage_renamed"]
    text = TEXT
    for old, new in changes:
        text = text.replace(old, new)
    assert len(differences(loaded(), loaded(text))) == 1


RENAMED_STEP = (("do: check,", "do: examine, was: [check],"), ("[check]\n", "[examine]\n"))


def told_after(*changes: tuple[str, str]) -> list[str]:
    text = TEXT
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    return [str(sentence) for _, sentence in differences(loaded(), loaded(text))]


def test_a_renamed_step_bars_nobody_anew() -> None:
    told = told_after(*RENAMED_STEP)
    assert [sentence for sentence in told if "barred" in sentence] == []
    assert len(told) == 1


@pytest.mark.parametrize(
    "more",
    [
        ("do: examine, was: [check],", "do: examine, was: [check, refuse],"),
        ("[examine]\n", "[examine, return]\n"),
    ],
    ids=["merged with another", "another beside it"],
)
def test_a_bar_that_grows_with_a_renamed_step_is_told(more: tuple[str, str]) -> None:
    gone = (("do: refuse,", "do: reject,"),) if "refuse" in more[1] else ()
    told = told_after(*RENAMED_STEP, more, *gone)
    assert len([sentence for sentence in told if "now barred" in sentence]) == 1
