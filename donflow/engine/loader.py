"""Loads a workflow file: the whole of it, or every mistake in it."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from donflow.engine.mistakes import Mistake, Mistakes, WrongWorkflow
from donflow.engine.reading import read
from donflow.engine.schema import lifecycles
from donflow.engine.spec import Workflow
from donflow.engine.versions import canonical, restore, version_of

__all__ = ["Mistake", "WrongWorkflow", "load", "restore"]


def load(
    content: bytes, *, guards: Mapping[str, Collection[str]], roles: Collection[str]
) -> Workflow:
    """The workflow in the bytes of a states.yaml.

    `guards`: the names of the guards that each lifecycle's rows have; a lifecycle not in it has
    none. `roles`: all roles, and `time` where the clock may act. Raises WrongWorkflow with every
    mistake and its line; nothing of a wrong file is ever returned.
    """
    mistakes = Mistakes()
    root = read(content, mistakes)
    found = lifecycles(root, guards=guards, roles=roles, mistakes=mistakes) if root else {}
    told = mistakes.sorted()
    if told:
        raise WrongWorkflow(told)
    text = canonical(found)
    return Workflow(found, version_of(text), text)
