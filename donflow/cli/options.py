"""The argument that names a gift, completed with numbers and donors."""

from __future__ import annotations

import click
from click.shell_completion import CompletionItem

from donflow.errors import N_


class GiftType(click.ParamType[str]):
    """A gift's number; completed with numbers and donors."""

    name = "gift"

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        from donflow.cli.completing import gifts_like

        return gifts_like(ctx.find_root().obj, incomplete)


GIFT = GiftType()

gift_argument = click.argument("gift", type=GIFT, metavar=N_("GIFT"))
