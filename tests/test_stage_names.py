"""The stages live in states.yaml: no Python file of donflow knows one by its name."""

from __future__ import annotations

import ast
from collections.abc import Collection
from functools import cache
from pathlib import Path

import pytest

from donflow.accounts.policy import POLICY
from donflow.domain.actor import Role
from donflow.domain.guards import GUARDS
from donflow.engine.loader import load

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "donflow"
STAGE_FIELDS = {"stage", "to_stage", "from_stage", "stages", "target"}
COMMAND_WORDS = {word for command in POLICY for word in command.split()}
"""In `cli` a word of a command (`gift screen`) is no stage."""
ALLOWED = {
    "accounts/orders.py": {"expired": "the outcome of an order that nobody confirmed in time"},
    "agreements/models.py": {"donor_check": "the name of a table"},
    "agreements/remarks.py": {"declined": "the answer to a remark"},
    "agreements/rounds.py": {"approved": "the outcome of a round of review"},
    "agreements/values.py": {"declined": "the donor's word on publicity"},
    "cli/certificate.py": {"waived": "a ground on which a paper is absent"},
    "cli/chapter_page.py": {
        "elected": "a field of the answer in JSON: who was",
        "ready": "a field of the answer in JSON: nothing refuses the step",
    },
    "cli/findings.py": {"waived": "a finding that a person lets stand"},
    "cli/gift_view.py": {
        "ready": "a field of the answer in JSON: nothing refuses the step",
        "steward": "the name of a column",
    },
    "cli/greeting_delivery.py": {
        "expired": "the state of a letter whose last day has passed",
    },
    "cli/letter_words.py": {
        "expired": "the state of a letter whose last day has passed",
        "planned": "the state of a letter",
    },
    "cli/naming_people.py": {"effective": "somebody who was reached within a year"},
    "cli/naming.py": {
        "not_eligible": "a ground on which a paper is absent",
        "waived": "a ground on which a paper is absent",
    },
    "cli/outbox_view.py": {
        "expired": "a field of the answer in JSON: letters whose last day has passed",
        "planned": "a field of the answer in JSON: how many letters",
        "ready": "a field of the answer in JSON: letters that may go",
    },
    "cli/person_whole.py": {"withdrawn": "what was said about a consent"},
    "cli/remarks_view.py": {"declined": "the answer to a remark"},
    "cli/review.py": {"declined": "the answer to a remark"},
    "cli/roster_form_back.py": {"withdrawn": "what was said about a consent"},
    "cli/roster_stats.py": {"effective": "somebody who was reached within a year"},
    "domain/facts.py": {"issued": "how far a paper is on its way to the donor"},
    "domain/guards/closing.py": {"waived": "a ground on which a paper is absent"},
    "gifts/filing.py": {
        "not_eligible": "a ground on which a paper is absent",
        "waived": "a ground on which a paper is absent",
    },
    "greetings/facts.py": {"withdrawn": "the last word on greetings"},
    "lifecycle/absence.py": {
        "not_eligible": "a ground on which a paper is absent",
        "waived": "a ground on which a paper is absent",
    },
    "lifecycle/answering.py": {"objected": "the outcome of the donor's check"},
    "lifecycle/certifying.py": {
        "collected": "a kind of certificate",
        "printed": "a kind of certificate",
    },
    "lifecycle/delivering.py": {"ready": "the name of a step of the outbox"},
    "lifecycle/gather_text.py": {"approved": "the outcome of a round of review"},
    "lifecycle/obligations.py": {"waived": "an obligation that need not be met"},
    "lifecycle/resubmitting.py": {"returned": "the outcome of a round of review"},
    "lifecycle/returning.py": {"returned": "the outcome of a round of review"},
    "lifecycle/reviewing.py": {"approved": "the outcome of a round of review"},
    "outbox/models.py": {
        "expired": "the state of a letter whose last day has passed",
        "planned": "the state of a letter",
        "ready": "the state of a letter",
    },
    "outbox/settling.py": {"lost": "why a letter goes once more"},
    "store/migrations/versions/0002_gifts.py": {
        "donor_check": "the name of a table",
        "steward": "the name of a column",
    },
    "store/migrations/versions/0004_chapters.py": {"elected": "the name of a column"},
    "roster/models.py": {"withdrawn": "what was said about a consent"},
    "settings.py": {"founded": "the setting that says when the school was founded"},
}
"""Words of a module that are no stages there, though a stage is called so too."""


@cache
def names() -> tuple[frozenset[str], frozenset[str]]:
    """The names of all stages, and of all transitions."""
    whole = load((ROOT / "states.yaml").read_bytes(), guards=GUARDS, roles=[str(r) for r in Role])
    return (
        frozenset(stage for found in whole.lifecycles.values() for stage in found.stages),
        frozenset(step.name for found in whole.lifecycles.values() for step in found.transitions),
    )


def modules() -> dict[str, ast.Module]:
    return {
        path.relative_to(PACKAGE).as_posix(): ast.parse(path.read_text("utf-8"))
        for path in sorted(PACKAGE.rglob("*.py"))
    }


def test_no_module_compares_or_sets_a_stage_by_its_name() -> None:
    stages, _ = names()
    used = {module: stages_used(tree, stages) for module, tree in modules().items()}

    assert len(used) > 100
    assert {module: found for module, found in used.items() if found} == {}


def test_a_word_that_is_also_a_stage_has_another_meaning_that_is_known() -> None:
    stages, transitions = names()
    found = {
        module: words_in(tree, stages - transitions - _own_words(module))
        for module, tree in modules().items()
    }

    allowed = {module: set(words) for module, words in ALLOWED.items()}
    assert {module: words for module, words in found.items() if words} == allowed


@pytest.mark.parametrize(
    "line",
    [
        "gift.stage == 'draft'",
        "'draft' != gift.stage",
        "row.stage in ('draft', 'review')",
        "select(Gift).where(Gift.stage.in_(['draft']))",
        "stage == 'draft'",
        "event.to_stage = 'draft'",
        "stage: str = 'draft'",
        "record(from_stage='draft')",
        "Attempt('draft', facts, roles)",
        "replace(attempt, stage='draft')",
        "lifecycle.stages['draft']",
        "lifecycle.stages.get('draft')",
        "match gift.stage:\n    case 'draft': pass",
        "match gift.stage:\n    case 'draft' | 'perform': pass",
        "gift.stage == 'perform'",
    ],
)
def test_a_stage_named_in_code_is_reported(line: str) -> None:
    assert stages_used(ast.parse(line), names()[0])


@pytest.mark.parametrize(
    "line",
    [
        "advance(session, office, gift, 'perform', actor=actor, now=now)",
        "Attempt(gift.stage, facts, roles, reason='draft')",
        "gift.stage == machine.lifecycle.initial",
        "review.outcome == 'approved'",
        "settle(outcome='objected')",
        "gift.stage == 'drafts'",
    ],
)
def test_other_words_are_not_reported(line: str) -> None:
    assert stages_used(ast.parse(line), names()[0]) == set()


def test_a_docstring_may_say_what_it_likes_and_no_other_string_may() -> None:
    tree = ast.parse("def draft():\n    'draft'\n    return 'review', f'{x} signing', 'my draft'")

    assert words_in(tree, names()[0]) == {"review"}


def words_in(tree: ast.AST, known: Collection[str]) -> set[str]:
    """The known names that stand in the code as whole strings, docstrings left out."""
    docstrings = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    return {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and node.value in known
        and id(node) not in docstrings
    }


def stages_used(tree: ast.AST, known: Collection[str]) -> set[str]:
    """The known names that are compared with a stage, assigned to one, or handed on as one."""
    return {
        name
        for node in ast.walk(tree)
        for part in _about_stages(node)
        for name in words_in(part, known)
    }


def _about_stages(node: ast.AST) -> list[ast.AST]:
    """The parts of a node in which a string would be the name of a stage."""
    match node:
        case ast.Compare(left=left, comparators=rest) if any(map(_is_stage, [left, *rest])):
            return [left, *rest]
        case ast.Assign(targets=targets, value=value) if any(map(_is_stage, targets)):
            return [value]
        case ast.AnnAssign(target=target, value=ast.expr() as value) if _is_stage(target):
            return [value]
        case ast.keyword(arg=str(name), value=value) if name in STAGE_FIELDS:
            return [value]
        case ast.Call(func=ast.Name(id="Attempt" | "Row"), args=[stage, *_]):
            return [stage]
        case ast.Call(func=ast.Attribute(value=value), args=args) if _is_stage(value):
            return list(args)
        case ast.Subscript(value=value, slice=key) if _is_stage(value):
            return [key]
        case ast.Match(subject=subject, cases=cases) if _is_stage(subject):
            return [case.pattern for case in cases]
    return []


def _is_stage(node: ast.AST) -> bool:
    match node:
        case ast.Attribute(attr=name) | ast.Name(id=name):
            return name in STAGE_FIELDS
    return False


def _own_words(module: str) -> set[str]:
    return COMMAND_WORDS if module.startswith("cli/") else set()
