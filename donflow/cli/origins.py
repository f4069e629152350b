"""The options that say where a value about a person comes from."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from donflow.cli.acting import Act
from donflow.cli.arguments import NamedChoice
from donflow.cli.naming import SOURCE_NAMES
from donflow.cli.naming_people import CONFIDENCE_NAMES
from donflow.errors import N_
from donflow.roster.models import Confidence, Source
from donflow.roster.sources import Origin

source_option = click.option(
    "--source", type=NamedChoice(SOURCE_NAMES), default="self", help=N_("Who told us.")
)
_confidence_option = click.option(
    "--confidence", type=NamedChoice(CONFIDENCE_NAMES), default="sure", help=N_("How sure it is.")
)


def origin_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Who told us, and how sure it is; the day is that of the act."""
    wrapped: Callable[..., Any] = source_option(_confidence_option(command))
    return wrapped


def told(act: Act, source: str, confidence: str = Confidence.SURE) -> Origin:
    """What these options and the day of the act say together."""
    return Origin(Source(source), act.on, Confidence(confidence))
