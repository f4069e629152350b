"""Charters in their versions, and the articles of theirs that carry the rule of terms."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from donflow.chapters.models import Chapter, Charter, TermArticle
from donflow.domain.actor import Actor
from donflow.domain.terms import STANDARD, TermRule
from donflow.errors import N_, DonflowError
from donflow.store.columns import recorded
from donflow.store.journal import Subject, record

CHARTERS = Subject("charters", 1)
"""What the journal says of charters that are not one chapter's own."""

Articles = tuple[tuple[TermRule, ...], ...]
"""The rules of the chapter's own charter, of its kind's, of the association's, in that order."""


@dataclass(frozen=True)
class Owner:
    """Whose charter: a chapter's, that of a kind of chapters, or the association's own."""

    chapter: Chapter | None = None
    kind: str | None = None

    @property
    def chapter_id(self) -> int | None:
        return self.chapter.id if self.chapter else None

    @property
    def subject(self) -> Subject:
        return self.chapter.subject if self.chapter else CHARTERS


class ForceBeforeAdoption(DonflowError):
    code = "force_before_adoption"
    message = N_("A charter adopted on {adopted} cannot be in force from {in_force}.")
    remedy = N_("Give a day on or after its adoption.")


class NoCharter(DonflowError):
    code = "no_charter"
    message = N_("This charter is not on record, so none of its articles can be.")
    remedy = N_("File it first: donflow chapter charter --file FILE")


class ArticleImpossible(DonflowError):
    code = "article_impossible"
    message = N_("An article says years and terms from 1 to 20, and notice of 1 to 60 months.")


def adopt_charter(
    session: Session,
    owner: Owner,
    document: str,
    *,
    adopted_on: date,
    in_force_on: date,
    actor: Actor,
    now: datetime,
) -> Charter:
    """File the next version of a charter; the versions before it stay."""
    if in_force_on < adopted_on:
        raise ForceBeforeAdoption(adopted=adopted_on, in_force=in_force_on)
    version = len(versions_of(session, owner)) + 1
    charter = Charter(
        chapter_id=owner.chapter_id,
        kind=owner.kind,
        version=version,
        adopted_on=adopted_on,
        in_force_on=in_force_on,
        document=document,
        **recorded(actor, now),
    )
    session.add(charter)
    session.flush()
    detail = {"charter": charter.id, "version": version, "document": document}
    record(session, owner.subject, "charter_adopted", actor=actor, now=now, detail=detail)
    return charter


def set_article(
    session: Session,
    owner: Owner,
    *,
    source: str,
    from_on: date | None = None,
    years: int = STANDARD.years,
    most_terms: int = STANDARD.most_terms,
    notice_months: int = STANDARD.notice_months,
    counts_over: int = STANDARD.counts_over,
    offices: tuple[str, ...] = STANDARD.offices,
    needed: tuple[str, ...] = STANDARD.needed,
    actor: Actor,
    now: datetime,
) -> TermRule:
    """Record what an article of the newest version says of terms, from a day on.

    Raises NoCharter, ArticleImpossible, ForceBeforeAdoption.
    """
    charters = versions_of(session, owner)
    if not charters:
        raise NoCharter
    possible = 1 <= years <= 20 and 1 <= most_terms <= 20 and 1 <= notice_months <= 60
    if not possible or not 0 <= counts_over < 100 or not offices:
        raise ArticleImpossible
    newest = charters[-1]
    since = from_on or newest.in_force_on
    if since < newest.adopted_on:
        raise ForceBeforeAdoption(adopted=newest.adopted_on, in_force=since)
    article = TermArticle(
        charter_id=newest.id,
        from_on=since,
        years=years,
        most_terms=most_terms,
        notice_months=notice_months,
        counts_over=counts_over,
        offices=list(offices),
        needed=list(needed),
        source=source,
        **recorded(actor, now),
    )
    session.add(article)
    session.flush()
    detail = {"charter": newest.id, "article": article.id, "from": since.isoformat()}
    record(session, owner.subject, "article_set", actor=actor, now=now, detail=detail)
    return _rule(article)


def versions_of(session: Session, owner: Owner) -> list[Charter]:
    """The versions of one charter, the first first."""
    query = (
        select(Charter)
        .where(Charter.chapter_id.is_not_distinct_from(owner.chapter_id))
        .where(Charter.kind.is_not_distinct_from(owner.kind))
        .order_by(Charter.version)
    )
    return list(session.scalars(query))


def articles_for(session: Session, chapters: list[Chapter]) -> dict[int, Articles]:
    """By chapter the rules of terms that concern it; what was recorded later holds on one day."""
    found: dict[tuple[int | None, str | None], list[TermRule]] = defaultdict(list)
    query = (
        select(Charter.chapter_id, Charter.kind, TermArticle)
        .join(TermArticle, TermArticle.charter_id == Charter.id)
        .order_by(TermArticle.id.desc())
    )
    for chapter_id, kind, article in session.execute(query):
        found[chapter_id, kind].append(_rule(article))
    return {
        chapter.id: (
            tuple(found[chapter.id, None]),
            tuple(found[None, chapter.kind]),
            tuple(found[None, None]),
        )
        for chapter in chapters
    }


def owner_named(chapter: Chapter | None, kind: str | None) -> Owner:
    """Whose charter a person means; a chapter's own where one is named."""
    if chapter is not None and kind is not None:
        raise TwoOwners(name=chapter.name)
    return Owner(chapter, kind)


class TwoOwners(DonflowError):
    code = "two_owners"
    message = N_("A charter is that of {name} or that of a type, not both.")
    remedy = N_("Leave out the chapter or --type.")


def _rule(article: TermArticle) -> TermRule:
    return TermRule(
        from_on=article.from_on,
        years=article.years,
        most_terms=article.most_terms,
        offices=tuple(article.offices),
        notice_months=article.notice_months,
        source=article.source,
        counts_over=article.counts_over,
        needed=tuple(article.needed),
    )
