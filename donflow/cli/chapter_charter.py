"""Commands on charters: their versions, and the article that carries the rule of terms."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from donflow.chapters.charters import Owner, adopt_charter, owner_named, set_article
from donflow.cli.acting import Act, Done, writes
from donflow.cli.arguments import DAY, FILE, NUMBER, PAST_DAY
from donflow.cli.chapter_words import OFFICE, chapter_to_change
from donflow.cli.commands import Command
from donflow.domain.terms import STANDARD
from donflow.errors import N_, say
from donflow.lifecycle.chapter_moving import chapter_kind

whose_argument = click.argument("chapter", required=False, metavar=N_("CHAPTER"))
kind_option = click.option("--type", "kind", metavar=N_("TYPE"), help=N_("The model charter of a type of chapters."))  # fmt: skip


@click.command(
    "charter",
    cls=Command,
    help=N_("File a version of a charter: a chapter's, a type's, or the association's own."),
    example="donflow chapter charter 3 --adopted-on 2026-09-28 --file 章程.docx\ndonflow chapter charter --type regional --file 地方分会章程范本.docx\ndonflow chapter charter --file 校友会章程.docx",
)
@whose_argument
@kind_option
@click.option("--adopted-on", type=PAST_DAY, metavar=N_("DAY"), help=N_("When it was adopted; the day of the act if left out."))  # fmt: skip
@click.option("--in-force-from", type=DAY, metavar=N_("DAY"), help=N_("From which day it holds; the day of its adoption if left out."))  # fmt: skip
@click.option("--file", required=True, type=FILE, metavar=N_("FILE"), help=N_("Its text."))
@writes
def charter(
    act: Act,
    chapter: str | None,
    kind: str | None,
    adopted_on: date | None,
    in_force_from: date | None,
    file: Path,
) -> Done:
    owner = _owner(act, chapter, kind)
    adopted = adopted_on or act.on
    filed = adopt_charter(
        act.session,
        owner,
        act.deposit(file).fingerprint,
        adopted_on=adopted,
        in_force_on=in_force_from or adopted,
        actor=act.actor,
        now=act.now,
    )
    sentence = say(
        N_("Version {no} of the charter is filed; in force from {day}."),
        no=filed.version,
        day=filed.in_force_on,
    )
    return Done(sentence, None, {"charter": filed.id, "version_no": filed.version})


@click.command(
    "article",
    cls=Command,
    help=N_(
        "Record what an article of the newest charter says of terms; it applies from its day on."
    ),
    example="donflow chapter article --source 第五章第三十一条 --years 3 --most-terms 2\ndonflow chapter article 3 --source 第二十条 --years 4 --from 2027-01-01",
)
@whose_argument
@kind_option
@click.option("--source", required=True, metavar=N_("TEXT"), help=N_("Chapter and number of the article."))  # fmt: skip
@click.option("--from", "from_on", type=DAY, metavar=N_("DAY"), help=N_("From which day it applies; that of the charter if left out."))  # fmt: skip
@click.option("--years", type=NUMBER, default=STANDARD.years, metavar=N_("COUNT"), help=N_("Years of a term."))  # fmt: skip
@click.option("--most-terms", type=NUMBER, default=STANDARD.most_terms, metavar=N_("COUNT"), help=N_("Terms in a row at most."))  # fmt: skip
@click.option("--notice-months", type=NUMBER, default=STANDARD.notice_months, metavar=N_("COUNT"), help=N_("Months of notice before the end of a term."))  # fmt: skip
@click.option("--counts-over", type=NUMBER, default=STANDARD.counts_over, metavar=N_("COUNT"), help=N_("A part of a term counts as one if it is more than so many hundredths."))  # fmt: skip
@click.option("--office", "offices", multiple=True, type=OFFICE, help=N_("An office that is limited; may be repeated."))  # fmt: skip
@click.option("--needed", "needed", multiple=True, type=OFFICE, help=N_("An office without which a council cannot act; may be repeated."))  # fmt: skip
@writes
def article(
    act: Act,
    chapter: str | None,
    kind: str | None,
    source: str,
    from_on: date | None,
    years: int,
    most_terms: int,
    notice_months: int,
    counts_over: int,
    offices: tuple[str, ...],
    needed: tuple[str, ...],
) -> Done:
    rule = set_article(
        act.session,
        _owner(act, chapter, kind),
        source=source,
        from_on=from_on,
        years=years,
        most_terms=most_terms,
        notice_months=notice_months,
        counts_over=counts_over,
        offices=offices or STANDARD.offices,
        needed=needed or STANDARD.needed,
        actor=act.actor,
        now=act.now,
    )
    sentence = say(
        N_("From {day}: terms of {years} years, at most {terms} in a row. Councils in office keep theirs."),
        day=rule.from_on,
        years=rule.years,
        terms=rule.most_terms,
    )  # fmt: skip
    return Done(sentence, None, {"from_on": rule.from_on, "years": rule.years})


def _owner(act: Act, chapter: str | None, kind: str | None) -> Owner:
    row = chapter_to_change(act, chapter) if chapter else None
    return owner_named(row, chapter_kind(act.session, act.office, kind) if kind else None)
