"""Reading a states.yaml against this office's guards and roles."""

from __future__ import annotations

from donflow.domain.actor import Role
from donflow.domain.guards import GUARDS
from donflow.engine.loader import load
from donflow.engine.spec import Workflow


def load_workflow(content: bytes) -> Workflow:
    """The workflow of a states.yaml; WrongWorkflow tells all its mistakes at once."""
    guards = {lifecycle: frozenset(named) for lifecycle, named in GUARDS.items()}
    return load(content, guards=guards, roles=[str(role) for role in Role])
