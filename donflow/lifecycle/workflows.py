"""Reading a states.yaml against this office's guards, roles and kinds of rows."""

from __future__ import annotations

from collections.abc import Iterator

from donflow.domain.actor import Role
from donflow.domain.guards import GUARDS
from donflow.engine.loader import Mistake, WrongWorkflow, load
from donflow.engine.spec import Workflow
from donflow.errors import N_, say
from donflow.gifts.models import Gift
from donflow.lifecycle.steps import missing_steps, ways_past_a_round


def load_workflow(content: bytes) -> Workflow:
    """The workflow of a states.yaml; WrongWorkflow tells all its mistakes at once.

    Each kind of row that moves must have its lifecycle, with the steps that commands know, and
    no other may stand in the file.
    """
    guards = {lifecycle: frozenset(named) for lifecycle, named in GUARDS.items()}
    workflow = load(content, guards=guards, roles=[str(role) for role in Role])
    found = [*_of_other_rows(workflow)]
    for lifecycle in workflow.lifecycles.values():
        found += missing_steps(lifecycle)
        found += ways_past_a_round(lifecycle) if lifecycle.name == Gift.lifecycle else ()
    mistakes = tuple(sorted(found, key=lambda mistake: mistake.line))
    if mistakes:
        raise WrongWorkflow(mistakes)
    return workflow


def _of_other_rows(workflow: Workflow) -> Iterator[Mistake]:
    found = workflow.lifecycles.values()
    for name in GUARDS.keys() - workflow.lifecycles.keys():
        line = min(lifecycle.line for lifecycle in found)
        yield Mistake(line, say(N_("The lifecycle {name} is missing."), name=name))
    for lifecycle in found:
        if lifecycle.name not in GUARDS:
            reason = N_("There is nothing that moves by a lifecycle {name}; known here: {known}.")
            known = tuple(GUARDS)
            yield Mistake(lifecycle.line, say(reason, name=lifecycle.name, known=known))
