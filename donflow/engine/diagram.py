"""Draws a lifecycle as a Mermaid state diagram, for pages and documentation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from donflow.engine.spec import Lifecycle, Transition
from donflow.errors import Label

Language = Literal["zh", "en"]

# Signs that mean nothing to Mermaid; every other is written by its number.
_UNSAFE = re.compile(r"[^\w \-·,./()（），、。！？《》]")


def mermaid(lifecycle: Lifecycle, *, lang: Language) -> str:
    """A `stateDiagram-v2`: stages by their label; transitions by label, (roles) and [guards]."""
    return (
        "\n".join(["stateDiagram-v2", *(f"    {line}" for line in _lines(lifecycle, lang))]) + "\n"
    )


def _lines(lifecycle: Lifecycle, lang: Language) -> Iterator[str]:
    for stage in lifecycle.stages.values():
        yield f'state "{_safe(_words(stage.label, lang))}" as {_place(stage.name)}'
    yield f"[*] --> {_place(lifecycle.initial)}"
    for transition in lifecycle.transitions:
        for source in transition.sources:
            caption = _caption(lifecycle, transition, lang)
            yield f"{_place(source)} --> {_place(transition.target)}: {caption}"
    for stage in lifecycle.stages.values():
        if stage.end:
            yield f"{_place(stage.name)} --> [*]"


def _place(stage: str) -> str:
    """A stage's identifier; the prefix keeps a stage named `end` or `note` from being a keyword."""
    return f"stage_{stage}"


def _caption(lifecycle: Lifecycle, transition: Transition, lang: Language) -> str:
    words = f"{_safe(_words(transition.label, lang))} ({_safe(', '.join(transition.by))})"
    if transition.kinds:
        kinds = ", ".join(_words(lifecycle.kinds[kind], lang) for kind in transition.kinds)
        words += f" · {_safe(kinds)}"
    if transition.needs:
        words += f" [{_safe(', '.join(transition.needs))}]"
    return words


def _words(label: Label, lang: Language) -> str:
    return label.zh if lang == "zh" else label.en


def _safe(words: str) -> str:
    return _UNSAFE.sub(lambda match: f"#{ord(match[0])};", words)
