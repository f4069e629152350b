"""The words of one greeting: salutation, verse, lines, signature, each made once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from donflow.domain.almanac import lunar_of, lunar_text
from donflow.domain.greeting_words import Verse, filled, verse_of
from donflow.domain.occasions import Lunar, Occasion, Term
from donflow.greetings.facts import GroupFacts, PersonFacts
from donflow.roster.models import ConstituentKind
from donflow.roster.salutation import YOUR_COMPANY, Addressee, salutation_of
from donflow.settings import Settings

WISH = "身体健康、阖家幸福"
COMPANY_WISH = "事业兴旺、前程似锦"
EVERYBODY = "各位校友"


@dataclass(frozen=True)
class Recipients:
    """To whom a letter speaks: one, perhaps with the spouse, perhaps with others of the house."""

    first: PersonFacts | GroupFacts
    spouse: PersonFacts | None = None
    household: tuple[PersonFacts, ...] = ()


@dataclass(frozen=True)
class Words:
    """What a greeting says, on whatever it stands.

    `head` is the name of a body, empty for people.
    `signature` has one or two lines, from the institution down. `day_text` is the day in Chinese,
    `lunar_text` the lunar day where the occasion has one.
    """

    title: str
    salutation: str
    verse: Verse | None
    lines: tuple[str, ...]
    signature: tuple[str, ...]
    day_text: str
    lunar_text: str = ""
    head: str = ""
    happy: bool = True

    @property
    def addressed(self) -> tuple[str, ...]:
        """The lines above the text, the last without its colon.

        A company is addressed by its name; 贵公司 stands in the text and opens no letter.
        """
        if not self.head:
            return (self.salutation,)
        return (self.head,) if self.salutation == YOUR_COMPANY else (self.head, self.salutation)


def greeting_of(
    occasion: Occasion,
    to: Recipients,
    on: date,
    settings: Settings,
    *,
    own_words: str | None = None,
    signer: str | None = None,
    values: Mapping[str, str] | None = None,
) -> Words:
    """The words to these recipients on an occasion's day; the same arguments, the same words.

    `own_words` are the office's in place of the occasion's, a line each. `values` are those of the
    fields that belong to the letter (`domain.greeting_words.FIELDS`); a line with a field that is
    not known is left out.
    """
    lines = filled(
        own_words.splitlines() if own_words else occasion.words,
        {**_common(to, settings), **(values or {})},
    )
    verses = [verse for line in lines if (verse := verse_of(line))]
    return Words(
        title=occasion.zh,
        salutation=salutation(to),
        verse=verses[0] if verses else None,
        lines=tuple(line.strip() for line in lines if line.strip() and verse_of(line) is None),
        signature=_signature(settings, signer),
        day_text=f"{on.year}年{on.month}月{on.day}日",
        lunar_text=lunar_text(lunar_of(on)) if isinstance(occasion.rule, Lunar | Term) else "",
        head=_head(to.first),
        happy=occasion.happy,
    )


def salutation(to: Recipients) -> str:
    """Everybody by their own salutation, a couple as 伉俪; never a bare name."""
    if isinstance(to.first, GroupFacts):
        return EVERYBODY
    own = _one(to.first)
    if to.spouse is not None and COUPLE not in own:
        own = f"{own}、{_one(to.spouse)}{COUPLE}"
    return "、".join((own, *(_one(other) for other in to.household)))


COUPLE = "伉俪"


def pronoun(to: Recipients) -> str:
    """How the lines speak to them."""
    if isinstance(to.first, GroupFacts):
        return EVERYBODY
    match to.first.kind:
        case ConstituentKind.COMPANY:
            return YOUR_COMPANY
        case ConstituentKind.CLASS | ConstituentKind.CHAPTER:
            return EVERYBODY
        case _ if to.household:
            return "各位"
        case _:
            return "二位" if to.spouse is not None else "您"


def _one(person: PersonFacts) -> str:
    return salutation_of(
        Addressee(
            kind=person.kind,
            name=person.name,
            preferred=person.salutation,
            gender=person.gender,
            teacher=person.is_teacher,
        )
    )


def _common(to: Recipients, settings: Settings) -> dict[str, str]:
    company = isinstance(to.first, PersonFacts) and to.first.kind == ConstituentKind.COMPANY
    return {
        "you": pronoun(to),
        "wish": COMPANY_WISH if company else WISH,
        "school": settings.school,
        "university": settings.university,
    }


def _signature(settings: Settings, signer: str | None) -> tuple[str, ...]:
    if signer:
        return (settings.school, signer) if settings.school else (signer,)
    return (settings.office or f"{settings.school}校友工作办公室",)


def _head(first: PersonFacts | GroupFacts) -> str:
    is_company = isinstance(first, PersonFacts) and first.kind == ConstituentKind.COMPANY
    return first.name if is_company else ""
