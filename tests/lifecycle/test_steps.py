"""The steps that commands know by name: a states.yaml that lacks one is refused at its line."""

from __future__ import annotations

import ast
import re

import pytest

from donflow.cli.glance import OWN_COMMANDS
from donflow.engine.loader import WrongWorkflow
from donflow.gifts.filing import GROUND_STEPS
from donflow.lifecycle.steps import IN_A_ROUND, KNOWN_STEPS, OPENS_ROUND
from donflow.lifecycle.workflows import load_workflow
from donflow.shipping import shipped
from tests.experiments.under_way import changed as gift_changed
from tests.experiments.under_way import drop_returned, second_version
from tests.test_stage_names import PACKAGE, ROOT, words_in

TEXT = shipped("states.yaml").read_text(encoding="utf-8")
EVERY = [(lifecycle, name) for lifecycle, names in KNOWN_STEPS.items() for name in names]


def mistakes_of(text: str) -> list[tuple[int, str]]:
    with pytest.raises(WrongWorkflow) as caught:
        load_workflow(text.encode())
    return [(mistake.line, str(mistake.sentence)) for mistake in caught.value.mistakes]


def renamed(lifecycle: str, name: str, *, was: bool) -> str:
    """The shipped file where a step has another name, wherever it stands in its lifecycle."""
    start = TEXT.index(f"\n  {lifecycle}:\n")
    end = re.compile(r"\n  [a-z]+:\n").search(TEXT, start + 1)
    part = TEXT[start : end.start() if end else len(TEXT)]
    assert part.count(f"do: {name},") == 1
    new = part.replace(f"do: {name},", f"do: {name}_x,{f' was: [{name}],' if was else ''}")
    new = re.sub(
        r"(other_than: \[)([^]]*)",
        lambda found: found[1] + re.sub(rf"\b{name}\b", f"{name}_x", found[2]),
        new,
    )
    return TEXT.replace(part, new)


def line_of(text: str, words: str) -> int:
    assert text.count(words) == 1
    return 1 + text[: text.index(words)].count("\n")


@pytest.mark.parametrize(("lifecycle", "name"), EVERY)
def test_a_known_step_may_not_be_renamed(lifecycle: str, name: str) -> None:
    text = renamed(lifecycle, name, was=True)
    told = f"The step {name} is missing: a command needs that name, was: is no help."
    assert (line_of(text, f"was: [{name}]"), told) in mistakes_of(text)


@pytest.mark.parametrize("name", ["send", "approve"])
def test_a_known_step_that_is_gone_is_told_at_its_lifecycle(name: str) -> None:
    text = renamed("gift", name, was=False)
    told = [line for line, said in mistakes_of(text) if f"The step {name} is missing" in said]
    assert told == [line_of(TEXT, "\n  gift:\n") + 1]


@pytest.mark.parametrize("was", [True, False])
def test_resubmit_may_not_have_another_name_for_it_opens_a_round(was: bool) -> None:
    text = renamed("gift", "resubmit", was=was)
    (mistake,) = mistakes_of(text)
    assert mistake == (
        line_of(text, "do: resubmit_x"),
        "resubmit_x leads to review and opens no round of review; only ('submit', 'resubmit') do.",
    )


def test_resubmit_may_go() -> None:
    for text in (gift_changed(TEXT, drop_returned), second_version(TEXT)):
        steps = {step.name for step in load_workflow(text.encode()).lifecycles["gift"].transitions}
        assert "submit" in steps
        assert "resubmit" not in steps


def test_the_page_names_what_may_not_be_renamed() -> None:
    page = (ROOT / "docs/how-to/add-a-stage.md").read_text(encoding="utf-8")
    listed = page[page.index("are known by name") : page.index("Keep these names")]
    found = {
        lifecycle: tuple(re.findall(r"`(\w+)`", names))
        for lifecycle, names in re.findall(r"^\| (\w+) \| (`.+`) \|$", listed, re.MULTILINE)
    }
    assert found == KNOWN_STEPS


def test_no_other_step_is_named_in_the_code() -> None:
    steps = {
        step.name
        for lifecycle in load_workflow(TEXT.encode()).lifecycles.values()
        for step in lifecycle.transitions
    }
    named = {name for names in KNOWN_STEPS.values() for name in names} | OPENS_ROUND
    files = [*(PACKAGE / "lifecycle").rglob("*.py"), PACKAGE / "gifts" / "filing.py"]
    found = {word for path in files for word in words_in(ast.parse(path.read_text("utf-8")), steps)}
    assert found <= named <= steps
    assert {*OWN_COMMANDS, *GROUND_STEPS.values(), *IN_A_ROUND} <= named
